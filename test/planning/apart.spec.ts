import { beforeAll, describe, expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { clustersOf } from '../../src/planning/apart/clusters.ts';
import { improve } from '../../src/planning/apart/neighbourhood.ts';
import { partOf } from '../../src/planning/apart/part.ts';
import { proveApart } from '../../src/planning/apart/prove-apart.ts';
import type { Instance } from '../../src/planning/instance.ts';
import { prove } from '../../src/planning/model/prove.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { Draft } from '../../src/planning/search/draft.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { Random } from '../../src/planning/search/random.ts';
import { greedy } from '../../src/planning/search/search.ts';
import { everyPlan, tinyYear, yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
});

const firstOf = (instance: Instance) => {
  const draft = greedy(compile(instance));
  return { cost: draft.cost, plan: planOf(draft) };
};

/** @param looks how often the clock may be looked at before the time is up: not the machine's speed decides */
const apart = async (instance: Instance, most: number, looks: number) => {
  const first = firstOf(instance);
  const bounds: number[] = [];
  let left = looks;
  const proof = await proveApart(
    compile(instance),
    highs,
    1,
    {
      seconds: () => Math.max(0.1, 10 * left--),
      onBound: (bound) => bounds.push(bound),
      onPlan: () => undefined,
      first,
      searched: () => Promise.resolve(first),
      pause: () => Promise.resolve(),
      known: () => undefined,
    },
    most,
  );
  return { ...proof, bounds, first };
};

const proven = async (instance: Instance): Promise<number> => {
  const first = firstOf(instance);
  const { outcome, best } = await prove(compile(instance), highs, 1, {
    seconds: () => 300,
    onBound: () => undefined,
    onPlan: () => undefined,
    first,
    searched: () => Promise.resolve(first),
  });
  expect(outcome).toBe('proven');
  return best.cost;
};

const leastOf = (instance: Instance): number => {
  let least = Infinity;
  for (const plan of everyPlan(instance)) {
    const { valid, cost } = score(instance, plan);
    if (valid && cost < least) least = cost;
  }
  return least;
};

describe('a year taken apart', () => {
  it('keeps together whom the same people lead, and loses nothing', () => {
    const problem = compile(yearOf({ centres: 50, seed: 1 }));
    const clusters = clustersOf(problem);
    expect(clusters.map((groups) => groups.length).sort((a, b) => a - b)).toEqual([16, 17, 17]);
    const parts = clusters.map((groups) => partOf(problem, groups));
    for (const part of parts) {
      const leads = part.meetings.flatMap(({ seats }) => seats.flatMap((seat) => (seat.trip ? seat.choices : [])));
      expect(new Set(leads.map((lead) => lead.person)).size).toBe(3);
    }
    const ids = parts.flatMap(({ meetings }) => meetings.map((meeting) => meeting.id));
    expect(ids.sort()).toEqual(problem.meetings.map((meeting) => meeting.id).sort());
  });

  it('is of parts no larger than asked, whatever ties it', () => {
    const clusters = clustersOf(compile(yearOf({ centres: 18, seed: 1 })), 5);
    expect(Math.max(...clusters.map((groups) => groups.length))).toBeLessThanOrEqual(5);
    expect(clusters.flat().length).toBe(18);
  });
});

describe('the bound of a year taken apart', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is true among all plans of tiny year %i', async (seed) => {
    const instance = tinyYear(seed);
    const least = leastOf(instance);
    const { best, bounds } = await apart(instance, 1, 30);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(least);
    expect(score(instance, best.plan)).toMatchObject({ valid: true, cost: best.cost });
  });

  it.each([
    ['plain', { centres: 7, seed: 1 }, false],
    ['rich', { centres: 5, seed: 1, rich: true }, false],
    ['trouble', { centres: 7, seed: 2, trouble: 2 }, false],
    ['an announced plan and locks', { centres: 7, seed: 3 }, true],
  ])('is true and near the proven cost: %s', async (_, options, isAnnounced) => {
    const instance = yearOf(options);
    if (isAnnounced) {
      instance.reference = firstOf(yearOf({ ...options, tight: 0.5 })).plan;
      const { plan } = firstOf(instance);
      const [site, other] = instance.meetings;
      instance.locks = [
        { meeting: site!.id, start: plan.meetings[site!.id]!.start },
        { meeting: other!.id, start: plan.meetings[other!.id]!.start },
        { assignment: instance.assignments[2]!.id, person: plan.assignments[instance.assignments[2]!.id]! },
      ];
    }
    const least = await proven(instance);
    const { best, bounds } = await apart(instance, 3, 40);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(least);
    expect(Math.max(...bounds)).toBeGreaterThan(least * 0.8);
    expect(best.cost).toBeGreaterThanOrEqual(least);
    expect(score(instance, best.plan)).toMatchObject({ valid: true, cost: best.cost });
  });

  it('says that locks cannot hold', async () => {
    const instance = yearOf({ centres: 3, seed: 1 });
    const [site] = instance.meetings;
    const director = site!.seats.find((seat) => seat.id === 'director') as { person: string };
    const person = instance.people.find(({ id }) => id === director.person)!;
    person.availability = 'x'.repeat(person.availability.length);
    instance.locks = [{ meeting: site!.id, start: 2 * site!.from }];
    expect((await apart(instance, 1, 30)).outcome).toBe('infeasible');
  });

  it('is near a first plan of 60 centres already', async () => {
    const instance = yearOf({ centres: 60, seed: 1 });
    const { best, bounds, first } = await apart(instance, 24, 12);
    const bound = Math.max(...bounds);
    expect(bound).toBeLessThan(best.cost);
    expect((best.cost - bound) / best.cost).toBeLessThan(0.15);
    expect(best.cost).toBeLessThanOrEqual(first.cost);
    expect(score(instance, best.plan)).toMatchObject({ valid: true, cost: best.cost });
  }, 180_000);
});

describe('a large neighbourhood', () => {
  it.each([
    ['plain', { centres: 9, seed: 2 }],
    ['rich', { centres: 9, seed: 2, rich: true }],
  ])('only ever makes a draft better, and counts as the judge does: %s', (_, options) => {
    const instance = yearOf(options);
    const problem = compile(instance);
    const draft = greedy(problem);
    const random = new Random(1);
    const groups = clustersOf(problem, 9).flat();
    for (let round = 0; round < 3; round++) {
      const before = draft.cost;
      const some = random.shuffle([...groups]).slice(0, 4);
      const isBetter = improve(draft, some, highs, { seconds: () => 30, seed: 1 });
      if (isBetter) expect(draft.cost).toBeLessThan(before);
      else expect(draft.cost).toBe(before);
      expect(score(instance, planOf(draft))).toMatchObject({ valid: true, cost: draft.cost });
    }
    improve(draft, groups, highs, { seconds: () => 30, seed: 1, staying: () => true });
    expect(score(instance, planOf(draft))).toMatchObject({ valid: true, cost: draft.cost });
    expect(new Draft(problem).cost).toBeGreaterThan(draft.cost);
  });
});
