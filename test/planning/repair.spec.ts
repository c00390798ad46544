import { beforeAll, describe, expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { dateShort, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { LocksCannotHold, planInstance } from '../../src/planning/planner.service.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import type { Repair } from '../../src/planning/repair/repair.ts';
import { repairs, type RepairOptions } from '../../src/planning/repair/repairs.ts';
import { Workshop } from '../../src/planning/repair/workshop.ts';
import { yearOf } from './instances.ts';
import { kindsOf, lockMeetings, whoMustBeTold, without } from './repair-years.ts';
import { score } from './yardstick/score.mjs';

let highs: Highs;
/** Nine centres; five with alliances, meetings that may be online and officers at the hearings; with the planner's plan announced */
let plain: Instance;
let rich: Instance;

const planned = async (instance: Instance): Promise<Plan> =>
  (await planInstance(instance, { timeLimitSeconds: 60, seed: 1, threads: 2 })).plan;
const announced = async (instance: Instance): Promise<Instance> => ({
  ...instance,
  reference: await planned(instance),
});
const announcedPlan = ({ reference }: Instance): Plan => reference!;

beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
  plain = await announced(yearOf({ centres: 9, seed: 1 }));
  rich = await announced(yearOf({ centres: 5, seed: 2, rich: true }));
}, 240_000);

/** Seconds that are left of so many from now on */
const until = (seconds: number) => {
  const end = performance.now() + seconds * 1000;
  return () => Math.max(0, (end - performance.now()) / 1000);
};

const repaired = (instance: Instance, options: Partial<RepairOptions> = {}) =>
  repairs(instance, highs, { seconds: () => 60, ...options });

/** What holds for repairs of any trouble */
function expectTrueRepairs(instance: Instance, list: readonly Repair[]): void {
  const was = announcedPlan(instance);
  expect(list.length).toBeGreaterThan(0);
  for (const { plan, change, tell, text } of list) {
    const judged = score(instance, plan);
    expect(judged.broken).toEqual([]);
    expect(judged).toMatchObject({ cost: plan.cost, valid: true });
    expect(change).toBe(judged.parts['change'] ?? 0);
    expect(plan.bound).toBeLessThanOrEqual(list[0]!.plan.cost!);
    expect(tell).toEqual(whoMustBeTold(instance, was, plan));
    if (tell.length) {
      expect(text.ja).toContain(`${tell.length}名`);
      expect(text.en).toMatch(tell.length === 1 ? /1 person must be told/ : new RegExp(`${tell.length} people must`));
    }
  }
  expect(list[0]!.plan.proven).toBe(true);
  const costs = list.map(({ plan }) => plan.cost!);
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  const kinds = list.map(({ plan }) => kindsOf(instance, was, plan));
  expect(new Set(kinds).size).toBe(kinds.length);
}

async function expectLeastChange(instance: Instance, [first]: readonly Repair[]): Promise<void> {
  const whole = await planInstance(instance, { timeLimitSeconds: 120, seed: 2, threads: 2 });
  expect(whole.plan.proven).toBe(true);
  expect(first!.plan.cost).toBe(whole.plan.cost);
}

const person = (instance: Instance, id: string) => instance.people.find((one) => one.id === id)!;
const away = (instance: Instance, id: string, days: readonly number[]) => {
  const letters = [...person(instance, id).availability];
  for (const day of days) letters[2 * day] = letters[2 * day + 1] = 'x';
  person(instance, id).availability = letters.join('');
};
const daysFrom = (day: number, count: number) => Array.from({ length: count }, (_, i) => day + i);
const daysOf = (instance: Instance, id: string, plan = announcedPlan(instance)): number[] => {
  const { start } = plan.meetings[id]!;
  const { halfDays } = instance.meetings.find((meeting) => meeting.id === id)!;
  return daysFrom(start >> 1, ((start + halfDays - 1) >> 1) - (start >> 1) + 1);
};
const sitesOf = (instance: Instance) => instance.meetings.filter((meeting) => meeting.kind === 'site');
const seatOf = (instance: Instance, meeting: string, seat: string) =>
  instance.meetings.find(({ id }) => id === meeting)!.seats.find(({ id }) => id === seat)!;
const directorOf = (instance: Instance, meeting: string): string => {
  const seat = seatOf(instance, meeting, 'director');
  return 'person' in seat ? seat.person : '';
};

describe('repairing an announced plan', () => {
  it('leaves a plan alone that still holds', async () => {
    const list = await repaired(plain);
    expectTrueRepairs(plain, list);
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ change: 0, tell: [] });
    const { cost, bound, proven, ...was } = announcedPlan(plain);
    expect(list[0]!.plan).toEqual({ ...was, cost, bound, proven });
    expect(list[0]!.text.ja).toContain('変更はありません');
  }, 60_000);

  it('moves the visit of a director who declines, and nothing else', async () => {
    const year = structuredClone(plain);
    const [{ id } = { id: '' }] = sitesOf(year).slice(3);
    away(year, directorOf(year, id), daysOf(year, id));
    const others = year.meetings.filter((meeting) => meeting.id !== id);
    lockMeetings(
      year,
      others.map((meeting) => meeting.id),
    );
    const told: Repair[] = [];
    const list = await repaired(year, { onRepair: (repair) => told.push(repair) });
    expectTrueRepairs(year, list);
    await expectLeastChange(year, list);
    expect(told[0]!.plan.meetings[id]).not.toBeNull();
    for (const { plan, tell, text } of list) {
      expect(daysOf(year, id, plan)).not.toContain(daysOf(year, id)[0]);
      for (const other of others)
        expect(plan.meetings[other.id]!.start).toBe(announcedPlan(year).meetings[other.id]!.start);
      expect(tell).toContain(directorOf(year, id));
      const day = dateShort(year.days[plan.meetings[id]!.start >> 1]!.date as CalendarDate);
      expect(text.ja).toContain(day.ja);
      expect(text.en).toContain(day.en);
    }
    // nobody who only has to do with other centres hears of it
    const untouched = directorOf(year, others[0]!.id);
    expect(list.flatMap(({ tell }) => tell)).not.toContain(untouched);
  }, 120_000);

  it('offers the same day with the deputy and another day while the programme director is ill', async () => {
    const year = structuredClone(plain);
    const lead = seatOf(year, sitesOf(year)[0]!.id, 'lead');
    const director = 'oneOf' in lead ? lead.oneOf[0]!.person : '';
    const led = sitesOf(year)
      .filter(({ id }) => announcedPlan(year).meetings[id]!.seats['lead'] === director)
      .sort((a, b) => daysOf(year, a.id)[0]! - daysOf(year, b.id)[0]!);
    const first = daysOf(year, led[1]!.id)[0]!;
    const ill = daysFrom(first - 1, 10);
    away(year, director, ill);
    lockMeetings(
      year,
      year.meetings.filter(({ id }) => daysOf(year, id).every((day) => day < ill[0]!)).map(({ id }) => id),
    );
    const list = await repaired(year);
    expectTrueRepairs(year, list);
    await expectLeastChange(year, list);
    expect(list.length).toBeGreaterThan(1);
    for (const { plan } of list)
      for (const { id } of year.meetings)
        if (plan.meetings[id]!.seats['lead'] === director && !plan.meetings[id]!.online)
          expect(daysOf(year, id, plan).filter((day) => ill.includes(day))).toEqual([]);
    const kinds = list.map(({ plan }) => kindsOf(year, announcedPlan(year), plan));
    expect(kinds.some((kind) => kind.includes('lead'))).toBe(true);
    expect(kinds.some((kind) => kind.includes('day'))).toBe(true);
  }, 120_000);

  it('puts a successor into the seat of a president whose term ends', async () => {
    const year = structuredClone(plain);
    const sitting = year.meetings
      .flatMap((meeting) =>
        meeting.seats.flatMap((seat) => {
          const id = announcedPlan(year).meetings[meeting.id]!.seats[seat.id];
          const isFirst = 'oneOf' in seat && seat.id.startsWith('executive') && seat.oneOf[0]!.person === id;
          return isFirst ? [{ meeting, seat: seat.id, person: id }] : [];
        }),
      )
      .sort((a, b) => daysOf(year, b.meeting.id)[0]! - daysOf(year, a.meeting.id)[0]!);
    const { meeting, seat, person: president } = sitting[0]!;
    const ends = daysOf(year, meeting.id)[0]! - 5;
    const successor = { id: 'successor', name: '架空 次郎', availability: '' };
    successor.availability = year.days.map((_, day) => (day < ends ? 'xx' : 'oo')).join('');
    year.people.push(successor);
    away(year, president, daysFrom(ends, year.days.length - ends));
    for (const item of [...year.meetings, ...year.conferences.flatMap((c) => c.hearings)])
      for (const one of item.seats)
        if ('oneOf' in one && one.oneOf.some((choice) => choice.person === president))
          one.oneOf.push({ person: 'successor', costs: {} });
    const list = await repaired(year);
    expectTrueRepairs(year, list);
    await expectLeastChange(year, list);
    const [{ plan, tell, text }] = list as [Repair];
    expect(plan.meetings[meeting.id]).toMatchObject({ start: announcedPlan(year).meetings[meeting.id]!.start });
    expect(plan.meetings[meeting.id]!.seats[seat]).toBe('successor');
    expect(tell).toEqual(expect.arrayContaining([president, 'successor']));
    expect(text.en).toContain('架空 次郎');
  }, 120_000);

  it('holds a visit online or on another day when a typhoon comes', async () => {
    const year = structuredClone(rich);
    const { id } = sitesOf(year).find((meeting) => !announcedPlan(year).meetings[meeting.id]!.online)!;
    const [day] = daysOf(year, id);
    const storms = year.meetings
      .filter((meeting) => daysOf(year, meeting.id).includes(day!))
      .map((meeting) => ({ meeting: meeting.id, days: [day!] }));
    const list = await repaired(year, { storms });
    expectTrueRepairs(year, list);
    for (const { plan } of list)
      for (const { meeting } of storms)
        expect(daysOf(year, meeting, plan).includes(day!) && !plan.meetings[meeting]!.online).toBe(false);
    expect(list.some(({ plan }) => plan.meetings[id]!.online && daysOf(year, id, plan)[0] === day)).toBe(true);
    expect(list.some(({ plan }) => !plan.meetings[id]!.online && daysOf(year, id, plan)[0] !== day)).toBe(true);
    const online = list.find(({ plan }) => plan.meetings[id]!.online)!;
    expect(online.text.ja).toContain('オンライン');
    // between a year without the storm and one in which nothing at all may be on that day
    const shut = structuredClone(year);
    for (const { meeting } of storms) shut.meetings.find((one) => one.id === meeting)!.closed.push(day!);
    expect(list[0]!.plan.cost!).toBeGreaterThanOrEqual((await planned(year)).cost!);
    expect(list[0]!.plan.cost!).toBeLessThanOrEqual((await planned(shut)).cost!);
  }, 240_000);

  it('fills the place of a member who resigns, and tells the member', async () => {
    const year = structuredClone(plain);
    const panel = year.panels[2]!;
    const member = announcedPlan(year).panels[panel.id]![0]!;
    for (const one of year.panels) one.candidates = one.candidates.filter((c) => c.person !== member);
    lockMeetings(
      year,
      sitesOf(year)
        .map(({ id }) => id)
        .slice(4),
    );
    const list = await repaired(year);
    expectTrueRepairs(year, list);
    await expectLeastChange(year, list);
    for (const { plan, tell } of list) {
      expect(Object.values(plan.panels).flat()).not.toContain(member);
      expect(tell).toContain(member);
    }
    expect(list[0]!.text.en).toMatch(/leaves/);
  }, 120_000);

  it('keeps out of days that were closed after the announcement', async () => {
    const year = structuredClone(plain);
    const { id, unit } = sitesOf(year)[5]!;
    const closed = daysFrom(daysOf(year, id)[0]! - 2, 5);
    for (const meeting of year.meetings) if (meeting.unit === unit) meeting.closed.push(...closed);
    const list = await repaired(year);
    expectTrueRepairs(year, list);
    await expectLeastChange(year, list);
    for (const { plan } of list) {
      const days = year.meetings.filter((m) => m.unit === unit).flatMap((m) => daysOf(year, m.id, plan));
      expect(days.filter((day) => closed.includes(day))).toEqual([]);
    }
  }, 120_000);

  it('finds room for a centre that comes late, around what is confirmed', async () => {
    const late = 'c4';
    const year = structuredClone(plain);
    const smaller = without(year, late);
    year.reference = await planned({ ...smaller, reference: null });
    lockMeetings(
      year,
      smaller.meetings.map(({ id }) => id),
    );
    const list = await repaired(year);
    expectTrueRepairs(year, list);
    await expectLeastChange(year, list);
    const [{ plan, tell }] = list as [Repair];
    for (const { id, unit } of year.meetings) {
      expect(plan.meetings[id]).not.toBeNull();
      if (unit !== late) expect(plan.meetings[id]!.start).toBe(year.reference.meetings[id]!.start);
    }
    expect(plan.hearings[`hearing/${late}`]).not.toBeNull();
    expect(tell).toContain(directorOf(year, `site/${late}`));
  }, 180_000);

  it('has a true bound also where the year is taken apart for it', async () => {
    const year = structuredClone(plain);
    const { id } = sitesOf(year)[2]!;
    away(year, directorOf(year, id), daysOf(year, id));
    const problem = compile(year);
    const [best] = await repaired(year, { most: 1 });
    const workshop = new Workshop(problem, highs, announcedPlan(year), { seconds: until(20), storms: [] });
    const bound = await workshop.boundOfWhole(workshop.judged(best!.plan));
    expect(best!.plan.proven).toBe(true);
    expect(bound).toBeLessThanOrEqual(best!.plan.cost!);
    expect(bound).toBeGreaterThan(0.8 * best!.plan.cost!);
    const late = new Workshop(problem, highs, announcedPlan(year), { seconds: () => 0, storms: [] });
    expect(await late.boundOfWhole(workshop.judged(best!.plan))).toBe(0);
  }, 120_000);

  it('says which confirmed meeting cannot hold', async () => {
    const year = structuredClone(plain);
    const { id } = sitesOf(year)[3]!;
    away(year, directorOf(year, id), daysOf(year, id));
    lockMeetings(year, [sitesOf(year)[0]!.id, id]);
    const failure = await repaired(year).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocksCannotHold);
    expect((failure as LocksCannotHold).locks.map(({ of }) => of)).toEqual([id]);
  }, 60_000);
});
