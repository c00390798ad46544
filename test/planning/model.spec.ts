import { beforeAll, describe, expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { bookedOnPanelsAndElsewhere, modelOf } from '../../src/planning/model/model-of.ts';
import { prove, separateCost } from '../../src/planning/model/prove.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import type { Found } from '../../src/planning/search/anneal.ts';
import { greedy, search } from '../../src/planning/search/search.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import type { Instance } from '../../src/planning/instance.ts';
import { everyPlan, tinyYear, yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
});

const proveAll = (instance: Instance, rounds = 1) => {
  const problem = compile(instance);
  let first: Found | undefined;
  let best: Found | undefined;
  for (const step of search(problem, 1)) {
    best = step.found ?? best;
    first ??= best;
    if (step.rounds >= rounds) break;
  }
  const bounds: number[] = [];
  const proof = prove(problem, highs, 1, {
    seconds: () => 60,
    onBound: (bound) => bounds.push(bound),
    onPlan: () => undefined,
    first: first!,
    searched: () => Promise.resolve(best!),
  });
  return proof.then((p) => ({ ...p, bounds }));
};

describe('the model', () => {
  it.each([
    ['one centre', { centres: 1, seed: 1 }],
    ['nine centres', { centres: 9, seed: 1 }],
    ['nine rich centres', { centres: 9, seed: 2, rich: true }],
    ['eighteen rich centres', { centres: 18, seed: 3, rich: true }],
    ['trouble', { centres: 9, seed: 1, trouble: 3 }],
    ['little room', { centres: 9, seed: 3, tight: 1.5, rich: true }],
  ])('has the greedy plan among its solutions, at its cost: %s', (_, options) => {
    const problem = compile(yearOf(options));
    const draft = greedy(problem);
    for (const allPlaced of score(problem.instance, planOf(draft)).unplaced ? [false] : [false, true]) {
      const watched = new Set([
        ...bookedOnPanelsAndElsewhere(problem),
        ...problem.panels.flatMap((p) => p.candidates.slice(0, 3).map((c) => c.person)),
      ]);
      const { model } = modelOf(problem, { allPlaced, watched });
      const x = model.solutionOf(draft);
      expect(model.broken(x)).toEqual([]);
      expect(x.filter((value, j) => model.integer[j] && value !== 0 && value !== 1).length).toBe(0);
      expect(model.objectiveOf(x) + separateCost(problem)).toBeCloseTo(draft.cost, 6);
    }
  });
});

describe('the proof', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('agrees with trying every plan of tiny year %i', async (seed) => {
    const instance = tinyYear(seed);
    let least = Infinity;
    for (const plan of everyPlan(instance)) {
      const { valid, cost } = score(instance, plan);
      if (valid && cost < least) least = cost;
    }
    const { outcome, best, bound, bounds } = await proveAll(instance);
    expect({ outcome, cost: best.cost, bound }).toEqual({ outcome: 'proven', cost: least, bound: least });
    expect(Math.max(...bounds)).toBeLessThanOrEqual(least);
    expect(score(instance, best.plan)).toMatchObject({ valid: true, cost: least });
  });

  it.each([5, 6])(
    'agrees with it where members would rather be absent than come on a △ (tiny year %i)',
    async (seed) => {
      const instance = tinyYear(seed);
      for (const seat of instance.meetings[0]!.seats)
        if ('panel' in seat) Object.assign(seat, { absent: 0, tagged: { tag: 'overseas', missing: 0 } });
      let least = Infinity;
      for (const plan of everyPlan(instance)) {
        const { valid, cost } = score(instance, plan);
        if (valid && cost < least) least = cost;
      }
      const { outcome, best } = await proveAll(instance);
      expect({ outcome, cost: best.cost }).toEqual({ outcome: 'proven', cost: least });
    },
  );

  it.each([11, 12, 13, 14])('agrees with it where plans differ from an announced one (tiny year %i)', async (seed) => {
    const instance = tinyYear(seed);
    const announced = planOf(greedy(compile(tinyYear(seed + 100))));
    instance.reference = announced;
    let least = Infinity;
    for (const plan of everyPlan(instance)) {
      const { valid, cost } = score(instance, plan);
      if (valid && cost < least) least = cost;
    }
    const { outcome, best } = await proveAll(instance);
    expect({ outcome, cost: best.cost }).toEqual({ outcome: 'proven', cost: least });
  });

  it.each([
    [{ centres: 2, seed: 1 }],
    [{ centres: 3, seed: 1, rich: true }],
    [{ centres: 4, seed: 3, tight: 0.3 }],
    [{ centres: 4, seed: 2, trouble: 2 }],
  ])('proves a valid plan and a true bound: %o', async (options) => {
    const instance = yearOf(options);
    const { outcome, best, bound } = await proveAll(instance);
    expect(score(instance, best.plan)).toMatchObject({ valid: true, cost: best.cost });
    expect({ outcome, bound }).toEqual({ outcome: 'proven', bound: best.cost });
  });

  it('proves the best plan of nine centres, whatever it begins from', async () => {
    const instance = yearOf({ centres: 9, seed: 1 });
    const problem = compile(instance);
    const from = async (found: Found) =>
      prove(problem, highs, 1, {
        seconds: () => 60,
        onBound: () => undefined,
        onPlan: () => undefined,
        first: found,
        searched: () => Promise.resolve(found),
      });
    const draft = greedy(problem);
    const { outcome, best, bound } = await from({ cost: draft.cost, plan: planOf(draft) });
    expect({ outcome, cost: best.cost, bound }).toEqual({ outcome: 'proven', cost: 366, bound: 366 });
  });
});
