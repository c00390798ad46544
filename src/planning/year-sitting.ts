import type { Meeting } from '../meetings/meeting.ts';
import type { YearFacts } from './year-facts.ts';

/** Ids of those who sit in the seats of a meeting now, by seat key */
export function sittingIn(facts: YearFacts, meeting: Meeting): Map<string, { person: string; byHand: boolean }[]> {
  const keys = new Map(facts.seats.map((seat) => [seat.id, seat.key]));
  const here = facts.attendees.filter(
    (attendee) => attendee.meetingId === meeting.id && keys.has(attendee.seatId ?? ''),
  );
  const sitting = Map.groupBy(here, (attendee) => keys.get(attendee.seatId!)!);
  return new Map([...sitting].map(([key, list]) => [key, list.map((a) => ({ person: a.personId, byHand: a.byHand }))]));
}
