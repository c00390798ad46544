import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import { SESSION_COOKIE } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { PlanEntity, type PlanState } from '../../src/planning/plan.entity.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { text } from '../../src/kernel/text.ts';
import { madeRun } from './made-plan.ts';

const actor: Actor = { kind: 'command', name: 'test' };

let house: StartedApp;
let cycleId: string;
let other: string;
let cookies: Record<'staff' | 'reader', string>;

beforeAll(async () => {
  // nobody works the queues: a run stays as it was put
  house = await startApp({ clock: '2026-11-21T00:00:00Z', config: { role: 'web' } });
  await house.get(Sample).load();
  const reader = { nameJa: '例示 読子', nameEn: 'Yomiko REIJI', email: 'yomiko.reiji@example.org', telephone: '' };
  await house.get(Staff).add({ ...reader, role: 'reader', language: 'ja' }, actor);
  cycleId = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
  other = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2028 }, actor);
  const staff = await house.get(StaffQueries).list();
  const signedIn = (role: string) =>
    house.dataSource.transaction((tx) => house.get(Sessions).begin(tx, staff.find((one) => one.role === role)!.id));
  cookies = { staff: await signedIn('staff'), reader: await signedIn('reader') };
});
afterAll(async () => house?.stop());

interface Asked {
  readonly as?: 'staff' | 'reader' | 'nobody';
  readonly lang?: 'ja' | 'en';
}
const plan = '/y/wpi/2027/plan';
const headersOf = ({ as = 'staff', lang = 'ja' }: Asked) => ({
  'accept-language': lang,
  ...(as === 'nobody' ? {} : { cookie: `${SESSION_COOKIE}=${cookies[as]}` }),
});
const get = (path: string, asked: Asked = {}) =>
  house.app.inject({ method: 'GET', url: path, headers: headersOf(asked) });
const post = (path: string, fields: Record<string, string> = {}, asked: Asked = {}) =>
  house.app.inject({
    method: 'POST',
    url: path,
    headers: { ...headersOf(asked), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
const runs = () => house.dataSource.getRepository(PlanEntity);
const stateOf = async (id: string): Promise<PlanState> => (await runs().findOneByOrFail({ id })).state;
const clear = () => runs().clear();
const words = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the door', () => {
  it('is closed to whoever is not signed in, for programs too', async () => {
    expect((await get(plan, { as: 'nobody' })).headers.location).toContain('/sign-in?to=');
    const id = await madeRun(house, cycleId);
    const asked = await house.app.inject({ url: `${plan}/${id}/progress`, headers: { accept: 'application/json' } });
    expect(asked.statusCode).toBe(401);
    expect(asked.body).not.toContain('200');
  });

  it('lets readers look and not press', async () => {
    const id = await madeRun(house, cycleId);
    const page = await get(`${plan}/${id}`, { as: 'reader' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain(`${plan}/${id}/publish`);
    for (const path of ['', `/${id}/stop`, `/${id}/discard`, `/${id}/publish`])
      expect((await post(plan + path, {}, { as: 'reader' })).statusCode).toBe(403);
    expect(await stateOf(id)).toBe('ready');
    await clear();
  });

  it('shows no run of another year', async () => {
    const id = await madeRun(house, other);
    for (const path of [
      `/${id}`,
      `/${id}/publish`,
      `/${id}/progress`,
      `/compare?run=${id}&run=${id.replace(/^./, (first) => (first === '0' ? '1' : '0'))}`,
    ])
      expect((await get(plan + path)).statusCode).toBe(404);
    expect((await post(`${plan}/${id}/publish`)).statusCode).toBe(404);
    expect((await get(`${plan}/not-a-run`)).statusCode).toBe(404);
    await clear();
  });
});

describe('starting a run', () => {
  it('is offered where there is none yet', async () => {
    const { body } = await get(plan);
    expect(body).toContain('まだ計画がありません');
    expect(words(body)).toContain('計画する会議は14件です（日程未定14件、事務局が日を決めた会議0件）。');
  });

  it.each([
    ['0', '1', 'timeLimit', '1～3600秒の整数で入力してください。', 'A whole number of seconds, 1 to 3600.'],
    ['4000', '1', 'timeLimit', '1～3600秒の整数で入力してください。', 'A whole number of seconds, 1 to 3600.'],
    ['60', '-1', 'seed', '0以上の整数で入力してください。', 'A whole number from 0 on.'],
    ['60', '1.5', 'seed', '0以上の整数で入力してください。', 'A whole number from 0 on.'],
    ['soon', '1', 'timeLimit', '1～3600秒の整数で入力してください。', 'A whole number of seconds, 1 to 3600.'],
  ])('with %s seconds and seed %s says what is wrong', async (timeLimit, seed, field, ja, en) => {
    for (const [lang, sentence] of [
      ['ja', ja],
      ['en', en],
    ] as const) {
      const { statusCode, body } = await post(plan, { timeLimit, seed }, { lang });
      expect(statusCode).toBe(422);
      expect(body).toMatch(new RegExp(`id="${field}-fault">[\\s\\S]{0,200}${sentence}`));
    }
    expect(await runs().count()).toBe(0);
  });

  it('leads to the page that follows it, which reloads itself where there is no script', async () => {
    const { statusCode, headers } = await post(plan, { timeLimit: '30', seed: '7' });
    expect(statusCode).toBe(303);
    const page = await get(headers.location as string);
    expect(page.body).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
    expect(page.body).toContain(`data-progress="${headers.location}/progress"`);
    expect(words(page.body)).toContain('順番待ち');
    const [run] = await runs().find();
    expect(run).toMatchObject({ timeLimit: 30, seed: 7, state: 'waiting' });
  });

  it('shows those that are under way side by side, by their names, without a new page', async () => {
    const { statusCode } = await post(plan, { timeLimit: '30', seed: '8', name: '<b>もう一つ</b>' });
    expect(statusCode).toBe(303);
    const { body } = await get(plan);
    expect(body.match(/data-progress="[^"]+\/progress" data-stay/g)).toHaveLength(2);
    expect(body).toContain('&lt;b&gt;もう一つ&lt;/b&gt;');
    expect(body).toContain('/plan.js');
    await runs().delete({ seed: 8 });
  });

  it('refuses a name that is too long, at its field', async () => {
    const { statusCode, body } = await post(plan, { timeLimit: '30', seed: '8', name: 'あ'.repeat(81) });
    expect(statusCode).toBe(422);
    expect(body).toMatch(/id="name-fault">[\s\S]{0,200}80字以内で入力してください/);
    expect(await runs().count()).toBe(1);
  });

  it('can be followed by a program, in the reader’s language', async () => {
    const [run] = await runs().find();
    await runs().update({ id: run!.id }, { state: 'running', seconds: 12, cost: 200, bound: 190 });
    const { headers, body } = await get(`${plan}/${run!.id}/progress`, { lang: 'en' });
    expect(headers['content-type']).toContain('application/json');
    expect(JSON.parse(body)).toEqual({
      over: false,
      seconds: 12,
      timeLimit: 30,
      said: {
        state: 'Computing',
        time: '12 s of at most 30 s',
        cost: '200 points',
        bound: '190 points',
        gap: 'At most 10 points (5%) above the best possible plan',
      },
    });
  });

  it('can be stopped', async () => {
    const [run] = await runs().find();
    const { statusCode, headers } = await post(`${plan}/${run!.id}/stop`);
    expect([statusCode, headers.location]).toEqual([303, `${plan}/${run!.id}`]);
    expect((await runs().findOneByOrFail({ id: run!.id })).cancelWanted).toBe(true);
    const { body } = await get(`${plan}/${run!.id}`);
    expect(words(body)).toContain('中止しています');
    expect(body).not.toContain(`${plan}/${run!.id}/stop`);
    await clear();
  });
});

describe('a run that is ready', () => {
  let id: string;
  beforeAll(async () => {
    id = await madeRun(house, cycleId, { undecided: ['site/qup'] });
  });

  it('says how good it is, what it costs by name, and what could not be placed and why', async () => {
    const page = words((await get(`${plan}/${id}`)).body);
    expect(page).toContain('最良の計画との差は、大きくても10点（5%）です');
    expect(page).toContain('サイトビジット（QUP） 架空 太郎は9月まで×です');
    for (const part of ['未定', '出張', '一人の負担']) expect(page).toContain(part);
    const english = words((await get(`${plan}/${id}`, { lang: 'en' })).body);
    expect(english).toContain('Site visit (QUP) Taro KAKU cannot until September');
    expect(english).toMatch(/Trips \d+/);
  });

  it('shows each placement with its day, hours and people, those of each host with the host', async () => {
    const { body } = await get(`${plan}/${id}`);
    const rows = [...body.matchAll(/<tr>\s*<td data-label="日時">[\s\S]*?<\/tr>/g)].map(([row]) => words(row));
    // visits but one, the committee and its seven hearings
    expect(rows).toHaveLength(21);
    const alliance = rows.find((row) => row.includes('AIMEC') && row.includes('サイトビジット'))!;
    expect(alliance).toMatch(/\d+月\d+日\(.\)～\d+日\(.\) 10:00～17:00/);
    expect(alliance).toContain('東北大学');
    expect(alliance).toContain('海洋研究開発機構');
    expect(alliance).toContain('欠席：');
    expect(alliance).toContain('新規');
  });

  it('sorts by day or by centre', async () => {
    const centresIn = (html: string) =>
      [...html.matchAll(/<th scope="row"><a href="\/meetings\/[^"]+">([^<]+)</g)].map(([, centre]) => centre!);
    const byCentre = (await get(`${plan}/${id}?sort=centre`)).body;
    expect(byCentre).toMatch(/<th scope="col" aria-sort="ascending"><a class="sort" href="[^"]*sort=centre/);
    const centres = centresIn(byCentre);
    expect(centres).toEqual(centres.toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })));
    expect(centresIn((await get(`${plan}/${id}?sort=day`)).body)).not.toEqual(centres);
  });

  it('names those on whom it rests without an answer', async () => {
    const page = words((await get(`${plan}/${id}`, { lang: 'en' })).body);
    const { unanswered } = await runs().findOneByOrFail({ id });
    expect(unanswered.length).toBeGreaterThan(0);
    expect(page).toMatch(
      /This plan counts on \d+ (person|people) of whose days nothing is known|this plan does not rest on them/,
    );
  });

  it('leads to publishing, and says before that nothing is sent', async () => {
    expect((await get(`${plan}/${id}`)).body).toContain(`href="${plan}/${id}/publish"`);
    const page = words((await get(`${plan}/${id}/publish`)).body);
    expect(page).toContain('21件の会議を、この計画のとおりに決めますか');
    expect(page).toContain('メールは送られません');
    expect(page).toContain('サイトビジット（QUP）');
    expect(await stateOf(id)).toBe('ready');
  });

  it('shows a failure with what to do', async () => {
    const failure = {
      code: 'planning.locks-cannot-hold',
      text: text('固定した内容が両立しません。', 'What is fixed cannot hold together.'),
      locks: [{ of: 'site/qup', title: text('<b>訪問</b>', 'Visit'), reasons: [text('両日とも×', 'Away both days')] }],
    };
    const failed = await madeRun(house, cycleId, { state: 'failed', plan: null, error: failure.code, failure });
    const { body } = await get(`${plan}/${failed}`);
    expect(body).toContain('固定した内容が両立しません。');
    expect(body).toContain('&lt;b&gt;訪問&lt;/b&gt;');
    expect(words(body)).toContain('両日とも×');
    expect(words((await get(`${plan}/${failed}`, { lang: 'en' })).body)).toContain('Away both days');
  });

  it('is discarded on demand, and only then', async () => {
    const spare = await madeRun(house, cycleId);
    const { statusCode, headers } = await post(`${plan}/${spare}/discard`);
    expect([statusCode, headers.location]).toEqual([303, plan]);
    expect(await stateOf(spare)).toBe('discarded');
    expect((await get(plan)).body).not.toContain(spare);
    expect((await get(`${plan}/${spare}`)).body).not.toContain('/publish');
  });
});

describe('two runs', () => {
  it('are put side by side with what differs', async () => {
    const [a, b] = [
      await madeRun(house, cycleId),
      await madeRun(house, cycleId, { shift: 7, undecided: ['pdpo/qup'] }),
    ];
    expect((await get(plan)).body).toContain(`<input type="checkbox" name="run" value="${a}">`);
    const page = words((await get(`${plan}/compare?run=${a}&run=${b}`, { lang: 'en' })).body);
    expect(page).toMatch(/Undecided 0 10000 \+10000/);
    expect(page).toMatch(/PD\/PO visit \(QUP\) \w{3} \d+ \w{3}, morning undecided \+9998/);
  });

  it('have to be two', async () => {
    const [{ id }] = (await runs().find()) as [PlanEntity];
    for (const query of ['', `?run=${id}`, `?run=${id}&run=${id}`, `?run=${id}&run=${id}&run=${id}`]) {
      const { statusCode, body } = await get(`${plan}/compare${query}`);
      expect(statusCode).toBe(422);
      expect(body).toContain('計算済みの計画を2件選んでください');
    }
    await clear();
  });
});

describe('publishing', () => {
  const meetings = () => house.get(MeetingQueries).ofCycle(cycleId);

  it('is refused where a meeting was changed meanwhile: nothing is published, and the page says what to do', async () => {
    const id = await madeRun(house, cycleId);
    const site = (await meetings()).find(({ key }) => key === 'site/prime')!;
    await house.get(Meetings).set(site.id, { firstDay: '2027-06-15' }, actor);
    for (const answer of [
      await get(`${plan}/${id}/publish`, { lang: 'en' }),
      await post(`${plan}/${id}/publish`, {}, { lang: 'en' }),
    ]) {
      expect(words(answer.body)).toContain('changed after the plan was computed: Site visit (PRIMe)');
      expect(answer.body).toContain(`href="${plan}"`);
      expect(answer.body).not.toContain('<form method="post" action="/y/');
    }
    expect((await post(`${plan}/${id}/publish`)).statusCode).toBe(409);
    expect(await stateOf(id)).toBe('ready');
    expect((await meetings()).filter(({ state }) => state === 'scheduled')).toHaveLength(1);
  });

  it('makes the plan the year, leads to release, and sends nothing', async () => {
    const id = await madeRun(house, cycleId);
    const { statusCode, headers, body } = await post(`${plan}/${id}/publish`);
    expect([statusCode, words(body), headers.location]).toEqual([303, '', '/y/wpi/2027/release']);
    expect(await stateOf(id)).toBe('published');
    // the committee takes its reception along
    expect((await meetings()).filter(({ state }) => state === 'scheduled')).toHaveLength(23);
    const [mails] = await house.dataSource.query<{ count: number }[]>('select count(*)::int as count from mail');
    expect(mails!.count).toBe(0);
    const page = words((await get(`${plan}/${id}`)).body);
    expect(page).toContain('この計画は公開済みです');
    expect((await post(`${plan}/${id}/publish`)).statusCode).toBe(409);
    expect((await post(`${plan}/${id}/discard`)).statusCode).toBe(409);
  });

  it('of another plan says what it would move and whom it would exchange', async () => {
    const id = await madeRun(house, cycleId, { shift: 9 });
    const page = words((await get(`${plan}/${id}`, { lang: 'en' })).body);
    expect(page).toMatch(/When published: .*\d+ moved/);
    expect(page).toContain('fixed by staff');
    const confirm = (await get(`${plan}/${id}/publish`, { lang: 'en' })).body;
    expect(confirm).toMatch(/<del>\w{3} \d+ \w+ 2027, 10:00–17:00<\/del>/);
  });
});

describe('a year in which nothing is planned', () => {
  it('says so and starts nothing', async () => {
    const dropped = (await house.get(NewYear).preview({ programme: 'wpi', fiscalYear: 2029 })).year.meetings
      .filter(({ activity }) => activity === 'site' || activity === 'pdpo')
      .map(({ key }) => key);
    await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2029, dropped }, actor);
    expect((await get('/y/wpi/2029/plan', { lang: 'en' })).body).toContain('There is nothing to plan');
    const { statusCode, body } = await post('/y/wpi/2029/plan', { timeLimit: '5', seed: '1' }, { lang: 'en' });
    expect(statusCode).toBe(409);
    expect(body).toContain('There is nothing to plan.');
  });
});
