import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Releases } from '../../src/invitations/releases.service.ts';
import { Links } from '../../src/links/links.service.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { MilestoneQueries } from '../../src/milestones/milestones.queries.ts';
import { Reminders } from '../../src/reminders/reminders.service.ts';
import { fieldIn, wordsOf, YearHouse } from './year-house.ts';

const address = '/y/wpi/2027/reminders';

let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-10T00:00:00Z');
  await house.app.get(MailPolicy).set({ rehearsal: false }, house.actor);
  await house.app.get(Meetings).set(house.ids['site/aimec']!, { firstDay: '2027-07-08' }, house.actor);
  await house.app.settle();
  await house.app.get(Releases).release(house.cycleId, 'all', house.actor);
  house.clock.set('2027-05-10T01:00:00Z');
});
afterAll(() => house?.app.stop());

const page = async (rest = '', asked = {}) => {
  const answer = await house.get(`${address}${rest}`, asked);
  expect(answer.statusCode).toBe(200);
  return answer.body;
};
const links = (html: string, part: string): string[] =>
  [...html.matchAll(/href="([^"]+)"/g)]
    .map((match) => match[1]!.replaceAll('&amp;', '&'))
    .filter((one) => one.includes(part));

describe('the page of reminders', () => {
  it('says what will go to whom on which day and why, in both languages', async () => {
    const ja = wordsOf(await page());
    expect(ja).toContain('2027年5月13日(木)');
    expect(ja).toContain('架空 太郎 本人');
    expect(ja).toContain('期限の14日前、期限 2027年5月27日(木) 17:00（日本時間）');
    const en = wordsOf(await page('', { language: 'en' }));
    expect(en).toContain('Thu 13 May 2027');
    expect(en).toContain('14 days before it is due; due Thu 27 May 2027, 17:00 (Japan time)');
  });

  it('is for those who signed in, and readers change nothing on it', async () => {
    expect((await house.get(address, { as: null })).statusCode).toBe(303);
    const html = await page('', { as: 'reader' });
    expect(html).not.toContain(`action="${address}`);
    const answer = await house.post(`${address}/pause`, { subject: 'year' }, { as: 'reader' });
    expect(answer.statusCode).toBe(403);
  });

  it('shows a mail as it will arrive, and sends nothing by being looked at', async () => {
    const [first] = links(await page(), '/reminders/mail?');
    const mail = await house.get(first!);
    expect(wordsOf(mail.body)).toContain('【ご確認のお願い】');
    expect(wordsOf(mail.body)).toContain('今すぐ送る');
    const html = await house.get(
      links(mail.body, '/reminders/mail/html?')[0] ?? first!.replace('/mail?', '/mail/html?'),
    );
    expect(html.statusCode).toBe(200);
    const [sent] = await house.app.dataSource.query('select count(*)::int as n from reminder');
    expect(sent.n).toBe(0);
  });

  it('pauses all of the year and lets it go on', async () => {
    const answer = await house.post(`${address}/pause`, { subject: 'year' });
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `${address}?done=paused`]);
    expect(wordsOf(await page())).toContain('この年度の催促を止めています');
    expect(wordsOf(await page())).toContain('停止中');
    await house.post(`${address}/resume`, { subject: 'year' });
    expect(wordsOf(await page())).not.toContain('停止中');
    const wrong = await house.post(`${address}/pause`, { subject: 'everything' });
    expect([wrong.statusCode, wordsOf(wrong.body).includes('できませんでした')]).toEqual([422, true]);
  });

  it('takes one reminder out and puts it back', async () => {
    const key = fieldIn(await page(), 'key');
    expect(key).toMatch(/^(person|office|staff)\//);
    await house.post(`${address}/skip`, { key });
    const past = await page('?show=past');
    expect(wordsOf(past)).toContain('担当者が取りやめ');
    expect((await house.post(`${address}/skip`, { key })).statusCode).toBe(409);
    await house.post(`${address}/unskip`, { id: fieldIn(past, 'id') });
    expect(wordsOf(await page('?show=past'))).toContain('まだ催促は送られていません');
  });

  it('names who wants no reminders by mail, here and on their page, and switches them on again', async () => {
    const subject = 'person/sanko-misao';
    const did = await house.post(`${address}/unsubscribe`, { subject });
    expect([did.statusCode, did.headers['location']]).toEqual([303, `${address}?done=unsubscribed`]);
    const html = await page();
    expect(wordsOf(html)).toContain('催促メールの停止を希望した方');
    expect(html).toContain('href="/roster/people/sanko-misao"');
    expect(wordsOf(await page('', { language: 'en' }))).toContain('No reminders by mail');
    const person = await house.get('/roster/people/sanko-misao');
    expect(wordsOf(person.body)).toContain('催促メールを停止しています：');
    expect(person.body).toContain(`href="${address}#unsubscribed"`);
    expect((await house.post(`${address}/subscribe`, { subject }, { as: 'reader' })).statusCode).toBe(403);
    await house.post(`${address}/subscribe`, { subject });
    expect(wordsOf(await page())).not.toContain('催促メールの停止を希望した方');
    const after = wordsOf((await house.get('/roster/people/sanko-misao')).body);
    expect(after).not.toContain('催促メールを停止しています：');
    expect(after).toContain('催促メールの再開');
    expect((await house.post(`${address}/unsubscribe`, { subject: 'year' })).statusCode).toBe(422);
  });

  it('sends one now', async () => {
    const [first] = links(await page(), '/reminders/mail?');
    const key = fieldIn((await house.get(first!)).body, 'key');
    const answer = await house.post(`${address}/send`, { key });
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `${address}?done=sent`]);
    expect(wordsOf(await page('?show=past'))).toContain(house.actor.name);
  });
});

describe('today', () => {
  it('lists whom to call with number and matter, and leads to where the answer is entered', async () => {
    expect(wordsOf((await house.get('/y/wpi/2027/today')).body)).not.toContain('電話リスト');
    house.clock.set('2027-06-02T01:00:00Z');
    // nobody stays signed in for three weeks
    await house.app.dataSource.query(
      `update staff_session set created_at = $1, expires_at = $1::timestamptz + interval '1 hour'`,
      [house.clock.now().toJSDate()],
    );
    await house.app.get(Reminders).remind(house.cycleId);
    await house.app.settle();
    const html = (await house.get('/y/wpi/2027/today')).body;
    const words = wordsOf(html);
    expect(words).toContain('電話リスト');
    expect(words).toContain(
      '凡例 一郎 電話 03-0000-0163 窓口 03-0000-0064 サイトビジット（AIMEC） 期限 2027年5月27日(木) 17:00（日本時間）',
    );
    expect(html).toMatch(/href="\/meetings\/[0-9a-f-]{36}\/people\/[0-9a-f-]{36}"/);
    expect(wordsOf((await house.get('/y/wpi/2027/today', { language: 'en' })).body)).toContain('To call');
  });
});

describe('an office', () => {
  it('tells that something was handed in; looking at the page does not', async () => {
    const all = await house.app.get(MilestoneQueries).ofCycle(house.cycleId);
    const report = all.find(
      (one) => one.owedBy === 'centre' && one.centre === 'aimec' && one.title.ja.includes('自己評価書'),
    )!;
    const expiresAt = house.clock.now().plus({ days: 30 });
    const issue = (officeId: string) =>
      house.app.dataSource.transaction((tx) =>
        house.app.get(Links).issue(tx, { purpose: 'office', subject: `${house.cycleId}/${officeId}`, expiresAt }),
      );
    const token = await issue('centre-office-aimec');
    const path = `/o/${token}/deadlines/${report.id}`;
    const own = await house.get(`/o/${token}`, { as: null });
    expect(own.body).toContain(path);
    for (let i = 0; i < 3; i++) expect((await house.get(path, { as: null })).statusCode).toBe(200);
    const state = async () => (await house.app.get(MilestoneQueries).one(report.id)).state;
    expect((await house.post(path, { givenBy: '' }, { as: null })).statusCode).toBe(422);
    expect(await state()).toBe('open');
    const answer = await house.post(path, { givenBy: '試作 事務', note: '郵送' }, { as: null });
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, path]);
    expect(await state()).toBe('submitted');
    expect(wordsOf((await house.get(path, { as: null })).body)).toContain('承りました');
    // somebody else's office, and a deadline that it must not know of, look the same
    const other = await issue('host-office-tohoku-university');
    expect((await house.get(`/o/${other}/deadlines/${report.id}`, { as: null })).statusCode).toBe(404);
    const pdpo = all.find((one) => one.key === 'documents/pdpo/aimec');
    expect((await house.get(`/o/${token}/deadlines/${pdpo!.id}`, { as: null })).statusCode).toBe(404);
  });
});

describe('who attends', () => {
  it('is a deadline that the answers settle, for staff and for the office', async () => {
    const settled = async () => wordsOf((await house.get('/y/wpi/2027/today/deadlines?show=settled')).body);
    expect(await settled()).not.toContain('サイトビジット：出欠の回答（AIMEC）');
    const queries = house.app.get(MeetingQueries);
    const attendees = house.app.get(Attendees);
    const side = (await queries.attendeesOf([house.ids['site/aimec']!])).filter((one) => one.side === 'centre');
    const whoAttends = (await house.app.get(MilestoneQueries).ofCycle(house.cycleId)).find(
      (one) => one.key === 'who-attends/site/aimec',
    )!;
    const lookAt = async () => [
      wordsOf((await house.get(`/milestones/${whoAttends.id}`)).body),
      wordsOf((await house.get('/meetings/{site/aimec}/deadlines')).body),
    ];
    const answered = side.filter(({ attendance }) => attendance !== 'unanswered').length;
    for (const words of await lookAt()) expect(words).toContain(`${side.length}名中${answered}名が回答`);
    for (const { id } of side) await attendees.nobodyTwice((tx) => attendees.attend(tx, id, 'attending'));
    expect(await settled()).toContain('サイトビジット：出欠の回答（AIMEC）');
    for (const words of await lookAt()) {
      expect(words).toContain(`${side.length}名中${side.length}名が回答`);
      expect(words).toContain('回答済み');
    }
    const token = await house.app.dataSource.transaction((tx) =>
      house.app.get(Links).issue(tx, {
        purpose: 'office',
        subject: `${house.cycleId}/centre-office-aimec`,
        expiresAt: house.clock.now().plus({ days: 30 }),
      }),
    );
    const page = wordsOf((await house.get(`/o/${token}`, { as: null })).body);
    expect(page).toMatch(/サイトビジット：出欠の回答（AIMEC） 提出済み/);
    expect(page).toMatch(/サイトビジット：PI一覧（AIMEC） 未提出 提出を知らせる/);
  });
});
