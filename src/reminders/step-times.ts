import { addDays } from '../kernel/calendar-date.ts';
import { dayInZone, instantAt, localTime, millisOf, type Instant } from '../kernel/zoned-time.ts';
import type { ReminderStep } from '../programme/programme.ts';
import { dueDay, workingDayFrom, workingDayUntil, type WorkingDay } from '../programme/working-days.ts';
import type { Obligation } from './obligation.ts';
import type { ReaderDays } from './reader-days.ts';

/** When reminders may leave in a programme */
export interface Hours {
  /** The programme's zone, in which due days are counted */
  readonly zone: string;
  /** The programme's working days, by which offsets count */
  readonly isWorking: WorkingDay;
  /** The working days of readers, by the holidays of where they live */
  readonly readerDays: ReaderDays;
  /** `HH:MM` on the reader's clock; the same time twice: no quiet hours */
  readonly quietFrom: string;
  readonly quietTo: string;
}

/** Whether it is a quiet hour at an instant on a clock */
export function isQuiet(at: Instant, zone: string, { quietFrom, quietTo }: Hours): boolean {
  const { time } = localTime(at, zone);
  return quietFrom <= quietTo ? time >= quietFrom && time < quietTo : time >= quietFrom || time < quietTo;
}

/**
 * When a step is to be taken towards a reader. Working days are the programme's where the offset counts them, and the reader's where the
 * day must be one on which they work. Undefined where the step counts from a date that the obligation does not have.
 * @param zone of the reader's clock
 */
export function instantOf(
  step: ReminderStep,
  obligation: Pick<Obligation, 'due' | 'meeting'>,
  zone: string,
  hours: Hours,
): Instant | undefined {
  const known = knownOf(step, hours);
  const key = `${zone} ${obligation.due} ${obligation.meeting?.firstDay} ${obligation.meeting?.lastDay}`;
  if (!known.has(key)) known.set(key, computed(step, obligation, zone, hours));
  return known.get(key);
}

/** Hundreds owe an answer by the same time in the same zone: it is computed once for each step of a year as it was read */
const times = new WeakMap<Hours, WeakMap<ReminderStep, Map<string, Instant | undefined>>>();

function knownOf(step: ReminderStep, hours: Hours): Map<string, Instant | undefined> {
  const ofHours = times.get(hours) ?? new WeakMap<ReminderStep, Map<string, Instant | undefined>>();
  times.set(hours, ofHours);
  const known = ofHours.get(step) ?? new Map<string, Instant | undefined>();
  ofHours.set(step, known);
  return known;
}

function computed(
  step: ReminderStep,
  { due, meeting }: Pick<Obligation, 'due' | 'meeting'>,
  zone: string,
  hours: Hours,
): Instant | undefined {
  const from = step.offset.before ?? step.offset.after;
  const dueOn = due === null ? undefined : dayInZone(due, hours.zone);
  const [first, last] = from === 'meeting' ? [meeting?.firstDay, meeting?.lastDay] : [dueOn, dueOn];
  if (!first || !last) return undefined;
  const isWorking = hours.readerDays(zone);
  const counted = dueDay(step.offset, first, last, hours.isWorking);
  const day =
    step.onDayOff === 'same'
      ? counted
      : step.onDayOff === 'earlier'
        ? workingDayUntil(counted, isWorking)
        : workingDayFrom(counted, isWorking);
  const at = instantAt(day, step.at, step.zone === 'reader' ? zone : hours.zone);
  // on the programme's clock it may be another day for the reader
  return nextMoment(at, zone, hours, step.onDayOff === 'same' ? undefined : isWorking);
}

/** The first instant from one on that is no quiet hour, on a day on which the reader works */
export function nextMoment(at: Instant, zone: string, hours: Hours, isWorking: WorkingDay = () => true): Instant {
  const { day, time } = localTime(at, zone);
  const quiet = isQuiet(at, zone, hours);
  if (!quiet && isWorking(day)) return at;
  if (quiet && time < hours.quietTo && isWorking(day)) return instantAt(day, hours.quietTo, zone);
  const next = workingDayFrom(addDays(day, 1), isWorking);
  const midnight = instantAt(next, '00:00', zone);
  return isQuiet(midnight, zone, hours) ? instantAt(next, hours.quietTo, zone) : midnight;
}

/** Whether a reader may be written to now: a reminder that was missed waits for their next working hours */
export const mayLeaveAt = (at: Instant, step: ReminderStep, zone: string, hours: Hours): boolean =>
  !isQuiet(at, zone, hours) && (step.onDayOff === 'same' || hours.readerDays(zone)(dayInZone(at, zone)));

export const isBefore = (a: Instant, b: Instant): boolean => millisOf(a) < millisOf(b);
