import { parseDate } from '../kernel/calendar-date.ts';
import { oneLine, plainText } from '../kernel/plain-text.ts';
import { addressFault, sameAddress } from '../mail/address.ts';
import { LINE_OCTETS, parseLine, unescapeText, unfold, type ContentLine } from './calendar-lines.ts';

/** What the mail around the calendar says, with which the calendar must agree */
export interface ExpectedCalendar {
  readonly method?: 'REQUEST' | 'CANCEL';
  readonly uid?: string;
  readonly sequence?: number;
  /** The address in To and RCPT (itip A14) */
  readonly attendee?: string;
  /** The address in From and Reply-To (itip A15) */
  readonly organizer?: string;
}

type Faults = string[];

/** Octets of a description: what Exchange takes over as the body (itip A17) */
export const DESCRIPTION_OCTETS = 4096;

const onceInCalendar = ['VERSION', 'PRODID', 'CALSCALE', 'METHOD'];
const onceInEvent =
  'UID SEQUENCE DTSTAMP DTSTART DTEND SUMMARY ORGANIZER ATTENDEE STATUS TRANSP CLASS CREATED LAST-MODIFIED'.split(' ');
const atMostOnceInEvent = ['LOCATION', 'DESCRIPTION', 'X-MICROSOFT-CDO-ALLDAYEVENT'];

/**
 * What is wrong with an invitation's calendar, in sentences; none where it may be sent. Stricter than RFC 5545 and RFC 5546: whatever
 * this project does not write on purpose is a fault (itip A1-A18).
 */
export function lintCalendar(calendar: string, expected: ExpectedCalendar = {}): readonly string[] {
  const faults: Faults = [];
  lintLines(calendar, faults);
  const lines = unfold(calendar).map((line) => {
    const parsed = parseLine(line);
    if (!parsed) faults.push(`not a content line: ${line.slice(0, 60)}`);
    return parsed ?? { name: '', parameters: new Map<string, string>(), value: '' };
  });
  const shape = lines
    .filter(({ name }) => name === 'BEGIN' || name === 'END')
    .map(({ name, value }) => `${name}:${value}`);
  if (shape.join(' ') !== 'BEGIN:VCALENDAR BEGIN:VEVENT END:VEVENT END:VCALENDAR') {
    return [...faults, `not one event in one calendar: ${shape.join(' ')}`];
  }
  const at = (name: string, value: string) => lines.findIndex((line) => line.name === name && line.value === value);
  const event = lines.slice(at('BEGIN', 'VEVENT') + 1, at('END', 'VEVENT'));
  const around = [...lines.slice(1, at('BEGIN', 'VEVENT')), ...lines.slice(at('END', 'VEVENT') + 1, -1)];
  if (at('BEGIN', 'VCALENDAR') !== 0 || at('END', 'VCALENDAR') !== lines.length - 1)
    faults.push('something around the calendar');
  lintNames(around, onceInCalendar, [], faults);
  lintNames(event, onceInEvent, atMostOnceInEvent, faults);
  const of = (name: string) => [...around, ...event].find((line) => line.name === name);
  const method = of('METHOD')?.value ?? '';
  if (of('VERSION')?.value !== '2.0' || of('CALSCALE')?.value !== 'GREGORIAN') faults.push('VERSION or CALSCALE');
  if (method !== 'REQUEST' && method !== 'CANCEL') faults.push(`METHOD:${method}`);
  lintIdentity(of, method, faults);
  lintTimes(of, faults);
  lintTexts(of, faults);
  lintPeople(of, method, faults);
  lintExpected(of, expected, faults);
  return faults;
}

type Of = (name: string) => ContentLine | undefined;

function lintLines(calendar: string, faults: Faults): void {
  if (!calendar.endsWith('\r\n')) faults.push('no line end at the end');
  if (/\r(?!\n)|(?<!\r)\n/.test(calendar)) faults.push('a line end that is not CRLF');
  calendar
    .replace(/\r\n$/, '')
    .split('\r\n')
    .forEach((line, index) => {
      const where = `line ${index + 1}`;
      if (line === '') faults.push(`${where} is empty`);
      if (Buffer.byteLength(line) > LINE_OCTETS) faults.push(`${where} has ${Buffer.byteLength(line)} octets`);
      if (!line.isWellFormed()) faults.push(`${where} is cut inside a character`);
      // The same rule that cleans what goes in: whatever it would take away must not be there
      if (
        line.isWellFormed() &&
        plainText(line.replace(/\t/g, ' ')) !== line.replace(/\t/g, ' ').trim().normalize('NFC')
      )
        faults.push(`${where} has invisible characters`);
    });
  if (calendar.isWellFormed() && unfold(calendar).some((line) => line !== line.normalize('NFC')))
    faults.push('not NFC');
}

function lintNames(
  lines: readonly ContentLine[],
  once: readonly string[],
  atMost: readonly string[],
  faults: Faults,
): void {
  const count = (name: string) => lines.filter((line) => line.name === name).length;
  for (const name of once) if (count(name) !== 1) faults.push(`${name} ${count(name)} times`);
  for (const name of atMost) if (count(name) > 1) faults.push(`${name} ${count(name)} times`);
  for (const { name } of lines)
    if (!once.includes(name) && !atMost.includes(name)) faults.push(`${name} does not belong here`);
}

function lintIdentity(of: Of, method: string, faults: Faults): void {
  const uid = of('UID')?.value ?? '';
  if (!/^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$/.test(uid) || uid.length > 255) faults.push(`UID:${uid}`);
  if (!/^\d{1,9}$/.test(of('SEQUENCE')?.value ?? '')) faults.push('SEQUENCE is no number');
  const status = of('STATUS')?.value ?? '';
  const fits = method === 'CANCEL' ? ['CANCELLED'] : ['CONFIRMED', 'TENTATIVE'];
  if (!fits.includes(status)) faults.push(`STATUS:${status} in a ${method}`);
  if (of('TRANSP')?.value !== 'OPAQUE' || of('CLASS')?.value !== 'PUBLIC') faults.push('TRANSP or CLASS');
}

/** Milliseconds of `20270709T010000Z` or, as a day, of `20270709`; undefined for what is neither or does not exist */
function instantOf(value: string, form: 'time' | 'day'): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z)?$/.exec(value);
  if (!match || (match[4] === undefined) !== (form === 'day')) return undefined;
  const day = parseDate(`${match[1]}-${match[2]}-${match[3]}`);
  return day && Date.parse(form === 'day' ? `${day}T00:00:00Z` : `${day}T${match[4]}:${match[5]}:${match[6]}Z`);
}

function lintTimes(of: Of, faults: Faults): void {
  for (const name of ['DTSTAMP', 'CREATED', 'LAST-MODIFIED']) {
    const line = of(name);
    if (line && (line.parameters.size > 0 || instantOf(line.value, 'time') === undefined))
      faults.push(`${name} is not in UTC`);
  }
  const [start, end] = [of('DTSTART'), of('DTEND')];
  if (!start || !end) return;
  const form = (line: ContentLine): 'time' | 'day' | undefined =>
    line.parameters.size === 0 ? 'time' : [...line.parameters].join() === 'VALUE,DATE' ? 'day' : undefined;
  const [startForm, endForm] = [form(start), form(end)];
  if (!startForm || startForm !== endForm)
    return void faults.push('DTSTART and DTEND are neither both in UTC nor both days');
  const [from, to] = [instantOf(start.value, startForm), instantOf(end.value, startForm)];
  if (from === undefined || to === undefined) faults.push('DTSTART or DTEND does not exist');
  else if (to <= from) faults.push('DTEND is not after DTSTART');
  const allDay = of('X-MICROSOFT-CDO-ALLDAYEVENT');
  if (allDay && (startForm !== 'day' || allDay.value !== 'TRUE')) faults.push('an all-day mark on hours');
}

function lintTexts(of: Of, faults: Faults): void {
  for (const name of ['SUMMARY', 'LOCATION', 'DESCRIPTION']) {
    const line = of(name);
    if (!line) continue;
    const value = unescapeText(line.value);
    if (value === undefined || line.parameters.size > 0) faults.push(`${name} is not escaped`);
    else if (value.trim() === '') faults.push(`${name} is empty`);
    else if (name === 'DESCRIPTION' && Buffer.byteLength(value) > DESCRIPTION_OCTETS)
      faults.push('DESCRIPTION is too long');
    else if (name !== 'DESCRIPTION' && value !== oneLine(value)) faults.push(`${name} is not one line`);
  }
}

function lintPeople(of: Of, method: string, faults: Faults): void {
  const [organizer, attendee] = [of('ORGANIZER'), of('ATTENDEE')];
  for (const line of [organizer, attendee]) {
    if (!line) continue;
    if (!/^"[^"^]+"$/.test(line.parameters.get('CN') ?? '')) faults.push(`${line.name} has no quoted CN`);
    const address = mailboxOf(line);
    if (address === undefined || addressFault(address)) faults.push(`${line.name} is not one mailto address`);
  }
  if (organizer && [...organizer.parameters.keys()].join() !== 'CN') faults.push('ORGANIZER has more than a CN');
  if (attendee) {
    const { parameters } = attendee;
    const wanted = ['CN', 'CUTYPE', 'PARTSTAT', 'ROLE', ...(method === 'REQUEST' ? ['RSVP'] : [])];
    if ([...parameters.keys()].toSorted().join() !== wanted.toSorted().join()) faults.push('ATTENDEE parameters');
    if (parameters.get('CUTYPE') !== 'INDIVIDUAL' || parameters.get('PARTSTAT') !== 'NEEDS-ACTION')
      faults.push('CUTYPE or PARTSTAT');
    if (!['REQ-PARTICIPANT', 'OPT-PARTICIPANT'].includes(parameters.get('ROLE') ?? '')) faults.push('ROLE');
    if (method === 'REQUEST' && parameters.get('RSVP') !== 'TRUE') faults.push('no RSVP');
  }
  if (organizer && attendee && sameAddress(mailboxOf(organizer) ?? '') === sameAddress(mailboxOf(attendee) ?? ''))
    faults.push('the organizer is the attendee');
}

/** The address of an ORGANIZER or ATTENDEE; undefined where its value is not one `mailto:` in lower case */
function mailboxOf(line: ContentLine): string | undefined {
  if (!/^mailto:[^?#/,;\s]+$/.test(line.value)) return undefined;
  try {
    return decodeURIComponent(line.value.slice('mailto:'.length));
  } catch {
    return undefined;
  }
}

function lintExpected(of: Of, expected: ExpectedCalendar, faults: Faults): void {
  const differs = (what: string, found: string | undefined, wanted: string | number | undefined) => {
    if (wanted !== undefined && found !== String(wanted)) faults.push(`${what} is ${found}, not ${wanted}`);
  };
  const address = (name: string) => {
    const line = of(name);
    return line && mailboxOf(line);
  };
  differs('METHOD', of('METHOD')?.value, expected.method);
  differs('UID', of('UID')?.value, expected.uid);
  differs('SEQUENCE', of('SEQUENCE')?.value, expected.sequence);
  differs('ATTENDEE', address('ATTENDEE'), expected.attendee);
  differs('ORGANIZER', address('ORGANIZER'), expected.organizer);
}
