import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { dueDay, workingDayOf } from '../programme/working-days.ts';
import type { YearFacts } from './year-facts.ts';

/**
 * Days of a meeting's window on which it keeps the distance that the programme wants from meetings whose day does not depend on the plan
 * ("a hearing four weeks after the visit or later"): those before which it must be over, and those after which it must begin.
 * @param inWindow in order; its own last day may be each of them, its first day as well
 * @returns the first and the last of them; undefined where no day is left
 */
export function daysInOrder(
  facts: Pick<YearFacts, 'cycle' | 'meetings'>,
  meeting: Meeting,
  inWindow: readonly CalendarDate[],
  isInPlan: (other: Meeting) => boolean,
): readonly [CalendarDate, CalendarDate] | undefined {
  const { rules } = facts.cycle;
  const isWorking = workingDayOf(rules);
  const others = facts.meetings.filter(
    (other) =>
      other.state === 'scheduled' &&
      !isInPlan(other) &&
      (other.centre === meeting.centre || other.centre === null || meeting.centre === null),
  );
  const rulesOf = (of: Meeting) => meetingActivityOf(rules, of.activity)?.notBefore ?? [];
  const canBeLast = (day: CalendarDate) =>
    others.every((later) =>
      rulesOf(later)
        .filter((offset) => offset.after === meeting.activity)
        .every((offset) => dueDay(offset, day, day, isWorking) <= later.firstDay!),
    );
  const canBeFirst = (day: CalendarDate) =>
    rulesOf(meeting).every((offset) =>
      others
        .filter((earlier) => earlier.activity === offset.after)
        .every((earlier) => dueDay(offset, earlier.firstDay!, earlier.lastDay!, isWorking) <= day),
    );
  const [first, last] = [inWindow.find(canBeFirst), inWindow.findLast(canBeLast)];
  return first && last && first <= last ? [first, last] : undefined;
}
