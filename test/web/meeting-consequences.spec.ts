import { beforeEach, describe, expect, it } from '@jest/globals';
import type { GridRow } from '../../src/availability/availability.queries.ts';
import { eachDay, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { MeetingChange } from '../../src/meetings/meeting-change.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { movingDeadlines, noticesOf, tellingOf, type Surroundings } from '../../src/web/staff/meeting-consequences.ts';
import { meetingAfter } from '../../src/web/staff/meeting-change-view.ts';
import { YearFile } from './year-file.ts';

const visit = 'pdpo/qup';
let year: YearFile;
beforeEach(() => {
  year = new YearFile();
  year.date(visit, '2028-01-18', '2028-01-18', '10:00', '12:30');
  year.sit(visit, 'lead', 'kaku-taro');
});

const after = (key: string, change: MeetingChange): Meeting => meetingAfter(year.file(key), change) as Meeting;
const around = (meeting: Meeting, more: Partial<Surroundings> = {}): Surroundings => ({
  availability: [],
  days: meeting.firstDay ? [...eachDay(meeting.firstDay, meeting.lastDay!)] : [],
  elsewhere: [],
  milestones: year.milestones,
  ...more,
});
const notices = (key: string, change: MeetingChange, more: Partial<Surroundings> = {}) => {
  const then = after(key, change);
  return noticesOf(year.file(key), then, around(then, more));
};
const said = (personId: string, ...states: ('o' | 't' | 'x' | null)[]): GridRow => ({
  personId,
  cells: states.map((state, n) =>
    state === null
      ? null
      : {
          day: '2028-01-20',
          half: n % 2 ? 'pm' : 'am',
          state,
          comment: state === 'x' ? '学会' : '',
          channel: 'staff',
          recordedBy: '',
          recordedAt: new Date(),
        },
  ),
});

describe('before a meeting is moved, staff are told', () => {
  it('who cannot come on the new half days, and of whom nothing is known', () => {
    const others = year.attendees.filter(({ meetingId }) => meetingId === visit).map(({ personId }) => personId);
    const rows = others.map((id) => (id === 'kaku-taro' ? said(id, 'x', 'o') : said(id, 'o', 'x')));
    const [cannot, ...rest] = notices(visit, { firstDay: '2028-01-20' }, { availability: rows });
    expect(cannot).toMatchObject({ kind: 'bad', words: { ja: '日程回答で×の方が1名います。' } });
    expect(cannot!.lines.map(({ ja }) => ja)).toEqual([
      '架空 太郎さん（プログラムディレクター（または代理）・必須）：学会',
    ]);
    expect(rest).toEqual([]);
    const unknown = notices(visit, { firstDay: '2028-01-20' });
    expect(unknown.map(({ kind, lines }) => [kind, lines.length])).toEqual([['info', others.length]]);
  });

  it('that everybody can, where everybody said so', () => {
    const rows = year.attendees.map(({ personId }) => said(personId, 'o', null));
    expect(notices(visit, { firstDay: '2028-01-20' }, { availability: rows }).map(({ words }) => words.en)).toEqual([
      'Everybody said that they can come (○).',
    ]);
  });

  it('does not ask after those who do not come anyway', () => {
    year.answer(visit, 'absent', 'kaku-taro');
    const [unknown] = notices(visit, { firstDay: '2028-01-20' });
    expect(unknown!.lines.map(({ en }) => en).join()).not.toContain('Taro KAKU');
  });

  it('who is expected elsewhere, first of all, since that will be refused', () => {
    const elsewhere = [{ personId: 'kaku-taro', title: { ja: '別の訪問', en: 'Another visit' } }];
    const [first] = notices(visit, { firstDay: '2028-01-20' }, { elsewhere });
    expect(first).toMatchObject({ kind: 'bad', lines: [{ en: 'Taro KAKU: Another visit' }] });
  });

  it.each<[CalendarDate, string]>([
    ['2028-02-11', '休日または実施しない期間です。'],
    ['2028-02-24', 'できれば避ける期間です。'],
    ['2027-11-30', '実施期間（2027年12月1日(水)～2028年3月19日(日)）の外です。'],
  ])('that %s is a day to look at twice', (firstDay, words) => {
    expect(notices(visit, { firstDay }).map((notice) => notice.words.ja)).toContain(words);
  });

  it('that it comes too soon after what it should follow, either way round', () => {
    year.date('site/qup', '2027-06-24');
    year.date('committee', '2027-10-28', '2027-10-29');
    year.date('hearing/qup', '2027-10-28', '2027-10-28', '15:30', '16:15');
    const lines = (key: string, change: MeetingChange) =>
      notices(key, change)
        .find(({ words }) => words.en.startsWith('There is too little'))
        ?.lines.map(({ ja }) => ja) ?? [];
    expect(lines('site/qup', { firstDay: '2027-09-30' })).toEqual([]);
    expect(lines('site/qup', { firstDay: '2027-10-01' })).toEqual([
      '「プログラム委員会ヒアリング（QUP）」（2027年10月28日(木)）は「サイトビジット（QUP）」の後、2027年10月29日(金)以降のはずです',
    ]);
    expect(lines('hearing/qup', { firstDay: '2027-07-01' })).toHaveLength(1);
    expect(lines(visit, { firstDay: '2027-12-06' })).toEqual([]);
    expect(lines(visit, { firstDay: '2027-12-03' })).toEqual([
      '「PD・PO訪問（QUP）」（2027年12月3日(金)）は「改善意見への回答（QUP）」の後、2027年12月4日(土)以降のはずです',
    ]);
    expect(lines('committee', { firstDay: '2027-12-16', lastDay: '2027-12-17' })).toEqual([
      expect.stringContaining('「PD・PO訪問（QUP）」（2028年1月18日(火)）は'),
    ]);
  });

  it('that a hearing comes too soon after the visit where its committee is moved', () => {
    year.date('site/qup', '2027-09-01');
    year.date('committee', '2027-10-20', '2027-10-21');
    year.date('hearing/qup', '2027-10-21', '2027-10-21', '10:00', '10:45');
    const soon = (firstDay: CalendarDate) =>
      notices('committee', { firstDay })
        .filter(({ words }) => words.ja.includes('間隔'))
        .flatMap(({ lines }) => lines.map(({ ja }) => ja));
    expect(soon('2027-10-06')).toEqual([]);
    expect(soon('2027-09-21')).toEqual([expect.stringContaining('2027年9月22日')]);
  });

  it('that the hearings of a committee move along', () => {
    year.date('committee', '2027-10-28', '2027-10-29');
    year.date('hearing/qup', '2027-10-29', '2027-10-29', '09:30', '10:15');
    const moving = notices('committee', { firstDay: '2027-11-04', lastDay: '2027-11-05' });
    const parts = moving.find(({ words }) => words.en.startsWith('What takes place within'));
    expect(parts!.lines.map(({ en }) => en)).toContain('Hearing at the Program Committee (QUP): Fri 5 November 2027');
    const alone = notices('hearing/qup', { firstDay: '2027-11-04' });
    expect(alone.map(({ words }) => words.ja)).toContain('「令和9年度 プログラム委員会」の日程の外です。');
  });

  it('that another holds the post on that day', () => {
    const director = year.attendees.find(
      ({ post, meetingId }) => meetingId === visit && post === 'centre-director-qup',
    )!;
    year.roster.terms.find(({ post, person }) => post === 'centre-director-qup' && person === director.personId);
    director.personId = 'kamei-makoto';
    const words = notices(visit, { firstDay: '2028-01-20' }).find(({ words }) => words.en.startsWith('Whoever holds'));
    expect(words!.lines.map(({ ja }) => ja)).toEqual([expect.stringMatching(/^拠点長：仮名 誠 → /)]);
    director.byHand = true;
    expect(notices(visit, { firstDay: '2028-01-20' }).some(({ words }) => words.en.startsWith('Whoever holds'))).toBe(
      false,
    );
  });

  it('that an online meeting has no link yet, and of nothing else where only the room changes', () => {
    expect(notices(visit, { mode: 'online' }).map(({ words }) => words.en)).toEqual(['There is no link to join yet.']);
    expect(notices(visit, { mode: 'online', onlineUrl: 'https://example.org/1' })).toEqual([]);
    expect(notices(visit, { room: { ja: '別館', en: 'Annex' } })).toEqual([]);
  });
});

describe('who has to be told', () => {
  it('is nobody while nobody was told', () => {
    expect(tellingOf(year.file(visit), after(visit, { firstDay: '2028-01-20' }))).toMatchObject({
      tells: false,
      nobodyKnows: true,
    });
  });

  it('are those who were told, and their answers count no more when time, place or format change', () => {
    year.tell(visit);
    year.answer(visit, 'attending', 'kaku-taro');
    const count = year.attendees.filter(({ meetingId }) => meetingId === visit).length;
    const moved = tellingOf(year.file(visit), after(visit, { firstDay: '2028-01-20' }));
    expect(moved).toMatchObject({ tells: true, count, answersLost: 1 });
    expect(moved.people.en).toContain('Taro KAKU');
    expect(tellingOf(year.file(visit), after(visit, { room: { ja: '別館', en: 'Annex' } }))).toMatchObject({
      tells: true,
      answersLost: 0,
    });
    expect(tellingOf(year.file(visit), after(visit, { staffInCharge: null }))).toMatchObject({
      tells: false,
      answersLost: 0,
    });
    expect(tellingOf(year.file(visit), 'cancelled')).toMatchObject({ tells: true, count });
  });
});

describe('who has to be told of a committee', () => {
  it('are those of its hearings too, each once', () => {
    year.date('committee', '2027-10-28', '2027-10-29');
    year.date('hearing/qup', '2027-10-29', '2027-10-29', '09:30', '10:15');
    year.tell('committee');
    const alone = year.told.length;
    year.tell('hearing/qup');
    year.sit('hearing/qup', 'officer', year.told[0]!.personId);
    year.told.push({ ...year.told[0]!, meetingId: 'hearing/qup' });
    year.answer('hearing/qup', 'attending', year.told[alone]!.personId);
    const telling = (to: Parameters<typeof tellingOf>[1]) => tellingOf(year.file('committee'), to);
    expect(telling('cancelled')).toMatchObject({ count: alone + 2, answersLost: 0 });
    expect(telling(after('committee', { firstDay: '2027-11-04', lastDay: '2027-11-05' }))).toMatchObject({
      count: alone + 2,
      answersLost: 1,
    });
    expect(telling(after('committee', { to: '18:00' }))).toMatchObject({ count: alone, answersLost: 0 });
  });
});

describe('deadlines that move along', () => {
  it('are the open ones that count from the meeting; a day that staff have set is said to stay', () => {
    const [documents] = year.milestones.filter(({ key }) => key === 'documents/pdpo/qup');
    const lines = () => movingDeadlines(year.file(visit), after(visit, { firstDay: '2028-01-20' }), year.milestones);
    expect(documents!.dueOn).toBe('2027-12-28');
    expect(lines().find(({ title }) => title === documents!.title)).toMatchObject({
      before: '2027-12-28',
      after: '2027-12-30',
      stays: false,
    });
    documents!.extendedTo = '2028-01-05';
    expect(lines().find(({ title }) => title === documents!.title)).toMatchObject({ stays: true });
    documents!.state = 'submitted';
    expect(lines().some(({ title }) => title === documents!.title)).toBe(false);
  });

  it('are none where the day stays', () => {
    expect(movingDeadlines(year.file(visit), after(visit, { mode: 'hybrid' }), year.milestones)).toEqual([]);
  });
});
