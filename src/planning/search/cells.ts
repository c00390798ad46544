import {
  CANNOT,
  IF_NEED_BE,
  type ProblemConference,
  type ProblemHearing,
  type ProblemSeat,
} from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import type { HearingPlace } from './conference-draft.ts';
import type { Draft } from './draft.ts';

interface Seats {
  readonly people: number[];
  readonly cost: number;
}

export interface Cell {
  readonly cost: number;
  readonly place: HearingPlace;
}

/** What each hearing costs in each slot; worked out when first asked for */
export class Cells {
  private readonly draft: Draft;
  private readonly conference: ProblemConference;
  private readonly hopeful: boolean;
  /** by hearing and slot of the days on which the conference can be; null: impossible */
  private readonly known: (Cell | null | undefined)[] = [];
  private readonly seats: (Seats | null | undefined)[] = [];
  private readonly states: (Uint8Array | undefined)[] = [];

  /** @param hopeful in an empty draft: undecided assignments are taken for whoever suits, visits for early enough if they can be */
  constructor(draft: Draft, conference: ProblemConference, hopeful: boolean) {
    this.draft = draft;
    this.conference = conference;
    this.hopeful = hopeful;
  }

  /** @returns undefined: it cannot be heard there in a conference that begins on the first day */
  at(index: number, firstDay: number, day: number, slot: number): Cell | undefined {
    const hearing = this.draft.problem.hearings[this.conference.hearings[index]!]!;
    if (this.hopeful ? neverSoonEnough(this.draft, hearing, firstDay) : tooSoon(this.draft, hearing, firstDay))
      return undefined;
    const at = this.slotIndex(day, slot) * this.conference.hearings.length + index;
    if (this.known[at] === undefined) this.known[at] = this.cell(hearing, day, slot) ?? null;
    return this.known[at] ?? undefined;
  }

  /** Where nothing is booked yet, all slots of a half day are alike. */
  private seatsAt(hearing: ProblemHearing, day: number, slot: number): Seats | undefined {
    const { draft, conference, hopeful } = this;
    if (!hopeful) return bestSeats(draft, conference, hearing, day, slot, false);
    const at = (2 * day + conference.slots[slot]!.half) * draft.problem.hearings.length + hearing.index;
    if (this.seats[at] === undefined) this.seats[at] = bestSeats(draft, conference, hearing, day, slot, true) ?? null;
    return this.seats[at] ?? undefined;
  }

  private slotIndex(day: number, slot: number): number {
    return (day - this.conference.presenceFrom) * this.conference.slots.length + slot;
  }

  /** by member: whether they can be there, their bookings looked at */
  private membersAt(day: number, slot: number): Uint8Array {
    const { draft, conference } = this;
    const at = this.slotIndex(day, slot);
    const span = draft.conferences.span(conference, day, slot);
    return (this.states[at] ??= Uint8Array.from(conference.members, ({ person }, m) => {
      const state = conference.presence[m]![at]!;
      return state !== CANNOT && draft.diaries.fits(person, span) ? state : CANNOT;
    }));
  }

  private cell(hearing: ProblemHearing, day: number, slot: number): Cell | undefined {
    const { conference } = this;
    if (hearing.locked && (hearing.locked.day !== day || hearing.locked.slot !== slot)) return undefined;
    const seats = this.seatsAt(hearing, day, slot);
    if (!seats) return undefined;
    const members = membersCost(conference, hearing, seats.people, this.membersAt(day, slot));
    if (members === undefined) return undefined;
    const { announced } = hearing;
    const moved = announced.day >= 0 && (announced.day !== day || announced.slot !== slot) ? hearing.change : 0;
    return { cost: seats.cost + members + moved, place: { day, slot, seats: seats.people } };
  }
}

function tooSoon(draft: Draft, hearing: ProblemHearing, firstDay: number): boolean {
  const { ordinal } = draft.problem.calendar;
  return hearing.after.some(({ meeting, days }) => {
    const placement = draft.placement(meeting);
    return placement !== null && ordinal[firstDay]! - ordinal[placement.start.lastDay]! < days;
  });
}

function neverSoonEnough(draft: Draft, hearing: ProblemHearing, firstDay: number): boolean {
  const { calendar, meetings } = draft.problem;
  return hearing.after.some(
    ({ meeting, days }) =>
      meetings[meeting]!.starts.length > 0 &&
      !meetings[meeting]!.starts.some(
        (start) => calendar.ordinal[firstDay]! - calendar.ordinal[start.lastDay]! >= days,
      ),
  );
}

/** Everybody in the seats of a hearing: the cheapest who can, nobody twice */
function bestSeats(
  draft: Draft,
  conference: ProblemConference,
  hearing: ProblemHearing,
  day: number,
  slot: number,
  hopeful: boolean,
): Seats | undefined {
  const half = 2 * day + conference.slots[slot]!.half;
  const span = draft.conferences.span(conference, day, slot);
  const options = hearing.seats.map((seat) =>
    candidates(draft, seat, hopeful)
      .filter((person) => draft.problem.can[person]![half] !== CANNOT && draft.diaries.fits(person, span))
      .filter((person) => draft.tallies.fullLoad(seat.loads, person) < 0)
      .map((person) => ({
        person,
        cost: draft.conferences.personCost(seat, person, half) + draft.tallies.loadDifference(seat.loads, person),
      }))
      .sort((a, b) => a.cost - b.cost),
  );
  if (options.some((list) => !list.length)) return undefined;
  let best: Seats | undefined;
  const chosen: number[] = [];
  const choose = (i: number, cost: number): void => {
    if (best && cost >= best.cost) return;
    if (i === options.length) {
      best = { people: [...chosen], cost };
      return;
    }
    for (const option of options[i]!) {
      if (chosen.includes(option.person)) continue;
      chosen.push(option.person);
      choose(i + 1, cost + option.cost);
      chosen.pop();
    }
  };
  choose(0, 0);
  return best;
}

function candidates(draft: Draft, seat: ProblemSeat, hopeful: boolean): readonly number[] {
  if (seat.kind === 'person') return [seat.person];
  if (seat.kind === 'assigned') {
    const holder = draft.holder[seat.assignment]!;
    if (holder >= 0) return [holder];
    return hopeful ? candidatesOf(draft.problem, seat) : [];
  }
  return seat.choices.map((c) => c.person).filter((person) => seat.locked < 0 || seat.locked === person);
}

/** @returns undefined: no quorum, or somebody required is missing */
function membersCost(
  conference: ProblemConference,
  hearing: ProblemHearing,
  seated: readonly number[],
  states: Uint8Array,
): number | undefined {
  let there = 0;
  let cost = 0;
  for (let m = 0; m < states.length; m++) {
    if (hearing.recused[m]) continue;
    const { person, required } = conference.members[m]!;
    const state = states[m]!;
    if (state === CANNOT || seated.includes(person)) {
      if (required) return undefined;
      cost += conference.absent;
    } else {
      there++;
      if (state === IF_NEED_BE) cost += conference.tentative;
    }
  }
  return there < conference.quorum ? undefined : cost;
}
