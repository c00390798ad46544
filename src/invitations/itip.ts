import { sameAddress } from '../mail/address.ts';
import type { Instant } from '../kernel/zoned-time.ts';
import { asksAgain, changesBetween, type Change } from './change.ts';
import { isOver, type InvitationFacts } from './invitation.ts';

/** What one person was last sent about one meeting. Plain JSON. */
export interface SentInvitation {
  /** As they were last sent, or may have been */
  readonly facts: InvitationFacts;
  readonly uid: string;
  /** The highest number that was used for this UID */
  readonly sequence: number;
  /** Mails of this UID so far, less one: 0 after the first. Unlike `sequence` it rises with every mail. */
  readonly revision: number;
  /** The part of its own answering address that names this invitation */
  readonly token: string;
  /** Message-IDs with angle brackets, in order; the first is what later mails refer to */
  readonly messageIds: readonly string[];
  /** DTSTAMP of the first message, which stays its CREATED */
  readonly createdAt: Instant;
  /**
   * `waiting`: nothing of this UID has left, and what waits can be taken back. `sent`: a request was handed over, or may have been.
   * `cancelled`: over; nothing of this UID is ever sent again (itip C9). `withdrawn`: taken back before anything had left.
   */
  readonly state: 'waiting' | 'sent' | 'cancelled' | 'withdrawn';
  /** What they knew before the last mail, and still know where it never leaves; absent or null: nothing */
  readonly before?: InvitationFacts | null;
  /** That they knew from a rehearsal only */
  readonly beforeRehearsed?: boolean;
  /** Which revision of the meeting was announced under which SEQUENCE: answers name the SEQUENCE only */
  readonly meetingRevisions?: Readonly<Record<string, number>>;
  /** Why the last mail cancelled it, where it did */
  readonly cancelled?: CancelReason;
}

export type CancelReason = 'meeting-cancelled' | 'person-removed' | 'address-changed';

/** The next thing to do about one person and one meeting. */
export type NextMessage =
  | { readonly action: 'nothing' }
  | NewMessage
  | UpdateMessage
  | CancelMessage
  | {
      /** Nothing has left: what waits is taken back, and nobody hears of it (itip C8) */
      readonly action: 'withdraw';
      readonly thenNew: boolean;
    };

export interface NewMessage {
  readonly action: 'new';
  /**
   * `fresh`: a UID and token that were never used; `waiting`: those of the mail that waits or was taken back, whose place this one takes;
   * `rehearsed`: those of an invitation that was only rehearsed, whose entry in the calendar becomes the real one
   */
  readonly uid: 'fresh' | 'waiting' | 'rehearsed';
  /** 0, or above that of the rehearsal */
  readonly sequence: number;
  /** Asked again after an earlier invitation was cancelled */
  readonly again: boolean;
}

export interface UpdateMessage {
  readonly action: 'update';
  readonly sequence: number;
  readonly sequenceBump: boolean;
  /** They had answered what they were last sent */
  readonly answered: boolean;
  /** Their answer stands: they accepted or declined, and nothing changed that an answer depends on */
  readonly answerKept: boolean;
  readonly changes: readonly Change[];
}

export interface CancelMessage {
  readonly action: 'cancel';
  readonly reason: CancelReason;
  readonly sequence: number;
  /** The same meeting goes to another mailbox: a new invitation with a fresh UID follows at once (itip C10) */
  readonly thenNew: boolean;
}

export interface Standing {
  /** Whether they have answered what they were last sent, in whatever way */
  readonly answered: boolean;
  /** Whether they had, before something changed because of which they are asked again */
  readonly answeredBefore?: boolean;
  /** Now. Where given, nothing is said of what is over. */
  readonly at?: Instant;
}

const NOTHING: NextMessage = { action: 'nothing' };

/**
 * The message that follows from what somebody was last sent and what is true now: RFC 5546 §2.1.4, §3.2.2, §3.2.5 and what mail
 * programs make of them. The same input always gives the same message; applied to what was sent afterwards it gives `nothing`.
 *
 * @param sent undefined where they were never invited to this meeting
 * @param now undefined where they are not asked (any more)
 */
export function nextMessage(
  sent: SentInvitation | undefined,
  now: InvitationFacts | undefined,
  standing: Standing,
): NextMessage {
  const asked = now && now.status !== 'cancelled' && now.address !== null ? now : undefined;
  const { at } = standing;
  const live = sent?.state === 'waiting' || sent?.state === 'sent' ? sent : undefined;
  if (at && (!live || isOver(live.facts, at)) && (!asked || isOver(asked, at))) return NOTHING;
  if (!live) return asked ? { action: 'new', uid: 'fresh', sequence: 0, again: sent?.state === 'cancelled' } : NOTHING;
  return live.state === 'waiting' ? insteadOfWaiting(live, asked) : after(live, now, asked, standing);
}

/** The mail that was put into the outbox for a message, as far as the next one needs it */
export interface Handed {
  readonly uid: string;
  readonly token: string;
  /** With angle brackets */
  readonly messageId: string;
  readonly at: Instant;
}

/**
 * What was sent, after a message was handed to the outbox for good. Of a cancellation that is followed by a new invitation this is
 * the cancelled one; the new one begins with `sent` undefined.
 *
 * @param sent as `facts` what they know; undefined only for a fresh UID
 * @param facts what the mail said; not looked at for a cancellation, which repeats what was last sent
 */
export function sentAfter(
  sent: SentInvitation | undefined,
  message: NewMessage | UpdateMessage | CancelMessage,
  facts: InvitationFacts | undefined,
  handed: Handed,
): SentInvitation {
  if (message.action === 'new') {
    const { uid, token, messageId, at } = handed;
    const follows = message.uid === 'fresh' ? undefined : sent!;
    return {
      facts: facts!,
      uid,
      token,
      sequence: message.sequence,
      revision: follows ? follows.revision + 1 : 0,
      messageIds: [messageId],
      createdAt: follows?.createdAt ?? at,
      state: 'sent',
      before: message.uid === 'rehearsed' ? follows!.facts : null,
      beforeRehearsed: message.uid === 'rehearsed',
    };
  }
  const next: SentInvitation = {
    ...sent!,
    beforeRehearsed: false,
    facts: message.action === 'update' ? facts! : sent!.facts,
    sequence: message.sequence,
    revision: sent!.revision + 1,
    messageIds: [...sent!.messageIds, handed.messageId],
    before: sent!.facts,
  };
  if (message.action === 'update') return { ...next, state: 'sent' };
  return { ...next, state: 'cancelled', cancelled: message.reason };
}

const movedMailbox = (sent: SentInvitation, asked: InvitationFacts): boolean =>
  sent.facts.address === null || sameAddress(sent.facts.address) !== sameAddress(asked.address!);

function insteadOfWaiting(sent: SentInvitation, asked: InvitationFacts | undefined): NextMessage {
  if (!asked) return { action: 'withdraw', thenNew: false };
  if (movedMailbox(sent, asked)) return { action: 'withdraw', thenNew: true };
  if (changesBetween(sent.facts, asked, asked.language).length === 0) return NOTHING;
  return { action: 'new', uid: 'waiting', sequence: 0, again: false };
}

function after(
  sent: SentInvitation,
  now: InvitationFacts | undefined,
  asked: InvitationFacts | undefined,
  standing: Standing,
): NextMessage {
  const sequence = sent.sequence + 1;
  const cancel = (reason: CancelReason, thenNew = false): NextMessage => ({
    action: 'cancel',
    reason,
    sequence,
    thenNew,
  });
  if (!now) return cancel('person-removed');
  if (now.status === 'cancelled') return cancel('meeting-cancelled');
  if (!asked) return cancel('address-changed');
  if (movedMailbox(sent, asked)) return cancel('address-changed', true);
  return update(sent, asked, standing);
}

/**
 * Text-only changes: programs drop a request with an unchanged SEQUENCE while its reader has not answered, so it rises for them; for
 * those who answered it stays, and their answer with it (itip C2).
 */
function update(
  sent: SentInvitation,
  asked: InvitationFacts,
  { answered, answeredBefore = false }: Standing,
): NextMessage {
  const all = changesBetween(sent.facts, asked, asked.language);
  const askAgain = asksAgain(all);
  // Until when one may answer does not matter to those who have
  const changes = answered && !askAgain ? all.filter((change) => change.what !== 'answer-by') : all;
  if (changes.length === 0) return NOTHING;
  const sequenceBump = askAgain || !answered;
  return {
    action: 'update',
    sequence: sequenceBump ? sent.sequence + 1 : sent.sequence,
    sequenceBump,
    answered: answered || (askAgain && answeredBefore),
    answerKept: answered && !askAgain,
    changes,
  };
}
