import { describe, expect, it } from '@jest/globals';
import { expectations } from '../../src/programme/expectations.ts';
import type { Fault } from '../../src/programme/fault.ts';
import { readProgramme } from '../../src/programme/read-programme.ts';
import { yamlOf } from './shipped.ts';

/** The smallest programme with one of everything that can be got wrong */
const small = `format: meguri-programme/1
id: small
name: { ja: 小, en: Small }
short: { ja: 小, en: Small }
zone: Asia/Tokyo
secretariat: { ja: 事務局, en: Secretariat }
covers: previous
fields: { physics: { ja: 物理, en: Physics } }
schemes:
  standard: { name: { ja: 通常, en: Standard }, years: 10, hosts: { least: 1, most: 3 } }
options:
  review: { name: { ja: 審査, en: Review }, default: false }
posts:
  leader: { name: { ja: 長, en: Leader }, of: programme }
  director: { name: { ja: 拠点長, en: Director }, of: centre }
  president: { name: { ja: 学長, en: President }, of: institution }
kindsOfYear:
  - { id: review, name: { ja: 審査, en: Review }, years: { only: [5], schemes: [standard], option: review } }
  - { id: ordinary, name: { ja: 通常, en: Ordinary }, years: {} }
activities:
  - id: site
    what: meeting
    per: centre
    name: { ja: 訪問, en: Visit }
    years: { from: 2, to: 9 }
    window: { from: 06-01, to: 09-30 }
    hours:
      morning: { from: 10:00, to: 12:00 }
      afternoon: { from: 13:00, to: 17:00 }
    sessions:
      - { id: opening, name: { ja: 開会, en: Opening }, from: 10:00, to: 11:00, open: true, audience: [lead] }
    quorum: { seat: panel, percent: 50, also: [lead] }
    notBefore:
      - { after: report, days: 7 }
    answerBy: { offset: { before: site, days: 42 } }
    seats:
      - { id: lead, name: { ja: 長, en: Lead }, side: visiting, oneOf: [{ post: leader }], travel: leader }
      - { id: officer, name: { ja: 担当, en: Officer }, side: visiting, assigned: officer }
      - { id: panel, name: { ja: 委員, en: Panel }, side: visiting, panel: { id: experts } }
      - { id: president, name: { ja: 学長, en: President }, side: centre, perHost: true, holder: president }
  - id: committee
    what: meeting
    per: programme
    name: { ja: 委員会, en: Committee }
    slots:
      - { at: 10:00, minutes: 60 }
      - { at: 11:00, minutes: 60 }
  - id: hearing
    what: meeting
    per: centre
    partOf: committee
    name: { ja: ヒアリング, en: Hearing }
    minutes: 45
    minutesInEvaluation: 60
  - id: report
    what: milestone
    per: centre
    name: { ja: 報告書, en: Report }
    due: { on: 05-31 }
    owedBy: centre
  - id: long-report
    what: milestone
    per: centre
    name: { ja: 長い報告書, en: Long report }
    replaces: report
    due: { offset: { before: site, weeks: 6 } }
    owedBy: centre
  - id: minutes
    what: milestone
    per: meeting
    for: [site, committee]
    name: { ja: 議事録, en: Minutes }
    due: { offset: { after: meeting, workingDays: 10 } }
    owedBy: secretariat
assignments:
  - { id: officer, name: { ja: 担当, en: Officer }, post: leader, costs: { mismatch: 1, continuity: 1 }, change: 1 }
panels:
  - { id: experts, name: { ja: 委員, en: Experts }, post: leader, min: 3, max: 6, target: 5, short: 1, dropped: 1, mismatch: 1, change: 1 }
loads:
  - { id: load, name: { ja: 負担, en: Load }, of: [officer, experts, site lead], most: 3, cost: [0] }
limits:
  - { id: week, name: { ja: 週, en: Week }, activities: [site], per: week, most: 3 }
travel:
  kinds: { leader: { nightBeyondKm: 100, freeDayBeyondKm: 300 } }
  tripCost: [{ beyondKm: 0, cost: 1 }]
  from: { latitude: 35, longitude: 139 }
conflicts:
  rules: [{ kind: employer, name: { ja: 所属, en: Employer }, binds: hard }]
calendar:
  spans: [{ name: { ja: お盆, en: Obon }, from: 08-10, to: 08-16, effect: tentative, activities: [site] }]
reminders:
  - { id: first, offset: { before: due, days: 7 }, to: person }
`;

const faultsOf = (text: string): Fault[] => {
  const read = readProgramme(text, 'small.yaml');
  return 'faults' in read ? read.faults : [];
};

/** The small programme with one thing changed. @throws where there is nothing to change, so that no test passes for nothing */
function changed(from: string, to: string): string {
  if (!small.includes(from)) throw new Error(`not in the small programme: ${from}`);
  return small.replace(from, to);
}

const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('a programme file', () => {
  it.each(['wpi', 'j-peaks', 'annual-meeting', 'erc'])('that ships is without fault: %s', (id) => {
    const read = readProgramme(yamlOf(id), `${id}.yaml`);
    expect('faults' in read ? read.faults.map(({ text }) => text.en) : []).toEqual([]);
    expect('programme' in read && read.programme.id).toBe(id);
  });

  it('that is right has its defaults filled in', () => {
    const read = readProgramme(small, 'small.yaml');
    expect(faultsOf(small)).toEqual([]);
    if (!('programme' in read)) throw new Error('not read');
    expect(read.programme.unplaced).toBe(10_000);
    expect(read.programme.calendar.holidays).toBe('japan');
    expect(read.programme.activities[0]).toMatchObject({
      id: 'site',
      halfDays: 2,
      onRequest: false,
      years: { from: 2, except: [], also: [] },
    });
  });
});

describe('a mistake', () => {
  it('names file, line, column, place, what was found and what was expected, in both languages', () => {
    const text = changed('assigned: officer', 'assigned: oficer');
    const [fault, ...more] = faultsOf(text);
    const line = lineOf(text, 'oficer');
    const column = text.split('\n')[line - 1]!.indexOf('oficer') + 1;
    expect(more).toEqual([]);
    expect(fault).toEqual({
      file: 'small.yaml',
      line,
      column,
      path: 'activities.site.seats.officer.assigned',
      found: { ja: '「oficer」', en: '"oficer"' },
      expected: { ja: '定義済みの担当', en: 'an assignment of this file' },
      text: {
        ja: `small.yaml:${line}:${column} activities.site.seats.officer.assigned：「oficer」。正しくは定義済みの担当。「officer」ではありませんか。`,
        en: `small.yaml:${line}:${column} activities.site.seats.officer.assigned: found "oficer", expected an assignment of this file (did you mean "officer"?)`,
      },
    });
  });

  const cases: [string, string, string, string, string, string][] = [
    // what, from, to, path, found, expected
    [
      'an unknown post in oneOf',
      'oneOf: [{ post: leader }]',
      'oneOf: [{ post: chief }]',
      'activities.site.seats.lead.oneOf[0].post',
      '"chief"',
      'a post of this file (one of: leader, director, president)',
    ],
    [
      'an unknown holder',
      'holder: president',
      'holder: presdent',
      'activities.site.seats.president.holder',
      '"presdent"',
      'a post of this file',
    ],
    [
      'an unknown panel',
      'panel: { id: experts }',
      'panel: { id: expert }',
      'activities.site.seats.panel.panel.id',
      '"expert"',
      'a panel of this file',
    ],
    [
      'an unknown kind of travel',
      'travel: leader',
      'travel: fast',
      'activities.site.seats.lead.travel',
      '"fast"',
      'a kind of travel of this file ("leader")',
    ],
    [
      'an unknown post of an assignment',
      'post: leader, costs',
      'post: nobody, costs',
      'assignments.officer.post',
      '"nobody"',
      'a post of this file (one of: leader, director, president)',
    ],
    [
      'an unknown whole',
      'partOf: committee',
      'partOf: council',
      'activities.hearing.partOf',
      '"council"',
      'a meeting of this file (one of: site, committee, hearing)',
    ],
    [
      'a milestone as whole',
      'partOf: committee',
      'partOf: report',
      'activities.hearing.partOf',
      '"report"',
      'a meeting of this file (one of: site, committee, hearing)',
    ],
    [
      'an unknown replaced activity',
      'replaces: report',
      'replaces: reports',
      'activities.long-report.replaces',
      '"reports"',
      'an activity of this file',
    ],
    [
      'a meeting replaced by a milestone',
      'replaces: report',
      'replaces: hearing',
      'activities.long-report.replaces',
      '"hearing"',
      'an activity of the same kind ("what" and "per")',
    ],
    [
      'an unknown activity in an offset',
      'before: site, weeks: 6',
      'before: visit, weeks: 6',
      'activities.long-report.due.offset.before',
      '"visit"',
      'an activity of this file (one of: site, committee, hearing, report, long-report, minutes)',
    ],
    [
      'an unknown activity in notBefore',
      'after: report, days: 7',
      'after: reprot, days: 7',
      'activities.site.notBefore[0].after',
      '"reprot"',
      'an activity of this file',
    ],
    [
      'an unknown meeting to prepare',
      'for: [site, committee]',
      'for: [site, comittee]',
      'activities.minutes.for[1]',
      '"comittee"',
      'a meeting of this file',
    ],
    [
      'an activity where the meeting is meant',
      'after: meeting, workingDays',
      'after: site, workingDays',
      'activities.minutes.due.offset.after',
      '"site"',
      'the meeting that it prepares ("meeting")',
    ],
    [
      'an unknown scheme',
      'schemes: [standard]',
      'schemes: [core]',
      'kindsOfYear.review.years.schemes[0]',
      '"core"',
      'a scheme of this file ("standard")',
    ],
    [
      'an unknown option',
      'option: review }',
      'option: revue }',
      'kindsOfYear.review.years.option',
      '"revue"',
      'an option of this file',
    ],
    [
      'an unknown seat in a quorum',
      'seat: panel, percent',
      'seat: panels, percent',
      'activities.site.quorum.seat',
      '"panels"',
      'a seat of this meeting',
    ],
    [
      'an unknown audience',
      'audience: [lead]',
      'audience: [all]',
      'activities.site.sessions.opening.audience[0]',
      '"all"',
      'a seat of this meeting (one of: lead, officer, panel, president)',
    ],
    [
      'an unknown load',
      'site lead]',
      'site leader]',
      'loads.load.of[2]',
      '"site leader"',
      'an assignment, a panel, or "meeting seat"',
    ],
    [
      'a limit on a milestone',
      'activities: [site], per',
      'activities: [report], per',
      'limits.week.activities[0]',
      '"report"',
      'a meeting of this file (one of: site, committee, hearing)',
    ],
    [
      'a span of an unknown activity',
      'activities: [site] }]',
      'activities: [sites] }]',
      'calendar.spans[0].activities[0]',
      '"sites"',
      'a meeting of this file',
    ],
    [
      'a reminder that counts from something else',
      'before: due, days: 7',
      'before: site, days: 7',
      'reminders.first.offset.before',
      '"site"',
      'the due day or the day of the meeting (one of: due, meeting)',
    ],
    [
      'a reminder in quiet hours',
      'before: due, days: 7 }, to: person',
      'before: due, days: 7 }, at: 20:00, to: person',
      'reminders.first.at',
      '"20:00"',
      'a time outside the quiet hours (20:00 to 08:00)',
    ],
    [
      'a reminder to nobody',
      'to: person }',
      'to: everybody }',
      'reminders.first.to',
      '"everybody"',
      'one of: person, office, staff, telephone-list',
    ],
    [
      'a reminder that moves off holidays in no direction',
      'days: 7 }, to: person',
      'days: 7 }, onDayOff: never, to: person',
      'reminders.first.onDayOff',
      '"never"',
      'one of: earlier, later, same',
    ],
    [
      'answers that would settle what nobody is asked',
      'owedBy: secretariat',
      'owedBy: secretariat\n    settledBy: answers',
      'activities.minutes.settledBy',
      'something that a centre does not owe for each meeting',
      '"per: meeting" and "owedBy: centre"',
    ],
    [
      'a window that ends before it begins',
      'from: 06-01, to: 09-30',
      'from: 09-30, to: 06-01',
      'activities.site.window.to',
      '09-30 to 06-01',
      'an end that is not before its beginning, within April to March',
    ],
    [
      'a window over 31 March',
      'from: 06-01, to: 09-30',
      'from: 02-01, to: 05-31',
      'activities.site.window.to',
      '02-01 to 05-31',
      'an end that is not before its beginning, within April to March',
    ],
    [
      'a day that does not exist',
      'from: 06-01',
      'from: 06-31',
      'activities.site.window.from',
      '"06-31"',
      'a day that exists, as "MM-DD": "06-01"',
    ],
    [
      'a time that does not exist',
      'to: 17:00',
      'to: 25:00',
      'activities.site.hours.afternoon.to',
      '"25:00"',
      'a time as "HH:MM": "10:00"',
    ],
    [
      'hours that end before they begin',
      'from: 13:00, to: 17:00',
      'from: 18:00, to: 17:00',
      'activities.site.hours.afternoon.to',
      '18:00 to 17:00',
      'an end after its beginning',
    ],
    [
      'slots that overlap',
      '- { at: 11:00',
      '- { at: 10:30',
      'activities.committee.slots[1].at',
      '"10:30"',
      'a time at which the slot before it is over',
    ],
    [
      'an evaluation’s hearing that is shorter',
      'minutesInEvaluation: 60',
      'minutesInEvaluation: 30',
      'activities.hearing.minutesInEvaluation',
      'minutes 45 and minutesInEvaluation 30',
      'minutesInEvaluation no less than minutes',
    ],
    [
      'a seat for nobody',
      ', assigned: officer }',
      ' }',
      'activities.site.seats.officer',
      'nobody who sits in it',
      'exactly one of oneOf, holder, assigned, panel, byHand',
    ],
    [
      'a seat filled in two ways',
      'assigned: officer }',
      'assigned: officer, byHand: true }',
      'activities.site.seats.officer',
      'assigned and byHand',
      'exactly one of oneOf, holder, assigned, panel, byHand',
    ],
    [
      'a seat per host of a post of the programme',
      'holder: president',
      'holder: leader',
      'activities.site.seats.president.holder',
      '"leader"',
      'a post of an institution, as the seat is one per host',
    ],
    [
      'a milestone of a meeting without one',
      'for: [site, committee]',
      'for: []',
      'activities.minutes.for',
      'nothing',
      'a list of the meetings that it prepares',
    ],
    [
      'a second activity of one name',
      'id: long-report',
      'id: hearing',
      'activities.hearing.id',
      '"hearing" for the second time',
      'a name that occurs once in its list',
    ],
    [
      'a second seat of one name',
      'id: officer, name: { ja: 担当, en: Officer }, side',
      'id: lead, name: { ja: 担当, en: Officer }, side',
      'activities.site.seats.lead.id',
      '"lead" for the second time',
      'a name that occurs once in its list',
    ],
    [
      'a reserved name',
      'id: long-report',
      'id: meeting',
      'activities.meeting.id',
      '"meeting"',
      'a name other than "meeting" and "due"',
    ],
    [
      'a name in capitals',
      'id: long-report',
      'id: Long',
      'activities.Long.id',
      '"Long"',
      'a name of small letters, digits and hyphens that begins with a letter',
    ],
    ['an unknown zone', 'zone: Asia/Tokyo', 'zone: Tokyo', 'zone', '"Tokyo"', 'an IANA zone such as Asia/Tokyo'],
    [
      'a word that is not among those allowed',
      'per: week',
      'per: weak',
      'limits.week.per',
      '"weak"',
      'one of: week, day',
    ],
    [
      'a kind of activity that there is not',
      'what: meeting',
      'what: meating',
      'activities.site.what',
      '"meating"',
      'one of: meeting, milestone',
    ],
    [
      'a number where a name must be',
      'short: { ja: 小, en: Small }',
      'short: { ja: 3, en: Small }',
      'short.ja',
      '3',
      'a text',
    ],
    ['a missing language', 'short: { ja: 小, en: Small }', 'short: { ja: 小 }', 'short.en', 'nothing', 'a text'],
    [
      'an empty text',
      'short: { ja: 小, en: Small }',
      "short: { ja: '', en: Small }",
      'short.ja',
      '""',
      'a text that is not empty',
    ],
    [
      'nothing after the colon',
      'covers: previous',
      'covers:',
      'covers',
      'nothing after the colon',
      'one of: previous, same',
    ],
    [
      'a share of more than all',
      'percent: 50',
      'percent: 150',
      'activities.site.quorum.percent',
      '150',
      'a number of 100 or less',
    ],
    [
      'half a day too many',
      'years: 10, hosts',
      'years: 10.5, hosts',
      'schemes.standard.years',
      '10.5',
      'a whole number',
    ],
    [
      'a list where a group must be',
      'fields: { physics: { ja: 物理, en: Physics } }',
      'fields: [physics]',
      'fields',
      'a list of 1',
      'a group of keys',
    ],
    [
      'an offset in two directions',
      'before: site, weeks: 6',
      'before: site, after: site, weeks: 6',
      'activities.long-report.due.offset',
      'a group of keys',
      'either "before" or "after", and only one of them',
    ],
    [
      'an offset without a length',
      'before: site, weeks: 6',
      'before: site',
      'activities.long-report.due.offset',
      'a group of keys',
      'one of "days", "weeks", "workingDays", and only one of them',
    ],
    [
      'two due days',
      'due: { on: 05-31 }',
      'due: { on: 05-31, offset: { before: hearing, days: 1 } }',
      'activities.report.due',
      'a group of keys',
      'either "offset" or "on", and only one of them',
    ],
    [
      'years that end before they begin',
      'from: 2, to: 9',
      'from: 9, to: 2',
      'activities.site.years.to',
      'from 9 and to 2',
      'to no less than from',
    ],
    [
      'more hosts at least than at most',
      'least: 1, most: 3',
      'least: 3, most: 1',
      'schemes.standard.hosts.most',
      'least 3 and most 1',
      'most no less than least',
    ],
    [
      'a panel that can never be',
      'min: 3, max: 6, target: 5',
      'min: 3, max: 6, target: 7',
      'panels.experts.max',
      'target 7 and max 6',
      'max no less than target',
    ],
    [
      'a last kind of year that leaves years without any',
      'en: Ordinary }, years: {} }',
      'en: Ordinary }, years: { from: 2 } }',
      'kindsOfYear.ordinary.years',
      'from',
      'a last kind that fits every year ("years: {}")',
    ],
    [
      'short trips without a cost',
      'beyondKm: 0, cost: 1',
      'beyondKm: 5, cost: 1',
      'travel.tripCost',
      'no cost for short trips',
      'a list that begins with "beyondKm: 0"',
    ],
    [
      'what is once and counts from what each centre has',
      'per: programme\n    name: { ja: 委員会, en: Committee }',
      'per: programme\n    notBefore: [{ after: site, days: 1 }]\n    name: { ja: 委員会, en: Committee }',
      'activities.committee.notBefore[0].after',
      '"site"',
      'an activity of the whole programme, not one of each centre',
    ],
    [
      'a circle of offsets',
      'due: { on: 05-31 }',
      'due: { offset: { after: site, days: 3 } }',
      'activities.site.notBefore[0].after',
      'a circle: site → report → site',
      'something that does not lead back to itself',
    ],
    [
      'a part of itself',
      'partOf: committee',
      'partOf: hearing',
      'activities.hearing.partOf',
      'a circle: hearing → hearing',
      'something that does not lead back to itself',
    ],
  ];
  it.each(cases)('is told: %s', (_, from, to, path, found, expected) => {
    const faults = faultsOf(changed(from, to)).map((fault) => ({
      path: fault.path,
      found: fault.found.en,
      expected: fault.expected.en,
    }));
    expect(faults).toContainEqual({ path, found, expected });
  });

  it.each([
    ['window: {', 'windows: {', 'activities.site.windows', 'window'],
    ['side: visiting, assigned', 'sied: visiting, assigned', 'activities.site.seats.officer.sied', 'side'],
    ['most: 3, cost: [0]', 'most: 3, costs: [0]', 'loads.load.costs', 'cost'],
    ['weeks: 6', 'week: 6', 'activities.long-report.due.offset.week', 'weeks'],
    ['zone: Asia', 'zoen: Asia', 'zoen', 'zone'],
  ])('in a key suggests the right one: %s → %s', (from, to, path, meant) => {
    const fault = faultsOf(changed(from, to)).find((one) => one.path === path);
    expect(fault?.found.en).toBe(`the unknown key "${path.split('.').at(-1)}"`);
    expect(fault?.text.en).toContain(`did you mean "${meant}"?`);
    expect(fault?.text.ja).toContain(`「${meant}」ではありませんか`);
  });

  it('in a key that is like no other lists those that may stand there, without those that do', () => {
    const fault = faultsOf(changed('covers: previous', 'covers: previous\nxylophone: 1')).find(
      ({ path }) => path === 'xylophone',
    );
    expect(fault?.expected.en).toBe('one of: words, afterSupport, unplaced, mail');
  });

  it('does not hide another: all are told at once, in the order of the file', () => {
    const text = small
      .replace('zone: Asia/Tokyo', 'zone: Tokyo')
      .replace('window: { from: 06-01', 'windw: { from: 06-01')
      .replace('assigned: officer', 'assigned: offcer')
      .replace('owedBy: secretariat', 'owedBy: nobody')
      .replace('post: leader, min: 3', 'post: lead, min: 30')
      .replace('before: due', 'before: site');
    const faults = faultsOf(text);
    expect(faults.map(({ path }) => path)).toEqual([
      'zone',
      'activities.site.windw',
      'activities.site.seats.officer.assigned',
      'activities.minutes.owedBy',
      'panels.experts.post',
      'panels.experts.max',
      'panels.experts.target',
      'reminders.first.offset.before',
    ]);
    expect(faults.map(({ line }) => line)).toEqual(faults.map(({ line }) => line).toSorted((a, b) => a - b));
  });

  it('of a missing key is shown where it is missing', () => {
    const text = changed('    owedBy: secretariat\n', '');
    const [fault] = faultsOf(text);
    expect(fault).toMatchObject({ path: 'activities.minutes.owedBy', line: lineOf(text, 'id: minutes') });
  });

  it('in what a reference repeats is told once', () => {
    const text = changed(
      'partOf: committee',
      'partOf: committee\n    seats: &seats [{ id: a, name: { ja: 甲, en: A }, side: centre, holder: nobody }]',
    ).replace('slots:', 'seats: *seats\n    slots:');
    expect(faultsOf(text.replace('seats: *seats\n    ', '')).map(({ path }) => path)).toEqual([
      'activities.hearing.seats.a.holder',
    ]);
    const later = small
      .replace(
        '    slots:',
        '    seats: &seats [{ id: a, name: { ja: 甲, en: A }, side: centre, holder: nobody }]\n    slots:',
      )
      .replace('partOf: committee', 'partOf: committee\n    seats: *seats');
    expect(faultsOf(later).map(({ path }) => path)).toEqual(['activities.committee.seats.a.holder']);
  });
});

describe('a file that is no YAML', () => {
  it.each([
    ['a: 1\n\tb: 2', 'a tab as indentation'],
    ['a: [1, 2', 'an indentation that fits nothing above it'],
    ['a: "open', 'something that cannot be read'],
    ['a: *nowhere', 'the reference "*nowhere"'],
  ])('says where it stops: %j', (text, found) => {
    const faults = faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.map((fault) => fault.found.en).join('\n')).toContain(found);
    for (const fault of faults) expect(fault.line).toBeGreaterThan(0);
  });

  it('or is empty, or a list, or unfolds without end, is refused', () => {
    expect(faultsOf('').map(({ expected }) => expected.en)).toEqual(['a group of keys']);
    expect(faultsOf('- a').map(({ found }) => found.en)).toEqual(['a list of 1']);
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((l, i) => `${l}: &${l} [${Array<string>(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ];
    expect(faultsOf(bomb.join('\n')).map(({ found }) => found.en)).toEqual(['references (*) that unfold without end']);
  });

  it('tells a key that stands twice beside the other mistakes', () => {
    const faults = faultsOf(changed('covers: previous', 'covers: previous\ncovers: some'));
    expect(faults.map(({ found }) => found.en)).toEqual(['the same key for the second time', '"some"']);
  });
});

it('every expectation of the schema is said in both languages', () => {
  for (const { ja, en } of Object.values(expectations)) {
    expect(ja).toMatch(/[ぁ-んァ-ン一-龠]/);
    expect(en).toMatch(/^[a-zA-Z]/);
  }
});
