import { dateLong, dayOfMonth, weekdayName, type CalendarDate } from './calendar-date.ts';
import { text, type Language, type Text } from './text.ts';
import { zoneNames } from './zone-names.ts';

/** An instant: ISO 8601 with an offset or `Z`. A text without either would be read by the clock of the machine, and is refused. */
export type Instant = string;

/** What clock and calendar show at an instant in a zone. */
export interface LocalTime {
  readonly day: CalendarDate;
  /** `HH:MM`, 00:00 to 23:59 */
  readonly time: string;
  /** Minutes east of UTC */
  readonly offset: number;
}

/** @throws RangeError where the text is no instant */
export function millisOf(instant: Instant): number {
  const at = /(Z|[+-]\d{2}:?\d{2})$/.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(at)) throw new RangeError(`not an instant with its offset: ${instant}`);
  return at;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError where the zone is unknown (from Intl) */
function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(zone, clock);
  }
  return clock;
}

const MINUTE = 60_000;
const SINCE_MINUTES = Date.UTC(1980, 0, 1);
const MOST_OFFSETS = 5000;
const offsets = new Map<string, number>();

/**
 * Milliseconds east of UTC. Asking Intl takes microseconds, and a mail asks dozens of times for a few instants; since 1980 every zone has
 * changed its offset at a full minute, so that one answer holds for all of a minute.
 */
function offsetAt(at: number, zone: string): number {
  if (at < SINCE_MINUTES) return askForOffset(at, zone);
  const minute = Math.floor(at / MINUTE);
  const key = `${zone} ${minute}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = askForOffset(minute * MINUTE, zone);
    if (offsets.size >= MOST_OFFSETS) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

function askForOffset(at: number, zone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) parts[type] = value;
  const day = `${parts['year']!.padStart(4, '0')}-${parts['month']!}-${parts['day']!}`;
  const shown = Date.parse(`${day}T${parts['hour']!}:${parts['minute']!}:${parts['second']!}Z`);
  return shown - Math.floor(at / 1000) * 1000;
}

/** @param instant in years 1 to 9999; @throws RangeError where it is no instant or the zone is unknown */
export function localTime(instant: Instant, zone: string): LocalTime {
  const at = millisOf(instant);
  const offset = offsetAt(at, zone);
  const shown = new Date(at + offset).toISOString();
  return { day: shown.slice(0, 10) as CalendarDate, time: shown.slice(11, 16), offset: Math.round(offset / 60_000) };
}

/** The day on which an instant falls in a zone */
export const dayInZone = (instant: Instant, zone: string): CalendarDate => localTime(instant, zone).day;

const DAY = 86_400_000;
const MOST_INSTANTS = 5000;
const instants = new Map<string, Instant>();

/**
 * When a clock of a zone shows a time of a day. A time that it shows twice is the first (RFC 5545 3.3.5); one that it springs over is as
 * much later as the clock is put forward. A year asks for a few hundred, thousands of times over.
 * @param time `HH:MM` @throws RangeError where day or time is none or the zone is unknown
 */
export function instantAt(day: CalendarDate, time: string, zone: string): Instant {
  const key = `${day}T${time} ${zone}`;
  let instant = instants.get(key);
  if (instant === undefined) {
    const shown = millisOf(`${day}T${time}:00Z`);
    const [before, after] = [offsetAt(shown - DAY, zone), offsetAt(shown + DAY, zone)];
    const first = [Math.max(before, after), Math.min(before, after)].find(
      (offset) => offsetAt(shown - offset, zone) === offset,
    );
    instant = new Date(shown - (first ?? Math.min(before, after))).toISOString();
    if (instants.size >= MOST_INSTANTS) instants.clear();
    instants.set(key, instant);
  }
  return instant;
}

/** UTC+9, UTC−3, UTC+5:45, UTC */
function offsetName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

function isSummer(instant: Instant, zone: string): boolean {
  const { day, offset } = localTime(instant, zone);
  const year = day.slice(0, 4);
  return offset > Math.min(...['01', '07'].map((month) => localTime(`${year}-${month}-01T12:00:00Z`, zone).offset));
}

const locales: Readonly<Record<Language, string>> = { ja: 'ja-JP', en: 'en-GB' };

/** What CLDR calls the zone at that instant; undefined where it only knows the offset */
function namedByCldr(instant: Instant, zone: string, language: Language): string | undefined {
  const parts = new Intl.DateTimeFormat(locales[language], { timeZone: zone, timeZoneName: 'long' }).formatToParts(
    millisOf(instant),
  );
  const name = parts.find((part) => part.type === 'timeZoneName')?.value;
  return name === undefined || /^(GMT|UTC)/.test(name) ? undefined : name;
}

/** 日本時間 · Japan time; summer time is named as such; a zone without a name by its offset: UTC+5 */
export function zoneName(zone: string, instant: Instant): Text {
  const known = zoneNames[zone];
  if (known) return isSummer(instant, zone) ? known.summer : known.standard;
  const offset = offsetName(localTime(instant, zone).offset);
  return text(namedByCldr(instant, zone, 'ja') ?? offset, namedByCldr(instant, zone, 'en') ?? offset);
}

/** 日本時間、UTC+9 · Japan time, UTC+9: for those who live elsewhere */
export function zoneWithOffset(zone: string, instant: Instant): Text {
  const name = zoneName(zone, instant);
  const offset = offsetName(localTime(instant, zone).offset);
  return text(
    name.ja.startsWith('UTC') ? offset : `${name.ja}、${offset}`,
    name.en.startsWith('UTC') ? offset : `${name.en}, ${offset}`,
  );
}

export interface Said {
  /** Say the offset beside the zone's name */
  readonly offset?: boolean;
}

const named = (zone: string, instant: Instant, said: Said): Text =>
  said.offset ? zoneWithOffset(zone, instant) : zoneName(zone, instant);

/** 2027年7月9日(金) 10:00（日本時間） · Fri 9 July 2027, 10:00 (Japan time) */
export function momentIn(instant: Instant, zone: string, said: Said = {}): Text {
  const { day, time } = localTime(instant, zone);
  const name = named(zone, instant, said);
  const long = dateLong(day);
  return text(`${long.ja} ${time}（${name.ja}）`, `${long.en}, ${time} (${name.en})`);
}

/** The last day of a span whose first day was said: 9日(金), with month and year only where they are others */
function untilDay(from: CalendarDate, to: CalendarDate): string {
  const whole = dateLong(to).ja;
  if (from.slice(0, 4) !== to.slice(0, 4)) return whole;
  if (from.slice(0, 7) !== to.slice(0, 7)) return whole.replace(/^\d+年/, '');
  return `${dayOfMonth(to)}日(${weekdayName(to).ja})`;
}

/**
 * 2027年7月9日(金) 10:00～17:00（日本時間） · Fri 9 July 2027, 10:00–17:00 (Japan time)
 * 2027年7月8日(木) 10:00 ～ 9日(金) 17:00（日本時間） · Thu 8 July 2027, 10:00 – Fri 9 July 2027, 17:00 (Japan time)
 *
 * Where the clocks change in between, both ends say their zone. @throws RangeError for what is no instant, or an unknown zone
 */
export function timeRange(startsAt: Instant, endsAt: Instant, zone: string, said: Said = {}): Text {
  const start = localTime(startsAt, zone);
  const end = localTime(endsAt, zone);
  const name = named(zone, endsAt, said);
  const from = dateLong(start.day);
  const until = dateLong(end.day);
  const close = text(`（${name.ja}）`, ` (${name.en})`);
  const first = named(zone, startsAt, said);
  const open = start.offset === end.offset ? text('', '') : text(`（${first.ja}）`, ` (${first.en})`);
  if (start.day === end.day && start.offset === end.offset)
    return text(`${from.ja} ${start.time}～${end.time}${close.ja}`, `${from.en}, ${start.time}–${end.time}${close.en}`);
  return text(
    `${from.ja} ${start.time}${open.ja} ～ ${untilDay(start.day, end.day)} ${end.time}${close.ja}`,
    `${from.en}, ${start.time}${open.en} – ${until.en}, ${end.time}${close.en}`,
  );
}

/** 2027年7月8日(木)～9日(金) · Thu 8 – Fri 9 July 2027; a single day as `dateLong` has it */
export function dayRange(from: CalendarDate, to: CalendarDate): Text {
  const a = dateLong(from);
  const b = dateLong(to);
  if (from === to) return a;
  const first =
    from.slice(0, 7) === to.slice(0, 7)
      ? a.en.replace(/ \S+ \d+$/, '')
      : from.slice(0, 4) === to.slice(0, 4)
        ? a.en.replace(/ \d+$/, '')
        : a.en;
  return text(`${a.ja}～${untilDay(from, to)}`, `${first} – ${b.en}`);
}

/**
 * The same hours where the reader lives, with their weekday. Undefined where the reader's clock shows what the venue's does, at both
 * ends: then nothing needs to be said twice.
 */
export function inReadersZone(
  startsAt: Instant,
  endsAt: Instant,
  venueZone: string,
  readerZone: string,
): Text | undefined {
  const differs = [startsAt, endsAt].some(
    (instant) => localTime(instant, venueZone).offset !== localTime(instant, readerZone).offset,
  );
  return differs ? timeRange(startsAt, endsAt, readerZone, { offset: true }) : undefined;
}
