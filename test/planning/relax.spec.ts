import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import loadHighs, { type Highs } from 'highs';
import { carryOut as carryOutHere, costOfAsks, type Ask } from '../../src/planning/asks.ts';
import { conflicts } from '../../src/planning/explain/conflict-words.ts';
import { subjectOf } from '../../src/planning/explain/ask-book.ts';
import { sayAsks } from '../../src/planning/explain/ask-words.ts';
import { decideAll, type Means } from '../../src/planning/explain/decide-all.ts';
import { relaxations } from '../../src/planning/explain/relax.ts';
import { restrictTo, thingsOf } from '../../src/planning/explain/restrict.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { search } from '../../src/planning/search/search.ts';
import { yearOf } from './instances.ts';
import { troubledYears } from './troubled-years.ts';
import { carryOut } from './yardstick/asks.mjs';
import { score } from './yardstick/score.mjs';

jest.setTimeout(600_000);

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as typeof loadHighs.default)();
});

const means = (seconds: number): Means => {
  const began = Date.now();
  return { highs, left: () => Math.max(0, seconds - (Date.now() - began) / 1000) };
};

/** The best plan of a short search, everything undecided as dear as can be */
function planned(instance: Instance): Plan {
  let plan: Plan | undefined;
  for (const { found, rounds } of search(compile(instance), 1)) {
    plan = found?.plan ?? plan;
    if (rounds >= 2 || (plan && isWhole(instance, plan))) break;
  }
  return plan!;
}

function isWhole(instance: Instance, plan: Plan): boolean {
  const { valid, unplaced } = score(instance, plan);
  return valid && unplaced === 0;
}

const all = (instance: Instance) => restrictTo(instance, new Set(thingsOf(instance)));

/** Carried out everything can be placed; with any one left out it cannot: neither search nor solver finds a way. */
function expectMinimal(instance: Instance, asks: readonly Ask[]): void {
  const agreed = all(carryOut(instance, asks));
  const whole = decideAll(agreed, means(60), 30);
  expect(whole.verdict).toBe('yes');
  expect(isWhole(agreed, whole.plan)).toBe(true);
  for (const ask of asks) {
    const without = all(
      carryOut(
        instance,
        asks.filter((other) => other !== ask),
      ),
    );
    expect(isWhole(without, planned(without))).toBe(false);
    expect({ ask, verdict: decideAll(without, means(60), 30).verdict }).toEqual({ ask, verdict: 'no' });
  }
}

/** Everything that could be asked for alone, for the first meeting */
function singleAsks({ meetings: [first], people, days }: Instance): Ask[] {
  const meeting = first!;
  return [
    ...people.flatMap(({ id, availability }) =>
      [...availability].flatMap((letter, half): Ask[] =>
        letter === 'x' && half >> 1 >= meeting.from && half >> 1 <= meeting.to
          ? [{ ask: 'half-day', person: id, half }]
          : [],
      ),
    ),
    ...meeting.closed.map((day): Ask => ({ ask: 'open-day', of: meeting.id, day })),
    { ask: 'window', of: meeting.id, from: 0, to: days.length - 1 },
    { ask: 'online', meeting: meeting.id },
  ];
}

/** Not even the first meeting can be decided with this ask alone, or else not the year */
function isInVain(instance: Instance, ask: Ask): boolean {
  const agreed = carryOut(instance, [ask]);
  const { verdict } = decideAll(restrictTo(agreed, new Set([instance.meetings[0]!.id])), means(60), 5);
  return verdict === 'no' || decideAll(all(agreed), means(60), 20).verdict === 'no';
}

const years: Record<string, () => Instance> = {
  ...troubledYears,
  'one director hardly ever free': () => yearOf({ centres: 4, seed: 2, trouble: 1 }),
  'two directors hardly ever free': () => yearOf({ centres: 6, seed: 1, trouble: 2 }),
  'a director hardly ever free, in a richer year': () => yearOf({ centres: 4, seed: 1, trouble: 1, rich: true }),
};

describe.each(Object.entries(years))('%s', (_, make) => {
  const instance = make();

  it('can be helped by each set of asks, and by none of them with one ask less; the cheapest come first', () => {
    const found = relaxations(instance, means(90), 2);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ cost }) => cost)).toEqual(found.map(({ cost }) => cost).toSorted((a, b) => a - b));
    for (const { asks, cost, text } of found) {
      expect(cost).toBe(costOfAsks(instance, asks));
      expect(text.ja).toMatch(/[ぁ-ん].*。$/);
      expect(text.en).toMatch(/^[A-Z].*\.$/);
      expect(carryOutHere(instance, asks)).toEqual(carryOut(instance, asks));
    }
    expect(new Set(found.map(({ asks }) => JSON.stringify(asks))).size).toBe(found.length);
    expect(found[0]!.proven).toBe(true);
    for (const { proven, text } of found) expect(text.en.endsWith('(less may do).')).toBe(!proven);
    for (const { asks } of found) expectMinimal(instance, asks);
  });

  it('has a conflict: things of which all but any one can be decided together', () => {
    const found = conflicts(instance, means(30));
    expect(found.length).toBeGreaterThan(0);
    const verdict = (ids: readonly string[]) => decideAll(restrictTo(instance, new Set(ids)), means(30), 10).verdict;
    for (const { of, reasons, text } of found) {
      expect(verdict(of)).toBe('no');
      for (const id of of) if (of.length > 1) expect(verdict(of.filter((other) => other !== id))).toBe('yes');
      expect(reasons.length).toBeGreaterThan(0);
      expect(text.ja).toMatch(/決め/);
    }
  });
});

describe('asks', () => {
  it('are none where everything can be placed', () => {
    expect(relaxations(yearOf({ centres: 4, seed: 2 }), means(30), 3)).toEqual([]);
  });

  it('prefer what is cheap to ask for', () => {
    const instance = yearOf({ centres: 5, seed: 1, trouble: 1 });
    const kinds = (askCosts: Instance['askCosts']) =>
      relaxations({ ...instance, askCosts: { ...askCosts } }, means(30), 1)[0]!.asks.map(({ ask }) => ask);
    const dear = { 'half-day': 50, window: 50, 'open-day': 50, online: 50, quorum: 50, limit: 50, load: 50 };
    expect(new Set(kinds({ ...dear, 'half-day': 1 }))).toEqual(new Set(['half-day']));
  });

  it('are as few as can be: no single ask would do where two are said to be needed', () => {
    const instance = troubledYears['a window of closed days']!();
    const [first] = relaxations(instance, means(30), 1);
    expect(first!.cost).toBe(2);
    const singles = singleAsks(instance);
    expect(singles.filter((ask) => !isInVain(instance, ask))).toEqual([]);
  });

  it('that are said to come next are the cheapest that ask anybody else', () => {
    const instance = troubledYears['a window of closed days']!();
    const askCosts = { 'half-day': 2, 'open-day': 3, window: 5, online: 9, quorum: 9, limit: 9, load: 9, unlock: 9 };
    const found = relaxations({ ...instance, askCosts }, means(60), 3);
    expect(found.length).toBeGreaterThan(1);
    expect(found.map(({ proven }) => proven)).toEqual(found.map(() => true));
    const subjects = new Set(found[0]!.asks.map(subjectOf));
    const cheaper = Object.entries(askCosts).filter(([, cost]) => cost < found[1]!.cost);
    // no single ask of another kind that costs less would do
    const others = singleAsks(instance).filter(
      (ask) => cheaper.some(([kind]) => kind === ask.ask) && !subjects.has(subjectOf(ask)),
    );
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((ask) => !isInVain(instance, ask))).toEqual([]);
  });

  it('are none where nothing that could be asked for would help', () => {
    const instance = yearOf({ centres: 2, seed: 1 });
    instance.panels[0]!.needs = [...instance.panels[0]!.needs, 'area-of-nobody'];
    expect(relaxations(instance, means(20), 3)).toEqual([]);
    expect(conflicts(instance, means(20)).map(({ of }) => of)).toEqual([[instance.panels[0]!.id]]);
  });

  it('that are not known to be the cheapest say so', () => {
    const instance = yearOf({ centres: 2, seed: 1 });
    const asks: Ask[] = [{ ask: 'online', meeting: 'site/c1' }];
    expect(sayAsks(instance, asks, undefined, false)).toEqual({
      ja: 'site/c1をオンラインで開催できるようにする（より軽いお願いで済む可能性があります）。',
      en: 'Allow site/c1 to be held online (less may do).',
    });
    expect(sayAsks(instance, asks).en).toBe('Allow site/c1 to be held online.');
  });

  it('name the person, the half day and the weekday in both languages', () => {
    const askCosts = { window: 9, 'open-day': 9, online: 9, quorum: 9, limit: 9, load: 9 };
    const [first] = relaxations({ ...yearOf({ centres: 6, seed: 1, trouble: 2 }), askCosts }, means(30), 1);
    expect(first!.text).toEqual({
      ja: 'director 12さんに7月8日(水)の午後の都合をつけていただく。',
      en: 'Ask director 12 for the afternoon of Wed 8 Jul.',
    });
  });
});
