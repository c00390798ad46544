import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keysOf, matchOf, readingOf, type KnownInvitation } from '../../src/responses/reading/reading.ts';
import { verdictOn } from '../../src/responses/reading/verdict.ts';

/** A folder with `*.eml`, `expected.json` and `invitations.json`; others can bring their own */
const folder = process.env['REPLY_FIXTURES'] ?? join(import.meta.dirname, 'replies');

interface Sent {
  uid: string;
  organizer: string;
  attendee: string;
  sequence: number;
  dtstamp: string;
  aliases: string[];
  messageId: string;
}
interface Expected {
  kind: string;
  invitation?: string | null;
  attendee?: string;
  sequence?: number | null;
  partstat?: string | null;
  comment?: string | null;
  sentBy?: string;
  replyTime?: string;
  proposedStart?: string;
  proposedEnd?: string;
  instances?: Record<string, string>;
  uidDecodesTo?: string;
  recipient?: string;
  action?: string;
  status?: string | null;
  state?: string | string[];
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const { domain, invitations } = json('invitations.json') as { domain: string; invitations: Record<string, Sent> };
const expectations = json('expected.json') as Record<string, Expected>;

const iso = (stamp: string) => stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
const known = Object.entries(invitations).map(([id, sent]): KnownInvitation => ({
  id,
  token: /\+([^@]+)@/.exec(sent.organizer)?.[1] ?? '',
  uid: sent.uid,
  messageIds: [sent.messageId],
  sequence: sent.sequence,
  sentAt: iso(sent.dtstamp),
  address: sent.attendee,
  aliases: sent.aliases,
  live: true,
}));

function understood(name: string) {
  const reading = readingOf(readFileSync(join(folder, name)), { recipients: [], sender: null }, domain);
  const match = matchOf(keysOf(reading, domain), known);
  return { reading, match, verdict: verdictOn(reading, match) };
}

describe('Answers as real programs write them', () => {
  it('are all there, each with what is expected of it', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((name) => !(name in expectations))).toEqual([]);
  });

  it.each(Object.keys(expectations).filter((name) => existsSync(join(folder, name))))('%s', (name) => {
    const wanted = expectations[name]!;
    const { reading, match, verdict } = understood(name);
    const { answer, mail } = reading;
    expect(reading.kind).toBe(wanted.kind);
    if (wanted.invitation !== undefined) expect(match.invitation?.id ?? null).toBe(wanted.invitation);
    if (wanted.state !== undefined) expect([wanted.state].flat()).toContain(verdict.outcome);
    // what cannot be read is not read: then only the above is asked
    if (answer) {
      const attendee = answer.attendees.find(({ address }) => address === wanted.attendee) ?? answer.attendees[0];
      if (wanted.attendee !== undefined) expect(attendee?.address).toBe(wanted.attendee);
      if (wanted.partstat !== undefined) expect(attendee?.partstat || null).toBe(wanted.partstat);
      if (wanted.sequence !== undefined) expect(answer.sequence).toBe(wanted.sequence);
      if (wanted.comment !== undefined) expect(answer.comment || null).toBe(wanted.comment);
      if (wanted.sentBy !== undefined) expect(attendee?.sentBy).toBe(wanted.sentBy);
      if (wanted.replyTime !== undefined) expect(verdict.reply?.at).toBe(wanted.replyTime);
      if (wanted.proposedStart !== undefined) expect(answer.proposed?.start).toBe(wanted.proposedStart);
      if (wanted.proposedEnd !== undefined) expect(answer.proposed?.end).toBe(wanted.proposedEnd);
      if (wanted.instances !== undefined) expect(answer.instances).toEqual(wanted.instances);
      if (wanted.uidDecodesTo !== undefined) expect(answer.unwrappedUid).toBe(wanted.uidDecodesTo);
    }
    if (wanted.recipient !== undefined) expect(match.invitation?.address).toBe(wanted.recipient);
    if (wanted.action !== undefined) expect(mail.report?.action).toBe(wanted.action);
    if (wanted.status !== undefined) expect(mail.report?.status).toBe(wanted.status);
    // the returned copy of our own invitation, and where a mail was forwarded to, are nobody's business
    expect(JSON.stringify(reading)).not.toContain('private.address@');
  });
});
