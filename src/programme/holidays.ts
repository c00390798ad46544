import holidayTable from '@holiday-jp/holiday_jp/lib/holidays.js';
import { eachDay, type CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';

export interface NamedDay {
  readonly date: CalendarDate;
  readonly name: Text;
}

interface Entry {
  readonly name: string;
  readonly name_en: string;
}
// a CommonJS module: its table is the default export under Node and lies one level deeper under other loaders
const loaded = holidayTable as unknown as Record<string, Entry> & { default?: Record<string, Entry> };
const table: Readonly<Record<string, Entry>> = loaded.default ?? loaded;

const first: CalendarDate = '1970-01-01';
const last: CalendarDate = '2050-12-31';

/** English names as the Cabinet Office and the ministries write them, where the table's differ */
const english: Readonly<Record<string, string>> = {
  海の日: 'Marine Day',
  スポーツの日: 'Sports Day',
  文化の日: 'Culture Day',
  勤労感謝の日: 'Labour Thanksgiving Day',
};

/** Days of one year only, which the table calls 休日（祝日扱い） */
const once: Readonly<Record<string, Text>> = {
  '2019-05-01': { ja: '天皇の即位の日', en: "Day of the Emperor's accession" },
  '2019-10-22': { ja: '即位礼正殿の儀の行われる日', en: 'Day of the enthronement ceremony' },
};

function nameOf(entry: Entry): Text {
  const substituted = / 振替休日$/.exec(entry.name);
  if (substituted) return { ja: '振替休日', en: 'Substitute holiday' };
  if (entry.name === '休日') return { ja: '国民の休日', en: "Citizens' holiday" };
  if (entry.name.startsWith('体育の日')) return { ja: '体育の日', en: 'Health and Sports Day' };
  return { ja: entry.name, en: english[entry.name] ?? entry.name_en };
}

/**
 * The name of the national holiday of Japan on a day, substitute holidays included; undefined on other days.
 * @throws RangeError outside 1970-2050, where the table ends: a day that is silently no holiday would become a visit
 */
export function holidayOn(day: CalendarDate): Text | undefined {
  if (day < first || day > last) throw new RangeError(`holidays are known from ${first} to ${last}, not on ${day}`);
  const entry = Object.hasOwn(table, day) ? table[day] : undefined;
  return entry && (once[day] ?? nameOf(entry));
}

/** National holidays from a day to a day, both included, in order */
export function holidaysBetween(from: CalendarDate, to: CalendarDate): NamedDay[] {
  const found: NamedDay[] = [];
  for (const date of eachDay(from, to)) {
    const name = holidayOn(date);
    if (name) found.push({ date, name });
  }
  return found;
}
