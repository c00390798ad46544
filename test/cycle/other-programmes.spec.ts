import { describe, expect, it } from '@jest/globals';
import { generateYear } from '../../src/cycle/generate.ts';
import type { Roster } from '../../src/roster/roster.ts';
import { shipped } from '../programme/shipped.ts';
import { madeUpCentre, madeUpRoster, post } from './sample-roster.ts';

const keysOf = (programme: string, roster: Roster, fiscalYear: number, options = {}) => {
  const { meetings, milestones } = generateYear(shipped(programme), roster, fiscalYear, { options });
  return { meetings: meetings.map(({ key }) => key), milestones: milestones.map(({ key }) => key) };
};

describe('J-PEAKS', () => {
  const programme = shipped('j-peaks');
  const project = madeUpCentre({ id: 'p', scheme: 'project', adoptionYear: 2023, hosts: ['u1', 'u2', 'u3'] });
  const roster = madeUpRoster(project);

  it('is visited in December of every year, and evaluated in years 5 and 10', () => {
    const kinds = Array.from({ length: 11 }, (_, i) => generateYear(programme, roster, 2023 + i).centres[0]!.kind);
    expect(kinds).toEqual([
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'interim-evaluation',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'final-evaluation',
      'after-support',
    ]);
    const [site] = generateYear(programme, roster, 2027).meetings;
    expect(site).toMatchObject({ key: 'site/p', window: { from: '2027-12-01', to: '2027-12-25' } });
    expect(site!.seats.filter(({ rule }) => rule === 'president').map(({ key }) => key)).toEqual([
      'president/u1',
      'president/u2',
      'president/u3',
    ]);
  });

  it('has the evaluation’s report and verdict in the evaluation year', () => {
    expect(keysOf('j-peaks', roster, 2027)).toEqual({
      meetings: ['site/p', 'committee'],
      milestones: [
        'evaluation-report/p',
        'verdict/p',
        'date-fixed/site/p',
        'date-fixed/committee',
        'who-attends/site/p',
      ],
    });
    expect(keysOf('j-peaks', roster, 2026).milestones).toEqual([
      'progress-report/p',
      'date-fixed/site/p',
      'date-fixed/committee',
      'who-attends/site/p',
    ]);
  });
});

describe('an annual meeting', () => {
  const members = ['x', 'y'].map((id) =>
    madeUpCentre({ id, scheme: 'member', adoptionYear: 2016, supportEndYear: 2065 }),
  );
  const roster = {
    ...madeUpRoster(...members),
    posts: [post('chair'), ...members.map(({ id }) => post('representative', { centre: id }))],
  };

  it('is one meeting of the programme with a seat for each member', () => {
    const year = generateYear(shipped('annual-meeting'), roster, 2027);
    expect(year.covers).toBe(2027);
    expect(year.meetings).toHaveLength(1);
    expect(year.meetings[0]).toMatchObject({ key: 'general-meeting', centre: null, halfDays: 4 });
    expect(year.meetings[0]!.seats.map(({ key }) => key)).toEqual([
      'chair',
      'board',
      'representatives/representative-x',
      'representatives/representative-y',
      'observers',
    ]);
    expect(year.milestones.map(({ key, meeting }) => [key, meeting])).toEqual([
      ['call-for-items', 'general-meeting'],
      ['annual-figures/x', 'general-meeting'],
      ['annual-figures/y', 'general-meeting'],
      ['papers', 'general-meeting'],
      ['minutes', 'general-meeting'],
    ]);
  });

  it('of three days takes the place of the one of two', () => {
    const year = generateYear(shipped('annual-meeting'), roster, 2027, { options: { 'three-days': true } });
    expect(year.meetings.map(({ key, halfDays }) => [key, halfDays])).toEqual([['long-general-meeting', 6]]);
    expect(year.milestones.map(({ meeting }) => meeting)).toEqual(year.milestones.map(() => 'long-general-meeting'));
  });
});

describe('an ERC', () => {
  const centre = (adoptionYear: number) =>
    madeUpRoster(madeUpCentre({ id: 'e', scheme: 'centre', adoptionYear, hosts: ['u1', 'u2'] }));

  it('has a report five weeks before its visit, and renewal reviews in years 3 and 6', () => {
    const kinds = Array.from(
      { length: 10 },
      (_, i) => generateYear(shipped('erc'), centre(2020), 2020 + i).centres[0]!.kind,
    );
    expect(kinds.flatMap((kind, i) => (kind === 'renewal' ? [i + 1] : []))).toEqual([3, 6]);
    expect(kinds[0]).toBe('first-year');
    const year = generateYear(shipped('erc'), centre(2024), 2027);
    expect(year.milestones.find(({ key }) => key === 'annual-report/e')!.due.offsets).toEqual([
      { before: 'site', weeks: 5 },
    ]);
  });

  it('decides on a renewal along a chain from the visit', () => {
    const year = generateYear(shipped('erc'), centre(2025), 2027);
    expect(year.meetings).toMatchObject([{ key: 'site/e', halfDays: 6, evaluation: true }]);
    expect(year.milestones.map(({ key }) => key)).toEqual([
      'renewal-proposal/e',
      'team-report/e',
      'centre-response/e',
      'renewal-decision/e',
    ]);
    expect(year.milestones.at(-1)).toMatchObject({
      meeting: 'site/e',
      due: {
        offsets: [
          { after: 'site', workingDays: 5 },
          { after: 'team-report', weeks: 3 },
          { after: 'centre-response', weeks: 8 },
        ],
      },
    });
  });

  it('has nothing in its first year', () => {
    expect(keysOf('erc', centre(2027), 2027)).toEqual({ meetings: [], milestones: [] });
  });
});
