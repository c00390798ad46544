import type { Text } from '../kernel/text.ts';
import type { AskKind, Instance, Meeting } from './instance.ts';

/** What staff may ask for, so that more can be placed. Each stands alone. */
export type Ask =
  /** × becomes △ */
  | { ask: 'half-day'; person: string; half: number }
  | { ask: 'open-day'; of: string /* meeting or conference */; day: number }
  /** Wider */
  | { ask: 'window'; of: string; from?: number; to?: number }
  | { ask: 'limit'; limit: string; most: number }
  | { ask: 'load'; load: string; person: string; most: number }
  | { ask: 'quorum'; of: string /* `site/c3 working-group`, or a conference */; atLeast: number }
  | { ask: 'online'; meeting: string }
  /** Index into `locks` */
  | { ask: 'unlock'; lock: number };

/** With these asks carried out everything can be placed; with any one of them left out it cannot. */
export interface Relaxation {
  readonly asks: readonly Ask[];
  readonly cost: number;
  /** None that asks others costs less, beside those that come before it. */
  readonly proven: boolean;
  readonly text: Text;
}

/** What it costs to ask for one thing; 1 where the instance does not say */
export const askCost = (instance: Instance, ask: AskKind): number => instance.askCosts?.[ask] ?? 1;
export const costOfAsks = (instance: Instance, asks: readonly Ask[]): number =>
  asks.reduce((sum, { ask }) => sum + askCost(instance, ask), 0);

/** Price of holding a meeting online that was not meant to be */
export const ONLINE_COST = 50;

/**
 * An instance as it would be if everybody who is asked agrees. Locks keep their indexes only in the instance that was asked about.
 * @throws RangeError where an ask names something that is not there
 */
export function carryOut(instance: Instance, asks: readonly Ask[]): Instance {
  const changed = structuredClone(instance);
  const unlocked = new Set<number>();
  for (const ask of asks) {
    if (ask.ask === 'unlock') unlocked.add(ask.lock);
    else carryOutOne(changed, ask);
  }
  changed.locks = changed.locks.filter((_, i) => !unlocked.has(i));
  return changed;
}

function found<T extends { id: string }>(list: readonly T[], id: string): T {
  const item = list.find((one) => one.id === id);
  if (!item) throw new RangeError(`there is no ${id}`);
  return item;
}

const timed = ({ meetings, conferences }: Instance, id: string) => found([...meetings, ...conferences], id);

function carryOutOne(changed: Instance, ask: Exclude<Ask, { ask: 'unlock' }>): void {
  if (ask.ask === 'half-day') {
    const person = found(changed.people, ask.person);
    const { availability } = person;
    if (availability[ask.half] !== 'x') throw new RangeError(`${ask.person} is not away in half day ${ask.half}`);
    person.availability = `${availability.slice(0, ask.half)}t${availability.slice(ask.half + 1)}`;
  } else if (ask.ask === 'open-day') {
    const item = timed(changed, ask.of);
    item.closed = item.closed.filter((day) => day !== ask.day);
  } else if (ask.ask === 'window') {
    const item = timed(changed, ask.of);
    item.from = Math.min(item.from, ask.from ?? item.from);
    item.to = Math.max(item.to, ask.to ?? item.to);
  } else if (ask.ask === 'limit') found(changed.limits, ask.limit).most = ask.most;
  else if (ask.ask === 'load') {
    const load = found(changed.loads, ask.load);
    load.mostOf = { ...load.mostOf, [ask.person]: ask.most };
  } else if (ask.ask === 'quorum') lowerQuorum(changed, ask);
  else found(changed.meetings, ask.meeting).online ??= { cost: ONLINE_COST };
}

function lowerQuorum(changed: Instance, { of, atLeast }: Extract<Ask, { ask: 'quorum' }>): void {
  const [id, seatId] = of.split(' ') as [string, string | undefined];
  if (seatId === undefined) {
    found(changed.conferences, id).quorum = atLeast;
    return;
  }
  const seat = found<Meeting['seats'][number]>(found(changed.meetings, id).seats, seatId);
  if (!('panel' in seat)) throw new RangeError(`${of} has no quorum`);
  seat.atLeast = atLeast;
  seat.percent = 0;
}
