import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { MilestoneQueries } from '../../src/milestones/milestones.queries.ts';
import { Milestones } from '../../src/milestones/milestones.service.ts';
import { dayDue, type Milestone } from '../../src/milestones/milestone.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';

const actor: Actor = { kind: 'command', name: 'test' };

let house: StartedApp;
let cycleId: string;

beforeAll(async () => {
  house = await startApp({ clock: '2026-11-21T00:00:00Z' });
  await house.get(Sample).load();
  cycleId = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
});
afterAll(async () => house?.stop());

const all = () => house.get(MilestoneQueries).ofCycle(cycleId);
async function milestone(key: string): Promise<Milestone> {
  const found = (await all()).find((one) => one.key === key);
  if (!found) throw new Error(`no milestone ${key}`);
  return found;
}
const dueOn = async (key: string) => (await milestone(key)).dueOn;
const meeting = (key: string) => house.get(MeetingQueries).named(cycleId, key);
async function set(key: string, firstDay: CalendarDate): Promise<void> {
  await house.get(Meetings).set((await meeting(key)).id, { firstDay }, actor);
  await house.settle();
}
const lastVerb = async (id: string): Promise<string> => {
  const [row] = await house.dataSource.query<{ verb: string }[]>(
    'select verb from trail where subject = $1 order by number desc limit 1',
    [`milestone/${id}`],
  );
  return row!.verb;
};

describe('a new year', () => {
  it('has every milestone that the preview names, each with its meeting', async () => {
    const { year } = await house.get(NewYear).preview({ programme: 'wpi', fiscalYear: 2027 });
    const rows = await all();
    expect(rows.map((row) => row.key).sort()).toEqual(year.milestones.map((row) => row.key).sort());
    const meetings = new Map((await house.get(MeetingQueries).ofCycle(cycleId)).map((m) => [m.id, m.key]));
    expect(Object.fromEntries(rows.map((row) => [row.key, meetings.get(row.meetingId ?? '') ?? null]))).toEqual(
      Object.fromEntries(year.milestones.map((row) => [row.key, row.meeting])),
    );
  });

  it('dates only what no meeting decides', async () => {
    for (const row of await all()) expect([row.key, row.dueOn]).toEqual([row.key, row.due.fixedDay]);
  });
});

describe('a milestone that counts from a meeting', () => {
  it('gets its day with the meeting, before its first and after its last day', async () => {
    // two days, Tuesday and Wednesday
    await set('site/icredd', '2027-07-06');
    expect(await dueOn('final-self-evaluation-report/icredd')).toBe('2027-05-25');
    expect(await dueOn('readers-questions/icredd')).toBe('2027-06-22');
    expect(await dueOn('officer-report/icredd')).toBe('2027-07-28');
    expect(await dueOn('officer-report/ashbi')).toBeNull();
  });

  it('counts working days along a chain: five after the report, across no holiday', async () => {
    expect(await dueOn('report-to-readers/icredd')).toBe('2027-06-01');
  });

  it('counts from the committee through the points that are answered', async () => {
    // Wednesday 27 and Thursday 28 October: points after two weeks, the answer three weeks after these
    await set('committee', '2027-10-27');
    expect(await dueOn('points-for-improvement/icredd')).toBe('2027-11-11');
    const answer = await milestone('answer-to-points/icredd');
    expect(answer.due.offsets).toHaveLength(2);
    expect(answer.dueOn).toBe('2027-12-02');
  });

  it('moves with the meeting', async () => {
    await set('committee', '2027-11-03');
    expect(await dueOn('answer-to-points/icredd')).toBe('2027-12-09');
  });

  it('stays settled when it moves, and keeps the day that staff gave it', async () => {
    const service = house.get(Milestones);
    const points = await milestone('points-for-improvement/icredd');
    const answer = await milestone('answer-to-points/icredd');
    await service.settle(points.id, 'submitted', 'by mail', actor);
    await service.extend(answer.id, '2028-01-14', actor);
    await set('committee', '2027-10-27');
    expect(await milestone(points.key)).toMatchObject({ state: 'submitted', note: 'by mail', dueOn: '2027-11-11' });
    expect(dayDue(await milestone(answer.key))).toBe('2028-01-14');
    expect(await lastVerb(points.id)).toBe('milestone.submitted');
    expect(await lastVerb(answer.id)).toBe('milestone.extend');
    await service.reopen(points.id, actor);
    expect(await milestone(points.key)).toMatchObject({ state: 'open', settledAt: null });
  });

  it('has no day any more when the meeting is cancelled, and has it again when that is taken back', async () => {
    const { id } = await meeting('site/icredd');
    await house.get(Meetings).cancel(id, actor);
    await house.settle();
    expect(await dueOn('officer-report/icredd')).toBeNull();
    await house.get(Meetings).reinstate(id, actor);
    await house.settle();
    expect(await dueOn('officer-report/icredd')).toBe('2027-07-28');
  });

  it('is computed anew without a change when it is asked for twice', async () => {
    const before = await all();
    await house.get(Milestones).followMeeting((await meeting('committee')).id);
    expect(await all()).toEqual(before);
  });
});

describe('what is refused', () => {
  it('is a milestone that is not there', async () => {
    const settling = house.get(Milestones).settle('00000000-0000-4000-8000-000000000000', 'waived', '', actor);
    await expect(settling).rejects.toMatchObject({ code: 'milestones.unknown' });
  });
});
