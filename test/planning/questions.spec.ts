import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { Standing } from '../../src/planning/explain/alternatives.ts';
import { why } from '../../src/planning/explain/why.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import {
  alternativesIn,
  alternativesOf,
  builtRepairYear,
  builtYear,
  endQuestions,
  relaxations,
  whyOf,
} from '../../src/planning/questions.service.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { greedy } from '../../src/planning/search/search.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';
import { repairInstance } from '../../src/planning/year-repair.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';
import { yearOf } from './instances.ts';
import { asSampleSays, dated, yearFacts } from './sample-year.ts';

jest.setTimeout(60_000);
afterAll(endQuestions);

const yearAndPlan = (seed: number): { instance: Instance; plan: Plan } => {
  const instance = yearOf({ centres: 3, seed });
  return { instance, plan: planOf(greedy(compile(instance))) };
};

describe('a year', () => {
  it('is made an instance in a thread as it would be here, and one for repairs', async () => {
    const facts = asSampleSays(yearFacts(shipped('wpi'), rosterOf(sampleRoster()), 2027));
    expect(await builtYear(facts)).toEqual(yearInstance(facts));
    const day = facts.days[20]!;
    const trouble = { today: facts.days[3]!, storms: [{ of: '*', day }] };
    expect(await builtRepairYear(dated(facts, 'site/icredd', day, false), trouble)).toEqual(
      repairInstance(dated(facts, 'site/icredd', day, false), trouble),
    );
  });
});

describe('questions', () => {
  const { instance, plan } = yearAndPlan(1);
  const [meeting] = instance.meetings;

  it('are answered in a thread as they would be here', async () => {
    const standing = new Standing(instance, plan);
    expect(await alternativesOf(instance, plan, meeting!.id)).toEqual(standing.alternatives(meeting!.id));
    expect(await whyOf(instance, plan)).toEqual(why(standing));
    expect(await whyOf(instance, plan, instance.panels[0]!.id)).toEqual(why(standing, instance.panels[0]!.id));
  });

  it('are about what they were asked about, even where that was changed since', async () => {
    const own = structuredClone({ instance, plan });
    await alternativesOf(own.instance, own.plan, meeting!.id);
    for (const person of own.instance.people) person.availability = 'x'.repeat(person.availability.length);
    const found = await alternativesOf(own.instance, own.plan, meeting!.id);
    expect(found.every((one) => 'blocked' in one)).toBe(true);
  });

  it('about a plan with a key read it once, and again only when it was forgotten', async () => {
    let reads = 0;
    const keyed = (seed: number) => ({ key: `plan ${seed}`, read: async () => (reads++, yearAndPlan(seed)) });
    for (let i = 0; i < 3; i++) await alternativesIn(keyed(1), meeting!.id);
    expect(reads).toBe(1);
    for (let seed = 2; seed <= 6; seed++) await alternativesIn(keyed(seed), meeting!.id);
    expect(reads).toBe(6);
    await alternativesIn(keyed(1), meeting!.id);
    expect(reads).toBe(7);
  });

  it('say names as the caller has them', async () => {
    const called = {
      people: Object.fromEntries(instance.people.map(({ id }) => [id, { ja: '架空 太郎', en: 'Taro Kaku' }])),
    };
    const found = await alternativesOf(instance, plan, meeting!.id, { called });
    const texts = found.flatMap((one) => ('blocked' in one ? one.blocked.map(({ text }) => text) : []));
    expect(texts.some(({ ja }) => ja.includes('架空 太郎'))).toBe(true);
    expect(texts.some(({ en }) => en.includes('Taro Kaku'))).toBe(true);
  });

  it('about what does not exist are refused, and the thread goes on', async () => {
    await expect(alternativesOf(instance, plan, 'site/nowhere')).rejects.toThrow(RangeError);
    await expect(whyOf(instance, plan, 'nothing')).rejects.toThrow('there is no nothing');
    expect(await whyOf(instance, plan, meeting!.id)).toHaveLength(1);
  });

  it('whose plan cannot be read fail with what failed', async () => {
    const broken = {
      key: 'unreadable',
      read: async () => {
        throw new Error('nobody can read this');
      },
    };
    await expect(alternativesIn(broken, 'site/c0')).rejects.toThrow('nobody can read this');
  });

  it('can be taken back while they are computed and while they wait; those after them are answered', async () => {
    const trouble = yearOf({ centres: 9, seed: 1, trouble: 3 });
    const stop = new AbortController();
    const how = { most: 5, timeLimitSeconds: 60 };
    const began = Date.now();
    const running = relaxations(trouble, { ...how, signal: stop.signal });
    const waiting = relaxations(yearOf({ centres: 2, seed: 3 }), how);
    setTimeout(() => stop.abort(), 300);
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await waiting).toEqual([]);
    await expect(relaxations(trouble, { ...how, signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });

  it('are answered by a new thread where the old one has ended', async () => {
    await endQuestions();
    expect(await whyOf(instance, plan, meeting!.id)).toHaveLength(1);
  });
});
