import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Availability } from '../../src/availability/availability.service.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { PlanEntity } from '../../src/planning/plan.entity.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { computedRun } from './made-plan.ts';
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

interface Start {
  readonly day: string;
  readonly half: string;
  readonly difference?: number;
  readonly here: boolean;
  readonly reasons: string[];
  readonly parts: { price: string; said: string }[];
  readonly changes: string[];
}

const rows = () => house.app.dataSource.getRepository(PlanEntity);
const meeting = async (key: string) => house.app.get(MeetingQueries).named(house.cycleId, key);
const mails = async () => {
  const [found] = await house.app.dataSource.query<[{ count: number }]>('select count(*)::int as count from mail');
  return found.count;
};

describe('the year board', () => {
  it('lets a meeting be moved to another day as a draft, and put back', async () => {
    await house.app.get(Planning).publish(run, house.actor);
    const before = await meeting('site/qup');
    const { statusCode, body } = await house.get(`${board}/prices/{site/qup}`, { language: 'en' });
    expect(statusCode).toBe(200);
    const prices = JSON.parse(body) as {
      seen: number;
      days: number;
      starts: { day: string; half: string; difference?: number; here: boolean; said: string; reasons: string[] }[];
    };
    expect(prices).toMatchObject({ seen: before.revision, days: 1 });
    expect(prices.starts.find(({ here }) => here)!.day).toBe(before.firstDay);
    expect(
      prices.starts.filter(({ difference }) => difference === undefined).every(({ reasons }) => reasons.length > 0),
    ).toBe(true);
    const other = prices.starts.find(({ difference, here }) => difference !== undefined && !here)!;
    const sent = await mails();
    const moved = await house.post(`${board}/move`, {
      meeting: before.id,
      day: other.day,
      half: other.half,
      seen: String(prices.seen),
    });
    expect([moved.statusCode, (await meeting('site/qup')).firstDay]).toEqual([303, other.day]);
    expect(await mails()).toBe(sent);
    const page = await house.followed(moved);
    expect(wordsOf(page.body)).toContain('下書き');
    const now = await meeting('site/qup');
    const back = await house.post(`${board}/back`, { meeting: before.id, seen: String(now.revision) });
    expect(back.statusCode).toBe(303);
    expect(await meeting('site/qup')).toMatchObject({ firstDay: before.firstDay, fixedByStaff: false });
    // once is enough: where it stands now it was never dragged to
    expect((await house.followed(back)).body).not.toContain('/year-board/back');
    const again = await house.post(`${board}/back`, { meeting: before.id, seen: String(now.revision + 1) });
    expect(again.statusCode).toBe(409);
  });

  it('changes the people with the day, both in one step, and puts both back', async () => {
    const { id, firstDay } = await meeting('site/qup');
    const queries = house.app.get(MeetingQueries);
    const seats = await queries.seatsOf([id]);
    const present = async () => (await queries.attendeesOf([id])).map(({ personId }) => personId).sort();
    const before = await present();
    const lead = (await queries.attendeesOf([id])).find(
      ({ seatId }) => seats.find((seat) => seat.id === seatId)?.rule === 'lead',
    )!;
    const starts = async () =>
      JSON.parse((await house.get(`${board}/prices/{site/qup}`)).body) as { seen: number; starts: Start[] };
    const free = (await starts()).starts.filter((one) => one.difference !== undefined && !one.here);
    const { name } = (await house.app.get(RosterQueries).wholeRoster()).people.find((one) => one.id === lead.personId)!;
    const leaves = (one: Start) => one.changes.some((words) => words.startsWith('外れる') && words.includes(name.ja));
    const { day, half } = free.find((one) => !leaves(one))!;
    const span = { from: day as CalendarDate, to: day as CalendarDate, half: 'all', state: 'x', comment: '' } as const;
    await house.app.get(Availability).say(lead.personId, [span], 'telephone', house.actor);
    const { seen, starts: after } = await starts();
    const start = after.find((one) => one.day === day && one.half === half)!;
    expect(start.difference).toBeDefined();
    expect(leaves(start)).toBe(true);
    expect(start.parts.length).toBeGreaterThan(0);
    const sent = await mails();
    const moved = await house.post(`${board}/move`, { meeting: id, day, half, seen: String(seen) });
    expect([moved.statusCode, (await meeting('site/qup')).firstDay]).toEqual([303, day]);
    const there = await present();
    expect(there).not.toContain(lead.personId);
    expect(there).toHaveLength(new Set(there).size);
    const now = await meeting('site/qup');
    await house.post(`${board}/back`, { meeting: id, seen: String(now.revision) });
    expect((await meeting('site/qup')).firstDay).toBe(firstDay);
    expect(await present()).toEqual(before);
    expect(await mails()).toBe(sent);
  });

  it('refuses a day that is not possible with the reasons, and changes nothing', async () => {
    const before = await meeting('site/qup');
    const { seen, starts } = JSON.parse((await house.get(`${board}/prices/{site/qup}`)).body) as {
      seen: number;
      starts: Start[];
    };
    const { day, half, reasons } = starts.find(({ difference }) => difference === undefined)!;
    const answer = await house.post(`${board}/move`, { meeting: before.id, day, half, seen: String(seen) });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer.body)).toContain(`その日にできません：${reasons[0]}`);
    expect(await meeting('site/qup')).toEqual(before);
  });

  it('refuses a move of something that somebody else has changed meanwhile', async () => {
    const before = await meeting('site/prime');
    const answer = await house.post(
      `${board}/move`,
      { meeting: before.id, day: '2027-06-15', half: 'am', seen: '99' },
      { language: 'en' },
    );
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer.body)).toContain('It was not moved');
    expect((await meeting('site/prime')).firstDay).toBe(before.firstDay);
  });

  it('offers the same as a page with the list of days', async () => {
    const page = await house.get(`${board}/move/{site/prime}`);
    expect(page.body).toMatch(/<input type="radio" name="start" value="\d{4}-\d\d-\d\d am" checked>/);
    expect(wordsOf(page.body)).toContain('不可能な日と理由');
    const none = await house.post(`${board}/move`, { meeting: house.ids['site/prime']!, seen: '1' });
    expect(none.statusCode).toBe(422);
    expect(wordsOf(none.body)).toContain('日を選んでください');
  });

  it('shows the year by person and by month', async () => {
    const people = wordsOf((await house.get(`${board}/people`)).body);
    expect(people).toMatch(/\d+件・出張\d+回/);
    const month = await house.get(`${board}/month?month=2027-09`);
    expect(wordsOf(month.body)).toContain('2027年9月');
    expect((await house.get(`${board}/people/print`)).body).toContain('print-a3');
  });
});

describe('mending the year', () => {
  it('is not needed while nobody declines', async () => {
    let page = await house.get(`${plans}/repairs`);
    expect(page.statusCode).toBe(200);
    for (let tries = 0; page.body.includes('data-progress') && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      page = await house.get(`${plans}/repairs`);
    }
    expect(wordsOf(page.body)).toContain('立て直しは必要ありません');
  }, 90_000);

  it('says what happened in the address, looks for ways with it, and what is taken is written before it is published', async () => {
    const { firstDay, lastDay, id } = await meeting('site/prime');
    const queries = house.app.get(MeetingQueries);
    const director = (await queries.seatsOf([id])).find(({ rule }) => rule === 'director')!;
    const { personId } = (await queries.attendeesOf([id])).find(({ seatId }) => seatId === director.id)!;
    const query = new URLSearchParams({ kind: 'ill', add: 'yes', from: firstDay!, to: lastDay!, of: personId });
    const added = await house.get(`${plans}/repairs?${query}`);
    expect(added.statusCode).toBe(303);
    let page = await house.followed(added);
    for (let tries = 0; page.body.includes('data-progress') && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      page = await house.followed(added);
    }
    expect(wordsOf(page.body)).toContain('さんは出られない');
    const trouble = /name="trouble" value="([^"]*)"/.exec(page.body)![1]!;
    const key = /name="key" value="([^"]*)"/.exec(page.body)![1]!;
    const taken = await house.post(`${plans}/repairs`, { index: '0', key: plain(key), trouble: plain(trouble) });
    expect([taken.statusCode, taken.headers['location']]).toEqual([303, expect.stringMatching(/\/take-over$/)]);
    expect((await meeting('site/prime')).firstDay).toBe(firstDay);
    // without what happened it is another year that would be repaired
    expect((await house.post(`${plans}/repairs`, { index: '0', key: plain(key) })).statusCode).toBe(409);
    await rows().delete({ kind: 'repair' });
  }, 90_000);

  it('shows what is wrong with what was typed, at its fields, in both languages', async () => {
    const wrong = `${plans}/repairs?kind=ill&add=yes&from=2027-13-01&to=&of=<script>`;
    for (const [language, sentence] of [
      ['ja', '年度内の日を入力してください。'],
      ['en', 'A day of the fiscal year, please.'],
    ] as const) {
      const page = await house.get(wrong, { language });
      expect(page.statusCode).toBe(422);
      expect(wordsOf(page.body)).toContain(sentence);
      expect(page.body).not.toContain('<script>');
    }
  });

  it('takes nothing that is not on the page', async () => {
    const answer = await house.post(`${plans}/repairs`, { index: '0', key: 'of another year' });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer.body)).toContain('もう一度調べました');
    expect(await rows().countBy({ kind: 'repair' })).toBe(0);
  });
});
