import type { Problem } from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import type { Group } from '../search/groups.ts';

/**
 * Some groups of a problem as a problem of their own: people, loads and limits keep their numbers, conferences are left out. Whatever
 * plan there is for the whole, its piece keeps the rules of this one.
 */
export function partOf(problem: Problem, groups: readonly Group[]): Problem {
  const { meetings, assignments, panels } = numbersOf(groups);
  return {
    ...problem,
    meetings: [...meetings.keys()].map((m, index) => {
      const meeting = problem.meetings[m]!;
      return {
        ...meeting,
        index,
        seats: meeting.seats.map((seat) => ({
          ...seat,
          assignment: assignments.get(seat.assignment) ?? -1,
          panel: panels.get(seat.panel) ?? -1,
        })),
        assignments: meeting.assignments.map((a) => assignments.get(a)!),
        panels: meeting.panels.map((p) => panels.get(p)!),
        before: [],
      };
    }),
    assignments: [...assignments.keys()].map((a, index) => {
      const assignment = problem.assignments[a]!;
      return { ...assignment, index, meetings: assignment.meetings.map((m) => meetings.get(m)!), hearings: [] };
    }),
    panels: [...panels.keys()].map((p, index) => {
      const panel = problem.panels[p]!;
      return {
        ...panel,
        index,
        meetings: panel.meetings.map(({ meeting, seat }) => ({ meeting: meetings.get(meeting)!, seat })),
      };
    }),
    conferences: [],
    hearings: [],
  };
}

/**
 * Parts of which each by itself costs no more than its piece of a whole plan. A trip is spared by another to the same place; where
 * somebody could have made that one for another part, trips to that place cost nothing in any part that they could go there for.
 */
export function partsForBound(problem: Problem, clusters: readonly (readonly Group[])[]): Problem[] {
  const parts = clusters.map((groups) => partOf(problem, groups));
  /** `person place` → the part that first went there, −1: several */
  const going = new Map<string, number>();
  const trips = (part: Problem, visit: (key: string, place: number) => void) => {
    for (const { seats, place } of part.meetings)
      for (const seat of seats)
        if (seat.trip) for (const person of candidatesOf(part, seat)) visit(`${person} ${place}`, place);
  };
  parts.forEach((part, p) => trips(part, (key) => going.set(key, (going.get(key) ?? p) === p ? p : -1)));
  return parts.map((part) => {
    const free = new Set<number>();
    trips(part, (key, place) => going.get(key) === -1 && free.add(place));
    const spared = (place: number, seats: Problem['meetings'][number]['seats']) =>
      free.has(place) ? seats.map((seat) => ({ ...seat, trip: false })) : seats;
    return { ...part, meetings: part.meetings.map((m) => ({ ...m, seats: spared(m.place, m.seats) })) };
  });
}

/** Numbers in the whole problem → numbers in the part */
export interface Numbers {
  readonly meetings: ReadonlyMap<number, number>;
  readonly assignments: ReadonlyMap<number, number>;
  readonly panels: ReadonlyMap<number, number>;
}

export const numbersOf = (groups: readonly Group[]): Numbers => ({
  meetings: numbered(groups.flatMap((group) => group.meetings)),
  assignments: numbered(groups.flatMap((group) => group.assignments)),
  panels: numbered(groups.flatMap((group) => group.panels)),
});

const numbered = (list: readonly number[]): Map<number, number> =>
  new Map([...list].sort((a, b) => a - b).map((item, index) => [item, index]));
