import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import { CycleQueries } from '../../src/cycle/cycle.queries.ts';
import { windowsOf } from '../../src/cycle/year-calendar.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { MilestoneQueries } from '../../src/milestones/milestones.queries.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';

const actor: Actor = { kind: 'command', name: 'test' };

let house: StartedApp;
let newYear: NewYear;

beforeAll(async () => {
  house = await startApp({ clock: '2026-11-21T00:00:00Z', config: { role: 'web' } });
  await house.get(Sample).load();
  newYear = house.get(NewYear);
});
afterAll(async () => house?.stop());

const keysOf = async (cycleId: string) => ({
  meetings: (await house.get(MeetingQueries).ofCycle(cycleId)).map((meeting) => meeting.key),
  milestones: (await house.get(MilestoneQueries).ofCycle(cycleId)).map((milestone) => milestone.key),
});
const wpi = { programme: 'wpi', fiscalYear: 2027 };

describe('before a year is created', () => {
  it('everything is on offer, and what is dropped goes with what depends on it', async () => {
    const { year, kept, previous, exists } = await newYear.preview({ ...wpi, dropped: ['site/icredd'] });
    expect([previous, exists]).toEqual([undefined, false]);
    const offered = year.meetings.map((row) => row.key);
    expect(offered).toContain('site/icredd');
    expect(kept.meetings.map((row) => row.key)).toEqual(offered.filter((key) => key !== 'site/icredd'));
    const left = new Set(kept.milestones.map((row) => row.key));
    const gone = year.milestones.map((row) => row.key).filter((key) => !left.has(key));
    expect(gone).toContain('officer-report/icredd');
    expect(gone).toContain('date-poll/site/icredd');
    expect(gone.every((key) => key.endsWith('/icredd'))).toBe(true);
  });

  it('what stood back for a dropped row comes in its place, and can be dropped as well', async () => {
    const dropped = ['final-self-evaluation-report/icredd'];
    const { kept } = await newYear.preview({ ...wpi, dropped });
    expect(kept.milestones.map((row) => row.key)).toContain('progress-report/icredd');
    const both = await newYear.preview({ ...wpi, dropped: [...dropped, 'progress-report/icredd'] });
    expect(both.kept.milestones.map((row) => row.key)).not.toContain('progress-report/icredd');
  });

  it('an activity on request can be added, once for the programme or for a centre', async () => {
    const added = [
      { activity: 'guest-visit', centre: 'ashbi' },
      { activity: 'gathering', centre: null },
    ];
    const { kept } = await newYear.preview({ ...wpi, added });
    const reasons = Object.fromEntries(kept.meetings.map((row) => [row.key, row.reason.en]));
    expect(reasons).toMatchObject({
      'guest-visit/ashbi': 'added by the secretariat',
      gathering: 'added by the secretariat',
    });
  });

  it.each([
    [{ added: [{ activity: 'guest-visit', centre: null }] }, 'planning.cannot-add'],
    [{ added: [{ activity: 'guest-visit', centre: 'nowhere' }] }, 'planning.cannot-add'],
    [{ added: [{ activity: 'nothing', centre: null }] }, 'planning.cannot-add'],
    [{ windows: { site: { from: '09-30', to: '06-01' } } }, 'planning.bad-window'],
    [{ windows: { site: { from: '02-30', to: '06-01' } } }, 'planning.bad-window'],
  ])('%j is refused', async (choices, code) => {
    await expect(newYear.preview({ ...wpi, ...choices })).rejects.toMatchObject({ code });
  });

  it('a row that is not there cannot be dropped, and nothing is written', async () => {
    const creating = newYear.create({ ...wpi, dropped: ['site/nowhere'] }, actor);
    await expect(creating).rejects.toMatchObject({ code: 'planning.unknown-row' });
    expect(await house.get(CycleQueries).all()).toEqual([]);
  });
});

describe('a created year', () => {
  let cycleId: string;

  it('has what was chosen, and nothing of what was dropped', async () => {
    cycleId = await newYear.create(
      {
        ...wpi,
        windows: { site: { from: '06-07', to: '09-17' } },
        options: { 'extension-review': true },
        added: [{ activity: 'guest-visit', centre: 'ashbi' }],
        dropped: ['site/qup', 'final-self-evaluation-report/icredd'],
      },
      actor,
    );
    const { meetings, milestones } = await keysOf(cycleId);
    expect(meetings).toContain('guest-visit/ashbi');
    expect(meetings).not.toContain('site/qup');
    expect(milestones).not.toContain('officer-report/qup');
    expect(milestones).toContain('progress-report/icredd');
    const cycle = await house.get(CycleQueries).one(cycleId);
    expect(windowsOf(cycle.rules)['site']).toEqual({ from: '06-07', to: '09-17' });
    expect(cycle.options).toMatchObject({ 'extension-review': true, 'science-symposium': true });
    const site = await house.get(MeetingQueries).named(cycleId, 'site/icredd');
    expect([site.windowFrom, site.windowTo]).toEqual(['2027-06-07', '2027-09-17']);
  });

  it('is in the hands of somebody who can be called, where nobody was named', async () => {
    const { staffInCharge } = await house.get(CycleQueries).one(cycleId);
    const member = await house.get(StaffQueries).one(staffInCharge!);
    expect(member!.telephone).not.toBe('');
  });

  it('is there once', async () => {
    expect((await newYear.preview(wpi)).exists).toBe(true);
    await expect(newYear.create(wpi, actor)).rejects.toMatchObject({ code: 'cycle.exists' });
  });

  it('hands its windows on to the next, those of the activities that still have one', async () => {
    const { rules, previous } = await newYear.preview({ programme: 'wpi', fiscalYear: 2028 });
    expect(previous?.fiscalYear).toBe(2027);
    expect(windowsOf(rules)).toMatchObject({
      site: { from: '06-07', to: '09-17' },
      committee: { from: '10-13', to: '11-20' },
    });
    expect(windowsOf((await newYear.preview({ programme: 'wpi', fiscalYear: 2026 })).rules)['site']).toEqual({
      from: '06-01',
      to: '09-30',
    });
  });
});
