import { dayInZone, millisOf, type Instant } from '../kernel/zoned-time.ts';
import type { ReminderStep } from '../programme/programme.ts';
import { ladderKey, type Hold, type Obligation, type Reader } from './obligation.ts';
import { instantOf, isBefore, mayLeaveAt, type Hours } from './step-times.ts';

/** One step towards one obligation, with the time at which it is to be taken */
export interface Planned {
  readonly obligation: Obligation;
  readonly step: ReminderStep;
  readonly at: Instant;
  /** Null: the telephone list */
  readonly reader: Reader | null;
  /** Why no mail goes, or null */
  readonly hold: Hold | null;
}

/** Why a step is not taken any more */
export type SkipReason = 'overtaken' | 'too-late' | 'by-staff';

export interface Skipped extends Planned {
  readonly reason: SkipReason;
}

export interface Due {
  readonly send: readonly (Planned & { readonly reader: Reader })[];
  /** New on the telephone list */
  readonly list: readonly Planned[];
  readonly skip: readonly Skipped[];
  /** Due, and waiting: for the reader's next working hours, or until a hold ends */
  readonly wait: readonly Planned[];
}

/** What has been decided of earlier: `<who> <obligation> <step>` */
export type Taken = ReadonlySet<string>;
export const takenKey = (obligation: Pick<Obligation, 'who' | 'key'>, step: string): string =>
  `${ladderKey(obligation)} ${step}`;

/** A mail that is a week late reminds nobody; the telephone list has no such age */
export const CATCH_UP_DAYS = 7;
const CATCH_UP = CATCH_UP_DAYS * 86_400_000;

/** The steps of one obligation in order of time; those before it was asked were never meant */
export function ladderOf(obligation: Obligation, steps: readonly ReminderStep[], hours: Hours): Planned[] {
  return steps
    .flatMap((step): Planned[] => {
      if (!step.for.includes(obligation.of) || !isAudience(step, obligation)) return [];
      const rung = readerOf(step, obligation);
      if (!rung) return [];
      const at = instantOf(step, obligation, rung.reader?.zone ?? hours.zone, hours);
      if (at === undefined || !isBefore(obligation.askedAt, at)) return [];
      const hold = obligation.hold ?? rung.reader?.hold ?? null;
      return [{ obligation, step, at, reader: rung.reader, hold }];
    })
    .sort((a, b) => millisOf(a.at) - millisOf(b.at));
}

export const isAudience = ({ audience }: ReminderStep, { standing }: Obligation): boolean =>
  standing === 'unanswered' || (standing === 'undecided' && audience === 'unsettled');

/**
 * Somebody without an office, or an office without a person, is reached one rung further down or up; staff do not telephone themselves.
 * In place of who wants no reminders by mail the next rung that reads them is written to; nobody left, they are called.
 */
function readerOf({ to }: ReminderStep, { readers }: Obligation): { readonly reader: Reader | null } | undefined {
  if (to === 'telephone-list') return readers.telephone ? { reader: null } : undefined;
  const { person, office, staff } = readers;
  const own = person ?? office ?? staff;
  const reader = to === 'person' ? own : to === 'office' ? (office ?? person) : staff;
  if (!reader?.unsubscribed) return reader && { reader };
  const rungs = [person, office, staff];
  const next = rungs.slice(rungs.indexOf(reader) + 1).find((one) => one !== undefined && !one.unsubscribed);
  return next ? { reader: next } : readers.telephone ? { reader: null } : undefined;
}

/**
 * Who is to be reminded of what now. Of each ladder the latest step that is due is taken and those before it are skipped: after days
 * of standstill nobody gets three mails in a row. Deciding again with what was taken gives nothing.
 * @param taken steps that were sent, listed or skipped before
 */
export function dueSteps(
  obligations: readonly Obligation[],
  steps: readonly ReminderStep[],
  now: Instant,
  hours: Hours,
  taken: Taken = new Set(),
): Due {
  const due: { send: (Planned & { reader: Reader })[]; list: Planned[]; skip: Skipped[]; wait: Planned[] } = {
    send: [],
    list: [],
    skip: [],
    wait: [],
  };
  for (const obligation of obligations) {
    const reached = ladderOf(obligation, steps, hours).filter(({ at }) => !isBefore(now, at));
    const isTaken = ({ step }: Planned) => taken.has(takenKey(obligation, step.id));
    const lastTaken = reached.findLastIndex(isTaken);
    const open = reached.filter((planned) => !isTaken(planned));
    const latest = open.at(-1);
    if (!latest) continue;
    const overtaken = (planned: Planned): Skipped => ({ ...planned, reason: 'overtaken' });
    if (reached.indexOf(latest) < lastTaken) due.skip.push(...open.map(overtaken));
    else if (latest.hold !== null) due.wait.push(latest);
    else if (latest.reader === null) {
      due.list.push(latest);
      due.skip.push(...open.slice(0, -1).map(overtaken));
    } else if (millisOf(now) - millisOf(latest.at) > CATCH_UP)
      due.skip.push(...open.map((planned): Skipped => ({ ...planned, reason: 'too-late' })));
    else if (!mayLeaveAt(now, latest.step, latest.reader.zone, hours)) due.wait.push(latest);
    else {
      due.send.push({ ...latest, reader: latest.reader });
      due.skip.push(...open.slice(0, -1).map(overtaken));
    }
  }
  return due;
}

/** One mail, with everything that its reader would get on that day of theirs */
export interface Digest {
  readonly reader: Reader;
  readonly items: readonly Planned[];
}

/**
 * The mails of now: one for each reader who is due something, with what would be due to them later on the same day. Readers who had one
 * that day already wait for their next; what they are due then comes in one mail.
 * @param written readers by key with the day, on their clock, of their last reminder
 */
export function digestsOf(
  due: Due,
  coming: readonly Planned[],
  now: Instant,
  written: ReadonlyMap<string, string> = new Map(),
): Digest[] {
  return [...Map.groupBy(due.send, ({ reader }) => reader.key)].flatMap(([key, items]) => {
    const { reader } = items[0]!;
    const today = dayInZone(now, reader.zone);
    if (written.get(key) === today) return [];
    const ladders = new Set(items.map(({ obligation }) => ladderKey(obligation)));
    const later = coming.filter(
      (planned) =>
        planned.reader?.key === key &&
        planned.hold === null &&
        isBefore(now, planned.at) &&
        dayInZone(planned.at, reader.zone) === today &&
        !ladders.has(ladderKey(planned.obligation)),
    );
    return [{ reader, items: [...items, ...firstOfEach(later)] }];
  });
}

function firstOfEach(planned: readonly Planned[]): Planned[] {
  const seen = new Set<string>();
  return planned.filter(({ obligation }) => {
    const key = ladderKey(obligation);
    return seen.has(key) ? false : seen.add(key);
  });
}

/** What is to come after an instant, as things stand, in order of time */
export const comingSteps = (
  obligations: readonly Obligation[],
  steps: readonly ReminderStep[],
  now: Instant,
  hours: Hours,
  taken: Taken = new Set(),
): Planned[] =>
  obligations
    .flatMap((obligation) =>
      ladderOf(obligation, steps, hours).filter(
        ({ at, step }) => isBefore(now, at) && !taken.has(takenKey(obligation, step.id)),
      ),
    )
    .sort((a, b) => millisOf(a.at) - millisOf(b.at));
