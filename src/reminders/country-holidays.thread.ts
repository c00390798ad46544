import { parentPort, workerData } from 'node:worker_threads';
import Calendars from 'date-holidays';
import { addDays, parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import type { Place } from './reader-place.ts';

export interface HolidaysAsked {
  readonly place: Place;
  readonly year: number;
}

export interface HolidaysFound extends HolidaysAsked {
  readonly days: readonly CalendarDate[];
}

/**
 * The days off of one year: what the country, or the part of it, calls public holidays, with their substitutes. Days on which only banks
 * or schools close, and halves of days, are none.
 */
function daysIn(calendar: Calendars, year: number): CalendarDate[] {
  return calendar.getHolidays(year).flatMap(({ date, start, end }) => {
    const [first, time] = [parseDate(date.slice(0, 10)), date.slice(11, 19)];
    if (!first || time !== '00:00:00') return [];
    // days of the moon's calendars begin the evening before; where clocks change a day has 23 or 25 hours
    const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    return Array.from({ length: count }, (_, n) => addDays(first, n));
  });
}

const { asked } = workerData as { readonly asked: readonly HolidaysAsked[] };
const byPlace = Map.groupBy(asked, ({ place }) => place);
const found = [...byPlace].flatMap(([place, years]) => {
  const [country, part] = place.split('-');
  const types: ['public'] = ['public'];
  const calendar = part ? new Calendars(country!, part, { types }) : new Calendars(country!, { types });
  return years.map(({ year }): HolidaysFound => ({ place, year, days: daysIn(calendar, year) }));
});
parentPort!.postMessage(found, []);
