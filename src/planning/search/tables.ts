import {
  begins,
  CANNOT,
  ends,
  IF_NEED_BE,
  type Calendar,
  type Problem,
  type ProblemMeeting,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import type { Span } from './diaries.ts';

/**
 * What a search asks of a meeting again and again, worked out once: the part of each start's cost that no booking and no load can
 * change, the seats for which that cannot be said, and what each panel candidate costs there by being △ or away.
 */
export interface MeetingTable {
  /** by start */
  readonly still: Float64Array;
  /** Seats that have to be looked at in the diaries and loads */
  readonly seats: readonly ProblemSeat[];
  /** Panel seats: by start × candidates + candidate */
  readonly away: readonly { readonly seat: ProblemSeat; readonly cost: Float64Array; readonly width: number }[];
  /** When and where somebody in a seat is taken */
  span(seat: ProblemSeat, start: Start, online: boolean): Span;
}

/** What follows from a problem alone */
interface Standing {
  /** by person: nobody but one meeting could ever book them */
  readonly solo: Uint8Array;
  readonly tables: readonly MeetingTable[];
}

/** However many drafts are made of a problem: in large years this is a tenth of a first plan */
const known = new WeakMap<Problem, Standing>();

export function standingOf(problem: Problem): Standing {
  const before = known.get(problem);
  if (before) return before;
  const solo = soloPeople(problem);
  const standing = { solo, tables: problem.meetings.map((meeting) => tableOf(problem, meeting, solo)) };
  known.set(problem, standing);
  return standing;
}

function tableOf(problem: Problem, meeting: ProblemMeeting, solo: Uint8Array): MeetingTable {
  const isStill = (seat: ProblemSeat) =>
    seat.kind === 'person'
      ? solo[seat.person] === 1 && !seat.trip
      : seat.kind === 'oneOf' && !seat.trip && !seat.loads.length && seat.choices.every((c) => solo[c.person] === 1);
  const still = Float64Array.from(meeting.starts, (start) => {
    let cost = start.base;
    for (const seat of meeting.seats)
      if (seat.kind === 'oneOf' && isStill(seat)) cost += Math.min(...start.options[seat.index]!.map((o) => o.cost));
    return cost;
  });
  const away = meeting.seats
    .filter((seat) => seat.kind === 'panel')
    .map((seat) => {
      const width = problem.panels[seat.panel]!.candidates.length;
      const cost = new Float64Array(meeting.starts.length * width);
      meeting.starts.forEach((start, s) => {
        start.panel[seat.index]!.forEach((state, i) => {
          const coming = state === CANNOT ? Infinity : state === IF_NEED_BE ? seat.tentative : 0;
          cost[s * width + i] = Math.min(seat.absent, coming);
        });
      });
      return { seat, cost, width };
    });
  return {
    span: spansOf(problem.calendar, meeting),
    still,
    seats: meeting.seats.filter((seat) => seat.kind !== 'panel' && !isStill(seat)),
    away,
  };
}

/** Spans are made when they are first asked for, one for all seats that are taken alike. */
function spansOf(calendar: Calendar, meeting: ProblemMeeting): MeetingTable['span'] {
  const alike = (a: ProblemSeat, b: ProblemSeat) =>
    a.openingOnly === b.openingOnly && a.travel === b.travel && a.trip === b.trip;
  const kinds: ProblemSeat[] = [];
  const kindOf = meeting.seats.map((seat) => {
    const known = kinds.findIndex((kind) => alike(kind, seat));
    return known >= 0 ? known : kinds.push(seat) - 1;
  });
  const spans: (Span | undefined)[] = [];
  return (seat, start, online) => {
    const key = (start.index * 2 + (online ? 1 : 0)) * kinds.length + kindOf[seat.index]!;
    return (spans[key] ??= spanOf(calendar, meeting, seat, start, online));
  };
}

function spanOf(calendar: Calendar, meeting: ProblemMeeting, seat: ProblemSeat, start: Start, online: boolean): Span {
  const until = seat.openingOnly ? start.half : start.last;
  return {
    meeting: meeting.index,
    from: begins(calendar, start.half),
    until: ends(calendar, until),
    first: start.firstDay,
    last: until >> 1,
    firstDay: calendar.ordinal[start.firstDay]!,
    lastDay: calendar.ordinal[until >> 1]!,
    place: online ? -1 : meeting.place,
    travel: seat.travel,
    trip: seat.trip,
  };
}

function soloPeople(problem: Problem): Uint8Array {
  const bookedBy = new Int32Array(problem.people.length).fill(-1);
  const solo = new Uint8Array(problem.people.length).fill(1);
  const note = (person: number, by: number) => {
    if (bookedBy[person] !== -1 && bookedBy[person] !== by) solo[person] = 0;
    bookedBy[person] = by;
  };
  const peopleOf = (seat: ProblemSeat): number[] =>
    seat.kind === 'person'
      ? [seat.person]
      : seat.kind === 'oneOf'
        ? seat.choices.map((c) => c.person)
        : (seat.kind === 'panel' ? problem.panels[seat.panel]! : problem.assignments[seat.assignment]!).candidates.map(
            (c) => c.person,
          );
  for (const { seats, index } of problem.meetings) {
    const mine = seats.flatMap(peopleOf);
    for (const person of mine) note(person, index);
    // somebody who could sit in two seats of one meeting has to be looked up as well
    mine.forEach((person, i) => mine.indexOf(person) !== i && (solo[person] = 0));
  }
  problem.hearings.forEach(({ seats }, h) => {
    for (const person of seats.flatMap(peopleOf)) note(person, problem.meetings.length + h);
  });
  for (const { members } of problem.conferences) for (const { person } of members) solo[person] = 0;
  return solo;
}
