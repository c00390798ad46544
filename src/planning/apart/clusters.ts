import type { Problem } from '../problem/problem.ts';
import { groupsOf, type Group } from '../search/groups.ts';

/** Groups (a centre's year each) that are planned together. Larger ones make tighter bounds and slower relaxations. */
export const MOST_GROUPS = 24;

/**
 * Takes a year apart: groups that share those who lead them, or a limit, stay together as far as that makes no part too large. What
 * ties the parts to one another (loads of officers and panel members, a limit on everybody, a person two of them could use) is few.
 */
export function clustersOf(problem: Problem, most = MOST_GROUPS): Group[][] {
  const groups = groupsOf(problem);
  const cluster = groups.map((_, g) => g);
  const size = groups.map(() => 1);
  const root = (g: number): number => {
    while (cluster[g] !== g) g = cluster[g] = cluster[cluster[g]!]!;
    return g;
  };
  for (const tie of tiesOf(problem, groups)) {
    const roots = [...new Set(tie.map(root))];
    if (roots.reduce((sum, r) => sum + size[r]!, 0) <= most) unite(roots, cluster, size);
    // a tie of more than fit: as many of them as do, one part after the other
    else {
      let some: number[] = [];
      for (const r of roots) {
        if ([...some, r].reduce((sum, other) => sum + size[other]!, 0) > most) some = unite(some, cluster, size);
        some.push(r);
      }
      unite(some, cluster, size);
    }
  }
  return [...Map.groupBy(groups, (group) => root(group.index)).values()];
}

function unite(roots: readonly number[], cluster: number[], size: number[]): number[] {
  const [first, ...others] = roots;
  for (const other of others) {
    cluster[other] = first!;
    size[first!]! += size[other]!;
  }
  return [];
}

/** Groups by what they share, what binds most first: people whose journeys count, limits, anybody else who may sit for several */
function tiesOf(problem: Problem, groups: readonly Group[]): number[][] {
  const leading = new Map<number, Set<number>>();
  const sitting = new Map<number, Set<number>>();
  const limited = new Map<number, Set<number>>();
  const note = (map: Map<number, Set<number>>, key: number, group: number) => {
    const users = map.get(key);
    if (users) users.add(group);
    else map.set(key, new Set([group]));
  };
  for (const group of groups)
    for (const m of group.meetings) {
      const { seats, limits } = problem.meetings[m]!;
      for (const l of limits) note(limited, l, group.index);
      for (const seat of seats) {
        const map = seat.travel || seat.trip ? leading : sitting;
        if (seat.person >= 0) note(map, seat.person, group.index);
        for (const { person } of seat.choices) note(map, person, group.index);
      }
    }
  return [leading, limited, sitting].flatMap((map) =>
    [...map.values()]
      .filter((users) => users.size > 1)
      .map((users) => [...users])
      .sort((a, b) => a.length - b.length),
  );
}

/** Asked before a model of the whole is made, which alone would be too large */
export const isBetterApart = (problem: Problem): boolean => columnsOf(problem) > APART;

/** Columns of the whole from which its relaxation would take minutes */
const APART = 100_000;

/** About how many columns the model of the whole would have */
function columnsOf({ meetings, panels }: Problem): number {
  let columns = 0;
  for (const { starts, seats, modeCost } of meetings) {
    const modes = modeCost[0] < 0 || modeCost[1] < 0 ? 1 : 2;
    const members = seats.reduce((sum, seat) => sum + (seat.panel < 0 ? 0 : panels[seat.panel]!.candidates.length), 0);
    for (const { options } of starts) columns += modes * (1 + members + options.reduce((sum, o) => sum + o.length, 0));
  }
  return columns;
}
