import type { Problem } from '../problem/problem.ts';

/** Taken from … until (minutes since 1970); with a place: is there in person. The same for everybody in such a seat. */
export interface Span {
  /** −1: a hearing */
  readonly meeting: number;
  readonly from: number;
  readonly until: number;
  /** First and last day, as indexes of the calendar and as days since 1970 */
  readonly first: number;
  readonly last: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** −1: online or a hearing, no journey */
  readonly place: number;
  readonly travel: readonly (readonly number[])[] | null;
  readonly trip: boolean;
}

/** Everybody's bookings in a draft, with what journeys cost and forbid. Looked up by day, so that a full diary costs no more to read. */
export class Diaries {
  /** by person, by day: as long as is ever asked for, made with the first booking */
  private readonly of: ((Span[] | undefined)[] | undefined)[];
  private readonly length: number;
  private readonly tripCost: readonly number[];
  /** Days to both sides within which two bookings can have to do with one another */
  private readonly reach: number;

  constructor(problem: Problem) {
    this.of = problem.people.map(() => undefined);
    this.tripCost = problem.instance.tripCost;
    this.reach = [...problem.travel.values()].flat(2).reduce((most, days) => Math.max(most, days), 0);
    this.length = problem.calendar.dayCount + Math.max(1, this.reach);
  }

  /** The bookings with which the new one cannot stand */
  obstacles(person: number, entry: Span): Span[] {
    const found = new Set<Span>();
    const days = this.of[person];
    if (!days) return [];
    for (let day = Math.max(0, entry.first - this.reach); day <= entry.last + this.reach; day++)
      for (const other of days[day] ?? []) if (!compatible(entry, other)) found.add(other);
    return [...found];
  }

  fits(person: number, entry: Span): boolean {
    const days = this.of[person];
    if (!days) return true;
    const end = entry.last + this.reach;
    for (let day = Math.max(0, entry.first - this.reach); day <= end; day++) {
      const list = days[day];
      if (list) for (let i = 0; i < list.length; i++) if (!compatible(entry, list[i]!)) return false;
    }
    return true;
  }

  add(person: number, entry: Span): void {
    const days = (this.of[person] ??= new Array<Span[] | undefined>(this.length).fill(undefined));
    for (let day = entry.first; day <= entry.last; day++) {
      const list = days[day];
      if (list) list.push(entry);
      else days[day] = [entry];
    }
  }

  remove(person: number, entry: Span): void {
    const days = this.of[person]!;
    for (let day = entry.first; day <= entry.last; day++) {
      const list = days[day]!;
      if (list.length === 1) days[day] = undefined;
      else list.splice(list.indexOf(entry), 1);
    }
  }

  /**
   * What trips cost more (or less) with this entry, which is not in the diary: its own, unless an earlier trip brought the person
   * there that day or the day before, less those of later ones that now need none.
   */
  tripDifference(person: number, entry: Span): number {
    if (entry.place < 0 || !entry.trip) return 0;
    const days = this.of[person];
    const price = this.tripCost[entry.place]!;
    if (!days) return price;
    let there = false;
    let spared = 0;
    const begin = Math.max(0, entry.first - 1);
    for (let day = begin; day <= entry.last + 1; day++) {
      const list = days[day];
      if (!list) continue;
      for (const other of list) {
        if (other.place !== entry.place || !other.trip || day !== Math.max(begin, other.first)) continue;
        if (brings(other, entry)) there = true;
        else if (brings(entry, other) && !this.broughtThere(person, other)) spared++;
      }
    }
    return (there ? 0 : price) - spared * price;
  }

  private broughtThere(person: number, entry: Span): boolean {
    const days = this.of[person]!;
    for (let day = Math.max(0, entry.first - 1); day <= entry.first; day++)
      for (const other of days[day] ?? []) if (brings(other, entry)) return true;
    return false;
  }
}

/** Free days that a journey takes; −1: none of the two seats asks for any. */
function freeDays(a: Span, b: Span, from: number, to: number): number {
  const first = a.travel ? a.travel[from]![to]! : -1;
  const second = b.travel ? b.travel[from]![to]! : -1;
  return first > second ? first : second;
}

function compatible(a: Span, b: Span): boolean {
  if (a.from < b.until && b.from < a.until) return false;
  if (a.place < 0 || b.place < 0 || a.place === b.place) return true;
  return a.from < b.from
    ? b.firstDay - a.lastDay - 1 >= freeDays(a, b, a.place, b.place)
    : a.firstDay - b.lastDay - 1 >= freeDays(a, b, b.place, a.place);
}

const brings = (before: Span, after: Span): boolean =>
  before.place === after.place && before.trip && before.until <= after.from && after.firstDay - before.lastDay <= 1;
