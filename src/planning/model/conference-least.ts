import {
  CANNOT,
  IF_NEED_BE,
  type Problem,
  type ProblemConference,
  type ProblemHearing,
  type ProblemSeat,
} from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import { cheapestAssignment } from '../search/hungarian.ts';

/** Choice and △ of one person in one half day; undefined: they cannot */
export function personCost(problem: Problem, seat: ProblemSeat, person: number, half: number): number | undefined {
  const state = problem.can[person]![half]!;
  if (state === CANNOT) return undefined;
  const choice = seat.kind === 'oneOf' ? seat.choices.find((c) => c.person === person)!.cost : 0;
  return choice + (state === IF_NEED_BE ? seat.tentative : 0);
}

/** The least that a session costs, people in `chosen` seats aside; undefined: it is impossible */
export function leastHearingCost(
  problem: Problem,
  conference: ProblemConference,
  hearing: ProblemHearing,
  { day, slot }: { readonly day: number; readonly slot: number },
  chosen: readonly ProblemSeat[],
  isBusy: (person: number) => boolean,
): number | undefined {
  const half = 2 * day + conference.slots[slot]!.half;
  const { announced } = hearing;
  const moved = announced.day >= 0 && (announced.day !== day || announced.slot !== slot);
  let cost = moved ? hearing.change : 0;
  for (const seat of hearing.seats) {
    const people = candidatesOf(problem, seat).filter((p) => seat.locked < 0 || seat.locked === p);
    const costs = people.map((p) => personCost(problem, seat, p, half)).filter((c) => c !== undefined);
    if (!costs.length) return undefined;
    if (!chosen.includes(seat)) cost += Math.min(...costs);
  }
  const at = (day - conference.presenceFrom) * conference.slots.length + slot;
  const seated = new Set(hearing.seats.flatMap((seat) => (seat.kind === 'person' ? [seat.person] : [])));
  const inSeats = new Set(hearing.seats.flatMap((seat) => candidatesOf(problem, seat)));
  let there = 0;
  for (const [m, { person, required }] of conference.members.entries()) {
    if (hearing.recused[m]) continue;
    const state = seated.has(person) ? CANNOT : conference.presence[m]![at]!;
    if (state === CANNOT && required) return undefined;
    const present = state === IF_NEED_BE ? conference.tentative : 0;
    const maybeAway = isBusy(person) || inSeats.has(person) || problem.conferences.length > 1;
    cost += state === CANNOT ? conference.absent : maybeAway ? Math.min(present, conference.absent) : present;
    if (state !== CANNOT) there++;
  }
  return there < conference.quorum ? undefined : cost;
}

/**
 * What a conference costs at least by its first day, its hearings in the cheapest slots (as an assignment), everybody in a seat who costs
 * least there; Infinity: it cannot be. What visits, officers, loads and other conferences take from it is left aside.
 * @param open what an undecided hearing costs; locked ones may not be undecided
 */
export function costsByFirstDay(
  problem: Problem,
  conference: ProblemConference,
  isBusy: (person: number) => boolean,
  open: number,
): Map<number, number> {
  const hearings = conference.hearings.map((h) => problem.hearings[h]!);
  const slots = conference.slots.length;
  const known = new Map<number, Float64Array>();
  const costsOn = (day: number): Float64Array => {
    let costs = known.get(day);
    if (!costs) {
      costs = Float64Array.from({ length: hearings.length * slots }, (_, k) => {
        const hearing = hearings[Math.floor(k / slots)]!;
        const slot = k % slots;
        if (hearing.locked && (hearing.locked.day !== day || hearing.locked.slot !== slot)) return Infinity;
        return leastHearingCost(problem, conference, hearing, { day, slot }, [], isBusy) ?? Infinity;
      });
      known.set(day, costs);
    }
    return costs;
  };
  return new Map(
    conference.firstDays.map(({ day, cost }) => {
      const matrix = hearings.map(({ locked }, h) => {
        const row = new Float64Array(conference.dayCount * slots + hearings.length).fill(locked ? Infinity : open);
        for (let d = 0; d < conference.dayCount; d++)
          row.set(costsOn(day + d).subarray(h * slots, (h + 1) * slots), d * slots);
        return row;
      });
      const columns = hearings.length ? cheapestAssignment(matrix) : new Int32Array(0);
      return [day, columns ? columns.reduce((sum, column, h) => sum + matrix[h]![column]!, cost) : Infinity];
    }),
  );
}
