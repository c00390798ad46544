import { describe, expect, it } from '@jest/globals';
import { compile } from '../../src/planning/problem/compile.ts';
import { byPercents, repriced } from '../../src/planning/repriced.ts';
import { judge } from '../../src/planning/rules/judge.ts';
import { Random } from '../../src/planning/search/random.ts';
import { orderedParts, pointIsAbout, weightedParts, weightsOf } from '../../src/planning/weights.ts';
import { shipped } from '../programme/shipped.ts';
import { anyPlan, withLocksAndReference, yearOf } from './instances.ts';

const wpi = shipped('wpi');

describe('weights of a year', () => {
  it('are the programme’s, by name in both languages, and say what their points stand for', () => {
    const weights = weightsOf(wpi, {});
    expect(weights.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['tentative', 'panel-absent', 'stand-in', 'rank', 'expertise', 'trip', 'change', 'load']),
    );
    for (const { title, percent, prices, worth, part } of weights) {
      expect(percent).toBe(100);
      expect([title.ja, title.en]).not.toContain(part);
      expect(prices.length).toBeGreaterThan(0);
      expect(prices.every(({ points, usual }) => points === usual && points > 0)).toBe(true);
      expect(worth.ja).toMatch(/点/);
      expect(worth.en).toMatch(/point/);
    }
    expect(pointIsAbout(weights).en).toMatch(/^One point is about one “/);
    expect(orderedParts(wpi)).toEqual(['unplaced', ...weightedParts(wpi)]);
  });

  it('change every price of their part, and no other', () => {
    const [usual, changed] = [weightsOf(wpi, {}), weightsOf(wpi, { trip: 250, tentative: 0, 'member-tentative': 0 })];
    for (const [n, { part, prices, percent, worth }] of changed.entries()) {
      const points = prices.map((one) => one.points);
      const were = usual[n]!.prices.map((one) => one.points);
      if (part === 'trip') expect(points).toEqual(were.map((one) => Math.round(one * 2.5)));
      else if (part.endsWith('tentative')) expect(new Set(points)).toEqual(new Set([0]));
      else expect(points).toEqual(were);
      expect(percent).toBe({ trip: 250, tentative: 0, 'member-tentative': 0 }[part] ?? 100);
      if (part === 'tentative') expect(worth.en).toBe('It does not count.');
    }
    expect(pointIsAbout(changed).ja).not.toContain('△');
  });

  it('count a committee by its members and hearings, whose day and slot may change', () => {
    const prices = (part: string) => weightsOf(wpi, {}).find((weight) => weight.part === part)!.prices;
    expect(prices('member-absent').map(({ points }) => points)).toEqual([2]);
    expect(prices('member-tentative').map(({ of, points }) => [of.ja, points])).toEqual([
      ['プログラム委員会：委員', 1],
    ]);
    const changes = prices('change').map(({ of }) => of.ja);
    expect(changes).toEqual(expect.arrayContaining(['プログラム委員会：日の変更', 'ヒアリング：枠の変更']));
    expect(changes).not.toContain('ヒアリング：1日ずれるごと');
    expect(prices('online').map(({ of }) => of.ja)).not.toContain('プログラム委員会');
  });

  it('never make a small price nothing, unless they are 0', () => {
    const price = byPercents({ trip: 1, load: 0 });
    expect([price('trip', 5), price('trip', 0), price('load', 5), price('rank', 5)]).toEqual([1, 0, 0, 5]);
  });

  it.each([1, 2])('are what judging adds up: each part by its own weight (made-up year %i)', (seed) => {
    const instance = yearOf({ centres: 3, seed, rich: true });
    const random = new Random(seed);
    withLocksAndReference(instance, random);
    const names = [...new Set(Object.keys(judge(compile(instance), anyPlan(instance, random, 0)).parts))];
    for (const part of names) {
      const tripled = compile(repriced(instance, byPercents({ [part]: 300 })));
      const plan = anyPlan(instance, random, 0);
      const [was, is] = [judge(compile(instance), plan).parts, judge(tripled, plan).parts];
      expect(is).toEqual({ ...was, ...(was[part] === undefined ? {} : { [part]: 3 * was[part] }) });
    }
  });

  it('belong to any programme, not to one', () => {
    for (const id of ['j-peaks', 'erc', 'annual-meeting']) {
      const weights = weightsOf(shipped(id), {});
      expect(pointIsAbout(weights).ja).not.toBe('');
    }
  });
});
