import { describe, expect, it } from '@jest/globals';
import type { ReminderStep } from '../../src/programme/programme.ts';
import { weekendIn } from '../../src/reminders/reader-days.ts';
import { instantOf, nextMoment } from '../../src/reminders/step-times.ts';
import { localTime } from '../../src/kernel/zoned-time.ts';
import { answerOf, hours, step } from './ladder.ts';

const when = (one: ReminderStep, due: string, zone: string) => {
  const at = instantOf(one, answerOf({ due }), zone, hours)!;
  const { day, time } = localTime(at, zone);
  return `${day} ${time}`;
};
const before = (days: number, more: Partial<ReminderStep> = {}) => step('s', { before: 'due', days }, more);

describe('The time of a reminder', () => {
  it('is on the clock of its reader', () => {
    expect(when(before(1), '2027-05-27T08:00:00Z', 'Asia/Tokyo')).toBe('2027-05-26 10:00');
    expect(when(before(1), '2027-05-27T08:00:00Z', 'America/New_York')).toBe('2027-05-26 10:00');
  });

  it('keeps its hour when clocks change in Paris, in spring and in autumn', () => {
    // summer time from 28 March to 31 October 2027
    const spring = ['2027-03-27', '2027-03-30'].map((day) =>
      instantOf(before(1, { onDayOff: 'same' }), answerOf({ due: `${day}T08:00:00Z` }), 'Europe/Paris', hours),
    );
    expect(spring).toEqual(['2027-03-26T09:00:00.000Z', '2027-03-29T08:00:00.000Z']);
    const autumn = ['2027-10-30', '2027-11-02'].map((day) =>
      instantOf(before(1, { onDayOff: 'same' }), answerOf({ due: `${day}T08:00:00Z` }), 'Europe/Paris', hours),
    );
    expect(autumn).toEqual(['2027-10-29T08:00:00.000Z', '2027-11-01T09:00:00.000Z']);
  });

  it('that clocks spring over is the first that they show after it', () => {
    const night = { ...hours, quietFrom: '00:00', quietTo: '00:00' };
    const one = before(0, { at: '02:30', onDayOff: 'same' });
    expect(instantOf(one, answerOf({ due: '2027-03-28T08:00:00Z' }), 'Europe/Paris', night)).toBe(
      '2027-03-28T01:30:00.000Z',
    );
  });

  it('on the programme’s clock waits for the reader’s morning', () => {
    const one = before(1, { zone: 'programme' });
    expect(when(one, '2027-05-27T08:00:00Z', 'Asia/Tokyo')).toBe('2027-05-26 10:00');
    expect(when(one, '2027-05-27T08:00:00Z', 'Europe/Paris')).toBe('2027-05-26 08:00');
  });

  it('on a day off is the working day before it, after it, or the day all the same, as the step says', () => {
    // Sunday 30 May 2027
    const due = '2027-05-31T08:00:00Z';
    expect(when(before(1, { onDayOff: 'earlier' }), due, 'Asia/Tokyo')).toBe('2027-05-28 10:00');
    expect(when(before(1, { onDayOff: 'later' }), due, 'Asia/Tokyo')).toBe('2027-05-31 10:00');
    expect(when(before(1, { onDayOff: 'same' }), due, 'Asia/Tokyo')).toBe('2027-05-30 10:00');
  });

  it('keeps clear of Japanese holidays in Japan, with New Year and substitutes, and of weekends elsewhere', () => {
    // 3 to 5 May are holidays, and in 2026 the 6th is their substitute
    expect(when(before(1), '2026-05-04T08:00:00Z', 'Asia/Tokyo')).toBe('2026-05-07 10:00');
    expect(when(before(1), '2026-05-05T08:00:00Z', 'Europe/Paris')).toBe('2026-05-04 10:00');
    expect(when(before(0), '2026-12-29T08:00:00Z', 'Asia/Tokyo')).toBe('2027-01-04 10:00');
  });

  it('counts working days by the programme’s calendar, whoever reads it', () => {
    const one = step('s', { before: 'due', workingDays: 3 }, { onDayOff: 'same' });
    // three working days before Fri 7 May 2027, over the holidays of 3 to 5 May: Wed 28 April … 30 April, 6 May
    expect(when(one, '2027-05-07T08:00:00Z', 'Asia/Tokyo')).toBe('2027-04-28 10:00');
    expect(when(one, '2027-05-07T08:00:00Z', 'Europe/Paris')).toBe('2027-04-28 10:00');
  });
});

describe('The next working hour', () => {
  it('after a Friday evening is Monday morning', () => {
    const isWorking = hours.readerDays('Asia/Tokyo');
    expect(nextMoment('2027-05-28T12:00:00Z', 'Asia/Tokyo', hours, isWorking)).toBe('2027-05-30T23:00:00.000Z');
  });

  it('within hours is now', () => {
    expect(nextMoment('2027-05-28T03:00:00Z', 'Asia/Tokyo', hours)).toBe('2027-05-28T03:00:00Z');
  });

  it('of quiet hours at noon is the afternoon', () => {
    const noon = { ...hours, quietFrom: '12:00', quietTo: '13:00' };
    expect(nextMoment('2027-05-28T03:30:00Z', 'Asia/Tokyo', noon)).toBe('2027-05-28T04:00:00.000Z');
  });
});

describe('The weekend', () => {
  it.each([
    ['Europe/Paris', [6, 7]],
    ['Africa/Cairo', [5, 6]],
    ['Asia/Kolkata', [7]],
    ['Etc/UTC', [6, 7]],
  ])('of %s is that of its country', (zone, off) => {
    expect([...weekendIn(zone)].toSorted((a, b) => a - b)).toEqual(off);
  });
});
