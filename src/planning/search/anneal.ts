import type { Plan } from '../instance.ts';
import type { Draft } from './draft.ts';
import { forceMeeting } from './force.ts';
import type { Group } from './groups.ts';
import { placeHearing } from './hearing-move.ts';
import {
  changeHolder,
  changePanel,
  chainPanels,
  moveConference,
  moveMeeting,
  rebuildGroups,
  type Move,
} from './moves.ts';
import { decidedIn, planOf, type Decided } from './plan-of.ts';
import type { Random } from './random.ts';

export interface Found {
  readonly cost: number;
  readonly plan: Plan;
}

export interface Annealing {
  readonly groups: readonly Group[];
  /** Conferences that depend on visits or officers */
  readonly tied: readonly number[];
  readonly random: Random;
  /** Temperature at the beginning, in points of cost: what a worsening may cost to be taken now and then */
  readonly hot: number;
  readonly steps: number;
}

/** Temperature at the end */
const COLD = 0.25;

/**
 * Improves a draft by small changes that may also be for the worse as long as it is hot. Yields now and then, and the plan whenever
 * something better was found.
 */
export function* anneal(draft: Draft, { groups, tied, random, hot, steps }: Annealing): Generator<Found | undefined> {
  const mix = mixOf(tied);
  let best = weight(draft);
  let kept: Decided | undefined;
  for (let step = 0; step < steps; step++) {
    const temperature = hot * (COLD / hot) ** (step / steps);
    const mark = draft.mark();
    const before = weight(draft);
    const tried = choose(mix, random)(draft, groups, { random, heat: temperature });
    const now = weight(draft);
    if (!tried || now > before - temperature * Math.log(1 - random.next())) draft.back(mark);
    else if (now < best) {
      best = now;
      kept = decidedIn(draft);
    }
    draft.settle();
    if (step % 100 === 99) {
      yield kept && foundOf(best, kept);
      kept = undefined;
    }
  }
  if (kept) yield foundOf(best, kept);
}

/** The plan is written when it is asked for: few of many small improvements are ever looked at. */
function foundOf(cost: number, decided: Decided): Found {
  let plan: Plan | undefined;
  return {
    cost,
    get plan() {
      return (plan ??= planOf(decided));
    },
  };
}

/** The cost, and more than anything undecided costs for each rule that is broken: hearings without quorum, locks that are not kept */
export const weight = (draft: Draft): number =>
  draft.cost + (draft.conferences.broken + (draft.problem.instance.locks.length ? draft.missing : 0)) * 1e7;

function mixOf(tied: readonly number[]): readonly (readonly [Move, number])[] {
  return [
    [forceMeeting, 0.45],
    [rebuildGroups, 0.08],
    [moveMeeting, 0.02],
    [changeHolder, 0.02],
    [chainPanels, 0.03],
    // as dear as many other moves: as often as one or two conferences need it, however many there are
    [moveConference(tied), tied.length ? Math.min(0.01, 0.02 / tied.length) : 0],
    [placeHearing, tied.length ? 0.02 : 0],
    [changePanel, 1],
  ];
}

function choose(mix: readonly (readonly [Move, number])[], random: Random): Move {
  let at = random.next();
  for (const [move, share] of mix) if ((at -= share) < 0) return move;
  return mix.at(-1)![0];
}
