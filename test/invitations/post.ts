import { expect } from '@jest/globals';
import { lintCalendar } from '../../src/invitations/calendar-lint.ts';
import { parseLine, unescapeText, unfold } from '../../src/invitations/calendar-lines.ts';
import { Releases } from '../../src/invitations/releases.service.ts';
import type { PendingMail } from '../../src/invitations/pending-mail.ts';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import type { ReadMessage } from '../../src/mail/reading.ts';
import { until } from '../mail/machinery.ts';
import type { Year } from '../meetings/year.ts';

/** A mail as it lies in the built-in mailbox */
export interface Arrived {
  /** Envelope recipient */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly message: ReadMessage;
  readonly header: (name: string) => string | undefined;
  /** undefined where it has none */
  readonly calendar: Entry | undefined;
}

export interface Entry {
  readonly method: string;
  readonly uid: string;
  readonly sequence: number;
  readonly summary: string;
  readonly description: string;
  readonly starts: string;
  readonly stamp: string;
  readonly attendee: string;
  readonly name: string;
  readonly organizer: string;
}

/** A year's releases and what arrives after them, through the real outbox and the built-in mailbox */
export function postOf(year: Pick<Year, 'house' | 'cycleId' | 'actor'>) {
  const { house } = year;
  let seen = 0n;
  const releases = house.get(Releases);

  async function arrived(): Promise<Arrived[]> {
    await until('the outbox is empty', async () => {
      const [row] = await house.dataSource.query<{ open: number }[]>(
        `select count(*)::int as open from mail where state in ('queued', 'sending') and not (select paused from mail_policy)`,
      );
      return row!.open === 0;
    });
    const { mails } = await house.get(MailboxQueries).list({ size: 500 });
    const fresh = mails.filter((mail) => BigInt(mail.id) > seen).reverse();
    if (fresh.length > 0) seen = BigInt(fresh.at(-1)!.id);
    const read = [];
    for (const { id } of fresh) read.push((await house.get(MailboxQueries).one(id))!);
    return read.map(({ mail, message }) => readMail(mail.envelopeTo, message));
  }

  return {
    arrived,
    pending: (): Promise<PendingMail[]> => releases.pending(year.cycleId),
    /** Releases, and returns what arrived since the last look */
    release: async (which: 'all' | readonly string[] = 'all'): Promise<Arrived[]> => {
      await releases.release(year.cycleId, which, year.actor);
      return arrived();
    },
    rehearse: (rehearsal: boolean, rehearsalAddresses?: string[]) =>
      house.get(MailPolicy).set({ rehearsal, ...(rehearsalAddresses ? { rehearsalAddresses } : {}) }, year.actor),
    pause: (paused: boolean) => house.get(MailPolicy).set({ paused }, year.actor),
  };
}
export type Post = ReturnType<typeof postOf>;

function readMail(to: string, message: ReadMessage): Arrived {
  const [calendar] = message.calendars;
  return {
    to,
    subject: message.subject,
    text: message.text,
    message,
    header: (name) => message.headers.find((one) => one.name.toLowerCase() === name)?.value,
    calendar: calendar && entryOf(calendar.content.toString()),
  };
}

function entryOf(content: string): Entry {
  const lines = unfold(content).map((line) => parseLine(line)!);
  const line = (name: string) => lines.find((one) => one.name === name)!;
  const said = (name: string) => unescapeText(line(name).value)!;
  return {
    method: line('METHOD').value,
    uid: line('UID').value,
    sequence: Number(line('SEQUENCE').value),
    summary: said('SUMMARY'),
    description: said('DESCRIPTION'),
    starts: line('DTSTART').value,
    stamp: line('DTSTAMP').value,
    attendee: line('ATTENDEE').value.replace('mailto:', ''),
    name: line('ATTENDEE').parameters.get('CN')!,
    organizer: line('ORGANIZER').value.replace('mailto:', ''),
  };
}

/** What every mail about an invitation must be, whatever it says */
export function expectSound(mail: Arrived): void {
  const { calendar, message } = mail;
  expect(mail.text).toContain('03-0000-090');
  expect(message.html).toContain('03-0000-090');
  expect(mail.header('auto-submitted')).toBe('auto-generated');
  expect(message.to).toContain(`<${mail.to}>`);
  if (!calendar) return;
  expect(message.calendars.map((part) => part.mimeType)).toEqual(['text/calendar', 'application/ics']);
  expect(message.calendars[0]!.content).toEqual(message.calendars[1]!.content);
  const { method, uid, sequence } = calendar;
  expect(
    lintCalendar(message.calendars[0]!.content.toString(), {
      method: method as 'REQUEST',
      uid,
      sequence,
      attendee: mail.to,
      organizer: /<(.+)>/.exec(message.from)![1]!,
    }),
  ).toEqual([]);
  expect(mail.header('reply-to')).toContain(calendar.organizer);
}

/** The address of the page in a mail, below the house's own */
export const linkIn = (mail: Arrived): string => /https?:\/\/[^/\s]+(\/[ao]\/[\w-]+)/.exec(mail.text)![1]!;

/** One mail to an address; throws where there is none or another */
export function to(mails: readonly Arrived[], address: string): Arrived {
  const found = mails.filter((mail) => mail.to === address);
  if (found.length !== 1) throw new Error(`${found.length} mails to ${address}: ${mails.map((m) => m.to).join(', ')}`);
  return found[0]!;
}
export const recipients = (mails: readonly Arrived[]): string[] => mails.map((mail) => mail.to).sort();
export const addressesOf = (pending: readonly PendingMail[]): string[] =>
  pending.map((mail) => mail.recipient.address ?? '').sort();
