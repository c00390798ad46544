import { lockedId, type HearingSeat, type Instance, type Seat } from '../instance.ts';

/** Dear enough that nothing is left undecided for its cost's sake */
const DEAR = 10_000_000;

/** Everything that is to be decided, by id */
export const thingsOf = (instance: Instance): string[] => [
  ...instance.panels.map(({ id }) => id),
  ...instance.assignments.map(({ id }) => id),
  ...instance.conferences.map(({ id }) => id),
  ...instance.meetings.map(({ id }) => id),
  ...instance.conferences.flatMap(({ hearings }) => hearings.map(({ id }) => id)),
];

/**
 * A year in which only these things have to be decided, and what they rest on: a meeting's assignments and panels, a hearing's
 * conference. Whatever is impossible in it is impossible in the whole year.
 */
export function restrictTo(instance: Instance, ids: ReadonlySet<string>): Instance {
  const conferences = instance.conferences
    .map((conference) => ({ ...conference, hearings: conference.hearings.filter(({ id }) => ids.has(id)) }))
    .filter(({ id, hearings }) => ids.has(id) || hearings.length > 0);
  const meetings = instance.meetings.filter(({ id }) => ids.has(id));
  const isKept = new Set(meetings.map(({ id }) => id));
  const seats: (Seat | HearingSeat)[] = [
    ...meetings.flatMap((meeting) => meeting.seats),
    ...conferences.flatMap(({ hearings }) => hearings.flatMap((hearing) => hearing.seats)),
  ];
  const used = new Set(seats.flatMap((s) => ('assigned' in s ? [s.assigned] : 'panel' in s ? [s.panel] : [])));
  const assignments = instance.assignments.filter(({ id }) => ids.has(id) || used.has(id));
  const panels = instance.panels.filter(({ id }) => ids.has(id) || used.has(id));
  const restricted: Instance = {
    ...instance,
    meetings,
    assignments,
    panels,
    conferences: conferences.map((conference) => ({
      ...conference,
      hearings: conference.hearings.map((hearing) => ({
        ...hearing,
        after: hearing.after.filter(({ meeting }) => isKept.has(meeting)),
      })),
    })),
    limits: instance.limits.map((limit) => ({ ...limit, meetings: limit.meetings.filter((id) => isKept.has(id)) })),
    unplaced: Math.max(instance.unplaced, DEAR),
    reference: null,
  };
  const kept = new Set(thingsOf(restricted));
  return { ...restricted, locks: instance.locks.filter((lock) => kept.has(lockedId(lock))) };
}
