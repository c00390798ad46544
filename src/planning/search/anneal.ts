import type { Plan } from '../instance.ts';
import { separateConferences } from '../problem/separate.ts';
import type { Problem, ProblemConference } from '../problem/problem.ts';
import { promisingDays, rearrange } from './arrange.ts';
import { Draft } from './draft.ts';
import { forceMeeting } from './force.ts';
import { groupsOf, type Group } from './groups.ts';
import { insertGroup } from './insertion.ts';
import {
  changeHolder,
  changePanel,
  chainPanels,
  moveConference,
  moveMeeting,
  rebuildGroups,
  type Move,
} from './moves.ts';
import { planOf } from './plan-of.ts';
import { Random } from './random.ts';
import { takeOver } from './take-over.ts';

/** Temperatures in points of cost: what a worsening may cost to be taken now and then, at the beginning and at the end */
const HOT = 2.5;
const COLD = 0.25;
/** Steps of one annealing, by group */
const STEPS = 1100;

export interface Found {
  readonly cost: number;
  readonly plan: Plan;
}

export interface Step {
  /** Annealings done */
  readonly rounds: number;
  /** Something better than before */
  readonly found?: Found;
}

/** A first complete plan, with each conference on its most promising day */
export function greedy(problem: Problem): Draft {
  const empty = new Draft(problem);
  return greedyWith(problem, new Map(problem.conferences.map((c) => [c.index, promisingDays(empty, c)[0]?.day ?? -1])));
}

/**
 * The groups one after the other, those with the least choice first, then the hearings in the best order.
 * @param days conference → first day
 */
function greedyWith(problem: Problem, days: ReadonlyMap<number, number>): Draft {
  const draft = new Draft(problem);
  const undecided = (c: ProblemConference) => c.hearings.map(() => null);
  for (const c of problem.conferences) draft.arrange(c.index, { day: days.get(c.index)!, hearings: undecided(c) });
  const chance = { random: new Random(0), heat: 0 };
  const choice = (group: Group) => Math.min(...group.meetings.map((m) => problem.meetings[m]!.starts.length));
  const locked = (group: Group) => group.meetings.filter((m) => problem.meetings[m]!.mustBePlaced).length;
  const order = [...groupsOf(problem)].sort((a, b) => locked(b) - locked(a) || choice(a) - choice(b));
  for (const group of order) insertGroup(draft, group, chance);
  for (const c of problem.conferences) rearrange(draft, c);
  draft.settle();
  return draft;
}

/** Greedy plans with one tied conference on other promising days, the best first; one where nothing is tied */
function beginnings(problem: Problem, tied: readonly number[]): Found[] {
  const empty = new Draft(problem);
  const promising = problem.conferences.map((c) => promisingDays(empty, c));
  const best = new Map(promising.map((list, c) => [c, list[0]?.day ?? -1]));
  const plans = [greedyWith(problem, best)];
  // with many conferences each has little weight, and each trial costs more
  if (tied.length <= 2)
    for (const c of tied)
      for (const { day } of promising[c]!.slice(1, 8)) plans.push(greedyWith(problem, new Map(best).set(c, day)));
  return plans.map((draft) => ({ cost: weight(draft), plan: planOf(draft) })).sort((a, b) => a.cost - b.cost);
}

/**
 * Anneals from greedy plans again and again, in turn from one of them and from the best. It does not end by itself; it yields now and
 * then, so that the caller can look at the clock, and whenever something better was found. The same seed gives the same plan after the
 * same number of rounds, whatever the clock says.
 */
export function* search(problem: Problem, seed: number): Generator<Step> {
  const first = greedy(problem);
  let best: Found = { cost: weight(first), plan: planOf(first) };
  yield { rounds: 0, found: best };
  const groups = groupsOf(problem);
  const separate = separateConferences(problem);
  const tied = problem.conferences.map((c) => c.index).filter((c) => !separate.has(c));
  const begin = beginnings(problem, tied);
  for (let round = 0; ; round++) {
    const draft = new Draft(problem);
    takeOver(draft, round % 2 ? best.plan : begin[(round / 2) % begin.length]!.plan);
    draft.settle();
    for (const found of anneal(draft, groups, tied, new Random(seed * 7919 + round), STEPS * groups.length)) {
      const better = found && found.cost < best.cost;
      if (better) best = found;
      yield better ? { rounds: round, found } : { rounds: round };
    }
    yield { rounds: round + 1 };
  }
}

function* anneal(
  draft: Draft,
  groups: readonly Group[],
  tied: readonly number[],
  random: Random,
  steps: number,
): Generator<Found | undefined> {
  const mix = mixOf(tied);
  let best = weight(draft);
  let kept: Plan | undefined;
  for (let step = 0; step < steps; step++) {
    const temperature = HOT * (COLD / HOT) ** (step / steps);
    const mark = draft.mark();
    const before = weight(draft);
    const tried = choose(mix, random)(draft, groups, { random, heat: temperature });
    const now = weight(draft);
    if (!tried || now > before - temperature * Math.log(1 - random.next())) draft.back(mark);
    else if (now < best) {
      best = now;
      kept = planOf(draft);
    }
    draft.settle();
    if (step % 100 === 99) {
      yield kept && { cost: best, plan: kept };
      kept = undefined;
    }
  }
  if (kept) yield { cost: best, plan: kept };
}

/** The cost, and more than anything undecided costs for each rule that is broken: hearings without quorum, locks that are not kept */
const weight = (draft: Draft): number =>
  draft.cost + (draft.conferences.broken + (draft.problem.instance.locks.length ? draft.missing : 0)) * 1e7;

function mixOf(tied: readonly number[]): readonly (readonly [Move, number])[] {
  return [
    [forceMeeting, 0.45],
    [rebuildGroups, 0.08],
    [moveMeeting, 0.02],
    [changeHolder, 0.02],
    [chainPanels, 0.03],
    [moveConference(tied), tied.length ? 0.01 : 0],
    [changePanel, 1],
  ];
}

function choose(mix: readonly (readonly [Move, number])[], random: Random): Move {
  let at = random.next();
  for (const [move, share] of mix) if ((at -= share) < 0) return move;
  return mix.at(-1)![0];
}
