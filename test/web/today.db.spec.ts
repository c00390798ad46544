import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/audit/actor.ts';
import { SESSION_COOKIE } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import { MilestoneQueries } from '../../src/milestones/milestones.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { Releases } from '../../src/invitations/releases.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { wordsOf, YearHouse } from './year-house.ts';

let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
  await house.app.get(Meetings).set(house.ids['pdpo/qup']!, { firstDay: '2028-01-18' }, house.actor);
  await house.app.settle();
});
afterAll(() => house.app.stop());

const milestone = async (key: string) =>
  (await house.app.get(MilestoneQueries).ofCycle(house.cycleId)).find((one) => one.key === key)!;

describe('the first address', () => {
  it('leads to today of the year', async () => {
    const { statusCode, headers } = await house.get('/');
    expect([statusCode, headers['location']]).toEqual([303, '/y/wpi/2027/today']);
  });

  it('leads to setting a year up where there is none', async () => {
    const empty: StartedApp = await startApp();
    try {
      const actor = systemActor('test');
      const fields = { nameJa: '見本 一子', nameEn: 'Ichiko MIHON', email: 'ichiko.mihon@example.org', telephone: '' };
      const id = await empty.get(Staff).add({ ...fields, role: 'administrator', language: 'ja' }, actor);
      const session = await empty.dataSource.transaction((tx) => empty.get(Sessions).begin(tx, id));
      const headers = { cookie: `${SESSION_COOKIE}=${session}` };
      const answer = await empty.app.inject({ method: 'GET', url: '/', headers });
      expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/new-year']);
    } finally {
      await empty.stop();
    }
  });

  it.each([
    '/y/wpi/2027/today',
    '/y/wpi/2027/today/answers',
    '/y/wpi/2027/today/deadlines',
    '/y/wpi/2027/year-board',
    '/y/wpi/2027/attendance.csv',
  ])('%s is for those who signed in', async (path) => {
    const { statusCode, headers } = await house.get(path, { as: null });
    expect([statusCode, headers['location']]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`]);
  });

  it('of a year that does not exist is not found', async () => {
    expect((await house.get('/y/wpi/2031/today')).statusCode).toBe(404);
  });
});

describe('today', () => {
  it('says what needs doing, with links, in both languages', async () => {
    const ja = await house.get('/y/wpi/2027/today');
    expect(ja.statusCode).toBe(200);
    expect(wordsOf(ja.body)).toContain('PD・PO訪問（QUP）：「担当プログラムオフィサー」が空席です');
    expect(ja.body).toMatch(/href="\/meetings\/[0-9a-f-]{36}\/people\/add\?seat=[0-9a-f-]{36}"/);
    const en = wordsOf((await house.get('/y/wpi/2027/today', { language: 'en' })).body);
    expect(en).toContain("PD/PO visit (QUP): “The centre's programme officer” is vacant");
    expect(en).toContain('Nobody has answered yet.');
    expect(en).toContain('6 mails wait for release');
  });

  it('lists answers that are awaited once mails were released', async () => {
    await house.app.get(Releases).release(house.cycleId, 'all', house.actor);
    await house.app.settle();
    const words = wordsOf((await house.get('/y/wpi/2027/today/answers')).body);
    expect(words).toContain('PD・PO訪問（QUP）');
    expect(words).toContain('2027年12月7日(火) 17:00');
    expect(wordsOf((await house.get('/y/wpi/2027/today', { language: 'en' })).body)).toContain('answers have time yet');
  });
});

describe('a deadline', () => {
  const key = 'date-fixed/pdpo/qup';

  it('is settled with one press from the list, and a second press changes nothing', async () => {
    const { id } = await milestone(key);
    const press = () => house.post(`/milestones/${id}/settle`, { state: 'submitted', back: 'list' });
    const answer = await press();
    expect([answer.statusCode, answer.headers['location']]).toEqual([
      303,
      '/y/wpi/2027/today/deadlines?done=milestone',
    ]);
    expect((await press()).statusCode).toBe(303);
    expect(await milestone(key)).toMatchObject({ state: 'submitted' });
    const trail = wordsOf((await house.get(`/milestones/${id}`)).body);
    expect(trail.match(/提出済み・済みにした/g)).toHaveLength(1);
  });

  it('can be opened again, waived with a note, and given another day', async () => {
    const { id } = await milestone(key);
    await house.post(`/milestones/${id}/reopen`, {});
    expect(await milestone(key)).toMatchObject({ state: 'open', settledAt: null });
    const extended = await house.post(`/milestones/${id}/extend`, { until: '2027-11-30', seen: 'open ' });
    expect(extended.statusCode).toBe(303);
    expect(await milestone(key)).toMatchObject({ extendedTo: '2027-11-30' });
    await house.post(`/milestones/${id}/settle`, {
      state: 'waived',
      note: '<b>口頭</b>で了承',
      seen: 'open 2027-11-30',
    });
    expect(await milestone(key)).toMatchObject({ state: 'waived', note: '<b>口頭</b>で了承' });
    expect((await house.get(`/milestones/${id}`)).body).toContain('&lt;b&gt;口頭&lt;/b&gt;で了承');
  });

  it('that somebody else changed meanwhile is shown as it is, and what was typed stays', async () => {
    const { id } = await milestone('documents/pdpo/qup');
    const stale = await house.post(
      `/milestones/${id}/settle`,
      { state: 'waived', note: '備考を書いた', seen: 'submitted ' },
      { language: 'en' },
    );
    expect(stale.statusCode).toBe(409);
    expect(wordsOf(stale.body)).toContain('Somebody else has changed this deadline');
    expect(stale.body).toContain('備考を書いた');
    expect(await milestone('documents/pdpo/qup')).toMatchObject({ state: 'open' });
  });

  it.each([
    ['extend', { until: '30 November', seen: 'open ' }, '日付を「2027-07-09」のように入力してください。'],
    ['extend', { until: '2037-11-30', seen: 'open ' }, '日付を「2027-07-09」のように入力してください。'],
    ['settle', { state: 'eaten', seen: 'open ' }, 'どうするかを選んでください。'],
    ['settle', { state: 'waived', note: 'あ'.repeat(2001), seen: 'open ' }, '備考は2,000字以内で入力してください。'],
  ])('is not changed by what cannot be: %s', async (what, form, sentence) => {
    const { id } = await milestone('documents/pdpo/qup');
    const answer = await house.post(`/milestones/${id}/${what}`, form);
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer.body)).toContain(sentence);
    expect(await milestone('documents/pdpo/qup')).toMatchObject({ state: 'open', extendedTo: null });
  });

  it('that does not exist is not found', async () => {
    expect((await house.get('/milestones/nothing')).statusCode).toBe(404);
    expect((await house.get('/milestones/11111111-1111-4111-8111-111111111111')).statusCode).toBe(404);
  });

  it('is only read by readers', async () => {
    const { id } = await milestone('documents/pdpo/qup');
    const page = await house.get(`/milestones/${id}`, { as: 'reader' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain(`/milestones/${id}/settle`);
    expect((await house.get('/y/wpi/2027/today/deadlines', { as: 'reader' })).body).not.toContain('/settle"');
    expect((await house.post(`/milestones/${id}/settle`, { state: 'submitted' }, { as: 'reader' })).statusCode).toBe(
      403,
    );
    expect(await milestone('documents/pdpo/qup')).toMatchObject({ state: 'open' });
  });
});

describe('the year board', () => {
  it('shows the year in both languages, and alone for printing', async () => {
    expect((await house.get('/y/wpi/2027/year-board')).body).toContain('QUP PD・PO訪問 2028年1月18日(火) 要対応');
    const print = await house.get('/y/wpi/2027/year-board/print', { language: 'en' });
    expect(print.body).toContain('QUP PD/PO visit Tue 18 January 2028 Needs attention');
    expect(print.body).not.toContain('<nav');
  });

  it('shows steps of preparation on request only', async () => {
    const step = 'PD・PO訪問：説明資料の提出';
    expect((await house.get('/y/wpi/2027/year-board')).body).not.toContain(step);
    expect((await house.get('/y/wpi/2027/year-board?steps=yes')).body).toContain(step);
  });
});
