import type { Counted } from '../model/scope.ts';
import { stepCost, type Problem } from '../problem/problem.ts';
import type { Plan } from '../instance.ts';

/** Something that several parts of a year count together: uses of one person by one load, or meetings of one limit in a week or on a day */
export interface Counter {
  readonly index: number;
  /** cost of 0, 1, … uses, as many as there may be */
  readonly cost: readonly number[];
}

export interface Counters {
  readonly list: readonly Counter[];
  readonly of: (what: Counted) => Counter | undefined;
}

const keyOf = (what: Counted): string =>
  'load' in what ? `${what.load} ${what.person}` : `limit ${what.limit} ${what.time}`;

/**
 * What more than one part counts. A load that hearings use as well is among it, since no part has the hearings.
 * @param parts restricted problems (part.ts) that together are the whole one
 */
export function countersOf(problem: Problem, parts: readonly Problem[]): Counters {
  const found = new Map<string, { parts: Set<number>; units: number; what: Counted }>();
  const note = (what: Counted, part: number) => {
    const key = keyOf(what);
    const entry = found.get(key) ?? { parts: new Set(), units: 0, what };
    found.set(key, entry);
    entry.parts.add(part);
    entry.units++;
  };
  const seats = (list: Problem['hearings'][number]['seats'], part: number) => {
    for (const { loads, choices } of list)
      for (const load of loads) for (const { person } of choices) note({ load, person }, part);
  };
  parts.forEach((part, p) => {
    for (const { loads, candidates } of [...part.assignments, ...part.panels])
      for (const load of loads) for (const { person } of candidates) note({ load, person }, p);
    for (const meeting of part.meetings) {
      seats(meeting.seats, p);
      for (const limit of meeting.limits)
        for (const time of timesOf(problem, limit, meeting.starts)) note({ limit, time }, p);
    }
  });
  for (const hearing of problem.hearings) seats(hearing.seats, -1);
  const list: Counter[] = [];
  const index = new Map<string, Counter>();
  for (const [key, { parts: users, units, what }] of found) {
    if (users.size < 2) continue;
    const counter = { index: list.length, cost: costsOf(problem, what, units) };
    list.push(counter);
    index.set(key, counter);
  }
  return { list, of: (what) => index.get(keyOf(what)) };
}

function timesOf(
  { calendar, limits }: Problem,
  limit: number,
  starts: readonly { firstDay: number; lastDay: number }[],
) {
  const times = new Set<number>();
  for (const { firstDay, lastDay } of starts)
    if (limits[limit]!.perWeek) times.add(calendar.week[firstDay]!);
    else for (let day = firstDay; day <= lastDay; day++) times.add(day);
  return times;
}

function costsOf({ loads, limits }: Problem, what: Counted, units: number): number[] {
  const [most, cost] =
    'load' in what
      ? [loads[what.load]!.most[what.person]!, loads[what.load]!.cost]
      : [limits[what.limit]!.most, limits[what.limit]!.cost];
  return Array.from({ length: Math.max(0, Math.min(most, units)) + 1 }, (_, n) => stepCost(cost, n));
}

/** Prices to begin with: what one use more or less would make of the cost, where everybody is used as in the plan */
export function pricesFrom(problem: Problem, counters: Counters, plan: Plan): Float64Array {
  const uses = new Int32Array(counters.list.length);
  const use = (loads: readonly number[], person: number | undefined) => {
    for (const load of loads) {
      const counter = person === undefined ? undefined : counters.of({ load, person });
      if (counter) uses[counter.index]!++;
    }
  };
  const index = (id: string | null | undefined) => (id == null ? undefined : problem.personIndex.get(id));
  for (const { id, loads } of problem.assignments) use(loads, index(plan.assignments[id]));
  for (const { id, loads } of problem.panels) for (const person of plan.panels[id] ?? []) use(loads, index(person));
  for (const { id, seats } of problem.meetings)
    for (const seat of seats) if (seat.loads.length) use(seat.loads, index(plan.meetings[id]?.seats?.[seat.id]));
  return Float64Array.from(counters.list, ({ index: k, cost }) => {
    const n = Math.min(uses[k]!, cost.length - 1);
    const before = cost[Math.max(0, n - 1)]!;
    const after = cost[Math.min(cost.length - 1, n + 1)]!;
    return Math.max(0, (after - before) / 2);
  });
}

/** The least of cost − price × uses: what a counter by itself adds to the bound */
export function counterBound({ cost }: Counter, price: number): number {
  let least = 0;
  for (let n = 0; n < cost.length; n++) least = Math.min(least, cost[n]! - price * n);
  return least;
}
