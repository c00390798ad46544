import { describe, expect, it } from '@jest/globals';
import { generateYear, type YearSettings } from '../../src/cycle/generate.ts';
import type { GeneratedYear } from '../../src/cycle/generated-year.ts';
import { shipped } from '../programme/shipped.ts';
import { madeUpCentre, madeUpRoster, post, rosterOf, wpiRoster } from './sample-roster.ts';

const wpi = shipped('wpi');
const yearOf = (centre: ReturnType<typeof madeUpCentre>, fiscalYear: number, settings?: YearSettings) =>
  generateYear(wpi, madeUpRoster(centre), fiscalYear, settings);
const activities = (year: GeneratedYear) => [...year.meetings, ...year.milestones].map(({ key }) => key);
const meeting = (year: GeneratedYear, key: string) => {
  const found = year.meetings.find((one) => one.key === key);
  if (!found) throw new Error(`no ${key} in ${activities(year).join(', ')}`);
  return found;
};
const kindIn = (year: GeneratedYear) => year.centres.map(({ kind }) => kind);

describe('an evaluation year', () => {
  const centre = madeUpCentre({ id: 'a', adoptionYear: 2023 });
  const [ordinary, interim] = [yearOf(centre, 2026), yearOf(centre, 2027)];

  it('drops none of its visits', () => {
    for (const key of ['site/a', 'hearing/a', 'pdpo/a', 'committee', 'reception', 'symposium']) {
      expect(meeting(ordinary, key).key).toBe(key);
      expect(meeting(interim, key).key).toBe(key);
    }
    expect(interim.meetings.map(({ key }) => key)).toEqual(ordinary.meetings.map(({ key }) => key));
  });

  it('is longer: the visit two days, the hearing an hour', () => {
    expect([meeting(ordinary, 'site/a').halfDays, meeting(interim, 'site/a').halfDays]).toEqual([2, 4]);
    expect([meeting(ordinary, 'hearing/a').minutes, meeting(interim, 'hearing/a').minutes]).toEqual([45, 60]);
    expect([meeting(ordinary, 'site/a').evaluation, meeting(interim, 'site/a').evaluation]).toEqual([false, true]);
  });

  it('says why, in both languages', () => {
    expect(interim.centres[0]!.reason).toEqual({ ja: '5年目のため中間評価', en: '5th year: interim evaluation' });
    expect(ordinary.centres[0]!.reason).toEqual({
      ja: '4年目のため年次フォローアップ',
      en: '4th year: annual follow-up',
    });
    expect(meeting(interim, 'site/a').reason).toEqual({
      ja: '5年目（中間評価）：評価の年も含めて毎年1回',
      en: '5th year (interim evaluation): once every year, evaluation years included',
    });
  });

  it('lets what counted from the progress report count from the self-evaluation report', () => {
    const sent = (year: GeneratedYear) => year.milestones.find(({ key }) => key === 'report-to-readers/a')!;
    expect(sent(ordinary).due.offset).toEqual({ after: 'progress-report', workingDays: 5 });
    expect(sent(interim).due.offset).toEqual({ after: 'self-evaluation-report', workingDays: 5 });
    expect(sent(interim).due.offsets.map(({ before, after }) => before ?? after)).toEqual([
      'site',
      'self-evaluation-report',
    ]);
    expect(sent(interim).meeting).toBe('site/a');
  });

  it('takes the ordinary report where the option says so', () => {
    const last = madeUpCentre({ id: 'a', adoptionYear: 2018 });
    const reports = (settings?: YearSettings) =>
      activities(yearOf(last, 2027, settings)).filter((key) => key.includes('-report/'));
    expect(reports()).toEqual(['final-self-evaluation-report/a', 'officer-report/a']);
    expect(reports({ options: { 'final-self-evaluation': false } })).toEqual(['progress-report/a', 'officer-report/a']);
  });
});

describe('a first year', () => {
  const centre = madeUpCentre({ id: 'a', adoptionYear: 2027 });

  it('has nothing of its own, and no committee for it alone', () => {
    const year = yearOf(centre, 2027);
    expect(kindIn(year)).toEqual(['first-year']);
    expect(activities(year)).toEqual(['symposium']);
  });

  it('has a PD/PO visit where the option is on, bound by no answer that it does not owe', () => {
    const year = yearOf(centre, 2027, { options: { 'first-year-visit': true } });
    expect(year.meetings.map(({ key }) => key)).toEqual(['pdpo/a', 'symposium']);
    expect(meeting(year, 'pdpo/a').notBefore).toEqual([]);
    expect(year.milestones.map(({ meeting: of }) => of)).toEqual(year.milestones.map(() => 'pdpo/a'));
    expect(year.milestones.length).toBeGreaterThan(5);
  });

  it('is before adoption nothing at all: the symposium is everybody’s', () => {
    const year = yearOf(centre, 2026);
    expect(year.centres[0]).toMatchObject({ kind: 'before-adoption', year: 0, evaluation: false });
    expect(activities(year)).toEqual(['symposium']);
  });

  it('does not keep a committee from hearing the others', () => {
    const year = generateYear(wpi, madeUpRoster(centre, madeUpCentre({ id: 'b' })), 2027);
    expect(year.meetings.map(({ key }) => key)).toEqual([
      'site/b',
      'committee',
      'hearing/b',
      'reception',
      'pdpo/b',
      'symposium',
    ]);
    expect(meeting(year, 'committee').reason.en).toContain('(1 centre)');
  });
});

describe('a stage gate', () => {
  const core = (gateYear: number | null) => madeUpCentre({ id: 'a', scheme: 'core', adoptionYear: 2025, gateYear });
  const gates = (centre: ReturnType<typeof madeUpCentre>) =>
    [2025, 2026, 2027, 2028, 2029, 2030].flatMap((year) =>
      activities(yearOf(centre, year))
        .filter((key) => key === 'stage-gate/a' || key === 'stage-gate-verdict/a')
        .map((key) => `${year} ${key}`),
    );

  it('takes place in the year that the centre has for it', () => {
    expect(gates(core(3))).toEqual(['2027 stage-gate/a', '2027 stage-gate-verdict/a']);
    expect(kindIn(yearOf(core(3), 2027))).toEqual(['stage-gate']);
    expect(yearOf(core(3), 2027).centres[0]!.reason).toEqual({
      ja: '3年目のためステージゲート審査',
      en: '3rd year: stage gate review',
    });
    expect(meeting(yearOf(core(3), 2027), 'stage-gate/a')).toMatchObject({
      partOf: 'committee',
      minutes: 60,
      evaluation: true,
    });
  });

  it('in year 5 goes beside the interim evaluation, and the reason names both', () => {
    const year = yearOf(core(5), 2029);
    expect(gates(core(5))).toEqual(['2029 stage-gate/a', '2029 stage-gate-verdict/a']);
    expect(activities(year)).toContain('interim-verdict/a');
    expect(year.centres[0]).toMatchObject({
      kind: 'interim-evaluation',
      reason: {
        ja: '5年目のため中間評価・ステージゲート審査',
        en: '5th year: interim evaluation and stage gate review',
      },
    });
  });

  it('comes by year 5 where the centre has no year for it yet', () => {
    expect(gates(core(null))).toEqual(['2029 stage-gate/a', '2029 stage-gate-verdict/a']);
  });

  it('is for no other scheme, whatever the centre says', () => {
    expect(gates(madeUpCentre({ id: 'a', adoptionYear: 2025, gateYear: 3 }))).toEqual([]);
  });
});

describe('an alliance of three hosts', () => {
  const hosts = ['first-university', 'second-institute', 'third-university'];
  const year = yearOf(madeUpCentre({ id: 'a', scheme: 'multiple-host', hosts }), 2027);
  const seats = (key: string) => meeting(year, key).seats.filter(({ rule }) => rule === 'executive');

  it.each(['site/a', 'hearing/a', 'pdpo/a'])('has an executive of each host at %s', (key) => {
    expect(seats(key).map((seat) => [seat.key, seat.institution, seat.required])).toEqual(
      hosts.map((host) => [`executive/${host}`, host, true]),
    );
  });

  it('asks the head first and the executive for research after, each of its own house', () => {
    expect(seats('site/a')[1]!.choices).toEqual([
      { post: 'host-head-second-institute', cost: 0, costName: 'rank' },
      { post: 'executive-for-research-second-institute', cost: 5, costName: 'rank' },
    ]);
  });

  it('does not ask the head to a PD/PO visit', () => {
    expect(seats('pdpo/a').flatMap(({ choices }) => choices.map((choice) => choice.post))).toEqual(
      hosts.map((host) => `executive-for-research-${host}`),
    );
  });

  it('brings three heads to the reception, and one director', () => {
    const at = meeting(year, 'reception').seats;
    expect(at.filter(({ rule }) => rule === 'host-heads').map((seat) => seat.key)).toEqual(
      hosts.map((host) => `host-heads/host-head-${host}`),
    );
    expect(at.filter(({ rule }) => rule === 'directors').map((seat) => [seat.key, seat.post])).toEqual([
      ['directors', 'centre-director-a'],
    ]);
  });
});

describe('an extension', () => {
  const extended = madeUpCentre({ id: 'a', adoptionYear: 2015, supportEndYear: 2029 });

  it('moves the final evaluation to the fifteenth year', () => {
    const kinds = Array.from({ length: 17 }, (_, i) => kindIn(yearOf(extended, 2014 + i))[0]);
    expect(kinds).toEqual([
      'before-adoption',
      'first-year',
      'follow-up',
      'follow-up',
      'follow-up',
      'interim-evaluation',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'follow-up',
      'final-evaluation',
      'after-support',
    ]);
    expect(yearOf(extended, 2029).centres[0]!.reason.ja).toBe('15年目（支援最終年度）のため最終評価');
  });

  it('is reviewed in year 8 where the option is on, and only then', () => {
    const centre = madeUpCentre({ id: 'a', adoptionYear: 2020 });
    const reviews = (year: number, on: boolean) =>
      activities(yearOf(centre, year, { options: { 'extension-review': on } })).filter((key) =>
        key.startsWith('extension'),
      );
    expect(reviews(2027, true)).toEqual(['extension/a', 'extension-verdict/a']);
    expect(reviews(2027, false)).toEqual([]);
    expect(reviews(2026, true)).toEqual([]);
    expect(activities(yearOf(centre, 2027, { options: { 'extension-review': true } }))).toContain('site/a');
  });
});

describe('a centre of the Academy', () => {
  const centre = madeUpCentre({ id: 'a', adoptionYear: 2010 });

  it('owes nothing, and figures where the option is on', () => {
    expect(activities(yearOf(centre, 2027))).toEqual(['symposium']);
    const year = yearOf(centre, 2027, { options: { 'academy-figures': true } });
    expect(year.milestones.map(({ key, due, meeting: of }) => [key, due.fixedDay, of])).toEqual([
      ['academy-figures/a', '2027-06-30', null],
    ]);
    expect(year.centres[0]!.reason).toEqual({
      ja: '2019年度で支援終了のためアカデミー拠点',
      en: 'support ended with FY2019: WPI Academy',
    });
  });
});

describe('seats', () => {
  const year = generateYear(wpi, wpiRoster(), 2027);

  it('are one for each committee member, with its own key and post', () => {
    const members = meeting(year, 'committee').seats.filter(({ rule }) => rule === 'committee');
    expect(members.map(({ key }) => key)).toEqual(
      Array.from({ length: 14 }, (_, i) => `committee/committee-member-${i + 1}`),
    );
    expect(members.every(({ key, post: of }) => key === `committee/${of}`)).toBe(true);
  });

  it('have keys that are unique in their meeting, and meetings in the year', () => {
    for (const { seats } of year.meetings) expect(new Set(seats.map(({ key }) => key)).size).toBe(seats.length);
    expect(new Set(activities(year)).size).toBe(activities(year).length);
  });

  it('of a post that nobody made yet stay open, and a former member has none', () => {
    const roster = madeUpRoster(madeUpCentre({ id: 'a' }));
    const bare = { ...roster, posts: roster.posts.filter(({ kind }) => kind !== 'centre-director') };
    expect(meeting(generateYear(wpi, bare, 2027), 'site/a').seats.find(({ key }) => key === 'director')).toMatchObject({
      post: null,
      required: true,
    });
    const terms = [1, 2].map((n) => ({
      id: `t${n}`,
      post: `committee-member-${n}`,
      person: 'p',
      from: '2020-04-01' as const,
      to: null,
    }));
    const ended = {
      id: 't3',
      post: 'committee-member-3',
      person: 'q',
      from: '2020-04-01' as const,
      to: '2027-03-31' as const,
    };
    const held = generateYear(wpi, { ...roster, terms: [...terms, ended] }, 2027);
    expect(
      meeting(held, 'committee')
        .seats.filter(({ rule }) => rule === 'committee')
        .map((seat) => seat.post),
    ).toEqual(['committee-member-1', 'committee-member-2']);
  });

  it('say how they are filled', () => {
    const reasons = Object.fromEntries(meeting(year, 'site/aimec').seats.map(({ key, reason }) => [key, reason]));
    expect(reasons['executive/tohoku-university']).toEqual({
      ja: 'Tohoku University：ホスト機関長、研究担当理事、役員のうち1名',
      en: 'Tohoku University: Host head or executive for research or other top executive',
    });
    expect(reasons['ministry']!.en).toBe('added by the secretariat, optional');
    expect(reasons['director']!.ja).toBe('役職による：centre-director');
  });

  it('of two centres of one host are two, each at its own meeting', () => {
    const tokyo = generateYear(wpi, wpiRoster(), 2019);
    const keys = ['site/kavli-ipmu', 'site/ircn'].map((key) =>
      meeting(tokyo, key).seats.find(({ rule }) => rule === 'executive'),
    );
    expect(keys.map((seat) => seat?.key)).toEqual([
      'executive/the-university-of-tokyo',
      'executive/the-university-of-tokyo',
    ]);
  });
});

describe('what staff change', () => {
  const centre = madeUpCentre({ id: 'a' });

  it('moves windows, which run over New Year', () => {
    expect(meeting(yearOf(centre, 2027), 'pdpo/a').window).toEqual({ from: '2027-12-01', to: '2028-03-19' });
    const moved = yearOf(centre, 2027, { windows: { pdpo: { from: '11-29', to: '02-10' } } });
    expect(meeting(moved, 'pdpo/a').window).toEqual({ from: '2027-11-29', to: '2028-02-10' });
  });

  it('drops a meeting with its parts and with all that counts from it', () => {
    const year = yearOf(centre, 2027, { dropped: ['committee', 'minutes/site/a'] });
    expect(year.meetings.map(({ key }) => key)).toEqual(['site/a', 'pdpo/a', 'symposium']);
    expect(
      year.milestones.map(({ key }) => key).filter((key) => /points|outcome|hearing|committee|minutes\/site/.test(key)),
    ).toEqual([]);
    expect(meeting(year, 'pdpo/a').notBefore).toEqual([]);
  });

  it('adds what the years do not say, in its place in the list', () => {
    const first = madeUpCentre({ id: 'b', adoptionYear: 2027 });
    const added = [
      { activity: 'site', centre: 'b' },
      { activity: 'gathering', centre: null },
      { activity: 'site', centre: 'a' },
    ];
    const year = generateYear(wpi, madeUpRoster(first, centre), 2027, { added });
    expect(year.meetings.map(({ key }) => key)).toEqual([
      'site/a',
      'site/b',
      'committee',
      'hearing/a',
      'reception',
      'pdpo/a',
      'symposium',
      'gathering',
    ]);
    expect(meeting(year, 'site/b').reason).toEqual({ ja: '事務局が追加', en: 'added by the secretariat' });
    expect(meeting(year, 'site/a').reason.en).toContain('once every year');
    expect(activities(year)).toContain('who-attends/site/b');
  });

  it('refuses an option, an activity or a centre that is not there', () => {
    expect(() => yearOf(centre, 2027, { options: { extention: true } })).toThrow('wpi has no option extention');
    expect(() => yearOf(centre, 2027, { added: [{ activity: 'site', centre: 'z' }] })).toThrow(RangeError);
    expect(() => yearOf(centre, 2027, { added: [{ activity: 'site', centre: null }] })).toThrow(RangeError);
  });
});

describe('the list', () => {
  it('is the same however the roster is ordered', () => {
    const roster = wpiRoster();
    const turned = {
      ...roster,
      centres: roster.centres.toReversed(),
      posts: roster.posts.toReversed(),
      institutions: roster.institutions.toReversed(),
    };
    expect(generateYear(wpi, turned, 2026)).toEqual(generateYear(wpi, roster, 2026));
  });

  it('covers the year before the one in which it runs', () => {
    expect(generateYear(wpi, wpiRoster(), 2027)).toMatchObject({ fiscalYear: 2027, covers: 2026 });
  });

  it('is made for a thousand centres as for ten', () => {
    const centres = Array.from({ length: 1000 }, (_, i) =>
      madeUpCentre({ id: `c${i}`, adoptionYear: 2019 + (i % 9), hosts: [`h${i % 400}`] }),
    );
    const roster = madeUpRoster(...centres);
    const year = generateYear(
      wpi,
      { ...roster, posts: [...roster.posts, post('executive', { institution: 'h1' })] },
      2027,
    );
    expect(year.meetings.filter(({ activity }) => activity === 'site')).toHaveLength(889);
  });

  it('is empty for a roster without centres, but for what needs none', () => {
    expect(activities(generateYear(wpi, rosterOf([], []), 2027))).toEqual(['symposium']);
  });
});
