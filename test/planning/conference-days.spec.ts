import { describe, expect, it } from '@jest/globals';
import { Standing } from '../../src/planning/explain/alternatives.ts';
import { conferenceDays } from '../../src/planning/explain/conference-days.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { search } from '../../src/planning/search/search.ts';
import { yearOf } from './instances.ts';
import { score } from './yardstick/score.mjs';

function planned(instance: Instance): Plan {
  let plan: Plan | undefined;
  for (const step of search(compile(instance), 1)) {
    plan = step.found?.plan ?? plan;
    if (step.rounds >= 1) break;
  }
  return plan!;
}

const possible = (days: ReturnType<typeof conferenceDays>) => days.flatMap((one) => ('difference' in one ? [one] : []));

describe.each([
  ['plain', { centres: 5, seed: 1 }],
  ['rich', { centres: 6, seed: 2, rich: true }],
])('a conference of a year (%s)', (_, options) => {
  const instance = yearOf(options);
  const plan = planned(instance);
  const { cost } = score(instance, plan);
  const conference = instance.conferences[0]!;
  const days = conferenceDays(new Standing(instance, plan), conference.id);
  const now = plan.conferences[conference.id]!.day;

  it('has every day of its window, each with a price or with who or what forbids it', () => {
    expect(days.map(({ day }) => day)).toEqual(
      Array.from({ length: conference.to - conference.from + 1 }, (__, n) => conference.from + n),
    );
    expect(possible(days).length).toBeGreaterThan(1);
    for (const one of days)
      if ('blocked' in one) {
        expect(one.blocked.length).toBeGreaterThan(0);
        for (const { text } of one.blocked) expect([text.ja, text.en]).not.toContain('');
      }
  });

  it('costs what each day says when it is carried out, part by part, with all hearings heard', () => {
    for (const { day, difference, hearings, parts } of possible(days)) {
      const moved = {
        ...plan,
        conferences: { ...plan.conferences, [conference.id]: { day } },
        hearings: { ...plan.hearings, ...hearings },
      };
      const after = score(instance, moved);
      expect({ day, valid: after.valid, cost: after.cost }).toEqual({ day, valid: true, cost: cost + difference });
      expect(parts.reduce((sum, part) => sum + part.difference, 0)).toBe(difference);
      expect(Object.values(hearings)).not.toContain(null);
    }
  });

  it('takes each hearing along in its slot, but for those that are said to be moved', () => {
    let kept = 0;
    for (const { day, hearings, moved } of possible(days))
      for (const [id, place] of Object.entries(hearings)) {
        const was = plan.hearings[id]!;
        const isKept = place!.slot === was.slot && place!.day - day === was.day - now;
        expect({ id, day, isKept }).toEqual({ id, day, isKept: !moved.includes(id) });
        if (isKept) kept++;
      }
    expect(kept).toBeGreaterThan(conference.hearings.length);
  });

  it('where it is, it stays as it is or comes cheaper by other people in the same slots', () => {
    const here = possible(days).find(({ day }) => day === now)!;
    expect(here.moved).toEqual([]);
    expect(here.difference).toBeLessThanOrEqual(0);
  });

  it('leaves the plan as it was', () => {
    const standing = new Standing(instance, plan);
    const before = standing.draft.cost;
    conferenceDays(standing, conference.id);
    expect(standing.draft.cost).toBe(before);
  });
});

describe('a conference with somebody whom it cannot do without', () => {
  const instance = yearOf({ centres: 4, seed: 1 });
  const plan = planned(instance);
  const conference = instance.conferences[0]!;
  const now = plan.conferences[conference.id]!.day;
  const other = possible(conferenceDays(new Standing(instance, plan), conference.id)).find(({ day }) => day !== now)!;
  const hearing = conference.hearings[0]!;
  const director = hearing.seats.find((seat) => 'person' in seat)! as { person: string };

  it('is not possible on a day on which somebody of it is away, and says who', () => {
    const shut = structuredClone(instance);
    const who = shut.people.find(({ id }) => id === director.person)!;
    const letters = [...who.availability];
    for (let n = 0; n < 2 * conference.dayCount; n++) {
      const half = 2 * other.day + n;
      if (half < 2 * now || half >= 2 * (now + conference.dayCount)) letters[half] = 'x';
    }
    who.availability = letters.join('');
    const [day] = conferenceDays(new Standing(shut, plan), conference.id).filter(({ day: one }) => one === other.day);
    const apart = Math.abs(other.day - now) >= conference.dayCount;
    if (!apart) return expect(day).toBeDefined();
    expect(day).toMatchObject({
      blocked: [expect.objectContaining({ rule: 'available', people: [director.person] })],
    });
  });

  it('keeps what has no slot without one, and undecided finds places for all', () => {
    const lacking = { ...plan, hearings: { ...plan.hearings, [hearing.id]: null } };
    for (const { hearings } of possible(conferenceDays(new Standing(instance, lacking), conference.id)))
      expect(Object.entries(hearings).filter(([, place]) => place === null)).toEqual([[hearing.id, null]]);
    const nothing = {
      ...plan,
      conferences: { ...plan.conferences, [conference.id]: null },
      hearings: Object.fromEntries(conference.hearings.map(({ id }) => [id, null])),
    };
    const found = possible(conferenceDays(new Standing(instance, nothing), conference.id));
    expect(found.length).toBeGreaterThan(0);
    expect(found.some(({ hearings }) => Object.values(hearings).every((place) => place !== null))).toBe(true);
    expect(found.flatMap(({ moved }) => moved)).toEqual([]);
  });
});
