import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AvailabilityQueries } from '../../src/availability/availability.queries.ts';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { CycleQueries } from '../../src/cycle/cycle.queries.ts';
import { windowsOf } from '../../src/cycle/year-calendar.ts';
import { addDays } from '../../src/kernel/calendar-date.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { judge } from '../../src/planning/rules/judge.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { PlanningQueries } from '../../src/planning/planning.queries.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { YearFactsReader } from '../../src/planning/year-facts.service.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { YearRules } from '../../src/planning/year-rules.service.ts';
import { actor, codeOf, yearHouse, type YearHouse } from './year-house.ts';

let house: YearHouse;
let rules: YearRules;
beforeAll(async () => {
  house = await yearHouse();
  rules = house.get(YearRules);
});
afterAll(() => house?.stop());

const lastDeed = async () => (await house.get(TrailQueries).page({ size: 1 })).entries[0]!;
const instanceNow = async () => yearInstance(await house.get(YearFactsReader).ofCycle(house.cycleId)).instance;
const key = 'site/icredd';

describe('weights of a year', () => {
  it('are set by name, with before and after in the trail, and hold for the next plan', async () => {
    const before = await instanceNow();
    await rules.setWeights(house.cycleId, { percents: { trip: 300 } }, actor);
    expect((await instanceNow()).tripCost).toEqual(before.tripCost.map((cost) => 3 * cost));
    const { weights, order } = await rules.weights(house.cycleId);
    expect([weights.find(({ part }) => part === 'trip')!.percent, order]).toEqual([300, []]);
    await rules.setWeights(house.cycleId, { percents: { trip: 100 }, order: [['tentative'], ['trip']] }, actor);
    expect(await lastDeed()).toMatchObject({
      verb: 'planning.weights',
      subject: `cycle/${house.cycleId}`,
      before: { percents: { trip: 300 }, order: [] },
      after: { percents: {}, order: [['tentative'], ['trip']] },
    });
    expect((await rules.weights(house.cycleId)).order).toEqual([['tentative'], ['trip']]);
    await rules.setWeights(house.cycleId, { percents: {}, order: [] }, actor);
    expect(await instanceNow()).toEqual(before);
  });

  it('are refused where there is no such part, or the number is none', async () => {
    const set = (percents: Record<string, number>, order?: string[][]) =>
      codeOf(rules.setWeights(house.cycleId, { percents, order }, actor));
    expect(await set({ luck: 100 })).toBe('planning.bad-weight');
    expect(await set({ unplaced: 1 })).toBe('planning.bad-weight');
    expect(await set({ trip: -1 })).toBe('planning.bad-weight');
    expect(await set({ trip: 1001 })).toBe('planning.bad-weight');
    expect(await set({}, [['trip'], ['trip']])).toBe('planning.bad-order');
    expect(await set({}, [['luck']])).toBe('planning.bad-order');
    expect(await set({}, [[]])).toBe('planning.bad-order');
  });

  it('in an order are reported level by level', async () => {
    const run = await house.plan({ order: [['trip'], ['rank', 'stand-in']], timeLimit: 6 });
    expect(run).toMatchObject({ state: 'ready', order: [['trip'], ['rank', 'stand-in']], bound: null });
    const { parts } = judge(compile(run.instance as Instance), run.plan as Plan);
    expect(run.levels.length).toBe(3);
    for (const level of run.levels) {
      expect(level.cost).toBe(level.parts.reduce((sum, part) => sum + (parts[part] ?? 0), 0));
      expect(level.bound).toBeLessThanOrEqual(level.cost);
    }
    expect(run.cost).toBe(run.levels.reduce((sum, { cost }) => sum + cost, 0));
  });
});

describe('what was asked for and agreed to', () => {
  it('is written where it belongs: a half day becomes △, entered by staff', async () => {
    const { roster, days } = await house.get(YearFactsReader).ofCycle(house.cycleId);
    const person = roster.terms.find((term) => term.post === 'programme-director')!.person;
    const day = days[3]!;
    await rules.applyChange(
      house.cycleId,
      { change: 'half-days', person, from: day, to: day, half: 'am', state: 't' },
      actor,
    );
    const [answer] = await house.get(AvailabilityQueries).ofPerson(person, day, day);
    expect(answer).toMatchObject({
      half: 'am',
      state: 't',
      channel: 'staff',
      comment: '事務局より依頼 / asked by staff',
    });
    expect(await lastDeed()).toMatchObject({ verb: 'planning.apply-change', after: { change: 'half-days', person } });
  });

  it('a wider window is the meeting’s; of an activity it is the year’s as well', async () => {
    const { windowTo } = await house.meeting(key);
    const to = addDays(windowTo!, 7);
    await rules.applyChange(house.cycleId, { change: 'window', of: key, to }, actor);
    expect((await house.meeting(key)).windowTo).toBe(to);
    expect((await house.meeting('site/ashbi')).windowTo).toBe(windowTo);
    await rules.applyChange(house.cycleId, { change: 'window', of: 'site', to }, actor);
    expect((await house.meeting('site/ashbi')).windowTo).toBe(to);
    const cycle = await house.get(CycleQueries).one(house.cycleId);
    expect(windowsOf(cycle.rules)['site']!.to).toBe(to.slice(5));
  });

  it('a limit, a load, a quorum, an open day and online meetings are kept beside the rules, and can be dropped', async () => {
    const before = await instanceNow();
    const [limit] = before.limits;
    await rules.applyChange(house.cycleId, { change: 'limit', limit: limit!.id, most: 7 }, actor);
    await rules.applyChange(house.cycleId, { change: 'quorum', of: `${key} working-group`, atLeast: 1 }, actor);
    const { changes, said } = await rules.standing(house.cycleId);
    expect(changes.map(({ change }) => change)).toEqual(['limit', 'quorum']);
    expect(said[1]!.ja).toContain('1人の出席で足りるとする');
    const now = await instanceNow();
    expect(now.limits[0]!.most).toBe(7);
    expect(await codeOf(rules.dropChange(house.cycleId, 0, 5, actor))).toBe('planning.no-such-change');
    await rules.dropChange(house.cycleId, 1, 2, actor);
    await rules.dropChange(house.cycleId, 0, 1, actor);
    expect(await instanceNow()).toEqual(before);
  });

  it('a fixed day is released', async () => {
    const day = (await house.meeting(key)).windowFrom!;
    await house.get(Meetings).set((await house.meeting(key)).id, { firstDay: addDays(day, 1) }, actor);
    expect((await house.meeting(key)).fixedByStaff).toBe(true);
    await rules.applyChange(house.cycleId, { change: 'unlock', meeting: key }, actor);
    expect(await house.meeting(key)).toMatchObject({ fixedByStaff: false, firstDay: addDays(day, 1) });
  });

  it('several are written together or not at all, each with its own entry in the trail', async () => {
    const [limit] = (await instanceNow()).limits;
    const good = { change: 'limit', limit: limit!.id, most: 9 } as const;
    const bad = { change: 'unlock', meeting: 'site/nowhere' } as const;
    const before = await lastDeed();
    expect(await codeOf(rules.applyChanges(house.cycleId, [good, bad], actor))).toBe('planning.cannot-take-over');
    expect([(await rules.standing(house.cycleId)).changes, await lastDeed()]).toEqual([[], before]);
    const other = { change: 'quorum', of: `${key} working-group`, atLeast: 2 } as const;
    await rules.applyChanges(house.cycleId, [good, other], actor);
    const { entries } = await house.get(TrailQueries).page({ size: 2 });
    expect(entries.map(({ verb, after }) => [verb, after])).toEqual([
      ['planning.apply-change', other],
      ['planning.apply-change', good],
    ]);
    await rules.dropChange(house.cycleId, 1, 2, actor);
    await rules.dropChange(house.cycleId, 0, 1, actor);
  });

  it('is refused where it has no place, and nothing is written', async () => {
    const apply = (change: Parameters<YearRules['applyChange']>[1]) =>
      codeOf(rules.applyChange(house.cycleId, change, actor));
    expect(await apply({ change: 'unlock', meeting: 'site/nowhere' })).toBe('planning.cannot-take-over');
    expect(await apply({ change: 'limit', limit: 'nothing', most: 1 })).toBe('planning.cannot-take-over');
    expect(await apply({ change: 'limit', limit: 'x', most: -1 })).toBe('planning.bad-change');
    expect((await rules.standing(house.cycleId)).changes).toEqual([]);
  });
});

describe('a what-if plan', () => {
  it('says what it was computed for, cannot be published as it is, and can once its changes are taken over', async () => {
    const { windowFrom } = await house.meeting(key);
    const day = addDays(windowFrom!, 7);
    const run = await house.plan({
      name: 'もし北海道が早かったら',
      changes: [
        { change: 'fix', meeting: key, day, half: 'am' },
        { change: 'weight', part: 'trip', percent: 40 },
        { change: 'online', of: 'pdpo', allowed: false },
      ],
    });
    expect(run).toMatchObject({ state: 'ready', name: 'もし北海道が早かったら', changes: [{ change: 'fix' }, {}, {}] });
    const instance = run.instance as Instance;
    expect(instance.days[(run.plan as Plan).meetings[key]!.start >> 1]!.date).toBe(day);
    // the year is as it was
    expect((await house.meeting(key)).firstDay).not.toBe(day);
    expect((await rules.weights(house.cycleId)).weights.every(({ percent }) => percent === 100)).toBe(true);

    expect(await codeOf(house.get(Planning).publish(run.id, actor))).toBe('planning.what-if-not-taken-over');
    const planned = await rules.plannedTakeOver(run.id);
    expect(planned.map(({ home, refusal }) => [home, refusal])).toEqual([
      ['meeting', null],
      ['rules', null],
      ['rules', null],
    ]);
    await rules.takeOver(run.id, actor);
    expect(await house.meeting(key)).toMatchObject({ firstDay: day, fixedByStaff: true });
    expect((await rules.weights(house.cycleId)).weights.find(({ part }) => part === 'trip')!.percent).toBe(40);
    expect((await instanceNow()).meetings.find(({ id }) => id === 'pdpo/icredd')!.online).toBeUndefined();
    expect(await codeOf(rules.takeOver(run.id, actor))).toBe('planning.nothing-to-take-over');
    expect((await house.get(Planning).publish(run.id, actor)).meetings).toBeGreaterThan(0);
    expect((await house.get(PlanningQueries).one(run.id)).takenOverAt).not.toBeNull();
  });

  it('is thrown away without a trace in the year', async () => {
    const before = await instanceNow();
    const run = await house.plan({ changes: [{ change: 'weight', part: 'trip', percent: 900 }], timeLimit: 2 });
    await house.get(Planning).discard(run.id, actor);
    expect((await house.get(PlanningQueries).summaries(house.cycleId)).map(({ id }) => id)).not.toContain(run.id);
    expect(await instanceNow()).toEqual(before);
  });

  it('is refused with changes that are none', async () => {
    const request = (changes: unknown, name = '') =>
      codeOf(house.get(Planning).request(house.cycleId, { changes: changes as never, name }, actor));
    expect(await request([{ change: 'no-such' }])).toBe('planning.bad-change');
    expect(await request([], 'x'.repeat(81))).toBe('planning.bad-name');
  });
});
