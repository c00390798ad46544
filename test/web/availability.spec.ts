import { describe, expect, it } from '@jest/globals';
import { readAvailability } from '../../src/availability/availability-csv.ts';
import { answersOf, spansOf, type Span } from '../../src/availability/half-days.ts';
import type { RecordedAnswer } from '../../src/availability/availability.queries.ts';
import type { Cycle } from '../../src/cycle/cycle.ts';
import { eachDay } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import { availabilityFile, availabilityPreview } from '../../src/web/staff/availability-files.ts';
import { SpanBody } from '../../src/web/staff/availability-form.ts';
import { countsOf, gridHtml, type GridPerson } from '../../src/web/staff/availability-grid.ts';
import { lettersShown, monthChanges, monthWeeks } from '../../src/web/staff/availability-month.ts';
import { askedPeople } from '../../src/web/staff/availability-people.ts';
import { askedDays, daysOfMonth, firstMonth, periodsOf, readMonth } from '../../src/web/staff/availability-period.ts';
import { answeredWeekends, gridInput, peoplePage, shownPeople } from '../../src/web/staff/availability-view.ts';
import { wordsInOrder } from '../../src/web/staff/roster-vocabulary.ts';
import { RosterWords } from '../../src/web/staff/roster-words.ts';
import { faultsOf } from '../../src/web/faults.ts';
import { shipped } from '../programme/shipped.ts';
import { csv, rosterOf, sampleRoster } from '../roster/sample-files.ts';

const cycle = { rules: shipped('wpi'), fiscalYear: 2027 } as Cycle;
const roster = rosterOf(sampleRoster());
const words = new RosterWords(roster, wordsInOrder(shipped('wpi')));
const year = { from: '2027-04-01', to: '2028-03-31' } as const;
const nobody = new Set<string>();

describe('a month', () => {
  it('has its working days, holidays by name, and weekends only where something was said of them', () => {
    const days = daysOfMonth('2027-09-01', cycle, new Set(['2027-09-18']));
    expect(days.map((day) => day.number)).toEqual([
      1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 27, 28, 29, 30,
    ]);
    expect(days.filter((day) => day.holiday).map((day) => [day.number, day.holiday!.en])).toEqual([
      [20, 'Respect for the Aged Day'],
      [23, 'Autumnal Equinox Day'],
    ]);
    expect(days.filter((day) => day.week).map((day) => day.number)).toEqual([6, 13, 20, 27]);
  });

  it('is read from an address, and nothing else is', () => {
    expect(readMonth('2027-06')).toBe('2027-06-01');
    for (const wrong of ['2027-13', '27-06', '2027-06-01', '', undefined, ['2027-06']])
      expect(readMonth(wrong)).toBeUndefined();
  });

  it('to begin with is that of the first planned window until the year reaches it', () => {
    expect(firstMonth('2027-02-10', cycle)).toBe('2027-06-01');
    expect(firstMonth('2027-07-20', cycle)).toBe('2027-07-01');
    expect(firstMonth('2027-10-20', cycle)).toBe('2027-10-01');
    expect(firstMonth('2027-02-10', undefined)).toBe('2027-02-01');
  });

  it('and the windows of the meetings that are planned are what people are asked about', () => {
    const periods = periodsOf('2027-06-01', cycle);
    expect(periods.map(({ id }) => id)).toEqual(['month', 'site', 'committee', 'pdpo', 'year']);
    const asked = askedDays(periods[1]!, cycle);
    expect(asked[0]).toBe('2027-06-01');
    expect(asked).not.toContain('2027-07-19');
    expect(asked.at(-1)).toBe('2027-09-30');
  });
});

const recorded = (spans: readonly Span[]): RecordedAnswer[] =>
  answersOf(spans).map((answer) => ({ ...answer, channel: 'staff', recordedBy: '見本', recordedAt: new Date(0) }));

describe('the form of a month', () => {
  const days = daysOfMonth('2027-09-01', cycle, nobody);
  const free: Span = { from: '2027-09-01', to: '2027-09-30', half: 'all', state: 'o', comment: '' };
  const weeks = monthWeeks(days, recorded([free]));
  const was = lettersShown(weeks);
  /** As a browser sends it: every mark that is shown, with what was changed */
  const sent = (changes: Record<string, string>) => ({
    ...Object.fromEntries(
      weeks.flatMap((week) => week.days.flatMap((day) => day.halves.map((half) => [half.name, half.value]))),
    ),
    ...changes,
  });

  it('writes nothing where nothing was changed', () => {
    expect(monthChanges(weeks, sent({}), was, '')).toEqual([]);
  });

  it('writes what was changed, with its comment', () => {
    expect(monthChanges(weeks, sent({ 'pm-2027-09-14': 'no' }), was, '学会')).toEqual([
      { from: '2027-09-14', to: '2027-09-14', half: 'pm', state: 'x', comment: '学会' },
    ]);
  });

  it('marks a whole week but for what was marked by itself, holidays apart', () => {
    const changes = monthChanges(weeks, sent({ 'week-2027-09-20': 'no', 'am-2027-09-21': 'maybe' }), was, '');
    expect(spansOf(changes.map((span) => ({ ...span, day: span.from, half: span.half as 'am' | 'pm' })))).toEqual([
      { from: '2027-09-21', to: '2027-09-21', half: 'am', state: 't', comment: '' },
      { from: '2027-09-21', to: '2027-09-21', half: 'pm', state: 'x', comment: '' },
      { from: '2027-09-22', to: '2027-09-22', half: 'all', state: 'x', comment: '' },
      { from: '2027-09-24', to: '2027-09-24', half: 'all', state: 'x', comment: '' },
    ]);
  });

  it('leaves alone what somebody else changed meanwhile', () => {
    const later = monthWeeks(days, recorded([free, { ...free, from: '2027-09-06', to: '2027-09-10', state: 'x' }]));
    expect(monthChanges(later, sent({}), was, '')).toEqual([]);
  });

  it('takes no mark for another word', () => {
    expect(
      monthChanges(weeks, sent({ 'am-2027-09-01': 'constructor', 'week-2027-09-06': '__proto__' }), was, ''),
    ).toEqual([]);
  });
});

describe('the form of a stretch of days', () => {
  it('says everything that is wrong with it at once, in both languages', () => {
    const parsed = SpanBody.safeParse({ from: '2027-09-01', to: '2027-08-01', half: 'all', comment: 'あ'.repeat(301) });
    const faults = faultsOf(parsed.error!.issues);
    expect(Object.keys(faults).sort()).toEqual(['comment', 'state', 'to']);
    expect(faults['to']).toEqual({
      ja: '終わりは始まり以降の日にしてください。',
      en: 'It cannot end before it begins.',
    });
  });

  it('means one day without a last one, and the weekdays that are ticked', () => {
    const parsed = SpanBody.parse({ from: '2027/9/1', to: '', half: 'am', state: 'x', weekdays: '3' });
    expect(parsed).toMatchObject({
      from: '2027-09-01',
      to: '2027-09-01',
      weekdays: [3],
      comment: '',
      channel: 'staff',
    });
  });
});

describe('who is asked', () => {
  const groups = askedPeople(roster, words, year, { q: '', kind: '', centre: '' });
  const ids = groups.flatMap((group) => group.people.map(({ person }) => person.id));

  it('is everybody who holds a post in the year, once, under the first of their posts', () => {
    expect(groups[0]!.kind).toBe('programme-director');
    expect(new Set(ids).size).toBe(ids.length);
    const held = roster.terms.filter((term) => term.from <= year.to && (term.to === null || term.to >= year.from));
    expect(new Set(ids)).toEqual(new Set(held.map((term) => term.person)));
  });

  it('can be narrowed to a role, a centre with its hosts, and a name', () => {
    const officers = askedPeople(roster, words, year, { q: '', kind: 'programme-officer', centre: '' });
    expect(officers.map((group) => group.kind)).toEqual(['programme-officer']);
    const icredd = askedPeople(roster, words, year, { q: '', kind: '', centre: 'icredd' });
    expect(icredd.map((group) => group.kind)).toContain('host-head');
    expect(icredd.flatMap((group) => group.people).length).toBeLessThan(10);
    expect(askedPeople(roster, words, year, { q: 'かくう たろう', kind: '', centre: '' })).toHaveLength(1);
  });

  it('is divided into pages without losing anybody', () => {
    const pages = [1, 2, 3, 4].map((page) => peoplePage(groups, page, 50).flatMap((group) => group.people));
    expect(pages.slice(0, 3).map((page) => page.length)).toEqual([50, 50, 50]);
    expect(pages.flat().map(({ person }) => person.id)).toEqual(ids);
  });

  it('and has not answered, or only in part', () => {
    const answered = new Map(ids.map((personId, n) => [personId, { personId, answered: n % 3, asked: 2 }]));
    const count = (show: 'all' | 'none' | 'part') =>
      shownPeople(groups, answered, show).reduce((n, group) => n + group.people.length, 0);
    expect(count('all')).toBe(ids.length);
    expect(count('none')).toBe(ids.filter((_, n) => n % 3 === 0).length);
    expect(count('part')).toBe(ids.filter((_, n) => n % 3 === 1).length);
  });
});

describe('the grid', () => {
  const person = (letters: string, comments: [number, string][] = []): GridPerson => ({
    name: text('架空 <b>太郎</b>', 'Taro <b>KAKU</b>'),
    posts: text('委員', 'Member'),
    href: '/availability/kaku-taro?month=2027-06&a="b"',
    letters,
    answered: 1,
    asked: 4,
    comments: new Map(comments),
  });
  const days = daysOfMonth('2027-06-01', cycle, nobody).slice(0, 2);
  const html = gridHtml(
    {
      label: text('六月', 'June'),
      days,
      groups: [{ name: text('委員', 'Members'), people: [person('ot-x', [[1, '"午後" <i>']]), person('oo--')] }],
      counted: ['ot-x', 'oo--'],
    },
    'en',
  );

  it('has a cell for each half day by shape and class, and its totals', () => {
    expect(html.match(/<td class="cell cell--yes/g)).toHaveLength(3);
    expect(html.match(/<td class="cell cell--open/g)).toHaveLength(3);
    expect(html).toContain('>△</td>');
    expect(countsOf(['ot-x', 'oo--'], 4)).toEqual({
      o: [2, 1, 0, 0],
      t: [0, 1, 0, 0],
      x: [0, 0, 0, 1],
      '-': [0, 0, 2, 1],
    });
  });

  it('escapes names, comments and addresses', () => {
    expect(html).not.toMatch(/<b>|<i>/);
    expect(html).toContain('title="&quot;午後&quot; &lt;i&gt;"');
    expect(html).toContain('&amp;a=&quot;b&quot;');
  });

  it('keeps letters and comments at their day when weekends are left out', () => {
    const monthDays = [...eachDay('2027-06-01', '2027-06-30')];
    const letters = monthDays.map((day) => (day === '2027-06-07' ? 'xt' : day === '2027-06-05' ? 'o-' : '--')).join('');
    const said = new Map([['kaku-taro', letters]]);
    expect([...answeredWeekends(said, monthDays)]).toEqual(['2027-06-05']);
    const shown = daysOfMonth('2027-06-01', cycle, nobody);
    const groups = askedPeople(roster, words, year, { q: 'かくう たろう', kind: '', centre: '' });
    const input = gridInput(text('', ''), {
      groups,
      days: shown,
      letters: said,
      monthDays,
      answered: new Map(),
      comments: [{ personId: 'kaku-taro', day: '2027-06-07', half: 'pm', state: 't', comment: '11時まで' }],
    });
    const [one] = input.groups[0]!.people;
    const at = shown.findIndex(({ day }) => day === '2027-06-07') * 2;
    expect(one!.letters.slice(at, at + 2)).toBe('xt');
    expect([...one!.comments]).toEqual([[at + 1, '11時まで']]);
  });
});

describe('a file of answers', () => {
  const people = roster.people.slice(0, 2);
  const spans: Span[] = [
    { from: '2027-06-01', to: '2027-06-30', half: 'all', state: 'o', comment: '' },
    { from: '2027-06-10', to: '2027-06-11', half: 'pm', state: 'x', comment: '=会議, "長い"' },
    { from: '2027-06-12', to: '2027-06-12', half: 'am', state: 't', comment: '' },
  ];
  const answers = answersOf(spans).map((answer) => ({ ...answer, personId: people[0]!.id }));

  it('that goes out and comes back says the same', () => {
    const sheet = readAvailability(roster.people, availabilityFile(people, answers));
    expect(sheet.faults).toEqual([]);
    expect(answersOf(sheet.rows.map((row) => row.span!))).toEqual(answersOf(spans));
    const preview = availabilityPreview(sheet, answers);
    expect(preview.writes).toBe(false);
    expect(preview.people).toMatchObject([{ id: people[0]!.id, added: 0, changed: 0, unchanged: answers.length }]);
  });

  it('is shown with what it adds and changes, and its faults by line', () => {
    const sheet = readAvailability(
      roster.people,
      csv(
        'a.csv',
        `person,date,half,state,comment\n${people[0]!.id},2027-06-01,,×,旅行\n${people[0]!.id},2027-07-01,am,○,\nnobody,2027-06-01,,○,\n`,
      ),
    );
    const preview = availabilityPreview(sheet, answers);
    expect(preview.people).toMatchObject([{ added: 1, changed: 2, unchanged: 0 }]);
    expect(preview.faults.map(({ line }) => line)).toEqual([4]);
    expect(preview.summary.ja).toBe('1人分：半日単位で追加1、変更2、変更なし0。誤り1件');
  });
});
