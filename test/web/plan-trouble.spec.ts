import { describe, expect, it } from '@jest/globals';
import {
  askedWith,
  readTrouble,
  sayTrouble,
  troubleField,
  troublesIn,
  type Trouble,
} from '../../src/planning/year-troubles.ts';
import { placeOptions } from '../../src/web/staff/plan-trouble.ts';
import { YearFile } from './year-file.ts';

const year = new YearFile();
const meetings = year.meetings.filter(({ activity }) => activity === 'site' || activity === 'pdpo');
const ground = { fiscalYear: 2027, roster: year.roster, meetings };
const [person] = year.roster.people;
const storm = (of: string, from = '2027-09-07', to = '2027-09-08') =>
  ({ kind: 'storm', from, to, of }) as unknown as Trouble;

describe('what happened', () => {
  it('travels in the address and comes back from it; what means nothing there is left out', () => {
    const troubles = [storm('centre aimec'), { ...storm(person!.id), kind: 'ill' } as Trouble];
    const fields = troubles.map(troubleField);
    expect(troublesIn([...fields, fields[0]], ground)).toEqual(troubles);
    for (const field of [
      'storm 2027-09-07 2027-09-08 centre atlantis',
      'plague 2027-09-07 2027-09-08 *',
      'storm 2027-09-08 2027-09-07 *',
      'storm 2029-09-07 2029-09-08 *',
      'ill 2027-09-07 2027-09-08 <script>',
      '',
      7,
    ])
      expect(troublesIn(field, ground)).toEqual([]);
  });

  it.each([
    [{ kind: 'storm', from: '', to: '', of: '*' }, ['from', 'to']],
    [{ kind: 'storm', from: '2027-09-07', to: '2027-09-06', of: '*' }, ['to']],
    [{ kind: 'storm', from: '2027-09-07', to: '2027-09-21', of: '*' }, ['to']],
    [{ kind: 'ill', from: '2027-09-07', to: '', of: 'nobody' }, ['of']],
    [{ kind: 'closed', from: '2026-09-07', to: '', of: '*' }, ['from', 'to']],
  ])('is refused at its fields: %o', (typed, faults) => {
    expect(Object.keys(readTrouble(typed, ground).faults)).toEqual(faults);
  });

  it('is one day where no last day was typed, in figures of either width', () => {
    const { trouble } = readTrouble({ kind: 'storm', from: '２０２７-09-07', to: '', of: '*' }, ground);
    expect(trouble).toEqual(storm('*', '2027-09-07', '2027-09-07'));
  });

  it('means that visits of a centre can only be online on each of its days', () => {
    const { storms, changes } = askedWith([storm('centre aimec')], ground);
    expect(storms).toEqual(
      ['2027-09-07', '2027-09-08'].flatMap((day) =>
        meetings.filter(({ centre }) => centre === 'aimec').map(({ key }) => ({ of: key, day })),
      ),
    );
    expect(storms.length).toBeGreaterThan(0);
    expect(changes).toEqual([]);
  });

  it('means half days of who is ill, and closed days', () => {
    const ill = { ...storm(person!.id), kind: 'ill' } as Trouble;
    const closed = { ...storm('*'), kind: 'closed' } as Trouble;
    expect(askedWith([ill, closed], ground)).toEqual({
      storms: [],
      changes: [
        { change: 'half-days', person: person!.id, from: '2027-09-07', to: '2027-09-08', half: 'all', state: 'x' },
        { change: 'close', of: '*', from: '2027-09-07', to: '2027-09-08' },
      ],
    });
  });

  it('is said in both languages, with names', () => {
    expect(sayTrouble(storm('centre aimec'), ground)).toEqual({
      ja: '9月7日(火)～9月8日(水)：移動できない（AIMEC）',
      en: 'Tue 7 Sep – Wed 8 Sep: nobody can travel (AIMEC)',
    });
    const ill = sayTrouble({ ...storm(person!.id), kind: 'ill' }, ground);
    expect([ill.ja.includes(person!.name.ja), ill.en.includes(person!.name.en)]).toEqual([true, true]);
  });

  it('can be everywhere, in a city with several centres, or at one of them', () => {
    const options = placeOptions(ground).map(({ value }) => value);
    expect(options[0]).toBe('*');
    expect(options).toContain('centre aimec');
    for (const value of options) expect(readTrouble({ ...storm(value) }, ground).faults).toEqual({});
  });
});
