import type { Plan } from '../instance.ts';
import { CANNOT, stateOf, type Problem } from '../problem/problem.ts';

export interface Booking {
  /** Minutes since 1970 */
  readonly from: number;
  readonly until: number;
  readonly where: string;
}

/** Who is booked when; a booking is kept even if it meets another one. */
export class Bookings {
  readonly clashes: { person: string; where: string; other: string }[] = [];
  private readonly of = new Map<string, Booking[]>();

  find(person: string, from: number, until: number): Booking | undefined {
    return this.of.get(person)?.find((booking) => from < booking.until && booking.from < until);
  }

  add(person: string, from: number, until: number, where: string): void {
    const other = this.find(person, from, until);
    if (other) this.clashes.push({ person, where, other: other.where });
    const mine = this.of.get(person);
    if (mine) mine.push({ from, until, where });
    else this.of.set(person, [{ from, until, where }]);
  }
}

export function stateOfId(problem: Problem, person: string, from: number, to: number): number {
  const index = problem.personIndex.get(person);
  return index === undefined ? CANNOT : stateOf(problem.can[index]!, from, to);
}

/** Who sits in a seat that is not a panel's */
export function whoSits(
  seat: object & { id: string },
  at: { seats?: Record<string, string> },
  plan: Plan,
): string | null {
  if ('person' in seat) return (seat.person as string | undefined) ?? null;
  if ('assigned' in seat) return plan.assignments?.[seat.assigned as string] ?? null;
  return at.seats?.[seat.id] ?? null;
}
