import { CANNOT, type ProblemAssignment, type ProblemHearing } from '../problem/problem.ts';
import { fillHearings, rearrange, vacateHearings } from './arrange.ts';
import type { Draft } from './draft.ts';
import { insertMeeting } from './insertion.ts';
import type { Move } from './moves.ts';
import type { Random } from './random.ts';
import { seat } from './seating.ts';

/**
 * Finds a slot for a hearing that has none while its conference has a day: its visits are moved if they are too late for it, an officer
 * who has time on those days takes over, and the others make room. What rests on the officer is put again where it was if that is
 * possible.
 */
export const placeHearing: Move = (draft, _groups, chance) => {
  const { problem } = draft;
  const { random } = chance;
  const open = undecidedHearings(draft);
  if (!open.length) return false;
  const hearing = problem.hearings[random.pick(open)]!;
  const conference = problem.conferences[hearing.conference]!;
  const before = new Map<number, ReturnType<Draft['placement']>>();
  const take = (m: number) => {
    if (draft.placement(m)) before.set(m, draft.placement(m));
    draft.take(problem.meetings[m]!);
  };
  for (const m of lateVisits(draft, hearing)) take(m);
  const a = hearing.assignments.length ? problem.assignments[random.pick(hearing.assignments)]! : undefined;
  const next = a && random.next() < 0.7 ? somebodyWithTime(draft, hearing, a, random) : undefined;
  if (a && next !== undefined) {
    a.meetings.forEach(take);
    vacateHearings(draft, a.index);
    draft.assign(a.index, -1);
    if (draft.tallies.fullLoad(a.loads, next) >= 0) return false;
    draft.assign(a.index, next);
  }
  rearrange(draft, conference, draft.conferences.arrangement(conference.index).day);
  for (const [m, was] of before) {
    const meeting = problem.meetings[m]!;
    const again = was && seat(draft, meeting, was.start, was.online);
    if (again) draft.put(meeting, again);
    else insertMeeting(draft, meeting, chance);
  }
  if (a) fillHearings(draft, a.index);
  return true;
};

function undecidedHearings({ problem, conferences }: Draft): number[] {
  return problem.conferences.flatMap(({ index, hearings }) => {
    const { day, hearings: places } = conferences.arrangement(index);
    return day < 0 ? [] : hearings.filter((_, i) => !places[i]);
  });
}

function lateVisits(draft: Draft, { after, conference }: ProblemHearing): number[] {
  const { ordinal } = draft.problem.calendar;
  const { day } = draft.conferences.arrangement(conference);
  return after.flatMap(({ meeting, days }) => {
    const placement = draft.placement(meeting);
    return placement && ordinal[day]! - ordinal[placement.start.lastDay]! < days ? [meeting] : [];
  });
}

/** A candidate who can be there in some slot of the conference's days; undefined: nobody else */
function somebodyWithTime(
  { problem, conferences, holder }: Draft,
  { conference }: ProblemHearing,
  assignment: ProblemAssignment,
  random: Random,
): number | undefined {
  if (assignment.locked >= 0) return undefined;
  const { slots, dayCount } = problem.conferences[conference]!;
  const { day } = conferences.arrangement(conference);
  const halves = Array.from({ length: dayCount }, (_, d) => slots.map(({ half }) => 2 * (day + d) + half)).flat();
  const able = assignment.candidates.filter(
    ({ person }) => person !== holder[assignment.index] && halves.some((half) => problem.can[person]![half] !== CANNOT),
  );
  return able.length ? random.pick(able).person : undefined;
}
