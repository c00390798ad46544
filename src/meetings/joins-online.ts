import type { MeetingActivity, Programme } from '../programme/programme.ts';
import type { Roster } from '../roster/roster.ts';
import type { Seat } from './meeting.ts';

/** Whether a seat is one of those whom a body with slots (a committee that hears) counts: its quorum, or all who are required */
export const isCounted = (
  { quorum, slots }: Pick<MeetingActivity, 'quorum' | 'slots'>,
  seat: Pick<Seat, 'rule' | 'required'>,
): boolean => slots.length > 0 && (quorum ? [quorum.seat, ...quorum.also].includes(seat.rule) : seat.required);

/**
 * Members of a committee who live in another zone join online from where they are, where the programme lets it be online; the planner
 * reckons with their own clock.
 * @returns undefined: the programme says nothing of this seat, so that it is as staff have it
 */
export function joinsOnline(
  rules: Pick<Programme, 'zone'>,
  activity: Pick<MeetingActivity, 'quorum' | 'slots' | 'online'> | undefined,
  seat: Pick<Seat, 'rule' | 'required'>,
  { people }: Pick<Roster, 'people'>,
  person: string,
): boolean | undefined {
  if (!activity || !isCounted(activity, seat)) return undefined;
  return activity.online !== undefined && people.find(({ id }) => id === person)?.zone !== rules.zone;
}
