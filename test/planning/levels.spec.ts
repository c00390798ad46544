import { describe, expect, it } from '@jest/globals';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import {
  compareLevels,
  costsByLevel,
  fullOrder,
  inLevels,
  isExactEnough,
  mostByPart,
  partsOf,
  safeFactors,
} from '../../src/planning/levels.ts';
import { planInstance } from '../../src/planning/planner.service.ts';
import { planInOrder } from '../../src/planning/ordered-plan.service.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { repriced } from '../../src/planning/repriced.ts';
import { judge } from '../../src/planning/rules/judge.ts';
import { Random } from '../../src/planning/search/random.ts';
import { greedy } from '../../src/planning/search/search.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { anyPlan, everyPlan, tinyYear, withLocksAndReference, yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

const options = { timeLimitSeconds: 60, seed: 1, threads: 1 };
const coming = [
  ['tentative', 'stand-in', 'panel-absent'],
  ['change', 'load'],
];

/** The least costs, level by level, of all plans there are */
function leastLevels(instance: Instance, levels: readonly (readonly string[])[]): number[] {
  let least: number[] | undefined;
  for (const plan of everyPlan(instance)) {
    const { valid, parts } = score(instance, plan);
    if (!valid) continue;
    const costs = costsByLevel(parts, levels);
    if (!least || compareLevels(costs, least) < 0) least = costs;
  }
  return least!;
}

const judged = (instance: Instance, plan: Plan, levels: readonly (readonly string[])[]) =>
  costsByLevel(judge(compile(instance), plan).parts, levels);

describe('parts of the cost in an order', () => {
  it('have every part in one level: what is undecided first, what nobody named last', () => {
    const instance = tinyYear(1);
    const levels = fullOrder(instance, coming);
    expect(levels[0]).toEqual(['unplaced', ...coming[0]!]);
    expect(levels.flat().sort()).toEqual([...new Set([...partsOf(instance), ...levels.flat()])].sort());
    expect(new Set(levels.flat()).size).toBe(levels.flat().length);
    expect(fullOrder(instance, [['trip'], ['unplaced']])[0]).toEqual(['trip']);
  });

  it('compare as words do: the first difference decides', () => {
    expect(compareLevels([1, 9], [2, 0])).toBeLessThan(0);
    expect(compareLevels([1, 9], [1, 8])).toBeGreaterThan(0);
    expect(compareLevels([1, 9], [1, 9])).toBe(0);
  });

  it.each([1, 2, 3, 4])('never cost more than was reckoned with, in any plan of made-up year %i', (seed) => {
    const instance = yearOf({ centres: 3, seed, rich: true });
    const random = new Random(seed);
    withLocksAndReference(instance, random);
    const most = mostByPart(instance);
    const problem = compile(instance);
    for (let n = 0; n < 60; n++) {
      const { parts } = judge(problem, anyPlan(instance, random, 0));
      for (const [part, cost] of Object.entries(parts))
        expect({ part, within: cost <= (most[part] ?? 0) }).toEqual({ part, within: true });
    }
  });

  it.each([1, 2, 3])('say in one sum what the levels say, for any two plans (made-up year %i)', (seed) => {
    const instance = yearOf({ centres: 2, seed, rich: true });
    const levels = fullOrder(instance, coming);
    const factors = safeFactors(instance, levels);
    const summed = compile(inLevels(instance, levels, factors));
    const problem = compile(instance);
    const random = new Random(seed);
    const plans = Array.from({ length: 25 }, () => anyPlan(instance, random, 0)).map((plan) => ({
      sum: judge(summed, plan).cost,
      levels: costsByLevel(judge(problem, plan).parts, levels),
    }));
    for (const a of plans)
      for (const b of plans) expect(Math.sign(a.sum - b.sum)).toBe(Math.sign(compareLevels(a.levels, b.levels)));
    expect(Math.max(...plans.map(({ sum }) => sum))).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});

describe('the best plan in an order', () => {
  it.each([1, 2, 3, 4])('is that of trying every plan of tiny year %i, in one sum', async (seed) => {
    const instance = tinyYear(seed);
    const order = [['tentative', 'stand-in', 'panel-absent', 'unplaced', 'panel-tagged', 'expertise', 'load']];
    const levels = fullOrder(instance, order);
    expect(isExactEnough(instance, levels, safeFactors(instance, levels))).toBe(true);
    const { plan, levels: found } = await planInOrder(instance, order, options);
    expect(found.map(({ cost }) => cost)).toEqual(leastLevels(instance, levels));
    expect(judged(instance, plan, levels)).toEqual(found.map(({ cost }) => cost));
    expect(plan.proven).toBe(true);
  });

  it.each([1, 5, 6])('is that of trying every plan of tiny year %i, level by level', async (seed) => {
    const announced = { ...tinyYear(seed), reference: planOf(greedy(compile(tinyYear(seed + 100)))) };
    // so dear that no one sum would be exact
    const instance = repriced(announced, (_, cost) => cost * 10);
    const order = [['panel-absent', 'panel-tagged'], ['change'], ['tentative', 'stand-in'], ['trip']];
    const levels = fullOrder(instance, order);
    expect(isExactEnough(instance, levels, safeFactors(instance, levels))).toBe(false);
    const { plan, levels: found } = await planInOrder(instance, order, options);
    expect(found.map(({ cost }) => cost)).toEqual(leastLevels(instance, levels));
    expect(found.map(({ bound }) => bound)).toEqual(found.map(({ cost }) => cost));
    expect(score(instance, plan)).toMatchObject({ valid: true, cost: plan.cost });
  });

  it('differs from the weighted one where a level is at stake', async () => {
    const instance = yearOf({ centres: 4, seed: 1 });
    const { plan: weighted } = await planInstance(instance, options);
    const { plan: ordered } = await planInOrder(instance, [['expertise'], ['panel-dropped']], options);
    const [was, is] = [weighted, ordered].map((plan) => judge(compile(instance), plan).parts['expertise'] ?? 0);
    expect(is).toBeLessThan(was!);
    expect(ordered.cost!).toBeGreaterThan(weighted.cost!);
  });

  it('says of every level what is known when the time is up', async () => {
    const instance = yearOf({ centres: 12, seed: 3 });
    const { plan, levels } = await planInOrder(instance, [['tentative'], ['trip']], {
      ...options,
      timeLimitSeconds: 2,
    });
    expect(score(instance, plan)).toMatchObject({ valid: true, cost: plan.cost });
    expect(plan.bound).toBeUndefined();
    for (const { cost, bound } of levels) expect(bound).toBeLessThanOrEqual(cost);
    expect(levels.reduce((sum, { cost }) => sum + cost, 0)).toBe(plan.cost);
  });
});
