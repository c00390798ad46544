import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { LocksCannotHold } from '../../src/planning/locks.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { endQuestions, repairs as asked } from '../../src/planning/questions.service.ts';
import type { Repair } from '../../src/planning/repair/repair.ts';
import { repairs } from '../../src/planning/repair/repairs.ts';
import { Random } from '../../src/planning/search/random.ts';
import { greedy } from '../../src/planning/search/search.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { everyPlan, tinyYear, yearOf } from './instances.ts';
import { kindsOf, whoMustBeTold } from './repair-years.ts';
import { score } from './yardstick/score.mjs';

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
});
afterAll(() => endQuestions());

/** A tiny year with a plan announced, and then somebody away on the days of the visit */
function troubled(seed: number): Instance {
  const year = tinyYear(seed);
  const reference = planOf(greedy(compile(year)));
  const who = new Random(seed).pick(year.people);
  const at = reference.meetings['site/c1']?.start ?? 0;
  const letters = [...who.availability];
  for (let half = at; half < at + 2; half++) letters[half] = 'x';
  who.availability = letters.join('');
  return { ...year, reference };
}

describe('repairs of years so small that every plan can be tried', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'begin with the cheapest plan there is, year %i',
    async (seed) => {
      const year = troubled(seed);
      let least = Infinity;
      for (const plan of everyPlan(year)) {
        const { valid, cost } = score(year, plan);
        if (valid) least = Math.min(least, cost);
      }
      const list = await repairs(year, highs, { seconds: () => 20 });
      expect(list[0]!.plan).toMatchObject({ cost: least, bound: least, proven: true });
      for (const { plan, change, tell } of list) {
        const judged = score(year, plan);
        expect(judged).toMatchObject({ valid: true, cost: plan.cost });
        expect(judged.parts['change'] ?? 0).toBe(change);
        expect(tell).toEqual(whoMustBeTold(year, year.reference!, plan));
      }
      const kinds = list.map(({ plan }) => kindsOf(year, year.reference!, plan));
      expect(new Set(kinds).size).toBe(kinds.length);
    },
    20_000,
  );
});

describe('repairs of odd years', () => {
  it('are the best plan where nothing was announced, and everybody in it is told', async () => {
    const year = tinyYear(3);
    const list = await repairs(year, highs, { seconds: () => 10 });
    expect(list[0]!.change).toBe(0);
    expect(score(year, list[0]!.plan)).toMatchObject({ valid: true, cost: list[0]!.plan.cost });
    const nothing: Plan = {
      ...list[0]!.plan,
      meetings: {},
      assignments: {},
      panels: {},
      conferences: {},
      hearings: {},
    };
    expect(list[0]!.tell).toEqual(whoMustBeTold(year, nothing, list[0]!.plan));
  });

  it('leave undecided what cannot be where everybody is away', async () => {
    const year = yearOf({ centres: 2, seed: 1 });
    year.reference = planOf(greedy(compile(year)));
    for (const person of year.people) person.availability = 'x'.repeat(person.availability.length);
    const [first] = await repairs(year, highs, { seconds: () => 20 });
    expect(score(year, first!.plan)).toMatchObject({ valid: true, cost: first!.plan.cost });
    expect(Object.values(first!.plan.meetings)).toEqual(year.meetings.map(() => null));
    expect(first!.text.en).toContain('stays undecided');
  }, 30_000);

  it('bear an announced plan that speaks of things and people that are gone', async () => {
    const year = yearOf({ centres: 2, seed: 1 });
    year.reference = planOf(greedy(compile(year)));
    year.reference.meetings['site/c99'] = { start: 999, seats: { lead: 'nobody' }, attending: {} };
    year.reference.panels['working-group/c0'] = ['nobody', ...year.reference.panels['working-group/c0']!.slice(1)];
    const [first] = await repairs(year, highs, { seconds: () => 20 });
    expect(score(year, first!.plan)).toMatchObject({ valid: true, cost: first!.plan.cost });
    expect(first!.tell).toContain('nobody');
  }, 30_000);
});

describe('repairs asked of the thread', () => {
  it('tell of each as soon as it is known', async () => {
    const year = yearOf({ centres: 3, seed: 1 });
    year.reference = planOf(greedy(compile(year)));
    const parts: Repair[] = [];
    const list = await asked(year, { most: 2, timeLimitSeconds: 30, onRepair: (repair) => parts.push(repair) });
    expect(list.length).toBeLessThanOrEqual(2);
    expect(parts.length).toBeGreaterThan(0);
    expect(list[0]!.plan.proven).toBe(true);
    expect(parts.map(({ plan }) => plan.cost)).toContain(list[0]!.plan.cost);
  }, 40_000);

  it('say which confirmed meeting cannot hold', async () => {
    const year = yearOf({ centres: 3, seed: 1 });
    year.reference = planOf(greedy(compile(year)));
    const site = year.meetings.find(({ kind }) => kind === 'site')!;
    const { start } = year.reference.meetings[site.id]!;
    const seat = site.seats.find(({ id }) => id === 'director')!;
    const director = year.people.find(({ id }) => 'person' in seat && id === seat.person)!;
    director.availability = 'x'.repeat(director.availability.length);
    year.locks = [{ meeting: site.id, start }];
    const failure = await asked(year, { most: 2, timeLimitSeconds: 30 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocksCannotHold);
    expect((failure as LocksCannotHold).locks[0]).toMatchObject({ of: site.id, index: 0 });
  }, 40_000);
});
