import { describe, expect, it } from '@jest/globals';
import type { TrailEntry } from '../../src/audit/trail.queries.ts';
import { trailView } from '../../src/web/staff/meeting-trail.ts';
import { YearFile } from './year-file.ts';

const file = new YearFile().file('site/aimec');
const context = { roster: file.roster, staff: file.staff, zone: 'Asia/Tokyo' };

const line = (verb: string, before: unknown, after: unknown) => {
  const entry: TrailEntry = {
    number: '7',
    at: new Date('2027-05-20T03:00:00Z'),
    actor: { kind: 'staff', id: 's', name: '見本 一子' },
    verb,
    subject: 'meeting/1',
    before,
    after,
  };
  return trailView([entry], context)[0]!;
};

describe('the trail of a meeting in words', () => {
  it('says who came and went as sentences', () => {
    expect(line('attendee.add', undefined, { person: 'kaku-taro' })).toMatchObject({
      who: '見本 一子',
      what: { ja: '架空 太郎さんを出席者に追加', en: 'Added Taro KAKU' },
      changes: [],
    });
    expect(line('attendee.replace', { person: 'kaku-taro' }, { person: null }).what.en).toBe(
      'Replaced Taro KAKU by nobody',
    );
    expect(line('attendee.remove', { person: 'gone' }, undefined).what.ja).toBe('goneさんを出席者から外した');
  });

  it('says an answer with what it was before and how it came in', () => {
    const after = { person: 'kaku-taro', attendance: 'absent', channel: 'office-link' };
    expect(line('responses.record', { person: 'kaku-taro', attendance: 'attending' }, after).what).toEqual({
      ja: '架空 太郎さんの回答：出席 → 欠席（窓口のリンク）',
      en: 'Answer of Taro KAKU: attending → absent (office’s link)',
    });
    expect(line('responses.record', undefined, after).what.ja).toBe('架空 太郎さんの回答：欠席（窓口のリンク）');
  });

  it('says fields before and after, times in the meeting’s zone and staff by name', () => {
    const { changes } = line(
      'meeting.set',
      {
        startsAt: '2027-07-05T01:00:00.000Z',
        mode: 'on-site',
        room: { ja: '', en: '' },
        staffInCharge: null,
        revision: 1,
        firstDay: '2027-07-05',
      },
      {
        startsAt: '2027-07-06T01:00:00.000Z',
        mode: 'online',
        room: { ja: '別館', en: 'Annex' },
        staffInCharge: '11111111-1111-4111-8111-111111111111',
        revision: 2,
        firstDay: '2027-07-06',
      },
    );
    expect(changes.map(({ label, before, after }) => [label.en, before?.ja ?? null, after?.ja ?? null])).toEqual([
      ['Begins', '2027年7月5日(月) 10:00（日本時間）', '2027年7月6日(火) 10:00（日本時間）'],
      ['Format', '対面', 'オンライン'],
      ['Room', null, '別館'],
      ['In charge', null, '見本 一子'],
    ]);
  });

  it('lists whom a plan seated', () => {
    const { changes } = line('meeting.seat', { people: [] }, { people: ['kaku-taro', 'mihon-haruko'] });
    expect(changes).toEqual([
      { label: expect.anything(), before: null, after: { ja: '架空 太郎、見本 春子', en: 'Taro KAKU, Haruko MIHON' } },
    ]);
  });

  it('shows a verb that it does not know as it is', () => {
    expect(line('meeting.haunt', undefined, undefined).what.ja).toBe('meeting.haunt');
  });
});
