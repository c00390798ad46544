/**
 * What becomes of a mail: pure rules. Sources: RFC 5321 §4.2.1 (4yz and 5yz replies), §4.5.4.1 (retries), §4.5.3.2.6 and RFC 1047 (the
 * gap after the final dot: whoever loses the connection there cannot know whether the mail was taken).
 */

/** queued → sending → sent | retry | uncertain | failed; what is held waits for staff; kept-back and withdrawn never leave. */
export const mailStates = [
  'queued',
  'held',
  'sending',
  'sent',
  'retry',
  'uncertain',
  'failed',
  'withdrawn',
  'kept-back',
] as const;
export type MailState = (typeof mailStates)[number];

/** A job in this queue says that there may be something to send */
export const SEND_QUEUE = 'mail/send';

/** How one attempt ended. */
export type Attempt =
  | { readonly ended: 'accepted'; readonly reply: string; readonly serverMessageId?: string }
  /** The server answered, for this mail, with a code of 400 to 599 */
  | { readonly ended: 'refused'; readonly code: number; readonly reply: string }
  /** No connection, no sign-in, or the connection ended before the server had asked for the message: it cannot have been taken */
  | { readonly ended: 'not-handed-over'; readonly reason: string }
  /** The connection ended after the server had asked for the message (354) and before it had answered */
  | { readonly ended: 'lost'; readonly reason: string };

export interface Verdict {
  readonly state: 'sent' | 'retry' | 'uncertain' | 'failed';
  /** When it is tried again; never with `sent` and `failed`, and not with an uncertain mail that waits for a person */
  readonly dueAt?: number;
}

export interface Circumstances {
  /** Attempts so far, this one included */
  readonly attempts: number;
  /** With a calendar part a second copy is harmless: same UID, SEQUENCE, DTSTAMP and Message-ID */
  readonly hasCalendar: boolean;
  /** Milliseconds since 1970 */
  readonly now: number;
  readonly notAfter: number;
  /** In [0, 1) */
  readonly chance: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Greylisting wants five minutes at least; a server that is away is asked sooner, since nothing was held against us. */
const delays = {
  refused: { first: 5 * MINUTE, most: 4 * HOUR },
  'not-handed-over': { first: 15 * SECOND, most: 15 * MINUTE },
  lost: { first: MINUTE, most: HOUR },
} as const;

/** Doubles with each attempt; up to a third is added by chance, so that a batch that failed together does not return together */
export function delayAfter(ended: keyof typeof delays, attempts: number, chance: number): number {
  const { first, most } = delays[ended];
  return Math.round(Math.min(most, first * 2 ** Math.min(attempts - 1, 20)) * (1 + chance / 3));
}

export function verdictOn(attempt: Attempt, it: Circumstances): Verdict {
  switch (attempt.ended) {
    case 'accepted':
      return { state: 'sent' };
    case 'lost':
      return it.hasCalendar ? again('uncertain', 'lost', it, 'uncertain') : { state: 'uncertain' };
    case 'not-handed-over':
      return again('retry', 'not-handed-over', it, 'failed');
    case 'refused':
      // 503 says that the session was out of step, not that this mail is unwanted
      if (attempt.code >= 500 && attempt.code !== 503) return { state: 'failed' };
      return again('retry', 'refused', it, 'failed');
  }
}

function again(
  state: 'retry' | 'uncertain',
  ended: keyof typeof delays,
  it: Circumstances,
  inTheEnd: 'failed' | 'uncertain',
): Verdict {
  const dueAt = it.now + delayAfter(ended, it.attempts, it.chance);
  return dueAt > it.notAfter ? { state: inTheEnd } : { state, dueAt };
}

/** So many refusals of one kind in a row at one domain, and nothing taken in between, are our fault and not that of an address. */
export const EQUAL_REFUSALS = 3;

/**
 * What a refusal for good is about, without what differs from mail to mail: code and enhanced status (RFC 3463).
 * @returns `550 5.7.26`
 */
export function kindOfRefusal(code: number, reply: string): string {
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0];
  return status ? `${code} ${status}` : String(code);
}

/** X.7.x is policy (RFC 3463 §3.8): sender unauthenticated, blocked, unwanted. Every further mail would make it worse. */
export const isAboutUs = (kind: string): boolean => / 5\.7\.\d/.test(kind);

/** The part of a nodemailer error that tells what happened */
export interface SendingError {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly message: string;
}

/**
 * What a failed attempt means. A refusal counts against the mail only where it answers a command of the mail (MAIL FROM, RCPT TO, DATA): a
 * refused sign-in or greeting is a fault of the connection, and all mail waits for it.
 * @param goAheadSeen whether the server had answered 354 to this mail's DATA: nodemailer's error is the same before and after it
 */
export function attemptFrom(error: SendingError, goAheadSeen: boolean): Attempt {
  const command = (error.command ?? '').toUpperCase();
  const code = error.responseCode;
  if (code !== undefined && code >= 400 && (['MAIL FROM', 'RCPT TO', 'DATA'].includes(command) || goAheadSeen))
    return { ended: 'refused', code, reply: error.response ?? error.message };
  // Larger than the server takes: it said so in its greeting, and will say so again
  if (error.code === 'EMESSAGE' && command === 'MAIL FROM')
    return { ended: 'refused', code: 552, reply: error.message };
  // Nobody to send to: nodemailer refuses by itself
  if (error.code === 'EENVELOPE' && code === undefined) return { ended: 'refused', code: 553, reply: error.message };
  const reason = [error.code, error.response ?? error.message].filter(Boolean).join(': ');
  return goAheadSeen ? { ended: 'lost', reason } : { ended: 'not-handed-over', reason };
}
