import { describe, expect, it } from '@jest/globals';
import {
  breaksOf,
  closedDays,
  openDays,
  spansOf,
  tentativeDays,
  windowsFor,
  windowsOf,
  withWindows,
  workingDaysIn,
} from '../../src/cycle/year-calendar.ts';
import { eachDay } from '../../src/kernel/calendar-date.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { japaneseWorkingDay } from '../../src/programme/working-days.ts';
import { shipped } from '../programme/shipped.ts';

const wpi = shipped('wpi');
const nameOn = (days: readonly { date: string; name: { ja: string } }[], date: string) =>
  days.find((day) => day.date === date)?.name.ja;
const withSpans = (spans: Programme['calendar']['spans']): Programme => ({
  ...wpi,
  calendar: { ...wpi.calendar, spans },
});

describe('closed days', () => {
  const closed = closedDays(wpi, 2027);

  it('are weekends, national holidays and closed spans, each day once and in order', () => {
    const dates = closed.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(nameOn(closed, '2027-04-03')).toBe('土曜日');
    expect(nameOn(closed, '2027-08-11')).toBe('山の日');
    expect(nameOn(closed, '2027-12-30')).toBe('年末年始');
    expect(nameOn(closed, '2027-12-28')).toBeUndefined();
    expect([dates[0], dates.at(-1)]).toEqual(['2027-04-03', '2028-03-26']);
    expect(dates).toEqual([...eachDay('2027-04-01', '2028-03-31')].filter((day) => !japaneseWorkingDay(day)));
  });

  it('are named by what says most: a holiday before a span before a weekend', () => {
    expect(nameOn(closed, '2028-01-01')).toBe('元日');
    expect(nameOn(closed, '2028-01-02')).toBe('年末年始');
  });

  it('of an activity are its own spans beside those of all', () => {
    const name = { ja: '停電', en: 'Power cut' };
    const programme = withSpans([{ name, from: '07-05', to: '07-06', effect: 'closed', activities: ['site'] }]);
    const on = (activity?: string) => nameOn(closedDays(programme, 2027, activity), '2027-07-05');
    expect([on('site'), on('pdpo'), on()]).toEqual(['停電', undefined, undefined]);
  });

  it('are without national holidays where the programme has none', () => {
    const erc = closedDays(shipped('erc'), 2027);
    expect([nameOn(erc, '2027-07-19'), nameOn(erc, '2027-07-04')]).toEqual([undefined, '独立記念日']);
  });
});

describe('tentative days', () => {
  const tentative = tentativeDays(wpi, 2027);

  it('are those of soft spans that are not closed anyway', () => {
    const august = tentative.filter(({ date }) => date.startsWith('2027-08')).map(({ date }) => date);
    expect(august).toEqual(['2027-08-09', '2027-08-10', '2027-08-12', '2027-08-13', '2027-08-16']);
    expect(nameOn(tentative, '2027-08-09')).toBe('お盆');
  });

  it('put the Common Test on the first weekend from 13 January on, and a day on both sides', () => {
    const span = (year: number) => spansOf(wpi, year).find(({ name }) => name.ja === '大学入学共通テスト');
    expect([2025, 2026, 2027, 2028].map((year) => [span(year)!.from, span(year)!.to])).toEqual([
      ['2026-01-16', '2026-01-19'],
      ['2027-01-15', '2027-01-18'],
      ['2028-01-14', '2028-01-17'],
      ['2029-01-12', '2029-01-15'],
    ]);
    expect(tentative.filter(({ date }) => date.startsWith('2028-01')).map(({ date }) => date)).toEqual([
      '2028-01-14',
      '2028-01-17',
    ]);
  });

  it('say nothing of notes, which close no day', () => {
    expect(nameOn(tentative, '2027-07-15')).toBeUndefined();
    expect(
      spansOf(wpi, 2027)
        .filter(({ effect }) => effect === 'note')
        .map(({ name }) => name.en),
    ).toEqual(['Typhoon season', 'Snow season']);
  });
});

describe('breaks', () => {
  it('are closed days in a row: 19-23 September 2026', () => {
    const found = breaksOf(wpi, 2026).find(({ from }) => from === '2026-09-19');
    expect(found).toEqual({
      from: '2026-09-19',
      to: '2026-09-23',
      days: 5,
      names: [
        { ja: '敬老の日', en: 'Respect for the Aged Day' },
        { ja: '国民の休日', en: "Citizens' holiday" },
        { ja: '秋分の日', en: 'Autumnal Equinox Day' },
      ],
    });
  });

  it('of FY2027 are the spring holidays and the year end', () => {
    expect(breaksOf(wpi, 2027).map(({ from, to, days }) => [from, to, days])).toEqual([
      ['2027-05-01', '2027-05-05', 5],
      ['2027-12-29', '2028-01-03', 6],
    ]);
    expect(breaksOf(wpi, 2027, 3).length).toBeGreaterThan(5);
  });
});

describe('open days', () => {
  it('are those of a window on which the activity may be', () => {
    expect(openDays(wpi, 2026, 'site', { from: '2026-09-17', to: '2026-09-25' })).toEqual([
      '2026-09-17',
      '2026-09-18',
      '2026-09-24',
      '2026-09-25',
    ]);
    expect(openDays(wpi, 2027, 'site')).toHaveLength(366 - closedDays(wpi, 2027, 'site').length);
  });

  it('are counted as working days, both ends included', () => {
    expect(workingDaysIn(wpi, { from: '2026-09-17', to: '2026-09-25' })).toBe(4);
    expect(workingDaysIn(wpi, { from: '2027-12-27', to: '2028-01-04' })).toBe(3);
    expect(workingDaysIn(wpi, { from: '2027-09-20', to: '2027-09-20' })).toBe(0);
  });
});

describe('the windows of a new year', () => {
  const by = (list: ReturnType<typeof windowsFor>, activity: string) => list.find((one) => one.activity === activity)!;

  it('are the programme’s in the first year', () => {
    const windows = windowsFor(wpi, 2027);
    expect(windows.map(({ activity, from, to, previous }) => [activity, from, to, previous])).toEqual([
      ['site', '2027-06-01', '2027-09-30', null],
      ['committee', '2027-10-13', '2027-11-20', null],
      ['pdpo', '2027-12-01', '2028-03-19', null],
      ['symposium', '2027-11-01', '2027-12-20', null],
    ]);
  });

  it('are last year’s, moved and shown beside both years’ days', () => {
    const lastYear = { ...windowsOf(wpi), site: { from: '06-08', to: '09-25' } };
    const site = by(windowsFor(wpi, 2027, lastYear), 'site');
    expect(site).toMatchObject({
      from: '2027-06-08',
      to: '2027-09-25',
      previous: { from: '2026-06-08', to: '2026-09-25' },
      window: { from: '06-08', to: '09-25' },
      days: 110,
    });
    expect(site.closed.map(({ date }) => date)).toEqual(['2027-07-19', '2027-08-11', '2027-09-20', '2027-09-23']);
    expect(site.tentative.map(({ date }) => date)).toContain('2027-08-12');
    expect(site.openDays).toBe(openDays(wpi, 2027, 'site', site).length);
  });

  it('keep what they close when the span of a closed week runs over New Year', () => {
    const pdpo = by(windowsFor(wpi, 2027), 'pdpo');
    expect(pdpo.closed.map(({ date }) => date)).toEqual([
      '2027-12-29',
      '2027-12-30',
      '2027-12-31',
      '2028-01-01',
      '2028-01-02',
      '2028-01-03',
      '2028-01-10',
      '2028-02-11',
      '2028-02-23',
    ]);
  });

  it('go into the rules of the year, and come out again', () => {
    const rules = withWindows(wpi, { site: { from: '06-08', to: '09-25' } });
    expect(windowsOf(rules)).toEqual({ ...windowsOf(wpi), site: { from: '06-08', to: '09-25' } });
    expect(windowsOf(wpi)['site']).toEqual({ from: '06-01', to: '09-30' });
    expect(Object.keys(windowsOf(wpi))).toEqual(['site', 'committee', 'pdpo', 'symposium']);
  });
});
