import { describe, expect, it } from '@jest/globals';
import type { Instance } from '../../src/planning/instance.ts';
import { readInstance } from '../../src/planning/instance-faults.ts';
import { exitOf, instanceFromJson } from '../../src/planning/plan-file.ts';
import { tinyYear, yearOf } from './instances.ts';

/** The faults of an instance that was changed in one way: path and English sentence */
function faultsOf(
  change: (instance: Instance) => void,
  instance = yearOf({ centres: 3, seed: 1, rich: true }),
): string[] {
  change(instance);
  const result = readInstance(JSON.parse(JSON.stringify(instance)));
  return 'faults' in result ? result.faults.map(({ path, text }) => `${path} ${text.en}`) : [];
}

describe('an instance from a file', () => {
  it.each([
    ['one centre', yearOf({ centres: 1, seed: 1 })],
    ['nine rich centres', yearOf({ centres: 9, seed: 1, rich: true })],
    ['fifty centres', yearOf({ centres: 50, seed: 1 })],
    ['a tiny year', tinyYear(1)],
  ])('is taken as it is: %s', (_, instance) => {
    expect(instanceFromJson(JSON.stringify(instance))).toEqual({ instance });
  });

  it.each<[string, (instance: Instance) => void, string]>([
    ['another format', (i) => (i.format = 'meguri-planning/2' as never), '$.format Expected meguri-planning/1'],
    [
      'an unknown person',
      (i) => (i.meetings[0]!.seats[2] = { id: 'director', tentative: 1, person: 'nobody' }),
      '$.meetings[0].seats[2].person There is no “nobody”',
    ],
    ['a negative cost', (i) => (i.tripCost[0] = -1), '$.tripCost[0] Too small: at least 0'],
    ['half a cost', (i) => (i.unplaced = 0.5), '$.unplaced Not of the right kind: int is expected'],
    [
      'availability too short',
      (i) => (i.people[3]!.availability = 'ox'),
      '$.people[3].availability Length 2, not 356 (two letters a day)',
    ],
    [
      'wrong letters',
      (i) => (i.people[0]!.availability = 'q'.repeat(356)),
      '$.people[0].availability There are letters other than o, t and x',
    ],
    ['an id twice', (i) => (i.people[1]!.id = i.people[0]!.id), '$.people[1].id “p0” is used twice'],
    [
      'an id with a space',
      (i) => (i.limits[0]!.id = 'a b'),
      '$.limits[0].id Only letters, digits and . / _ - may be used',
    ],
    ['__proto__ as an id', (i) => (i.limits[0]!.id = '__proto__'), '$.limits[0].id “__proto__” cannot be used'],
    ['toString as an id', (i) => (i.loads[0]!.id = 'toString'), '$.loads[0].id “toString” cannot be used'],
    [
      'toString as a cost',
      (i) => (i.panels[0]!.candidates[0]!.costs = { toString: 1 } as never),
      '$.panels[0].candidates[0].costs.toString The name “toString” cannot be used',
    ],
    ['a day that does not exist', (i) => (i.days[0]!.date = '2026-02-30'), '$.days[0].date There is no such day'],
    ['days out of order', (i) => i.days.reverse(), '$.days[1].date The days are not in ascending order'],
    ['an unknown zone', (i) => (i.zone = 'Asia/Nowhere'), '$.zone This time zone is not known'],
    [
      'a window that ends before it begins',
      (i) => (i.meetings[1]!.to = i.meetings[1]!.from - 1),
      '$.meetings[1].to The window ends before it begins',
    ],
    [
      'a day outside the calendar',
      (i) => i.meetings[1]!.closed.push(9_999),
      `$.meetings[1].closed[${yearOf({ centres: 3, seed: 1, rich: true }).meetings[1]!.closed.length}] There is no day 9999`,
    ],
    [
      'an unknown travel',
      (i) => (i.meetings[0]!.seats[0]!.travel = 'rocket'),
      '$.meetings[0].seats[0].travel There is no travel “rocket”',
    ],
    [
      'a seat of two kinds',
      (i) => ((i.meetings[0]!.seats[0] as never as { person: string }).person = 'p0'),
      '$.meetings[0].seats[0] Exactly one of person, oneOf, assigned, panel is expected',
    ],
    [
      'a load on an unknown seat',
      (i) => i.loads[0]!.of.push('site/c0 driver'),
      '$.loads[0].of[3] There is no “site/c0 driver”',
    ],
    [
      'slots that overlap',
      (i) => (i.conferences[0]!.slots[1]!.at = '09:10'),
      '$.conferences[0].slots[1] It overlaps another slot',
    ],
    [
      'a slot over noon',
      (i) => (i.conferences[0]!.slots[0] = { at: '12:00', minutes: 45 }),
      '$.conferences[0].slots[0] It runs over 12:30',
    ],
    [
      'a lock on nothing',
      (i) => i.locks.push({ meeting: 'site/c99', start: 0 }),
      '$.locks[0].meeting There is no “site/c99”',
    ],
    [
      'locks that contradict',
      (i) => i.locks.push({ meeting: 'site/c0', start: 4 }, { meeting: 'site/c0', start: 6 }),
      '$.locks[1].start This contradicts locks[0]',
    ],
    [
      'an officer fixed twice, once by a seat',
      (i) => i.locks.push({ assignment: 'officer/c0', person: 'p0' }, { meeting: 'site/c0', seats: { officer: 'p1' } }),
      '$.locks[1].seats.officer This contradicts locks[0]',
    ],
    [
      'two hearings fixed in one slot',
      (i) => i.locks.push({ hearing: 'hearing/c0', day: 90, slot: 1 }, { hearing: 'hearing/c1', day: 90, slot: 1 }),
      '$.locks[1].slot This contradicts locks[0]',
    ],
    [
      'a hearing fixed outside its conference',
      (i) => i.locks.push({ conference: 'committee/t0', day: 90 }, { hearing: 'hearing/c0', day: 95, slot: 1 }),
      '$.locks[1].day This contradicts locks[0]',
    ],
    [
      'a lock on a panel’s seat',
      (i) => i.locks.push({ meeting: 'site/c0', seats: { 'working-group': 'p0' } }),
      '$.locks[0].seats["working-group"] There is no seat “working-group” for one person',
    ],
    [
      'a lock of no kind',
      (i) => i.locks.push({} as never),
      '$.locks[0] Exactly one of meeting, assignment, panel, conference, hearing is expected',
    ],
  ])('is refused with %s', (_, change, expected) => {
    expect(faultsOf(change)).toContain(expected);
  });

  it('has every fault named at once, of form and of content', () => {
    const faults = faultsOf((i) => {
      i.tripCost[0] = -5;
      i.meetings[1]!.place = 99;
      i.people[0]!.availability = '';
      (i.assignments[0]!.candidates as unknown) = 'nobody';
    });
    expect(new Set(faults.map((fault) => fault.split(' ')[0]!))).toEqual(
      new Set(['$.assignments[0].candidates', '$.meetings[1].place', '$.people[0].availability', '$.tripCost[0]']),
    );
  });

  it('of a million meetings is refused at once', () => {
    const instance = yearOf({ centres: 1, seed: 1 });
    instance.meetings = Array.from({ length: 1_000_000 }, () => instance.meetings[0]!);
    const result = readInstance(instance);
    expect('faults' in result && result.faults.map(({ path }) => path)).toEqual(['$.meetings']);
  });

  it.each([['not JSON'], ['[]'], ['null'], ['3'], ['{"__proto__": {"days": []}}']])('that is %s is refused', (json) => {
    const result = instanceFromJson(json);
    expect('faults' in result && result.faults.length).toBeGreaterThan(0);
    expect(({} as { days?: unknown }).days).toBeUndefined();
  });

  it('says its faults in Japanese too, and no more than can be read', () => {
    const instance = yearOf({ centres: 9, seed: 1 });
    for (const person of instance.people) person.id = 'x y';
    for (const meeting of instance.meetings) for (const seat of meeting.seats) seat.tentative = -1;
    for (let i = 0; i < 2_000; i++) instance.locks.push({ meeting: 'none', start: 1 });
    const result = readInstance(instance);
    const faults = 'faults' in result ? result.faults : [];
    expect(faults).toHaveLength(1_001);
    expect(faults.at(-1)!.text.en).toMatch(/^And \d+ more$/);
    for (const { text } of faults) expect(text.ja).toMatch(/[ぁ-ん]|[一-龠]/);
  });
});

describe('the end of a run', () => {
  it('tells scripts whether all is decided, something is not, or somebody stopped it', () => {
    const plan = {} as never;
    expect(exitOf({ plan, unplaced: [] }, false)).toBe(0);
    expect(exitOf({ plan, unplaced: [{}] }, false)).toBe(3);
    expect(exitOf({ plan, unplaced: [{}] }, true)).toBe(130);
  });
});
