import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, date, daysBetween } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import {
  clockTimes,
  dailyHours,
  instantsOf,
  minutesBetween,
  minutesLater,
  spansOf,
  whenPlanned,
  type When,
} from '../../src/meetings/meeting-time.ts';

const when = (firstDay: string, lastDay: string, from: string, to: string): When => ({
  firstDay: date(firstDay),
  lastDay: date(lastDay),
  from,
  to,
});
const tokyo = 'Asia/Tokyo';
const codeOf = (result: unknown) => (result instanceof Refusal ? result.code : 'fine');

describe('The instants of a meeting', () => {
  it('are those of its clock times at the venue', () => {
    expect(instantsOf(when('2027-07-08', '2027-07-08', '10:00', '17:00'), tokyo)).toEqual({
      startsAt: new Date('2027-07-08T01:00:00Z'),
      endsAt: new Date('2027-07-08T08:00:00Z'),
    });
    expect(instantsOf(when('2027-07-08', '2027-07-09', '13:30', '12:30'), 'America/New_York')).toEqual({
      startsAt: new Date('2027-07-08T17:30:00Z'),
      endsAt: new Date('2027-07-09T16:30:00Z'),
    });
  });

  it('are refused where the clock was put forward over them, and exist on both sides of that hour', () => {
    const berlin = (from: string, to: string) =>
      codeOf(instantsOf(when('2027-03-28', '2027-03-28', from, to), 'Europe/Berlin'));
    expect(berlin('02:30', '05:00')).toBe('meetings.no-such-time');
    expect(berlin('01:00', '02:30')).toBe('meetings.no-such-time');
    expect(berlin('01:59', '03:00')).toBe('fine');
  });

  it('take the hour that comes twice as one that exists', () => {
    const twice = instantsOf(when('2027-10-31', '2027-10-31', '02:30', '05:00'), 'Europe/Berlin');
    expect(codeOf(twice)).toBe('fine');
  });

  it.each([
    ['ends as it begins', '2027-07-08', '10:00', '10:00', 'meetings.ends-before-it-begins'],
    ['ends on the day before', '2027-07-07', '10:00', '17:00', 'meetings.ends-before-it-begins'],
    ['has an hour that no clock has', '2027-07-08', '10:00', '24:30', 'meetings.no-such-time'],
    ['goes on for eleven days', '2027-07-18', '10:00', '09:00', 'meetings.too-long'],
    ['goes on for ten days', '2027-07-17', '10:00', '17:00', 'fine'],
  ])('are judged where it %s', (_, lastDay, from, to, expected) => {
    expect(codeOf(instantsOf(when('2027-07-08', lastDay, from, to), tokyo))).toBe(expected);
  });

  it('give their clock times back, wherever and whenever it is', () => {
    const zones = fc.constantFrom(tokyo, 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Chatham');
    const minute = fc.integer({ min: 0, max: 1439 }).map((n) => minutesLater('00:00', n));
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 0, max: 3 }),
        minute,
        minute,
        (zone, day, more, from, to) => {
          const firstDay = addDays(date('2027-04-01'), day);
          const instants = instantsOf({ firstDay, lastDay: addDays(firstDay, more), from, to }, zone);
          if (!(instants instanceof Refusal)) expect(clockTimes({ ...instants, zone })).toEqual({ from, to });
        },
      ),
    );
  });
});

describe('What a meeting takes of somebody’s time', () => {
  it('is one span on one day', () => {
    expect(spansOf(when('2027-07-08', '2027-07-08', '10:00', '17:00'), 2, tokyo)).toEqual([
      { from: '2027-07-08T01:00:00.000Z', to: '2027-07-08T08:00:00.000Z' },
    ]);
  });

  it('leaves the night between two whole days free', () => {
    expect(spansOf(when('2027-07-08', '2027-07-09', '10:00', '17:00'), 4, tokyo)).toEqual([
      { from: '2027-07-08T01:00:00.000Z', to: '2027-07-08T08:00:00.000Z' },
      { from: '2027-07-09T01:00:00.000Z', to: '2027-07-09T08:00:00.000Z' },
    ]);
  });

  it('goes to the end of the first day and from the beginning of the last where it lasts from an afternoon to a noon', () => {
    const afternoon = when('2027-07-08', '2027-07-09', '13:30', '12:30');
    expect(dailyHours(afternoon, 2, tokyo)).toBeUndefined();
    expect(spansOf(afternoon, 2, tokyo)).toEqual([
      { from: '2027-07-08T04:30:00.000Z', to: '2027-07-08T09:00:00.000Z' },
      { from: '2027-07-09T00:00:00.000Z', to: '2027-07-09T03:30:00.000Z' },
    ]);
  });

  it('does not forget the afternoon of the first day where three half days begin in the morning', () => {
    const three = when('2027-07-08', '2027-07-09', '10:00', '12:30');
    expect(dailyHours(three, 3, tokyo)).toBeUndefined();
    expect(spansOf(three, 3, tokyo)[0]).toEqual({ from: '2027-07-08T01:00:00.000Z', to: '2027-07-08T09:00:00.000Z' });
    expect(spansOf(three, 4, tokyo)[0]).toEqual({ from: '2027-07-08T01:00:00.000Z', to: '2027-07-08T03:30:00.000Z' });
  });

  it('begins after the usual end of a day, and ends before the usual beginning of one', () => {
    expect(spansOf(when('2027-07-08', '2027-07-09', '19:00', '08:00'), 2, tokyo)).toEqual([
      { from: '2027-07-08T10:00:00.000Z', to: '2027-07-08T15:00:00.000Z' },
      { from: '2027-07-08T15:00:00.000Z', to: '2027-07-08T23:00:00.000Z' },
    ]);
  });

  it('begins and ends with it, is never negative, and has a span on every day on which it is held', () => {
    const minute = fc.integer({ min: 0, max: 95 }).map((n) => minutesLater('00:00', n * 15));
    fc.assert(
      fc.property(
        minute,
        minute,
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (from, to, more, halfDays) => {
          const firstDay = date('2027-07-08');
          const it = { firstDay, lastDay: addDays(firstDay, more), from, to };
          const instants = instantsOf(it, tokyo);
          if (instants instanceof Refusal) return;
          const spans = spansOf(it, halfDays, tokyo);
          expect(spans).toHaveLength(more + (to === '00:00' ? 0 : 1));
          expect(spans[0]!.from).toBe(instants.startsAt.toISOString());
          expect(spans.at(-1)!.to).toBe(instants.endsAt.toISOString());
          for (const span of spans) expect(span.from < span.to).toBe(true);
        },
      ),
    );
  });
});

describe('A planned start', () => {
  const hours = { morning: { from: '10:00', to: '12:30' }, afternoon: { from: '13:30', to: '17:00' } };
  const day = date('2027-07-08');

  it.each([
    [1, 0, 0, '10:00', '12:30'],
    [1, 1, 0, '13:30', '17:00'],
    [2, 0, 0, '10:00', '17:00'],
    [2, 1, 1, '13:30', '12:30'],
    [3, 0, 1, '10:00', '12:30'],
    [4, 0, 1, '10:00', '17:00'],
    [4, 1, 2, '13:30', '12:30'],
  ] as const)('of %d half days from half %d goes on for %d more days, %s to %s', (halfDays, half, more, from, to) => {
    const planned = whenPlanned({ hours, halfDays }, day, half);
    expect([daysBetween(day, planned.lastDay), planned.from, planned.to]).toEqual([more, from, to]);
    expect(codeOf(instantsOf(planned, tokyo))).toBe('fine');
  });

  it('has hours where the programme names none', () => {
    expect(whenPlanned({ halfDays: 2 }, day, 0)).toMatchObject({ from: '10:00', to: '17:00' });
  });
});

it('Minutes between and later are each other’s opposite', () => {
  expect([minutesBetween('10:30', '11:15'), minutesLater('10:30', 45), minutesLater('23:30', 60)]).toEqual([
    45,
    '11:15',
    '24:30',
  ]);
});
