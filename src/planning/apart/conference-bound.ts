import { costsByFirstDay } from '../model/conference-least.ts';
import type { Problem } from '../problem/problem.ts';
import { busyDays, meetsConference } from '../problem/separate.ts';

/**
 * What the conferences cost at least, each by itself on its best first day: a true bound, and the exact cost where they depend on nothing
 * else.
 */
export function conferencesBound(problem: Problem): number {
  const { unplaced } = problem;
  const busy = busyDays(problem);
  return problem.conferences.reduce((sum, conference) => {
    const isBusy = (person: number) => meetsConference(conference, busy.get(person));
    const none = conference.mustBePlaced ? Infinity : unplaced * (1 + conference.hearings.length);
    const least = Math.min(none, ...costsByFirstDay(problem, conference, isBusy, unplaced).values());
    // locks that nothing can keep say so elsewhere
    return sum + (least === Infinity ? 0 : least);
  }, 0);
}
