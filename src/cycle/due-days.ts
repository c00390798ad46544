import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Offset } from '../programme/programme.ts';
import { dueDay, type WorkingDay } from '../programme/working-days.ts';

/**
 * The day at the end of a chain of offsets. The first counts from the meeting (before: its first day, after: its last), each further
 * one from the day that the one before it gave: points two weeks after the committee, their answer three weeks after that.
 */
export function dueDayAlong(
  offsets: readonly Offset[],
  firstDay: CalendarDate,
  lastDay: CalendarDate,
  isWorking?: WorkingDay,
): CalendarDate | null {
  let days: CalendarDate | null = null;
  for (const offset of offsets) days = dueDay(offset, days ?? firstDay, days ?? lastDay, isWorking);
  return days;
}

/**
 * The first day on which a meeting may begin, when it must not be sooner than so long after others.
 * @param after the meetings that have a day, each with the chain of offsets that counts from it
 * @returns null where nothing binds it yet
 */
export function notBeforeDay(
  after: readonly {
    readonly offsets: readonly Offset[];
    readonly firstDay: CalendarDate;
    readonly lastDay: CalendarDate;
  }[],
  isWorking?: WorkingDay,
): CalendarDate | null {
  const days = after.map(({ offsets, firstDay, lastDay }) => dueDayAlong(offsets, firstDay, lastDay, isWorking));
  return (
    days
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? null
  );
}
