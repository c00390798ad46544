import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, eachDay, weekday, weekdayName, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import { fiscalYearLabels, fiscalYearOf } from '../../src/kernel/fiscal-year.ts';
import { holidayOn, holidaysBetween } from '../../src/programme/holidays.ts';
import { holidaysByLaw, zeller } from './japanese-holiday-law.ts';

const first: CalendarDate = '2007-01-01';
const last: CalendarDate = '2035-12-31';
const anyDay = fc.integer({ min: 0, max: 10_591 }).map((n) => addDays(first, n));
const byLaw = holidaysByLaw();

describe('national holidays 2007-2035', () => {
  it('are those of the law, day for day and by name', () => {
    const ours = holidaysBetween(first, last).map(({ date, name }) => `${date} ${name.ja}`);
    expect(ours).toEqual([...byLaw].map(([day, name]) => `${day} ${name}`).sort());
    expect(ours).toHaveLength(byLaw.size);
    expect(byLaw.size).toBeGreaterThan(450);
  });

  it('are asked for a single day with the same answer', () => {
    fc.assert(
      fc.property(anyDay, (day) => holidayOn(day)?.ja === byLaw.get(day)),
      { numRuns: 2000 },
    );
  });

  it('know the days of 2019, 2020 and 2021, the five-day break of 2026, and those of fiscal year 2027', () => {
    const days = (from: CalendarDate, to: CalendarDate) => holidaysBetween(from, to).map(({ date }) => date);
    expect(days('2019-04-29', '2019-05-06')).toEqual([...eachDay('2019-04-29', '2019-05-06')]);
    expect(days('2019-10-01', '2019-10-31')).toEqual(['2019-10-14', '2019-10-22']);
    expect(days('2020-07-01', '2020-08-31')).toEqual(['2020-07-23', '2020-07-24', '2020-08-10']);
    expect(days('2020-10-01', '2020-10-31')).toEqual([]);
    expect(days('2021-07-01', '2021-08-31')).toEqual(['2021-07-22', '2021-07-23', '2021-08-08', '2021-08-09']);
    expect(days('2026-09-01', '2026-09-30')).toEqual(['2026-09-21', '2026-09-22', '2026-09-23']);
    expect(days('2027-06-01', '2028-03-31')).toEqual([
      '2027-07-19',
      '2027-08-11',
      '2027-09-20',
      '2027-09-23',
      '2027-10-11',
      '2027-11-03',
      '2027-11-23',
      '2028-01-01',
      '2028-01-10',
      '2028-02-11',
      '2028-02-23',
      '2028-03-20',
    ]);
  });

  it('have a name in both languages', () => {
    expect(holidayOn('2026-09-22')).toEqual({ ja: '国民の休日', en: "Citizens' holiday" });
    expect(holidayOn('2025-05-06')).toEqual({ ja: '振替休日', en: 'Substitute holiday' });
    expect(holidayOn('2027-08-11')).toEqual({ ja: '山の日', en: 'Mountain Day' });
    expect(holidayOn('2027-08-12')).toBeUndefined();
    for (const { name } of holidaysBetween(first, last)) expect(name.en).toMatch(/^[A-Z][A-Za-z' ]+$/);
  });

  it('are not guessed beyond the years that are known', () => {
    expect(() => holidayOn('2051-01-01')).toThrow(RangeError);
    expect(() => holidayOn('1969-12-31')).toThrow(RangeError);
  });
});

describe('weekdays and fiscal years 2007-2035', () => {
  it('have the weekday that Zeller gives', () => {
    const letters = ['日', '月', '火', '水', '木', '金', '土'];
    fc.assert(
      fc.property(anyDay, (day) => {
        const by = zeller(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)));
        return weekday(day) % 7 === by && weekdayName(day).ja === letters[by];
      }),
      { numRuns: 2000 },
    );
  });

  it('carry the era in which most of the year lies: 平成19年度 to 平成30年度, 令和元年度 to 令和17年度', () => {
    for (let year = 2007; year <= 2035; year++) {
      const heisei = year <= 2018;
      const n = heisei ? year - 1988 : year - 2018;
      const { label, era, eraShort } = fiscalYearLabels(year);
      expect(label).toEqual({ ja: `${year}年度`, en: `FY${year}` });
      expect(era.ja).toBe(`${heisei ? '平成' : '令和'}${n === 1 ? '元' : n}年度`);
      expect(eraShort).toBe(`${heisei ? 'H' : 'R'}${n}`);
    }
    expect(fiscalYearLabels(2027).era.ja).toBe('令和9年度');
    expect(fiscalYearLabels(2019).era.ja).toBe('令和元年度');
  });

  it('keep the days on both sides of the change of era in one fiscal year', () => {
    expect([fiscalYearOf('2019-04-30'), fiscalYearOf('2019-05-01'), fiscalYearOf('2019-03-31')]).toEqual([
      2019, 2019, 2018,
    ]);
    fc.assert(
      fc.property(anyDay, (day) => fiscalYearOf(day) === Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0)),
    );
  });
});
