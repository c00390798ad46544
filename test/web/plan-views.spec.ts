import { describe, expect, it } from '@jest/globals';
import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import type { Alternative } from '../../src/planning/explain/alternatives.ts';
import type { Instance } from '../../src/planning/instance.ts';
import type { YearWeights } from '../../src/planning/year-rules.service.ts';
import { meetingActivityOf } from '../../src/programme/programme.ts';
import { pricesForScript, shownStarts, type PricedStart } from '../../src/web/staff/board-prices.ts';
import { chargeDifferences } from '../../src/web/staff/plan-difference.ts';
import { Speech } from '../../src/web/staff/plan-speech.ts';
import { chargesApart } from '../../src/planning/explain/charges-apart.ts';
import { dayList, startsView } from '../../src/web/staff/plan-starts.ts';
import { readWeights, weightRows } from '../../src/web/staff/plan-weights.ts';
import { changesIn, readChange } from '../../src/web/staff/plan-what-if.ts';
import { YearFile } from './year-file.ts';

const year = new YearFile();
const visit = year.meetings.find(({ key }) => key === 'site/qup')!;
const activity = meetingActivityOf(year.cycle.rules, 'site')!;
const days = ['2027-07-01', '2027-07-02', '2027-07-05', '2027-07-06', '2027-08-02'];
const instance = { days: days.map((one) => ({ date: one })), people: [], limits: [] } as unknown as Instance;
const placed = (start: number) => ({ start, seats: {}, attending: {} });
const blocked = (start: number, person: string): Alternative => ({
  start,
  blocked: [{ rule: 'available', where: 'site/qup lead', people: [person], text: text('', '') }],
});

describe('the starts of a meeting', () => {
  const alternatives: Alternative[] = [
    { start: 0, difference: 0, placed: placed(0) },
    { start: 2, difference: 30, placed: placed(2) },
    blocked(4, 'kaku'),
    { start: 6, difference: 4, placed: placed(6) },
    blocked(8, 'kaku'),
  ];
  const view = startsView({
    meeting: visit,
    activity,
    instance,
    now: placed(0),
    alternatives,
    finding: ({ people }) => text(`${people![0]}は×`, `${people![0]} cannot`),
    why: () => [],
  });

  it('are the present one, the next best with its price, and the others from cheap to dear', () => {
    expect(view.here?.day).toBe('2027-07-01');
    expect(view.runnerUp).toMatchObject({ day: '2027-07-06', price: text('+4点', '+4'), tone: 'best' });
    expect(view.possible.map(({ half, tone }) => [half, tone])).toEqual([
      [0, 'here'],
      [6, 'best'],
      [2, 'far'],
    ]);
  });

  it('that are forbidden are listed by what forbids them, each day with its weekday', () => {
    expect(view.blocked).toBe(2);
    expect(view.forbidden).toEqual([
      {
        reason: text('kakuは×', 'kaku cannot'),
        count: 2,
        days: text('7月5日(月)、8月2日(月)', 'Mon 5 Jul; Mon 2 Aug'),
      },
    ]);
  });

  it('stand in a calendar of its months, forbidden days with their reason', () => {
    expect(view.months.map(({ name }) => name.ja)).toEqual(['2027年7月', '2027年8月']);
    const cells = view.months.flatMap(({ weeks }) => weeks.flat()).filter((cell) => cell?.starts.length);
    expect(cells.map((cell) => [cell!.day, cell!.starts[0]!.tone])).toEqual([
      ['2027-07-01', 'here'],
      ['2027-07-02', 'far'],
      ['2027-07-05', 'no'],
      ['2027-07-06', 'best'],
      ['2027-08-02', 'no'],
    ]);
    expect(cells[2]!.starts[0]!.said.ja).toBe('7月5日(月)：kakuは×');
  });

  it('of one that is undecided have a best day as well', () => {
    const undecided = startsView({
      meeting: visit,
      activity,
      instance,
      now: null,
      alternatives: [{ start: 2, difference: -9_970, placed: placed(2) }],
      finding: () => text('', ''),
      why: () => [],
    });
    expect(undecided.here).toBeNull();
    expect(undecided.runnerUp?.half).toBe(2);
  });
});

it('a list of days says each month once', () => {
  expect(dayList(['2027-07-02', '2027-07-01', '2027-08-02'].map(date))).toEqual(
    text('7月1日(木)・2日(金)、8月2日(月)', 'Thu 1, Fri 2 Jul; Mon 2 Aug'),
  );
});

describe('what one plan pays for and another does not', () => {
  const facts = { cycle: year.cycle, roster: year.roster, meetings: year.meetings, seats: year.seats };
  const person = year.roster.people[0]!;
  const speech = new Speech(facts, {
    ...instance,
    people: [{ id: person.id, name: person.name.en, availability: '' }],
  });
  const trip = { part: 'trip', where: 'site/qup', cost: 3, people: [person.id] };
  const tentative = { part: 'tentative', where: 'pdpo/qup lead', cost: 2, people: [person.id] };

  it('is said with names, dearest first; what both pay is left out, and the thing itself is not named', () => {
    const apart = chargesApart([trip, trip, tentative], [trip, { ...trip, cost: 8 }]);
    const found = chargeDifferences(apart, speech, 'site/qup');
    expect(found.map(({ price, of, text: said }) => [price, of?.en ?? null, said.ja])).toEqual([
      ['+8', null, `${person.name.ja}の出張`],
      ['−2', 'PD/PO visit (QUP)', `${person.name.ja}は△です`],
      ['−3', null, `${person.name.ja}の出張`],
    ]);
  });

  it('is nothing where they pay the same', () => {
    expect(chargesApart([trip], [{ ...trip }])).toEqual([]);
  });

  it('calls meetings by their titles where a rule names them', () => {
    const said = speech.finding({
      rule: 'two-places',
      where: 'site/qup lead',
      people: [person.id],
      meetings: ['site/aimec'],
    });
    expect(said.ja).toContain('サイトビジット（AIMEC）');
    expect(said.en).toContain('Site visit (AIMEC)');
  });
});

describe('prices on the year board', () => {
  const price = (day: string, half: 'am' | 'pm', difference: number | null, current = false): PricedStart => ({
    date: day,
    half,
    difference,
    online: false,
    parts: [],
    comes: [],
    goes: [],
    reasons: difference === null ? [text('×の人がいます', 'Somebody cannot')] : [],
    current,
    hearings: [],
  });
  const starts = shownStarts(visit, activity, [
    price('2027-07-02', 'pm', 7),
    price('2027-07-02', 'am', null),
    price('2027-07-01', 'am', 0, true),
    price('2027-07-05', 'am', 25),
  ]);

  it('are in the order of time, each with a tone that does not rest on colour alone', () => {
    expect(starts.map(({ day, half, tone, price: said }) => [day, half, tone, said.en])).toEqual([
      ['2027-07-01', 'am', 'here', 'where it is now'],
      ['2027-07-02', 'am', 'no', 'not possible'],
      ['2027-07-02', 'pm', 'best', '+7 points'],
      ['2027-07-05', 'am', 'far', '+25 points'],
    ]);
  });

  it('are handed to the script in one language, with the better half of each day marked', () => {
    const sent = pricesForScript(starts, { days: 1, seen: 3 }, 'ja');
    expect(sent).toMatchObject({ days: 1, seen: 3 });
    expect(sent.starts.filter(({ best }) => best).map(({ day, half }) => [day, half])).toEqual([
      ['2027-07-01', 'am'],
      ['2027-07-02', 'pm'],
      ['2027-07-05', 'am'],
    ]);
    const forbidden = sent.starts[1]!;
    expect(forbidden).toMatchObject({ said: '7月2日(金)：不可', reasons: ['×の人がいます'] });
    expect(forbidden.difference).toBeUndefined();
  });
});

describe('weights', () => {
  const part = (name: string) => ({ part: name, title: text(name, name) });
  const weights: YearWeights = {
    pointIsAbout: text('', ''),
    order: [['trip'], ['change']],
    weights: ['trip', 'change'].map((name) => ({ ...part(name), percent: 100, prices: [], worth: text('', '') })),
    parts: ['unplaced', 'trip', 'change'].map(part),
  };

  it('are shown with their place in the order; what stays undecided has only a place', () => {
    expect(weightRows(weights).map(({ part: name, percent, level }) => [name, percent, level])).toEqual([
      ['unplaced', null, ''],
      ['trip', '100', '1'],
      ['change', '100', '2'],
    ]);
  });

  it('are read from a form, in figures of either width; levels that nobody chose are left out', () => {
    const typed = {
      'percent.trip': '１５０',
      'percent.change': '0',
      way: 'order',
      'level.unplaced': '1',
      'level.trip': '3',
    };
    expect(readWeights(weights, typed)).toEqual({
      percents: { trip: 150, change: 0 },
      order: [['unplaced'], ['trip']],
      faults: {},
    });
  });

  it('are refused at their fields', () => {
    const typed = { 'percent.trip': '1001', 'percent.change': 'half', way: 'order' };
    expect(Object.keys(readWeights(weights, typed).faults)).toEqual(['percent.trip', 'percent.change', 'way']);
  });
});

describe('a change of a what-if', () => {
  it('is read from its fields; one day is from that day to that day', () => {
    expect(readChange('half-days', { person: 'kaku', from: '2027-09-01', half: 'all', state: 'x' })).toEqual({
      change: 'half-days',
      person: 'kaku',
      from: '2027-09-01',
      to: '2027-09-01',
      half: 'all',
      state: 'x',
    });
    expect(readChange('weight', { part: 'trip', percent: '200' })).toEqual({
      change: 'weight',
      part: 'trip',
      percent: 200,
    });
    expect(readChange('online', { of: 'site', allowed: 'no' })).toEqual({
      change: 'online',
      of: 'site',
      allowed: false,
    });
    expect(readChange('load', { load: 'officers', person: '', most: '2' })).toEqual({
      change: 'load',
      load: 'officers',
      most: 2,
    });
  });

  it.each([
    ['half-days', { person: '', from: '2027-09-01', half: 'all', state: 'x' }],
    ['half-days', { person: 'kaku', from: '2027-09-31', half: 'all', state: 'x' }],
    ['close', { of: '*', from: '2027-09-05', to: '2027-09-01' }],
    ['window', { of: 'site' }],
    ['weight', { part: 'trip', percent: '-5' }],
    ['weight', { part: 'trip', percent: '' }],
  ] as const)('of %s is not read from %j', (kind, typed) => {
    expect(readChange(kind, typed)).toBeUndefined();
  });

  it('comes back from the fields that carry it; anything else in them is left out', () => {
    const change = { change: 'weight', part: 'trip', percent: 50 };
    expect(changesIn([JSON.stringify(change), '<script>', '{"change":"weight"}', '[]'])).toEqual([change]);
    expect(changesIn(JSON.stringify(change))).toEqual([change]);
    expect(changesIn(undefined)).toEqual([]);
  });
});
