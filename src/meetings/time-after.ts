import { addDays, dateLong, daysBetween } from '../kernel/calendar-date.ts';
import { firstDayOf, fiscalYearLabels, lastDayOf } from '../kernel/fiscal-year.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { MeetingActivity } from '../programme/programme.ts';
import type { MeetingChange } from './meeting-change.ts';
import { clockTimes, instantsOf, minutesBetween, minutesLater, type When } from './meeting-time.ts';
import type { Meeting } from './meeting.ts';
import { meetingRefusals } from './refusals.ts';

/** What is needed beside the meeting to know when it is */
export interface YearOfMeeting {
  readonly fiscalYear: number;
  readonly activity: MeetingActivity | undefined;
  readonly now: Date;
}

/**
 * The time fields after a change: a new day alone keeps the hours, new hours alone keep the day, and a part keeps its length. What has no
 * hours yet gets those of the programme.
 */
export function timeAfter(
  before: Meeting,
  change: Pick<MeetingChange, 'firstDay' | 'lastDay' | 'from' | 'to'>,
  { fiscalYear, activity, now }: YearOfMeeting,
): Pick<Meeting, 'firstDay' | 'lastDay' | 'startsAt' | 'endsAt' | 'state'> | Refusal {
  const firstDay = change.firstDay ?? before.firstDay;
  if (!firstDay) return Refusal.of(meetingRefusals, 'meetings.no-such-time');
  const when: When = { firstDay, lastDay: change.lastDay ?? addDays(firstDay, daysMore(before)), ...hours() };
  for (const day of [when.firstDay, when.lastDay])
    if (day < firstDayOf(fiscalYear) || day > lastDayOf(fiscalYear))
      return Refusal.of(meetingRefusals, 'meetings.outside-the-year', {
        day: dateLong(day),
        year: fiscalYearLabels(fiscalYear).label,
      });
  const instants = instantsOf(when, before.zone);
  if (instants instanceof Refusal) return instants;
  if (instants.startsAt <= now && before.endsAt && before.endsAt <= now)
    return Refusal.of(meetingRefusals, 'meetings.held', { title: before.title });
  return { firstDay: when.firstDay, lastDay: when.lastDay, ...instants, state: 'scheduled' };

  function hours(): Pick<When, 'from' | 'to'> {
    const { startsAt, endsAt, zone, minutes, halfDays } = before;
    const old = startsAt && endsAt ? clockTimes({ startsAt, endsAt, zone }) : undefined;
    const usual = activity?.hours;
    const from = change.from ?? old?.from ?? activity?.at?.from ?? usual?.morning.from ?? '10:00';
    if (change.to !== undefined) return { from, to: change.to };
    if (minutes !== null) return { from, to: minutesLater(from, old ? minutesBetween(old.from, old.to) : minutes) };
    return { from, to: old?.to ?? (halfDays % 2 === 1 ? usual?.morning.to : usual?.afternoon.to) ?? '17:00' };
  }
}

/** Days after the first: of what has a day, as many as now; of what has none, what its half days take */
function daysMore({ firstDay, lastDay, halfDays, minutes }: Meeting): number {
  if (minutes !== null) return 0;
  return firstDay && lastDay ? daysBetween(firstDay, lastDay) : Math.ceil(halfDays / 2) - 1;
}
