/** By which replies come: fetched from a mailbox, or delivered to us */
export const ways = ['imap', 'listener'] as const;
export type Way = (typeof ways)[number];

/** What the process that minds a way has said of it last */
export interface Contact {
  readonly reachedAt: Date | null;
  readonly failingSince: Date | null;
  readonly fault: string;
}

/**
 * `awaited`: configured, and no process has said anything of it yet. `down`: it fails, or the process that minded it says nothing any more.
 */
export type ContactState = 'not configured' | 'awaited' | 'up' | 'down';

export interface WayNow {
  readonly state: ContactState;
  readonly lastContact: Date | null;
  /** Since when it is down; null where it is not */
  readonly since: Date | null;
  readonly fault: string;
}

/** Whoever minds a way says so every minute */
const SILENT_AFTER = 5 * 60_000;
/** So long a server may be away without anybody being called: it was restarted, or the network had a bad quarter of an hour */
const LONG = 30 * 60_000;

/** @param contact undefined where nobody has said anything */
export function wayNow(configured: boolean, contact: Contact | undefined, now: Date): WayNow {
  if (!contact) return { state: configured ? 'awaited' : 'not configured', lastContact: null, since: null, fault: '' };
  const { reachedAt, failingSince, fault } = contact;
  const silent = reachedAt !== null && now.getTime() - reachedAt.getTime() > SILENT_AFTER;
  const since = failingSince ?? (silent ? reachedAt : null);
  return { state: since ? 'down' : reachedAt ? 'up' : 'awaited', lastContact: reachedAt, since, fault };
}

/** Whether staff should hear of it */
export const isLongDown = ({ since }: WayNow, now: Date): boolean =>
  since !== null && now.getTime() - since.getTime() >= LONG;
