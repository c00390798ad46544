import type { Problem, ProblemMeeting, Start } from '../problem/problem.ts';
import { separateConferences } from '../problem/separate.ts';
import { anneal, type Found } from '../search/anneal.ts';
import { rearrange } from '../search/arrange.ts';
import { Draft } from '../search/draft.ts';
import { groupsOf, type Group } from '../search/groups.ts';
import { insertGroup, putAt } from '../search/insertion.ts';
import { Random } from '../search/random.ts';
import type { PlanModel } from './model-of.ts';
import type { MeetingColumns } from './scope.ts';

/** Cooler than a search that begins from nothing: much of the relaxation is right. */
const HOT = 1.2;
/** Steps of one annealing, by group */
const STEPS = 550;

/**
 * Plans from the relaxation: each meeting where a throw of dice with its fractions puts it, as far as that fits, the rest as is cheapest;
 * then annealed. Several short ones from different throws find more than one long one. It does not end by itself.
 * @param x solution of the relaxation
 */
export function* guidedSearch(
  problem: Problem,
  planModel: PlanModel,
  x: Float64Array,
  seed: number,
): Generator<{ readonly rounds: number; readonly found?: Found }> {
  const groups = groupsOf(problem);
  const separate = separateConferences(problem);
  const tied = problem.conferences.map((c) => c.index).filter((c) => !separate.has(c));
  for (let round = 0; ; round++) {
    const random = new Random(seed * 104_729 + round);
    const draft = thrown(problem, planModel, x, groups, random);
    for (const found of anneal(draft, { groups, tied, random, hot: HOT, steps: STEPS * groups.length }))
      if (found) yield { rounds: round, found };
    yield { rounds: round + 1 };
  }
}

function thrown(
  problem: Problem,
  { columns }: PlanModel,
  x: Float64Array,
  groups: readonly Group[],
  random: Random,
): Draft {
  return draftFrom(problem, groups, readThrows(problem, columns, x, random), random);
}

/** Who shall hold what, and which meeting shall be when */
export interface Throws {
  /** assignment → person */
  readonly holders: ReadonlyMap<number, number>;
  readonly meetings: readonly Throw[];
}

export function readThrows(
  problem: Problem,
  columns: Pick<MeetingColumns, 'starts' | 'holders'>,
  x: Float64Array,
  random: Random,
): Throws {
  const chosen = new Map<number, number>();
  columns.holders.forEach((holders, a) => {
    let likely = { person: -1, weight: 0 };
    for (const [person, column] of holders) {
      const weight = x[column]! * (0.5 + random.next());
      if (weight > likely.weight) likely = { person, weight };
    }
    if (likely.person >= 0) chosen.set(a, likely.person);
  });
  const meetings = problem.meetings.flatMap((meeting) => throwOf(meeting, columns.starts[meeting.index]!, x, random));
  return { holders: chosen, meetings };
}

/** A draft with everything where the dice say, as far as that fits, the rest as is cheapest */
export function draftFrom(problem: Problem, groups: readonly Group[], throws: Throws, random: Random): Draft {
  const draft = new Draft(problem);
  for (const [a, person] of throws.holders)
    if (draft.tallies.fullLoad(problem.assignments[a]!.loads, person) < 0) draft.assign(a, person);
  // those of which the relaxation is surest first
  for (const { meeting, start, online } of [...throws.meetings].sort((a, b) => b.weight - a.weight)) {
    const mark = draft.mark();
    if (!putAt(draft, meeting, start, online)) draft.back(mark);
  }
  for (const group of groups) insertGroup(draft, group, { random, heat: 0 });
  for (const conference of problem.conferences) rearrange(draft, conference);
  draft.settle();
  return draft;
}

export interface Throw {
  readonly meeting: ProblemMeeting;
  readonly start: Start;
  readonly online: boolean;
  readonly weight: number;
}

/** @returns one start and mode, each as likely as its fraction; none where the relaxation leaves the meeting undecided */
function throwOf(
  meeting: ProblemMeeting,
  starts: readonly (readonly number[])[],
  x: Float64Array,
  random: Random,
): Throw[] {
  let left = random.next();
  for (const start of meeting.starts) {
    const modes = starts[start.index]!;
    for (const [k, column] of modes.entries()) {
      left -= x[column]!;
      const online = modes.length === 2 ? k === 1 : meeting.modeCost[0] < 0;
      if (left < 0) return [{ meeting, start, online, weight: x[column]! }];
    }
  }
  return [];
}
