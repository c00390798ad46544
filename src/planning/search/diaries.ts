import type { Problem } from '../problem/problem.ts';

/** Somebody is taken from … until (minutes since 1970); with a place: is there in person. */
export interface Entry {
  readonly person: number;
  readonly from: number;
  readonly until: number;
  /** Ordinals of the first and last day */
  readonly firstDay: number;
  readonly lastDay: number;
  /** −1: online or a hearing, no journey */
  readonly place: number;
  readonly travel: readonly (readonly number[])[] | null;
  readonly trip: boolean;
}

/** Everybody's bookings in a draft, with what journeys cost and forbid. */
export class Diaries {
  private readonly of: Entry[][];
  private readonly tripCost: readonly number[];

  constructor(problem: Problem) {
    this.of = problem.people.map(() => []);
    this.tripCost = problem.instance.tripCost;
  }

  entries(person: number): readonly Entry[] {
    return this.of[person]!;
  }

  /** The first booking with which the new one cannot stand, if any */
  obstacle(entry: Entry): Entry | undefined {
    for (const other of this.of[entry.person]!) if (!compatible(entry, other)) return other;
    return undefined;
  }

  fits(entry: Entry): boolean {
    const list = this.of[entry.person]!;
    for (let i = 0; i < list.length; i++) if (!compatible(entry, list[i]!)) return false;
    return true;
  }

  add(entry: Entry): void {
    this.of[entry.person]!.push(entry);
  }

  remove(entry: Entry): void {
    const list = this.of[entry.person]!;
    const index = list.lastIndexOf(entry);
    const last = list.pop()!;
    if (last !== entry) list[index] = last;
  }

  /**
   * What trips cost more (or less) with this entry, which is not in the diary: its own, unless an earlier trip brought the person
   * there that day or the day before, less those of later ones that now need none.
   */
  tripDifference(entry: Entry): number {
    if (entry.place < 0 || !entry.trip) return 0;
    const list = this.of[entry.person]!;
    const price = this.tripCost[entry.place]!;
    let there = false;
    let spared = 0;
    for (const other of list) {
      if (other.place !== entry.place || !other.trip) continue;
      if (brings(other, entry)) there = true;
      else if (brings(entry, other) && !broughtThere(list, other)) spared++;
    }
    return (there ? 0 : price) - spared * price;
  }
}

/** Free days that a journey takes; −1: none of the two seats asks for any. */
function freeDays(a: Entry, b: Entry, from: number, to: number): number {
  const first = a.travel ? a.travel[from]![to]! : -1;
  const second = b.travel ? b.travel[from]![to]! : -1;
  return first > second ? first : second;
}

export function compatible(a: Entry, b: Entry): boolean {
  if (a.from < b.until && b.from < a.until) return false;
  if (a.place < 0 || b.place < 0 || a.place === b.place) return true;
  return a.from < b.from
    ? b.firstDay - a.lastDay - 1 >= freeDays(a, b, a.place, b.place)
    : a.firstDay - b.lastDay - 1 >= freeDays(a, b, b.place, a.place);
}

const brings = (before: Entry, after: Entry): boolean =>
  before.place === after.place && before.trip && before.until <= after.from && after.firstDay - before.lastDay <= 1;

function broughtThere(list: readonly Entry[], entry: Entry): boolean {
  for (const other of list) if (brings(other, entry)) return true;
  return false;
}
