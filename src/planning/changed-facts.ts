import { eachDay, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { instantsOf, whenPlanned } from '../meetings/meeting-time.ts';
import type { Attendee, Meeting, Seat } from '../meetings/meeting.ts';
import { meetingActivityOf, type Programme } from '../programme/programme.ts';
import { changesOf, isAbout, type YearChange } from './year-change.ts';

/*
 * What changes of a year mean for its facts: windows, days that staff open, what people said, what is fixed. The rest (candidates, closed
 * days, limits, weights) is carried out where the facts become an instance.
 */

/** Meetings with their windows, days and fixings as the changes have them */
export function changedMeetings(
  meetings: readonly Meeting[],
  changes: readonly YearChange[],
  rules: Programme,
): Meeting[] {
  return meetings.map((meeting) => {
    let changed = meeting;
    for (const { from, to } of changesOf(changes, 'window').filter(({ of }) => isAbout(of, meeting)))
      changed = { ...changed, windowFrom: from ?? changed.windowFrom, windowTo: to ?? changed.windowTo };
    for (const lock of changesOf(changes, 'unlock', 'fix').filter((one) => one.meeting === meeting.key))
      changed = lock.change === 'unlock' ? unlocked(changed, lock.seats) : fixed(changed, lock, rules);
    return changed;
  });
}

const unlocked = (meeting: Meeting, seats: readonly string[] | undefined): Meeting =>
  seats ? meeting : { ...meeting, fixedByStaff: false };

function fixed(
  meeting: Meeting,
  { day, half }: { readonly day: CalendarDate; readonly half: 'am' | 'pm' },
  rules: Programme,
): Meeting {
  const activity = meetingActivityOf(rules, meeting.activity);
  if (!activity || meeting.state === 'cancelled') return meeting;
  const when = whenPlanned({ ...activity, halfDays: meeting.halfDays }, day, half === 'am' ? 0 : 1);
  const instants = instantsOf(when, meeting.zone);
  if (instants instanceof Refusal) return meeting;
  const { firstDay, lastDay } = when;
  return { ...meeting, ...instants, firstDay, lastDay, state: 'scheduled', fixedByStaff: true };
}

/** Attendees whose seats are unlocked are no longer there by staff's hand: the planner may choose anew. */
export function changedAttendees(
  attendees: readonly Attendee[],
  changes: readonly YearChange[],
  meetings: readonly Meeting[],
  seats: readonly Seat[],
): Attendee[] {
  const free = new Set<string>();
  for (const { meeting: key, seats: keys } of changesOf(changes, 'unlock')) {
    const meeting = meetings.find((one) => one.key === key);
    for (const seat of seats) if (seat.meetingId === meeting?.id && keys?.includes(seat.key)) free.add(seat.id);
  }
  return attendees.map((one) => (free.has(one.seatId ?? '') ? { ...one, byHand: false } : one));
}

/** Days that staff open, whatever the calendar says of them */
export function openedDays(changes: readonly YearChange[]): Set<CalendarDate> {
  return new Set(changesOf(changes, 'open').flatMap(({ from, to }) => [...eachDay(from, to)]));
}

/** Letters of each person as the changes have them, two a day of `days` */
export function changedLetters(
  letters: ReadonlyMap<string, string>,
  changes: readonly YearChange[],
  days: readonly CalendarDate[],
): Map<string, string> {
  const changed = new Map(letters);
  for (const { person, from, to, half, state } of changesOf(changes, 'half-days')) {
    const said = [...(changed.get(person) ?? '-'.repeat(2 * days.length))];
    days.forEach((day, index) => {
      if (day < from || day > to) return;
      if (half !== 'pm') said[2 * index] = state;
      if (half !== 'am') said[2 * index + 1] = state;
    });
    changed.set(person, said.join(''));
  }
  return changed;
}
