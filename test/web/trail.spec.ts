import { describe, expect, it } from '@jest/globals';
import type { TrailEntry } from '../../src/audit/trail.queries.ts';
import { text } from '../../src/kernel/text.ts';
import { wordsInOrder } from '../../src/web/staff/roster-vocabulary.ts';
import { RosterWords } from '../../src/web/staff/roster-words.ts';
import { trailDays, type TrailNames } from '../../src/web/staff/trail-view.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';

const roster = rosterOf(sampleRoster());
const meeting = '00000000-0000-4000-8000-000000000001';
const names: TrailNames = {
  roster: new RosterWords(roster, wordsInOrder(shipped('wpi'))),
  rosterThings: roster,
  zone: 'Asia/Tokyo',
  staff: new Map(),
  meetings: new Map([[meeting, text('現地視察（ICReDD）', 'Site visit (ICReDD)')]]),
  milestones: new Map(),
  cycles: [],
};
const entry = (over: Partial<TrailEntry>): TrailEntry => ({
  number: '1',
  at: new Date('2027-06-30T15:30:00Z'),
  actor: { kind: 'staff', id: 'x', name: '見本 一子' },
  verb: 'meeting.set',
  subject: `meeting/${meeting}`,
  before: undefined,
  after: undefined,
  ...over,
});
const line = (over: Partial<TrailEntry>) => trailDays([entry(over)], names)[0]!.lines[0]!;

describe('the trail', () => {
  it('stands under the day on which it was where the programme is', () => {
    const days = trailDays([entry({}), entry({ at: new Date('2027-06-30T14:59:00Z') })], names);
    expect(days.map((day) => day.day.ja)).toEqual(['2027年7月1日(木)', '2027年6月30日(水)']);
    expect(days[0]!.lines[0]!.time).toBe('00:30');
  });

  it('says what was done to what, and leads there', () => {
    const said = line({});
    expect([said.what.ja, said.subject.ja, said.href]).toEqual([
      '会議の変更',
      '現地視察（ICReDD）',
      `/meetings/${meeting}`,
    ]);
  });

  it('says before and after in words: days, moments, settings, people', () => {
    const said = line({
      before: {
        firstDay: '2027-06-10',
        mode: 'on-site',
        startsAt: '2027-06-10T01:00:00.000Z',
        place: text('仙台', 'Sendai'),
      },
      after: {
        firstDay: '2027-06-11',
        mode: 'online',
        startsAt: '2027-06-11T01:00:00.000Z',
        place: text('仙台', 'Sendai'),
      },
    });
    expect(said.changes.map(({ label, before, after }) => [label.en, before?.en, after?.en])).toEqual([
      ['First day', 'Thu 10 June 2027', 'Fri 11 June 2027'],
      ['How it is held', 'On site', 'Online'],
      ['Begins', 'Thu 10 June 2027, 10:00 (Japan time)', 'Fri 11 June 2027, 10:00 (Japan time)'],
    ]);
    expect(line({ verb: 'attendee.add', after: { person: 'kaku-taro' } }).changes[0]!.after?.ja).toBe('架空 太郎');
  });

  it('says the cells of the roster by their names, in the order of its columns', () => {
    const said = line({
      verb: 'roster.correct',
      subject: 'post/programme-director',
      before: { office: '', reach: 'own' },
      after: { office: 'centre-office-icredd', reach: 'office' },
    });
    expect(said.href).toBe('/roster/posts/programme-director');
    expect(said.changes.map(({ label, before, after }) => [label.ja, before?.ja, after?.ja])).toEqual([
      ['連絡方法', '本人宛て', '窓口のみ'],
      ['窓口', undefined, 'ICReDD 事務部門'],
    ]);
  });

  it('says what somebody said of some days', () => {
    const said = line({
      verb: 'availability.say',
      subject: 'availability/kaku-taro',
      after: [{ from: '2027-06-21', to: '2027-06-24', half: 'all', state: 'x', comment: '海外出張' }],
    });
    expect(said.subject.ja).toBe('日程回答：架空 太郎');
    expect(said.changes[0]!.after?.ja).toContain('× 海外出張');
  });

  it('shows what it does not know as it is kept', () => {
    const said = line({
      verb: 'new.deed',
      subject: 'constructor/1',
      before: { deep: { a: 1 } },
      after: { deep: { a: 2 } },
    });
    expect([said.what.ja, said.subject.ja, said.href]).toEqual(['new.deed', 'constructor', undefined]);
    expect(said.changes[0]).toMatchObject({ before: { en: '{"a":1}' }, after: { en: '{"a":2}' } });
  });

  it('tells what came by itself, by a link or by a command', () => {
    expect(line({ actor: { kind: 'system', name: 'sample' } }).by?.ja).toBe('自動');
    expect(line({}).by).toBeUndefined();
  });
});
