import { describe, expect, it } from '@jest/globals';
import { boardOf, milestoneState } from '../../src/web/staff/board.ts';
import { drawYearBoard } from '../../src/web/staff/year-board.ts';
import { YearFile } from './year-file.ts';

const rowsOf = (year: YearFile, options = {}) => boardOf(year.year(), options);

describe('the year board', () => {
  it('has a row for each centre of the year in the order of adoption, and one for all on top', () => {
    const board = rowsOf(new YearFile());
    expect(board.rows.map(({ centre }) => centre.id)).toEqual([
      'ashbi',
      'icredd',
      'qup',
      'bio2q',
      'prime',
      'skcm2',
      'aimec',
    ]);
    expect(board.programmeRow?.bars.map(({ id }) => id).toSorted()).toEqual(['committee', 'reception', 'symposium']);
  });

  it('says what the year is for a centre where it is an evaluation', () => {
    const badges = rowsOf(new YearFile()).rows.map(({ centre }) => [centre.id, centre.badge?.ja]);
    expect(Object.fromEntries(badges)).toMatchObject({ aimec: '中間評価', ashbi: '最終評価', qup: undefined });
  });

  it('shows what has no day within its window, a part within that of its whole, and moves it to its day', () => {
    const year = new YearFile();
    const bar = (key: string) =>
      rowsOf(year)
        .rows.flatMap(({ bars }) => bars)
        .find(({ id }) => id === key);
    expect(bar('site/qup')).toMatchObject({ from: '2027-06-01', to: '2027-09-30', state: 'undated' });
    expect(bar('hearing/qup')).toMatchObject({ from: '2027-10-13', to: '2027-11-20', state: 'undated' });
    year.date('committee', '2027-10-28', '2027-10-29');
    expect(bar('hearing/qup')).toMatchObject({ from: '2027-10-28', to: '2027-10-29', state: 'undated' });
    year.date('hearing/qup', '2027-10-29', '2027-10-29', '09:30', '10:15');
    expect(bar('hearing/qup')).toMatchObject({ from: '2027-10-29', to: '2027-10-29', href: '/meetings/hearing/qup' });
  });

  it('has a diamond for each deadline with a day; steps of preparation only on request', () => {
    const year = new YearFile();
    year.date('site/qup', '2027-06-24');
    const diamonds = (options = {}) => rowsOf(year, options).rows.find(({ centre }) => centre.id === 'qup')!.diamonds;
    expect(diamonds().map(({ label, date }) => [label.en, date])).toEqual([
      ['Progress report', '2027-05-13'],
      ['Report sent to its readers', '2027-05-20'],
      ["Readers' questions to the centre", '2027-06-10'],
      ["Officer's report on the centre", '2027-07-15'],
    ]);
    expect(diamonds({ steps: true }).length).toBe(4 + 11);
  });

  it('shades holidays and days to avoid, and no season', () => {
    const board = rowsOf(new YearFile());
    expect(board.holidays.map(({ date }) => date)).toContain('2027-09-20');
    const names = board.blackouts.map(({ name }) => name.en);
    expect(names).toContain('Obon');
    expect(names).not.toContain('Typhoon season');
  });

  it('draws in both languages, with today', () => {
    const year = new YearFile();
    year.date('site/qup', '2027-06-24');
    const board = rowsOf(year);
    expect(drawYearBoard(board, 'ja')).toContain('QUP 現地視察 2027年6月24日(木) 要対応');
    expect(drawYearBoard(board, 'en')).toContain('QUP Site visit Thu 24 June 2027 Needs attention');
    expect(drawYearBoard(board, 'en')).toContain('data-today="2027-05-20"');
  });
});

describe('a deadline', () => {
  it('is a problem from the day after its day on, until it is settled', () => {
    const [milestone] = new YearFile().milestones;
    const of = (values: object, today = '2027-05-20' as const) => milestoneState({ ...milestone!, ...values }, today);
    expect(of({ dueOn: '2027-05-20' })).toBe('planned');
    expect(of({ dueOn: '2027-05-19' })).toBe('problem');
    expect(of({ dueOn: '2027-05-19', extendedTo: '2027-05-21' })).toBe('planned');
    expect(of({ dueOn: '2027-05-19', state: 'submitted' })).toBe('answered');
    expect(of({ dueOn: '2027-05-19', state: 'waived' })).toBe('cancelled');
    expect(of({ dueOn: null })).toBe('undated');
  });
});
