import type { Cycle } from '../../cycle/cycle.ts';
import { closedDays, spanOfWindow, tentativeDays } from '../../cycle/year-calendar.ts';
import {
  addDays,
  date,
  dateShort,
  dayOfMonth,
  eachDay,
  isWeekend,
  monthOf,
  parseDate,
  weekday,
  weekdayName,
  yearOf,
  type CalendarDate,
} from '../../kernel/calendar-date.ts';
import { firstDayOf, fiscalYearOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { text, type Text } from '../../kernel/text.ts';
import { holidaysBetween } from '../../programme/holidays.ts';

/** A day as a grid and a month show it */
export interface DayHead {
  readonly day: CalendarDate;
  readonly number: number;
  readonly weekday: Text;
  readonly long: Text;
  /** A national holiday or another day on which nothing takes place */
  readonly holiday: Text | undefined;
  /** Days on which people come only if need be: ceremonies, examinations */
  readonly note: Text | undefined;
  readonly weekend: boolean;
  /** The first of its week that is shown */
  readonly week: boolean;
}

/** `2027-06`. @returns undefined where it is no month */
export const readMonth = (value: unknown): CalendarDate | undefined =>
  typeof value === 'string' && /^(19|20)\d\d-\d\d$/.test(value) ? parseDate(`${value}-01`) : undefined;
export const monthKey = (first: CalendarDate): string => first.slice(0, 7);
export const lastOfMonth = (first: CalendarDate): CalendarDate => addDays(nextMonth(first), -1);
export const nextMonth = (first: CalendarDate): CalendarDate => monthsOn(first, 1);
export const previousMonth = (first: CalendarDate): CalendarDate => monthsOn(first, -1);

function monthsOn(first: CalendarDate, n: number): CalendarDate {
  const months = yearOf(first) * 12 + monthOf(first) - 1 + n;
  return date(`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`);
}

const months = 'January February March April May June July August September October November December'.split(' ');
export const monthName = (first: CalendarDate): Text =>
  text(`${yearOf(first)}年${monthOf(first)}月`, `${months[monthOf(first) - 1]} ${yearOf(first)}`);

/** The twelve months of a fiscal year */
export const monthsOf = (fiscalYear: number): CalendarDate[] =>
  Array.from({ length: 12 }, (_, n) => monthsOn(firstDayOf(fiscalYear), n));

/**
 * The days of a month without weekends, but for those of which somebody said something.
 * @param weekends days to keep although they lie in a weekend
 */
export function daysOfMonth(
  first: CalendarDate,
  cycle: Pick<Cycle, 'rules'> | undefined,
  weekends: ReadonlySet<string>,
): DayHead[] {
  const year = fiscalYearOf(first);
  const closed = new Map(closedIn(year, cycle).map(({ date: day, name }) => [day, name]));
  const notes = new Map((cycle ? tentativeDays(cycle.rules, year) : []).map(({ date: day, name }) => [day, name]));
  const days = [...eachDay(first, lastOfMonth(first))].filter((day) => !isWeekend(day) || weekends.has(day));
  return days.map((day, n) => ({
    day,
    number: dayOfMonth(day),
    weekday: weekdayName(day),
    long: dateShort(day),
    holiday: isPlainWeekend(day, closed.get(day)) ? undefined : closed.get(day),
    note: notes.get(day),
    weekend: isWeekend(day),
    week: n > 0 && weekday(day) < weekday(days[n - 1]!),
  }));
}

const isPlainWeekend = (day: CalendarDate, name: Text | undefined): boolean =>
  isWeekend(day) && (name === undefined || name.en === 'Saturday' || name.en === 'Sunday');

function closedIn(fiscalYear: number, cycle: Pick<Cycle, 'rules'> | undefined) {
  if (cycle) return closedDays(cycle.rules, fiscalYear);
  return holidaysBetween(firstDayOf(fiscalYear), lastDayOf(fiscalYear));
}

/** A stretch of the year over which one looks at who has answered */
export interface Period {
  /** `site`; `month` for the month that is shown, `year` for the whole of it */
  readonly id: string;
  readonly name: Text;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The windows of the meetings that are planned from availability, the month shown and the whole year */
export function periodsOf(month: CalendarDate, cycle: Cycle | undefined): Period[] {
  const shown = { id: 'month', name: text('表示中の月', 'The month shown'), from: month, to: lastOfMonth(month) };
  if (!cycle) return [shown];
  const windows = cycle.rules.activities.flatMap((activity): Period[] => {
    if (activity.what !== 'meeting' || !activity.planned || !activity.window) return [];
    const { from, to } = spanOfWindow(activity.window, cycle.fiscalYear);
    const days = text(`${dateShort(from).ja}～${dateShort(to).ja}`, `${dateShort(from).en} – ${dateShort(to).en}`);
    const name = text(`${activity.name.ja}の期間（${days.ja}）`, `Window of ${activity.name.en} (${days.en})`);
    return [{ id: activity.id, name, from, to }];
  });
  const [from, to] = [firstDayOf(cycle.fiscalYear), lastDayOf(cycle.fiscalYear)];
  return [shown, ...windows, { id: 'year', name: text('年度全体', 'The whole year'), from, to }];
}

/** Days of a period on which something could take place: those that people are asked about */
export function askedDays(period: Period, cycle: Pick<Cycle, 'rules'> | undefined): CalendarDate[] {
  const years = [...new Set([fiscalYearOf(period.from), fiscalYearOf(period.to)])];
  const closed = new Set(years.flatMap((year) => closedIn(year, cycle)).map(({ date: day }) => day));
  return [...eachDay(period.from, period.to)].filter((day) => !isWeekend(day) && !closed.has(day));
}

/** The month to begin with: today's while the year runs, before that the first of a planned window */
export function firstMonth(day: CalendarDate, cycle: Cycle | undefined): CalendarDate {
  const thisMonth = date(`${day.slice(0, 7)}-01`);
  if (!cycle) return thisMonth;
  const [first, last] = [firstDayOf(cycle.fiscalYear), lastDayOf(cycle.fiscalYear)];
  const windows = periodsOf(thisMonth, cycle).filter(({ id }) => id !== 'month' && id !== 'year');
  const running = windows.find(({ to }) => to >= day);
  if (day >= first && day <= last && (!running || running.from <= day)) return thisMonth;
  const from = running?.from ?? windows[0]?.from ?? first;
  return date(`${from.slice(0, 7)}-01`);
}
