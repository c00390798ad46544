import type { Text } from './text.ts';

/** A day without a time, `YYYY-MM-DD` in the proleptic Gregorian calendar. Compares as text. */
export type CalendarDate = `${number}-${number}-${number}`;

const DAY = 86_400_000;
const pattern = /^\d{4}-\d{2}-\d{2}$/;

/** @returns undefined where the text is not an existing day (2027-02-29) */
export function parseDate(value: string): CalendarDate | undefined {
  if (!pattern.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value) return undefined;
  return value as CalendarDate;
}

/** For days that come from our own tables. @throws RangeError where the text is not an existing day */
export function date(value: string): CalendarDate {
  const parsed = parseDate(value);
  if (!parsed) throw new RangeError(`not a day: ${value}`);
  return parsed;
}

/** Days since 1970-01-01 */
export const ordinal = (day: CalendarDate): number => Date.parse(`${day}T00:00:00Z`) / DAY;
export const fromOrdinal = (days: number): CalendarDate =>
  new Date(days * DAY).toISOString().slice(0, 10) as CalendarDate;

export const addDays = (day: CalendarDate, days: number): CalendarDate => fromOrdinal(ordinal(day) + days);
/** Days from the first to the second; negative where the second is earlier */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number => ordinal(to) - ordinal(from);
/** 1 Monday … 7 Sunday (ISO 8601) */
export const weekday = (day: CalendarDate): number => ((((ordinal(day) + 3) % 7) + 7) % 7) + 1;
/** The Monday of the week in which the day lies */
export const mondayOf = (day: CalendarDate): CalendarDate => addDays(day, 1 - weekday(day));
export const isWeekend = (day: CalendarDate): boolean => weekday(day) > 5;

export function* eachDay(from: CalendarDate, to: CalendarDate): Generator<CalendarDate> {
  for (let n = ordinal(from), last = ordinal(to); n <= last; n++) yield fromOrdinal(n);
}

export const yearOf = (day: CalendarDate): number => Number(day.slice(0, 4));
export const monthOf = (day: CalendarDate): number => Number(day.slice(5, 7));
export const dayOfMonth = (day: CalendarDate): number => Number(day.slice(8, 10));

const weekdays: readonly Text[] = [
  { ja: '月', en: 'Mon' },
  { ja: '火', en: 'Tue' },
  { ja: '水', en: 'Wed' },
  { ja: '木', en: 'Thu' },
  { ja: '金', en: 'Fri' },
  { ja: '土', en: 'Sat' },
  { ja: '日', en: 'Sun' },
];
const months = 'January February March April May June July August September October November December'.split(' ');

export const weekdayName = (day: CalendarDate): Text => weekdays[weekday(day) - 1]!;

/** 2026年7月9日(木) · Thu 9 July 2026: the weekday is always there and always right */
export const dateLong = (day: CalendarDate): Text => ({
  ja: `${yearOf(day)}年${monthOf(day)}月${dayOfMonth(day)}日(${weekdayName(day).ja})`,
  en: `${weekdayName(day).en} ${dayOfMonth(day)} ${months[monthOf(day) - 1]} ${yearOf(day)}`,
});

/** 7月9日(木) · Thu 9 Jul: where the year is said nearby */
export const dateShort = (day: CalendarDate): Text => ({
  ja: `${monthOf(day)}月${dayOfMonth(day)}日(${weekdayName(day).ja})`,
  en: `${weekdayName(day).en} ${dayOfMonth(day)} ${months[monthOf(day) - 1]!.slice(0, 3)}`,
});
