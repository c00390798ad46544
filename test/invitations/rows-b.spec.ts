import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../src/clock/clock.service.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Cycle } from '../../src/cycle/cycle.ts';
import { text } from '../../src/kernel/text.ts';
import type { InvitationFacts } from '../../src/invitations/invitation.ts';
import { nextMessage, type SentInvitation } from '../../src/invitations/itip.ts';
import { Letters, type Numbered } from '../../src/invitations/letters.service.ts';
import { composeReceipt } from '../../src/invitations/mail-text.ts';
import { composeOfficeNotice } from '../../src/invitations/office-letter.ts';
import { hasUnusualDots } from '../../src/mail/address.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { faultOf, type OutgoingMail } from '../../src/mail/message.ts';
import { compose } from '../../src/mail/mime.ts';
import { readMessage } from '../../src/mail/reading.ts';
import { Signature } from '../../src/mail/signature.service.ts';
import { verifyDkim } from '../mail/dkim.ts';
import { goldenCases } from './golden-cases.ts';
import { letterhead, overseas, sentOnce, siteVisit, staffInCharge } from './sample-facts.ts';

/** What every mail around an invitation keeps, one test for each rule */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const config = {
  ...readConfig({ MAIL_DOMAIN: 'visits.example.org', BASE_URL: 'https://meguri.example.org' }),
  dkim: { selector: 'mihon', key: privateKey },
};
const templates = new MailTemplates();
const letters = new Letters(config, templates, new FixedClock('2027-05-06T00:00:00Z'));
const cycle = { sample: true, rules: { name: letterhead.programme, secretariat: letterhead.secretariat } } as Cycle;
const token = 'k7q2m4xt';

function mailOf(sent: SentInvitation | undefined, now: InvitationFacts | undefined, answered = false): OutgoingMail {
  const message = nextMessage(sent, now, { answered });
  if (message.action === 'nothing' || message.action === 'withdraw') throw new Error('nothing is sent');
  const first = letters.messageIdOf(token, 0);
  const numbered: Numbered = {
    invitationId: 'invitation-1',
    token,
    uid: letters.uidOf(token),
    revision: message.action === 'new' ? 0 : sent!.revision + 1,
    createdAt: '2027-05-01T00:00:00Z',
    ...(message.action === 'new' ? {} : { references: first }),
  };
  return letters.invitation(cycle, message, message.action === 'cancel' ? sent!.facts : now!, numbered, 'mihon-token');
}
const read = async (mail: OutgoingMail) => readMessage(await compose(mail));
const mails = Object.values(goldenCases)
  .filter(({ now, sent }) => (now ?? sent!.facts).address !== null)
  .map(({ sent, now, answered }) => mailOf(sent, now, answered));
const header = (message: Awaited<ReturnType<typeof read>>, name: string) =>
  message.headers.filter((one) => one.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);
const place = { ...siteVisit, place: text('京都大学', 'Kyoto University') };

describe('The mails around invitations', () => {
  it('B1: are text, HTML and calendar as alternatives, the calendar last, and once more as a file', async () => {
    for (const mail of mails) {
      const types = [...(await compose(mail)).toString().matchAll(/^content-type: ([\w/]+)/gim)].map(
        ([, type]) => type,
      );
      expect(types).toEqual([
        'multipart/mixed',
        'multipart/alternative',
        'text/plain',
        'text/html',
        'text/calendar',
        'application/ics',
      ]);
    }
  });

  it('B2: say the METHOD of the calendar in its header, outside of attachments, and copy its bytes', async () => {
    for (const mail of mails) {
      const [inline, file] = (await read(mail)).calendars;
      expect(inline).toMatchObject({ mimeType: 'text/calendar', filename: '', method: mail.calendar!.method });
      expect(inline!.content.toString()).toContain(`\r\nMETHOD:${mail.calendar!.method}\r\n`);
      expect(file).toMatchObject({ mimeType: 'application/ics', filename: 'invite.ics' });
      expect(file!.content.equals(inline!.content)).toBe(true);
      expect((await compose(mail)).toString()).toMatch(
        new RegExp(
          `^content-type: text/calendar; charset=utf-8; method=${mail.calendar!.method}\\r\\n(?!.*disposition)`,
          'im',
        ),
      );
    }
  });

  it('B3: carry nothing else: no attachment, no image', async () => {
    for (const mail of mails) {
      expect((await read(mail)).attachments).toEqual([]);
      expect(mail.html).not.toMatch(/<img|src=/i);
    }
  });

  it('B4: go to one address, which is checked; two in one are refused', async () => {
    for (const mail of mails) {
      const message = await read(mail);
      expect(header(message, 'To')).toHaveLength(1);
      expect([...header(message, 'Cc'), ...header(message, 'Bcc')]).toEqual([]);
      expect(message.to.match(/@/g)).toHaveLength(1);
    }
    const [mail] = mails;
    for (const address of ['a@b.example.org, evil@example.org', 'a@b.example.org;evil@example.org', 'a@b@example.org'])
      expect(faultOf({ ...mail!, to: { name: '', address } })?.en).toBe('it must be exactly one address');
  });

  it('B5: go to addresses of carriers with dots in a row in quotes, and who enters one is warned', async () => {
    const [mail] = mails;
    const bytes = await compose({ ...mail!, to: { name: '架空', address: 'x..y.@example.org' } });
    expect(bytes.toString()).toContain('<"x..y."@example.org>');
    expect(faultOf({ ...mail!, to: { name: '架空', address: 'x..y.@example.org' } })).toBeUndefined();
    expect(['x..y@example.org', 'x.@example.org', 'x.y@example.org'].map(hasUnusualDots)).toEqual([true, true, false]);
  });

  it('B6: have a Message-ID of their invitation and revision, to whose first the later ones refer', async () => {
    const first = await read(mailOf(undefined, siteVisit));
    const later = [await read(mailOf(sentOnce(siteVisit), place)), await read(mailOf(sentOnce(siteVisit), undefined))];
    expect(first.messageId).toBe(`<inv-${token}.0@visits.example.org>`);
    expect([...header(first, 'In-Reply-To'), ...header(first, 'References')]).toEqual([]);
    for (const message of later) {
      expect(message.messageId).toBe(`<inv-${token}.1@visits.example.org>`);
      expect([header(message, 'In-Reply-To'), header(message, 'References')]).toEqual([
        [first.messageId],
        [first.messageId],
      ]);
    }
  });

  it('B7: are marked as automatic, without asking servers to keep reports back', async () => {
    for (const mail of mails) {
      const message = await read(mail);
      expect(header(message, 'Auto-Submitted')).toEqual(['auto-generated']);
      expect(header(message, 'X-Auto-Response-Suppress')).toEqual(['OOF, AutoReply']);
      expect(header(message, 'Precedence')).toEqual([]);
    }
  });

  it('B8: return to an address of their own on the sender’s domain, which signs them', async () => {
    const signature = new Signature(config);
    for (const mail of mails) {
      expect(mail.envelopeFrom).toMatch(new RegExp(`^bounce\\+${token}\\.\\d+@visits\\.example\\.org$`));
      const { valid, tags } = verifyDkim(await signature.sign(await compose(mail)), publicKey);
      // aligned: From, envelope and signature are of one domain
      expect([valid, tags.get('d'), mail.from.address.split('@')[1]]).toEqual([
        true,
        'visits.example.org',
        'visits.example.org',
      ]);
    }
  });

  it('B9: say in words what it is, when with weekday and zone, and what to press, alike in text and HTML', () => {
    const inHtml = (mail: OutgoingMail, words: string) =>
      mail.html.replaceAll('<br>', '\n').includes(words.replaceAll("'", '&#39;'));
    const ja = mailOf(undefined, siteVisit);
    const en = mailOf(undefined, overseas);
    for (const [mail, said] of [
      [ja, ['ご出席くださいますようお願い', '2027年7月9日(金) 10:00～17:00（日本時間）', '「承諾」「仮承諾」「辞退」']],
      [en, ['grateful for your attendance', 'Fri 9 July 2027, 10:00–17:00 (Japan time, UTC+9)', 'Press Accept']],
      [mailOf(sentOnce(siteVisit), undefined), ['取り消させていただく', '2027年7月9日(金)', '「予定表から削除」']],
    ] as const)
      for (const words of said) {
        expect(mail.text).toContain(words);
        expect(inHtml(mail, words)).toBe(true);
      }
  });

  it('B10: say in their subject what is asked or has changed, in the reader’s language', () => {
    const subjects = (facts: InvitationFacts) => [
      mailOf(undefined, facts).subject,
      mailOf(undefined, { ...facts, status: 'hold' }).subject,
      mailOf(sentOnce(facts), { ...facts, startsAt: '2027-07-09T02:00:00Z' }).subject,
      mailOf(sentOnce(facts), { ...facts, status: 'cancelled' }).subject,
      mailOf(sentOnce(facts), undefined).subject,
    ];
    const heads = (facts: InvitationFacts) => subjects(facts).map((subject) => /^(【.+?】|\[.+?\])/.exec(subject)?.[0]);
    expect(heads(siteVisit)).toEqual([
      '【ご出席のお願い】',
      '【日程確保のお願い】',
      '【日時変更】',
      '【開催中止】',
      '【ご案内の取消】',
    ]);
    expect(heads(overseas)).toEqual([
      '[Invitation]',
      '[Please hold the date]',
      '[New date or time]',
      '[Meeting cancelled]',
      '[Invitation withdrawn]',
    ]);
    for (const subject of subjects(siteVisit)) expect(subject).toContain('2027年7月9日(金)');
    expect(officeNotice('ja').subject).toMatch(/^【ご対応のお願い】/);
    expect(officeNotice('en').subject).toMatch(/^\[Action requested\]/);
  });

  it('B11: are the only ones with a calendar: notices, receipts and reminders have none', async () => {
    const { from, to, envelopeFrom, messageId, language, orderingKey, date } = mails[0]!;
    for (const { kind, subject, text: words, html } of [officeNotice('ja'), receipt()]) {
      const message = await read({
        kind,
        from,
        to,
        envelopeFrom,
        messageId,
        language,
        orderingKey,
        date,
        subject,
        text: words,
        html,
      });
      expect([...message.calendars, ...message.attachments]).toEqual([]);
    }
    // one place writes calendars
    expect(importersOf('calendar-object.ts')).toEqual(['invitations/letters.service.ts']);
  });

  it('B12: take no line break from anybody into a header', async () => {
    const [mail] = mails;
    const evil = 'x\r\nBcc: evil@example.org';
    for (const wrong of [
      { subject: evil },
      { to: { ...mail!.to, name: evil } },
      { from: { ...mail!.from, name: evil } },
    ])
      expect(faultOf({ ...mail!, ...wrong })?.en).toContain('line break');
    const written = mailOf(undefined, { ...siteVisit, title: text(evil, evil) });
    expect(header(await read(written), 'Bcc')).toEqual([]);
    expect(written.subject).toContain('x Bcc: evil@example.org');
  });
});

const officeNotice = (language: 'ja' | 'en') =>
  composeOfficeNotice(templates.sources, {
    office: { name: text('見本大学事務局', 'Office of Mihon University'), language },
    readerZone: 'Asia/Tokyo',
    letterhead,
    staffInCharge,
    meetings: [
      {
        facts: siteVisit,
        changes: [],
        people: [{ ...siteVisit, action: 'new', ownMail: false }],
      },
    ],
    link: 'https://meguri.example.org/o/mihon',
    answerBy: siteVisit.answerBy,
    zone: 'Asia/Tokyo',
  });

const receipt = () =>
  composeReceipt(templates.sources, {
    to: siteVisit,
    language: 'ja',
    readerZone: 'Asia/Tokyo',
    letterhead,
    staffInCharge,
    items: [{ ...siteVisit, facts: siteVisit, answer: text('出席', 'Attending'), details: [] }],
    givenBy: '架空 太郎',
    at: '2027-05-06T00:00:00Z',
    zone: 'Asia/Tokyo',
    answerUrl: 'https://meguri.example.org/a/mihon',
  });

/** Files of src that import one of this name, as paths below src */
function importersOf(name: string): string[] {
  const src = join(import.meta.dirname, '../../src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && readFileSync(join(src, file), 'utf8').includes(`/${name}'`))
    .map((file) => file.replaceAll('\\', '/'));
}
