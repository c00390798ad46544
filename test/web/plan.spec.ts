import { describe, expect, it } from '@jest/globals';
import { text } from '../../src/kernel/text.ts';
import type { Instance } from '../../src/planning/instance.ts';
import type { PlanRunSummary } from '../../src/planning/planning.queries.ts';
import { runRows } from '../../src/web/staff/plan-list.ts';
import type { PersonShown, PlacementRow } from '../../src/web/staff/plan-placements.ts';
import { sorted } from '../../src/web/staff/plan-placements.ts';
import { unansweredIn } from '../../src/web/staff/plan-view.ts';
import { changeWords, gapOf, gapShort, lasting, progressOf, signed, stateOf } from '../../src/web/staff/plan-words.ts';

const run = (values: Partial<PlanRunSummary> = {}): PlanRunSummary => ({
  id: '00000000-0000-4000-8000-000000000001',
  cycleId: '00000000-0000-4000-8000-000000000002',
  state: 'ready',
  kind: 'run',
  name: '',
  changes: [],
  order: [],
  levels: [],
  seed: 1,
  timeLimit: 60,
  unplaced: [],
  cost: 200,
  bound: 190.4,
  proven: false,
  seconds: 12.4,
  error: '',
  failure: null,
  cancelWanted: false,
  requestedBy: '見本 一子',
  requestedAt: new Date('2026-11-21T00:00:00Z'),
  finishedAt: null,
  publishedAt: null,
  takenOverAt: null,
  attempt: 1,
  seenAt: null,
  ...values,
});

describe('how good a plan is', () => {
  it('is said with the gap that is left, never smaller than it is', () => {
    expect(gapOf(run())).toEqual(
      text('最良の計画との差は、大きくても9点（4.5%）です', 'At most 9 points (4.5%) above the best possible plan'),
    );
    expect(gapOf(run({ cost: 3000, bound: 2999 })).en).toContain('At most 1 point (0.1%)');
    expect(gapShort(run())).toEqual(text('9点以内', 'within 9'));
  });

  it('is proven, or not known, or nothing yet', () => {
    expect(gapOf(run({ proven: true, bound: 199.6 })).en).toBe('Proven: there is no better plan');
    expect(gapOf(run({ bound: null })).ja).toContain('わかっていません');
    expect(gapOf(run({ bound: 0 })).en).toContain('is not known');
    expect(gapOf(run({ cost: null })).en).toBe('There is no plan yet');
  });
});

describe('a run', () => {
  it('that shall stop says so until it has stopped', () => {
    expect(stateOf(run({ state: 'running', cancelWanted: true })).label.en).toBe('Stopping');
    expect(stateOf(run({ state: 'ready', cancelWanted: true })).label.en).toBe('Ready');
  });

  it('under way says how far it is', () => {
    const { over, seconds, said } = progressOf(run({ state: 'running', seconds: 75, timeLimit: 60 }));
    expect([over, seconds]).toEqual([false, 60]);
    expect(said.time).toEqual(text('1分15秒経過（最長1分）', '1 min 15 s of at most 1 min'));
    expect(said.bound.en).toBe('190 points');
  });

  it.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [61, '1 min 1 s'],
    [3600, '60 min'],
  ])('that took %d s took %s', (seconds, words) => expect(lasting(seconds).en).toBe(words));

  it('with the least cost is marked where there are several', () => {
    const one = run({ id: 'a', cost: 200 });
    const two = run({ id: 'b', cost: 150 });
    const rows = runRows([run({ id: 'c', state: 'running', cost: 10 }), one, two], '/y/wpi/2027/plan');
    expect(rows.filter(({ best }) => best).map(({ id }) => id)).toEqual(['b']);
    expect(rows.map(({ comparable, unplaced }) => [comparable, unplaced])).toEqual([
      [false, null],
      [true, 0],
      [true, 0],
    ]);
    expect(runRows([one], '/').some(({ best }) => best)).toBe(false);
  });
});

describe('what publishing does', () => {
  it('is said without what it does not do', () => {
    expect(changeWords({ new: 12, moved: 0, people: 1, same: 0 }).map(({ en }) => en)).toEqual([
      '12 new',
      '1 with other people',
    ]);
  });
});

const person = (id: string): PersonShown => ({
  id,
  name: text(id, id),
  tentative: false,
  unanswered: false,
  of: null,
});
const placed = (key: string, values: Partial<PlacementRow> = {}): PlacementRow => ({
  key,
  meetingId: key,
  title: text(key, key),
  name: text('訪問', 'Visit'),
  centre: key,
  centreName: text(key, key),
  day: '2027-07-09',
  hasDays: true,
  start: 10,
  days: text('7月9日(金)', 'Fri 9 Jul'),
  hours: text('10:00～17:00', '10:00–17:00'),
  online: false,
  fixed: false,
  people: { lead: [person('kaku')], officer: [], executive: [], panel: [] },
  absent: [],
  change: { kind: 'new', before: null, after: null, comes: [], goes: [] },
  ...values,
});
it('differences are said with their sign, and with a real minus', () => {
  expect([3, -4, 0].map(signed)).toEqual(['+3', '−4', '±0']);
});

describe('placements', () => {
  it('are sorted by day or by centre, each then by the other', () => {
    const rows = [
      placed('b', { start: 4 }),
      placed('C', { start: 2 }),
      placed('a', { start: 6 }),
      placed('a', { start: 3 }),
    ];
    const order = (by: 'day' | 'centre') => sorted(rows, by).map(({ key, start }) => `${key}${start}`);
    expect(order('day')).toEqual(['C2', 'a3', 'b4', 'a6']);
    expect(order('centre')).toEqual(['a3', 'a6', 'b4', 'C2']);
  });
});

describe('half days without an answer', () => {
  it('are found by the calendar of the plan, not by that of the question', () => {
    const instance = { days: ['2027-07-05', '2027-07-06', '2027-07-08'].map((date) => ({ date })) } as Instance;
    const letters = new Map([
      ['kaku', 'o-x-'],
      ['mihon', 'oooo'],
    ]);
    expect([...unansweredIn({ instance }, letters, ['2027-07-06', '2027-07-08'])]).toEqual(['kaku 3', 'kaku 5']);
  });
});
