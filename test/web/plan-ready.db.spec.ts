import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { text } from '../../src/kernel/text.ts';
import type { PlanEntity } from '../../src/planning/plan.entity.ts';
import { madeRun } from './made-plan.ts';
import { actor, plan, planHouse, words, type PlanHouse } from './plan-house.ts';

let house: PlanHouse['house'];
let cycleId: string;
let get: PlanHouse['get'];
let post: PlanHouse['post'];
let runs: PlanHouse['runs'];
let stateOf: PlanHouse['stateOf'];
let clear: PlanHouse['clear'];
beforeAll(async () => {
  ({ house, cycleId, get, post, runs, stateOf, clear } = await planHouse());
});
afterAll(async () => house?.stop());

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
