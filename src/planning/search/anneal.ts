import type { Plan } from '../instance.ts';
import type { Problem } from '../problem/problem.ts';
import { Draft } from './draft.ts';
import { groupsOf, type Group } from './groups.ts';
import { insertGroup } from './insertion.ts';
import { changeHolder, changePanel, chainPanels, moveMeeting, rebuildGroups, type Move } from './moves.ts';
import { planOf } from './plan-of.ts';
import { Random } from './random.ts';

/** Temperatures in points of cost: what a worsening may cost to be taken now and then, at the beginning and at the end */
const HOT = 2.5;
const COLD = 0.25;

const mix: readonly (readonly [Move, number])[] = [
  [rebuildGroups, 0.12],
  [moveMeeting, 0.2],
  [changeHolder, 0.08],
  [changePanel, 0.45],
  [chainPanels, 0.15],
];

export interface Found {
  readonly cost: number;
  readonly plan: Plan;
}

/** A first complete plan: the groups one after the other, those with the least choice first, then those that were left over again. */
export function greedy(problem: Problem, seed: number): Draft {
  const draft = new Draft(problem);
  const groups = groupsOf(problem);
  const chance = { random: new Random(seed), heat: 0 };
  const choice = (group: Group) => Math.min(...group.meetings.map((m) => problem.meetings[m]!.starts.length));
  for (const group of [...groups].sort((a, b) => choice(a) - choice(b))) insertGroup(draft, group, chance);
  draft.settle();
  return draft;
}

/**
 * Improves a draft by small changes that may also be for the worse as long as it is hot. Yields now and then, so that the caller can
 * look at the clock: whenever something better was found, the plan; else undefined. The same seed and number of steps give the same
 * plan, whatever the clock says.
 */
export function* anneal(draft: Draft, groups: readonly Group[], seed: number, steps: number): Generator<Found | undefined> {
  const random = new Random(seed);
  let best = draft.cost + penalty(draft);
  let kept: Plan | undefined;
  for (let step = 0; step < steps; step++) {
    const temperature = HOT * (COLD / HOT) ** (step / steps);
    const mark = draft.mark();
    const before = draft.cost + penalty(draft);
    const move = choose(random);
    const tried = move(draft, groups, { random, heat: temperature });
    const now = draft.cost + penalty(draft);
    if (!tried || now > before - temperature * Math.log(1 - random.next())) draft.back(mark);
    else if (now < best) {
      best = now;
      kept = planOf(draft);
    }
    draft.settle();
    if (step % 200 === 199) {
      yield kept && { cost: best, plan: kept };
      kept = undefined;
    }
  }
  if (kept) yield { cost: best, plan: kept };
}

/** A rule about conferences that is broken weighs more than anything left undecided. */
const penalty = (draft: Draft): number => draft.conferences.broken * 1e7;

function choose(random: Random): Move {
  let at = random.next();
  for (const [move, share] of mix) if ((at -= share) < 0) return move;
  return mix[0]![0];
}
