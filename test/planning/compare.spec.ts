import { describe, expect, it } from '@jest/globals';
import { text } from '../../src/kernel/text.ts';
import { comparePlans } from '../../src/planning/compare.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { compile } from '../../src/planning/problem/compile.ts';
import { byPercents, repriced } from '../../src/planning/repriced.ts';
import { judge } from '../../src/planning/rules/judge.ts';
import { planOf } from '../../src/planning/search/plan-of.ts';
import { Random } from '../../src/planning/search/random.ts';
import { greedy } from '../../src/planning/search/search.ts';
import { anyPlan, yearOf } from './instances.ts';

const instance = yearOf({ centres: 4, seed: 1, rich: true });
const plan = planOf(greedy(compile(instance)));
const copy = (change: (plan: Plan, instance: Instance) => void): { instance: Instance; plan: Plan } => {
  const made = structuredClone({ instance, plan });
  change(made.plan, made.instance);
  return made;
};
const [first] = instance.meetings.filter(({ id }) => plan.meetings[id]);
const id = first!.id;
const kinds = (other: { instance: Instance; plan: Plan }, of: string) =>
  comparePlans({ instance, plan }, other)
    .differences.filter((one) => one.of === of)
    .map(({ kind }) => kind);

describe('two plans side by side', () => {
  it('have no difference where they are the same', () => {
    const { differences, cost } = comparePlans({ instance, plan }, { instance, plan: structuredClone(plan) });
    expect(differences).toEqual([]);
    expect(cost[0]).toBe(cost[1]);
  });

  it.each([1, 2, 3, 4, 5])('differ by what the single differences cost, whatever they are (%i)', (seed) => {
    const random = new Random(seed);
    const dearer = repriced(instance, byPercents({ trip: 250, tentative: 0, load: 33 }));
    for (let n = 0; n < 20; n++) {
      const a = { instance, plan: anyPlan(instance, random, 0) };
      const b = { instance: n % 2 ? instance : dearer, plan: anyPlan(instance, random, 0) };
      const { cost, differences, parts } = comparePlans(a, b);
      expect(cost).toEqual([a, b].map((one) => judge(compile(one.instance), one.plan).cost));
      expect(differences.reduce((sum, one) => sum + one.cost, 0)).toBe(cost[1] - cost[0]);
      for (const one of differences) expect(one.parts.reduce((sum, part) => sum + part.cost, 0)).toBe(one.cost);
      expect(parts.reduce((sum, part) => sum + part.cost[1] - part.cost[0], 0)).toBe(cost[1] - cost[0]);
    }
  });

  it('say the kind of each difference, with both sides in words', () => {
    const moved = copy((other) => (other.meetings[id]!.start += 4));
    const [difference] = comparePlans(
      { instance, plan },
      moved,
      new Map([[id, text('現地視察', 'Site visit')]]),
    ).differences;
    expect(difference).toMatchObject({ of: id, title: text('現地視察', 'Site visit'), kind: 'day' });
    expect(difference!.was.ja).toMatch(/午[前後]$/);
    expect(difference!.is.en).toMatch(/(morning|afternoon)$/);
    expect(
      kinds(
        copy((other) => (other.meetings[id]!.start ^= 1)),
        id,
      ),
    ).toEqual(['half-day']);
    expect(
      kinds(
        copy((other) => (other.meetings[id] = null)),
        id,
      ),
    ).toEqual(['decided']);
    expect(
      kinds(
        copy((other) => (other.meetings[id]!.online = !other.meetings[id]!.online)),
        id,
      ),
    ).toEqual(['mode']);
    const [assignment] = instance.assignments;
    const another = assignment!.candidates.find(({ person }) => person !== plan.assignments[assignment!.id])!.person;
    expect(
      kinds(
        copy((other) => (other.assignments[assignment!.id] = another)),
        assignment!.id,
      ),
    ).toEqual(['assignment']);
    const [panel] = instance.panels;
    expect(
      kinds(
        copy((other) => other.panels[panel!.id]!.pop()),
        panel!.id,
      ),
    ).toEqual(['panel']);
    const [conference] = instance.conferences;
    expect(
      kinds(
        copy((other) => (other.conferences[conference!.id]!.day += 1)),
        conference!.id,
      ),
    ).toEqual(['conference']);
    const hearing = conference!.hearings[0]!.id;
    expect(
      kinds(
        copy((other) => (other.hearings[hearing]!.slot ^= 1)),
        hearing,
      ),
    ).toEqual(['hearing']);
  });

  it('name those who come and those who leave, and nobody else', () => {
    const seat = Object.keys(plan.meetings[id]!.attending)[0]!;
    const gone = plan.meetings[id]!.attending[seat]![0]!;
    const other = copy((changed) => changed.meetings[id]!.attending[seat]!.shift());
    const [difference] = comparePlans({ instance, plan }, other).differences.filter(({ kind }) => kind === 'people');
    const name = instance.people.find((person) => person.id === gone)!.name!;
    expect(difference).toMatchObject({ was: { ja: name }, is: text('なし', 'none') });
  });

  it('compare days as dates where the calendars differ, and find what only one year has', () => {
    const other = copy((changed, of) => {
      of.days.unshift({ date: '2020-01-06' });
      for (const person of of.people) person.availability = `oo${person.availability}`;
      for (const item of [...of.meetings, ...of.conferences]) {
        item.from += 1;
        item.to += 1;
        item.closed = item.closed.map((day) => day + 1);
      }
      for (const at of Object.values(changed.meetings)) if (at) at.start += 2;
      for (const at of Object.values(changed.conferences)) if (at) at.day += 1;
      for (const at of Object.values(changed.hearings)) if (at) at.day += 1;
      of.meetings = of.meetings.filter((meeting) => meeting.id !== id);
      delete changed.meetings[id];
    });
    const { differences } = comparePlans({ instance, plan }, other);
    expect(differences.filter(({ kind }) => kind !== 'follows').map(({ of, kind }) => [of, kind])).toEqual([
      [id, 'only-one'],
    ]);
  });

  it('say of what is decided alike that its cost follows from something else', () => {
    const other = { instance: repriced(instance, byPercents({ trip: 300 })), plan };
    const { differences } = comparePlans({ instance, plan }, other);
    expect(new Set(differences.map(({ kind }) => kind))).toEqual(new Set(['follows']));
    expect(new Set(differences.flatMap(({ parts }) => parts.map(({ part }) => part)))).toEqual(new Set(['trip']));
  });
});
