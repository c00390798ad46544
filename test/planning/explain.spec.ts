import { beforeAll, describe, expect, it } from '@jest/globals';
import { alternatives, Standing } from '../../src/planning/explain/alternatives.ts';
import { whyUnplaced } from '../../src/planning/explain/unplaced.ts';
import { why } from '../../src/planning/explain/why.ts';
import type { Instance, PlacedMeeting, Plan } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { greedy, search } from '../../src/planning/search/search.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
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

const withMeeting = (plan: Plan, id: string, placed: PlacedMeeting): Plan => ({
  ...plan,
  meetings: { ...plan.meetings, [id]: placed },
});

describe.each([
  ['plain', { centres: 5, seed: 1 }],
  ['rich', { centres: 5, seed: 2, rich: true }],
])('a plan of five centres (%s)', (_, options) => {
  const instance = yearOf(options);
  let plan: Plan;
  let cost: number;
  beforeAll(() => {
    plan = planned(instance);
    ({ cost } = score(instance, plan));
  });

  it('costs what each alternative says when it is carried out', () => {
    let tried = 0;
    for (const { id } of instance.meetings)
      for (const one of alternatives(instance, plan, id)) {
        if (!('difference' in one)) continue;
        tried++;
        const after = score(instance, withMeeting(plan, id, one.placed));
        expect({ id, start: one.start, valid: after.valid, cost: after.cost }).toEqual({
          id,
          start: one.start,
          valid: true,
          cost: cost + one.difference,
        });
      }
    expect(tried).toBeGreaterThan(50);
  });

  it('has a meeting’s own place among its alternatives, at no difference but for the better', () => {
    for (const { id } of instance.meetings) {
      const now = plan.meetings[id];
      if (!now) continue;
      const own = alternatives(instance, plan, id).find((one) => one.start === now.start);
      expect(own && 'difference' in own && own.difference).toBeLessThanOrEqual(0);
    }
  });

  it('breaks a rule at every start that is blocked, whoever comes, and the reason names one of those', () => {
    const meeting = instance.meetings[0]!;
    const blocked = alternatives(instance, plan, meeting.id).filter((one) => 'blocked' in one);
    expect(blocked.length).toBeGreaterThan(3);
    const choices = (seat: Instance['meetings'][0]['seats'][0]) =>
      'oneOf' in seat ? seat.oneOf.map((c) => c.person) : [];
    const combine = (seats: Instance['meetings'][0]['seats']): Record<string, string>[] =>
      seats.reduce<Record<string, string>[]>(
        (all, seat) =>
          'oneOf' in seat ? all.flatMap((s) => choices(seat).map((person) => ({ ...s, [seat.id]: person }))) : all,
        [{}],
      );
    const group = instance.meetings[0]!.seats.find((seat) => 'panel' in seat)!;
    const members = plan.panels[(group as { panel: string }).panel]!;
    for (const { start, blocked: findings } of blocked as unknown as { start: number; blocked: { rule: string }[] }[]) {
      const rules = new Set<string>();
      for (const seats of combine(meeting.seats))
        for (const online of meeting.online ? [false, true] : [false]) {
          const can = members.filter((id) => {
            const { availability } = instance.people.find((person) => person.id === id)!;
            return !availability.slice(start, start + meeting.halfDays).includes('x');
          });
          const { valid, broken } = score(
            instance,
            withMeeting(plan, meeting.id, { start, online, seats, attending: { [group.id]: can } }),
          );
          expect(valid).toBe(false);
          for (const { rule } of broken) rules.add(rule);
        }
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.some(({ rule }) => rules.has(rule))).toBe(true);
    }
  });

  it('says what each thing costs, and what the next best person would', () => {
    const all = why(new Standing(instance, plan));
    const { why: charges } = score(instance, plan);
    const own = (id: string) =>
      charges.filter((c) => c.where === id || c.where.startsWith(`${id} `)).reduce((sum, c) => sum + c.cost, 0);
    for (const { of, parts } of all) expect(parts.reduce((sum, part) => sum + part.cost, 0)).toBe(own(of));
    let tried = 0;
    for (const { of, people } of all)
      for (const { seat, person, next } of people) {
        const meeting = plan.meetings[of];
        if (!next) continue;
        const changed =
          meeting !== undefined
            ? withMeeting(plan, of, { ...meeting!, seats: { ...meeting!.seats, [seat]: next.person } })
            : of in plan.assignments
              ? { ...plan, assignments: { ...plan.assignments, [of]: next.person } }
              : undefined;
        if (!changed) continue;
        tried++;
        expect(next.person).not.toBe(person);
        expect(score(instance, changed)).toMatchObject({ valid: true, cost: cost + next.difference });
      }
    expect(tried).toBeGreaterThan(5);
  });

  it('names the next best start of a meeting, and only of that meeting where asked', () => {
    const others = (id: string) =>
      alternatives(instance, plan, id).flatMap((a) =>
        'difference' in a && a.start !== plan.meetings[id]!.start ? [a.difference] : [],
      );
    const { id } = instance.meetings.find((meeting) => plan.meetings[meeting.id] && others(meeting.id).length > 1)!;
    const [one, ...rest] = why(new Standing(instance, plan), id);
    expect(rest).toEqual([]);
    expect(one!.runnerUp!.difference).toBe(Math.min(...others(id)));
  });

  it('keeps the plan as it was, whatever is asked of it', () => {
    const standing = new Standing(instance, plan);
    const before = standing.draft.cost;
    for (const { id } of instance.meetings) standing.alternatives(id);
    expect(standing.draft.cost).toBe(before);
    expect(before).toBe(cost);
  });
});

describe('what is undecided', () => {
  it('is all named, each with reasons in both languages', () => {
    const instance = yearOf({ centres: 4, seed: 1, rich: true, trouble: 2 });
    const away = instance.assignments[0]!.candidates[0]!.person;
    for (const person of instance.people)
      if (person.id === away) person.availability = 'x'.repeat(person.availability.length);
    instance.panels[1]!.needs = [...instance.panels[1]!.needs, 'area-nobody'];
    instance.loads[0]!.most = 0;
    instance.loads[0]!.mostOf = {};
    instance.conferences[0]!.closed = instance.days.map((_, day) => day);
    const plan = planOf(greedy(compile(instance)));
    const undecided = Object.entries({
      ...plan.meetings,
      ...plan.assignments,
      ...plan.panels,
      ...plan.conferences,
      ...plan.hearings,
    })
      .filter(([, decided]) => decided === null)
      .map(([id]) => id);
    const reasons = whyUnplaced(compile(instance), plan);
    expect(reasons.map(({ of }) => of).sort()).toEqual(undecided.sort());
    expect(undecided.length).toBeGreaterThan(10);
    const of = (id: string) =>
      reasons
        .find((one) => one.of === id)!
        .reasons.map(({ en }) => en)
        .join(' · ');
    expect(of('working-group/c1')).toContain('Nobody covers area-nobody');
    expect(of('officer/c0')).toContain('accepts no more than 0');
    expect(of('committee/t0')).toContain('Closed on');
    expect(of('site/c0')).toContain('Nobody is named for it');
    for (const { reasons: list } of reasons)
      for (const { ja, en } of list) {
        expect(ja).toMatch(/[ぁ-ん]|[一-龠]/);
        expect(en).not.toMatch(/undefined|NaN/);
      }
  });
});
