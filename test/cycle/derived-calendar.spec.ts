import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { generateYear } from '../../src/cycle/generate.ts';
import { shipped } from '../programme/shipped.ts';
import { slug, wpiRoster } from './sample-roster.ts';

const wpi = shipped('wpi');
const roster = wpiRoster();
const rows = parse<{ fy: string; acronym: string; year_of_centre: string; evaluation: string }>(
  readFileSync(join(import.meta.dirname, 'derived_calendar.csv'), 'utf8'),
  { columns: true },
);
const kinds: Record<string, string> = {
  'follow-up': 'annual follow-up',
  'interim-evaluation': 'interim evaluation',
  'final-evaluation': 'final evaluation',
  'after-support': 'academy (no annual site visit assumed)',
};
const years = [...new Set(rows.map(({ fy }) => Number(fy)))];
const generated = new Map(years.map((year) => [year, generateYear(wpi, roster, year)]));
const byText = (a: string, b: string) => (a < b ? -1 : 1);

describe('the generated years agree with the derived calendar', () => {
  it('has ten years of eighteen centres', () => {
    expect(years).toEqual([2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033]);
    expect(rows).toHaveLength(180);
  });

  it.each(years)('FY%d: every centre, its year and what the year is', (year) => {
    const expected = rows
      .filter(({ fy }) => Number(fy) === year)
      .map(({ acronym, year_of_centre, evaluation }) => `${slug(acronym)} ${year_of_centre} ${evaluation}`);
    const ours = generated.get(year)!.centres.map((one) => `${one.centre} ${one.year} ${kinds[one.kind]}`);
    expect(ours.sort(byText)).toEqual(expected.sort(byText));
  });

  it.each(years)(
    'FY%d: a visit, a hearing and a PD/PO visit for each supported centre, nothing for the others',
    (year) => {
      const supported = rows
        .filter(({ fy, evaluation }) => Number(fy) === year && !evaluation.startsWith('academy'))
        .map(({ acronym }) => slug(acronym))
        .sort(byText);
      const { meetings, milestones } = generated.get(year)!;
      for (const activity of ['site', 'hearing', 'pdpo'])
        expect(
          meetings
            .filter((one) => one.activity === activity)
            .map(({ centre }) => centre ?? '')
            .sort(byText),
        ).toEqual(supported);
      expect([...new Set(milestones.flatMap(({ centre }) => centre ?? []))].sort(byText)).toEqual(supported);
    },
  );

  it.each(years)('FY%d: verdicts and reports of evaluation years, and only of those', (year) => {
    const of = (evaluation: string) =>
      rows
        .filter((row) => Number(row.fy) === year && row.evaluation === evaluation)
        .map(({ acronym }) => slug(acronym))
        .sort(byText);
    const owed = (activity: string) =>
      generated
        .get(year)!
        .milestones.filter((one) => one.activity === activity)
        .map(({ centre }) => centre ?? '')
        .sort(byText);
    expect(owed('interim-verdict')).toEqual(of('interim evaluation'));
    expect(owed('self-evaluation-report')).toEqual(of('interim evaluation'));
    expect(owed('final-verdict')).toEqual(of('final evaluation'));
    expect(owed('final-self-evaluation-report')).toEqual(of('final evaluation'));
    expect(owed('outcome')).toEqual(of('annual follow-up'));
    expect(owed('progress-report')).toEqual(of('annual follow-up'));
  });
});

describe('the published figures', () => {
  const counted = (year: number) => {
    const { centres } = generateYear(wpi, roster, year);
    const adopted = centres.filter(({ kind }) => kind !== 'before-adoption').length;
    const academy = centres.filter(({ kind }) => kind === 'after-support').length;
    return { supported: adopted - academy, academy, adopted };
  };

  it('nine supported in FY2018 and FY2019, eight in FY2020', () => {
    expect([2018, 2019, 2020].map((year) => counted(year).supported)).toEqual([9, 9, 8]);
  });
  it('five Academy centres in April 2020', () => {
    expect(counted(2020).academy).toBe(5);
  });
  it('thirteen adopted before the call of FY2021', () => {
    expect(counted(2020).adopted).toBe(13);
  });
  it('nine supported and nine Academy in October 2023', () => {
    expect(counted(2023)).toEqual({ supported: 9, academy: 9, adopted: 18 });
  });
});
