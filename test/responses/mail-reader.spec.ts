import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { readMail } from '../../src/mail/inbound/inbound-mail.ts';
import { MailReader } from '../../src/responses/mail-reader.service.ts';
import { readingOf } from '../../src/responses/reading/reading.ts';

const reader = new MailReader({ mailFromDomain: 'visits.example.org' });
afterAll(() => reader.onApplicationShutdown());
const nobody = { recipients: [], sender: null };
const head = 'From: a@example.net\r\nTo: visit+abc@visits.example.org\r\nSubject: x\r\n';
const withoutTypes: string = 'mailparser';
const { simpleParser } = (await import(withoutTypes)) as {
  simpleParser: (
    raw: Buffer,
    options: object,
  ) => Promise<{
    subject?: string;
    from?: { value: { address?: string }[] };
    date?: Date;
    messageId?: string;
    attachments: { contentType: string; content: Buffer }[];
  }>;
};
const folder = join(import.meta.dirname, 'replies');
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.eml'));

/** Its thread does what the body of a mail says */
class Faulty extends MailReader {
  protected override newThread() {
    return super.newThread(new URL('./faulty-thread.mjs', import.meta.url));
  }
}

const nested = (depth: number): string => {
  let body = 'x';
  for (let level = depth; level > 0; level--)
    body = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${body}\r\n--b${level}--\r\n`;
  return head + body;
};
const calendar = (text: string) => `${head}Content-Type: text/calendar; method=REPLY\r\n\r\n${text}`;

describe('Hostile mail', () => {
  it.each([
    ['ten megabytes', () => head + '\r\n' + 'x'.repeat(10_000_000), 'too-large'],
    [
      'ten thousand parts',
      () => `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n\r\n'.repeat(10_000)}--b--`,
      'too-many-parts',
    ],
    ['a thousand levels', () => nested(1_000), 'too-many-parts'],
    ['a header of a megabyte', () => `${head}X: ${'x'.repeat(1_000_000)}\r\n\r\nx`, 'too-many-parts'],
    ['a calendar of a megabyte', () => calendar(`BEGIN:VCALENDAR\r\nX:${'x'.repeat(1_000_000)}`), 'too-large'],
    [
      'thirty calendars',
      () =>
        `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n'.repeat(30)}--b--`,
      'too-large',
    ],
    ['a calendar of broken octets', () => calendar('\xff\xfe\x00BEGIN\x80'), 'no-calendar'],
  ])('E2: %s is unreadable, and its invitation known', async (_, build, fault) => {
    const reading = await reader.read(Buffer.from(build(), 'latin1'), nobody);
    expect(reading).toMatchObject({ kind: 'unreadable', fault });
    expect(reading.mail.recipients).toEqual(['visit+abc@visits.example.org']);
  });

  it.each([
    ['messages within messages', `${head}Content-Type: message/rfc822\r\n\r\n`.repeat(500)],
    ['no end of spaces', `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(2_000_000)}x`],
    ['no end of commas', `From: ${'a,'.repeat(100_000)}\r\nTo: ${'"'.repeat(100_000)}\r\n\r\nx`],
    ['no end of encoded words', `From: a@example.net\r\nSubject: ${'=?utf-8?B?'.repeat(20_000)}\r\n\r\nx`],
    ['no end of tags', `${head}Content-Type: text/html\r\n\r\n${'<a '.repeat(500_000)}`],
    ['a boundary that is nowhere', `${head}Content-Type: multipart/mixed; boundary=""\r\n\r\nx`],
    ['an unknown character set', `${head}Content-Type: text/plain; charset=x-nothing\r\n\r\n\xe9`],
    ['nothing', ''],
    ['NUL', '\0'.repeat(100_000)],
    ['a pasted report', `From: MAILER-DAEMON@x.example\r\n\r\n${'+a@'.repeat(300_000)}`],
    ['no end of BEGIN', calendar('BEGIN:VCALENDAR\r\n'.repeat(10_000))],
    [
      'no end of parameters',
      calendar(`BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE${';A="'.repeat(40_000)}:mailto:a@b.example\r\n`),
    ],
  ])('E2: %s is over within a second', async (_, source) => {
    const began = performance.now();
    const reading = await reader.read(Buffer.from(source, 'latin1'), nobody);
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(['human', 'unreadable', 'dsn']).toContain(reading.kind);
    expect(reader.givenUp).toBe(0);
  });

  it('E2: a thread that does not come back is given up, and the next mail gets a new one', async () => {
    const faulty = new Faulty({ mailFromDomain: 'visits.example.org' });
    for (const [n, fault] of ['loop', 'memory', 'throw', 'exit'].entries()) {
      const [bad, good] = await Promise.all([
        faulty.read(Buffer.from(`${head}\r\n${fault}`), nobody),
        faulty.read(Buffer.from(`${head}\r\nwords`), nobody),
      ]);
      expect([fault, bad.kind, bad.fault]).toEqual([fault, 'unreadable', 'too-slow']);
      expect(bad.mail.recipients).toEqual(['visit+abc@visits.example.org']);
      expect(good).toEqual({ kind: 'words' });
      expect(faulty.givenUp).toBe(n + 1);
    }
    await faulty.onApplicationShutdown();
  });

  it('reads what comes after it, one at a time and in any number', async () => {
    const raw = fixtures.map((name) => readFileSync(join(folder, name)));
    const readings = await Promise.all(raw.map((bytes) => reader.read(bytes, nobody)));
    expect(readings).toEqual(raw.map((bytes) => readingOf(bytes, nobody, 'visits.example.org')));
  });
});

describe('Two other readers agree', () => {
  // whose header holds the calendar, and whose words are no calendar to them
  const odd = [
    'ics-inside-part-header.eml',
    'cn-unquoted-colon.eml',
    'kde-counter-double-encoded.eml',
    'reply-missing-attendee.eml',
  ];

  it.each(fixtures)('on sender, subject, date and calendar of %s', async (name) => {
    const raw = readFileSync(join(folder, name));
    const [mine, theirs] = [
      readMail(raw, nobody, 'visits.example.org'),
      await simpleParser(raw, { keepDeliveryStatus: true }),
    ];
    expect(mine.subject).toBe(theirs.subject ?? '');
    expect(mine.from?.address ?? '').toBe(theirs.from?.value[0]?.address?.toLowerCase() ?? '');
    expect(mine.date ?? '').toBe(theirs.date?.toISOString() ?? '');
    expect(mine.messageId ?? '').toBe(theirs.messageId ?? '');
    const part = theirs.attachments.find(({ contentType }) => contentType === 'text/calendar');
    if (part && !mine.report && !odd.includes(name)) {
      expect(mine.calendars[0]!.replaceAll('\r\n', '\n').trim()).toBe(
        part.content.toString().replaceAll('\r\n', '\n').trim(),
      );
      const { answer } = readingOf(raw, nobody, 'visits.example.org');
      const event = new ICAL.Component(ICAL.parse(mine.calendars[0]!)).getFirstSubcomponent('vevent')!;
      const attendee = event.getFirstProperty('attendee')!;
      expect(answer!.uid).toBe(event.getFirstPropertyValue('uid'));
      expect(answer!.attendees[0]!.partstat).toBe(String(attendee.getParameter('partstat')));
      expect(`mailto:${answer!.attendees[0]!.address}`).toBe(String(attendee.getFirstValue()).toLowerCase());
      expect(answer!.sequence).toBe(event.getFirstPropertyValue('sequence'));
    }
  });
});
