import { DateTime } from 'luxon';
import type { Cycle } from '../cycle/cycle.ts';
import type { Instant } from '../kernel/zoned-time.ts';
import type { InvitationFacts } from './invitation.ts';
import { nextMessage, type NextMessage, type SentInvitation } from './itip.ts';

/** Days after a meeting in which its page can still be read (itip G4) */
export const READABLE_DAYS = 30;

/** Until when an office can open its page of a year: through the month after the year, for what is settled late */
export const officePageUntil = ({ fiscalYear, rules }: Pick<Cycle, 'fiscalYear' | 'rules'>): DateTime =>
  DateTime.fromISO(`${fiscalYear + 1}-04-30T00:00`, { zone: rules.zone });

/**
 * How far the last mail of an invitation, or to an office, has come. `waiting`: it can still be taken back. `left`: it was handed over, or may
 * have been. `undone`: it was taken back, or kept back by a rehearsal, and nobody has seen it.
 */
export type LastMail = 'waiting' | 'left' | 'undone';

/** One person's invitation to one meeting, as far as it has come */
export interface Known {
  readonly sent: SentInvitation;
  readonly last: LastMail;
  /** Nothing of it was said in earnest */
  readonly rehearsal: boolean;
}

export interface Now {
  /** Undefined where they are not asked (any more) */
  readonly facts: InvitationFacts | undefined;
  /** Whether they have answered what they were last sent */
  readonly answered: boolean;
  /** Whether they had, before something changed because of which they are asked again */
  readonly answeredBefore?: boolean;
  readonly at: Instant;
  /** Whether mail is rehearsed now */
  readonly rehearsing: boolean;
}

export interface DueMessage {
  readonly next: NextMessage;
  /** The invitation that the message belongs to, with what its reader knows as `facts`; undefined where it begins one */
  readonly base: SentInvitation | undefined;
}

const NOTHING: NextMessage = { action: 'nothing' };

/**
 * The message that follows from what somebody knows, rather than from what was last put into the outbox: an update that waits is taken back
 * and the next one told against what its reader has seen; one that staff took back was never said; and an invitation that was only
 * rehearsed is sent in earnest once the rehearsal is over. Then it keeps its UID with a higher SEQUENCE: the entry in the calendars of those
 * who took part in the rehearsal becomes the real one, by one mail, without a second entry and without a cancellation that would alarm.
 */
export function dueMessage(known: Known | undefined, now: Now): DueMessage {
  const standing = { answered: now.answered, answeredBefore: now.answeredBefore ?? false, at: now.at };
  // a rehearsal that ended with a cancellation leaves nothing to speak of
  if (!known || (isOver(known) && known.rehearsal && !now.rehearsing))
    return { base: undefined, next: nextMessage(undefined, now.facts, standing) };
  if (isOver(known)) return { base: known.sent, next: nextMessage(known.sent, now.facts, standing) };
  const base = asTheyKnowIt(known);
  const inEarnest =
    !now.rehearsing && (known.last === 'left' ? known.rehearsal : known.sent.beforeRehearsed || known.rehearsal);
  if (known.last === 'waiting') {
    const queued = nextMessage({ ...known.sent, state: 'sent' }, now.facts, standing);
    if (queued.action === 'nothing' && (!known.rehearsal || now.rehearsing)) return { base, next: NOTHING };
    const instead = dueMessage({ ...known, last: 'undone' }, now);
    return instead.next.action === 'nothing' ? { base, next: { action: 'withdraw', thenNew: false } } : instead;
  }
  const untold = base.state === 'waiting';
  const anew = nextMessage(undefined, now.facts, standing);
  const next = untold ? anew : nextMessage(base, now.facts, standing);
  if (anew.action === 'new' && (untold || (inEarnest && next.action !== 'cancel')))
    return { base, next: { ...anew, uid: untold ? 'waiting' : 'rehearsed', sequence: untold ? 0 : base.sequence + 1 } };
  return { base, next };
}

/** Cancelled for good: a cancellation that was taken back leaves the invitation as it was */
export const isOver = ({ sent, last }: Pick<Known, 'sent' | 'last'>): boolean =>
  sent.state === 'withdrawn' || (sent.state === 'cancelled' && last !== 'undone');

/** With what its reader knows as its facts; `waiting` where that is nothing */
export function asTheyKnowIt({ sent, last }: Pick<Known, 'sent' | 'last'>): SentInvitation {
  if (last === 'left') return sent.state === 'waiting' ? { ...sent, state: 'sent' } : sent;
  return sent.before ? { ...sent, facts: sent.before, state: 'sent' } : { ...sent, state: 'waiting' };
}

/** Under which key mails stand in a row in the outbox: none overtakes another */
export const invitationKey = (invitationId: string): string => `invitation/${invitationId}`;
export const officeKey = (cycleId: string, officeId: string): string => `office/${cycleId}/${officeId}`;
