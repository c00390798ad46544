import { beforeAll, describe, expect, it } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { date, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { instantsOf } from '../../src/meetings/meeting-time.ts';
import type { Attendance, Attendee } from '../../src/meetings/meeting.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { planInstance } from '../../src/planning/planner.service.ts';
import { repairs } from '../../src/planning/repair/repairs.ts';
import type { YearFacts } from '../../src/planning/year-facts.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { repairInstance } from '../../src/planning/year-repair.ts';
import { holderOn } from '../../src/roster/roster.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';
import { attendee, dated, saying, yearFacts } from './sample-year.ts';
import { score } from './yardstick/score.mjs';

let highs: Highs;
/** The sample year with every visit on the planner's day and everybody invited; nobody has answered */
let year: YearFacts;
let plan: Plan;

beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
  const facts = yearFacts(shipped('wpi'), rosterOf(sampleRoster()), 2027);
  const { instance } = yearInstance(facts);
  plan = (await planInstance(instance, { timeLimitSeconds: 8, seed: 1, threads: 2 })).plan;
  year = published(facts, instance, plan);
}, 120_000);

function published(facts: YearFacts, instance: Instance, of: Plan): YearFacts {
  let told = facts;
  const attendees: Attendee[] = [];
  for (const meeting of instance.meetings) {
    const at = of.meetings[meeting.id]!;
    told = onDay(told, meeting.id, instance.days[at.start >> 1]!.date as CalendarDate, at.start % 2 === 1);
    for (const seat of meeting.seats) {
      const invite = (person: string | null | undefined, required = true) => {
        if (person) attendees.push({ ...attendee(meeting.id, seat.id, person), required });
      };
      if ('person' in seat) invite(seat.person);
      else if ('oneOf' in seat) invite(at.seats[seat.id]);
      else if ('assigned' in seat) invite(of.assignments[seat.assigned]);
      else for (const member of of.panels[seat.panel]!) invite(member, false);
    }
  }
  for (const conference of instance.conferences) {
    const { day } = of.conferences[conference.id]!;
    const last = instance.days[day + conference.dayCount - 1]!.date;
    told = between(told, conference.id, [instance.days[day]!.date, last], ['09:30', '17:30']);
    for (const seat of facts.seats.filter(({ meetingId, post }) => meetingId === conference.id && post)) {
      const holder = holderOn(facts.roster, seat.post!, instance.days[day]!.date as CalendarDate);
      if (holder)
        attendees.push({ ...attendee(conference.id, seat.key, holder.id), required: seat.required, side: seat.side });
    }
    for (const hearing of conference.hearings) {
      const at = of.hearings[hearing.id]!;
      const { at: from } = conference.slots[at.slot]!;
      const until = `${Number(from.slice(0, 2)) + 1}${from.slice(2)}`;
      const heardOn = instance.days[at.day]!.date;
      told = between(told, hearing.id, [heardOn, heardOn], [from, until]);
      for (const seat of hearing.seats) {
        const person =
          'person' in seat ? seat.person : 'oneOf' in seat ? at.seats[seat.id] : of.assignments[seat.assigned];
        attendees.push(attendee(hearing.id, seat.id, person!));
      }
    }
  }
  return { ...told, attendees };
}

function between(
  facts: YearFacts,
  key: string,
  [first, last]: readonly [string, string],
  [from, to]: readonly [string, string],
): YearFacts {
  const [firstDay, lastDay] = [date(first), date(last)];
  const times = instantsOf({ firstDay, lastDay, from, to }, 'Asia/Tokyo');
  if (times instanceof Refusal) throw times;
  const meetings = facts.meetings.map((meeting) =>
    meeting.key === key ? { ...meeting, state: 'scheduled' as const, firstDay, lastDay, ...times } : meeting,
  );
  return { ...facts, meetings };
}

function onDay(facts: YearFacts, key: string, day: CalendarDate, afternoon: boolean): YearFacts {
  const morning = dated(facts, key, day, false);
  if (!afternoon) return morning;
  const meetings = morning.meetings.map((meeting) => {
    if (meeting.key !== key) return meeting;
    const times = instantsOf({ firstDay: day, lastDay: day, from: '13:30', to: '17:00' }, meeting.zone);
    if (times instanceof Refusal) throw times;
    return { ...meeting, ...times };
  });
  return { ...morning, meetings };
}

const answering = (facts: YearFacts, attendance: Attendance, which: (one: Attendee) => boolean): YearFacts => ({
  ...facts,
  attendees: facts.attendees.map((one) => (which(one) ? { ...one, attendance } : one)),
});
const fixing = (facts: YearFacts, key: string): YearFacts => ({
  ...facts,
  meetings: facts.meetings.map((meeting) => (meeting.key === key ? { ...meeting, fixedByStaff: true } : meeting)),
});
const of = (key: string, seat: string) => (one: Attendee) => one.seatId === `${key} ${seat}`;
const lockOn = (instance: Instance, id: string) =>
  instance.locks.find((lock) => 'meeting' in lock && lock.meeting === id);
const firstDay = (facts: YearFacts, key: string) => facts.meetings.find((meeting) => meeting.key === key)!.firstDay!;
const icredd = 'site/icredd';

describe('the announced year as an instance for repairs', () => {
  it('is the announced plan, and nothing has to change', async () => {
    const { instance, notes, storms } = repairInstance(year);
    expect(instance.reference!.meetings).toEqual(plan.meetings);
    expect(instance.locks).toEqual([]);
    expect([...notes, ...storms]).toEqual([]);
    const list = await repairs(instance, highs, { seconds: () => 30 });
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ change: 0, tell: [] });
  }, 60_000);

  it('locks a meeting once everybody required has accepted, with whoever accepted', () => {
    const some = answering(year, 'attending', of(icredd, 'director'));
    expect(lockOn(repairInstance(some).instance, icredd)).toBeUndefined();
    const all = answering(year, 'attending', (one) => one.meetingId === icredd && one.required);
    expect(lockOn(repairInstance(all).instance, icredd)).toMatchObject({
      start: plan.meetings[icredd]!.start,
      seats: plan.meetings[icredd]!.seats,
    });
  });

  it('lets a meeting move whose director declines, although staff fixed it, and says so', async () => {
    const declined = answering(fixing(year, icredd), 'absent', of(icredd, 'director'));
    expect(lockOn(repairInstance(fixing(year, icredd)).instance, icredd)).toBeDefined();
    const { instance, notes } = repairInstance(declined);
    expect(lockOn(instance, icredd)).toBeUndefined();
    const title = year.meetings.find(({ key }) => key === icredd)!.title;
    expect(notes[0]!.ja).toContain(title.ja);
    expect(notes[0]!.en).toContain('cannot come');
    const list = await repairs(instance, highs, { seconds: () => 30, titles: { [icredd]: title } });
    for (const repair of list) {
      expect(score(instance, repair.plan)).toMatchObject({ valid: true, cost: repair.plan.cost });
      expect(repair.plan.meetings[icredd]!.start).not.toBe(plan.meetings[icredd]!.start);
    }
    expect(list[0]!.text.ja).toContain(title.ja);
    expect(list[0]!.plan.proven).toBe(true);
  }, 60_000);

  it('hears of an × that was said after the announcement, but believes an acceptance', () => {
    const director = year.attendees.find(of(icredd, 'director'))!.personId;
    const away = saying(fixing(year, icredd), director, firstDay(year, icredd), 'xx');
    expect(lockOn(repairInstance(away).instance, icredd)).toBeUndefined();
    const accepted = answering(away, 'attending', of(icredd, 'director'));
    expect(lockOn(repairInstance(accepted).instance, icredd)).toBeDefined();
    const ill: YearFacts = {
      ...accepted,
      changes: [
        {
          change: 'half-days',
          person: director,
          from: firstDay(year, icredd),
          to: firstDay(year, icredd),
          half: 'all',
          state: 'x',
        },
      ],
    };
    expect(lockOn(repairInstance(ill).instance, icredd)).toBeUndefined();
  });

  it('leaves what is over as it was, whoever says × now', () => {
    const today = '2028-04-01' as CalendarDate;
    const declined = answering(year, 'absent', of(icredd, 'director'));
    const { instance } = repairInstance(declined, { today });
    expect(instance.locks).toHaveLength(instance.meetings.length + 1 + instance.conferences[0]!.hearings.length);
    expect(lockOn(instance, icredd)).toMatchObject({ start: plan.meetings[icredd]!.start });
  });

  it('frees a confirmed day that is closed, and knows a storm', () => {
    const day = firstDay(year, icredd);
    const all = answering(year, 'attending', (one) => one.meetingId === icredd && one.required);
    const shut: YearFacts = { ...all, changes: [{ change: 'close', of: icredd, from: day, to: day }] };
    expect(lockOn(repairInstance(shut).instance, icredd)).toBeUndefined();
    const { instance, storms } = repairInstance(all, { storms: [{ of: '*', day }] });
    expect(lockOn(instance, icredd)).toBeUndefined();
    const index = instance.days.findIndex(({ date }) => date === day);
    expect(storms).toContainEqual({ meeting: icredd, days: [index] });
  });

  it('does not take silence for a decline', () => {
    const director = year.attendees.find(of(icredd, 'director'))!.personId;
    const silent = saying(fixing(year, icredd), director, firstDay(year, icredd), '--');
    const { instance, notes } = repairInstance(silent);
    expect(lockOn(instance, icredd)).toBeDefined();
    expect(notes).toEqual([]);
  });
});

describe('an announced committee', () => {
  const lockedOn = ({ locks }: Instance, id: string) =>
    locks.find(
      (lock) => ('conference' in lock && lock.conference === id) || ('hearing' in lock && lock.hearing === id),
    );
  const member = (n: number) => of('committee', `committee/committee-member-${n}`);
  const declining = (facts: YearFacts, count: number) =>
    Array.from({ length: count }, (_, n) => n + 1).reduce(
      (told, n) => answering(told, 'absent', member(n)),
      fixing(facts, 'committee'),
    );

  it('is locked once its chair and a quorum have accepted, a hearing once all who are heard have', () => {
    const chair = answering(year, 'attending', of('committee', 'chair'));
    expect(lockedOn(repairInstance(chair).instance, 'committee')).toBeUndefined();
    const quorum = [1, 2, 3, 4, 5, 6, 7].reduce((told, n) => answering(told, 'attending', member(n)), chair);
    expect(lockedOn(repairInstance(quorum).instance, 'committee')).toEqual({
      conference: 'committee',
      day: plan.conferences['committee']!.day,
    });
    const heard = answering(year, 'attending', ({ meetingId }) => meetingId === 'hearing/qup');
    const { day, slot } = plan.hearings['hearing/qup']!;
    expect(lockedOn(repairInstance(heard).instance, 'hearing/qup')).toEqual({ hearing: 'hearing/qup', day, slot });
  });

  it('stays when members decline, as long as it keeps its quorum', () => {
    const { instance, notes } = repairInstance(declining(year, 7));
    expect(lockedOn(instance, 'committee')).toBeDefined();
    expect(notes).toEqual([]);
    const lost = repairInstance(declining(year, 8));
    expect(lockedOn(lost.instance, 'committee')).toBeUndefined();
    expect(lost.notes.map(({ en }) => en)).toEqual([
      expect.stringContaining('only 7 members can come; the quorum is 8'),
    ]);
  });

  it('may move with its hearings when its chair declines', () => {
    const chairless = answering(fixing(year, 'committee'), 'absent', of('committee', 'chair'));
    const { instance, notes } = repairInstance(chairless);
    expect(instance.locks).toEqual([]);
    expect(notes[0]!.en).toContain('cannot come');
  });

  it('moves with its hearings out of a storm, or is held online by staff; online already, it stays', async () => {
    const day = firstDay(year, 'committee');
    const storms = [{ of: 'committee', day }];
    const { instance, notes, storms: left } = repairInstance(fixing(year, 'committee'), { storms });
    expect(left).toEqual([]);
    expect(lockedOn(instance, 'committee')).toBeUndefined();
    expect(notes.map(({ en }) => en)).toEqual([
      expect.stringContaining('it cannot be held in person on that day'),
      expect.stringContaining('with everybody online'),
    ]);
    const found = await repairs(instance, highs, { most: 1, seconds: () => 10 });
    const { plan: mended } = found[0]!;
    expect(score(instance as never, mended as never)).toMatchObject({ valid: true });
    const { dayCount } = instance.conferences[0]!;
    const first = mended.conferences['committee']!.day;
    const days = instance.days.slice(first, first + dayCount).map(({ date: one }) => one);
    expect(days).not.toContain(day);
    expect(Object.values(mended.hearings)).not.toContain(null);

    const ofHearings = repairInstance(fixing(year, 'committee'), { storms: [{ of: 'hearing', day }] });
    expect(lockedOn(ofHearings.instance, 'committee')).toBeUndefined();
    const online = {
      ...fixing(year, 'committee'),
      meetings: fixing(year, 'committee').meetings.map((one) =>
        one.key === 'committee' ? { ...one, mode: 'online' as const } : one,
      ),
    };
    const stays = repairInstance(online, { storms });
    expect(lockedOn(stays.instance, 'committee')).toBeDefined();
    expect(stays.notes).toEqual([]);
  });
});
