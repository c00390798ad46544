import type { Problem, ProblemConference } from '../problem/problem.ts';
import { separateConferences } from '../problem/separate.ts';
import { anneal, weight, type Found } from './anneal.ts';
import { promisingDays, rearrange } from './arrange.ts';
import { Draft } from './draft.ts';
import { groupsOf, type Group } from './groups.ts';
import { insertGroup } from './insertion.ts';
import { placeRest } from './place-rest.ts';
import { planOf } from './plan-of.ts';
import { Random } from './random.ts';
import { takeOver } from './take-over.ts';

/** Temperature, in points of cost, at the beginning of one annealing */
const HOT = 2.5;
/** Steps of one annealing, by group */
const STEPS = 1100;

/** Groups above which all annealings but the first go on from the best plan: each is so long that another beginning would be a waste */
const MANY = 60;
/** There: steps of the first annealing at most, how much longer each is than the one before, and how hot the later ones begin */
const FIRST_STEPS = 250_000;
const LONGER = 1.5;
const WARM = 1.2;

/** Conferences of which each is tried on many days */
const FEW = 2;

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
  const groups = groupsOf(problem);
  const order = [...groups].sort((a, b) => locked(b) - locked(a) || choice(a) - choice(b));
  for (const group of order) insertGroup(draft, group, chance);
  placeRest(draft, groups);
  for (const c of problem.conferences) {
    // each day of each conference would be half of the work where there are many
    const isOneOfMany = problem.conferences.length > FEW;
    if (isOneOfMany) rearrange(draft, c, days.get(c.index));
    if (!isOneOfMany || draft.conferences.arrangement(c.index).hearings.includes(null)) rearrange(draft, c);
  }
  draft.settle();
  return draft;
}

/** Greedy plans with one tied conference on other promising days, the best first; one where nothing is tied */
function beginnings(problem: Problem, tied: readonly number[], first: Found): Found[] {
  // with many conferences each has little weight, and each trial costs more
  if (!tied.length || tied.length > FEW) return [first];
  const empty = new Draft(problem);
  const promising = problem.conferences.map((c) => promisingDays(empty, c));
  const best = new Map(promising.map((list, c) => [c, list[0]?.day ?? -1]));
  const plans: Draft[] = [];
  for (const c of tied)
    for (const { day } of promising[c]!.slice(1, 8)) plans.push(greedyWith(problem, new Map(best).set(c, day)));
  return [first, ...plans.map((draft) => ({ cost: weight(draft), plan: planOf(draft) }))].sort(
    (a, b) => a.cost - b.cost,
  );
}

/**
 * Anneals from greedy plans again and again, in turn from one of them and from the best. It does not end by itself; it yields now and
 * then, so that the caller can look at the clock, and whenever something better was found. The same seed gives the same plan after the
 * same number of rounds, whatever the clock says, where no plan from elsewhere is handed in (as `next(plan)`): with a better one it goes on
 * from there in the next round.
 */
export function* search(problem: Problem, seed: number): Generator<Step, never, Found | undefined> {
  const first = greedy(problem);
  let best: Found = { cost: weight(first), plan: planOf(first) };
  yield { rounds: 0, found: best };
  const groups = groupsOf(problem);
  const separate = separateConferences(problem);
  const tied = problem.conferences.map((c) => c.index).filter((c) => !separate.has(c));
  const begin = beginnings(problem, tied, best);
  for (let round = 0; ; round++) {
    const draft = new Draft(problem);
    const isFresh = groups.length > MANY ? round === 0 : round % 2 === 0;
    takeOver(draft, isFresh ? begin[(round / 2) % begin.length]!.plan : best.plan);
    draft.settle();
    const random = new Random(seed * 7919 + round);
    for (const found of anneal(draft, { groups, tied, random, ...effortOf(groups.length, round) })) {
      const better = found && found.cost < best.cost;
      if (better) best = found;
      best = cheaper(best, yield better ? { rounds: round, found } : { rounds: round });
    }
    best = cheaper(best, yield { rounds: round + 1 });
  }
}

const cheaper = (best: Found, other: Found | undefined): Found => (other && other.cost < best.cost ? other : best);

function effortOf(groups: number, round: number): { hot: number; steps: number } {
  const steps = STEPS * groups;
  if (groups <= MANY) return { hot: HOT, steps };
  return { hot: round ? WARM : HOT, steps: Math.round(Math.min(steps, FIRST_STEPS) * LONGER ** round) };
}
