import { eachDay, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { fill, text, type Text } from '../kernel/text.ts';
import { dayRange, type Instant } from '../kernel/zoned-time.ts';
import { clockTimes, dailyHours, instantsOf } from '../meetings/meeting-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { MeetingActivity } from '../programme/programme.ts';
import type { InvitationFacts } from './invitation.ts';

/** One day of a meeting that is announced day by day */
export interface DayEntry {
  readonly day: CalendarDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Hours of days between, where the programme says none */
const USUAL = { morning: { from: '10:00' }, afternoon: { to: '17:00' } };

/**
 * The days for each of which the programme wants an invitation of its own, with its hours (RFC 5546 §3.2.2; itip A9); undefined where
 * one invitation is for all of the meeting. A day without hours of its own, which a meeting touches only at midnight, has none.
 */
export function dayEntries(
  activity: Pick<MeetingActivity, 'severalDays' | 'hours'> | undefined,
  meeting: Meeting,
): readonly DayEntry[] | undefined {
  const { startsAt, endsAt, firstDay, lastDay, zone, halfDays } = meeting;
  if (activity?.severalDays !== 'entry-per-day' || !startsAt || !endsAt || !firstDay || !lastDay) return undefined;
  const times = clockTimes({ startsAt, endsAt, zone });
  const alike = firstDay === lastDay || dailyHours({ firstDay, lastDay, ...times }, halfDays, zone) !== undefined;
  const { morning, afternoon } = activity.hours ?? USUAL;
  return [...eachDay(firstDay, lastDay)].flatMap((day): DayEntry[] => {
    const from = alike || day === firstDay ? times.from : morning.from;
    const to = alike || day === lastDay ? times.to : afternoon.to;
    const span = from < to ? instantsOf({ firstDay: day, lastDay: day, from, to }, zone) : undefined;
    if (!span || span instanceof Refusal) return [];
    return [{ day, startsAt: span.startsAt.toISOString(), endsAt: span.endsAt.toISOString() }];
  });
}

const nth = text('{title}（{n}日目）', '{title} (day {n})');
const allDays = text('日程の全体', 'All of its days');
const oneAnswer = text(
  '{days}。日ごとに一つの予定としてお送りしています。ご出欠は、回答ページで全日程をまとめてお知らせください。',
  '{days}. Each day comes as an entry of its own. Please answer for all of them together, on the answer page.',
);

/** The facts of a whole meeting → those of one of its days, from 1. Undefined where it has no such day. */
export function factsOfDay(
  whole: InvitationFacts,
  entries: readonly DayEntry[],
  part: number,
): InvitationFacts | undefined {
  const entry = entries[part - 1];
  if (!entry) return undefined;
  const { title, startsAt, endsAt, firstDay, lastDay, form, dailyHours: each, extras, ...rest } = whole;
  const one = entries.length === 1;
  const days: Text = fill(oneAnswer, { days: dayRange(firstDay, lastDay) });
  return {
    ...rest,
    title: one ? title : fill(nth, { title, n: part }),
    startsAt: entry.startsAt,
    endsAt: entry.endsAt,
    firstDay: entry.day,
    lastDay: entry.day,
    form: whole.hoursToFollow ? 'whole-days' : 'hours',
    extras: one ? extras : [...extras, { label: allDays, value: days }],
    day: {
      part,
      of: entries.length,
      whole: { title, startsAt, endsAt, firstDay, lastDay, form, extras, ...(each ? { dailyHours: each } : {}) },
    },
  };
}

/** The other way round: what somebody was told of a day → what they were told of the meeting with it */
export function wholeOf(facts: InvitationFacts): InvitationFacts {
  const { day, ...rest } = facts;
  return day ? { ...rest, ...day.whole } : facts;
}
