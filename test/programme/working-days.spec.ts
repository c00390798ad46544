import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, eachDay, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import {
  addWorkingDays,
  dueDay,
  japaneseWorkingDay,
  mondayToFriday,
  workingDayFrom,
  workingDaysBetween,
  workingDayUntil,
} from '../../src/programme/working-days.ts';
import { holidaysByLaw, zeller } from './japanese-holiday-law.ts';

const byLaw = holidaysByLaw();
const open = (day: string): boolean => {
  const weekdayNumber = zeller(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)));
  const yearEnd = ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'].includes(day.slice(5));
  return weekdayNumber !== 0 && weekdayNumber !== 6 && !byLaw.has(day) && !yearEnd;
};
const anyDay = fc.integer({ min: 0, max: 10_200 }).map((n) => addDays('2007-03-01', n));
const anyCount = fc.integer({ min: -60, max: 60 });

describe('working days', () => {
  it('leave out weekends, national holidays and 29 December to 3 January', () => {
    const wrong = [...eachDay('2007-01-01', '2035-12-31')].filter((day) => japaneseWorkingDay(day) !== open(day));
    expect(wrong).toEqual([]);
  });

  it('are counted one by one, in both directions', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (day, count) => {
        const end = addWorkingDays(day, count);
        if (count === 0) return end === day;
        const between = count > 0 ? [...eachDay(addDays(day, 1), end)] : [...eachDay(end, addDays(day, -1))];
        return open(end) && between.filter(open).length === Math.abs(count);
      }),
      { numRuns: 500 },
    );
  });

  it('between two days are as many as lead from one to the other', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (day, count) => workingDaysBetween(day, addWorkingDays(day, count)) === count),
      { numRuns: 300 },
    );
  });

  it('count over the break of September 2026 and over New Year', () => {
    expect(addWorkingDays('2026-09-18', 1)).toBe('2026-09-24');
    expect(addWorkingDays('2026-09-24', -1)).toBe('2026-09-18');
    expect(addWorkingDays('2027-12-28', 1)).toBe('2028-01-04');
    expect(workingDaysBetween('2027-12-27', '2028-01-05')).toBe(3);
    expect(workingDaysBetween('2028-01-05', '2027-12-27')).toBe(-3);
  });

  it('take a closed day to the next or the last open one, and leave an open one', () => {
    expect([workingDayFrom('2027-09-18'), workingDayUntil('2027-09-20')]).toEqual(['2027-09-21', '2027-09-17']);
    expect([workingDayFrom('2027-09-21'), workingDayUntil('2027-09-21')]).toEqual(['2027-09-21', '2027-09-21']);
  });

  it('are Monday to Friday where no national holidays are known', () => {
    expect(addWorkingDays('2026-09-18', 1, mondayToFriday)).toBe('2026-09-21');
  });
});

describe('a due day', () => {
  const [first, last]: CalendarDate[] = ['2027-07-08', '2027-07-09'];

  it('counts back from the first day and on from the last', () => {
    expect(dueDay({ before: 'site', days: 42 }, first!, last!)).toBe('2027-05-27');
    expect(dueDay({ before: 'site', days: 150 }, first!, last!)).toBe('2027-02-08');
    expect(dueDay({ before: 'site', weeks: 6 }, first!, last!)).toBe('2027-05-27');
    expect(dueDay({ after: 'site', days: 7 }, first!, last!)).toBe('2027-07-16');
    expect(dueDay({ after: 'site', weeks: 8 }, first!, last!)).toBe('2027-09-03');
    expect(dueDay({ after: 'site', workingDays: 7 }, first!, last!)).toBe('2027-07-21');
    expect(dueDay({ before: 'site', workingDays: 1 }, '2027-07-20', '2027-07-20')).toBe('2027-07-16');
  });

  it('with nothing to count is the day itself', () => {
    expect(dueDay({ before: 'site', days: 0 }, first!, last!)).toBe(first);
    expect(dueDay({ after: 'site', workingDays: 0 }, first!, last!)).toBe(last);
  });

  it('is never after what it comes before, nor before what it comes after', () => {
    const unit = fc.constantFrom('days' as const, 'weeks' as const, 'workingDays' as const);
    const middle = anyDay.filter((day) => day > '2012' && day < '2030');
    fc.assert(
      fc.property(middle, fc.nat(200), unit, (day, n, of) => {
        const [early, late] = [dueDay({ before: 'x', [of]: n }, day, day), dueDay({ after: 'x', [of]: n }, day, day)];
        return n === 0 ? early === day && late === day : early < day && late > day;
      }),
    );
  });
});
