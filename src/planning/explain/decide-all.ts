import type { Highs } from 'highs';
import type { Instance, Plan } from '../instance.ts';
import { draftOf } from '../model/draft-of.ts';
import { bookedOnPanelsAndElsewhere, modelOf } from '../model/model-of.ts';
import { MOST_COLUMNS, solve } from '../model/solver.ts';
import { compile } from '../problem/compile.ts';
import type { Problem } from '../problem/problem.ts';
import { separateConferences } from '../problem/separate.ts';
import { judge } from '../rules/judge.ts';
import { anneal, weight } from '../search/anneal.ts';
import { rearrange } from '../search/arrange.ts';
import { Draft } from '../search/draft.ts';
import { groupsOf } from '../search/groups.ts';
import { insertGroup } from '../search/insertion.ts';
import { planOf } from '../search/plan-of.ts';
import { Random } from '../search/random.ts';
import { greedy, search } from '../search/search.ts';
import { takeOver } from '../search/take-over.ts';

/** Whether everything can be decided; `open`: neither a plan nor a proof was found. The plan is the best attempt. */
export interface Verdict {
  readonly verdict: 'yes' | 'no' | 'open';
  readonly plan: Plan;
}

/** first: only the first plan is looked at; search: no solver, which takes seconds for a whole year */
export type Effort = 'first' | 'search' | 'all';

export interface Means {
  readonly highs: Highs;
  /** Seconds that are left for the whole question; 0: none */
  readonly left: () => number;
}

/** Meetings up to which the solver is as quick as the search, and refutes as well */
const FEW = 8;

/**
 * Whether a plan exists in which nothing is undecided and every lock is kept: found by search, or refuted by the solver.
 * @param instance restricted (restrict.ts), so that undecided things are dear
 */
export function decideAll(instance: Instance, means: Means, seconds: number, effort: Effort = 'all'): Verdict {
  const problem = compile(instance);
  const first = planOf(greedy(problem));
  if (isComplete(problem, first)) return { verdict: 'yes', plan: first };
  if (isHopeless(problem)) return { verdict: 'no', plan: first };
  const end = Math.max(0, means.left() - seconds);
  if (effort === 'first') return { verdict: 'open', plan: first };
  const attempt = problem.meetings.length > FEW ? searched(problem, first, means, end) : first;
  if (isComplete(problem, attempt)) return { verdict: 'yes', plan: attempt };
  const solved = effort === 'search' ? undefined : bySolver(problem, means, Math.max(0.5, means.left() - end));
  if (!solved || (!solved.plan && !solved.isRefuted)) return { verdict: 'open', plan: attempt };
  return solved.plan ? { verdict: 'yes', plan: solved.plan } : { verdict: 'no', plan: attempt };
}

/** Steps of one annealing, by group, from a plan that is nearly complete */
const STEPS = 150;
/** Temperature there, in points of cost */
const HOT = 2;

/**
 * Whether everything can be decided, looked for around a plan: what is undecided in it is put in as is best, then everything is moved a little.
 * @param first what keeps its place before the rest
 */
export function decideFrom(
  instance: Instance,
  begun: Plan,
  first: (id: string) => boolean,
  means: Means,
  seconds: number,
): Verdict {
  const problem = compile(instance);
  const end = Math.max(0, means.left() - seconds);
  const draft = new Draft(problem);
  takeOver(draft, begun, first);
  const groups = groupsOf(problem);
  for (const group of groups) insertGroup(draft, group, { random: new Random(0), heat: 0 });
  for (const conference of problem.conferences) mendConference(draft, conference);
  draft.settle();
  let plan = planOf(draft);
  if (isComplete(problem, plan)) return { verdict: 'yes', plan };
  if (isHopeless(problem)) return { verdict: 'no', plan };
  const separate = separateConferences(problem);
  const tied = problem.conferences.map((c) => c.index).filter((c) => !separate.has(c));
  const how = { groups, tied, random: new Random(1), hot: HOT, steps: STEPS * groups.length };
  for (const found of anneal(draft, how)) {
    if (found) plan = found.plan;
    if (found && isComplete(problem, plan)) return { verdict: 'yes', plan };
    if (means.left() <= end) break;
  }
  return { verdict: 'open', plan };
}

/** Arranged anew where something of it is undecided, as long as that is better */
function mendConference(draft: Draft, conference: Problem['conferences'][number]): void {
  const { day, hearings } = draft.conferences.arrangement(conference.index);
  if (day >= 0 && hearings.every((place) => place) && draft.conferences.broken === 0) return;
  const mark = draft.mark();
  const before = weight(draft);
  rearrange(draft, conference);
  if (weight(draft) > before) draft.back(mark);
}

/** One annealing, or until everything is decided */
function searched(problem: Problem, first: Plan, means: Means, end: number): Plan {
  let plan = first;
  for (const { found, rounds } of search(problem, 1)) {
    if (found) plan = found.plan;
    if ((found && isComplete(problem, plan)) || rounds >= 1 || means.left() <= end) break;
  }
  return plan;
}

export function isComplete(problem: Problem, plan: Plan): boolean {
  const { valid, unplaced } = judge(problem, plan);
  return valid && unplaced === 0;
}

/** Seen without looking for a plan: something has nowhere to go whatever the rest does. */
function isHopeless(problem: Problem): boolean {
  if (problem.unkeepable.length) return true;
  if (problem.meetings.some(({ starts }) => !starts.length)) return true;
  if (problem.assignments.some(({ candidates }) => !candidates.length)) return true;
  const draft = new Draft(problem);
  return [...separateConferences(problem)].some((c) => {
    const conference = problem.conferences[c]!;
    rearrange(draft, conference);
    const { day, hearings } = draft.conferences.arrangement(c);
    return day < 0 || hearings.some((place) => !place);
  });
}

function bySolver(problem: Problem, { highs }: Means, seconds: number): { plan?: Plan; isRefuted: boolean } {
  const planModel = modelOf(problem, { allPlaced: true, watched: bookedOnPanelsAndElsewhere(problem) });
  const { model } = planModel;
  if (model.columns > MOST_COLUMNS) return { isRefuted: false };
  model.cost.fill(0);
  const solved = solve(highs, model, model.upper, { seconds, seed: 0 });
  if (solved.outcome === 'infeasible') return { isRefuted: true };
  const plan = solved.x && planOf(draftOf(problem, planModel, solved.x));
  return plan && isComplete(problem, plan) ? { plan, isRefuted: false } : { isRefuted: false };
}
