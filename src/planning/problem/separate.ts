import { CANNOT, type Problem, type ProblemConference, type ProblemSeat, type Start } from './problem.ts';

/** Everybody who may sit in a seat */
export function candidatesOf(problem: Problem, seat: ProblemSeat): readonly number[] {
  if (seat.kind === 'person') return [seat.person];
  if (seat.kind === 'oneOf') return seat.choices.map((choice) => choice.person);
  const list = seat.kind === 'panel' ? problem.panels[seat.panel]! : problem.assignments[seat.assignment]!;
  return list.candidates.map((candidate) => candidate.person);
}

/**
 * Conferences that can be arranged by themselves, whatever the rest of the plan is: no visit can come too late for them, nobody in them
 * can be booked elsewhere on their days, and no officer or load ties them to visits.
 */
export function separateConferences(problem: Problem): Set<number> {
  const busy = busyDays(problem);
  const separate = new Set<number>();
  for (const conference of problem.conferences) {
    const hearings = conference.hearings.map((h) => problem.hearings[h]!);
    const others = problem.conferences.filter((other) => other !== conference).map((other) => peopleOf(problem, other));
    const people = peopleOf(problem, conference);
    const tied =
      hearings.some(({ seats }) => seats.some((seat) => seat.loads.length || seat.kind === 'assigned')) ||
      hearings.some(({ after }) =>
        after.some(({ meeting, days }) => canBeTooLate(problem, conference, meeting, days)),
      ) ||
      [...people].some((person) => others.some((other) => other.has(person))) ||
      [...people].some((person) => meetsConference(conference, busy.get(person)));
    if (!tied) separate.add(conference.index);
  }
  return separate;
}

function canBeTooLate({ calendar, meetings }: Problem, { firstDays }: ProblemConference, m: number, days: number) {
  const first = firstDays[0];
  if (!first) return false;
  const { ordinal } = calendar;
  return meetings[m]!.starts.some((start) => ordinal[first.day]! - ordinal[start.lastDay]! < days);
}

/** Everybody in its seats and among its members */
export function peopleOf(problem: Problem, { members, hearings }: ProblemConference): Set<number> {
  const people = new Set(members.map((member) => member.person));
  for (const h of hearings)
    for (const seat of problem.hearings[h]!.seats) for (const p of candidatesOf(problem, seat)) people.add(p);
  return people;
}

/** By person of a conference: days on which a meeting could book them */
export function busyDays(problem: Problem): Map<number, Set<number>> {
  const busy = new Map<number, Set<number>>();
  for (const conference of problem.conferences)
    for (const person of peopleOf(problem, conference)) busy.set(person, new Set());
  for (const { seats, starts } of problem.meetings)
    for (const start of starts)
      for (const seat of seats)
        for (const person of comers(problem, seat, start)) {
          const days = busy.get(person);
          for (let day = start.firstDay; days && day <= start.lastDay; day++) days.add(day);
        }
  return busy;
}

/** Who could be in a seat at one start */
function comers(problem: Problem, seat: ProblemSeat, start: Start): readonly number[] {
  if (seat.kind === 'person') return [seat.person];
  if (seat.kind !== 'panel') return start.options[seat.index]!.map((option) => option.person);
  const states = start.panel[seat.index]!;
  return problem.panels[seat.panel]!.candidates.flatMap(({ person }, i) => (states[i] === CANNOT ? [] : [person]));
}

export function meetsConference({ firstDays, dayCount }: ProblemConference, days: ReadonlySet<number> | undefined) {
  if (!days) return false;
  return firstDays.some(({ day }) => Array.from({ length: dayCount }, (_, k) => day + k).some((d) => days.has(d)));
}
