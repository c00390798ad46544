import { weekday, type CalendarDate } from '../kernel/calendar-date.ts';
import { japaneseWorkingDay, type WorkingDay } from '../programme/working-days.ts';
import { countryOf, placeOf, type Place } from './reader-place.ts';

/** Public holidays by place; those of Japan are known without */
export type Holidays = ReadonlyMap<Place, ReadonlySet<CalendarDate>>;

/** On which days somebody who lives in a zone works */
export type ReaderDays = (zone: string) => WorkingDay;

/**
 * In Japan: not on weekends, national holidays (with substitutes) and from 29 December to 3 January. Elsewhere: not on the weekend of the
 * country of the zone, as CLDR has it (Friday and Saturday in Egypt), nor on its public holidays. Where those are not given, as for
 * years that nobody asked for, weekends only.
 */
export function readerDays(holidays: Holidays): ReaderDays {
  const known = new Map<string, WorkingDay>();
  return (zone) => {
    const days = known.get(zone) ?? workingDayIn(zone, holidays);
    known.set(zone, days);
    return days;
  };
}

function workingDayIn(zone: string, holidays: Holidays): WorkingDay {
  const place = placeOf(zone);
  if (place === 'JP') return japaneseWorkingDay;
  const off = weekendIn(zone);
  const days = place === undefined ? undefined : holidays.get(place);
  return (day: CalendarDate) => !off.includes(weekday(day)) && !days?.has(day);
}

/** Places abroad whose holidays are wanted for readers with these clocks */
export const placesAbroad = (zones: Iterable<string>): Place[] =>
  [...new Set([...zones].map(placeOf))].filter((place) => place !== undefined && place !== 'JP') as Place[];

const SATURDAY_AND_SUNDAY: readonly number[] = [6, 7];

/** ECMA-402 Intl.Locale info; not yet in TypeScript's library */
interface LocaleInfo {
  getWeekInfo?(): { weekend: number[] };
}

/** Weekdays, 1 Monday … 7 Sunday, on which the country of a zone does not work; Saturday and Sunday where the country is not known */
export function weekendIn(zone: string): readonly number[] {
  const country = countryOf(zone);
  if (country === undefined) return SATURDAY_AND_SUNDAY;
  return (new Intl.Locale(`und-${country}`) as LocaleInfo).getWeekInfo?.().weekend ?? SATURDAY_AND_SUNDAY;
}
