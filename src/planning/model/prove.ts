import type { Highs } from 'highs';
import { separateConferences } from '../problem/separate.ts';
import { CANNOT, type Problem, type ProblemConference } from '../problem/problem.ts';
import { judge } from '../rules/judge.ts';
import type { Found } from '../search/anneal.ts';
import { rearrange } from '../search/arrange.ts';
import { Draft } from '../search/draft.ts';
import { planOf } from '../search/plan-of.ts';
import { takeOver } from '../search/take-over.ts';
import { draftOf } from './draft-of.ts';
import { guidedSearch } from './guided.ts';
import type { LinearModel } from './linear-model.ts';
import { bookedOnPanelsAndElsewhere, modelOf, type PlanModel } from './model-of.ts';
import type { Proof, ProofHooks } from './proof.ts';
import { MOST_COLUMNS, relax, solve, wholeBound, type Relaxed } from './solver.ts';

/** Searches from the relaxation without anything better after which it is left to the solver: fewer where the solver is quick */
const patience = (problem: Problem, isFar: boolean): number => (problem.meetings.length > 24 ? 6 : isFar ? 3 : 1);
/** Part of the cost between bound and best plan above which the solver will be slow */
const FAR = 0.01;
const MOST_GUIDED = 24;

/** How often the model is built anew because somebody was needed twice at once */
const TIMES = 4;

/**
 * Finds the best plan and proves it: the relaxation's bound while the search still looks; columns that no better plan can use removed by
 * their reduced cost; then the model, begun from the best plan. The same instance, seed and searched plan give the same proven plan.
 */
export async function prove(problem: Problem, highs: Highs, seed: number, hooks: ProofHooks): Promise<Proof> {
  const apart = separateCost(problem);
  let best = hooks.first;
  const complete = ({ cost, plan }: Found) => cost - apart <= problem.unplaced && judge(problem, plan).valid;
  if (!complete(best)) best = await hooks.searched();
  let bound = apart;
  let watched: ReadonlySet<number> = bookedOnPanelsAndElsewhere(problem);
  let watchedMembers: ReadonlySet<number> = new Set();
  for (let time = 0; time < TIMES; time++) {
    const planModel = modelOf(problem, { allPlaced: complete(best), watched, watchedMembers });
    planModel.model.offset += apart;
    if (planModel.model.columns > MOST_COLUMNS) break;
    const relaxed = relax(highs, planModel.model, hooks.seconds());
    if (relaxed.outcome === 'infeasible') return { outcome: 'infeasible', best, bound };
    if (relaxed.outcome === 'optimal') hooks.onBound((bound = Math.max(bound, wholeBound(relaxed.objective))));
    if (time === 0) {
      best = better(best, await hooks.searched());
      if (relaxed.outcome === 'optimal') best = guided(problem, planModel, relaxed, seed, best, bound, hooks);
    }
    if (bound >= best.cost) return { outcome: 'proven', best, bound: best.cost };
    const told = bound;
    const solved = solveFrom(problem, highs, seed, planModel, relaxed, best, {
      ...hooks,
      onBound: (b) => hooks.onBound((bound = Math.max(bound, Math.min(wholeBound(b), best.cost)))),
    });
    if (solved.outcome === 'infeasible') return { outcome: 'infeasible', best, bound: told };
    best = solved.best;
    bound = Math.min(Math.max(bound, wholeBound(solved.bound)), best.cost);
    hooks.onBound(bound);
    if (bound >= best.cost) return { outcome: 'proven', best, bound };
    if (solved.outcome !== 'optimal' || !solved.x) break;
    const { members, twice } = overbooked(problem, draftOf(problem, planModel, solved.x));
    if (![...members, ...twice].some((person) => !watched.has(person)) && members.every((p) => watchedMembers.has(p)))
      break;
    watched = new Set([...watched, ...twice, ...members]);
    watchedMembers = new Set([...watchedMembers, ...members]);
  }
  return { outcome: 'open', best, bound };
}

/** Looks again, with what the relaxation knows, until nothing better was found for a while. */
function guided(
  problem: Problem,
  planModel: PlanModel,
  { x }: Relaxed,
  seed: number,
  known: Found,
  bound: number,
  { onPlan }: ProofHooks,
): Found {
  let best = known;
  let since = 0;
  for (const { rounds, found } of guidedSearch(problem, planModel, x, seed)) {
    const judged = found && found.cost < best.cost ? judge(problem, found.plan) : undefined;
    if (judged?.valid && judged.cost < best.cost) {
      best = { cost: judged.cost, plan: found!.plan };
      since = rounds;
      onPlan(best);
    }
    const isFar = best.cost - bound > FAR * best.cost;
    if (best.cost <= bound || rounds - since >= patience(problem, isFar) || rounds >= MOST_GUIDED) break;
  }
  return best;
}

const better = (a: Found, b: Found): Found => (b.cost <= a.cost ? b : a);

/** What conferences that are arranged by themselves cost at least: exactly that */
export function separateCost(problem: Problem): number {
  const draft = new Draft(problem);
  const before = draft.cost;
  let undecided = 0;
  for (const c of separateConferences(problem)) {
    const conference = problem.conferences[c]!;
    undecided += problem.unplaced * (1 + conference.hearings.length);
    rearrange(draft, conference);
  }
  return undecided + draft.cost - before;
}

function solveFrom(
  problem: Problem,
  highs: Highs,
  seed: number,
  planModel: PlanModel,
  relaxed: Relaxed,
  known: Found,
  hooks: ProofHooks,
) {
  let best = known;
  const draft = new Draft(problem);
  takeOver(draft, known.plan);
  const start = planModel.model.solutionOf(draft);
  const isWhole = judge(problem, known.plan).valid && draft.cost === known.cost;
  const consider = (x: Float64Array) => {
    const plan = planOf(draftOf(problem, planModel, x));
    const { valid, cost } = judge(problem, plan);
    if (!valid || (cost >= best.cost && judge(problem, best.plan).valid)) return;
    best = { cost, plan };
    hooks.onPlan(best);
  };
  const upper =
    relaxed.outcome === 'optimal' && isWhole ? useful(planModel.model, relaxed, best.cost - 1, start) : undefined;
  const solved = solve(highs, planModel.model, upper ?? planModel.model.upper, {
    seconds: hooks.seconds(),
    seed,
    ...(isWhole ? { start } : {}),
    onSolution: consider,
    onBound: hooks.onBound,
  });
  if (solved.x) consider(solved.x);
  return { ...solved, best };
}

/** A column that is dearer than the room above the bound is in no plan that costs no more than `cap`. A start's own stay. */
function useful(
  model: LinearModel,
  { objective, reducedCost }: Relaxed,
  cap: number,
  start?: Float64Array,
): Float64Array {
  const room = cap - objective + 1e-6;
  return Float64Array.from(model.upper, (upper, j) => (reducedCost[j]! > room && !start?.[j] ? 0 : upper));
}

/** Members of panels and of conferences who could come by their own diary and do not, because another meeting has them */
function overbooked(problem: Problem, draft: Draft): { twice: number[]; members: number[] } {
  const separate = separateConferences(problem);
  const members = problem.conferences.flatMap((conference) =>
    separate.has(conference.index)
      ? []
      : conference.members.flatMap(({ person }) => (isBookedIn(draft, conference, person) ? [person] : [])),
  );
  return { members, twice: neededTwice(problem, draft) };
}

/** A meeting has them on a day on which the conference might be. */
function isBookedIn(draft: Draft, conference: ProblemConference, person: number): boolean {
  const days = new Set(
    conference.firstDays.flatMap(({ day }) => Array.from({ length: conference.dayCount }, (_, k) => day + k)),
  );
  return [...days].some((day) =>
    conference.slots.some((_, slot) => !draft.diaries.fits(person, draft.conferences.span(conference, day, slot))),
  );
}

function neededTwice(problem: Problem, draft: Draft): number[] {
  const people: number[] = [];
  for (const meeting of problem.meetings) {
    const placement = draft.placement(meeting.index);
    for (const seat of meeting.seats) {
      if (seat.kind !== 'panel') continue;
      const { candidates, index } = problem.panels[seat.panel]!;
      for (const i of draft.members[index] ?? [])
        if (
          !placement ||
          (placement.start.panel[seat.index]![i] !== CANNOT && !placement.attending[seat.index]!.includes(i))
        )
          people.push(candidates[i]!.person);
    }
  }
  return people;
}
