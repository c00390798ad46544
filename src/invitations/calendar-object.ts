import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { addDays, type CalendarDate } from '../kernel/calendar-date.ts';
import { cutToOctets, oneLine, plainText } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { millisOf, type Instant } from '../kernel/zoned-time.ts';
import type { Mailbox } from '../mail/address.ts';
import { fold, unfold } from './calendar-lines.ts';
import { DESCRIPTION_OCTETS, lintCalendar } from './calendar-lint.ts';
import { linkOf, placeOf, roomOf, type InvitationFacts } from './invitation.ts';
import { answerByRow, furtherRows, mainRows, staffLine, type Row } from './particulars.ts';

/** One calendar message about one event to one person (itip, "The seven decisions": one mail, one attendee, one UID). */
export interface CalendarObject {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly uid: string;
  readonly sequence: number;
  /** When this revision is sent: (UID, SEQUENCE, DTSTAMP) names its bytes (RFC 5546 §2.1.5) */
  readonly stampedAt: Instant;
  /** When the first revision was */
  readonly createdAt: Instant;
  /** What is true; of a cancellation, what was last sent */
  readonly facts: InvitationFacts;
  /** The address of its own to which answers go, and the name that all invitations share */
  readonly organizer: Mailbox;
  readonly secretariat: Text;
  /** Page on which this person answers */
  readonly answerUrl: string;
}

const PRODUCT = '//Meguri//Invitations//EN';
const utc = (instant: Instant) => DateTime.fromMillis(millisOf(instant), { zone: 'utc' });
const midnight = (day: CalendarDate) => DateTime.fromISO(day, { zone: 'utc' });

/**
 * The calendar of an invitation, an update or a cancellation, as bytes of UTF-8 with CRLF line ends. The same input gives the same
 * text on every machine and in every zone: nothing but UTC goes into the generator, which reads everything else by the machine's clock.
 *
 * @throws Error where the result breaks a rule of `lintCalendar`: better no mail than one that a calendar misreads
 */
export function writeCalendar(object: CalendarObject): string {
  const calendar = ical({ prodId: PRODUCT, scale: 'GREGORIAN', method: ICalCalendarMethod[object.method] });
  calendar.createEvent(eventOf(object));
  const corrected = unfold(calendar.toString())
    .filter((line) => !line.startsWith('X-MICROSOFT-MSNCALENDAR-'))
    // The generator writes MAILTO: in capitals and addresses unencoded
    .map((line) =>
      line.replace(
        /^(ORGANIZER|ATTENDEE)(;.*"):mailto:(.*)$/i,
        (_, name, rest, address) => `${name}${rest}:${mailto(address)}`,
      ),
    )
    .map(fold)
    .join('');
  const faults = lintCalendar(corrected, {
    method: object.method,
    uid: object.uid,
    sequence: object.sequence,
    attendee: object.facts.address ?? '',
    organizer: object.organizer.address,
  });
  if (faults.length > 0) throw new Error(`calendar of ${object.uid} must not be sent: ${faults.join('; ')}`);
  return corrected;
}

/** RFC 6068 §2: what ends or divides a mailto URI is encoded */
const mailto = (address: string): string =>
  `mailto:${address.replace(/[%?#/]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`;

function eventOf(object: CalendarObject): ICalEventData {
  const { facts, method } = object;
  const cancelled = method === 'CANCEL';
  const wholeDays = facts.form === 'whole-days';
  const status = cancelled ? 'CANCELLED' : facts.status === 'hold' ? 'TENTATIVE' : 'CONFIRMED';
  return {
    id: object.uid,
    sequence: object.sequence,
    stamp: utc(object.stampedAt),
    created: utc(object.createdAt),
    lastModified: utc(object.stampedAt),
    start: wholeDays ? midnight(facts.firstDay) : utc(facts.startsAt),
    // RFC 5545 §3.6.1: the end of days is the day after
    end: wholeDays ? midnight(addDays(facts.lastDay, 1)) : utc(facts.endsAt),
    allDay: wholeDays,
    summary: summaryOf(facts),
    location: locationOf(facts) || null,
    description: descriptionOf(object),
    status: ICalEventStatus[status],
    transparency: ICalEventTransparency.OPAQUE,
    class: ICalEventClass.PUBLIC,
    organizer: { name: commonName(object.organizer.name, object.organizer.address), email: object.organizer.address },
    attendees: [
      {
        name: commonName(facts.name[facts.language], facts.address ?? ''),
        email: facts.address ?? '',
        type: ICalAttendeeType.INDIVIDUAL,
        role: facts.required ? ICalAttendeeRole.REQ : ICalAttendeeRole.OPT,
        status: ICalAttendeeStatus.NEEDSACTION,
        // A cancellation asks for no answer
        rsvp: cancelled ? null : true,
      },
    ],
  };
}

/**
 * A name for CN. Double quotes become curly ones and carets go: RFC 6868 would write them with carets, which many programs show as
 * they stand (itip A11). So do backslashes, which some programs take for an escape although parameters have none.
 */
export function commonName(name: string, otherwise: string): string {
  const cleaned = oneLine(name, 120)
    .replace(/[\^\\]/g, '')
    .replace(/"([^"]*)"/g, '“$1”')
    .replace(/"/g, '”')
    .trim();
  return cleaned || otherwise;
}

const hold = text('【仮】', 'Hold: ');

/** Shown as the entry's title: a hold says that it is one */
export const summaryOf = (facts: InvitationFacts): string =>
  oneLine(`${facts.status === 'hold' ? hold[facts.language] : ''}${facts.title[facts.language]}`, 200);

const online = text('オンライン', 'Online');

/** One line. The link stands apart, with spaces, so that programs find where it ends. */
export function locationOf(facts: InvitationFacts): string {
  const { language } = facts;
  const rooms = [placeOf(facts)[language], roomOf(facts)[language]].map((part) => oneLine(part, 120)).filter(Boolean);
  const where = language === 'ja' ? rooms.join(' ') : rooms.toReversed().join(', ');
  if (facts.mode === 'on-site') return where;
  const joined = [online[language], linkOf(facts)].filter(Boolean).join(' ');
  return oneLine([where, joined].filter(Boolean).join(' / '));
}

const intro = {
  HOLD: text('日程確保のお願いです（仮の予定）。', 'You are asked to hold the date (provisional).'),
  REQUEST: text('ご出席のお願いです。', 'You are asked to attend.'),
  CANCEL: text(
    'このご案内は取り消されました。ご回答は不要です。',
    'This invitation has been cancelled. No answer is needed.',
  ),
} satisfies Record<string, Text>;
const answerPage = text('ご回答・詳細', 'Answer and details');
const inCharge = text('担当', 'Contact');

const asLine = (language: Language) => (row: Row) =>
  row.lines.length === 1
    ? `${row.label}${language === 'ja' ? '：' : ': '}${row.lines[0]}`
    : `${row.label}${language === 'ja' ? '：' : ':'}\n${row.lines.join('\n')}`;

/**
 * What matters, since Exchange takes it over as the body of the entry (MS-OXCICAL 2.1.3.1.1.20.11): when and where, until when and on
 * which page to answer, whom to call; last what staff added. Where it is too long, neither the page nor the telephone is what goes.
 */
export function descriptionOf({ facts, method, secretariat, answerUrl }: CalendarObject): string {
  const { language } = facts;
  const line = asLine(language);
  const page: Row = { label: answerPage[language], lines: [answerUrl] };
  const staff: Row = { label: inCharge[language], lines: [staffLine(secretariat, facts.staffInCharge, language)] };
  const must = [...(method === 'REQUEST' ? [...answerByRow(facts, language), page] : []), staff].map(line).join('\n');
  const room = DESCRIPTION_OCTETS - 96 - Buffer.byteLength(must) - 2;
  const first = cutToOctets(
    [
      intro[method === 'REQUEST' && facts.status === 'hold' ? 'HOLD' : method][language],
      ...mainRows(facts, language).map(line),
    ].join('\n'),
    room,
  );
  const rest = cutToOctets(furtherRows(facts, language).map(line).join('\n'), room - Buffer.byteLength(first));
  return plainText([first, must, rest].join('\n'));
}
