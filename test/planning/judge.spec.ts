import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/planning/problem/compile.ts';
import { judge, rules, say, sayCharge } from '../../src/planning/rules/judge.ts';
import { Names } from '../../src/planning/rules/rule.ts';
import { Random } from '../../src/planning/search/random.ts';
import { anyPlan, withLocksAndReference, yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

/** What the yardstick and the planner's own rules say of one plan, in the same form */
function bothSay(instance: ReturnType<typeof yearOf>, plan: ReturnType<typeof anyPlan>) {
  const theirs = score(instance, plan);
  const ours = judge(compile(instance), plan);
  const form = (j: {
    cost: number;
    unplaced: number;
    parts: Readonly<Record<string, number>>;
    broken: readonly { rule: string }[];
  }) => ({
    cost: j.cost,
    unplaced: j.unplaced,
    parts: { ...j.parts },
    broken: [...new Set(j.broken.map(({ rule }) => rule))].sort(),
  });
  return { ours: form(ours), theirs: form(theirs) };
}

describe('the planner’s own rules', () => {
  it('say the same as the yardstick of plans of every kind, broken ones too', () => {
    const random = new Random(7);
    const rulesSeen = new Set<string>();
    for (const centres of [1, 3, 9])
      for (const rich of [false, true])
        for (const locked of [false, true]) {
          const instance = yearOf({ centres, seed: centres, rich });
          if (locked) withLocksAndReference(instance, random);
          for (const wild of [0, 0.05, 0.1, 0.3, 0.7]) {
            const { ours, theirs } = bothSay(instance, anyPlan(instance, random, wild));
            expect(ours).toEqual(theirs);
            for (const rule of ours.broken) rulesSeen.add(rule);
          }
        }
    // every rule was broken at least once
    expect([...rulesSeen].sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it('charge every difference from an announced plan as the yardstick does', () => {
    const random = new Random(3);
    const instance = yearOf({ centres: 5, seed: 2, rich: true });
    instance.reference = anyPlan(instance, random, 0);
    for (let i = 0; i < 20; i++) {
      const plan = i ? anyPlan(instance, random, 0) : instance.reference;
      const { ours, theirs } = bothSay(instance, plan);
      expect(ours).toEqual(theirs);
      expect('change' in ours.parts).toBe(i > 0);
    }
  });

  it('say of a change whether anybody knows the plan that it changes', () => {
    const said = (where: string, people: string[]) =>
      sayCharge(
        { part: 'change', where, cost: 3, people },
        new Names(yearOf({ centres: 1, seed: 1 }), { isUntold: (id) => id === 'site/c1' }),
      ).text;
    expect(said('site/c1', []).en).toBe('It differs from the plan that stands (nobody has been told yet)');
    expect(said('site/c1 lead', ['kaku']).ja).toBe('今の計画から担当が変わります（kaku。まだ誰にも知らせていません）');
    expect(said('site/c2', []).ja).toBe('通知済みの日時などから変わります');
    expect(said('site/c2 lead', ['kaku']).en).toBe('Another person than announced (kaku)');
  });

  it('have a sentence in both languages for everything that they find and charge', () => {
    const random = new Random(11);
    const instance = yearOf({ centres: 9, seed: 1, rich: true });
    withLocksAndReference(instance, random);
    const names = new Names(instance);
    const { broken, charges } = judge(compile(instance), anyPlan(instance, random, 0.3));
    expect(broken.length).toBeGreaterThan(20);
    for (const text of [...broken.map((f) => say(f, names).text), ...charges.map((c) => sayCharge(c, names).text)]) {
      expect(text.ja).toMatch(/[ぁ-ん]|[一-龠]/);
      expect(`${text.ja}${text.en}`).not.toMatch(/undefined|NaN|\[object/);
      expect(text.en).toMatch(/[a-z]/);
    }
  });
});
