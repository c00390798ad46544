import { describe, expect, it } from '@jest/globals';
import { dueDayAlong, notBeforeDay } from '../../src/cycle/due-days.ts';
import { generateYear } from '../../src/cycle/generate.ts';
import { shipped } from '../programme/shipped.ts';
import { madeUpCentre, madeUpRoster } from './sample-roster.ts';

const year = generateYear(shipped('wpi'), madeUpRoster(madeUpCentre({ id: 'a' })), 2027);
const dueOn = (key: string, first: `${number}-${number}-${number}`, last = first) =>
  dueDayAlong(year.milestones.find((one) => one.key === key)!.due.offsets, first, last);

describe('what is due around a site visit on 8 July 2027', () => {
  it.each([
    ['date-poll/site/a', '2027-02-08'],
    ['date-fixed/site/a', '2027-04-09'],
    ['progress-report/a', '2027-05-27'],
    ['who-attends/site/a', '2027-05-27'],
    ['report-to-readers/a', '2027-06-03'],
    ['names-and-accompanying/site/a', '2027-06-10'],
    ['list-of-investigators/site/a', '2027-06-10'],
    ['documents/site/a', '2027-06-17'],
    ['travel-and-hotel/site/a', '2027-06-17'],
    ['final-agenda/site/a', '2027-06-28'],
    ['last-note/site/a', '2027-07-05'],
    ['thanks-and-claims/site/a', '2027-07-15'],
    ['minutes/site/a', '2027-07-22'],
    ['officer-report/a', '2027-07-29'],
  ])('%s: %s', (key, day) => {
    expect(dueOn(key, '2027-07-08')).toBe(day);
  });
});

describe('what follows from a committee on 27 and 28 October 2027', () => {
  it.each([
    ['points-for-improvement/a', '2027-11-11'],
    ['answer-to-points/a', '2027-12-02'],
    ['outcome/a', '2027-12-23'],
    ['follow-up-report', '2027-12-23'],
  ])('%s: %s', (key, day) => {
    expect(dueOn(key, '2027-10-27', '2027-10-28')).toBe(day);
  });

  it('lets the PD/PO visit begin on the day after the answer', () => {
    const [chain] = year.meetings.find(({ key }) => key === 'pdpo/a')!.notBefore;
    expect(chain!.meeting).toBe('committee');
    expect(notBeforeDay([{ offsets: chain!.offsets, firstDay: '2027-10-27', lastDay: '2027-10-28' }])).toBe(
      '2027-12-03',
    );
  });
});

describe('a chain', () => {
  it('of nothing has no day', () => {
    expect(dueDayAlong([], '2027-07-08', '2027-07-08')).toBeNull();
    expect(notBeforeDay([])).toBeNull();
  });

  it('binds by its latest', () => {
    const after = (day: '2027-07-08' | '2027-07-20') => ({
      offsets: [{ after: 'site', days: 28 }],
      firstDay: day,
      lastDay: day,
    });
    expect(notBeforeDay([after('2027-07-20'), after('2027-07-08')])).toBe('2027-08-17');
  });
});
