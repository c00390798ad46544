import { date, monthOf, yearOf, type CalendarDate } from './calendar-date.ts';
import type { Text } from './text.ts';

/** A Japanese fiscal year, by the calendar year in which it begins on 1 April: 2027 is April 2027 to March 2028. */
export type FiscalYear = number;

export const fiscalYearOf = (day: CalendarDate): FiscalYear => (monthOf(day) >= 4 ? yearOf(day) : yearOf(day) - 1);
export const firstDayOf = (year: FiscalYear): CalendarDate => date(`${year}-04-01`);
export const lastDayOf = (year: FiscalYear): CalendarDate => date(`${year + 1}-03-31`);

/** The day `MM-DD` of a fiscal year: 04-01 … 12-31 lie in its first calendar year, 01-01 … 03-31 in the next. */
export function dayIn(year: FiscalYear, monthAndDay: string): CalendarDate {
  const month = Number(monthAndDay.slice(0, 2));
  return date(`${month >= 4 ? year : year + 1}-${monthAndDay}`);
}

const eras = [
  { ja: '令和', letter: 'R', from: 2019 },
  { ja: '平成', letter: 'H', from: 1989 },
  { ja: '昭和', letter: 'S', from: 1926 },
] as const;

/**
 * 令和9年度 (2027) and R9. The era of a fiscal year is the one in which most of it lies: FY2019 began on 1 April 2019 in Heisei 31 and
 * is written 令和元年度, as the ministries do since May 2019.
 */
export function fiscalYearLabels(year: FiscalYear): { label: Text; era: Text; eraShort: string } {
  const era = eras.find((e) => year >= e.from);
  if (!era) throw new RangeError(`fiscal year ${year} is before the eras known here`);
  const n = year - era.from + 1;
  return {
    label: { ja: `${year}年度`, en: `FY${year}` },
    era: { ja: `${era.ja}${n === 1 ? '元' : n}年度`, en: `${era.letter}${n}` },
    eraShort: `${era.letter}${n}`,
  };
}
