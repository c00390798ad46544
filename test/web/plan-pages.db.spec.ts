import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { YearRules } from '../../src/planning/year-rules.service.ts';
import { computedRun, madeRun } from './made-plan.ts';
import { plain, wordsOf, YearHouse } from './year-house.ts';

const plans = '/y/wpi/2027/plan';
const board = '/y/wpi/2027/year-board';

let house: YearHouse;
let run: string;

beforeAll(async () => {
  house = await YearHouse.open('2026-11-21T00:00:00Z');
  run = await computedRun(house.app, house.cycleId, house.actor);
}, 180_000);
afterAll(async () => house?.app.stop());

/** Hidden fields that carry the changes of a what-if from step to step */
const carried = (html: string) =>
  [...html.matchAll(/<input type="hidden" name="change" value="([^"]*)">/g)].map(([, value]) => plain(value!));

describe('the doors', () => {
  it.each(['/weights', '/what-if', '/repairs', '/repairs/progress'])(
    'of %s are closed to whoever is not signed in',
    async (path) => {
      expect((await house.get(plans + path, { as: null })).headers['location']).toContain('/sign-in');
    },
  );

  it('of the board’s prices and moves as well', async () => {
    for (const path of ['/people', '/month', '/move/{site/qup}', '/prices/{site/qup}'])
      expect((await house.get(board + path, { as: null })).headers['location']).toContain('/sign-in');
  });

  it('let readers look and not press', async () => {
    for (const path of [
      `${plans}/weights`,
      `${plans}/${run}/m/site/qup`,
      `${board}/people`,
      `${board}/move/{site/qup}`,
    ])
      expect((await house.get(path, { as: 'reader' })).statusCode).toBe(200);
    expect((await house.get(board, { as: 'reader' })).body).not.toContain('data-meeting=');
    for (const path of [
      `${plans}/weights`,
      `${plans}/weights/drop`,
      `${plans}/what-if`,
      `${plans}/repairs`,
      `${plans}/${run}/asks`,
      `${plans}/${run}/take-over`,
      `${board}/move`,
      `${board}/back`,
    ])
      expect((await house.post(path, {}, { as: 'reader' })).statusCode).toBe(403);
  });

  it('lead nowhere for what is not there', async () => {
    for (const path of [
      `${plans}/${run}/m/site/nowhere`,
      `${plans}/${run}/m/hearing/qup`,
      `${plans}/00000000-0000-4000-8000-000000000000/m/site/qup`,
      `${plans}/00000000-0000-4000-8000-000000000000/asks`,
      `${board}/move/not-an-id`,
      `${board}/prices/{hearing/qup}`,
    ])
      expect([path, (await house.get(path)).statusCode]).toEqual([path, 404]);
  });
});

describe('why a meeting is where it is', () => {
  it('says what it costs, the next best day and person with their prices, and every other day', async () => {
    const page = wordsOf((await house.get(`${plans}/${run}/m/site/aimec`)).body);
    expect(page).toContain('サイトビジット（AIMEC）');
    for (const words of ['なぜこの日か', '次に良い日', 'なぜこの人か', 'ほかの日にしたら', '不可能な日と、その理由'])
      expect(page).toContain(words);
    expect(page).toMatch(/次に良い日 \d+月\d+日\(.\)～.*?(\+\d+点|同じ)/);
    expect(page).toMatch(/ホスト機関の長または役員（東北大学）/);
    expect(page).not.toMatch(/site\/aimec|officer\/aimec/);
  });

  it('says it in English with English names', async () => {
    const page = wordsOf((await house.get(`${plans}/${run}/m/pdpo/qup`, { language: 'en' })).body);
    expect(page).toContain('PD/PO visit (QUP)');
    expect(page).toMatch(/The next best day \w{3} \d+ \w{3}/);
    expect(page).not.toMatch(/[ぁ-ん]{2}/);
  });

  it('is reached from each placement of the plan', async () => {
    const { body } = await house.get(`${plans}/${run}`);
    expect(body).toContain(`href="${plans}/${run}/m/site/aimec"`);
  });
});

describe('weights', () => {
  it('are shown by name with what a point is worth', async () => {
    const page = wordsOf((await house.get(`${plans}/weights`, { language: 'en' })).body);
    expect(page).toMatch(/One point is about one/);
    expect(page).toMatch(/Trips .* points each time/);
  });

  it('are set, and hold for the next plan', async () => {
    const { weights } = await house.app.get(YearRules).weights(house.cycleId);
    const form = Object.fromEntries(weights.map(({ part }) => [`percent.${part}`, part === 'trip' ? '150' : '100']));
    const answer = await house.post(`${plans}/weights`, {
      ...form,
      way: 'order',
      'level.unplaced': '1',
      'level.change': '2',
    });
    expect(answer.headers['location']).toBe(`${plans}/weights?done=yes`);
    const now = await house.app.get(YearRules).weights(house.cycleId);
    expect(now.weights.find(({ part }) => part === 'trip')!.percent).toBe(150);
    expect(now.order).toEqual([['unplaced'], ['change']]);
    expect(wordsOf((await house.get(plans)).body)).toContain('費用は合計せず、決めた順に比べます');
    await house.post(`${plans}/weights`, { ...form, 'percent.trip': '100', way: 'sum' });
    expect((await house.app.get(YearRules).weights(house.cycleId)).order).toEqual([]);
  });

  it('that are none are refused at their fields, in both languages, and nothing is set', async () => {
    for (const [language, sentence] of [
      ['ja', '0～1000の整数で入力してください。'],
      ['en', 'A whole number from 0 to 1000.'],
    ] as const) {
      const answer = await house.post(`${plans}/weights`, { 'percent.trip': '<script>', way: 'sum' }, { language });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(sentence);
      expect(answer.body).not.toContain('<script>');
    }
  });
});

describe('a what-if', () => {
  const absent = { person: 'kaku-taro', from: '2027-09-06', to: '2027-09-17', half: 'all', state: 'x' };

  it('is put together step by step without script, each change in words', async () => {
    const person = (await house.app.dataSource.query<{ id: string }[]>('select id from person order by id limit 1'))[0]!
      .id;
    const one = await house.post(`${plans}/what-if`, {
      ...absent,
      person,
      kind: 'half-days',
      step: 'add',
      name: '不在',
    });
    expect(carried(one.body)).toHaveLength(1);
    expect(wordsOf(one.body)).toMatch(/9月6日\(月\)～9月17日\(金\)を×とする/);
    const other = await house.post(`${plans}/what-if`, {
      change: carried(one.body)[0]!,
      kind: 'half-days',
      step: 'kind:window',
    });
    expect(other.body).toContain('name="of"');
    expect(carried(other.body)).toEqual(carried(one.body));
    const none = await house.post(`${plans}/what-if`, {
      change: carried(one.body)[0]!,
      kind: 'window',
      step: 'drop:0',
    });
    expect(carried(none.body)).toEqual([]);
  });

  it('says what is missing, and computes nothing without a change', async () => {
    const incomplete = await house.post(
      `${plans}/what-if`,
      { kind: 'half-days', step: 'add', person: '' },
      { language: 'en' },
    );
    expect(incomplete.statusCode).toBe(422);
    expect(incomplete.body).toContain('Please fill in everything of this change.');
    const empty = await house.post(`${plans}/what-if`, { kind: 'half-days', step: 'run', change: 'not json' });
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('変更を一つ以上加えてください。');
  });

  it('is shown as a copy of the year, and taken over before it can be published', async () => {
    const changes = [{ change: 'weight', part: 'trip', percent: 200 }] as const;
    const id = await madeRun(house.app, house.cycleId, { changes: [...changes], name: '<i>出張を減らす</i>' });
    const page = await house.get(`${plans}/${id}`);
    expect(page.body).toContain('&lt;i&gt;出張を減らす&lt;/i&gt;');
    expect(wordsOf(page.body)).toContain('「出張」の重みを200%にする');
    expect(page.body).toContain(`${plans}/${id}/take-over`);
    expect(page.body).not.toContain(`href="${plans}/${id}/publish"`);
    expect((await house.post(`${plans}/${id}/publish`, {})).statusCode).toBe(409);
    expect(wordsOf((await house.get(`${plans}/${id}/take-over`)).body)).toContain(
      'この年度だけの取り決めとして残します',
    );
    const taken = await house.post(`${plans}/${id}/take-over`, {});
    expect(taken.headers['location']).toBe(`${plans}/${id}/publish`);
    const { weights } = await house.app.get(YearRules).weights(house.cycleId);
    expect(weights.find(({ part }) => part === 'trip')!.percent).toBe(200);
    await house.app.get(YearRules).setWeights(house.cycleId, { percents: { trip: 100 } }, house.actor);
  });
});

describe('what could be asked for', () => {
  it('is nothing where everything is decided', async () => {
    let page = await house.get(`${plans}/${run}/asks`);
    for (let tries = 0; page.body.includes('data-progress') && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      page = await house.get(`${plans}/${run}/asks`);
    }
    expect(wordsOf(page.body)).toContain('頼むことはありません');
  });

  it('says what follows before anything is written, and writes it only then', async () => {
    const change = JSON.stringify({ change: 'limit', limit: 'visits-a-week', most: 5 });
    const limits = (await house.app.get(YearRules).standing(house.cycleId)).changes.length;
    const asked = await house.post(`${plans}/${run}/asks`, { change }, { language: 'en' });
    expect(wordsOf(asked.body)).toContain('It is kept for this year only');
    expect(wordsOf(asked.body)).toContain('No mail is sent.');
    expect((await house.app.get(YearRules).standing(house.cycleId)).changes).toHaveLength(limits);
    const refused = await house.post(`${plans}/${run}/asks`, { change, step: 'apply' });
    // no such limit in this programme: nothing is written, and the page says so
    expect(refused.statusCode).toBe(409);
    expect(wordsOf(refused.body)).toContain('書き込んでいません');
  });
});
