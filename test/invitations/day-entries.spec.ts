import { describe, expect, it } from '@jest/globals';
import { date } from '../../src/kernel/calendar-date.ts';
import { dayEntries, factsOfDay, wholeOf } from '../../src/invitations/day-entries.ts';
import { faultToInvite, type InvitationFacts } from '../../src/invitations/invitation.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { siteVisit as meeting } from '../meetings/sample-meeting.ts';
import { siteVisit } from './sample-facts.ts';

const perDay = {
  severalDays: 'entry-per-day',
  hours: { morning: { from: '09:30', to: '12:00' }, afternoon: { from: '13:00', to: '17:30' } },
} as const;
const over = (firstDay: string, lastDay: string, startsAt: string, endsAt: string, halfDays = 4): Meeting => ({
  ...meeting,
  firstDay: date(firstDay),
  lastDay: date(lastDay),
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  halfDays,
});
const hoursOf = (it: Meeting) =>
  dayEntries(perDay, it)!.map(
    ({ day, startsAt, endsAt }) => `${day} ${startsAt.slice(11, 16)}-${endsAt.slice(11, 16)}`,
  );

describe('The days of a meeting that is announced day by day', () => {
  it('have the same hours where all days have', () => {
    expect(hoursOf(over('2027-07-08', '2027-07-09', '2027-07-08T01:00:00Z', '2027-07-09T08:00:00Z'))).toEqual([
      '2027-07-08 01:00-08:00',
      '2027-07-09 01:00-08:00',
    ]);
  });

  it('have the programme’s hours in between where it goes on from an afternoon to a morning', () => {
    expect(hoursOf(over('2027-07-08', '2027-07-10', '2027-07-08T04:00:00Z', '2027-07-10T03:00:00Z'))).toEqual([
      '2027-07-08 04:00-08:30',
      '2027-07-09 00:30-08:30',
      '2027-07-10 00:30-03:00',
    ]);
  });

  it('are none where one invitation is for all of it, or it has no day', () => {
    expect(dayEntries({ severalDays: 'one-entry' }, meeting)).toBeUndefined();
    expect(dayEntries(undefined, meeting)).toBeUndefined();
    expect(dayEntries(perDay, { ...meeting, startsAt: null, endsAt: null })).toBeUndefined();
  });

  const whole: InvitationFacts = {
    ...siteVisit,
    lastDay: date('2027-07-10'),
    endsAt: '2027-07-10T08:00:00.000Z',
    form: 'whole-days',
    dailyHours: [
      { startsAt: '2027-07-09T01:00:00Z', endsAt: '2027-07-09T08:00:00Z' },
      { startsAt: '2027-07-10T01:00:00Z', endsAt: '2027-07-10T08:00:00Z' },
    ],
  };
  const entries = [
    { day: date('2027-07-09'), startsAt: '2027-07-09T01:00:00Z', endsAt: '2027-07-09T08:00:00Z' },
    { day: date('2027-07-10'), startsAt: '2027-07-10T01:00:00Z', endsAt: '2027-07-10T08:00:00Z' },
  ];

  it('can each be invited to, say which they are, and give the whole meeting back', () => {
    for (const part of [1, 2]) {
      const day = factsOfDay(whole, entries, part)!;
      expect(faultToInvite(day)).toBeUndefined();
      expect(day).toMatchObject({ form: 'hours', firstDay: entries[part - 1]!.day, day: { part, of: 2 } });
      expect(day.title.en).toBe(`Site visit to ICReDD (day ${part})`);
      expect(wholeOf(day)).toEqual(whole);
    }
    expect(factsOfDay(whole, entries, 3)).toBeUndefined();
  });

  it('are held whole while their hours are open', () => {
    expect(factsOfDay({ ...whole, status: 'hold', hoursToFollow: true }, entries, 2)).toMatchObject({
      form: 'whole-days',
      firstDay: '2027-07-10',
      lastDay: '2027-07-10',
    });
  });
});
