import type { Instance, Plan } from '../../src/planning/instance.ts';
import { Random } from '../../src/planning/search/random.ts';
import { makeInstance } from './yardstick/generate.mjs';

/** A made-up year from the yardstick's generator */
export const yearOf = (options: Parameters<typeof makeInstance>[0]): Instance => makeInstance(options);

/** Any plan, most of it wrong: `wild` from 0 (candidates only) to 1 (anybody anywhere) */
export function anyPlan(instance: Instance, random: Random, wild: number): Plan {
  const anybody = () => random.pick(instance.people).id;
  const one = (choices: readonly { person: string }[]) =>
    random.next() < wild ? anybody() : random.pick(choices).person;
  const plan: Plan = {
    format: 'meguri-plan/1',
    instance: instance.name,
    meetings: {},
    assignments: {},
    panels: {},
    conferences: {},
    hearings: {},
  };
  for (const { id, candidates } of instance.assignments)
    plan.assignments[id] = random.next() < 0.1 || !candidates.length ? null : one(candidates);
  for (const { id, candidates, min, max } of instance.panels) {
    const members = Array.from({ length: min + random.below(max - min + 1) }, () => random.pick(candidates).person);
    plan.panels[id] = random.next() < 0.1 ? null : random.next() < wild ? members : [...new Set(members)];
  }
  for (const meeting of instance.meetings) {
    const seats: Record<string, string> = {};
    const attending: Record<string, string[]> = {};
    for (const seat of meeting.seats) {
      if ('oneOf' in seat && random.next() > wild * 0.3) seats[seat.id] = one(seat.oneOf);
      if ('panel' in seat) {
        const here = (plan.panels[seat.panel] ?? []).filter(() => random.next() < 0.8);
        attending[seat.id] = random.next() < wild ? [...here, anybody()] : here;
      }
    }
    const day = meeting.from + random.below(meeting.to - meeting.from + 1);
    const astray = random.next() < wild * 0.2;
    const start = astray ? random.below(instance.days.length * 2 + 10) - 5 : 2 * day + random.below(2);
    const online = random.next() < 0.2 ? { online: true } : {};
    plan.meetings[meeting.id] = random.next() < 0.1 ? null : { start, seats, attending, ...online };
  }
  for (const conference of instance.conferences) {
    const day = random.next() < 0.05 ? null : conference.from + random.below(conference.to - conference.from + 1);
    plan.conferences[conference.id] = day === null ? null : { day };
    for (const hearing of conference.hearings) {
      const seats: Record<string, string> = {};
      for (const seat of hearing.seats) if ('oneOf' in seat) seats[seat.id] = one(seat.oneOf);
      const slot = random.below(conference.slots.length);
      plan.hearings[hearing.id] =
        day === null || random.next() < 0.1 ? null : { day: day + random.below(conference.dayCount + 1), slot, seats };
    }
  }
  return plan;
}

/** Gives an instance an announced plan, and locks on some of what is in another one. */
export function withLocksAndReference(instance: Instance, random: Random): void {
  instance.reference = anyPlan(instance, random, 0.2);
  const plan = anyPlan(instance, random, 0);
  for (const meeting of instance.meetings) {
    const at = plan.meetings[meeting.id];
    if (at && random.next() < 0.2) instance.locks.push({ meeting: meeting.id, start: at.start, seats: at.seats });
  }
  for (const { id, candidates } of instance.assignments)
    if (random.next() < 0.2) instance.locks.push({ assignment: id, person: random.pick(candidates).person });
  for (const { id } of instance.panels)
    if (random.next() < 0.2) instance.locks.push({ panel: id, people: plan.panels[id] ?? [] });
  for (const { id, from } of instance.conferences) instance.locks.push({ conference: id, day: from + 2 });
}

/** A year so small that every plan of it can be tried */
export function tinyYear(seed: number): Instance {
  const random = new Random(seed);
  const letters = (x: number) =>
    Array.from({ length: 8 }, () => (random.next() < x ? 'x' : random.next() < 0.3 ? 't' : 'o')).join('');
  const people = ['pd', 'deputy', 'director', 'po1', 'po2', 'w1', 'w2', 'w3'].map((id) => ({
    id,
    availability: letters(id.startsWith('w') ? 0.3 : 0.2),
  }));
  const lead = {
    id: 'lead',
    oneOf: [
      { person: 'pd', costs: {} },
      { person: 'deputy', costs: { 'stand-in': 3 } },
    ],
    tentative: 2,
    travel: 'lead',
    trip: true,
    change: 2,
  };
  const officer = { id: 'officer', assigned: 'officer/c1', tentative: 1, travel: 'lead' };
  const change = { moved: 3, perDay: 1, perDayMost: 2, mode: 2 };
  const online = random.next() < 0.6 ? { online: { cost: 4 } } : {};
  const group = {
    id: 'working-group',
    panel: 'working-group/c1',
    atLeast: 1,
    percent: 60,
    absent: 3,
    tentative: 1,
    ...(random.next() < 0.5 ? { tagged: { tag: 'overseas', missing: 4 } } : {}),
  };
  const director = { id: 'director', person: 'director', tentative: 2 };
  const meeting = (id: string, place: number, halfDays: number, startsIn: 'morning' | 'either', more: object[]) => ({
    id,
    kind: 'site',
    unit: 'c1',
    place,
    halfDays,
    startsIn,
    from: 0,
    to: 3,
    closed: random.next() < 0.3 ? [random.below(4)] : [],
    ...online,
    seats: [lead, officer, director, ...more],
    change,
  });
  return {
    format: 'meguri-planning/1',
    name: `tiny-${seed}`,
    zone: 'Asia/Tokyo',
    days: ['2026-07-09', '2026-07-10', '2026-07-13', '2026-07-14'].map((date) => ({ date })),
    places: ['tohoku', 'kanto'],
    travel: {
      lead: [
        [0, 1],
        [1, 0],
      ],
    },
    tripCost: [2, 3],
    people,
    meetings: [
      meeting('site/c1', random.below(2), 2, 'morning', [group]),
      meeting('pdpo/c1', random.below(2), 1, 'either', []),
    ] as Instance['meetings'],
    assignments: [
      {
        id: 'officer/c1',
        unit: 'c1',
        candidates: [
          { person: 'po1', costs: { expertise: 2 } },
          { person: 'po2', costs: { continuity: random.below(5) } },
        ],
        change: 3,
      },
    ],
    panels: [
      {
        id: 'working-group/c1',
        unit: 'c1',
        candidates: ['w1', 'w2', 'w3'].map((person, i) => ({
          person,
          costs: { expertise: random.below(4) },
          covers: i === 2 ? ['area-1', 'area-2'] : [`area-${1 + random.below(2)}`],
          tags: i === 1 ? ['overseas'] : [],
        })),
        min: 1,
        max: 2,
        target: 2,
        short: 3,
        needs: ['area-1'],
        previous: ['w1'],
        dropped: 2,
        change: 2,
      },
    ],
    loads: [{ id: 'lead', of: ['site/c1 lead', 'pdpo/c1 lead'], most: 2, cost: [0, 0, random.below(4)] }],
    limits: [{ id: 'week', meetings: ['site/c1', 'pdpo/c1'], per: 'week', most: 2, cost: [0, 0, random.below(4)] }],
    conferences: [],
    unplaced: 30,
    locks: [],
    reference: null,
  };
}

/** Every plan of a tiny year, or at least one as good as any that is left out */
export function* everyPlan(instance: Instance): Generator<Plan> {
  const [site, pdpo] = instance.meetings as [Instance['meetings'][0], Instance['meetings'][0]];
  const { candidates } = instance.panels[0]!;
  const panels = subsets(candidates.map((c) => c.person)).filter((list) => list.length >= 1 && list.length <= 2);
  const leads = ['pd', 'deputy'];
  const modes = site.online ? [false, true] : [false];
  for (const holder of [null, 'po1', 'po2'])
    for (const panel of [null, ...panels]) {
      const attendances = panel ? subsets(panel) : [];
      const sites = [null, ...combine([0, 2, 4, 6], modes, leads, attendances)];
      const pdpos = [null, ...combine([0, 1, 2, 3, 4, 5, 6, 7], modes, leads, [[]])];
      for (const a of holder && panel ? sites : [null])
        for (const b of holder ? pdpos : [null])
          yield {
            format: 'meguri-plan/1',
            instance: instance.name,
            assignments: { 'officer/c1': holder },
            panels: { 'working-group/c1': panel },
            meetings: { [site.id]: a, [pdpo.id]: b },
            conferences: {},
            hearings: {},
          };
    }
}

function combine(starts: number[], modes: boolean[], leads: string[], attendances: string[][]) {
  return starts.flatMap((start) =>
    modes.flatMap((online) =>
      leads.flatMap((lead) =>
        attendances.map((here) => ({ start, online, seats: { lead }, attending: { 'working-group': here } })),
      ),
    ),
  );
}

const subsets = (list: string[]): string[][] =>
  list.reduce<string[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]);
