import { DateTime } from 'luxon';
import { addDays, eachDay, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { instantAt, localTime } from '../kernel/zoned-time.ts';
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

/** Two instants, ISO 8601 in UTC */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Until when the days of a meeting of several days go on, and when they begin, where neither its hours nor the programme say it */
const DAY_BEGINS = '09:00';
const DAY_ENDS = '18:00';
const MOST_DAYS = 10;

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
  if (addDays(when.firstDay, MOST_DAYS) <= when.lastDay) return Refusal.of(meetingRefusals, 'meetings.too-long');
  return { startsAt: start.toJSDate(), endsAt: end.toJSDate() };
}

/** Clock times of a meeting's beginning and end, as they are at its venue */
export function clockTimes(meeting: { startsAt: Date; endsAt: Date; zone: string }): { from: string; to: string } {
  const local = (instant: Date) => localTime(instant.toISOString(), meeting.zone).time;
  return { from: local(meeting.startsAt), to: local(meeting.endsAt) };
}

/** Minutes from one clock time to a later one of the same day */
export const minutesBetween = (from: string, to: string): number => minuteOf(to) - minuteOf(from);

/** `25:10` where the day is over: no time, so that it is refused like any other */
export function minutesLater(time: string, minutes: number): string {
  const total = minuteOf(time) + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * The hours of each day, where all days have the same. Undefined where they have not: it goes on from an afternoon to the next noon, or an
 * odd number of half days (three) lies on two days, of which one is shorter.
 */
export function dailyHours(when: When, halfDays: number, zone: string): Span[] | undefined {
  const oneIsShorter = halfDays > 2 && halfDays % 2 === 1;
  if (when.firstDay !== when.lastDay && (when.to <= when.from || oneIsShorter)) return undefined;
  return [...eachDay(when.firstDay, when.lastDay)].map((day) => ({
    from: instantAt(day, when.from, zone),
    to: instantAt(day, when.to, zone),
  }));
}

/** What a meeting takes of somebody's time: a span for each day, so that the nights between stay free */
export function spansOf(when: When, halfDays: number, zone: string): Span[] {
  const spans = dailyHours(when, halfDays, zone) ?? [...eachDay(when.firstDay, when.lastDay)].map((day) => spanOn(day));
  // one that ends at midnight takes nothing of its last day
  return spans.filter((span) => span.from < span.to);

  function spanOn(day: CalendarDate): Span {
    const untilMidnight = when.to === '00:00' && addDays(day, 1) === when.lastDay;
    const late = untilMidnight || (day === when.firstDay && when.from >= DAY_ENDS);
    const early = day === when.lastDay && when.to <= DAY_BEGINS;
    const begins = early ? '00:00' : DAY_BEGINS;
    return {
      from: instantAt(day, day === when.firstDay ? when.from : begins, zone),
      to:
        day === when.lastDay
          ? instantAt(day, when.to, zone)
          : late
            ? instantAt(addDays(day, 1), '00:00', zone)
            : instantAt(day, DAY_ENDS, zone),
    };
  }
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
