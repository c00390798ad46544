import { describe, expect, it } from '@jest/globals';
import { fits, optionsOf, yearOf } from '../../src/cycle/years.ts';
import { Years } from '../../src/programme/programme.ts';
import { sessionsOf } from '../../src/programme/sessions.ts';
import { meetingActivityOf } from '../../src/programme/programme.ts';
import { shipped } from '../programme/shipped.ts';
import { madeUpCentre } from './sample-roster.ts';

const wpi = shipped('wpi');
const centre = madeUpCentre({ id: 'a', adoptionYear: 2020, scheme: 'core', gateYear: 3 });

/** Years 0 to 12 of a centre, supported in 1 to 10, in which something with these years happens */
const happens = (years: object, options = {}) =>
  Array.from({ length: 13 }, (_, n) => n).filter((n) =>
    fits(Years.parse(years), yearOf(wpi, centre, 2019 + n), options),
  );

describe('years of a centre', () => {
  it.each([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [{ from: 2 }, [2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [{ from: 2, to: 4 }, [2, 3, 4]],
    [{ from: 2, to: 6, except: [3, 5] }, [2, 4, 6]],
    [{ only: [5] }, [5]],
    [{ only: [5, 'last', 'gate'] }, [3, 5, 10]],
    [{ schemes: ['core'], to: 2 }, [1, 2]],
    [{ schemes: ['standard'] }, []],
    [{ from: 9, afterSupport: true }, [9, 10, 11, 12]],
    [{ afterSupport: 'only' }, [11, 12]],
    [{ only: [10, 11] }, [10]],
  ])('%j are %j', (years, expected) => {
    expect(happens(years)).toEqual(expected);
  });

  it('follow an option, and years that an option adds', () => {
    expect(happens({ only: [8], option: 'review' }, { review: true })).toEqual([8]);
    expect(happens({ only: [8], option: 'review' }, { review: false })).toEqual([]);
    expect(happens({ only: [8], option: 'review' })).toEqual([]);
    const also = {
      from: 9,
      also: [
        { year: 1, option: 'early' },
        { year: 'gate', option: 'late' },
      ],
    };
    expect([happens(also), happens(also, { early: true }), happens(also, { late: true })]).toEqual([
      [9, 10],
      [1, 9, 10],
      [3, 9, 10],
    ]);
  });
});

describe('options of a year', () => {
  it('are the programme’s, but for those that are chosen', () => {
    expect(optionsOf(wpi)).toMatchObject({ 'first-year-visit': false, 'final-self-evaluation': true });
    expect(optionsOf(wpi, { 'first-year-visit': true })).toMatchObject({
      'first-year-visit': true,
      'final-self-evaluation': true,
    });
  });

  it('cannot be invented, nor taken from what every object has', () => {
    expect(() => optionsOf(wpi, { toString: true })).toThrow('wpi has no option toString');
  });
});

it('a session of a second day falls away where the meeting has one', () => {
  const site = meetingActivityOf(wpi, 'site')!;
  const ids = (halfDays: number) => sessionsOf(site, { halfDays, evaluation: true }).map(({ id }) => id);
  expect(ids(4)).toContain('investigators-continued');
  expect(ids(2)).not.toContain('investigators-continued');
  expect(ids(3)).toContain('investigators-continued');
});
