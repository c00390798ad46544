import { describe, expect, it } from '@jest/globals';
import { LocksCannotHold, planInstance, readyPlanner } from '../../src/planning/planner.service.ts';
import type { Instance } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

const quietly = { timeLimitSeconds: 60, seed: 1 };

describe('the planner in its threads', () => {
  it.each([1, 2])('proves the best plan with %i thread(s), always the same', async (threads) => {
    const instance = yearOf({ centres: 3, seed: 2 });
    const progress: { seconds: number; cost: number; bound: number }[] = [];
    const { plan, unplaced } = await planInstance(instance, {
      ...quietly,
      threads,
      onProgress: (p) => progress.push(p),
    });
    expect(score(instance, plan)).toMatchObject({ valid: true, cost: plan.cost, unplaced: 0 });
    expect(plan).toMatchObject({ proven: true, bound: plan.cost });
    expect(unplaced).toEqual([]);
    for (const { cost, bound } of progress) expect(bound).toBeLessThanOrEqual(cost);
    expect(progress.at(-1)!.cost).toBe(plan.cost);
    // side by side or one after the other, it is the same chain of steps
    const again = await planInstance(instance, { ...quietly, threads: 3 - threads });
    expect(again.plan).toEqual(plan);
  });

  it('plans the same with a thread that stood ready', async () => {
    const instance = yearOf({ centres: 3, seed: 2 });
    readyPlanner();
    readyPlanner();
    const { plan } = await planInstance(instance, { ...quietly, threads: 2 });
    const { plan: again } = await planInstance(instance, { ...quietly, threads: 2 });
    expect(plan).toMatchObject({ proven: true });
    expect(again).toEqual(plan);
  });

  it('names what cannot be placed, with the reasons', async () => {
    const instance = yearOf({ centres: 2, seed: 1, rich: true });
    const director = instance.people.find((p) => p.name?.startsWith('director'))!;
    director.availability = 'x'.repeat(director.availability.length);
    const { plan, unplaced } = await planInstance(instance, { ...quietly, threads: 2 });
    const mine = instance.meetings
      .filter((m) => m.seats.some((s) => 'person' in s && s.person === director.id))
      .map((m) => m.id);
    expect(score(instance, plan)).toMatchObject({ valid: true, cost: plan.cost });
    expect(unplaced.map(({ of }) => of)).toEqual(expect.arrayContaining(mine));
    for (const of of mine) {
      const { reasons } = unplaced.find((one) => one.of === of)!;
      expect(reasons[0]!.en).toContain(`${director.name} cannot be there`);
      expect(reasons[0]!.ja).toContain(director.name!);
    }
  });

  it('stops when it is told to, with the best plan so far', async () => {
    const instance = yearOf({ centres: 12, seed: 1 });
    const stop = new AbortController();
    let first = 0;
    const { plan } = await planInstance(instance, {
      ...quietly,
      threads: 2,
      signal: stop.signal,
      onProgress: ({ cost }) => {
        first ||= cost;
        stop.abort();
      },
    });
    expect(score(instance, plan)).toMatchObject({ valid: true, cost: plan.cost });
    expect(plan.cost!).toBeLessThanOrEqual(first);
    expect(plan.proven).toBe(false);
  });

  it('returns the first plan where the signal was given before', async () => {
    const instance = yearOf({ centres: 2, seed: 1 });
    const { plan } = await planInstance(instance, { ...quietly, threads: 2, signal: AbortSignal.abort() });
    expect(score(instance, plan).valid).toBe(true);
  });

  it('keeps what staff fixed, and pays for it', async () => {
    const instance = yearOf({ centres: 1, seed: 1 });
    const free = await planInstance(instance, { ...quietly, threads: 1 });
    const { id, starts } = compile(instance).meetings[0]!;
    const other = starts.find(({ half }) => half !== free.plan.meetings[id]!.start)!.half;
    const locked = { ...instance, locks: [{ meeting: id, start: other }] };
    const { plan } = await planInstance(locked, { ...quietly, threads: 1 });
    expect(plan.meetings[id]!.start).toBe(other);
    expect(score(locked, plan)).toMatchObject({ valid: true, cost: plan.cost });
    expect(plan.cost!).toBeGreaterThan(free.plan.cost!);
  });

  const conflict = async (locks: Instance['locks']) => {
    const instance = yearOf({ centres: 3, seed: 1 });
    const failure = await planInstance({ ...instance, locks }, { ...quietly, threads: 1 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(LocksCannotHold);
    return (failure as LocksCannotHold).locks;
  };

  it('says which lock no plan keeps, and why', async () => {
    const instance = yearOf({ centres: 3, seed: 1 });
    const away = instance.people.find((p) => p.name?.startsWith('director'))!;
    const site = instance.meetings.find((m) => m.seats.some((s) => 'person' in s && s.person === away.id))!;
    const day = Array.from({ length: site.to - site.from }, (_, i) => site.from + i).find(
      (d) => away.availability[2 * d] === 'x',
    )!;
    const [lock] = await conflict([{ meeting: site.id, start: 2 * day }]);
    expect(lock!.of).toBe(site.id);
    expect(lock!.reasons.map(({ en }) => en)).toContain(`${away.name} cannot be there`);
  });

  it('says which locks cannot hold together, and leaves out those that are not to blame', async () => {
    const instance = yearOf({ centres: 3, seed: 1 });
    const { plan } = await planInstance(instance, { ...quietly, threads: 1 });
    const [a, b, c] = instance.meetings.filter((m) => m.kind === 'site');
    // the same programme director at two places on one day
    const starts = instance.days.flatMap((_, day) => [2 * day, 2 * day + 1]);
    const problem = compile(instance);
    const both = starts.find((start) =>
      [a, b].every((m) => problem.meetings.find((p) => p.id === m!.id)!.startOfHalf.has(start)),
    );
    if (both === undefined) throw new Error('the year has no such day');
    const lead = plan.meetings[a!.id]!.seats['lead']!;
    const locks = await conflict([
      { meeting: c!.id, start: plan.meetings[c!.id]!.start },
      { meeting: a!.id, start: both, seats: { lead } },
      { meeting: b!.id, start: both, seats: { lead } },
    ]);
    expect(locks.map(({ index }) => index)).toEqual([1, 2]);
  });
});
