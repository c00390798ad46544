import { createHash } from 'node:crypto';
import { text, type Language, type Text } from '../kernel/text.ts';
import { addressFault } from '../mail/address.ts';
import { addressFaultText } from '../mail/message.ts';
import { mayLeave, type Policy } from '../mail/rehearsal.ts';
import { calendarAction } from './calendar-action.ts';
import type { Change } from './change.ts';
import { daysOf, faultToInvite, whenOf, type MeetingFacts } from './invitation.ts';
import { stateOf } from './office-letter.ts';
import type { OfficeDue, PersonDue, Unreachable, YearDue } from './year-due.ts';

/** One mail that waits for release */
export interface PendingMail {
  readonly key: string;
  readonly to: 'person' | 'office';
  readonly recipient: { readonly id: string; readonly name: Text; readonly address: string | null };
  readonly language: Language;
  readonly action: 'new' | 'update' | 'cancel' | 'notice';
  readonly meetings: readonly {
    readonly id: string;
    readonly title: Text;
    readonly when: Text;
    readonly state: string;
  }[];
  /** Against what they know from what they were last sent */
  readonly changes: readonly Pick<Change, 'label' | 'before' | 'after'>[];
  /** When they were last sent something of this, ISO 8601; null: never */
  readonly lastSentAt: string | null;
  /** What it does to the calendar of its reader; null: it carries none */
  readonly calendar: Text | null;
  /** Why it cannot be sent */
  readonly problem: Text | null;
  /** In rehearsal only mail to listed addresses leaves */
  readonly wouldLeave: boolean;
  /** No mail at all: one that has not left is taken back, and its reader hears of nothing */
  readonly silent: boolean;
  /** So far they got it in a rehearsal only */
  readonly rehearsed: boolean;
  /** Another as soon as the mail would say anything else, or be rehearsed or not */
  readonly print: string;
}

/** Everything that waits, offices first */
export const pendingMails = (due: YearDue): PendingMail[] => [
  ...due.offices.map((office) => pendingOffice(office, due.policy)),
  ...due.people.map((person) => pendingPerson(person, due.policy)),
  ...due.unreachable.map(unreachable),
];

/** The same as long as the same mails would say the same to the same people: what staff confirm is what they have seen. */
export const fingerprintOf = (mails: readonly PendingMail[]): string =>
  printOf(mails.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, print }) => [key, print]));

const printOf = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 24);

/** Somebody without a mailbox is reached by their office only */
export const isSendable = ({ next, facts }: PersonDue): boolean =>
  next.action === 'cancel' || next.action === 'withdraw' || (facts?.address != null && !faultToInvite(facts));

function pendingPerson(person: PersonDue, policy: Policy): PendingMail {
  const { next, base } = person;
  const over = next.action === 'cancel' || next.action === 'withdraw';
  const facts = over ? (base ?? person.invitation!.sent).facts : person.facts!;
  const { address } = facts;
  return {
    key: person.key,
    to: 'person',
    recipient: { id: person.person.id, name: person.person.name, address },
    language: facts.language,
    action: next.action === 'withdraw' ? 'cancel' : next.action,
    meetings: [{ id: person.meeting.id, title: person.meeting.title, when: whenShort(facts), state: next.action }],
    changes: next.action === 'update' ? next.changes : [],
    lastSentAt: base ? (person.invitation?.sentAt.toISOString() ?? null) : null,
    calendar: calendarAction(person),
    problem: over ? null : problemOf(person),
    wouldLeave: address !== null && mayLeave(policy, { address, evenInRehearsal: false }),
    silent: next.action === 'withdraw',
    rehearsed: person.invitation?.rehearsal === true && !policy.rehearsal,
    print: printOf([policy.rehearsal, next, facts]),
  };
}

function problemOf({ facts }: PersonDue): Text | null {
  // somebody who is reached only through an office is told by the office's mail
  if (facts?.address == null)
    return facts?.reach === 'office' ? null : text('メールアドレスがありません', 'No address is known');
  return faultToInvite(facts) ?? null;
}

/** Asked to come, and nobody would hear of it: no mailbox, and no office that answers for them */
const unreachable = ({ meeting, facts }: Unreachable): PendingMail => ({
  key: `unreachable/${meeting.key}/${facts.personId}`,
  to: 'person',
  recipient: { id: facts.personId, name: facts.name, address: null },
  language: facts.language,
  action: 'new',
  meetings: [{ id: meeting.id, title: meeting.title, when: whenShort(facts), state: 'new' }],
  changes: [],
  lastSentAt: null,
  calendar: null,
  problem: text(
    'メールアドレスも、代わりに回答する窓口も登録されていません',
    'Neither an address nor an office that answers for them is known',
  ),
  wouldLeave: false,
  silent: false,
  rehearsed: false,
  print: '',
});

function pendingOffice({ key, office, notice, news }: OfficeDue, policy: Policy): PendingMail {
  const fault = addressFault(office.address);
  return {
    key,
    to: 'office',
    recipient: { id: office.id, name: office.name, address: office.address },
    language: office.language,
    action: 'notice',
    meetings: news.map((meeting) => ({
      id: meeting.facts.meetingId,
      title: meeting.facts.title,
      when: whenShort(meeting.facts),
      state: stateOf(meeting),
    })),
    changes: news.flatMap((meeting) => meeting.changes),
    lastSentAt: notice?.sentAt.toISOString() ?? null,
    calendar: null,
    problem: fault ? addressFaultText[fault] : null,
    wouldLeave: mayLeave(policy, { address: office.address, evenInRehearsal: false }),
    silent: news.length === 0,
    rehearsed: notice?.rehearsal === true && !policy.rehearsal,
    print: printOf([policy.rehearsal, office.address, news]),
  };
}

/** The hours, or of several days the days */
function whenShort(facts: MeetingFacts): Text {
  const spans = whenOf(facts);
  return spans.length === 1 ? spans[0]! : daysOf(facts);
}
