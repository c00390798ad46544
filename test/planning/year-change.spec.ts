import { describe, expect, it } from '@jest/globals';
import { date } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { changedAttendees, changedLetters, changedMeetings, openedDays } from '../../src/planning/changed-facts.ts';
import type { Instance, Meeting } from '../../src/planning/instance.ts';
import { sayChange } from '../../src/planning/say-change.ts';
import { takeOverOf } from '../../src/planning/take-over.ts';
import { changeOfAsk } from '../../src/planning/year-asks.ts';
import { merged, readChanges, type YearChange } from '../../src/planning/year-change.ts';
import type { YearFacts } from '../../src/planning/year-facts.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { namesOf } from '../../src/planning/year-titles.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';
import { attendee, dated, saying, yearFacts } from './sample-year.ts';

const roster = rosterOf(sampleRoster());
const facts = yearFacts(shipped('wpi'), roster, 2027);
const names = namesOf(facts.cycle.rules, roster, facts.meetings);
const pd = roster.terms.find((term) => term.post === 'programme-director')!.person;

/** The year as a copy with changes has it, as the reader of the facts makes it */
function copyWith(changes: YearChange[], of: YearFacts = facts): YearFacts {
  const meetings = changedMeetings(of.meetings, changes, of.cycle.rules);
  return {
    ...of,
    meetings,
    attendees: changedAttendees(of.attendees, changes, meetings, of.seats),
    letters: changedLetters(of.letters, changes, of.days),
    changes,
  };
}
const instanceWith = (...changes: YearChange[]): Instance => yearInstance(copyWith(changes)).instance;
const before = yearInstance(facts).instance;
const meeting = (of: Instance, id = 'site/icredd'): Meeting => of.meetings.find((one) => one.id === id)!;
const dayOf = (of: Instance, day: string) => of.days.findIndex((one) => one.date === day);
const seat = (of: Instance, seatId: string) => meeting(of).seats.find(({ id }) => id === seatId)!;
const candidates = (of: Instance, seatId: string) => {
  const found = seat(of, seatId);
  return 'oneOf' in found ? found.oneOf.map(({ person }) => person) : [];
};

describe('a what-if copy of a year', () => {
  it('has other windows: of one meeting, or of all meetings of an activity', () => {
    const [from, to] = [date('2027-07-05'), date('2027-07-30')];
    const one = instanceWith({ change: 'window', of: 'site/icredd', from, to });
    expect([meeting(one).from, meeting(one).to]).toEqual([dayOf(one, from), dayOf(one, to)]);
    expect(meeting(one, 'site/ashbi').to).toBe(meeting(before, 'site/ashbi').to);
    const all = instanceWith({ change: 'window', of: 'site', to });
    for (const each of all.meetings.filter(({ kind }) => kind === 'site')) expect(each.to).toBe(dayOf(all, to));
  });

  it('closes days of a meeting, an activity or everything, and opens them', () => {
    const [from, to] = [date('2027-07-05'), date('2027-07-06')];
    const closed = instanceWith({ change: 'close', of: 'site', from, to });
    expect(meeting(closed).closed).toEqual(expect.arrayContaining([dayOf(closed, from), dayOf(closed, to)]));
    expect(meeting(closed, 'pdpo/icredd').closed).toEqual(meeting(before, 'pdpo/icredd').closed);
    const again = instanceWith(
      { change: 'close', of: '*', from, to },
      { change: 'open', of: 'site/icredd', from: to, to },
    );
    expect(meeting(again).closed).not.toContain(dayOf(again, to));
    expect(meeting(again, 'site/ashbi').closed).toContain(dayOf(again, to));
    expect(openedDays([{ change: 'open', of: 'site', from, to }])).toEqual(new Set([from, to]));
  });

  it('has other half days of somebody: an illness is × from a day to a day', () => {
    const [from, to] = [date('2027-07-05'), date('2027-07-09')];
    const ill = instanceWith({ change: 'half-days', person: pd, from, to, half: 'all', state: 'x' });
    const letters = ill.people.find(({ id }) => id === pd)!.availability;
    expect(letters.slice(2 * dayOf(ill, from), 2 * dayOf(ill, to) + 2)).toBe('x'.repeat(10));
    const morning = instanceWith({ change: 'half-days', person: pd, from, to: from, half: 'am', state: 't' });
    expect(morning.people.find(({ id }) => id === pd)!.availability.slice(2 * dayOf(morning, from))).toMatch(/^to/);
  });

  it('has other candidates: somebody forbidden, somebody added at a price', () => {
    const leads = candidates(before, 'lead');
    const officer = before.assignments.find(({ id }) => id === 'officer/icredd')!.candidates[0]!.person;
    const changed = instanceWith(
      { change: 'forbid', person: pd, of: 'site/icredd lead' },
      { change: 'forbid', person: officer, of: 'officer/icredd' },
      { change: 'allow', person: officer, of: 'site/icredd lead', costs: { 'stand-in': 7 } },
    );
    expect(candidates(changed, 'lead')).toEqual([...leads.filter((one) => one !== pd), officer]);
    expect(
      changed.assignments.find(({ id }) => id === 'officer/icredd')!.candidates.map((c) => c.person),
    ).not.toContain(officer);
    expect(candidates(instanceWith({ change: 'forbid', person: pd, of: 'site/icredd' }), 'lead')).not.toContain(pd);
    const fixed = before.meetings[0]!.seats.find((one) => 'person' in one)!;
    const second = instanceWith({ change: 'allow', person: officer, of: `${before.meetings[0]!.id} ${fixed.id}` });
    expect(second.meetings[0]!.seats.find(({ id }) => id === fixed.id)).toMatchObject({
      oneOf: [{ costs: {} }, { person: officer, costs: {} }],
    });
  });

  it('says of what has no effect why: nobody would be left, or it is not there', () => {
    const director = seat(before, 'director');
    const person = 'person' in director ? director.person : '';
    const { instance, notes } = yearInstance(
      copyWith([
        { change: 'forbid', person, of: 'site/icredd director' },
        { change: 'limit', limit: 'no-such', most: 1 },
      ]),
    );
    expect(seat(instance, 'director')).toEqual(director);
    expect(notes.map(({ en }) => en)).toEqual([
      expect.stringContaining('Nobody else could take the place'),
      expect.stringContaining('“no-such” is not part of this year’s plan'),
    ]);
  });

  it('has other limits, loads, quorums, modes and weights', () => {
    const [limit] = before.limits;
    const [load] = before.loads;
    const changed = instanceWith(
      { change: 'limit', limit: limit!.id, most: 9 },
      { change: 'load', load: load!.id, person: pd, most: 12 },
      { change: 'quorum', of: 'site/icredd working-group', atLeast: 1 },
      { change: 'online', of: 'pdpo', allowed: false },
      { change: 'weight', part: 'trip', percent: 200 },
      { change: 'weight', part: 'tentative', percent: 0 },
    );
    expect(changed.limits[0]!.most).toBe(9);
    expect(changed.loads[0]!.mostOf).toMatchObject({ [pd]: 12 });
    expect(seat(changed, 'working-group')).toMatchObject({ atLeast: 1, percent: 0 });
    expect(meeting(changed, 'pdpo/icredd').online).toBeUndefined();
    expect(meeting(changed, 'site/icredd').online).toEqual(meeting(before, 'site/icredd').online);
    expect(changed.tripCost).toEqual(before.tripCost.map((cost) => 2 * cost));
    expect(seat(changed, 'lead').tentative).toBe(0);
  });

  it('fixes a day and releases one, and seats that staff filled', () => {
    const day = date('2027-07-05');
    const fixed = instanceWith({ change: 'fix', meeting: 'site/icredd', day, half: 'am' });
    expect(fixed.locks).toEqual([{ meeting: 'site/icredd', start: 2 * dayOf(fixed, day) }]);
    const standing = dated(facts, 'site/icredd', day, true);
    const seated = { ...standing, attendees: [attendee('site/icredd', 'lead', pd, true)] };
    const locks = (...changes: YearChange[]) => yearInstance(copyWith(changes, seated)).instance.locks;
    expect(locks()).toMatchObject([{ meeting: 'site/icredd', seats: { lead: pd } }]);
    expect(locks({ change: 'unlock', meeting: 'site/icredd' })).toEqual([
      { meeting: 'site/icredd', seats: { lead: pd } },
    ]);
    expect(locks({ change: 'unlock', meeting: 'site/icredd', seats: ['lead'] })[0]).not.toHaveProperty('seats');
  });

  it('leaves the year itself as it was', () => {
    expect(yearInstance(facts).instance).toEqual(before);
  });
});

describe('what the planner asks for', () => {
  it.each([
    [
      { ask: 'half-day', person: pd, half: 3 },
      { change: 'half-days', person: pd, half: 'pm', state: 't' },
    ],
    [
      { ask: 'open-day', of: 'site/icredd', day: 1 },
      { change: 'open', of: 'site/icredd' },
    ],
    [
      { ask: 'window', of: 'site/icredd', to: 5 },
      { change: 'window', of: 'site/icredd', to: before.days[5]!.date },
    ],
    [
      { ask: 'limit', limit: 'visits', most: 4 },
      { change: 'limit', limit: 'visits', most: 4 },
    ],
    [
      { ask: 'load', load: 'officer', person: pd, most: 4 },
      { change: 'load', load: 'officer', person: pd, most: 4 },
    ],
    [
      { ask: 'quorum', of: 'site/icredd working-group', atLeast: 2 },
      { change: 'quorum', atLeast: 2 },
    ],
    [
      { ask: 'online', meeting: 'site/icredd' },
      { change: 'online', of: 'site/icredd', allowed: true },
    ],
  ] as const)('%j is a change of the year', (ask, change) => {
    expect(changeOfAsk(before, ask)).toMatchObject(change);
  });

  it('names days by their dates, and a lock by its meeting', () => {
    const day = before.days[1]!.date;
    expect(changeOfAsk(before, { ask: 'half-day', person: pd, half: 3 })).toMatchObject({ from: day, to: day });
    const locked = { ...before, locks: [{ meeting: 'site/icredd', start: 4 }] };
    expect(changeOfAsk(locked, { ask: 'unlock', lock: 0 })).toEqual({ change: 'unlock', meeting: 'site/icredd' });
    const seated = { ...before, locks: [{ meeting: 'site/icredd', seats: { lead: pd } }] };
    expect(changeOfAsk(seated, { ask: 'unlock', lock: 0 })).toEqual({
      change: 'unlock',
      meeting: 'site/icredd',
      seats: ['lead'],
    });
    expect(() => changeOfAsk(before, { ask: 'open-day', of: 'site/icredd', day: 9999 })).toThrow(RangeError);
    expect(() => changeOfAsk(before, { ask: 'unlock', lock: 7 })).toThrow(RangeError);
  });
});

describe('changes as staff give and read them', () => {
  it('are refused where they are none, with the place', () => {
    const wrong = (value: unknown) => {
      try {
        return readChanges(value);
      } catch (error) {
        return (error as Refusal).text.en;
      }
    };
    expect(wrong([{ change: 'weight', part: 'trip', percent: 100.5 }])).toContain('0.percent');
    expect(wrong([{ change: 'close', of: 'site', from: '2027-07-05', to: '2027-07-04' }])).toContain('span');
    expect(wrong([{ change: 'close', of: 'site', from: '2027-02-30', to: '2027-07-04' }])).toContain('from');
    expect(wrong([{ change: 'no-such' }])).toContain('A change is not right');
    expect(wrong('everything')).toContain('A change is not right');
  });

  it('count once where they are about the same: the later one', () => {
    const list = merged(
      [
        { change: 'weight', part: 'trip', percent: 50 },
        { change: 'limit', limit: 'visits', most: 3 },
      ],
      [{ change: 'weight', part: 'trip', percent: 70 }],
    );
    expect(list).toEqual([
      { change: 'limit', limit: 'visits', most: 3 },
      { change: 'weight', part: 'trip', percent: 70 },
    ]);
  });

  it('are said in both languages, with names and weekdays', () => {
    const day = date('2027-07-09');
    const said = (change: YearChange) => sayChange(change, names);
    const [title] = facts.meetings.filter(({ key }) => key === 'site/icredd').map((one) => one.title);
    expect(said({ change: 'window', of: 'site/icredd', to: day })).toEqual({
      ja: `${title!.ja}：期間を7月9日(金)までにする`,
      en: `${title!.en}: the window ends on Fri 9 Jul`,
    });
    const half = said({ change: 'half-days', person: pd, from: day, to: day, half: 'am', state: 't' });
    const { name } = roster.people.find(({ id }) => id === pd)!;
    expect(half.ja).toBe(`${name.ja}：7月9日(金)午前を△とする`);
    expect(half.en).toContain(`${name.en}: △ for the morning of`);
    expect(said({ change: 'order', order: [['tentative', 'unplaced'], ['trip']] })).toEqual({
      ja: '優先順位：まず△での出席・未定、次に出張',
      en: 'In this order: first Attending on a △ and Undecided, then Trips',
    });
  });

  it('are known before they are taken over: where they go, what they replace, why they cannot', () => {
    const day = facts.days[0]!;
    const overruled: YearChange = { change: 'half-days', person: pd, from: day, to: day, half: 'all', state: 't' };
    expect(takeOverOf(overruled, saying(facts, pd, day, 'xx'), names)).toMatchObject({
      home: 'availability',
      warning: { en: expect.stringContaining('replaced by an entry of staff') },
      refusal: null,
    });
    expect(takeOverOf(overruled, saying(facts, pd, day, '--'), names).warning).toBeNull();
    const refused = (change: YearChange) => takeOverOf(change, facts, names).refusal?.en;
    expect(refused({ change: 'window', of: 'site', to: date('2028-04-01') })).toContain('leave the fiscal year');
    expect(refused({ change: 'window', of: 'site', to: date('2027-04-01') })).toContain('end before it begins');
    expect(refused({ change: 'unlock', meeting: 'site/nowhere' })).toContain('not in this year');
    expect(refused({ change: 'allow', person: 'nobody', of: 'officer/icredd' })).toContain('“nobody”');
    expect(refused({ change: 'quorum', of: 'site/icredd no-such-seat', atLeast: 1 })).toContain('not in this year');
    expect(refused({ change: 'weight', part: 'luck', percent: 10 })).toContain('“luck”');
    expect(refused({ change: 'forbid', person: pd, of: 'officer/icredd' })).toBeUndefined();
    expect(
      takeOverOf({ change: 'limit', limit: facts.cycle.rules.limits[0]!.id, most: 3 }, facts, names),
    ).toMatchObject({
      home: 'rules',
      refusal: null,
    });
  });
});
