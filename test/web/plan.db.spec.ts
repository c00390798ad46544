import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { madeRun } from './made-plan.ts';
import { actor, plan, planHouse, words, type PlanHouse } from './plan-house.ts';

let house: PlanHouse['house'];
let cycleId: string;
let get: PlanHouse['get'];
let post: PlanHouse['post'];
let runs: PlanHouse['runs'];
let stateOf: PlanHouse['stateOf'];
let clear: PlanHouse['clear'];
let other: string;
beforeAll(async () => {
  ({ house, cycleId, other, get, post, runs, stateOf, clear } = await planHouse());
});
afterAll(async () => house?.stop());

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
    expect(words(body)).toContain('計画する会議は22件です（日程未定22件、事務局が日を決めた会議0件）。');
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
describe('a year in which nothing is planned', () => {
  it('says so and starts nothing', async () => {
    const dropped = (await house.get(NewYear).preview({ programme: 'wpi', fiscalYear: 2029 })).year.meetings
      .filter(({ activity }) => ['site', 'pdpo', 'committee', 'hearing'].includes(activity))
      .map(({ key }) => key);
    await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2029, dropped }, actor);
    expect((await get('/y/wpi/2029/plan', { lang: 'en' })).body).toContain('There is nothing to plan');
    const { statusCode, body } = await post('/y/wpi/2029/plan', { timeLimit: '5', seed: '1' }, { lang: 'en' });
    expect(statusCode).toBe(409);
    expect(body).toContain('There is nothing to plan.');
  });
});
