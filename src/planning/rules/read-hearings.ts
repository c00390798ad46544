import type { Choice, Conference, Hearing, HearingSeat, PlacedHearing, Plan } from '../instance.ts';
import { minutesOf } from '../problem/compile-conferences.ts';
import { wakefulness } from '../problem/own-clock.ts';
import { CAN, CANNOT, DAY, NOON, type Problem } from '../problem/problem.ts';
import { stateOfId, whoSits, type Bookings } from './bookings.ts';

export interface Heard {
  readonly conference: Conference;
  readonly hearing: Hearing;
  readonly at: PlacedHearing;
  /** First day of the conference */
  readonly firstDay: number;
  readonly sittings: readonly { person: string; seat: HearingSeat; where: string; state: number }[];
  readonly choices: readonly { where: string; choice: Choice }[];
  /** Seats with nobody, or somebody who is not a candidate, in them */
  readonly wrong: readonly { where: string; person: string | null }[];
  /** Members who are not recused, and whether they can be there (CANNOT also where they are booked elsewhere) */
  readonly members: readonly { person: string; required: boolean; state: number }[];
}

export interface ConferenceReading {
  readonly conference: Conference;
  readonly day: number | null;
  readonly inside: boolean;
  readonly hearings: readonly { hearing: Hearing; at: PlacedHearing | null; inside: boolean }[];
}

type Use = (id: string, person: string) => void;

/** Hearings are read after all meetings; first who sits in the hearings' seats, then which members are there. */
export function readHearings(
  problem: Problem,
  plan: Plan,
  bookings: Bookings,
  use: Use,
): { conferences: ConferenceReading[]; heard: Heard[] } {
  const { instance, calendar } = problem;
  const waiting: { heard: Omit<Heard, 'members'>; from: number; until: number; half: number }[] = [];
  const conferences = instance.conferences.map((conference) => {
    const day = plan.conferences?.[conference.id]?.day ?? null;
    const lastDay = (day ?? 0) + conference.dayCount - 1;
    const inside = day !== null && Number.isInteger(day) && day >= 0 && lastDay < calendar.dayCount;
    const hearings = conference.hearings.map((hearing) => {
      const at = plan.hearings?.[hearing.id] ?? null;
      if (at === null) return { hearing, at, inside: false };
      const slot = conference.slots[at.slot];
      const fits = inside && slot && Number.isInteger(at.day) && at.day >= day && at.day <= lastDay;
      if (!fits) return { hearing, at, inside: false };
      const minutes = minutesOf(slot.at);
      const half = 2 * at.day + (minutes < NOON ? 0 : 1);
      const from = calendar.ordinal[at.day]! * DAY + minutes;
      const until = from + slot.minutes;
      const seated = readSeats(problem, plan, hearing, at, { half, from, until }, bookings, use);
      waiting.push({ heard: { conference, hearing, at, firstDay: day, ...seated }, from, until, half });
      return { hearing, at, inside: true };
    });
    return { conference, day, inside, hearings };
  });
  const heard = waiting.map(({ heard, from, until, half }) => ({
    ...heard,
    members: readMembers(problem, heard, { half, from, until }, bookings),
  }));
  return { conferences, heard };
}

interface Span {
  readonly half: number;
  readonly from: number;
  readonly until: number;
}

function readSeats(
  problem: Problem,
  plan: Plan,
  hearing: Hearing,
  at: PlacedHearing,
  { half, from, until }: Span,
  bookings: Bookings,
  use: Use,
): Pick<Heard, 'sittings' | 'choices' | 'wrong'> {
  const sittings: { person: string; seat: HearingSeat; where: string; state: number }[] = [];
  const choices: { where: string; choice: Choice }[] = [];
  const wrong: { where: string; person: string | null }[] = [];
  for (const seat of hearing.seats) {
    const where = `${hearing.id} ${seat.id}`;
    const person = whoSits(seat, at, plan);
    const choice = 'oneOf' in seat ? seat.oneOf.find((c) => c.person === person) : undefined;
    if (person === null || ('oneOf' in seat && !choice)) {
      wrong.push({ where, person });
      continue;
    }
    if (choice) {
      choices.push({ where, choice });
      use(where, person);
    }
    sittings.push({ person, seat, where, state: stateOfId(problem, person, half, half) });
    bookings.add(person, from, until, hearing.id);
  }
  return { sittings, choices, wrong };
}

function readMembers(
  { instance, personIndex, can }: Problem,
  { conference, hearing, at }: Pick<Heard, 'conference' | 'hearing' | 'at'>,
  { half, from, until }: Span,
  bookings: Bookings,
): Heard['members'] {
  return conference.members
    .filter((member) => !hearing.recused.includes(member.person))
    .map(({ person, online, required }) => {
      const index = personIndex.get(person)!;
      const atHand = can[index]![half]!;
      const zone = instance.people[index]!.zone ?? instance.zone;
      const date = instance.days[at.day]!.date;
      const awake = online ? wakefulness(zone, instance.zone, date, conference.slots[at.slot]!.at) : CAN;
      const elsewhere = bookings.find(person, from, until) !== undefined;
      const state = elsewhere ? CANNOT : Math.max(atHand, awake);
      if (state !== CANNOT) bookings.add(person, from, until, conference.id);
      return { person, required: required ?? false, state };
    });
}
