import { DateTime } from 'luxon';
import { plainText } from '../../kernel/plain-text.ts';
import { sameAddress } from '../../mail/address.ts';
import { calendarText, textValue, type Component, type ContentLine } from './content-lines.ts';
import { zoneOf } from './zones.ts';

/** Somebody who is named as an attendee in an answer */
export interface AnsweringAttendee {
  /** Without `mailto:`, as it is compared: lower case, domain in ASCII */
  readonly address: string;
  readonly name: string;
  /** Upper case, or empty */
  readonly partstat: string;
  /** Who answered in their place, as it is compared; empty where nobody did */
  readonly sentBy: string;
  readonly delegatedTo: string;
}

/** Another time that somebody asks for. Nothing is ever moved by it. */
export interface ProposedTime {
  /** ISO 8601 in UTC; null where the zone is none that we know */
  readonly start: string | null;
  readonly end: string | null;
  /** As it was written */
  readonly written: string;
}

/** What a calendar that came back says (RFC 5546 §3.2.3, §3.2.7). Plain data. */
export interface CalendarAnswer {
  readonly method: string;
  readonly uid: string;
  /** The UID that a Microsoft server has wrapped into a GlobalObjectId (MS-OXCICAL 2.1.3.1.1.20.26), or null */
  readonly unwrappedUid: string | null;
  /** Null where the program left it out */
  readonly sequence: number | null;
  /** DTSTAMP; some repeat that of the request */
  readonly stampedAt: string | null;
  /** X-MICROSOFT-CDO-REPLYTIME */
  readonly repliedAt: string | null;
  readonly organizer: string | null;
  readonly attendees: readonly AnsweringAttendee[];
  readonly comment: string;
  readonly proposed: ProposedTime | null;
  /** Single events of a series that were answered otherwise, by RECURRENCE-ID as written */
  readonly instances: Readonly<Record<string, string>>;
  /** Only single events were answered, not the whole */
  readonly onlyInstances: boolean;
  /** Its writer broke the rules, and only one meaning was left */
  readonly mended: boolean;
  readonly program: string;
}

/** Why a calendar cannot be taken for an answer */
export type CalendarFault =
  'no-calendar' | 'no-event' | 'no-uid' | 'several-events' | 'no-attendee' | 'twice-encoded' | 'several-methods';

export type ReadCalendar =
  | { readonly answer: CalendarAnswer; readonly fault?: undefined }
  | { readonly answer?: undefined; readonly fault: CalendarFault; readonly method: string; readonly uid: string };

const MOST_COMMENT = 2_000;

/** Reads what there is. Times of a REPLY are never read: several programs write them wrong. Never throws. */
export function readCalendar(source: string): ReadCalendar {
  const text = calendarText(source);
  if (!text) return { fault: 'no-calendar', method: '', uid: '' };
  const methods = [...new Set(valuesOf(text.calendar, 'METHOD').map((value) => value.trim().toUpperCase()))];
  const method = methods[0] ?? '';
  const masters = text.events.filter((event) => valueOf(event, 'RECURRENCE-ID') === undefined);
  const event = masters[0] ?? text.events[0];
  const uid = (event && valueOf(event, 'UID')?.trim()) ?? '';
  const no = (fault: CalendarFault): ReadCalendar => ({ fault, method, uid });
  if (methods.length > 1) return no('several-methods');
  if (!event) return no('no-event');
  if (uid === '') return no('no-uid');
  if (new Set(text.events.map((one) => valueOf(one, 'UID')?.trim())).size > 1) return no('several-events');
  const lines = event.filter(({ name }) => name === 'ATTENDEE');
  if (lines.some(isTwiceEncoded)) return no('twice-encoded');
  const attendees = lines.flatMap((line) => attendeeOf(line) ?? []);
  if (attendees.length === 0 && method !== 'REFRESH') return no('no-attendee');
  const program = (valueOf(text.calendar, 'PRODID') ?? '').trim().slice(0, 200);
  const onlyInstances = masters.length === 0;
  return { answer: { ...answerIn(method, uid, event, text.events, attendees, lines, program), onlyInstances } };
}

function answerIn(
  method: string,
  uid: string,
  event: Component,
  events: readonly Component[],
  attendees: readonly AnsweringAttendee[],
  lines: readonly ContentLine[],
  program: string,
): Omit<CalendarAnswer, 'onlyInstances'> {
  const organizer = event.find(({ name }) => name === 'ORGANIZER');
  const sequence = valueOf(event, 'SEQUENCE')?.trim() ?? '';
  return {
    method,
    uid,
    unwrappedUid: unwrapped(uid),
    sequence: /^\d{1,9}$/.test(sequence) ? Number(sequence) : null,
    stampedAt: instant(valueOf(event, 'DTSTAMP'), undefined),
    repliedAt: instant(valueOf(event, 'X-MICROSOFT-CDO-REPLYTIME'), undefined),
    organizer: organizer ? addressOf(organizer) : null,
    attendees,
    comment: commentIn(event, lines, program),
    proposed: method === 'COUNTER' ? counterTime(event) : proposedInReply(lines),
    instances: Object.fromEntries(
      events.flatMap((one) => {
        const id = valueOf(one, 'RECURRENCE-ID')?.trim();
        const partstat = one.find(({ name }) => name === 'ATTENDEE')?.parameters['PARTSTAT'];
        return id && partstat ? [[id.slice(0, 40), partstat.toUpperCase()]] : [];
      }),
    ),
    mended: lines.some((line) => line.mended),
    program,
  };
}

const valuesOf = (component: Component, name: string): string[] =>
  component.filter((line) => line.name === name).map((line) => line.value);
const valueOf = (component: Component, name: string): string | undefined =>
  component.find((line) => line.name === name)?.value;

/** `=3D` where `=` should be: a relay lost the encoding's name on the way, and nobody knows what else */
const isTwiceEncoded = ({ parameters }: ContentLine): boolean =>
  Object.values(parameters).some((value) => value.startsWith('3D'));

/** An address after `mailto:`; Apple's servers write a path there and the address into EMAIL. */
function addressOf({ value, parameters }: ContentLine): string | null {
  const address = value.trim().replace(/^mailto:/i, '');
  if (/^[^\s@]+@[^\s@]+$/.test(address)) return sameAddress(unescaped(address));
  const email = (parameters['EMAIL'] ?? '').replace(/^mailto:/i, '');
  return /^[^\s@]+@[^\s@]+$/.test(email) ? sameAddress(email) : null;
}

const unescaped = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

function attendeeOf(line: ContentLine): AnsweringAttendee | undefined {
  const address = addressOf(line);
  if (!address) return undefined;
  const { parameters } = line;
  const other = (name: string) => {
    const written = (parameters[name] ?? '')
      .split(',')[0]!
      .replace(/^"|"$/g, '')
      .replace(/^mailto:/i, '')
      .trim();
    return written.includes('@') ? sameAddress(written) : '';
  };
  return {
    address,
    name: plainText(parameters['CN'] ?? '').slice(0, 200),
    partstat: (parameters['PARTSTAT'] ?? '').trim().toUpperCase(),
    sentBy: other('SENT-BY'),
    delegatedTo: other('DELEGATED-TO'),
  };
}

/** The words that came with an answer: where they stand depends on the program */
function commentIn(event: Component, attendees: readonly ContentLine[], program: string): string {
  const candidates = [
    ...valuesOf(event, 'COMMENT').map((value) => textValue(value)),
    ...attendees.map(({ parameters }) => textValue(parameters['X-RESPONSE-COMMENT'] ?? '')),
    ...valuesOf(event, 'X-CALENDARSERVER-PRIVATE-COMMENT').map((value) => textValue(value)),
    ...(/bluemind/i.test(program) ? valuesOf(event, 'DESCRIPTION').map((value) => textValue(value)) : []),
  ];
  const found = candidates.map((value) => plainText(value).trim()).find((value) => value !== '');
  return [...(found ?? '')].slice(0, MOST_COMMENT).join('');
}

/** RFC 5546 §3.2.7: the proposal is the event as it should be */
function counterTime(event: Component): ProposedTime | null {
  const start = event.find(({ name }) => name === 'DTSTART');
  const end = event.find(({ name }) => name === 'DTEND');
  const duration = event.find(({ name }) => name === 'DURATION')?.value;
  if (!start) return null;
  return proposal(start.value, start.parameters['TZID'], end?.value, end?.parameters['TZID'], duration);
}

/** iOS answers «maybe» and hides the proposal in a parameter: `"DTSTART:20261007T003000Z;STATUS:;"` */
function proposedInReply(attendees: readonly ContentLine[]): ProposedTime | null {
  const hidden = attendees.map(({ parameters }) => parameters['TO-ALL-PROPOSED-NEW-TIME']).find((value) => value);
  if (!hidden) return null;
  const part = (name: string) => {
    const [, parameters, value] = new RegExp(`(?:^|;)${name}((?:;[^:;]*)*):([^;]*)`).exec(hidden) ?? [];
    return { value: value?.trim() ?? undefined, zone: /TZID=([^;:]+)/.exec(parameters ?? '')?.[1] };
  };
  const start = part('DTSTART');
  const end = part('DTEND');
  return start.value ? proposal(start.value, start.zone, end.value, end.zone, part('DURATION').value) : null;
}

function proposal(start: string, zone?: string, end?: string, endZone?: string, duration?: string): ProposedTime {
  const from = instant(start, zone);
  const length = duration === undefined ? undefined : Math.round(minutesOf(duration));
  const until =
    end !== undefined
      ? instant(end, endZone ?? zone)
      : from && length
        ? DateTime.fromISO(from, { zone: 'utc' }).plus({ minutes: length }).toISO({ suppressMilliseconds: true })
        : null;
  return {
    start: from,
    end: until,
    written: [start, end ?? duration ?? '', zone ?? ''].filter(Boolean).join(' / ').slice(0, 200),
  };
}

function minutesOf(duration: string): number {
  const [, weeks, days, hours, minutes] =
    /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration.trim()) ?? [];
  return ((Number(weeks ?? 0) * 7 + Number(days ?? 0)) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0);
}

/** ISO 8601 in UTC; null for what is no time, is floating, or stands in a zone that we do not know (RFC 5545 §3.3.5) */
function instant(value: string | undefined, tzid: string | undefined): string | null {
  const [, date, time, utc] = /^(\d{8})(?:T(\d{6}))?(Z)?$/.exec(value?.trim() ?? '') ?? [];
  if (!date) return null;
  const zone = utc ? 'utc' : tzid === undefined ? undefined : zoneOf(tzid);
  if (!zone) return null;
  const at = DateTime.fromFormat(`${date}${time ?? '000000'}`, 'yyyyMMddHHmmss', { zone });
  return at.isValid ? at.toUTC().toISO({ suppressMilliseconds: true }) : null;
}

const wrapping = '7643616C2D55696401000000';

function unwrapped(uid: string): string | null {
  const hex = uid.toUpperCase();
  const at = /^04000000[0-9A-F]+$/.test(hex) ? hex.indexOf(wrapping) : -1;
  if (at === -1) return null;
  return (
    Buffer.from(hex.slice(at + wrapping.length), 'hex')
      .toString('latin1')
      .replace(/\0.*$/s, '') || null
  );
}
