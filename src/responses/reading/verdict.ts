import { sameAddress } from '../../mail/address.ts';
import { failureOf } from '../../mail/inbound/delivery-report.ts';
import type { AnsweringAttendee, CalendarAnswer } from './calendar-answer.ts';
import type { KnownInvitation, Match, Reading } from './reading.ts';

/**
 * What becomes of a mail. `applied`: it is the answer that counts. `stale`: kept, and does not count for the meeting as it is now.
 * `proposal`: another time, for a person. `held`: waits for a person. `noted`: nothing changes. The others are about our own mail.
 */
export const outcomes = [
  'applied',
  'stale',
  'proposal',
  'held',
  'noted',
  'undeliverable',
  'our-problem',
  'complaint',
] as const;
export type Outcome = (typeof outcomes)[number];

export const reasonCodes = [
  'answered',
  'delegated',
  'newer-than-ours',
  'older-revision',
  'changed-meanwhile',
  'other-time',
  'no-invitation',
  'keys-disagree',
  'other-address',
  'several-attendees',
  'not-authentic',
  'sequence-reset',
  'unreadable',
  'words',
  'asks-again',
  'automatic',
  'still-trying',
  'arrived',
  'no-decision',
  'no-answer',
  'single-event',
  'withdrawn',
  'superseded',
  'over',
  'booked-elsewhere',
  'not-reached',
  'mailbox-full',
  'policy',
  'spam-report',
  'outside-the-hours',
] as const;
export type Reason = (typeof reasonCodes)[number];

/** One attendee's answer, as it is to be recorded */
export interface GivenReply {
  readonly partstat: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED';
  /** When they answered, ISO 8601 in UTC, as far as the mail tells */
  readonly at: string | null;
  /** Null where the program left it out and nothing else tells */
  readonly sequence: number | null;
  readonly comment: string;
  /** The attendee as written, and who sent it in their place */
  readonly attendee: AnsweringAttendee;
  /** Name of the delegate */
  readonly delegate: string;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** Where an answer could be made out, also one that waits */
  readonly reply: GivenReply | null;
}

const verdict = (outcome: Outcome, reason: Reason, reply: GivenReply | null = null): Verdict => ({
  outcome,
  reason,
  reply,
});

/**
 * Decides about a mail as far as mail and invitation tell (itip E8-E17, F1-F7); whether the meeting has changed since, and whether
 * another answer is newer, is decided where the ledger is.
 */
export function verdictOn(reading: Reading, match: Match): Verdict {
  const { kind, mail } = reading;
  switch (kind) {
    case 'complaint':
      return match.ours ? verdict('complaint', 'spam-report') : verdict('held', 'no-invitation');
    case 'dsn':
      return onReport(reading, match);
    case 'auto-reply':
      return verdict('noted', 'automatic');
    case 'other-calendar':
      return verdict('noted', 'no-answer');
    case 'human':
      return verdict('held', 'words');
    case 'unreadable':
    case 'counter-unreadable':
      return verdict('held', 'unreadable');
    case 'refresh':
      return verdict('held', match.invitation ? 'asks-again' : 'no-invitation');
    default:
      return onAnswer(reading.answer!, mail, match);
  }
}

function onReport({ mail }: Reading, match: Match): Verdict {
  const report = mail.report!;
  if (report.action === 'delayed') return verdict('noted', 'still-trying');
  if (report.action === 'delivered') return verdict('noted', 'arrived');
  const failure = failureOf(report);
  if (!match.ours) return verdict('held', 'no-invitation');
  if (failure === 'our-problem') return verdict('our-problem', 'policy');
  return verdict('undeliverable', failure === 'full-or-busy' ? 'mailbox-full' : 'not-reached');
}

function onAnswer(answer: CalendarAnswer, mail: Reading['mail'], match: Match): Verdict {
  const { invitation } = match;
  if (!invitation) return verdict('held', 'no-invitation', onlyReply(answer, mail));
  if (match.disagree) return verdict('held', 'keys-disagree', onlyReply(answer, mail));
  const own = [sameAddress(invitation.address), ...invitation.aliases];
  const theirs = answer.attendees.filter(({ address }) => own.includes(address));
  if (theirs.length === 0)
    return verdict(
      'held',
      answer.attendees.length > 1 ? 'several-attendees' : 'other-address',
      onlyReply(answer, mail),
    );
  const attendee = theirs[0]!;
  const reply = replyOf(answer, attendee, mail, invitation);
  if (!isAuthentic(mail, match, attendee)) return verdict('held', 'not-authentic', reply);
  if (!invitation.live) return verdict('noted', 'withdrawn', reply);
  if (answer.method === 'COUNTER' || answer.proposed) return onProposal(answer, reply);
  if (!reply) return verdict('noted', 'no-decision');
  if (answer.onlyInstances) return verdict('noted', 'single-event', reply);
  return onSequence(answer, reply, invitation);
}

/** Never applied, whatever PARTSTAT says beside it: «maybe» to the present time is not what they meant */
function onProposal(answer: CalendarAnswer, reply: GivenReply | null): Verdict {
  return answer.proposed ? verdict('proposal', 'other-time', reply) : verdict('held', 'unreadable', reply);
}

function onSequence(answer: CalendarAnswer, reply: GivenReply, invitation: KnownInvitation): Verdict {
  const { sequence } = reply;
  // a phone that rewrites UIDs counts from 0 again: nobody can tell which revision it has shown
  if (answer.unwrappedUid !== null && sequence === 0 && invitation.sequence > 0)
    return verdict('held', 'sequence-reset', reply);
  if (sequence !== null && sequence < invitation.sequence) return verdict('stale', 'older-revision', reply);
  if (sequence !== null && sequence > invitation.sequence) return verdict('applied', 'newer-than-ours', reply);
  return verdict('applied', reply.partstat === 'DELEGATED' ? 'delegated' : 'answered', reply);
}

/**
 * It came to the address of its own, or the sender's domain is proven to our server to be the attendee's (RFC 6047 §3). A failed DMARC
 * check alone is no reason: Google signs answers for other domains with its own name.
 */
function isAuthentic({ authentication }: Reading['mail'], match: Match, attendee: AnsweringAttendee): boolean {
  if (match.toToken) return true;
  const domain = attendee.address.slice(attendee.address.lastIndexOf('@') + 1);
  return match.by === 'uid' && authentication?.dmarc === 'pass' && authentication.from === domain;
}

/** What a mail says that waits for somebody who knows whose it is */
const onlyReply = (answer: CalendarAnswer, mail: Reading['mail']): GivenReply | null =>
  answer.attendees.length === 1 ? replyOf(answer, answer.attendees[0]!, mail, undefined) : null;

const decisions = ['ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED'] as const;

function replyOf(
  answer: CalendarAnswer,
  attendee: AnsweringAttendee,
  mail: Reading['mail'],
  invitation: KnownInvitation | undefined,
): GivenReply | null {
  const partstat = decisions.find((one) => one === attendee.partstat);
  if (!partstat) return null;
  const delegate = answer.attendees.find(({ address }) => address === attendee.delegatedTo);
  return {
    partstat,
    at: answeredAt(answer, mail, invitation),
    sequence: answer.sequence ?? sequenceByReference(mail, invitation),
    comment: answer.comment,
    attendee,
    delegate: delegate?.name || attendee.delegatedTo,
  };
}

/**
 * The program's own word for it; else DTSTAMP where it is not simply that of the request; else the mail's date (RFC 5546 §2.1.5, and
 * what programs make of it). Null: when it arrived.
 */
function answeredAt(
  { repliedAt, stampedAt }: CalendarAnswer,
  { date }: Reading['mail'],
  invitation: KnownInvitation | undefined,
): string | null {
  if (repliedAt) return repliedAt;
  const echo = stampedAt !== null && invitation !== undefined && Date.parse(stampedAt) <= Date.parse(invitation.sentAt);
  return (echo ? null : stampedAt) ?? date;
}

/** Without SEQUENCE the mail that it answers tells whether an older one is meant */
function sequenceByReference({ refersTo }: Reading['mail'], invitation: KnownInvitation | undefined): number | null {
  const ids = invitation?.messageIds ?? [];
  const at = Math.max(...refersTo.map((id) => ids.indexOf(id)));
  return invitation && at === ids.length - 1 && at !== -1 ? invitation.sequence : null;
}
