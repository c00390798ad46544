import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Releases } from '../../src/invitations/releases.service.ts';
import { addDays, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import { clockTimes } from '../../src/meetings/meeting-time.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import type { PlanRun } from '../../src/planning/planning.queries.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { endQuestions } from '../../src/planning/questions.service.ts';
import { YearFactsReader } from '../../src/planning/year-facts.service.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { YearQuestions } from '../../src/planning/year-questions.service.ts';
import { YearRules } from '../../src/planning/year-rules.service.ts';
import { actor, yearHouse, type YearHouse } from './year-house.ts';
import { score } from './yardstick/score.mjs';

jest.setTimeout(120_000);

let house: YearHouse;
let run: PlanRun;
beforeAll(async () => {
  house = await yearHouse();
  run = await house.plan({ timeLimit: 10 });
  await house.get(Planning).publish(run.id, actor);
});
afterAll(async () => {
  await endQuestions();
  await house?.stop();
});

const all = () => house.get(MeetingQueries).ofCycle(house.cycleId);
const hearings = async () => (await all()).filter(({ activity }) => activity === 'hearing');
const timesOf = ({ startsAt, endsAt, zone }: Meeting) => clockTimes({ startsAt: startsAt!, endsAt: endsAt!, zone });
const instanceNow = async () => yearInstance(await house.get(YearFactsReader).ofCycle(house.cycleId)).instance;
const bookedTwice = (): Promise<unknown[]> =>
  house.dataSource.query(
    `select 1 from booking a join booking b on a.person_id = b.person_id and a.during && b.during and a.meeting_id < b.meeting_id
      where a.gathering_id <> b.gathering_id or (a.part and b.part)`,
  );

describe('a published committee', () => {
  it('has its days and hours, and every hearing the slot of the plan', async () => {
    const instance = run.instance as Instance;
    const plan = run.plan as Plan;
    const [conference] = instance.conferences;
    const committee = await house.meeting('committee');
    expect(committee).toMatchObject({
      state: 'scheduled',
      firstDay: instance.days[plan.conferences['committee']!.day]!.date,
      fixedByStaff: false,
    });
    expect(committee.lastDay).toBe(addDays(committee.firstDay!, 1));
    expect(timesOf(committee)).toEqual({ from: '09:30', to: '17:30' });
    const parts = await hearings();
    expect(parts).toHaveLength(7);
    for (const part of parts) {
      const at = plan.hearings[part.key]!;
      expect(part.firstDay).toBe(instance.days[at.day]!.date);
      const { from, to } = timesOf(part);
      expect(from).toBe(conference!.slots[at.slot]!.at);
      const length = Number(to.slice(0, 2)) * 60 + Number(to.slice(3)) - Number(from.slice(0, 2)) * 60 - Number(from.slice(3)); // prettier-ignore
      expect(length).toBe(part.evaluation ? 60 : 45);
    }
  });

  it('takes its reception along, to its first evening', async () => {
    const [committee, reception] = await Promise.all(['committee', 'reception'].map(house.meeting));
    expect(reception!.firstDay).toBe(committee!.firstDay);
    expect(timesOf(reception!).from).toBe('18:00');
  });

  it('asks its members, and whoever is heard: the officer, the directors, an executive of each host', async () => {
    const plan = run.plan as Plan;
    const committee = await house.meeting('committee');
    const members = await house.get(MeetingQueries).attendeesOf([committee.id]);
    for (const { person } of (run.instance as Instance).conferences[0]!.members)
      expect(members.map(({ personId }) => personId)).toContain(person);
    for (const part of await hearings()) {
      const seats = await house.get(MeetingQueries).seatsOf([part.id]);
      const there = await house.get(MeetingQueries).attendeesOf([part.id]);
      const sitting = (key: string) =>
        there.find(({ seatId }) => seatId === seats.find((seat) => seat.key === key)?.id)?.personId;
      expect(seats.filter(({ key }) => sitting(key) === undefined)).toEqual([]);
      expect(sitting('officer')).toBe(plan.assignments[`officer/${part.centre}`]);
      for (const [seat, person] of Object.entries(plan.hearings[part.key]!.seats)) expect(sitting(seat)).toBe(person);
    }
    expect(await bookedTwice()).toEqual([]);
  });

  it('is the reference of the year: planned anew, nothing moves', async () => {
    const { reference, locks } = await instanceNow();
    const { conferences, hearings: placed } = run.plan as Plan;
    expect(locks).toEqual([]);
    expect([reference!.conferences, reference!.hearings]).toEqual([conferences, placed]);
  });
});

describe('a committee that has to move', () => {
  it('goes with its hearings to other days, and stays put where staff fixed it', async () => {
    const before = await house.meeting('committee');
    const closing = {
      change: 'close' as const,
      of: 'committee',
      from: before.firstDay!,
      to: addDays(before.firstDay!, 1),
    };
    await house.get(YearRules).applyChange(house.cycleId, closing, actor);
    const next = await house.plan({ timeLimit: 10 });
    expect(score(next.instance as never, next.plan as never)).toMatchObject({ valid: true, unplaced: 0 });
    await house.get(Planning).publish(next.id, actor);
    const after = await house.meeting('committee');
    expect(after.firstDay).not.toBe(before.firstDay);
    for (const part of await hearings())
      expect(part.firstDay! >= after.firstDay! && part.firstDay! <= after.lastDay!).toBe(true);
    expect(await bookedTwice()).toEqual([]);
  });

  it('with a hearing that staff fixed keeps it: the next plan is arranged around it', async () => {
    const committee = await house.meeting('committee');
    const [one] = await hearings();
    await house.get(Meetings).set(committee.id, { fixedByStaff: true }, actor);
    const taken = new Set((await hearings()).map((part) => `${part.firstDay} ${timesOf(part).from}`));
    const free = [committee.firstDay!, committee.lastDay!]
      .flatMap((day) => ['09:30', '10:30', '11:30', '13:30', '14:30', '15:30'].map((from) => ({ day, from })))
      .find(({ day, from }) => !taken.has(`${day} ${from}`))!;
    await house.get(Meetings).set(one!.id, { firstDay: free.day, from: free.from }, actor);
    const instance = await instanceNow();
    const dayOf = (day: CalendarDate) => instance.days.findIndex(({ date }) => date === day);
    expect(instance.locks).toContainEqual({ conference: 'committee', day: dayOf(committee.firstDay!) });
    expect(instance.locks).toContainEqual({
      hearing: one!.key,
      day: dayOf(free.day),
      slot: instance.conferences[0]!.slots.findIndex(({ at }) => at === free.from),
    });
    const plan = await house.plan({ timeLimit: 10 });
    await house.get(Planning).publish(plan.id, actor);
    const now = await house.meeting(one!.key);
    expect([now.firstDay, timesOf(now).from]).toEqual([free.day, free.from]);
    expect((await house.meeting('committee')).firstDay).toBe(committee.firstDay);
    expect(await bookedTwice()).toEqual([]);
  });

  it('is mended when its chair falls ill, and staff are told that it may move', async () => {
    const committee = await house.meeting('committee');
    const chair = (await instanceNow()).conferences[0]!.members.find(({ required }) => required)!.person;
    const ill = {
      change: 'half-days' as const,
      person: chair,
      from: committee.firstDay!,
      to: committee.lastDay!,
      half: 'all' as const,
      state: 'x' as const,
    };
    await house.get(Releases).release(house.cycleId, 'all', actor);
    const [repair] = await house.get(YearQuestions).repairs(house.cycleId, { timeLimitSeconds: 20, changes: [ill] });
    expect(score(repair!.instance as never, repair!.repair.plan as never)).toMatchObject({ valid: true, unplaced: 0 });
    expect(repair!.instance.days[repair!.repair.plan.conferences['committee']!.day]!.date).not.toBe(committee.firstDay);
    expect(repair!.notes.some(({ ja }) => ja.includes(committee.title.ja))).toBe(true);
    expect(repair!.tell.map(({ person }) => person)).toContain(chair);
    const of = repair!.differences.find((one) => one.kind === 'conference')!;
    expect(of.title).toEqual(committee.title);
  });
});
