import { text, type Text } from '../kernel/text.ts';
import { ONLINE_COST } from './asks.ts';
import type { Choice, Hearing, HearingSeat, Instance, Meeting, Seat } from './instance.ts';
import { byPercents, repriced } from './repriced.ts';
import type { Wanted } from './year-people.ts';
import { changesOf, type ChangeOf, type YearChange } from './year-change.ts';

/** A change that cannot be carried out: what it is about is not there, or would be left without anybody */
export interface Idle {
  readonly change: YearChange;
  readonly why: Text;
}

const notThere = (of: string): Text =>
  text(`「${of}」はこの年度の計画にありません。`, `“${of}” is not part of this year’s plan.`);

/**
 * What changes mean for who may sit where, on which days and in which mode. Done before people are gathered, since somebody may come in
 * who was no candidate before.
 * @param dates of the instance's days, in order
 */
export function changedWanted(
  wanted: Wanted,
  changes: readonly YearChange[],
  dates: readonly string[],
): { wanted: Changed; idle: Idle[] } {
  const { meetings, assignments, panels, conferences } = wanted;
  const changed: Changed = structuredClone({
    meetings: [...meetings],
    assignments: [...assignments],
    panels: [...panels],
    conferences: [...conferences],
  });
  const idle: Idle[] = [];
  for (const change of changesOf(changes, 'close', 'open', 'online', 'quorum', 'forbid', 'allow')) {
    const why = carriedOut(changed, change, dates);
    if (why) idle.push({ change, why });
  }
  return { wanted: changed, idle };
}

interface Changed {
  meetings: Meeting[];
  assignments: Instance['assignments'];
  panels: Instance['panels'];
  conferences: Instance['conferences'];
}

const atTheirOwnClock = text(
  '委員会では、海外の委員がオンラインで加わるものとして計算しています。',
  'Members of a committee who live abroad are reckoned with online in any case.',
);

type Candidates = ChangeOf<'forbid'> | ChangeOf<'allow'>;

function carriedOut(
  changed: Changed,
  change: ChangeOf<'close' | 'open' | 'online' | 'quorum'> | Candidates,
  dates: readonly string[],
): Text | undefined {
  if (change.change === 'forbid' || change.change === 'allow') return candidateChanged(changed, change);
  const [key, seatId] = change.of.split(' ') as [string, string | undefined];
  const meant = changed.meetings.filter(({ id, kind }) => key === '*' || id === key || kind === key);
  // what is said of everything is about days; a quorum and a mode are of one committee
  const isOfDays = change.change === 'close' || change.change === 'open';
  const gatherings = changed.conferences.filter(({ id }) => id === key || (key === '*' && isOfDays));
  if (meant.length + gatherings.length === 0) return notThere(change.of);
  for (const conference of gatherings) {
    if (change.change === 'quorum') conference.quorum = change.atLeast;
    else if (change.change === 'online') return atTheirOwnClock;
    else conference.closed = closedDays(conference, change, dates);
  }
  for (const meeting of meant) {
    if (change.change === 'online') {
      if (!change.allowed) delete meeting.online;
      else meeting.online = { cost: change.cost ?? meeting.online?.cost ?? ONLINE_COST };
    } else if (change.change === 'quorum') {
      const seat = meeting.seats.find(({ id }) => id === seatId);
      if (!seat || !('panel' in seat)) return notThere(change.of);
      Object.assign(seat, { atLeast: change.atLeast, percent: 0 });
    } else meeting.closed = closedDays(meeting, change, dates);
  }
  return undefined;
}

function closedDays(
  { from, to, closed }: Pick<Meeting, 'from' | 'to' | 'closed'>,
  change: ChangeOf<'close' | 'open'>,
  dates: readonly string[],
): number[] {
  const days = dates.flatMap((date, day) => (date >= change.from && date <= change.to ? [day] : []));
  const others = closed.filter((day) => !days.includes(day));
  const inWindow = days.filter((day) => day >= from && day <= to);
  return change.change === 'open' ? others : [...others, ...inWindow].sort((a, b) => a - b);
}

type Candidate = Choice & { covers?: string[]; tags?: string[] };

/** A list of candidates, and what is written back in its place */
interface Pool {
  readonly list: readonly Candidate[];
  write(list: Choice[]): void;
}

/** `of`: an assignment, a panel, a meeting (all its seats of choice), or one seat of it */
function candidateChanged(changed: Changed, change: Candidates): Text | undefined {
  const pools = poolsOf(changed, change.of);
  if (pools.length === 0) return notThere(change.of);
  if (change.change === 'allow') {
    for (const pool of pools) pool.write([...without(pool, change.person), added(pool, change)]);
    return undefined;
  }
  const meant = pools.filter(({ list }) => list.some(({ person }) => person === change.person));
  const left = meant.map((pool) => without(pool, change.person));
  if (left.some((list) => list.length === 0))
    return text('ほかに候補者がいないため、外せません。', 'Nobody else could take the place.');
  meant.forEach((pool, n) => pool.write(left[n]!));
  return undefined;
}

const without = ({ list }: Pool, person: string): Choice[] => list.filter((one) => one.person !== person);

function added({ list }: Pool, { person, costs }: ChangeOf<'allow'>): Candidate {
  const known = list.find((one) => one.person === person);
  return { covers: [], tags: [], ...known, person, costs: costs ?? known?.costs ?? {} };
}

function poolsOf(changed: Changed, of: string): Pool[] {
  const pools: Pool[] = [];
  for (const one of [...changed.assignments, ...changed.panels])
    if (one.id === of)
      pools.push({ list: one.candidates, write: (list) => Object.assign(one, { candidates: list.map(inPool(one)) }) });
  const [key, seatId] = of.split(' ') as [string, string | undefined];
  for (const meeting of [...changed.meetings, ...changed.conferences.flatMap(({ hearings }) => hearings)]) {
    if (meeting.id !== key) continue;
    meeting.seats.forEach((seat, n) => {
      if ((seatId === undefined || seat.id === seatId) && !('panel' in seat) && !('assigned' in seat))
        pools.push(poolOfSeat(meeting, seat, n));
    });
  }
  return pools;
}

/** Panels keep what a candidate knows; nobody else needs it. */
const inPool =
  (pool: object) =>
  (choice: Candidate): Choice =>
    'needs' in pool ? choice : { person: choice.person, costs: choice.costs };

function poolOfSeat(meeting: Meeting | Hearing, seat: Seat | HearingSeat, n: number): Pool {
  const list = 'oneOf' in seat ? seat.oneOf : 'person' in seat ? [{ person: seat.person, costs: {} }] : [];
  return {
    list,
    write: (choices) => {
      const { person: _, ...rest } = { person: '', ...seat };
      const oneOf = choices.map(({ person, costs }) => ({ person, costs }));
      meeting.seats[n] = { change: 0, ...rest, oneOf } as Seat;
    },
  };
}

/** Limits, loads and weights: of the whole instance, once it is there */
export function changedInstance(
  instance: Instance,
  changes: readonly YearChange[],
): { instance: Instance; idle: Idle[] } {
  const idle: Idle[] = [];
  const changed: Instance = { ...instance, limits: [...instance.limits], loads: [...instance.loads] };
  for (const change of changesOf(changes, 'limit')) {
    const at = changed.limits.findIndex(({ id }) => id === change.limit);
    if (at < 0) idle.push({ change, why: notThere(change.limit) });
    else changed.limits[at] = { ...changed.limits[at]!, most: change.most };
  }
  for (const change of changesOf(changes, 'load')) {
    const at = changed.loads.findIndex(({ id }) => id === change.load);
    const load = changed.loads[at];
    if (!load) idle.push({ change, why: notThere(change.load) });
    else if (change.person === undefined) changed.loads[at] = { ...load, most: change.most };
    else changed.loads[at] = { ...load, mostOf: { ...load.mostOf, [change.person]: change.most } };
  }
  const percents = Object.fromEntries(changesOf(changes, 'weight').map(({ part, percent }) => [part, percent]));
  return { instance: Object.keys(percents).length ? repriced(changed, byPercents(percents)) : changed, idle };
}
