import type { Instance, Plan } from '../instance.ts';
import type { Sit } from '../model/scope.ts';
import { compile } from '../problem/compile.ts';
import type { Problem } from '../problem/problem.ts';
import { Draft } from '../search/draft.ts';
import type { Span } from '../search/diaries.ts';
import { takeOver } from '../search/take-over.ts';
import type { AskScope } from './ask-scope.ts';
import { thingsOf } from './restrict.ts';

/** Points of the model for something in the way: less than any ask */
const IN_THE_WAY = 1;
/** For another day than now */
const ELSEWHERE = 0.05;

/**
 * Makes what stands in the way of the rest of a plan a little dearer: of the cheapest sets of asks one is found then that likely does for
 * the whole year. It never outweighs an ask, so that the cheapest stay the cheapest.
 */
export function preferStanding(whole: Instance, standing: Plan, scope: AskScope): void {
  const year = compiled(whole);
  const inside = new Set(thingsOf(scope.instance));
  const draft = restOf(year, inside, standing);
  const latest = deadlines(year, inside, standing);
  const { model, columns, problem } = scope;
  const dayIndex = new Map([...problem.calendar.ordinal].map((ordinal, day) => [ordinal, day]));
  for (const sit of columns.sits)
    if (sit.seat.kind !== 'panel' && !draft.diaries.fits(sit.person, spanOf(problem, sit, dayIndex)))
      for (const column of sit.columns) model.cost[column]! += IN_THE_WAY;
  columns.holders.forEach((holders, a) => {
    const { id, loads } = problem.assignments[a]!;
    for (const [person, column] of holders) {
      if (draft.tallies.fullLoad(loads, person) >= 0) model.cost[column]! += IN_THE_WAY;
      if (problem.people[person] !== standing.assignments[id]) model.cost[column]! += ELSEWHERE;
    }
  });
  for (const [c, days] of columns.conferenceDays) {
    const { id } = problem.conferences[c]!;
    const now = standing.conferences[id]?.day;
    const hasOthers = whole.conferences
      .find((one) => one.id === id)!
      .hearings.some((hearing) => !inside.has(hearing.id));
    for (const [day, column] of days)
      if (now !== undefined && day !== now) model.cost[column]! += hasOthers ? 2 * IN_THE_WAY : ELSEWHERE;
  }
  for (const meeting of problem.meetings) {
    const now = standing.meetings[meeting.id]?.start;
    for (const start of meeting.starts) {
      const isFull = draft.tallies.fullLimit(meeting, start) >= 0;
      const own = (isFull ? IN_THE_WAY : 0) + (now !== undefined && start.half !== now ? ELSEWHERE : 0);
      const late = problem.calendar.ordinal[start.lastDay]! > (latest.get(meeting.id) ?? Infinity) ? IN_THE_WAY : 0;
      for (const column of columns.starts[meeting.index]![start.index]!) model.cost[column]! += own + late;
    }
  }
}

const problems = new WeakMap<Instance, Problem>();

function compiled(whole: Instance): Problem {
  const problem = problems.get(whole) ?? compile(whole);
  problems.set(whole, problem);
  return problem;
}

/** The plan without these things */
function restOf(year: Problem, ids: ReadonlySet<string>, standing: Plan): Draft {
  const draft = new Draft(year);
  const without = <T>(things: Record<string, T | null>): Record<string, T | null> =>
    Object.fromEntries(Object.entries(things).map(([id, thing]) => [id, ids.has(id) ? null : thing]));
  takeOver(draft, {
    ...standing,
    meetings: without(standing.meetings),
    assignments: without(standing.assignments),
    panels: without(standing.panels),
    hearings: without(standing.hearings),
  });
  return draft;
}

function spanOf(problem: Problem, sit: Sit, dayIndex: ReadonlyMap<number, number>): Span {
  return {
    meeting: sit.meeting,
    from: sit.from,
    until: sit.until,
    first: dayIndex.get(sit.firstDay)!,
    last: dayIndex.get(sit.lastDay)!,
    firstDay: sit.firstDay,
    lastDay: sit.lastDay,
    place: sit.inPerson ? problem.meetings[sit.meeting]!.place : -1,
    travel: sit.seat.travel,
    trip: false,
  };
}

/** By meeting: the last day (since 1970) that is early enough for its hearings where they stand, of those that are not looked at */
function deadlines(year: Problem, inside: ReadonlySet<string>, standing: Plan): Map<string, number> {
  const latest = new Map<string, number>();
  for (const hearing of year.hearings) {
    const day = standing.conferences[year.conferences[hearing.conference]!.id]?.day;
    if (inside.has(hearing.id) || day === undefined) continue;
    for (const { meeting, days } of hearing.after) {
      const { id } = year.meetings[meeting]!;
      latest.set(id, Math.min(latest.get(id) ?? Infinity, year.calendar.ordinal[day]! - days));
    }
  }
  return latest;
}
