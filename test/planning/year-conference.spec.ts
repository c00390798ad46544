import { beforeAll, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { date, daysBetween } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { instantsOf } from '../../src/meetings/meeting-time.ts';
import type { Conference, Instance, Plan } from '../../src/planning/instance.ts';
import { readInstance } from '../../src/planning/instance-faults.ts';
import { planInstance } from '../../src/planning/planner.service.ts';
import { placementsOf } from '../../src/planning/publish.ts';
import { changedMeetings } from '../../src/planning/changed-facts.ts';
import { changeOfAsk } from '../../src/planning/year-asks.ts';
import type { YearChange } from '../../src/planning/year-change.ts';
import type { YearFacts } from '../../src/planning/year-facts.ts';
import { isPlaced, isPlanned, yearInstance } from '../../src/planning/year-instance.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { madeUpCentre, madeUpRoster } from '../cycle/sample-roster.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';
import { asSampleSays, attendee, saying, yearFacts } from './sample-year.ts';
import { score } from './yardstick/score.mjs';

const roster = rosterOf(sampleRoster());
const chair = roster.terms.find((term) => term.post === 'committee-chair')!.person;
const free = yearFacts(shipped('wpi'), roster, 2027);
const committeeOf = (instance: Instance): Conference => instance.conferences[0]!;
const hearingOf = (instance: Instance, centre: string) =>
  committeeOf(instance).hearings.find(({ unit }) => unit === centre)!;
const dayOf = (instance: Instance, day: string) => instance.days.findIndex((one) => one.date === day);
const letterAt = (instance: Instance, person: string, half: number) =>
  instance.people.find(({ id }) => id === person)!.availability[half];
const halfOf = (conference: Conference, { day, slot }: { day: number; slot: number }) =>
  2 * day + (conference.slots[slot]!.at < '12:30' ? 0 : 1);

/** The same year with a meeting between two days and hours */
function held(
  facts: YearFacts,
  key: string,
  [first, last]: readonly [string, string],
  [from, to]: readonly [string, string],
  fixedByStaff = true,
): YearFacts {
  const [firstDay, lastDay] = [date(first), date(last)];
  const times = instantsOf({ firstDay, lastDay, from, to }, 'Asia/Tokyo');
  if (times instanceof Refusal) throw times;
  const meetings = facts.meetings.map((meeting) =>
    meeting.key === key
      ? { ...meeting, state: 'scheduled' as const, firstDay, lastDay, ...times, fixedByStaff }
      : meeting,
  );
  return { ...facts, meetings };
}
const hours = ['09:30', '17:30'] as const;
const days = ['2027-10-26', '2027-10-27'] as const;
const inOctober = (facts: YearFacts, fixedByStaff = true) => held(facts, 'committee', days, hours, fixedByStaff);
const heard = (facts: YearFacts, centre: string, day: string, from: string, to: string, fixedByStaff = true) =>
  held(facts, `hearing/${centre}`, [day, day], [from, to], fixedByStaff);

describe.each([2026, 2027])('the committee of the sample year %i', (fiscalYear) => {
  const facts = asSampleSays(yearFacts(shipped('wpi'), roster, fiscalYear));
  const { instance, notes } = yearInstance(facts);
  const committee = committeeOf(instance);
  let plan: Plan;
  let unplaced: readonly unknown[];
  beforeAll(async () => {
    ({ plan, unplaced } = await planInstance(instance, { timeLimitSeconds: 60, seed: 1, threads: 2 }));
  }, 90_000);
  const placed = () => committee.hearings.map((hearing) => ({ hearing, at: plan.hearings[hearing.id]! }));

  it('is planned with everything else, proven, and the yardstick finds it valid', () => {
    expect([notes, unplaced]).toEqual([[], []]);
    expect(readInstance(structuredClone(instance))).toMatchObject({ instance: { name: instance.name } });
    expect(score(instance, plan)).toMatchObject({ valid: true, cost: plan.cost, unplaced: 0 });
    expect(plan.proven).toBe(true);
  });

  it('lies in its window, on two days in a row, with a slot of its own for each centre', () => {
    const { day } = plan.conferences['committee']!;
    const [first, second] = [instance.days[day]!.date, instance.days[day + 1]!.date];
    expect(first >= `${fiscalYear}-10-13` && second <= `${fiscalYear}-11-20`).toBe(true);
    expect(daysBetween(date(first), date(second))).toBe(1);
    const slots = placed().map(({ at }) => `${at.day - day} ${at.slot}`);
    expect(new Set(slots).size).toBe(fiscalYear === 2026 ? 9 : 7);
    expect(slots.every((slot) => /^[01] [0-5]$/.test(slot))).toBe(true);
  });

  it('hears nobody without its chair, except the centre that the chair led', () => {
    const without = [];
    for (const { hearing, at } of placed())
      if (hearing.recused.includes(chair)) without.push(hearing.unit);
      else expect(letterAt(instance, chair, halfOf(committee, at))).not.toBe('x');
    expect(without).toEqual(['ashbi']);
  });

  it('has half of its members at each hearing, those who are asleep abroad and the recused not counted', () => {
    for (const { hearing, at } of placed()) {
      const begins = DateTime.fromISO(`${instance.days[at.day]!.date}T${committee.slots[at.slot]!.at}`, {
        zone: 'Asia/Tokyo',
      });
      const there = committee.members.filter(({ person, online }) => {
        const own = begins.setZone(roster.people.find(({ id }) => id === person)!.zone);
        const isAwake = !online || own.hour >= 6;
        return (
          !hearing.recused.includes(person) &&
          isAwake &&
          letterAt(instance, person, halfOf(committee, at)) !== 'x' &&
          !Object.values(at.seats).includes(person)
        );
      });
      expect(there.length).toBeGreaterThanOrEqual(8);
    }
  });

  it('comes four weeks after each visit or later', () => {
    const first = date(instance.days[plan.conferences['committee']!.day]!.date);
    for (const { hearing } of placed()) {
      const visit = instance.meetings.find(({ id }) => id === `site/${hearing.unit}`)!;
      const last = (plan.meetings[visit.id]!.start + visit.halfDays - 1) >> 1;
      expect(daysBetween(date(instance.days[last]!.date), first)).toBeGreaterThanOrEqual(28);
    }
  });

  it('becomes days and hours: each hearing begins with its slot and takes as long as its kind of year says', () => {
    const placements = new Map(placementsOf(facts, instance, plan).map((one) => [one.meetingId, one]));
    const first = instance.days[plan.conferences['committee']!.day]!.date;
    expect(placements.get('committee')).toMatchObject({ when: { firstDay: first, from: '09:30', to: '17:30' } });
    for (const { hearing, at } of placed()) {
      const { when, seatings } = placements.get(hearing.id)!;
      expect(when).toMatchObject({
        firstDay: instance.days[at.day]!.date,
        lastDay: instance.days[at.day]!.date,
        from: committee.slots[at.slot]!.at,
      });
      const { minutes } = facts.meetings.find(({ key }) => key === hearing.id)!;
      const [from, to] = [when!.from, when!.to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
      expect([45, 60]).toContain(minutes);
      expect(to! - from!).toBe(minutes);
      expect(seatings.map(({ seatKey }) => seatKey)).toEqual(
        hearing.seats.filter((seat) => !('person' in seat)).map(({ id }) => id),
      );
      expect(seatings.find(({ seatKey }) => seatKey === 'officer')!.person).toBe(
        plan.assignments[`officer/${hearing.unit}`],
      );
    }
  });
});

describe('who is on the committee', () => {
  const { instance } = yearInstance(free);
  const committee = committeeOf(instance);

  it('the chair, who must be there, and fourteen members, those abroad at their own clock; eight are a quorum', () => {
    expect(committee.members).toHaveLength(15);
    expect(committee.members.filter(({ required }) => required)).toEqual([{ person: chair, required: true }]);
    expect(committee.members.filter(({ online }) => online)).toHaveLength(7);
    expect(committee.quorum).toBe(8);
    expect([committee.absent, committee.tentative, committee.change]).toEqual([2, 1, 100]);
  });

  it('who is bound to a centre by a hard rule leaves for its hearing, and may sit on its side', () => {
    const recused = Object.fromEntries(
      committee.hearings.flatMap(({ unit, recused: list }) => (list.length ? [[unit, list]] : [])),
    );
    expect(recused).toEqual({ ashbi: [chair], qup: ['sample-adler'], aimec: ['kinyu-umeko'] });
    const executives = hearingOf(instance, 'aimec').seats.find(({ id }) => id === 'executive/tohoku-university')!;
    expect('oneOf' in executives && executives.oneOf.map(({ person }) => person)).toContain('kinyu-umeko');
  });

  it('whom staff put into the chair’s seat is the chair', () => {
    const deputy = attendee('committee', 'chair', 'katei-shiro', true);
    const made = committeeOf(yearInstance({ ...free, attendees: [deputy] }).instance);
    expect(made.members.filter(({ required }) => required)).toEqual([{ person: 'katei-shiro', required: true }]);
    expect(made.members.some(({ person }) => person === chair)).toBe(false);
  });

  it('nobody is required by name where the chair changes within the window', () => {
    const terms = roster.terms.flatMap((term) =>
      term.post === 'committee-chair'
        ? [
            { ...term, to: date('2027-10-31') },
            { ...term, id: 'next', person: 'mihon-hanako', from: date('2027-11-01') },
          ]
        : [term],
    );
    const made = yearInstance({ ...free, roster: { ...roster, terms } }).instance;
    expect(committeeOf(made).members.some(({ required }) => required)).toBe(false);
    expect(committeeOf(made).members).toHaveLength(16);
    expect(letterAt(made, chair, 2 * dayOf(made, '2027-11-01'))).toBe('x');
  });

  it('an unanswered half day is no for the chair and if-need-be for a member', () => {
    const silent = saying(saying(free, chair, date('2027-10-26'), '--'), 'katei-shiro', date('2027-10-26'), '--');
    const made = yearInstance(silent);
    const half = 2 * dayOf(made.instance, '2027-10-26');
    expect([chair, 'katei-shiro'].map((one) => letterAt(made.instance, one, half))).toEqual(['x', 't']);
    expect(made.unanswered).toEqual([chair, 'katei-shiro'].sort());
  });
});

describe('what staff fixed of a committee', () => {
  it('its days and a hearing in its slot are locked', () => {
    const { instance, notes } = yearInstance(heard(inOctober(free), 'qup', days[1], '13:30', '14:15'));
    const day = dayOf(instance, days[0]);
    expect(instance.locks).toEqual([
      { conference: 'committee', day },
      { hearing: 'hearing/qup', day: day + 1, slot: 3 },
    ]);
    expect(instance.reference).toMatchObject({
      conferences: { committee: { day } },
      hearings: { 'hearing/qup': { day: day + 1, slot: 3, seats: {} } },
    });
    expect(notes).toEqual([]);
  });

  it('what a plan chose is only a reference, with who sits there', () => {
    const facts = heard(inOctober(free, false), 'qup', days[1], '13:30', '14:15', false);
    const { instance } = yearInstance(facts);
    const seat = hearingOf(instance, 'qup').seats.find(({ id }) => id === 'executive/kek')!;
    const second = 'oneOf' in seat ? seat.oneOf[1]!.person : '';
    const sitting = yearInstance({ ...facts, attendees: [attendee('hearing/qup', 'executive/kek', second)] }).instance;
    expect(sitting.locks).toEqual([]);
    expect(sitting.reference!.hearings['hearing/qup']!.seats).toEqual({ 'executive/kek': second });
    const byHand = attendee('hearing/qup', 'executive/kek', second, true);
    const kept = hearingOf(yearInstance({ ...facts, attendees: [byHand] }).instance, 'qup').seats;
    expect(kept.find(({ id }) => id === 'executive/kek')).toMatchObject({ oneOf: [{ person: second }] });
  });

  it('holds on a day that the chair refused, and staff are told', async () => {
    const away = days.reduce((facts, day) => saying(facts, chair, date(day), 'xx'), inOctober(free));
    const { instance, notes } = yearInstance(away);
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('is fixed on a day for which')]);
    const { plan, unplaced } = await planInstance(instance, { timeLimitSeconds: 30, seed: 1, threads: 1 });
    expect(score(instance, plan)).toMatchObject({ valid: true });
    expect([plan.conferences['committee'], unplaced]).toEqual([{ day: dayOf(instance, days[0]) }, []]);
  }, 60_000);

  it('is arranged around a lecture of the chair: nobody is asked to give it up', () => {
    const { instance, notes } = yearInstance(saying(inOctober(free), chair, date(days[0]), 'ox'));
    expect(letterAt(instance, chair, 2 * dayOf(instance, days[0]) + 1)).toBe('x');
    expect(notes).toEqual([]);
  });

  it('a hearing holds at an hour at which people cannot, without its quorum, and staff are told of both', async () => {
    const members = committeeOf(yearInstance(free).instance).members.slice(1, 12);
    let facts = heard(inOctober(free), 'qup', days[0], '09:30', '10:15');
    for (const { person } of members) facts = saying(facts, person, date(days[0]), 'xo');
    const director = hearingOf(yearInstance(facts).instance, 'qup').seats.find(({ id }) => id === 'director')!;
    facts = saying(facts, 'person' in director ? director.person : '', date(days[0]), 'xo');
    const { instance, notes } = yearInstance(facts);
    expect(committeeOf(instance).quorum).toBeLessThan(8);
    expect(notes.map(({ en }) => en)).toEqual([
      expect.stringContaining('said no or has not answered'),
      expect.stringContaining('the quorum is 8'),
    ]);
    const { plan } = await planInstance(instance, { timeLimitSeconds: 30, seed: 1, threads: 1 });
    expect(score(instance, plan)).toMatchObject({ valid: true });
    expect(plan.hearings['hearing/qup']).toMatchObject({ day: dayOf(instance, days[0]), slot: 0 });
  }, 60_000);

  it('a hearing at an hour that is no slot stays there, and no slot overlaps it', () => {
    const { instance, notes } = yearInstance(heard(inOctober(free), 'qup', days[0], '10:00', '10:45'));
    expect(hearingOf(instance, 'qup')).toBeUndefined();
    expect(committeeOf(instance).slots.map(({ at }) => at)).toEqual(['11:30', '13:30', '14:30', '15:30']);
    expect(notes.map(({ ja }) => ja)).toEqual([expect.stringContaining('枠以外')]);
  });

  it('slots outside the hours that staff fixed are not used', () => {
    const short = held(free, 'committee', days, ['10:00', '16:00']);
    expect(committeeOf(yearInstance(short).instance).slots.map(({ at }) => at)).toEqual([
      '10:30',
      '11:30',
      '13:30',
      '14:30',
    ]);
  });

  it('one on a Saturday stays there with its hearings, and people are busy on its days', () => {
    const facts = held(free, 'committee', ['2027-10-29', '2027-10-30'], hours);
    const { instance, notes } = yearInstance(facts);
    expect(instance.conferences).toEqual([]);
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('hours of its hearings are set by hand')]);
  });

  it('fixed nearer to a fixed visit than the programme wants, it holds, and staff are told', async () => {
    const site = held(inOctober(free), 'site/icredd', ['2027-09-29', '2027-09-30'], ['10:00', '17:00']);
    const { instance, notes } = yearInstance(site);
    expect(hearingOf(instance, 'icredd').after).toEqual([{ meeting: 'site/icredd', days: 26 }]);
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('less than 28 days apart')]);
    const { unplaced } = await planInstance(instance, { timeLimitSeconds: 30, seed: 1, threads: 1 });
    expect(unplaced).toEqual([]);
  }, 60_000);

  it('keeps a programme director who is asked to it away from visits on its days', () => {
    const director = roster.terms.find((term) => term.post === 'programme-director')!.person;
    const facts = held(free, 'committee', ['2027-07-08', '2027-07-09'], hours);
    const { instance } = yearInstance({ ...facts, attendees: [attendee('committee', 'director', director)] });
    expect(letterAt(instance, director, 2 * dayOf(instance, '2027-07-08'))).toBe('x');
    expect(letterAt(instance, chair, 2 * dayOf(instance, '2027-07-08'))).toBe('o');
  });
});

describe('slots that do not do', () => {
  const withSlots = (slots: readonly (readonly [string, number])[]): Programme => {
    const rules = shipped('wpi');
    return {
      ...rules,
      activities: rules.activities.map((activity) =>
        activity.id === 'committee' && activity.what === 'meeting'
          ? { ...activity, slots: slots.map(([at, minutes]) => ({ at, minutes })) }
          : activity,
      ),
    };
  };
  const long = free.meetings.filter(({ activity, minutes }) => activity === 'hearing' && minutes === 60);

  it('longer hearings than any slot are left to staff, who are told which', () => {
    const made = yearInstance(yearFacts(withSlots([['09:30', 45], ['10:30', 45], ['13:30', 45]]), roster, 2027)); // prettier-ignore
    expect(made.notes).toHaveLength(long.length);
    expect(made.notes[0]!.ja).toContain(long[0]!.title.ja);
    expect(committeeOf(made.instance).hearings).toHaveLength(7 - long.length);
  });

  it('shorter than the long hearings of the year and one after the other, they are cut anew, and staff are told', async () => {
    const quarters = ['09:30', '10:15', '11:00', '11:45', '13:30', '14:15', '15:00', '15:45'];
    const slots = quarters.map((at) => [at, 45] as const);
    const facts = yearFacts(withSlots(slots), roster, 2026);
    const made = yearInstance(facts);
    const hours = ['09:30', '10:30', '11:30', '13:30', '14:30', '15:30'];
    expect(committeeOf(made.instance).slots).toEqual(hours.map((at) => ({ at, minutes: 60 })));
    expect(committeeOf(made.instance).hearings).toHaveLength(9);
    expect(made.notes.map(({ en }) => en)).toContainEqual(expect.stringContaining('09:30–10:30, 10:30–11:30'));
    const free = asSampleSays(facts);
    const { instance } = yearInstance(free);
    const { plan, unplaced } = await planInstance(instance, { timeLimitSeconds: 5, seed: 1, threads: 1 });
    expect(unplaced).toEqual([]);
    expect(score(instance, plan)).toMatchObject({ valid: true });
    // none runs into the next
    const times = placementsOf(free, instance, plan).flatMap(({ meetingId, when }) =>
      meetingId.startsWith('hearing/') ? [`${when!.firstDay} ${when!.from} ${when!.to}`] : [],
    );
    const inOrder = times.toSorted().map((time) => time.split(' '));
    for (const [n, [day, from]] of inOrder.entries()) {
      const [before, , until] = inOrder[n - 1] ?? [];
      if (before === day) expect(from! >= until!).toBe(true);
    }
    expect(
      times.filter((time) => / (09:30 10:30|10:30 11:30|11:30 12:30|13:30 14:30|14:30 15:30|15:30 16:30)$/.test(time)),
    ).toHaveLength(5);
    const asWas = yearInstance(yearFacts(withSlots([...slots, ['16:30', 60]]), roster, 2027)).instance;
    expect(committeeOf(asWas).slots.map(({ at }) => at)).toContain('16:30');
  }, 60_000);

  it('cut anew they leave room for a hearing that staff fixed at an hour of their own', () => {
    const slots = ['09:30', '10:15', '11:00', '11:45', '13:30', '14:15', '15:00', '15:45'].map(
      (at) => [at, 45] as const,
    );
    const facts = yearFacts(withSlots(slots), roster, 2027);
    const fixed = heard(held(facts, 'committee', days, hours), 'qup', days[0], '10:15', '11:00');
    const { instance, notes } = yearInstance(fixed);
    expect(hearingOf(instance, 'qup')).toBeUndefined();
    expect(committeeOf(instance).slots.map(({ at }) => at)).toEqual(['11:00', '13:30', '14:30', '15:30']);
    expect(notes.map(({ en }) => en)).toContainEqual(expect.stringContaining('fixed at a time that is no slot'));
  });

  it('short ones are left out while enough long ones remain', () => {
    const slots = [['09:30', 60], ['10:30', 45], ['11:30', 60], ['13:30', 60], ['14:30', 60]] as const; // prettier-ignore
    const made = yearInstance(yearFacts(withSlots(slots), roster, 2027));
    expect(committeeOf(made.instance).slots.map(({ at }) => at)).toEqual(['09:30', '11:30', '13:30', '14:30']);
    expect(made.notes).toEqual([]);
  });

  it('with fewer slots than centres one hearing stays undecided, and nothing else', async () => {
    const { instance } = yearInstance(yearFacts(withSlots([['09:30', 60], ['10:30', 60], ['13:30', 60]]), roster, 2027)); // prettier-ignore
    const { plan, unplaced } = await planInstance(instance, { timeLimitSeconds: 3, seed: 1, threads: 1 });
    expect(score(instance, plan)).toMatchObject({ valid: true, unplaced: 1 });
    expect(unplaced.map(({ of }) => of)).toEqual([expect.stringMatching(/^hearing\//)]);
  }, 60_000);
});

describe('changes of the year', () => {
  const changed = (...changes: YearChange[]) => yearInstance({ ...free, changes });

  it('close days of the committee, change its quorum, and take a candidate out of a hearing', () => {
    const from = date('2027-11-01');
    const { instance, notes } = changed(
      { change: 'close', of: 'committee', from, to: date('2027-11-20') },
      { change: 'quorum', of: 'committee', atLeast: 5 },
      { change: 'forbid', person: 'kinyu-umeko', of: 'hearing/aimec executive/tohoku-university' },
    );
    const committee = committeeOf(instance);
    expect(notes).toEqual([]);
    expect(committee.quorum).toBe(5);
    expect(committee.closed).toContain(dayOf(instance, '2027-11-19'));
    expect(committee.closed).not.toContain(dayOf(instance, '2027-10-29'));
    expect(JSON.stringify(hearingOf(instance, 'aimec').seats)).not.toContain('kinyu-umeko');
  });

  it('release its days and a hearing that were fixed', () => {
    const fixed = heard(inOctober(free), 'qup', days[1], '13:30', '14:15');
    const { instance } = yearInstance(fixed);
    const released = instance.locks.map((_, lock) => changeOfAsk(instance, { ask: 'unlock', lock }));
    expect(released).toEqual([
      { change: 'unlock', meeting: 'committee' },
      { change: 'unlock', meeting: 'hearing/qup' },
    ]);
    const meetings = changedMeetings(fixed.meetings, released, fixed.cycle.rules);
    expect(yearInstance({ ...fixed, meetings }).instance.locks).toEqual([]);
  });

  it('of its weights count for members too', () => {
    const { instance } = changed({ change: 'weight', part: 'member-absent', percent: 300 });
    expect(committeeOf(instance).absent).toBe(6);
  });
});

describe('other programmes', () => {
  it.each([
    ['j-peaks', 'project'],
    ['annual-meeting', 'member'],
    ['erc', 'centre'],
  ])('%s makes an instance without a committee', (programme, fallback) => {
    const rules = shipped(programme);
    const scheme = Object.keys(rules.schemes)[0] ?? fallback;
    const made = madeUpRoster(madeUpCentre({ id: 'p', scheme, adoptionYear: 2025, hosts: ['u1', 'u2'] }));
    const { instance } = yearInstance(yearFacts(rules, made, 2027));
    expect(instance.conferences).toEqual([]);
    expect(readInstance(structuredClone(instance))).toMatchObject({ instance: { name: instance.name } });
  });

  it('a committee that its programme leaves to staff is no conference', () => {
    const rules = shipped('wpi');
    const byHand: Programme = {
      ...rules,
      activities: rules.activities.map((one) => (one.what === 'meeting' && one.id === 'committee' ? { ...one, planned: false } : one)), // prettier-ignore
    };
    const { instance } = yearInstance(yearFacts(byHand, roster, 2027));
    expect(instance.conferences).toEqual([]);
    expect(instance.days.some((day) => day.date === '2027-10-26')).toBe(false);
  });

  it('only meetings on days of their own have starts, but the committee and its hearings are placed as well', () => {
    const keysWhere = (is: (meeting: (typeof free.meetings)[number]) => boolean) =>
      [...new Set(free.meetings.filter(is).map(({ activity }) => activity))].sort();
    expect(keysWhere((meeting) => isPlanned(free.cycle, meeting))).toEqual(['pdpo', 'site']);
    expect(keysWhere((meeting) => isPlaced(free.cycle, meeting))).toEqual(['committee', 'hearing', 'pdpo', 'site']);
  });
});
