import { candidatesOf, separateConferences } from '../problem/separate.ts';
import type { Problem } from '../problem/problem.ts';
import { conferenceColumns } from './conference-columns.ts';
import { countColumns, memberUses } from './count-columns.ts';
import { journeyColumns } from './journey-columns.ts';
import { LinearModel } from './linear-model.ts';
import { meetingColumns } from './meeting-columns.ts';
import { panelColumns } from './panel-columns.ts';
import type { Counts, MeetingColumns, ModelScope } from './scope.ts';

export interface PlanModel {
  readonly model: LinearModel;
  readonly columns: MeetingColumns;
  /** by panel, by candidate: columns whose sum says that they are a member */
  readonly members: readonly (readonly (readonly number[])[])[];
}

export interface ModelOptions {
  /** Nothing may stay undecided: a plan is known that costs less than that. */
  readonly allPlaced: boolean;
  /** Panel members whose double bookings are looked at; see `bookedOnPanelsAndElsewhere` */
  readonly watched: ReadonlySet<number>;
  /** Members of conferences whose bookings elsewhere are looked at; default: nobody's */
  readonly watchedMembers?: ReadonlySet<number>;
  /** Loads and limits that the model shall not count itself */
  readonly counts?: Counts;
}

/**
 * The plan as a mixed-integer programme: all rules but those about panel members booked twice by different panels (only of `watched`
 * people) and about committee members booked elsewhere. What it leaves out only makes plans cheaper: its optimum is a true bound, and a
 * plan found by it is judged like any other. Conferences that depend on nothing else are not in it.
 */
export function modelOf(
  problem: Problem,
  { allPlaced, watched, watchedMembers = new Set(), counts }: ModelOptions,
): PlanModel {
  const model = new LinearModel();
  const scope: ModelScope = {
    problem,
    model,
    allPlaced,
    watched,
    watchedMembers,
    separate: separateConferences(problem),
    travellers: travellersOf(problem),
    counts,
  };
  const columns = meetingColumns(scope);
  const members = panelColumns(scope, columns);
  const uses = conferenceColumns(scope, columns);
  countColumns(scope, columns, [...memberUses(scope, members), ...uses]);
  journeyColumns(scope, columns);
  return { model, columns, members };
}

function travellersOf(problem: Problem): Set<number> {
  const travellers = new Set<number>();
  for (const { seats } of problem.meetings)
    for (const seat of seats)
      if (seat.travel || seat.trip) for (const person of candidatesOf(problem, seat)) travellers.add(person);
  return travellers;
}

/** People who may be on a panel and in another seat as well */
export function bookedOnPanelsAndElsewhere(problem: Problem): Set<number> {
  const seated = new Set<number>();
  for (const { seats } of problem.meetings)
    for (const seat of seats)
      if (seat.kind !== 'panel') for (const person of candidatesOf(problem, seat)) seated.add(person);
  const both = problem.panels.flatMap((panel) => panel.candidates.map((c) => c.person)).filter((p) => seated.has(p));
  return new Set(both);
}
