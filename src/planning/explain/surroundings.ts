import type { Instance, Plan } from '../instance.ts';
import { undecidedIn } from './conflict.ts';
import { unitsOf, type Unit } from './units.ts';

/** What is looked at together */
export interface Around {
  /** What could not be decided: the rest is around it */
  readonly seeds: ReadonlySet<string>;
  /** Centres that are looked at with each seed */
  readonly reach: number;
  /** Conferences with all their hearings: these compete for its slots */
  readonly conferences: ReadonlySet<string>;
}

/** Which things have to do with which: a centre's year is one unit, and each unit knows which others compete for its people. */
export class Surroundings {
  readonly standing: Plan;
  private readonly instance: Instance;
  private readonly units: readonly Unit[];

  /** @param standing the best plan so far */
  constructor(instance: Instance, standing: Plan) {
    this.instance = instance;
    this.standing = standing;
    this.units = unitsOf(instance);
  }

  undecided(plan: Plan): string[] {
    return undecidedIn(this.instance, plan);
  }

  /** The units of these things and those nearest to them */
  around({ seeds, reach, conferences }: Around): Set<string> {
    const ids = new Set(seeds);
    for (const { id: conference, hearings } of this.instance.conferences)
      if (conferences.has(conference)) for (const { id } of hearings) ids.add(id);
    for (const seed of seeds)
      for (const g of nearest(this.units, seed).slice(0, reach)) {
        const { own, hearings } = this.units[g]!;
        for (const id of own) ids.add(id);
        for (const id of hearings) ids.add(id);
      }
    return ids;
  }

  /** The conference of a hearing */
  conferenceOf(id: string): string | undefined {
    return this.instance.conferences.find(({ hearings }) => hearings.some((hearing) => hearing.id === id))?.id;
  }

  /** Neighbours: something in these units competes with it. */
  areNear(seeds: ReadonlySet<string>, id: string): boolean {
    const own = indexOf(this.units, id);
    return [...seeds].some((seed) => {
      const g = indexOf(this.units, seed);
      return g === own || this.units[g]!.related.slice(0, NEAR).includes(own);
    });
  }
}

/** So many of the closest units are neighbours. */
const NEAR = 4;

const indexOf = (units: readonly Unit[], id: string): number =>
  Math.max(
    0,
    units.findIndex(({ own, hearings }) => own.includes(id) || hearings.includes(id)),
  );

/** All units, those first that have most to do with the one of `id` */
export function nearest(units: readonly Unit[], id: string): number[] {
  const own = indexOf(units, id);
  return [...new Set([own, ...units[own]!.related, ...units.keys()])];
}
