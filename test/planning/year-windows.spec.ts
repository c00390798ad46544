import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromOrdinal, ordinal } from '../../src/kernel/calendar-date.ts';
import { dayIn, firstDayOf, lastDayOf } from '../../src/kernel/fiscal-year.ts';
import { monthAndDayOf, typedDay, windowFault } from '../../src/planning/year-windows.ts';

describe('a window', () => {
  it('lies in its fiscal year, over New Year too', () => {
    expect(windowFault({ from: '06-01', to: '09-30' }, 2027)).toBeUndefined();
    expect(windowFault({ from: '12-01', to: '03-19' }, 2027)).toBeUndefined();
    expect(windowFault({ from: '04-01', to: '03-31' }, 2027)).toBeUndefined();
    expect(windowFault({ from: '07-09', to: '07-09' }, 2027)).toBeUndefined();
  });

  it('does not end before it begins: March comes after December', () => {
    expect(windowFault({ from: '09-30', to: '06-01' }, 2027)?.en).toContain('ends before it begins');
    expect(windowFault({ from: '03-01', to: '12-01' }, 2027)?.ja).toContain('終了日が開始日より前');
  });

  it.each([['02-30'], ['13-01'], [''], ['2027-06-01'], ['2029-06-01'], ['6/1'], ['<script>'], ['06-31']])(
    'does not begin on “%s”',
    (day) => {
      expect(windowFault({ from: day, to: '09-30' }, 2027)?.en).toContain('in this fiscal year');
      expect(windowFault({ from: '04-01', to: day }, 2027)?.ja).toContain('この年度');
    },
  );

  it('does not end on 29 February, which the next year may lack', () => {
    expect(windowFault({ from: '12-01', to: '02-29' }, 2027)?.en).toContain('no 29 February');
    // 2027 is no leap year: there it is no day at all
    expect(windowFault({ from: '12-01', to: '02-29' }, 2026)?.en).toContain('in this fiscal year');
  });
});

describe('a day in a form', () => {
  it('is kept as month and day and shown as it was typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2007, max: 2049 }), fc.integer({ min: 0, max: 365 }), (year, n) => {
        const day = fromOrdinal(ordinal(firstDayOf(year)) + n);
        if (day > lastDayOf(year)) return;
        const kept = monthAndDayOf(day, year);
        expect(kept).toBe(day.slice(5));
        expect(dayIn(year, kept)).toBe(day);
        expect(typedDay(kept, year)).toBe(day);
      }),
    );
  });

  it('outside the year or impossible stays as it was typed, so that it is found', () => {
    for (const typed of ['2027-03-31', '2028-04-01', '2027-02-30', 'tomorrow', '']) {
      expect(monthAndDayOf(typed, 2027)).toBe(typed);
      expect(typedDay(typed, 2027)).toBe(typed);
      expect(windowFault({ from: monthAndDayOf(typed, 2027), to: '09-30' }, 2027)).toBeDefined();
    }
  });
});
