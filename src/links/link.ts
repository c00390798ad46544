import { createHash } from 'node:crypto';

export const linkPurposes = ['office', 'participant', 'reminders', 'sign-in'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** What an open link leads to. */
export interface OpenLink {
  readonly id: string;
  readonly subject: string;
}

/** A link whose token was right, whether or not its time is over */
export interface KnownLink extends OpenLink {
  readonly expired: boolean;
  /** Seals the forms on its pages (nonce.ts); never shown */
  readonly nonceKey: Uint8Array;
}

/** Of a token or of anything else that stands in its place in an address: whatever its length, this takes the same time */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
