import { describe, expect, it, jest } from '@jest/globals';
import type { Instance } from '../../src/planning/instance.ts';
import { readInstance } from '../../src/planning/instance-faults.ts';
import { planInstance } from '../../src/planning/planner.service.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { judge } from '../../src/planning/rules/judge.ts';
import { Draft } from '../../src/planning/search/draft.ts';
import { forceMeeting } from '../../src/planning/search/force.ts';
import { groupsOf } from '../../src/planning/search/groups.ts';
import { placeHearing } from '../../src/planning/search/hearing-move.ts';
import {
  changeHolder,
  moveConference,
  moveMeeting,
  rebuildGroups,
  type Move,
} from '../../src/planning/search/moves.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { Random } from '../../src/planning/search/random.ts';
import { yearOf } from './instances.ts';
import { everyConferencePlan, tinyConference } from './tiny-conference.ts';
import { score } from './yardstick/score.mjs';

/** Plans, and judges by the yardstick: valid, cost as the planner says, no plan that was seen on the way cheaper than the bound. */
async function planned(instance: Instance, seconds: number, threads = 2) {
  expect(readInstance(structuredClone(instance))).toMatchObject({ instance: { name: instance.name } });
  const costs: number[] = [];
  const { plan, unplaced } = await planInstance(instance, {
    timeLimitSeconds: seconds,
    seed: 1,
    threads,
    onProgress: ({ cost, bound }) => {
      costs.push(cost);
      expect(bound).toBeLessThanOrEqual(cost);
    },
  });
  const judged = score(instance, plan);
  expect(judged.broken).toEqual([]);
  expect(judged.cost).toBe(plan.cost);
  expect(judged.unplaced).toBe(unplaced.length);
  expect(plan.bound!).toBeLessThanOrEqual(plan.cost!);
  expect(plan.proven).toBe(plan.cost! - plan.bound! < 1);
  for (const cost of costs) expect(plan.bound!).toBeLessThanOrEqual(cost);
  return plan;
}

const proven = async (instance: Instance, threads = 2) => {
  const plan = await planned(instance, 60, threads);
  expect(plan.proven).toBe(true);
  return plan;
};

describe('a planned year', () => {
  it.each([
    ['one centre', { centres: 1, seed: 2 }],
    ['one centre with everything', { centres: 1, seed: 4, rich: true }],
    ['three centres', { centres: 3, seed: 5 }],
    ['four rich centres', { centres: 4, seed: 6, rich: true }],
    ['much room', { centres: 4, seed: 7, tight: 0.3 }],
    ['little room', { centres: 3, seed: 8, tight: 1.5 }],
    ['trouble', { centres: 4, seed: 9, trouble: 2 }],
    ['rich trouble', { centres: 3, seed: 10, rich: true, trouble: 2 }],
  ])('is valid, costs what it says and is proven: %s', async (_, options) => {
    expect((await proven(yearOf(options))).bound).toBeGreaterThan(0);
  });

  it.each([
    ['eighteen rich centres', { centres: 18, seed: 4, rich: true }],
    ['eighteen centres with trouble and little room', { centres: 18, seed: 5, trouble: 5, tight: 1.2 }],
    ['fifty centres', { centres: 50, seed: 1 }],
  ])('is valid and its bound is true after little time: %s', async (_, options) => {
    expect((await planned(yearOf(options), 2)).cost).toBeGreaterThan(0);
  });
});

describe('an odd year', () => {
  const empty = (): Instance => ({
    ...yearOf({ centres: 1, seed: 1 }),
    name: 'empty',
    meetings: [],
    assignments: [],
    panels: [],
    loads: [],
    limits: [],
    conferences: [],
  });

  it('without a centre is planned at once, for nothing', async () => {
    expect(await proven(empty())).toMatchObject({ cost: 0, bound: 0, meetings: {} });
  });

  it('without a day leaves everything undecided', async () => {
    const year = yearOf({ centres: 2, seed: 1 });
    const shut = year.days.map((_, day) => day);
    for (const meeting of year.meetings) meeting.closed = shut;
    for (const conference of year.conferences) conference.closed = shut;
    const plan = await proven(year);
    for (const placed of [...Object.values(plan.meetings), ...Object.values(plan.hearings)]) expect(placed).toBeNull();
  });

  it('in which everybody is away leaves all meetings undecided', async () => {
    const year = yearOf({ centres: 2, seed: 2, rich: true });
    for (const person of year.people) person.availability = 'x'.repeat(person.availability.length);
    const plan = await proven(year);
    for (const placed of Object.values(plan.meetings)) expect(placed).toBeNull();
  });

  it('with windows of one day puts what it can there', async () => {
    const year = yearOf({ centres: 3, seed: 3 });
    const free = await proven(year);
    for (const meeting of year.meetings) {
      const at = free.meetings[meeting.id];
      if (at) [meeting.from, meeting.to] = [at.start >> 1, (at.start + meeting.halfDays - 1) >> 1];
    }
    const plan = await proven(year);
    expect(plan.cost).toBe(free.cost);
    expect(plan.meetings).not.toEqual({});
  });

  it('in which one person does everything is planned around them', async () => {
    const year = yearOf({ centres: 3, seed: 4 });
    const officer = year.assignments[0]!.candidates[0]!.person;
    for (const assignment of year.assignments) assignment.candidates = [{ person: officer, costs: {} }];
    year.loads = year.loads.map((load) => ({ ...load, most: 20, mostOf: {} }));
    const plan = await proven(year);
    expect(new Set(Object.values(plan.assignments).filter((p) => p !== null)).size).toBeLessThanOrEqual(1);
  });
});

describe('a conference', () => {
  it.each(
    (['europe', 'america', 'summer'] as const).flatMap((week) => [1, 2, 3, 4].map((seed) => [week, seed] as const)),
  )('is planned as well as trying every plan would (%s, %i)', async (week, seed) => {
    const instance = tinyConference(seed, week);
    let least = Infinity;
    for (const plan of everyConferencePlan(instance)) {
      const { valid, cost } = score(instance, plan);
      if (valid && cost < least) least = cost;
    }
    expect((await proven(instance, 1)).cost).toBe(least);
  });
});

describe('a change of a plan with a conference', () => {
  it.each([1, 2, 3, 4])('costs what all rules say, and can be undone (tiny conference %i)', (seed) => {
    const problem = compile(tinyConference(seed, 'summer'));
    const groups = groupsOf(problem);
    const draft = new Draft(problem);
    const random = new Random(seed);
    const moves: Move[] = [rebuildGroups, changeHolder, moveMeeting, forceMeeting, placeHearing, moveConference([0])];
    const costs = new Set<number>();
    for (let step = 0; step < 400; step++) {
      const [mark, before] = [draft.mark(), draft.cost];
      const isDone = random.pick(moves)(draft, groups, { random, heat: 2 });
      if (isDone) expect(draft.cost).toBe(judge(problem, planOf(draft)).cost);
      costs.add(draft.cost);
      if (isDone && random.next() < 0.6) draft.settle();
      else {
        draft.back(mark);
        expect(draft.cost).toBe(before);
      }
    }
    expect(costs.size).toBeGreaterThan(5);
  });
});

describe('a run', () => {
  it.each([
    ['three centres', { centres: 3, seed: 5 }],
    ['three centres with everything', { centres: 3, seed: 5, rich: true }],
  ])('gives the same plan again, with one thread or two: %s', async (_, options) => {
    const year = () => yearOf(options);
    const [first, again, alone] = [await proven(year()), await proven(year()), await proven(year(), 1)];
    expect(again).toEqual(first);
    expect(alone).toEqual(first);
  });

  it('whose proof has not enough memory keeps the plan, unproven', async () => {
    const year = yearOf({ centres: 6, seed: 1 });
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { plan } = await planInstance(year, { timeLimitSeconds: 6, seed: 1, threads: 2, proofMegabytes: 8 });
    const warnings = warned.mock.calls.map(([warning]) => String(warning));
    warned.mockRestore();
    expect(warnings).toEqual([expect.stringContaining('ERR_WORKER_OUT_OF_MEMORY')]);
    expect(score(year, plan)).toMatchObject({ valid: true, cost: plan.cost });
    expect(plan.proven).toBe(false);
  });
});
