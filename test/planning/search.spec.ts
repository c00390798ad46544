import { describe, expect, it } from '@jest/globals';
import type { Instance } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { greedy, search } from '../../src/planning/search/search.ts';
import { Draft } from '../../src/planning/search/draft.ts';
import { groupsOf } from '../../src/planning/search/groups.ts';
import { forceMeeting } from '../../src/planning/search/force.ts';
import {
  changeHolder,
  changePanel,
  chainPanels,
  moveConference,
  moveMeeting,
  rebuildGroups,
} from '../../src/planning/search/moves.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { takeOver } from '../../src/planning/search/take-over.ts';
import { Random } from '../../src/planning/search/random.ts';
import { cheapestAssignment } from '../../src/planning/search/hungarian.ts';
import { tinyYear, yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

const years: [string, Parameters<typeof yearOf>[0]][] = [
  ['one centre', { centres: 1, seed: 1 }],
  ['two rich centres', { centres: 2, seed: 3, rich: true }],
  ['nine centres', { centres: 9, seed: 1 }],
  ['nine rich centres', { centres: 9, seed: 2, rich: true }],
  ['nine with trouble', { centres: 9, seed: 1, trouble: 3 }],
  ['little room', { centres: 9, seed: 4, tight: 1.5 }],
  ['much room', { centres: 9, seed: 5, tight: 0.3, rich: true }],
  ['eighteen rich centres with trouble', { centres: 18, seed: 1, rich: true, trouble: 2 }],
];

/** Judges a draft and the plan that it stands for */
function expectTrue(instance: Instance, draft: Draft): void {
  const { valid, cost, broken } = score(instance, planOf(draft));
  expect({ valid, cost, broken }).toEqual({ valid: true, cost: draft.cost, broken: [] });
}

describe('the greedy plan', () => {
  it.each(years)('is valid, and its cost is the judged cost: %s', (_, options) => {
    const instance = yearOf(options);
    expectTrue(instance, greedy(compile(instance)));
  });

  it('places all of 18 centres', () => {
    const instance = yearOf({ centres: 18, seed: 1 });
    expect(score(instance, planOf(greedy(compile(instance)))).unplaced).toBe(0);
  });
});

describe('a draft', () => {
  it.each(years)('knows its exact cost after every move, and the way back: %s', (_, options) => {
    const instance = yearOf(options);
    const problem = compile(instance);
    const draft = greedy(problem);
    const groups = groupsOf(problem);
    const random = new Random(5);
    const moves = [forceMeeting, rebuildGroups, moveMeeting, changeHolder, changePanel, chainPanels];
    if (problem.conferences.length) moves.push(moveConference([0]));
    for (let i = 0; i < 60; i++) {
      const before = { cost: draft.cost, plan: planOf(draft) };
      const mark = draft.mark();
      const tried = moves[i % moves.length]!(draft, groups, { random, heat: 2 });
      if (tried && draft.conferences.broken === 0) expectTrue(instance, draft);
      if (!tried || draft.conferences.broken || i % 3 === 0) {
        draft.back(mark);
        expect({ cost: draft.cost, plan: planOf(draft) }).toEqual(before);
      } else draft.settle();
    }
  });

  it('takes over a plan whole', () => {
    const instance = yearOf({ centres: 9, seed: 3, rich: true });
    const problem = compile(instance);
    const draft = greedy(problem);
    const other = new Draft(problem);
    takeOver(other, planOf(draft));
    expect(planOf(other)).toEqual(planOf(draft));
    expect(other.cost).toBe(draft.cost);
  });

  it('leaves out of a plan what breaks a rule', () => {
    const instance = yearOf({ centres: 3, seed: 1 });
    const problem = compile(instance);
    const plan = planOf(greedy(problem));
    const [first, second] = [plan.meetings['site/c0']!, plan.meetings['site/c1']!];
    plan.meetings['site/c1'] = { ...second, start: first.start };
    plan.panels['working-group/c2'] = [];
    const draft = new Draft(problem);
    takeOver(draft, plan);
    expect(score(instance, planOf(draft)).valid).toBe(true);
  });
});

describe('the search', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'keeps locks and judges its cost right against an announced plan (tiny year %i)',
    (seed) => {
      const instance = tinyYear(seed);
      const first = greedy(compile(instance));
      instance.reference = planOf(first);
      const random = new Random(seed);
      for (const meeting of instance.meetings) {
        const at = instance.reference.meetings[meeting.id];
        if (at && random.next() < 0.5) instance.locks.push({ meeting: meeting.id, start: at.start, seats: at.seats });
      }
      for (const step of search(compile(instance), seed)) {
        if (step.found) {
          const { valid, cost } = score(instance, step.found.plan);
          expect({ valid, cost }).toEqual({ valid: true, cost: step.found.cost });
        }
        if (step.rounds >= 2) break;
      }
    },
  );

  it('finds the same plan from the same seed', () => {
    const instance = yearOf({ centres: 4, seed: 2 });
    const run = () => {
      let last;
      for (const step of search(compile(instance), 9)) {
        if (step.found) last = step.found;
        if (step.rounds >= 1) return last;
      }
      return last;
    };
    expect(run()).toEqual(run());
  });

  it('improves the greedy plan of nine centres', () => {
    const problem = compile(yearOf({ centres: 9, seed: 1 }));
    let best = Infinity;
    for (const step of search(problem, 1)) {
      best = Math.min(best, step.found?.cost ?? Infinity);
      if (step.rounds >= 1) break;
    }
    // the best plan costs 366
    expect(best).toBeLessThan(greedy(problem).cost);
    expect(best).toBeLessThanOrEqual(375);
  });
});

describe('odd years', () => {
  const empty = (): Instance => ({
    ...yearOf({ centres: 1, seed: 1 }),
    meetings: [],
    assignments: [],
    panels: [],
    loads: [],
    limits: [],
    conferences: [],
  });

  it('plans a year without centres', () => {
    const instance = empty();
    expectTrue(instance, greedy(compile(instance)));
  });

  it('plans a year in which everybody is away', () => {
    const instance = yearOf({ centres: 3, seed: 1, rich: true });
    for (const person of instance.people) person.availability = 'x'.repeat(person.availability.length);
    const draft = greedy(compile(instance));
    expectTrue(instance, draft);
    // six visits and three hearings; the conference has a day, on which nothing is heard
    expect(score(instance, planOf(draft)).unplaced).toBe(9);
  });

  it('plans a year in which one person does everything', () => {
    const instance = yearOf({ centres: 3, seed: 1 });
    const one = instance.people[0]!.id;
    const all = (list: { person: string }[]) => [{ ...list[0]!, person: one }];
    for (const assignment of instance.assignments) assignment.candidates = all(assignment.candidates) as never;
    for (const panel of instance.panels) panel.candidates = all(panel.candidates) as never;
    for (const meeting of instance.meetings)
      for (const seat of meeting.seats) {
        if ('oneOf' in seat) seat.oneOf = all(seat.oneOf) as never;
        if ('person' in seat) seat.person = one;
      }
    expectTrue(instance, greedy(compile(instance)));
  });

  it('plans windows of one day', () => {
    const instance = yearOf({ centres: 5, seed: 2 });
    for (const meeting of instance.meetings) meeting.to = meeting.from;
    expectTrue(instance, greedy(compile(instance)));
  });
});

describe('the cheapest assignment', () => {
  it('is the cheapest of all, for random costs and forbidden pairs', () => {
    const random = new Random(1);
    for (let time = 0; time < 200; time++) {
      const rows = 1 + random.below(4);
      const columns = rows + random.below(3);
      const cost = Array.from({ length: rows }, () =>
        Float64Array.from({ length: columns }, () => (random.next() < 0.2 ? Infinity : random.below(20))),
      );
      const least = (row: number, used: number): number =>
        row === rows
          ? 0
          : Math.min(
              ...Array.from({ length: columns }, (_, j) =>
                used & (1 << j) ? Infinity : cost[row]![j]! + least(row + 1, used | (1 << j)),
              ),
            );
      const found = cheapestAssignment(cost);
      const total = found ? found.reduce((sum, column, row) => sum + cost[row]![column]!, 0) : Infinity;
      expect(total).toBe(least(0, 0));
      if (found) expect(new Set(found).size).toBe(rows);
    }
  });
});
