import { dateLong, dateShort, type CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import { localTime, momentIn, zoneName, type Instant } from '../kernel/zoned-time.ts';

/** An instant as rooms hand it over: a Date of the database, a DateTime of the clock, or ISO 8601 with an offset */
export type Moment = Date | Instant | { toMillis(): number };

/** How much of an instant is said. `bare` leaves the zone out: only where a heading beside it names the zone. */
export type MomentMode = 'long' | 'short' | 'time' | 'date' | 'bare';

const venue = 'Asia/Tokyo';

export function instantOf(moment: Moment): Instant {
  if (typeof moment === 'string') return moment;
  return (moment instanceof Date ? moment : new Date(moment.toMillis())).toISOString();
}

/**
 * 2027年7月9日(金) 10:00（日本時間） · Fri 9 July 2027, 10:00 (Japan time)
 *
 * @throws RangeError where it is no instant or the zone is unknown
 */
export function momentText(moment: Moment, zone = venue, mode: MomentMode = 'long'): Text {
  const at = instantOf(moment);
  if (mode === 'long') return momentIn(at, zone);
  const { day, time } = localTime(at, zone);
  if (mode === 'date') return dateLong(day);
  const name = zoneName(zone, at);
  const short = dateShort(day);
  if (mode === 'time') return text(`${time}（${name.ja}）`, `${time} (${name.en})`);
  if (mode === 'bare') return text(`${short.ja} ${time}`, `${short.en}, ${time}`);
  return text(`${short.ja} ${time}（${name.ja}）`, `${short.en}, ${time} (${name.en})`);
}

const clockPattern = /^\d{1,2}:\d{2}$/;

/**
 * 10:00～17:00 · 10:00–17:00, from two clock times (`10:00`) or two instants with their zone. Instants on two days say the days
 * too; `named` adds the zone's name.
 */
export function hours(from: Moment, to: Moment, zone = venue, named = false): Text {
  if (typeof from === 'string' && typeof to === 'string' && clockPattern.test(from) && clockPattern.test(to)) {
    return text(`${from}～${to}`, `${from}–${to}`);
  }
  const start = localTime(instantOf(from), zone);
  const end = localTime(instantOf(to), zone);
  const name = named ? zoneName(zone, instantOf(from)) : undefined;
  const close = text(name ? `（${name.ja}）` : '', name ? ` (${name.en})` : '');
  if (start.day === end.day)
    return text(`${start.time}～${end.time}${close.ja}`, `${start.time}–${end.time}${close.en}`);
  const a = momentText(from, zone, 'bare');
  const b = momentText(to, zone, 'bare');
  return text(`${a.ja}～${b.ja}${close.ja}`, `${a.en} – ${b.en}${close.en}`);
}

/** 7月9日(金) · 7月8日(木)～9日(金) · 9月30日(木)～10月1日(金), and in English Thu 8 – Fri 9 Jul: where the year is said nearby */
export function dayRangeShort(from: CalendarDate, to: CalendarDate): Text {
  const a = dateShort(from);
  const b = dateShort(to);
  if (from === to) return a;
  if (from.slice(0, 7) !== to.slice(0, 7)) return text(`${a.ja}～${b.ja}`, `${a.en} – ${b.en}`);
  return text(`${a.ja}～${b.ja.replace(/^\d+月/, '')}`, `${a.en.replace(/ \S+$/, '')} – ${b.en}`);
}
