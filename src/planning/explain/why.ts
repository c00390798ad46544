import type { Text } from '../../kernel/text.ts';
import {
  CANNOT,
  type ProblemAssignment,
  type ProblemHearing,
  type ProblemMeeting,
  type ProblemPanel,
} from '../problem/problem.ts';
import type { Charge } from '../rules/finding.ts';
import { judge, sayCharge } from '../rules/judge.ts';
import type { Placement } from '../search/draft.ts';
import { attendanceOf } from '../search/seating.ts';
import { Standing } from './alternatives.ts';

/** Why a thing is as it is: what its parts cost, and what the next best would cost; all else as it is */
export interface Why {
  /** Meeting, assignment, panel, conference or hearing; load or limit that costs something */
  readonly of: string;
  readonly parts: readonly { part: string; cost: number; text: Text }[];
  /** Of meetings: the next best start */
  readonly runnerUp: { start: number; difference: number } | null;
  readonly people: readonly { seat: string; person: string; next: { person: string; difference: number } | null }[];
}

type People = Why['people'];

/**
 * Everything that is decided or open, with what loads and limits cost at the end, so that the parts of all are the whole cost.
 * @param of only this one
 * @throws RangeError where there is no such thing
 */
export function why(standing: Standing, of?: string): Why[] {
  const { problem, plan } = standing;
  const { charges } = judge(problem, plan);
  const entry = (id: string, rest: Partial<Why> = {}): Why => ({
    of: id,
    parts: partsOf(standing, charges, id),
    runnerUp: null,
    people: [],
    ...rest,
  });
  const isAsked = ({ id }: { id: string }) => of === undefined || id === of;
  const counts = [...problem.loads, ...problem.limits].map(({ source }) => source);
  const found = [
    ...problem.meetings
      .filter(isAsked)
      .map((m) => entry(m.id, { runnerUp: runnerUp(standing, m), people: meetingPeople(standing, m) })),
    ...problem.assignments.filter(isAsked).map((a) => entry(a.id, { people: holder(standing, a) })),
    ...problem.panels.filter(isAsked).map((p) => entry(p.id, { people: members(standing, p) })),
    ...problem.conferences.filter(isAsked).map((c) => entry(c.id)),
    ...problem.hearings.filter(isAsked).map((h) => entry(h.id, { people: hearingPeople(standing, h) })),
    ...counts
      .filter(isAsked)
      .map(({ id }) => entry(id))
      .filter(({ parts }) => of !== undefined || parts.length > 0),
  ];
  if (!found.length && of !== undefined) throw new RangeError(`there is no ${of}`);
  return found;
}

const partsOf = ({ names }: Standing, charges: readonly Charge[], id: string): Why['parts'] =>
  charges
    .filter(({ where }) => where === id || where.startsWith(`${id} `))
    .map((charge) => {
      const { part, cost, text } = sayCharge(charge, names);
      return { part, cost, text };
    });

function runnerUp(standing: Standing, meeting: ProblemMeeting): Why['runnerUp'] {
  const now = standing.draft.placement(meeting.index)?.start.half;
  let best: { start: number; difference: number } | null = null;
  for (const one of standing.alternatives(meeting.id))
    if ('difference' in one && one.start !== now && (!best || one.difference < best.difference))
      best = { start: one.start, difference: one.difference };
  return best;
}

/** The cost's difference after a change that is undone again; undefined: the change is not possible */
function difference({ draft }: Standing, change: () => boolean): number | undefined {
  const before = draft.cost;
  const mark = draft.mark();
  const possible = change() && draft.conferences.broken === 0;
  const more = draft.cost - before;
  draft.back(mark);
  return possible ? more : undefined;
}

/** The best of several others, by what they would cost */
function next(standing: Standing, others: readonly number[], tried: (person: number) => number | undefined) {
  let best: { person: string; difference: number } | null = null;
  for (const person of others) {
    const more = tried(person);
    if (more !== undefined && (!best || more < best.difference))
      best = { person: standing.problem.people[person]!, difference: more };
  }
  return best;
}

function meetingPeople(standing: Standing, meeting: ProblemMeeting): People {
  const { draft, problem } = standing;
  const placement = draft.placement(meeting.index);
  if (!placement) return [];
  return meeting.seats
    .filter((seat) => seat.kind === 'oneOf')
    .map((seat) => {
      const person = placement.seats[seat.index]!;
      const others = placement.start.options[seat.index]!.map((o) => o.person).filter((p) => p !== person);
      const attending = new Set(meeting.seats.flatMap((s) => peopleIn(standing, placement, s.index, s.panel)));
      const tried = (other: number) =>
        difference(standing, () => {
          draft.take(meeting);
          const span = draft.span(meeting, seat, placement.start, placement.online);
          const isFree = draft.tallies.fullLoad(seat.loads, other) < 0 && draft.diaries.fits(other, span);
          if (!isFree || attending.has(other)) return false;
          draft.put(meeting, { ...placement, seats: placement.seats.with(seat.index, other) });
          return true;
        });
      return { seat: seat.id, person: problem.people[person]!, next: next(standing, others, tried) };
    });
}

/** Who else could sit in each oneOf seat of a hearing, its slot as it is */
function hearingPeople(standing: Standing, hearing: ProblemHearing): People {
  const { draft, problem } = standing;
  const conference = problem.conferences[hearing.conference]!;
  const before = draft.conferences.arrangement(conference.index);
  const at = conference.hearings.indexOf(hearing.index);
  const place = before.hearings[at];
  if (!place) return [];
  const span = draft.conferences.span(conference, place.day, place.slot);
  const half = 2 * place.day + conference.slots[place.slot]!.half;
  return hearing.seats
    .filter((seat) => seat.kind === 'oneOf')
    .map((seat) => {
      const person = place.seats[seat.index]!;
      const others = seat.choices
        .map((choice) => choice.person)
        .filter((p) => p !== person && (seat.locked < 0 || seat.locked === p));
      const tried = (other: number) =>
        difference(standing, () => {
          draft.arrange(conference.index, { day: before.day, hearings: before.hearings.with(at, null) });
          const isFree = draft.tallies.fullLoad(seat.loads, other) < 0 && draft.diaries.fits(other, span);
          if (!isFree || problem.can[other]![half] === CANNOT || place.seats.includes(other)) return false;
          const seats = place.seats.with(seat.index, other);
          draft.arrange(conference.index, { day: before.day, hearings: before.hearings.with(at, { ...place, seats }) });
          return true;
        });
      return { seat: seat.id, person: problem.people[person]!, next: next(standing, others, tried) };
    });
}

function peopleIn({ problem }: Standing, { seats, attending }: Placement, seat: number, panel: number): number[] {
  return panel < 0 ? [seats[seat]!] : attending[seat]!.map((i) => problem.panels[panel]!.candidates[i]!.person);
}

/** Who else could hold an assignment, its meetings and hearings where they are */
function holder(standing: Standing, assignment: ProblemAssignment): People {
  const { draft, problem } = standing;
  const person = draft.holder[assignment.index]!;
  if (person < 0) return [];
  const tried = (other: number) =>
    difference(standing, () => {
      const before = assignment.meetings.map((m) => draft.placement(m));
      const conferences = problem.conferences.filter((c) => c.hearings.some((h) => assignment.hearings.includes(h)));
      const arrangements = conferences.map((c) => draft.conferences.arrangement(c.index));
      conferences.forEach((c) => draft.arrange(c.index, { day: -1, hearings: c.hearings.map(() => null) }));
      for (const m of assignment.meetings) draft.take(problem.meetings[m]!);
      draft.assign(assignment.index, -1);
      if (draft.tallies.fullLoad(assignment.loads, other) >= 0) return false;
      draft.assign(assignment.index, other);
      for (const [i, m] of assignment.meetings.entries()) {
        const placement = before[i];
        const moved = placement && heldBy(standing, problem.meetings[m]!, placement, assignment.index, other);
        if (placement && !moved) return false;
        if (moved) draft.put(problem.meetings[m]!, moved);
      }
      return conferences.every((c, k) => heardBy(standing, c.index, arrangements[k]!, assignment, other));
    });
  const others = assignment.candidates.map((c) => c.person).filter((p) => p !== person);
  return [{ seat: assignment.id, person: problem.people[person]!, next: next(standing, others, tried) }];
}

function heldBy(
  { draft }: Standing,
  meeting: ProblemMeeting,
  placement: Placement,
  assignment: number,
  person: number,
) {
  let seats = placement.seats;
  for (const seat of meeting.seats) {
    if (seat.assignment !== assignment) continue;
    const span = draft.span(meeting, seat, placement.start, placement.online);
    const isOption = placement.start.options[seat.index]!.some((o) => o.person === person);
    if (!isOption || seats.includes(person) || !draft.diaries.fits(person, span)) return undefined;
    seats = seats.with(seat.index, person);
  }
  return { ...placement, seats };
}

function heardBy(
  { draft, problem }: Standing,
  conference: number,
  before: ReturnType<Standing['draft']['conferences']['arrangement']>,
  assignment: ProblemAssignment,
  person: number,
): boolean {
  const { hearings, slots } = problem.conferences[conference]!;
  let possible = true;
  const places = before.hearings.map((place, i) => {
    if (!place || !assignment.hearings.includes(hearings[i]!)) return place;
    let seats = place.seats;
    for (const seat of problem.hearings[hearings[i]!]!.seats)
      if (seat.assignment === assignment.index) seats = seats.with(seat.index, person);
    const span = draft.conferences.span(problem.conferences[conference]!, place.day, place.slot);
    const state = problem.can[person]![2 * place.day + slots[place.slot]!.half]!;
    possible &&= state !== CANNOT && draft.diaries.fits(person, span) && new Set(seats).size === seats.length;
    return { ...place, seats };
  });
  draft.arrange(conference, { day: before.day, hearings: places });
  return possible;
}

/** Who else could be on a panel in place of each member, its meetings where they are */
function members(standing: Standing, panel: ProblemPanel): People {
  const { draft, problem } = standing;
  const now = draft.members[panel.index];
  if (!now) return [];
  const others = panel.candidates.flatMap((c, i) => (now.includes(i) ? [] : [c.person]));
  return now.map((member) => {
    const tried = (other: number) => {
      const swapped = now.map((i) => (i === member ? panel.candidateOf.get(other)! : i)).sort((a, b) => a - b);
      return difference(standing, () => replaced(standing, panel, swapped));
    };
    return {
      seat: panel.id,
      person: problem.people[panel.candidates[member]!.person]!,
      next: next(standing, others, tried),
    };
  });
}

function replaced({ draft, problem }: Standing, panel: ProblemPanel, next: readonly number[]): boolean {
  if (next.reduce((covered, i) => covered | panel.covers[i]!, 0) !== panel.allNeeds) return false;
  const before = panel.meetings.map(({ meeting }) => draft.placement(meeting));
  for (const { meeting } of panel.meetings) draft.take(problem.meetings[meeting]!);
  draft.setPanel(panel.index, null);
  if (next.some((i) => draft.tallies.fullLoad(panel.loads, panel.candidates[i]!.person) >= 0)) return false;
  draft.setPanel(panel.index, next);
  return panel.meetings.every(({ meeting: m }, k) => {
    const placement = before[k];
    if (!placement) return true;
    const meeting = problem.meetings[m]!;
    const taken = new Set(placement.seats.filter((person) => person >= 0));
    const attending = attendanceOf(draft, meeting, placement.start, placement.online, taken);
    if (attending) draft.put(meeting, { ...placement, attending });
    return attending !== undefined;
  });
}
