import type { Instance, Plan } from '../../src/planning/instance.ts';
import { Random } from '../../src/planning/search/random.ts';

/** Days around which clocks change in Europe (25 October), in America (1 November), and none of it */
const weeks = {
  europe: ['2026-10-22', '2026-10-23', '2026-10-26', '2026-10-27'],
  america: ['2026-10-29', '2026-10-30', '2026-11-02', '2026-11-03'],
  summer: ['2026-07-07', '2026-07-08', '2026-07-09', '2026-07-10'],
};

/**
 * One visit and one conference with two hearings, so small that every plan can be tried: one of the members must be there, one joins
 * from abroad, one leads the visit, and one is recused from a hearing.
 */
export function tinyConference(seed: number, week: keyof typeof weeks): Instance {
  const random = new Random(seed);
  const letters = (x: number) =>
    Array.from({ length: 8 }, () => (random.next() < x ? 'x' : random.next() < 0.3 ? 't' : 'o')).join('');
  const abroad = { europe: 'Europe/Berlin', america: 'America/New_York', summer: 'America/Los_Angeles' }[week];
  const person = (id: string, x: number, zone?: string) => ({
    id,
    availability: letters(x),
    ...(zone ? { zone } : {}),
  });
  const officer = { id: 'officer', assigned: 'officer/c1', tentative: 1 };
  const hearing = (id: string, recused: string[], days: number) => ({
    id,
    unit: 'c1',
    recused,
    seats: [
      officer,
      {
        id: 'executive',
        oneOf: [
          { person: 'e1', costs: { rank: 0 } },
          { person: 'e2', costs: { rank: 2 } },
        ],
        tentative: 1,
      },
    ],
    after: [{ meeting: 'site/c1', days }],
    change: 2,
  });
  return {
    format: 'meguri-planning/1',
    name: `tiny-conference-${week}-${seed}`,
    zone: 'Asia/Tokyo',
    days: weeks[week].map((date) => ({ date })),
    places: ['tohoku'],
    travel: { lead: [[0]] },
    tripCost: [2],
    people: [
      person('pd', 0.2),
      person('deputy', 0.2),
      person('po1', 0.2),
      person('po2', 0.2),
      person('e1', 0.3),
      person('e2', 0.3),
      person('chair', 0.2),
      person('member-abroad', 0.1, abroad),
    ],
    meetings: [
      {
        id: 'site/c1',
        kind: 'site',
        unit: 'c1',
        place: 0,
        halfDays: 1,
        startsIn: 'either',
        from: 0,
        to: 3,
        closed: [],
        seats: [
          {
            id: 'lead',
            oneOf: [
              { person: 'pd', costs: {} },
              { person: 'deputy', costs: { 'stand-in': 3 } },
            ],
            tentative: 2,
            travel: 'lead',
            trip: true,
          },
          officer,
        ],
        change: { moved: 0, perDay: 0, perDayMost: 0 },
      },
    ],
    assignments: [
      {
        id: 'officer/c1',
        unit: 'c1',
        candidates: [
          { person: 'po1', costs: { expertise: 2 } },
          { person: 'po2', costs: { continuity: random.below(5) } },
        ],
        change: 0,
      },
    ],
    panels: [],
    loads: [{ id: 'executive', of: ['hearing/a executive', 'hearing/b executive'], most: 2, cost: [0, 0, 3] }],
    limits: [],
    conferences: [
      {
        id: 'committee',
        from: 0,
        to: 3,
        closed: random.next() < 0.4 ? [random.below(4)] : [],
        dayCount: 1,
        slots: [
          { at: '06:30', minutes: 60 },
          { at: '11:30', minutes: 60 },
        ],
        members: [{ person: 'chair', required: true }, { person: 'member-abroad', online: true }, { person: 'pd' }],
        quorum: 1 + random.below(2),
        absent: 4,
        tentative: 1,
        hearings: [hearing('hearing/a', [], random.below(3)), hearing('hearing/b', ['chair'], 0)],
        change: 3,
      },
    ],
    unplaced: 40,
    locks: [],
    reference: null,
  };
}

/** Every plan of it */
export function* everyConferencePlan(instance: Instance): Generator<Plan> {
  const visits = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((start) =>
    ['pd', 'deputy'].map((lead) => ({ start, seats: { lead }, attending: {} })),
  );
  const heard = (day: number) =>
    [0, 1].flatMap((slot) => ['e1', 'e2'].map((executive) => ({ day, slot, seats: { executive } })));
  for (const holder of [null, 'po1', 'po2'])
    for (const visit of holder ? [null, ...visits] : [null])
      for (const day of [null, 0, 1, 2, 3])
        for (const a of day === null || !holder ? [null] : [null, ...heard(day)])
          for (const b of day === null || !holder ? [null] : [null, ...heard(day)])
            yield {
              format: 'meguri-plan/1',
              instance: instance.name,
              assignments: { 'officer/c1': holder },
              panels: {},
              meetings: { 'site/c1': visit },
              conferences: { committee: day === null ? null : { day } },
              hearings: { 'hearing/a': a, 'hearing/b': b },
            };
}
