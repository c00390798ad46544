import { DateTime } from 'luxon';
import { addDays, eachDay, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { MeetingActivity } from '../programme/programme.ts';
import { meetingRefusals } from './refusals.ts';

/** When a meeting is: days, and clock times of the venue */
export interface When {
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /** `HH:MM` on the first day */
  readonly from: string;
  /** `HH:MM` on the last day */
  readonly to: string;
}

/** Until when the days of a meeting of several days go on, and when they begin, where the programme says nothing */
const DAY_BEGINS = '09:00';
const DAY_ENDS = '18:00';

const at = (day: CalendarDate, time: string, zone: string) => DateTime.fromISO(`${day}T${time}`, { zone });

/** @returns the two instants, or why there are none */
export function instantsOf(when: When, zone: string): { startsAt: Date; endsAt: Date } | Refusal {
  const start = at(when.firstDay, when.from, zone);
  const end = at(when.lastDay, when.to, zone);
  if (!start.isValid || !end.isValid) return Refusal.of(meetingRefusals, 'meetings.no-such-time');
  // a clock that is put forward skips an hour: luxon moves such a time, and the mail would then name another than was typed
  if (start.toFormat('HH:mm') !== when.from || end.toFormat('HH:mm') !== when.to)
    return Refusal.of(meetingRefusals, 'meetings.no-such-time');
  if (end <= start) return Refusal.of(meetingRefusals, 'meetings.ends-before-it-begins');
  if (end.diff(start, 'days').days > 10) return Refusal.of(meetingRefusals, 'meetings.too-long');
  return { startsAt: start.toJSDate(), endsAt: end.toJSDate() };
}

/** Clock times of a meeting's beginning and end, as they are at its venue */
export function clockTimes(meeting: { startsAt: Date; endsAt: Date; zone: string }): { from: string; to: string } {
  const local = (instant: Date) => DateTime.fromJSDate(instant, { zone: meeting.zone }).toFormat('HH:mm');
  return { from: local(meeting.startsAt), to: local(meeting.endsAt) };
}

/** What a meeting takes of somebody's time: a span for each day, so that the nights between stay free */
export function spansOf(when: When, zone: string): { from: string; to: string }[] {
  return [...eachDay(when.firstDay, when.lastDay)].map((day) => ({
    from: at(day, day === when.firstDay ? when.from : DAY_BEGINS, zone)
      .toUTC()
      .toISO()!,
    to: at(day, day === when.lastDay ? when.to : DAY_ENDS, zone)
      .toUTC()
      .toISO()!,
  }));
}

/**
 * The clock times that a planned start stands for: half days are for planning, clock times for invitations.
 * @param startHalf 0 begins in the morning, 1 in the afternoon
 */
export function whenPlanned(
  activity: Pick<MeetingActivity, 'hours' | 'halfDays'>,
  day: CalendarDate,
  startHalf: 0 | 1,
): When {
  const hours = activity.hours ?? {
    morning: { from: '10:00', to: '12:00' },
    afternoon: { from: '13:00', to: '17:00' },
  };
  const lastHalf = startHalf + activity.halfDays - 1;
  return {
    firstDay: day,
    lastDay: addDays(day, lastHalf >> 1),
    from: startHalf === 0 ? hours.morning.from : hours.afternoon.from,
    to: lastHalf % 2 === 0 ? hours.morning.to : hours.afternoon.to,
  };
}
