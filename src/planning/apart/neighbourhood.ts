import type { Highs } from 'highs';
import { draftOf } from '../model/draft-of.ts';
import type { LinearModel } from '../model/linear-model.ts';
import { bookedOnPanelsAndElsewhere, modelOf, type PlanModel } from '../model/model-of.ts';
import { steps } from '../model/count-columns.ts';
import { relax, solve, type Relaxed } from '../model/solver.ts';
import { CANNOT, stepCost, type Problem, type ProblemMeeting, type Start } from '../problem/problem.ts';
import { fillHearings, vacateHearings } from '../search/arrange.ts';
import { weight } from '../search/anneal.ts';
import type { Draft, Placement } from '../search/draft.ts';
import type { Group } from '../search/groups.ts';
import { putAt } from '../search/insertion.ts';
import { numbersOf, partOf, type Numbers } from './part.ts';

export interface Effort {
  /** Seconds that are left for it */
  readonly seconds: () => number;
  readonly seed: number;
  /** Meetings that stay where they are: only their people may change. */
  readonly staying?: (meeting: number) => boolean;
}

/**
 * Plans some groups anew, as well as it can be done while everything else stays as it is (a large neighbourhood: Shaw, Using constraint
 * programming and local search methods to solve vehicle routing problems, CP 1998). The draft is changed only if it gets cheaper.
 * @returns whether it did
 */
export function improve(draft: Draft, groups: readonly Group[], highs: Highs, effort: Effort): boolean {
  const { problem } = draft;
  const before = weight(draft);
  const mark = draft.mark();
  const numbers = numbersOf(groups);
  const whole = partOf(problem, groups);
  const now = pieceOf(draft, numbers);
  takeOut(draft, groups);
  const part = around(whole, numbers, draft, now, effort);
  const planModel = modelOf(part, {
    allPlaced: now.placements.every((placement) => placement !== null),
    watched: effort.staying ? onPanels(part) : bookedOnPanelsAndElsewhere(part),
    counts: (model, what, units, columns) => countOn(draft, model, what, units, columns),
  });
  const solution = best(highs, planModel, part, now, effort);
  const put = solution && putBack(draft, numbers, draftOf(part, planModel, solution));
  if (put && weight(draft) < before) {
    draft.settle();
    return true;
  }
  draft.back(mark);
  return false;
}

/** Where most dates stay, whoever is needed twice at once can be seen to from the beginning. */
const onPanels = ({ panels }: Problem): Set<number> =>
  new Set(panels.flatMap(({ candidates }) => candidates.map((candidate) => candidate.person)));

/** What is decided of a part, by the part's own numbers */
interface Piece {
  readonly holders: readonly number[];
  readonly members: readonly (readonly number[] | null)[];
  readonly placements: readonly (Placement | null)[];
}

const pieceOf = (draft: Draft, { meetings, assignments, panels }: Numbers): Piece => ({
  holders: [...assignments.keys()].map((a) => draft.holder[a]!),
  members: [...panels.keys()].map((p) => draft.members[p]!),
  placements: [...meetings.keys()].map((m) => draft.placement(m)),
});

function takeOut(draft: Draft, groups: readonly Group[]): void {
  for (const group of groups) {
    for (const m of group.meetings) draft.take(draft.problem.meetings[m]!);
    for (const a of group.assignments) {
      vacateHearings(draft, a);
      draft.assign(a, -1);
    }
    for (const p of group.panels) draft.setPanel(p, null);
  }
}

/** The part as what stays leaves it room: whoever is booked cannot, and a start that nobody can is none. */
function around(part: Problem, numbers: Numbers, draft: Draft, now: Piece, { staying }: Effort): Problem {
  const { problem } = draft;
  const globals = [...numbers.meetings.keys()];
  const meetings = part.meetings.map((meeting, m): ProblemMeeting => {
    const original = problem.meetings[globals[m]!]!;
    const starts: Start[] = [];
    const half = staying?.(original.index) ? now.placements[m]?.start.half : undefined;
    for (const start of original.starts) {
      if (half !== undefined && start.half !== half) continue;
      const open = draft.tallies.fullLimit(original, start) < 0 && draft.conferences.tooLateFor(original, start) < 0;
      const left = open && startLeft(draft, original, start);
      if (left) starts.push({ ...left, index: starts.length });
    }
    return { ...meeting, starts, startOfHalf: new Map(starts.map((start) => [start.half, start])) };
  });
  return { ...part, meetings };
}

function startLeft(draft: Draft, meeting: ProblemMeeting, start: Start): Start | undefined {
  const modes = [false, true].filter((online) => meeting.modeCost[online ? 1 : 0] >= 0);
  const fits = (person: number, seat: ProblemMeeting['seats'][number]) =>
    draft.isSolo(person) ||
    modes.some((online) => draft.diaries.fits(person, draft.span(meeting, seat, start, online)));
  const options: Start['options'][number][] = [];
  const panel: Uint8Array[] = [];
  for (const seat of meeting.seats) {
    if (seat.kind === 'person' && !fits(seat.person, seat)) return undefined;
    const mine = start.options[seat.index]!.filter(({ person }) => fits(person, seat));
    if ((seat.kind === 'oneOf' || seat.kind === 'assigned') && !mine.length) return undefined;
    options.push(mine);
    panel.push(
      seat.kind === 'panel'
        ? start.panel[seat.index]!.map((state, i) =>
            state === CANNOT || fits(draft.problem.panels[seat.panel]!.candidates[i]!.person, seat) ? state : CANNOT,
          )
        : start.panel[seat.index]!,
    );
  }
  return { ...start, options, panel };
}

/** Counts on from what the rest of the plan uses already. */
function countOn(
  { tallies, problem }: Draft,
  model: LinearModel,
  what: Parameters<NonNullable<Parameters<typeof modelOf>[1]['counts']>>[1],
  units: number,
  columns: readonly number[],
): boolean {
  const [used, most, cost] =
    'load' in what
      ? [
          tallies.used(what.load, what.person),
          problem.loads[what.load]!.most[what.person]!,
          problem.loads[what.load]!.cost,
        ]
      : [tallies.counted(what.limit, what.time), problem.limits[what.limit]!.most, problem.limits[what.limit]!.cost];
  if (!used) return false;
  const rest = Array.from({ length: units + 1 }, (_, n) => stepCost(cost, used + n) - stepCost(cost, used));
  steps(model, rest, most - used, units, columns);
  return true;
}

/** The model's best solution that is better than what is there; undefined: none was found */
function best(highs: Highs, planModel: PlanModel, part: Problem, now: Piece, { seconds, seed }: Effort) {
  const { model } = planModel;
  const relaxed = relax(highs, model, Math.max(0.1, seconds()));
  if (relaxed.outcome !== 'optimal') return undefined;
  const start = startOf(planModel, part, now);
  const cost = start && model.broken(start).length === 0 ? model.objectiveOf(start) : Infinity;
  if (relaxed.objective > cost - 1 + 1e-6) return undefined;
  const solved = solve(highs, model, useful(model, relaxed, cost, start), {
    seconds: Math.max(0.1, seconds()),
    seed,
    ...(cost < Infinity ? { start: start! } : {}),
  });
  return solved.x;
}

/** Columns that are in no better plan are left out: they are dearer than the room between the relaxation and the plan. */
function useful(
  model: LinearModel,
  { objective, reducedCost }: Relaxed,
  cost: number,
  start: Float64Array | undefined,
) {
  const room = cost - 1 - objective + 1e-6;
  return Float64Array.from(model.upper, (upper, j) =>
    reducedCost[j]! > room && !(start && start[j]! > 0) ? 0 : upper,
  );
}

function startOf({ model }: PlanModel, part: Problem, now: Piece): Float64Array | undefined {
  const placements = now.placements.map((placement, m) => {
    const start = placement && part.meetings[m]!.startOfHalf.get(placement.start.half);
    return start ? { ...placement, start } : null;
  });
  // a draft knows more than a model asks of it: it is read by these three only
  const reading = { holder: now.holders, members: now.members, placement: (m: number) => placements[m] };
  return model.solutionOf(reading as unknown as Draft);
}

function putBack(draft: Draft, { meetings, assignments, panels }: Numbers, found: Draft): boolean {
  const { problem } = draft;
  for (const [a, index] of assignments) {
    const person = found.holder[index]!;
    if (person < 0) continue;
    if (draft.tallies.fullLoad(problem.assignments[a]!.loads, person) >= 0) return false;
    draft.assign(a, person);
  }
  for (const [p, index] of panels) {
    const members = found.members[index];
    if (!members) continue;
    const { candidates, loads } = problem.panels[p]!;
    if (members.some((i) => draft.tallies.fullLoad(loads, candidates[i]!.person) >= 0)) return false;
    draft.setPanel(p, members);
  }
  for (const [m, index] of meetings) {
    const placement = found.placement(index);
    const meeting = problem.meetings[m]!;
    const start = placement && meeting.startOfHalf.get(placement.start.half);
    if (!start) continue;
    if (draft.tallies.fullLimit(meeting, start) >= 0) return false;
    if (canPut(draft, meeting, { ...placement, start })) draft.put(meeting, { ...placement, start });
    else if (!putAt(draft, meeting, start, placement.online)) return false;
  }
  for (const a of assignments.keys()) fillHearings(draft, a);
  return true;
}

function canPut(draft: Draft, meeting: ProblemMeeting, { start, online, seats, attending }: Placement): boolean {
  return meeting.seats.every((seat) => {
    const people =
      seat.kind === 'panel'
        ? attending[seat.index]!.map((i) => draft.problem.panels[seat.panel]!.candidates[i]!.person)
        : [seats[seat.index]!];
    const span = draft.span(meeting, seat, start, online);
    return people.every((person) => draft.diaries.fits(person, span));
  });
}
