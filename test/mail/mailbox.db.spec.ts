import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BuiltInMailbox } from '../../src/mail/built-in-mailbox.service.ts';
import { MailTransport } from '../../src/mail/mail-transport.service.ts';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import { compose } from '../../src/mail/mime.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { startMachinery, until, type Machinery } from './machinery.ts';
import { calendar, invitation, notice } from './sample.ts';

let house: Machinery;
let mailbox: MailboxQueries;

beforeAll(async () => {
  house = await startMachinery();
  mailbox = house.get(MailboxQueries);
});
beforeEach(() => house.database.query('truncate mail, received_mail cascade'));
afterAll(() => house.stop());

/** Hands bytes over by SMTP as any program would */
async function hand(raw: string | Buffer, to: string[]): Promise<void> {
  const transport = createTransport({ url: await house.get(BuiltInMailbox).open(), ignoreTLS: true } as never);
  await transport.sendMail({ envelope: { from: 'somebody@example.org', to }, raw });
  transport.close();
}

describe('the built-in mailbox', () => {
  test('shows a mail as its reader gets it: headers, texts, calendar and the bytes', async () => {
    await house.database.transaction((tx) => house.get(Outbox).put(tx, invitation()));
    await until('it has arrived', async () => (await mailbox.list()).total === 1);
    const [line] = (await mailbox.list()).mails;
    expect(line).toEqual({
      id: line!.id,
      at: new Date('2027-06-01T00:00:00Z'),
      envelopeFrom: 'bounce+k7q2m4xt.0@visits.example.org',
      envelopeTo: 'taro@example.org',
      subject: '【ご出席のお願い】現地視察 7月9日(金)',
      from: '見本事務局 <visit+k7q2m4xt@visits.example.org>',
      to: '架空 太郎 <taro@example.org>',
    });
    const { message } = (await mailbox.one(line!.id))!;
    expect(message.text).toContain('日程をお知らせします。');
    expect(message.html).toContain('<p>日程をお知らせします。</p>');
    expect(message.headers.find((header) => header.name === 'Auto-Submitted')?.value).toBe('auto-generated');
    expect(message.calendars.map((part) => [part.method, part.filename, part.content.toString()])).toEqual([
      ['REQUEST', '', calendar()],
      [undefined, 'invite.ics', calendar()],
    ]);
    expect(message.raw.equals(await compose(invitation()))).toBe(true);
  });

  test('lists the newest first, page by page and by recipient however the address is written', async () => {
    for (let n = 0; n < 5; n++)
      await hand(`Subject: ${n}\r\n\r\n.\r\n`, [n % 2 ? 'Odd@Example.org' : 'even@example.org']);
    const subjects = async (filter: Parameters<MailboxQueries['list']>[0]) =>
      (await mailbox.list(filter)).mails.map((mail) => mail.subject);
    expect(await subjects({})).toEqual(['4', '3', '2', '1', '0']);
    expect(await subjects({ size: 2 })).toEqual(['4', '3']);
    expect(await subjects({ size: 2, page: 3 })).toEqual(['0']);
    expect(await subjects({ recipient: 'ODD@example.ORG' })).toEqual(['3', '1']);
    expect((await mailbox.list({ recipient: 'odd@example.org', size: 1 })).total).toBe(2);
    expect(await subjects({ recipient: 'nobody@example.org' })).toEqual([]);
    expect(await mailbox.recipients()).toEqual([
      { address: 'even@example.org', mails: 3 },
      { address: 'odd@example.org', mails: 2 },
    ]);
  });

  test('keeps one for each recipient, attachments, and what nobody can take apart', async () => {
    await hand(Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x80]), ['a@example.org', 'b@example.org']);
    const mixed =
      'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF\r\n--x--\r\n';
    await hand(mixed, ['c@example.org']);
    const { mails } = await mailbox.list();
    expect(mails.map((mail) => mail.envelopeTo)).toEqual(['c@example.org', 'b@example.org', 'a@example.org']);
    const { attachments, calendars } = (await mailbox.one(mails[0]!.id))!.message;
    expect([attachments.map((part) => [part.filename, part.content.toString().trim()]), calendars]).toEqual([
      [['a.pdf', '%PDF']],
      [],
    ]);
    expect(await mailbox.one('999999')).toBeUndefined();
  });

  test('says «later» to a mail that it could not store, and gets it again', async () => {
    await house.database.query('alter table received_mail rename to away');
    const id = await house.database.transaction((tx) => house.get(Outbox).put(tx, notice()));
    const stateOf = async () => (await house.get(OutboxQueries).one(id))!.mail.state;
    await until('it was refused', async () => (await stateOf()) === 'retry');
    await house.database.query('alter table away rename to received_mail');
    house.clock.set('2027-06-01T00:10:00Z');
    await house.get(Sender).drain();
    expect([await stateOf(), (await mailbox.list()).total]).toEqual(['sent', 1]);
  });

  test('is ready for mail, and only this machine can reach it', async () => {
    expect(await house.get(MailTransport).verify()).toBeUndefined();
    expect(await house.get(BuiltInMailbox).open()).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  });
});
