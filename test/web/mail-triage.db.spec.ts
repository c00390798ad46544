import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Releases } from '../../src/invitations/releases.service.ts';
import { Inbound } from '../../src/mail/inbound/inbound.service.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { until } from '../mail/machinery.ts';
import { wordsOf, YearHouse } from './year-house.ts';

let house: YearHouse;
/** Page of the director's invitation in the trial mailbox */
let invitation: string;
const director = 'yu.hinagata@qup.example.org';

beforeAll(async () => {
  house = await YearHouse.open('2027-04-20T01:00:00Z');
  await house.app.get(MailPolicy).set({ rehearsal: false }, house.actor);
  await house.app.get(Meetings).set(house.ids['site/qup']!, { firstDay: '2027-07-08' }, house.actor);
  await house.app.get(Releases).release(house.cycleId, 'all', house.actor);
  await house.app.get(Sender).drain();
  await until('the invitation is there', async () => {
    const { mails } = await house.app.get(MailboxQueries).list({ recipient: director });
    invitation = mails[0] ? `/mailbox/in/${mails[0].id}` : '';
    return mails.length === 1;
  });
});
afterAll(async () => house?.app.stop());

const stands = async () => {
  const attendees = await house.app.get(MeetingQueries).attendeesOf([house.ids['site/qup']!]);
  return attendees.find((one) => one.personId === 'hinagata-yu')!.attendance;
};
const waiting = async (): Promise<{ id: string; reason: string }[]> =>
  house.app.dataSource.query(`select id, reason from incoming where state = 'held' order by done_at, id`);
const only = async () => {
  const [one, ...others] = await waiting();
  expect(others).toEqual([]);
  return `/mail/triage/${one!.id}`;
};
const later = () => house.clock.set(house.clock.now().plus({ minutes: 1 }).toISO()!);
async function press(answer: string, fields: Record<string, string> = {}) {
  later();
  const pressed = await house.post(`${invitation}/answer`, { answer, ...fields });
  expect(pressed.statusCode).toBe(303);
  await house.app.settle();
}
describe('In the trial mailbox', () => {
  it('the buttons of a calendar can be pressed, and what they say is recorded as any answer', async () => {
    const page = await house.get(invitation);
    expect(wordsOf(page.body)).toContain('この方の予定表のボタンを押す');
    // and the mail says so
    expect(wordsOf(page.body)).toContain('ご出欠のご回答としても承ります');
    await press('TENTATIVE', { comment: '確認中です' });
    expect(await stands()).toBe('undecided');
    expect(wordsOf((await house.get(`${invitation}?answered=tentative`)).body)).toContain('予定表から回答しました');
    await press('ACCEPTED');
    expect(await stands()).toBe('attending');
    expect(await waiting()).toEqual([]);
  });

  it('readers cannot, and what is no answer is none', async () => {
    expect((await house.post(`${invitation}/answer`, { answer: 'ACCEPTED' }, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post(`${invitation}/answer`, { answer: 'PERHAPS' })).statusCode).toBe(404);
    expect((await house.post('/mailbox/in/999999/answer', { answer: 'ACCEPTED' })).statusCode).toBe(404);
  });
});

describe('A reply that waits', () => {
  it('for another time is listed with what they ask for, and leads to where the meeting is changed', async () => {
    await press('COUNTER', { proposed: '2027-07-09T13:00', comment: '金曜の午後なら' });
    const list = wordsOf((await house.get('/mail/triage')).body);
    expect(list).toContain('確認待ち 1');
    expect(list).toContain('別の日時を希望しています');
    const page = await only();
    const words = wordsOf((await house.get(page)).body);
    for (const part of [
      '雛形 優',
      '2027年7月9日(金) 13:00',
      '金曜の午後なら',
      '会議の日時を変更する',
      '日程はそのままにする',
    ])
      expect(words).toContain(part);
    expect(await stands()).toBe('attending');
    expect(wordsOf((await house.get('/y/wpi/2027/today')).body)).toContain('確認を待っている返信1通');
    const moved = await house.post(`${page}/move`, {});
    expect(moved.headers['location']).toBe(`/meetings/${house.ids['site/qup']}/edit`);
    expect(await waiting()).toEqual([]);
    expect(wordsOf((await house.get(page, { language: 'en' })).body)).toContain('Looked at');
    expect((await house.post(`${page}/aside`, { as: 'declined' })).statusCode).toBe(409);
  });

  it('E16: for another time is refused by a letter that staff have seen, in the reader’s language, and with their own words', async () => {
    await press('COUNTER', { proposed: '2027-07-12T13:00', comment: '月曜なら' });
    const page = await only();
    expect((await house.get(page)).body).toContain(`href="${page}/decline"`);
    const mails = async () => (await house.app.get(MailboxQueries).list({ recipient: director })).mails;
    const before = (await mails()).length;
    const seen = wordsOf((await house.get(`${page}/decline`)).body);
    for (const part of [
      '送る文面',
      '【日時のご希望について】',
      '2027年7月12日(月) 13:00',
      '当初のご案内のとおり',
      director,
    ])
      expect(seen).toContain(part);
    // to look is not to send, nor is to write a note
    const noted = await house.post(`${page}/decline`, { note: '7月は会場が\n取れませんでした。' });
    expect(noted.statusCode).toBe(200);
    expect(wordsOf(noted.body)).toContain('7月は会場が 取れませんでした。');
    expect((await house.post(`${page}/decline`, { note: 'x'.repeat(1001), do: 'send' })).statusCode).toBe(422);
    expect((await house.post(`${page}/decline`, { do: 'send' }, { as: 'reader' })).statusCode).toBe(403);
    await house.app.get(Sender).drain();
    expect(await mails()).toHaveLength(before);
    expect(await waiting()).toHaveLength(1);

    later();
    const sent = await house.post(`${page}/decline`, { note: '7月は会場が\n取れませんでした。', do: 'send' });
    expect(sent.headers['location']).toBe('/mail/triage?done=yes');
    await house.app.get(Sender).drain();
    await until('it is there', async () => (await mails()).length === before + 1);
    const { message } = (await house.app.get(MailboxQueries).one((await mails())[0]!.id))!;
    expect(message.subject).toContain('日時のご希望について');
    expect(message.text).toMatch(/7月は会場が\r\n取れませんでした。/);
    // no calendar: nothing changes in theirs
    expect(message.calendars).toEqual([]);
    const first = (await house.app.get(MailboxQueries).one(invitation.split('/').at(-1)!))!.message;
    expect(message.headers.find(({ name }) => name.toLowerCase() === 'in-reply-to')!.value).toBe(first.messageId);
    expect(message.from).toBe(first.from);
    const [, link] = /(\/a\/[\w-]+)/.exec(message.text)!;
    expect((await house.get(link!)).statusCode).toBe(200);
    expect(await waiting()).toEqual([]);
    expect(wordsOf((await house.get(page)).body)).toContain('日程はそのままとした');
    // nobody is told twice
    expect((await house.post(`${page}/decline`, { do: 'send' })).statusCode).toBe(409);
    await house.app.get(Sender).drain();
    expect(await mails()).toHaveLength(before + 1);
    expect(await stands()).toBe('attending');
  });

  it('from another address can be accepted as theirs, once for ever', async () => {
    await press('ACCEPTED');
    const other = (n: number) => (mail: Buffer) =>
      Buffer.from(
        mail
          .toString()
          .replace(/Message-ID: .*/, `Message-ID: <other-${n}@example.net>`)
          .replace(/\r\n\r\n([A-Za-z0-9+/=\r\n]+)(\r\n--trial-[^\r\n]*--)/, (_, body: string, end: string) => {
            const text = Buffer.from(body, 'base64').toString().replace(/\r\n /g, '');
            const changed = text.replace(/mailto:yu\.hinagata@qup/, 'mailto:yu@home').replace('ACCEPTED', 'DECLINED');
            const stamp = new Date(house.clock.now().toMillis()).toISOString().replace(/[-:]|\.\d+/g, '');
            return `\r\n\r\n${Buffer.from(changed.replace(/DTSTAMP:\w+/, `DTSTAMP:${stamp}`)).toString('base64')}${end}`;
          }),
      );
    const [{ bytes }] = (await house.app.dataSource.query(
      `select bytes from inbound_message order by received_at desc, id limit 1`,
    )) as [{ bytes: Buffer }];
    const to = /To: <([^>]+)>/.exec(bytes.toString())![1]!;
    const store = async (n: number) => {
      later();
      await house.app.get(Inbound).store(other(n)(bytes), 'lmtp', { recipients: [to], sender: null });
      await house.app.settle();
    };
    await store(1);
    const page = await only();
    const words = wordsOf((await house.get(page)).body);
    expect(words).toContain('ご案内先と異なるアドレスからの回答です');
    expect(words).toContain('yu@home.example.org');
    expect((await house.post(`${page}/alias`, {}, { as: 'reader' })).statusCode).toBe(403);
    expect(await stands()).toBe('attending');
    expect((await house.post(`${page}/alias`, {})).statusCode).toBe(303);
    expect(await stands()).toBe('absent');
    await press('ACCEPTED');
    await store(2);
    expect(await waiting()).toEqual([]);
    expect(await stands()).toBe('absent');
  });

  it('for another time and from another address becomes a proposal of theirs, and never an answer', async () => {
    const stood = await stands();
    const [{ token }] = (await house.app.dataSource.query(
      `select token from invitation where person_id = 'hinagata-yu' and state = 'live'`,
    )) as [{ token: string }];
    const counter = `From: yu@third.example.org\r\nTo: visit+${token}@example.org\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nUID:inv-${token}@example.org\r\nSEQUENCE:0\r\nDTSTART:20270709T040000Z\r\nATTENDEE;PARTSTAT=TENTATIVE:mailto:yu@third.example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
    await house.app.get(Inbound).store(Buffer.from(counter), 'lmtp', { recipients: [], sender: null });
    await house.app.settle();
    const page = await only();
    expect(wordsOf((await house.get(page)).body)).not.toContain('調整中');
    expect((await house.post(`${page}/alias`, {})).headers['location']).toBe(page);
    expect(wordsOf((await house.get(page)).body)).toContain('日程はそのままにする');
    expect(await stands()).toBe(stood);
    expect((await house.post(`${page}/aside`, { as: 'declined' })).statusCode).toBe(303);
    expect(await waiting()).toEqual([]);
    expect(await stands()).toBe(stood);
  });

  it('in words is shown in a sandbox, and recorded by whoever has read it', async () => {
    const [{ token }] = (await house.app.dataSource.query(
      `select token from invitation where person_id = 'hinagata-yu' and state = 'live'`,
    )) as [{ token: string }];
    const raw = `From: ${director}\r\nTo: visit+${token}@example.org\r\nSubject: Re\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script><p>attend!</p>`;
    await house.app.get(Inbound).store(Buffer.from(raw), 'lmtp', { recipients: [], sender: null });
    await house.app.settle();
    const page = await only();
    const html = (await house.get(page)).body;
    expect(html).not.toContain('alert(1)');
    expect(html).toContain('sandbox="allow-popups');
    const frame = await house.get(`${page}/html`);
    expect(frame.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await house.post(`${page}/answer`, { attendance: 'attending' })).statusCode).toBe(303);
    expect(await stands()).toBe('attending');
    const [answer] = await house.app.dataSource.query(`select channel, given_by from answer order by id desc limit 1`);
    expect(answer).toMatchObject({ channel: 'staff', given_by: expect.stringContaining(director) });
    expect(wordsOf((await house.get('/mail/triage')).body)).toContain('確認を待っている返信はありません');
    expect(wordsOf((await house.get('/mail/triage?show=all')).body)).toContain('回答を記録（');
  });
});
