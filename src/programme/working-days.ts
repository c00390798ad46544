import { addDays, isWeekend, type CalendarDate } from '../kernel/calendar-date.ts';
import { holidayOn } from './holidays.ts';
import type { Offset } from './values.ts';

/** Says of a day whether offices work on it */
export type WorkingDay = (day: CalendarDate) => boolean;

/**
 * Japanese offices: not on Saturdays, Sundays and national holidays, nor from 29 December to 3 January
 * (行政機関の休日に関する法律 第1条).
 */
export const japaneseWorkingDay: WorkingDay = (day) => {
  const monthAndDay = day.slice(5);
  return !isWeekend(day) && monthAndDay < '12-29' && monthAndDay > '01-03' && holidayOn(day) === undefined;
};
/** Where no national holidays are known: Monday to Friday */
export const mondayToFriday: WorkingDay = (day) => !isWeekend(day);

/** Which days are working days in a programme, by its calendar's holidays */
export const workingDayOf = (programme: { readonly calendar: { readonly holidays: 'japan' | 'none' } }): WorkingDay =>
  programme.calendar.holidays === 'japan' ? japaneseWorkingDay : mondayToFriday;

/** A day so many working days later, or earlier where negative; the day itself is not counted. 0: the day as it is. */
export function addWorkingDays(
  day: CalendarDate,
  count: number,
  isWorking: WorkingDay = japaneseWorkingDay,
): CalendarDate {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0;) {
    at = addDays(at, step);
    if (isWorking(at)) left--;
  }
  return at;
}

/** The day itself, or the first working day after it */
export const workingDayFrom = (day: CalendarDate, isWorking: WorkingDay = japaneseWorkingDay): CalendarDate =>
  isWorking(day) ? day : addWorkingDays(day, 1, isWorking);
/** The day itself, or the last working day before it */
export const workingDayUntil = (day: CalendarDate, isWorking: WorkingDay = japaneseWorkingDay): CalendarDate =>
  isWorking(day) ? day : addWorkingDays(day, -1, isWorking);

/** Working days after the first and up to the second: what `addWorkingDays` counts. Negative where the second is earlier. */
export function workingDaysBetween(
  from: CalendarDate,
  to: CalendarDate,
  isWorking: WorkingDay = japaneseWorkingDay,
): number {
  const step = from <= to ? 1 : -1;
  let count = 0;
  for (let day = from; day !== to;) {
    day = addDays(day, step);
    if (isWorking(day)) count += step;
  }
  return count;
}

/**
 * The day on which an offset falls: `before` counts back from the first day of what it names, `after` on from its last.
 * It is not moved off weekends: T−42 is six weeks to the day.
 */
export function dueDay(
  offset: Offset,
  anchorFirstDay: CalendarDate,
  anchorLastDay: CalendarDate,
  isWorking: WorkingDay = japaneseWorkingDay,
): CalendarDate {
  const [from, sign] = offset.before === undefined ? [anchorLastDay, 1] : [anchorFirstDay, -1];
  if (offset.workingDays !== undefined) return addWorkingDays(from, sign * offset.workingDays, isWorking);
  return addDays(from, sign * (offset.days ?? (offset.weeks ?? 0) * 7));
}
