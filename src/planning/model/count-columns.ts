import { stepCost } from '../problem/problem.ts';
import { sumAt, type LinearModel } from './linear-model.ts';
import type { LoadUse, MeetingColumns, ModelScope } from './scope.ts';

/** Loads of people and limits of weeks and days: how many there are, how many there may be, and what they cost */
export function countColumns(scope: ModelScope, columns: MeetingColumns, uses: readonly LoadUse[]): void {
  loadColumns(scope, [...uses, ...holderUses(scope, columns), ...seatUses(columns)]);
  limitColumns(scope, columns);
}

const holderUses = ({ problem }: ModelScope, { holders }: MeetingColumns): LoadUse[] =>
  problem.assignments.flatMap(({ index, loads }) =>
    [...holders[index]!].map(([person, column]) => ({ loads, person, columns: [column] })),
  );

export const memberUses = ({ problem }: ModelScope, members: readonly (readonly (readonly number[])[])[]): LoadUse[] =>
  problem.panels.flatMap(({ index, loads, candidates }) =>
    candidates.flatMap(({ person }, i) => {
      const columns = members[index]![i]!;
      return columns.length ? [{ loads, person, columns }] : [];
    }),
  );

/** One use for each oneOf seat, whatever the start */
function seatUses({ sits }: MeetingColumns): LoadUse[] {
  const uses = new Map<string, { loads: readonly number[]; person: number; columns: number[] }>();
  for (const { person, seat, meeting, columns } of sits) {
    if (!seat.loads.length) continue;
    const key = `${meeting} ${seat.index} ${person}`;
    const use = uses.get(key) ?? { loads: seat.loads, person, columns: [] };
    uses.set(key, use);
    use.columns.push(...columns);
  }
  return [...uses.values()];
}

function loadColumns({ problem, model, counts }: ModelScope, uses: readonly LoadUse[]): void {
  const byLoad = problem.loads.map(() => new Map<number, { units: number; columns: number[] }>());
  for (const { loads, person, columns } of uses)
    for (const l of loads) {
      const entry = byLoad[l]!.get(person) ?? { units: 0, columns: [] };
      byLoad[l]!.set(person, entry);
      entry.units++;
      entry.columns.push(...columns);
    }
  problem.loads.forEach((load, l) => {
    for (const [person, { units, columns }] of byLoad[l]!)
      if (!counts?.(model, { load: l, person }, units, columns))
        steps(model, load.source.cost, load.most[person]!, units, columns);
  });
}

function limitColumns({ problem, model, counts }: ModelScope, { starts }: MeetingColumns): void {
  problem.limits.forEach((limit, l) => {
    const groups = new Map<number, { meetings: Set<number>; columns: number[] }>();
    for (const meeting of problem.meetings) {
      if (!meeting.limits.includes(l)) continue;
      meeting.starts.forEach((start, s) => {
        const week = problem.calendar.week[start.firstDay]!;
        const keys = limit.perWeek ? [week] : daysOf(start.firstDay, start.lastDay);
        for (const key of keys) {
          const group = groups.get(key) ?? { meetings: new Set(), columns: [] };
          groups.set(key, group);
          group.meetings.add(meeting.index);
          group.columns.push(...starts[meeting.index]![s]!);
        }
      });
    }
    for (const [time, { meetings, columns }] of groups)
      if (!counts?.(model, { limit: l, time }, meetings.size, columns))
        steps(model, limit.cost, limit.most, meetings.size, columns);
  });
}

const daysOf = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/**
 * cost[n] of n of the columns being 1, n ≤ most. One column a step; where each step costs as much as the one before or more, the solver
 * takes them in order by itself, else they are tied to one another.
 * @param possible how many can be 1 at the same time
 */
export function steps(
  model: LinearModel,
  cost: readonly number[],
  most: number,
  possible: number,
  columns: readonly number[],
): void {
  const reach = Math.min(most, possible);
  const prices = Array.from({ length: Math.max(0, reach) }, (_, k) => stepCost(cost, k + 1) - stepCost(cost, k));
  const rising = prices.every((price, k) => price >= (prices[k - 1] ?? 0));
  let free = 0;
  while (rising && free < prices.length && prices[free] === 0) free++;
  if (free === prices.length) {
    if (possible > most) model.row(-Infinity, Math.max(0, most), [1, columns]);
    return;
  }
  const dear = prices
    .slice(free)
    .map((price, k) =>
      model.column(price, (_, x) => Number(sumAt(columns, x) >= free + k + 1 - 1e-6), { integer: !rising }),
    );
  if (rising) model.row(-Infinity, free, [1, columns], [-1, dear]);
  else {
    model.row(0, 0, [1, columns], [-1, dear]);
    dear.forEach((column, k) => k > 0 && model.row(0, Infinity, [1, [dear[k - 1]!]], [-1, [column]]));
  }
}
