import { beforeEach, describe, expect, it } from '@jest/globals';
import { stepsOf } from '../../src/web/staff/today-steps.ts';
import { cardsOf, deadlinePage, todayDeadlines } from '../../src/web/staff/today-view.ts';
import { awaitedOf } from '../../src/web/staff/today-awaited.ts';
import { deadlinesOf } from '../../src/web/staff/today-deadlines.ts';
import type { TodayInput } from '../../src/web/staff/today-task.ts';
import { tasksOf } from '../../src/web/staff/today.ts';
import { mailStates } from '../../src/mail/delivery.ts';
import { YearFile } from './year-file.ts';

let year: YearFile;
beforeEach(() => {
  year = new YearFile();
});

const noMails = Object.fromEntries(mailStates.map((state) => [state, 0])) as TodayInput['mails'];
const input = (more: Partial<TodayInput> = {}): TodayInput => ({
  year: year.year(),
  pending: { count: 0, problems: 0, hindrance: null },
  mails: noMails,
  plan: undefined,
  doubted: [],
  stopped: [],
  availability: { answered: 0, asked: 150 },
  ...more,
});
const titles = (more: Partial<TodayInput> = {}) => tasksOf(input(more)).map(({ title }) => title.ja);

/** Cancels everything but one meeting, so that the list is about that one */
function only(key: string): void {
  for (const meeting of year.meetings) if (meeting.key !== key) meeting.state = 'cancelled';
}

describe('what needs doing', () => {
  it('is nothing where everything is settled', () => {
    only('');
    expect(tasksOf(input())).toEqual([]);
  });

  it('names meetings of a kind without a day once, with their centres, and leads to where the day is set', () => {
    const undated = tasksOf(input()).filter(({ title }) => title.ja.includes('日程未定'));
    const hearings = undated.find(({ title }) => title.ja.startsWith('プログラム委員会ヒアリング'));
    expect(hearings).toMatchObject({
      title: { ja: 'プログラム委員会ヒアリング：日程未定7件' },
      href: '/meetings/committee',
    });
    expect(hearings!.under!.en.split(', ').toSorted()).toEqual([
      'AIMEC',
      'ASHBi',
      'Bio2Q',
      'ICReDD',
      'PRIMe',
      'QUP',
      'SKCM2',
    ]);
    expect(undated.find(({ title }) => title.ja.startsWith('サイトビジット'))!.href).toBe('/y/wpi/2027/plan');
    expect(undated.find(({ title }) => title.ja.includes('プログラム委員会：'))!.href).toBe('/meetings/committee');
  });

  it('puts a vacant seat first and leads to filling it', () => {
    only('pdpo/qup');
    year.date('pdpo/qup', '2028-01-18');
    const [first] = tasksOf(input({ pending: { count: 3, problems: 1, hindrance: null } }));
    expect(first).toMatchObject({
      kind: 'bad',
      title: { ja: 'PD・PO訪問（QUP）：「プログラムディレクター（または代理）」が空席です' },
      href: '/meetings/pdpo/qup/people/add?seat=pdpo/qup#lead',
    });
  });

  it('tells overdue answers from those that are due soon and those that have time', () => {
    only('pdpo/qup');
    year.date('pdpo/qup', '2028-01-18');
    year.tell('pdpo/qup', '2027-06-01T08:00:00.000Z');
    const about = () => titles().filter((title) => title.includes('回答'));
    expect(about()).toEqual(['PD・PO訪問（QUP）：回答待ち2名']);
    year.now = new Date('2027-06-01T08:00:00Z');
    expect(about()).toEqual(['PD・PO訪問（QUP）：回答期限を過ぎた未回答2名']);
    year.now = new Date('2027-05-01T00:00:00Z');
    expect(about()).toEqual(['期限までまだ日がある回答待ち2件']);
    year.answer('pdpo/qup', 'undecided');
    expect(titles()).toContain('PD・PO訪問（QUP）：調整中2名');
  });

  it('counts mails that failed, may not have arrived, or wait for release, and says why none can be written', () => {
    only('');
    expect(titles({ mails: { ...noMails, failed: 2, uncertain: 1, 'kept-back': 4, sent: 9 } })).toEqual([
      '送信できなかったメール2通',
      '届いたか不明のメール1通',
      '予行のため送らなかったメール4通',
    ]);
    expect(titles({ pending: { count: 20, problems: 0, hindrance: null } })).toEqual(['送信を待っている案内20通']);
    const hindrance = { ja: '担当者が決まっていません。', en: 'Nobody is in charge.' };
    expect(tasksOf(input({ pending: { count: 0, problems: 0, hindrance } }))).toMatchObject([
      { kind: 'bad', under: hindrance },
    ]);
  });

  it('leads somewhere with every line', () => {
    year.date('site/qup', '2027-06-24');
    year.tell('site/qup', '2027-05-01T00:00:00.000Z');
    const tasks = tasksOf(input({ mails: { ...noMails, failed: 1 }, plan: { state: 'ready', unplaced: 2 } }));
    expect(tasks.length).toBeGreaterThan(8);
    for (const { href, action } of tasks) expect([href.startsWith('/'), action.en !== '']).toEqual([true, true]);
  });
});

describe('the way through the year', () => {
  const states = (more: Partial<TodayInput> = {}) => stepsOf(input(more)).map(({ state }) => state);

  it('begins with availability once the year is set up', () => {
    expect(states()).toEqual(['done', 'current', 'todo', 'todo', 'todo', 'todo']);
  });

  it('goes on to the plan, its publishing, the release and the answers', () => {
    const availability = { answered: 150, asked: 150 };
    expect(states({ availability })).toEqual(['done', 'done', 'current', 'todo', 'todo', 'todo']);
    expect(states({ availability, plan: { state: 'ready', unplaced: 0 } })[3]).toBe('current');
    for (const meeting of year.meetings)
      if (['site', 'pdpo'].includes(meeting.activity)) year.date(meeting.key, '2027-07-01');
      else meeting.state = 'cancelled';
    expect(states({ pending: { count: 5, problems: 0, hindrance: null } })[4]).toBe('current');
    for (const { key, state } of year.meetings) if (state === 'scheduled') year.tell(key);
    expect(states()[5]).toBe('current');
    year.attendees.forEach((attendee) => (attendee.attendance = 'attending'));
    expect(states()).toEqual(Array(6).fill('done'));
  });
});

describe('deadlines', () => {
  it('are of this week until Sunday and of the next until the Sunday after', () => {
    const [first, ...rest] = year.milestones;
    for (const milestone of rest) milestone.state = 'submitted';
    const when = (dueOn: string) => {
      first!.dueOn = dueOn as never;
      return deadlinesOf(year.year()).find(({ id }) => id === first!.id)!.when;
    };
    expect(['2027-05-19', '2027-05-20', '2027-05-23', '2027-05-24', '2027-05-30', '2027-05-31'].map(when)).toEqual([
      'overdue',
      'this-week',
      'this-week',
      'next-week',
      'next-week',
      'later',
    ]);
  });

  it('that are overdue are few on the page of today and all in their list', () => {
    year.date('site/qup', '2027-06-07');
    year.date('site/prime', '2027-06-07');
    const all = deadlinesOf(year.year()).filter(({ when }) => when === 'overdue').length;
    expect(all).toBeGreaterThan(5);
    const [overdue] = todayDeadlines(year.year()).groups;
    expect([overdue!.lines.length, overdue!.more]).toEqual([5, all - 5]);
    expect(deadlinePage(year.year(), '/d', 'overdue').lines).toHaveLength(all);
    expect(cardsOf(input()).find(({ label }) => label.en === 'Deadlines passed')).toMatchObject({
      figure: all,
      attention: true,
    });
  });

  it('can be looked at by who owes them; an unknown wish shows all that are open', () => {
    const page = deadlinePage(year.year(), '/d', '<script>');
    expect(page.show).toBe('open');
    expect(page.lines).toHaveLength(year.milestones.length);
    const officers = deadlinePage(year.year(), '/d', 'officer').lines;
    expect(new Set(officers.map(({ owedBy }) => owedBy))).toEqual(new Set(['officer']));
  });
});

describe('the telephone list', () => {
  it('has the overdue ones first, with the number of the office that answers for them', () => {
    year.date('pdpo/qup', '2028-01-18');
    year.date('pdpo/prime', '2028-01-25');
    year.tell('pdpo/qup', '2027-12-01T08:00:00.000Z');
    year.tell('pdpo/prime', '2027-05-01T08:00:00.000Z');
    const list = awaitedOf(year.year());
    expect(list.map(({ overdue }) => overdue)).toEqual([true, true, false, false]);
    expect(list[0]!.title.en).toContain('PRIMe');
    expect(list[0]!.telephones.map(({ of }) => of.ja)).toContain('本人');
  });
});

describe('a mailbox for replies that cannot be read', () => {
  it('is a task that says since when, what does not come in, and what the server said', () => {
    only('');
    const since = new Date('2027-06-01T00:30:00Z');
    const closedWays = [{ way: 'imap' as const, since, fault: 'NO [AUTHENTICATIONFAILED]' }];
    expect(tasksOf(input({ closedWays }))).toMatchObject([
      {
        kind: 'bad',
        title: {
          ja: expect.stringMatching(/^2027年6月1日\(火\).*9:30.*から返信用のメールボックスを読めていません$/),
          en: expect.stringMatching(/cannot be read since .*1 June 2027/),
        },
        under: { ja: expect.stringContaining('（NO [AUTHENTICATIONFAILED]）') },
        href: '/mail/triage',
      },
    ]);
  });
});
