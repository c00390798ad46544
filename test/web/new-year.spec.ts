import { describe, expect, it } from '@jest/globals';
import type { YearGround } from '../../src/planning/year-choices.ts';
import { yearOnOffer } from '../../src/planning/year-choices.ts';
import { changeRows, consequencesShown } from '../../src/web/staff/new-year-change.ts';
import {
  carried,
  choicesOf,
  formOf,
  steps,
  windowFaults,
  yearTyped,
  type Body,
  type YearForm,
} from '../../src/web/staff/new-year-form.ts';
import { lengthOf, rowsView } from '../../src/web/staff/new-year-rows.ts';
import { drawStrip } from '../../src/web/staff/new-year-strip.ts';
import { summaryOf } from '../../src/web/staff/new-year-summary.ts';
import { windowsView } from '../../src/web/staff/new-year-windows.ts';
import { withWindows } from '../../src/cycle/year-calendar.ts';
import { shipped } from '../programme/shipped.ts';
import { wpiRoster } from '../cycle/sample-roster.ts';

const wpi = shipped('wpi');
const ground: YearGround = { usual: wpi, previous: undefined, exists: false, roster: wpiRoster() };
const form = (body: Body = {}, year = 2027) => formOf(body, ground, year);
const filledIn = (fields: readonly { name: string; value: string }[]): Body => {
  const body: Record<string, string | string[]> = {};
  for (const { name, value } of fields) {
    const there = body[name];
    body[name] = there === undefined ? value : [there, value].flat();
  }
  return body;
};
/** What a browser sends from a step: its hidden fields and those that it shows */
const sent = (of: YearForm, shown: Body = {}): Body => ({ ...filledIn(carried(of, 'create')), ...shown });

describe('the form', () => {
  it('begins with the programme’s windows and options', () => {
    expect(form()).toEqual({
      programme: 'wpi',
      fiscalYear: 2027,
      windows: {
        site: { from: '06-01', to: '09-30' },
        committee: { from: '10-13', to: '11-20' },
        pdpo: { from: '12-01', to: '03-19' },
        symposium: { from: '11-01', to: '12-20' },
      },
      options: {
        'first-year-visit': false,
        'extension-review': false,
        'final-self-evaluation': true,
        'academy-figures': false,
        'science-symposium': true,
      },
      added: [],
      dropped: [],
      staffInCharge: '',
    });
  });

  const chosen: YearForm = {
    ...form(),
    windows: { ...form().windows, site: { from: '06-07', to: '09-17' } },
    options: { ...form().options, 'extension-review': true, 'science-symposium': false },
    added: [
      { activity: 'guest-visit', centre: 'ashbi' },
      { activity: 'gathering', centre: null },
    ],
    dropped: ['site/icredd', 'reception'],
    staffInCharge: '3b0e9d4e-7c0a-4c7e-8a51-000000000001',
  };

  it.each(steps)('loses nothing on its way through step “%s”', (step) => {
    const shown =
      step === 'windows'
        ? { ...filledIn(carried(chosen, 'create')), ...filledIn(carried(chosen, 'windows')) }
        : step === 'create'
          ? { ...filledIn(carried(chosen, 'create')), staffInCharge: chosen.staffInCharge }
          : filledIn(carried(chosen, 'rows'));
    expect(formOf(shown, ground, 2027)).toEqual(chosen);
  });

  it('takes a check box with its hidden field: switched off is not left out', () => {
    const body = { shownProgramme: 'wpi', 'option.science-symposium': 'off', 'option.extension-review': ['off', 'on'] };
    expect(form(body).options).toMatchObject({ 'science-symposium': false, 'extension-review': true });
  });

  it('moves typed windows to another year, and lets those that nobody touched follow what is usual there', () => {
    const usual = withWindows(wpi, { committee: { from: '10-20', to: '11-10' } });
    const later: YearGround = { ...ground, usual };
    const moved = formOf({ ...sent(chosen), fiscalYear: '2028' }, later, 2028, ground);
    expect(moved.windows['site']).toEqual({ from: '06-07', to: '09-17' });
    expect(moved.windows['committee']).toEqual({ from: '10-20', to: '11-10' });
    expect([moved.dropped, moved.options]).toEqual([chosen.dropped, chosen.options]);
  });

  it('carries nothing over from another programme', () => {
    const erc: YearGround = { ...ground, usual: shipped('erc') };
    const other = formOf(sent(chosen), erc, 2027);
    expect(other).toMatchObject({ programme: 'erc', added: [], dropped: [] });
    expect(Object.keys(other.windows)).toEqual(['site']);
    expect(other.windows['site']).not.toEqual(chosen.windows['site']);
  });

  it('leaves out what cannot be added', () => {
    const body = {
      shownProgramme: 'wpi',
      add: ['guest-visit|nowhere', 'guest-visit|', 'nothing|ashbi', '|', 'gathering|'],
    };
    expect(form(body).added).toEqual([{ activity: 'gathering', centre: null }]);
  });

  it.each(['', '2006', '2050', '27', 'abcd', '２０２７', '2027 '])('knows no fiscal year “%s”', (typed) => {
    expect(yearTyped(typed)).toBeUndefined();
  });
});

describe('a wrong window', () => {
  const with_ = (from: string, to: string) =>
    windowFaults(form({ shownProgramme: 'wpi', shownYear: '2027', 'from.site': from, 'to.site': to }));

  it('is said at its last day where it ends before it begins', () => {
    expect(Object.keys(with_('2027-09-30', '2027-06-01'))).toEqual(['to.site']);
  });
  it('is said at its first day where that is none', () => {
    expect(Object.keys(with_('', '2027-09-30'))).toEqual(['from.site']);
    expect(Object.keys(with_('2026-06-01', '2027-09-30'))).toEqual(['from.site']);
  });
  it('is not drawn, and nothing is counted in it', () => {
    const wrong = form({
      shownProgramme: 'wpi',
      shownYear: '2027',
      'from.site': '2027-09-30',
      'to.site': '2027-06-01',
    });
    const view = windowsView(ground, wrong, windowFaults(wrong));
    expect(view.rows[0]).toMatchObject({ activity: 'site', from: '2027-09-30', to: '2027-06-01' });
    expect(view.rows[0]!.inside).toBeUndefined();
    expect(view.strip.rows[0]!.chosen).toBeUndefined();
    expect(view.rows[1]!.inside).toBeDefined();
  });
});

describe('the windows of FY2027', () => {
  const view = windowsView(ground, form(), {});

  it('have their holidays and days to avoid beside them', () => {
    const [site] = view.rows;
    expect(site).toMatchObject({ copied: { ja: '6月1日(火)～9月30日(木)' }, changed: false });
    // 122 days, 34 of them Saturdays and Sundays and 4 holidays
    expect(site!.inside!.openDays).toBe(84);
    expect(site!.inside!.closed.map(({ ja }) => ja)).toEqual([
      '海の日 7月19日(月)',
      '山の日 8月11日(水)',
      '敬老の日 9月20日(月)',
      '秋分の日 9月23日(木)',
    ]);
    expect(site!.inside!.tentative.map(({ en }) => en)).toEqual(['Obon Mon 9 – Mon 16 Aug']);
  });

  it('say a span in one piece, whatever lies in its middle', () => {
    const pdpo = view.rows.find(({ activity }) => activity === 'pdpo')!;
    expect(pdpo.inside!.closed.map(({ ja }) => ja)).toContain('年末年始 12月29日(水)～1月3日(月)');
  });

  it('are beside the long breaks', () => {
    expect(view.breaks.map(({ days, length }) => [days.en, length])).toEqual([
      ['Sat 1 – Wed 5 May 2027', 5],
      ['Wed 29 December 2027 – Mon 3 January 2028', 6],
    ]);
  });

  it('say what changed against what was copied', () => {
    const changed = { ...form(), windows: { ...form().windows, site: { from: '06-07', to: '09-17' } } };
    expect(windowsView(ground, changed, {}).rows[0]).toMatchObject({ changed: true, from: '2027-06-07' });
    expect(summaryOf(ground, yearOnOffer(ground, choicesOf(changed)), changed).changes).toEqual([
      {
        label: { ja: 'サイトビジット', en: 'Site visit' },
        before: { ja: '2027年6月1日(火)～9月30日(木)', en: 'Tue 1 June – Thu 30 September 2027' },
        after: { ja: '2027年6月7日(月)～9月17日(金)', en: 'Mon 7 June – Fri 17 September 2027' },
      },
    ]);
  });

  it('name the year from which they were copied', () => {
    const later: YearGround = { ...ground, previous: { fiscalYear: 2027, rules: wpi } };
    expect(windowsView(later, formOf({}, later, 2028), {}).rows[0]).toMatchObject({
      copiedFrom: { ja: '2027年度の期間', en: 'Window of FY2027' },
      copied: { en: 'Tue 1 Jun – Thu 30 Sep' },
      from: '2028-06-01',
    });
  });

  it('are drawn once each, under names that are escaped', () => {
    const hostile = { ...view.strip.rows[0]!, name: { ja: '<script>', en: '<script>' } };
    const html = drawStrip({ fiscalYear: 2027, ...view.strip, rows: [hostile] }, 'ja');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect(html.match(/<title>[^<]*この年度の期間 2027年6月1日\(火\)～9月30日\(木\)<\/title>/g)).toHaveLength(1);
  });
});

describe('the rows', () => {
  const view = (of: YearForm) => rowsView(yearOnOffer(ground, choicesOf(of)), ground.roster, of);

  it('are grouped by what the year is for each centre', () => {
    const { groups, idle, counts } = view(form());
    expect(groups.map(({ id, kind, evaluation }) => [id, kind?.ja ?? null, evaluation])).toEqual([
      ['programme', null, false],
      ['ashbi', '最終評価', true],
      ['icredd', '最終評価', true],
      ['qup', '年次フォローアップ', false],
      ['bio2q', '年次フォローアップ', false],
      ['prime', '年次フォローアップ', false],
      ['skcm2', '年次フォローアップ', false],
      ['aimec', '中間評価', true],
    ]);
    expect(groups[2]!.reason!.en).toBe('10th year, the last of its support: final evaluation');
    expect(groups[2]!.meetings.map(({ key }) => key)).toEqual(['site/icredd', 'hearing/icredd', 'pdpo/icredd']);
    expect(idle).toHaveLength(11);
    expect(idle[0]!.reason.en).toContain('support ended with FY2016');
    expect(counts).toEqual({ meetings: 24, milestones: 226, centres: 7, evaluations: 3 });
  });

  it('do not repeat the centre under its own heading', () => {
    const { groups } = view(form());
    expect(groups[2]!.milestones.map(({ name }) => name.ja)).toContain('PO報告書');
    expect(groups[2]!.milestones.some(({ name }) => name.ja.includes('ICReDD'))).toBe(false);
  });

  it('say how long a meeting is', () => {
    expect(
      [
        { halfDays: 1, minutes: null },
        { halfDays: 2, minutes: null },
        { halfDays: 3, minutes: null },
        { halfDays: 4, minutes: null },
        { halfDays: 1, minutes: 45 },
      ].map((row) => lengthOf(row).en),
    ).toEqual(['half a day', '1 day', '1½ days', '2 days', '45 min']);
  });
});

describe('dropping and adding', () => {
  const press = (of: YearForm, body: Body) => changeRows(ground, of, body);

  it('asks first where other rows depend on the one that is dropped', () => {
    const { form: still, asked } = press(form(), { dropRow: 'site/icredd' });
    expect([still.dropped, asked]).toEqual([[], 'site/icredd']);
    const { group, title, goes, comes } = consequencesShown('site/icredd', ground, form());
    expect([group, title.en, comes]).toEqual(['icredd', 'Site visit (ICReDD)', []]);
    expect(goes.map(({ ja }) => ja)).toContain('PO報告書');
    expect(goes).toHaveLength(15);
    expect(press(form(), { dropSure: 'site/icredd' }).form.dropped).toEqual(['site/icredd']);
  });

  it('says what comes in the place of a dropped row', () => {
    expect(press(form(), { dropRow: 'self-evaluation-report/aimec' }).asked).toBe('self-evaluation-report/aimec');
    const { comes } = consequencesShown('self-evaluation-report/aimec', ground, form());
    expect(comes.map(({ en }) => en)).toContain('Progress report');
  });

  it('drops at once what nothing depends on, and takes it back', () => {
    const { form: without, asked } = press(form(), { dropRow: 'minutes/site/icredd' });
    expect([without.dropped, asked]).toEqual([['minutes/site/icredd'], undefined]);
    expect(press(without, { takeBack: 'minutes/site/icredd' }).form.dropped).toEqual([]);
  });

  it('adds what is held on request, for a centre or for the programme', () => {
    const one = press(form(), { addRow: 'yes', addActivity: 'guest-visit', addCentre: 'ashbi' }).form;
    const two = press(one, { addRow: 'yes', addActivity: 'gathering' }).form;
    expect(two.added).toEqual([
      { activity: 'guest-visit', centre: 'ashbi' },
      { activity: 'gathering', centre: null },
    ]);
    expect(press(two, { removeAdded: 'guest-visit|ashbi' }).form.added).toEqual([two.added[1]]);
  });

  it('takes back a dropped row that is added again', () => {
    const without = { ...form(), dropped: ['site/icredd'] };
    const { form: back } = press(without, { addRow: 'yes', addActivity: 'site', addCentre: 'icredd' });
    expect([back.dropped, back.added]).toEqual([[], []]);
  });

  it.each([
    [{ addActivity: '' }, 'addActivity'],
    [{ addActivity: 'progress-report', addCentre: 'ashbi' }, 'addActivity'],
    [{ addActivity: 'site', addCentre: 'ashbi' }, 'addActivity'],
    [{ addActivity: 'guest-visit', addCentre: '' }, 'addCentre'],
    [{ addActivity: 'guest-visit', addCentre: 'nowhere' }, 'addCentre'],
  ] as [Body, string][])('says what is wrong with adding %j', (body, field) => {
    const { faults, form: same } = press(form(), { addRow: 'yes', ...body });
    expect(Object.keys(faults)).toEqual([field]);
    expect(same).toEqual(form());
  });
});
