import { expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { planInstance } from '../../src/planning/planner.service.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import type { Repair } from '../../src/planning/repair/repair.ts';
import { repairs } from '../../src/planning/repair/repairs.ts';
import { search } from '../../src/planning/search/search.ts';
import { yearOf } from './instances.ts';
import { kindsOf, lockMeetings, whoMustBeTold } from './repair-years.ts';
import { score } from './yardstick/score.mjs';

it('repairs a year of eighteen centres, half of it confirmed, while a director is away for a week', async () => {
  const highs: Highs = await (loadHighs as unknown as typeof loadHighs.default)();
  const year = yearOf({ centres: 18, seed: 1 });
  for (const step of search(compile(year), 1)) {
    year.reference = step.found?.plan ?? year.reference;
    if (step.rounds >= 1) break;
  }
  const was = year.reference!;
  const sites = year.meetings.filter(({ kind }) => kind === 'site');
  const visit = sites[3]!;
  const first = was.meetings[visit.id]!.start >> 1;
  const seat = visit.seats.find(({ id }) => id === 'director')!;
  const director = year.people.find(({ id }) => 'person' in seat && id === seat.person)!;
  const isAway = (half: number) => half >> 1 >= first - 2 && half >> 1 <= first + 2;
  director.availability = [...director.availability].map((letter, half) => (isAway(half) ? 'x' : letter)).join('');
  lockMeetings(
    year,
    sites.filter((site, i) => i % 2 === 0 && site !== visit).map(({ id }) => id),
  );
  const parts: Repair[] = [];
  const list = await repairs(year, highs, { seconds: () => 120, onRepair: (repair) => parts.push(repair) });
  for (const { plan, change, tell } of [...parts, ...list]) {
    const judged = score(year, plan);
    expect(judged).toMatchObject({ valid: true, cost: plan.cost });
    expect(change).toBe(judged.parts['change'] ?? 0);
    expect(tell).toEqual(whoMustBeTold(year, was, plan));
    expect(plan.meetings[visit.id]!.start).not.toBe(was.meetings[visit.id]!.start);
  }
  // the first is known before anything is proven, and is not far off
  expect(parts[0]!.plan.proven).toBe(false);
  expect(parts[0]!.plan.cost!).toBeLessThan(list[0]!.plan.cost! * 1.1);
  expect(new Set(list.map(({ plan }) => kindsOf(year, was, plan))).size).toBe(list.length);
  const whole = await planInstance(year, { timeLimitSeconds: 120, seed: 2, threads: 2 });
  expect(whole.plan.proven).toBe(true);
  expect(list[0]!.plan).toMatchObject({ cost: whole.plan.cost, proven: true });
}, 300_000);
