import { addDays, daysBetween } from '../kernel/calendar-date.ts';
import type { MeetingActivity } from '../programme/programme.ts';
import type { MeetingChange } from './meeting-change.ts';
import type { Meeting } from './meeting.ts';

/**
 * What happens to a part when its whole gets another day: a hearing keeps its clock time and its day of the committee; one that the
 * programme puts at a fixed time (a reception on the first evening) gets its day with the whole; and it is held, or fixed, with it.
 * Undefined: nothing.
 */
export function partFollowing(
  part: Meeting,
  activity: Pick<MeetingActivity, 'at'> | undefined,
  before: Meeting,
  after: Meeting,
): Pick<MeetingChange, 'firstDay' | 'lastDay' | 'from' | 'provisional'> | undefined {
  if (part.state === 'cancelled') return undefined;
  const { provisional } = after;
  const held = before.provisional !== provisional && part.provisional !== provisional ? { provisional } : undefined;
  const day = dayFollowing(part, activity, before, after);
  return held || day ? { ...day, ...held } : undefined;
}

function dayFollowing(
  part: Meeting,
  activity: Pick<MeetingActivity, 'at'> | undefined,
  before: Meeting,
  after: Meeting,
): Pick<MeetingChange, 'firstDay' | 'lastDay' | 'from'> | undefined {
  if (after.state !== 'scheduled' || !after.firstDay) return undefined;
  if (!part.firstDay)
    return activity?.at
      ? { firstDay: addDays(after.firstDay, activity.at.day - 1), from: activity.at.from }
      : undefined;
  const days = before.firstDay ? daysBetween(before.firstDay, after.firstDay) : 0;
  return days === 0 ? undefined : { firstDay: addDays(part.firstDay, days), lastDay: addDays(part.lastDay!, days) };
}
