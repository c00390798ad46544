import { weekday, type CalendarDate } from '../kernel/calendar-date.ts';
import { japaneseWorkingDay, type WorkingDay } from '../programme/working-days.ts';

/**
 * On which days somebody who lives in a zone works. In Japan: not on weekends, national holidays (with substitutes) and from 29 December
 * to 3 January. Elsewhere: not on the weekend of the country of the zone, as CLDR has both (Friday and Saturday in Egypt); national
 * holidays of other countries are not known here.
 */
export function workingDayIn(zone: string): WorkingDay {
  if (zone === 'Asia/Tokyo' || zone === 'Japan') return japaneseWorkingDay;
  const off = weekendIn(zone);
  return (day: CalendarDate) => !off.includes(weekday(day));
}

const SATURDAY_AND_SUNDAY: readonly number[] = [6, 7];
const weekends = new Map<string, readonly number[]>();

/** Weekdays, 1 Monday … 7 Sunday, on which the country of a zone does not work; Saturday and Sunday where the country is not known */
export function weekendIn(zone: string): readonly number[] {
  let off = weekends.get(zone);
  if (!off) {
    const region = regionOf(zone);
    off = region === undefined ? SATURDAY_AND_SUNDAY : weekendOf(region);
    weekends.set(zone, off);
  }
  return off;
}

/** ECMA-402 Intl.Locale info; not yet in TypeScript's library */
interface LocaleInfo {
  getTimeZones?(): string[] | undefined;
  getWeekInfo?(): { weekend: number[] };
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let regions: Map<string, string> | undefined;

function regionOf(zone: string): string | undefined {
  if (!regions) {
    regions = new Map();
    for (const code of letters.flatMap((a) => letters.map((b) => a + b)))
      for (const one of (new Intl.Locale(`und-${code}`) as LocaleInfo).getTimeZones?.() ?? [])
        if (!regions.has(canonical(one))) regions.set(canonical(one), code);
  }
  return regions.get(canonical(zone));
}

/** Asia/Calcutta and Asia/Kolkata are one */
function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
}

const weekendOf = (region: string): readonly number[] =>
  (new Intl.Locale(`und-${region}`) as LocaleInfo).getWeekInfo?.().weekend ?? SATURDAY_AND_SUNDAY;
