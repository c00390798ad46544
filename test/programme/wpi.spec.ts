import { describe, expect, it } from '@jest/globals';
import { offsetText, inSentence, nth } from '../../src/programme/phrases.ts';
import { meetingActivityOf, type MeetingActivity } from '../../src/programme/programme.ts';
import { sessionsOf } from '../../src/programme/sessions.ts';
import { shipped } from './shipped.ts';

const wpi = shipped('wpi');
const activity = (id: string): MeetingActivity => {
  const found = meetingActivityOf(wpi, id);
  if (!found) throw new Error(`no meeting ${id}`);
  return found;
};
const seat = (of: string, id: string) => activity(of).seats.find((one) => one.id === id)!;

describe('the programme’s attendance rules', () => {
  const required = (id: string) =>
    activity(id)
      .seats.filter((one) => one.required)
      .map((one) => one.id);

  it('ask at a site visit for the director or deputy, the officer, the working group, and the centre with each host', () => {
    expect(required('site')).toEqual([
      'lead',
      'officer',
      'working-group',
      'director',
      'administrative-director',
      'executive',
    ]);
    expect(seat('site', 'lead').oneOf!.map(({ post, cost }) => [post, cost])).toEqual([
      ['programme-director', 0],
      ['deputy-programme-director', 12],
    ]);
    expect(seat('site', 'working-group').panel).toMatchObject({ atLeast: 3, tagged: { tag: 'overseas' } });
    expect(wpi.panels[0]).toMatchObject({ min: 6, max: 8 });
    expect(seat('site', 'executive')).toMatchObject({ perHost: true, standIn: 'approval', openingOnly: true });
  });

  it('ask at a PD/PO visit for the executive for research, and not for the president', () => {
    expect(required('pdpo')).toEqual(['lead', 'officer', 'director', 'administrative-director', 'executive']);
    expect(seat('pdpo', 'executive').oneOf!.map(({ post }) => post)).toEqual(['executive-for-research']);
  });

  it('let half of the committee, the chair among them, be enough', () => {
    expect(activity('committee').quorum).toEqual({ seat: 'committee', percent: 50, also: ['chair'] });
    expect(required('hearing')).toEqual(['officer', 'director', 'administrative-director', 'executive']);
  });

  it('reserve slots that hold the longest hearing, none over half past twelve', () => {
    const { slots } = activity('committee');
    const minutes = (at: string) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
    const longest = activity('hearing').minutesInEvaluation!;
    for (const slot of slots) {
      expect(slot.minutes).toBeGreaterThanOrEqual(longest);
      expect(minutes(slot.at) < 750 && minutes(slot.at) + slot.minutes > 750).toBe(false);
    }
    // nine centres in FY2026, on two days
    expect(slots.length * 2).toBeGreaterThanOrEqual(9);
  });
});

describe('the sessions of a site visit', () => {
  it('fill one day in an ordinary year and two in an evaluation year, and end with the closing comments', () => {
    const days = (meeting: { halfDays: number; evaluation: boolean }) =>
      sessionsOf(activity('site'), meeting).map(({ day, from, id }) => `${day} ${from} ${id}`);
    expect(days({ halfDays: 2, evaluation: false })).toEqual([
      '1 10:00 opening',
      '1 11:15 director',
      '1 13:30 investigators',
      '1 15:15 tour',
      '1 16:00 deliberation',
      '1 16:35 closing',
    ]);
    expect(days({ halfDays: 4, evaluation: true })).toEqual([
      '1 10:00 opening',
      '1 11:15 director',
      '1 13:30 investigators',
      '1 15:15 young-researchers',
      '2 10:00 investigators-continued',
      '2 15:15 tour',
      '2 16:00 deliberation',
      '2 16:35 closing',
    ]);
  });

  it('are closed to the centre only where the visitors deliberate', () => {
    const closed = activity('site').sessions.filter(({ open }) => !open);
    expect(closed.map(({ id, audience }) => [id, audience.includes('director')])).toEqual([['deliberation', false]]);
  });
});

describe('phrases', () => {
  it('say an offset in both languages', () => {
    expect(offsetText(wpi, { before: 'site', days: 42 })).toEqual({
      ja: 'サイトビジットの42日前',
      en: '42 days before the site visit',
    });
    expect(offsetText(wpi, { after: 'committee', weeks: 8 })).toEqual({
      ja: 'プログラム委員会の8週間後',
      en: '8 weeks after the Program Committee',
    });
    expect(offsetText(wpi, { after: 'pdpo', workingDays: 1 })).toEqual({
      ja: 'PD・PO訪問の1営業日後',
      en: '1 working day after the PD/PO visit',
    });
    expect(offsetText(wpi, { before: 'due', workingDays: 3 })).toEqual({
      ja: '3営業日前',
      en: '3 working days before',
    });
    expect(offsetText(wpi, { after: 'site', days: 0 })).toEqual({
      ja: 'サイトビジットの当日',
      en: 'on the day of the site visit',
    });
  });

  it('count 1st, 2nd, 3rd, 11th, 12th, 13th, 21st, 22nd', () => {
    expect([1, 2, 3, 4, 10, 11, 12, 13, 21, 22].map(nth)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '10th',
      '11th',
      '12th',
      '13th',
      '21st',
      '22nd',
    ]);
  });

  it('begin small inside a sentence, but for names', () => {
    const en = (name: string) => inSentence({ ja: '', en: name }).en;
    expect([en('Site visit'), en('PD/PO visit'), en('Program Committee'), en('Reception'), en('WPI Academy')]).toEqual([
      'site visit',
      'PD/PO visit',
      'Program Committee',
      'reception',
      'WPI Academy',
    ]);
  });
});
