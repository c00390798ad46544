import { leastHearingCost } from '../model/conference-columns.ts';
import type { Problem, ProblemConference } from '../problem/problem.ts';
import { busyDays, meetsConference } from '../problem/separate.ts';
import { cheapestAssignment } from '../search/hungarian.ts';

/**
 * What the conferences cost at least, each by itself: every first day, its hearings in the cheapest slots (as an assignment), everybody
 * in a seat who costs least there. What visits, officers, loads and other conferences take from them is left aside, so that it is a
 * true bound, and the exact cost where they depend on nothing else.
 */
export function conferencesBound(problem: Problem): number {
  const busy = busyDays(problem);
  return problem.conferences.reduce((sum, conference) => {
    const isBusy = (person: number) => meetsConference(conference, busy.get(person));
    return sum + conferenceBound(problem, conference, isBusy);
  }, 0);
}

function conferenceBound(problem: Problem, conference: ProblemConference, isBusy: (person: number) => boolean): number {
  const { unplaced } = problem;
  const hearings = conference.hearings.map((h) => problem.hearings[h]!);
  const slots = conference.slots.length;
  const open = hearings.map((hearing) => (hearing.locked ? Infinity : unplaced));
  let least = conference.mustBePlaced ? Infinity : unplaced * (1 + hearings.length);
  const known = new Map<number, Float64Array>();
  const costsOn = (day: number): Float64Array => {
    let costs = known.get(day);
    if (!costs) {
      costs = Float64Array.from({ length: hearings.length * slots }, (_, k) => {
        const hearing = hearings[Math.floor(k / slots)]!;
        const slot = k % slots;
        if (hearing.locked && (hearing.locked.day !== day || hearing.locked.slot !== slot)) return Infinity;
        return leastHearingCost(problem, conference, hearing, { day, slot }, [], isBusy) ?? Infinity;
      });
      known.set(day, costs);
    }
    return costs;
  };
  for (const { day, cost } of conference.firstDays) {
    const matrix = hearings.map((_, h) => {
      const row = new Float64Array(conference.dayCount * slots + hearings.length).fill(open[h]!);
      for (let d = 0; d < conference.dayCount; d++)
        row.set(costsOn(day + d).subarray(h * slots, (h + 1) * slots), d * slots);
      return row;
    });
    const columns = hearings.length ? cheapestAssignment(matrix) : new Int32Array(0);
    if (!columns) continue;
    least = Math.min(
      least,
      columns.reduce((sum, column, h) => sum + matrix[h]![column]!, cost),
    );
  }
  // locks that nothing can keep say so elsewhere
  return least === Infinity ? 0 : least;
}
