import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import { dayIn, firstDayOf, lastDayOf, type FiscalYear } from '../kernel/fiscal-year.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Window } from '../programme/programme.ts';

/**
 * What is wrong with the window of an activity in a fiscal year, as whoever typed it should hear it; undefined where nothing is.
 * 29 February is refused although some years have it: the window is copied into the next year, which has none.
 */
export function windowFault({ from, to }: Window, fiscalYear: FiscalYear): Text | undefined {
  const days = [from, to].map((day) => dayOfYear(day, fiscalYear));
  const [first, last] = days;
  if (!first || !last)
    return text(
      '期間の開始日と終了日を、この年度（4月1日～翌年3月31日）の日付で入力してください。',
      'Please give the first and the last day of the window, both in this fiscal year (1 April to 31 March).',
    );
  if (from === '02-29' || to === '02-29')
    return text(
      '2月29日は次の年度に引き継げません。2月28日か3月1日にしてください。',
      'The next year has no 29 February: please take 28 February or 1 March.',
    );
  if (first > last)
    return text(
      '終了日が開始日より前になっています。終了日を開始日以降にしてください。',
      'The window ends before it begins. Please give a last day that is not before the first.',
    );
  return undefined;
}

/** The day `MM-DD` of a fiscal year; undefined where there is none */
export function dayOfYear(monthAndDay: string, fiscalYear: FiscalYear): CalendarDate | undefined {
  if (!/^\d{2}-\d{2}$/.test(monthAndDay)) return undefined;
  const year = Number(monthAndDay.slice(0, 2)) >= 4 ? fiscalYear : fiscalYear + 1;
  return parseDate(`${year}-${monthAndDay}`);
}

/** A typed day as it is kept, `MM-DD`; as it was typed where it is no day of the fiscal year, so that `windowFault` finds it */
export function monthAndDayOf(typed: string, fiscalYear: FiscalYear): string {
  const day = parseDate(typed);
  return day && day >= firstDayOf(fiscalYear) && day <= lastDayOf(fiscalYear) ? day.slice(5) : typed;
}

/** As a date field shows it */
export const typedDay = (monthAndDay: string, fiscalYear: FiscalYear): string =>
  dayOfYear(monthAndDay, fiscalYear) ? dayIn(fiscalYear, monthAndDay) : monthAndDay;
