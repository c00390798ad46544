import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Releases } from '../../src/invitations/releases.service.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { until } from '../mail/machinery.ts';
import { fieldIn, plain, wordsOf, YearHouse } from './year-house.ts';

const page = '/y/wpi/2027/release';
const visit = 'site/aimec';
let house: YearHouse;
const policy = () => house.app.get(MailPolicy);
const set = (change: Parameters<Meetings['set']>[1], key = visit) =>
  house.app.get(Meetings).set(house.ids[key]!, change, house.actor);
const mailsOut = async () => (await house.app.get(OutboxQueries).list({ size: 500 })).total;
const pending = () => house.app.get(Releases).pending(house.cycleId);
const keyOf = async (address: string) => (await pending()).find((mail) => mail.recipient.address === address)!.key;

beforeAll(async () => {
  house = await YearHouse.open('2027-04-20T03:00:00Z');
  await set({ firstDay: '2027-07-08' });
});
afterAll(() => house.app.stop());

describe('the page of what waits', () => {
  it('lists who would get what, in both languages, and sends nothing by being opened', async () => {
    const ja = wordsOf((await house.get(page)).body);
    for (const part of [
      '新しい案内',
      '窓口への連絡',
      '参考 操',
      'secretary-head@tohoku-university.example.org',
      '2027年7月8日(木)～9日(金)',
    ])
      expect(ja).toContain(part);
    const en = wordsOf((await house.get(page, { language: 'en' })).body);
    for (const part of [
      '8 mails wait; 8 of them would leave now',
      'New invitation',
      'Misao SANKO',
      'Thu 8 – Fri 9 July 2027',
    ])
      expect(en).toContain(part);
    for (const part of ['予定を追加し、出欠を確認', '初めての案内']) expect(ja).toContain(part);
    expect(en).toContain('Adds an entry and asks');
    expect(await mailsOut()).toBe(0);
  });

  it('shows each mail as it will arrive', async () => {
    const key = encodeURIComponent(await keyOf('misao.sanko@aimec.example.org'));
    const shown = await house.get(`${page}/preview?key=${key}`);
    expect(wordsOf(shown.body)).toContain('参考 操 先生');
    expect(shown.body).toContain('METHOD:REQUEST');
    expect(wordsOf(shown.body)).toContain('なし（初めての案内）');
    const frame = await house.get(`${page}/preview/html?key=${key}`);
    expect(frame.headers['content-security-policy']).toContain('sandbox');
    expect(frame.body).toContain('03-0000-09');
    expect((await house.get(`${page}/preview?key=nothing`)).statusCode).toBe(409);
    expect((await house.get(`${page}/preview?key=a&key=b`)).statusCode).toBe(409);
    expect(await mailsOut()).toBe(0);
  });

  it('is for those who signed in; readers may look and not send', async () => {
    for (const path of [page, `${page}/preview?key=x`])
      expect((await house.get(path, { as: null })).headers['location']).toMatch(/^\/sign-in/);
    expect((await house.get(page, { as: 'reader' })).statusCode).toBe(200);
    const key = await keyOf('misao.sanko@aimec.example.org');
    expect((await house.post(page, { key, seen: 'x' }, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post(`${page}/settings`, { rehearsal: 'no' }, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post(page, { key, seen: 'x' }, { as: null })).statusCode).not.toBe(200);
    expect(await mailsOut()).toBe(0);
    expect((await policy().get()).rehearsal).toBe(true);
  });

  it('of a year that there is not is not found', async () => {
    expect((await house.get('/y/wpi/2031/release')).statusCode).toBe(404);
  });
});

describe('letting mail go', () => {
  it('takes two presses, the first of which sends nothing', async () => {
    const key = await keyOf('misao.sanko@aimec.example.org');
    const confirm = await house.post(page, { key });
    expect(confirm.statusCode).toBe(200);
    expect(wordsOf(confirm.body)).toContain('1通を送りますか');
    expect(wordsOf(confirm.body)).toContain('予行中です');
    expect(await mailsOut()).toBe(0);
    const sent = await house.post(
      page,
      { key: fieldIn(confirm.body, 'key'), seen: fieldIn(confirm.body, 'seen') },
      { as: 'staff' },
    );
    expect(sent.headers['location']).toBe(`${page}?sent=1&back=0`);
    expect(wordsOf((await house.followed(sent)).body)).toContain('1通を送信待ちに入れました');
    expect(await mailsOut()).toBe(1);
  });

  it('is refused where a mail would say something else than was looked at', async () => {
    const key = await keyOf('ichiro.hanrei@aimec.example.org');
    const confirm = await house.post(page, { key });
    await set({ room: { ja: '別室', en: 'Annex' } });
    const press = () => house.post(page, { key, seen: fieldIn(confirm.body, 'seen') });
    const refused = await press();
    expect(refused.statusCode).toBe(409);
    expect(wordsOf(refused.body)).toContain('案内の内容が変わりました');
    await set({ room: { ja: '大会議室', en: 'Large Conference Room' } });
    await policy().set({ rehearsal: false }, house.actor);
    expect((await press()).statusCode).toBe(409);
    await policy().set({ rehearsal: true }, house.actor);
    expect((await press()).statusCode).toBe(303);
    expect((await press()).statusCode).toBe(409);
    expect(await mailsOut()).toBe(2);
  });

  it('of nothing, or of what need not be sent, says so', async () => {
    for (const form of [{}, { key: 'nothing' }, { seen: 'x' }]) {
      const answer = await house.post(page, form as Record<string, string>);
      expect([answer.statusCode, wordsOf(answer.body).includes('送る案内が選ばれていません')]).toEqual([422, true]);
    }
    expect((await house.post(page, { key: 'nothing', seen: 'x' })).statusCode).toBe(409);
    expect(wordsOf((await house.post(page, {}, { language: 'en' })).body)).toContain('Nothing was chosen');
  });

  it('of what has not left takes it back, and says that nobody hears of it', async () => {
    await policy().set({ paused: true, rehearsal: false }, house.actor);
    await house.app.get(Attendees).add(house.ids[visit]!, { person: 'mihon-haruko' }, house.actor);
    await house.app.get(Releases).release(house.cycleId, [await keyOf('haruko.mihon@po.example.org')], house.actor);
    const attendees = await house.app.get(MeetingQueries).attendeesOf([house.ids[visit]!]);
    const { id } = attendees.find((one) => one.personId === 'mihon-haruko')!;
    await house.app.get(Attendees).remove(id, house.actor);
    const words = wordsOf((await house.get(page)).body);
    expect(words).toContain('送信前に取り下げ（ご本人には何も届きません）');
    const confirm = await house.post(page, { key: await keyOf('haruko.mihon@po.example.org') });
    expect(wordsOf(confirm.body)).toContain('送信待ちの案内を取り下げますか');
    const done = await house.post(page, { key: fieldIn(confirm.body, 'key'), seen: fieldIn(confirm.body, 'seen') });
    expect(done.headers['location']).toBe(`${page}?sent=0&back=0`);
    await policy().set({ paused: false }, house.actor);
  });
});

describe('rehearsal and the person in charge', () => {
  it('are settings of the page; what is no address is said', async () => {
    const staff = (await house.app.get(StaffQueries).list()).find((member) => member.role === 'staff')!;
    const save = (form: Record<string, string>) => house.post(`${page}/settings`, { staffInCharge: staff.id, ...form });
    expect(
      (await save({ rehearsal: 'yes', addresses: 'misao.sanko@aimec.example.org\n@example.org' })).statusCode,
    ).toBe(303);
    expect(await policy().get()).toMatchObject({
      rehearsal: true,
      rehearsalAddresses: ['@example.org', 'misao.sanko@aimec.example.org'],
    });
    const wrong = await save({ rehearsal: 'yes', addresses: 'everybody' });
    expect(wrong.statusCode).toBe(422);
    expect(plain(wrong.body)).toContain('everybody');
    expect((await policy().get()).rehearsalAddresses).toHaveLength(2);
    expect(wordsOf((await house.get(page)).body)).toContain('予行のため送らず');
  });

  it('that is missing is said on the page, which still opens', async () => {
    await house.app.dataSource.query('update cycle set staff_in_charge = null');
    const shown = await house.get(page);
    expect([shown.statusCode, wordsOf(shown.body).includes('担当者が決まっていません')]).toEqual([200, true]);
    expect(wordsOf(shown.body)).not.toContain('送るものはありません');
  });
});

describe('the mailbox', () => {
  it('shows what arrived, as text and in a frame that can do nothing', async () => {
    await until('it has arrived', async () => (await house.app.get(MailboxQueries).list()).total === 2);
    const list = await house.get('/mailbox?to=misao.sanko%40aimec.example.org');
    const address = /\/mailbox\/in\/\d+/.exec(list.body)![0];
    const mail = await house.get(address);
    expect(wordsOf(mail.body)).toContain('【試行】【ご出席のお願い】');
    expect(mail.body).toContain('BEGIN:VCALENDAR');
    expect((await house.get(`${address}/html`)).headers['content-security-policy']).toMatch(
      /default-src 'none'.*sandbox/,
    );
    // a frame without an origin may use the product's font and nothing else of ours
    const frame = (await house.get(`${address}/html`)).body;
    const font = /href="([^"]+\/font\/font\.css)"/.exec(frame)![1]!;
    const allowed = async (path: string) => (await house.get(path)).headers['access-control-allow-origin'];
    expect([await allowed(font), await allowed(font.replace('font/font.css', 'meguri.css'))]).toEqual(['*', undefined]);
    const raw = await house.get(`${address}/mail.eml`);
    expect([raw.headers['content-type'], raw.headers['content-disposition']]).toEqual([
      'message/rfc822',
      'attachment; filename="mail.eml"',
    ]);
  });

  it.each([
    '/mailbox?to=a&to=b',
    '/mailbox?page=0',
    '/mailbox?page=-1',
    '/mailbox?page=x',
    '/mailbox?to=nobody',
    '/mailbox/out?state=constructor',
    '/mailbox/out?state=sent&state=sent',
    '/mailbox/out?page=999',
  ])('bears an address that was tampered with: %s', async (path) => {
    expect((await house.get(path)).statusCode).toBe(200);
  });

  it.each([
    '/mailbox/in/x',
    '/mailbox/in/999999999999999999',
    '/mailbox/out/x',
    '/mailbox/out/00000000-0000-4000-8000-000000000000',
  ])('does not find what is not there: %s', async (path) => {
    expect((await house.get(path)).statusCode).toBe(404);
    expect((await house.get(`${path}/html`)).statusCode).toBe(404);
  });

  it('can be paused by staff and not by readers, and is closed to others', async () => {
    expect((await house.post('/mailbox/pause', { paused: 'yes' }, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post('/mailbox/pause', { paused: 'yes' })).statusCode).toBe(303);
    expect(wordsOf((await house.get('/mailbox/out', { language: 'en' })).body)).toContain('Sending is paused');
    await house.post('/mailbox/pause', { paused: 'no' });
    expect((await policy().get()).paused).toBe(false);
    for (const path of ['/mailbox', '/mailbox/out', '/mailbox/in/1', '/mailbox/in/1/mail.eml'])
      expect((await house.get(path, { as: null })).headers['location']).toMatch(/^\/sign-in/);
  });
});

describe('signing out', () => {
  it('ends the session with a cookie like the one that began it', async () => {
    const out = await house.post('/sign-out', {}, { as: 'staff' });
    expect(out.headers['set-cookie']).toMatch(/^meguri_session=; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0/);
    expect((await house.get(page, { as: 'staff' })).statusCode).toBe(303);
  });
});
