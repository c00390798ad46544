import {
  CANNOT,
  DAY,
  IF_NEED_BE,
  type Problem,
  type ProblemConference,
  type ProblemHearing,
  type ProblemMeeting,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import { peopleOf } from '../problem/separate.ts';
import type { Diaries, Span } from './diaries.ts';
import type { Tallies } from './tallies.ts';

/** When one hearing is, and who sits in its seats (by seat; everybody named, whatever the kind of seat) */
export interface HearingPlace {
  readonly day: number;
  readonly slot: number;
  readonly seats: readonly number[];
}

/** One conference as a whole; never changed once made. */
export interface Arrangement {
  /** −1: undecided, and all its hearings with it */
  readonly day: number;
  /** By hearing of the conference */
  readonly hearings: readonly (HearingPlace | null)[];
}

/**
 * The conferences of a draft. Members have no seat: they are there when they can be and nothing else has booked them, so the cost of a
 * hearing may change with any booking of a member.
 */
export class ConferenceDraft {
  /** What conferences and hearings cost */
  cost = 0;
  /** Hearings without quorum, or without somebody whom they require */
  broken = 0;
  private readonly problem: Problem;
  private readonly diaries: Diaries;
  private readonly tallies: Tallies;
  private readonly arrangements: Arrangement[];
  private readonly bookings: { person: number; span: Span }[][];
  private readonly related: readonly (readonly number[])[];
  /** by person: conferences of which they are a member */
  private readonly memberOf: readonly (readonly number[] | undefined)[];
  /** by conference: what it costs, and how many of its hearings cannot be held like that */
  private readonly costs: Float64Array;
  private readonly broke: Int32Array;
  /** by conference that has to do with others: which members are there when */
  private readonly present: Present[][];

  constructor(problem: Problem, diaries: Diaries, tallies: Tallies) {
    this.problem = problem;
    this.diaries = diaries;
    this.tallies = tallies;
    this.arrangements = problem.conferences.map(({ hearings }) => ({ day: -1, hearings: hearings.map(() => null) }));
    this.bookings = problem.conferences.map(() => []);
    const memberOf: (number[] | undefined)[] = problem.people.map(() => undefined);
    for (const { members, index } of problem.conferences)
      for (const { person } of members) (memberOf[person] ??= []).push(index);
    this.memberOf = memberOf;
    this.related = relatedConferences(problem);
    this.costs = new Float64Array(problem.conferences.length);
    this.broke = new Int32Array(problem.conferences.length);
    this.present = problem.conferences.map(() => []);
    for (const related of new Set(this.related)) this.refresh(related);
  }

  /** Conferences and hearings that are undecided though staff fixed them */
  get missing(): number {
    let n = 0;
    for (const { index, mustBePlaced, hearings } of this.problem.conferences) {
      const { day, hearings: places } = this.arrangements[index]!;
      if (mustBePlaced && day < 0) n++;
      hearings.forEach((h, i) => {
        if (this.problem.hearings[h]!.locked && !places[i]) n++;
      });
    }
    return n;
  }

  arrangement(conference: number): Arrangement {
    return this.arrangements[conference]!;
  }

  /** Replaces the arrangement of one conference. Its seats must fit: see `span`. */
  arrange(index: number, next: Arrangement): void {
    const conference = this.problem.conferences[index]!;
    for (const { person, span } of this.bookings[index]!) this.diaries.remove(person, span);
    this.countSeats(conference, this.arrangements[index]!, -1);
    this.arrangements[index] = next;
    const bookings = next.hearings.flatMap((place) => {
      const span = place && this.span(conference, place.day, place.slot);
      return span ? place.seats.map((person) => ({ person, span })) : [];
    });
    this.bookings[index] = bookings;
    for (const { person, span } of bookings) this.diaries.add(person, span);
    this.countSeats(conference, next, 1);
    this.refresh(this.related[index]!);
  }

  /** When a hearing takes people */
  span(conference: ProblemConference, day: number, slot: number): Span {
    const at = this.problem.calendar.ordinal[day]!;
    const { from, until } = conference.slots[slot]!;
    return {
      meeting: -1,
      from: at * DAY + from,
      until: at * DAY + until,
      first: day,
      last: day,
      firstDay: at,
      lastDay: at,
      place: -1,
      travel: null,
      trip: false,
    };
  }

  /**
   * The meeting would end too late for a hearing that waits for it.
   * @param wary also for a hearing that is undecided while its conference has a day: it may still find a slot
   * @returns the hearing's index, −1: none
   */
  tooLateFor(meeting: ProblemMeeting, start: Start, wary = false): number {
    const { ordinal } = this.problem.calendar;
    for (const { hearing, conference, days } of meeting.before) {
      const { day, hearings } = this.arrangements[conference]!;
      if (day < 0) continue;
      if (!wary && !hearings[this.problem.conferences[conference]!.hearings.indexOf(hearing)]) continue;
      if (ordinal[day]! - ordinal[start.lastDay]! < days) return hearing;
    }
    return -1;
  }

  /** To be told of every booking made or given up by a meeting */
  bookingsChanged(bookings: readonly { person: number; span: Span }[]): void {
    for (const { person, span } of bookings) {
      const mine = this.memberOf[person];
      if (mine?.some((c) => this.touches(span, this.problem.conferences[c]!, this.arrangements[c]!)))
        this.refresh(this.related[mine[0]!]!);
    }
  }

  /** What the seats of a hearing cost at a place: choices, △, other people than announced; the hearing's own move included */
  seatCost(hearing: ProblemHearing, place: HearingPlace): number {
    const half = 2 * place.day + this.problem.conferences[hearing.conference]!.slots[place.slot]!.half;
    const { announced } = hearing;
    const moved = announced.day >= 0 && (announced.day !== place.day || announced.slot !== place.slot);
    let cost = moved ? hearing.change : 0;
    for (const seat of hearing.seats) cost += this.personCost(seat, place.seats[seat.index]!, half);
    return cost;
  }

  personCost(seat: ProblemSeat, person: number, half: number): number {
    const choice = seat.kind === 'oneOf' ? seat.choices.find((option) => option.person === person)!.cost : 0;
    return choice + (this.problem.can[person]![half] === IF_NEED_BE ? seat.tentative : 0);
  }

  private touches(span: Span, conference: ProblemConference, { day }: Arrangement): boolean {
    if (day < 0) return false;
    const first = this.problem.calendar.ordinal[day]!;
    return span.firstDay < first + conference.dayCount && span.lastDay >= first;
  }

  private countSeats(conference: ProblemConference, { hearings }: Arrangement, by: 1 | -1): void {
    hearings.forEach((place, h) => {
      if (!place) return;
      for (const seat of this.problem.hearings[conference.hearings[h]!]!.seats)
        if (seat.loads.length) this.cost += this.tallies.count(seat.loads, place.seats[seat.index]!, by);
    });
  }

  /** Works out anew what the conferences cost whose people have to do with one of these: elsewhere nothing can have changed. */
  private refresh(conferences: readonly number[]): void {
    for (const c of conferences) {
      this.cost -= this.costs[c]!;
      this.broken -= this.broke[c]!;
      this.costs[c] = this.broke[c] = 0;
      this.present[c] = [];
    }
    for (const c of conferences) {
      const conference = this.problem.conferences[c]!;
      const { day, hearings } = this.arrangements[c]!;
      const { unplaced } = this.problem;
      let cost = day < 0 ? unplaced : conference.firstDays.find((first) => first.day === day)!.cost;
      hearings.forEach((place, h) => {
        cost += place ? this.hear(conference, this.problem.hearings[conference.hearings[h]!]!, place) : unplaced;
      });
      this.costs[c] = cost;
      this.cost += cost;
      this.broken += this.broke[c]!;
    }
  }

  private hear(conference: ProblemConference, hearing: ProblemHearing, place: HearingPlace): number {
    let cost = this.seatCost(hearing, place);
    const index = (place.day - conference.presenceFrom) * conference.slots.length + place.slot;
    const related = this.related[conference.index]!;
    const span = this.span(conference, place.day, place.slot);
    let there = 0;
    let lacking = false;
    conference.members.forEach(({ person, required }, m) => {
      if (hearing.recused[m]) return;
      const state = conference.presence[m]![index]!;
      // members who are present already, of conferences earlier in the list
      const elsewhere =
        !this.diaries.fits(person, span) ||
        (related.length > 1 && related.some((c) => this.present[c]!.some((p) => clash(p, person, span))));
      if (state === CANNOT || elsewhere) {
        cost += conference.absent;
        lacking ||= required;
        return;
      }
      there++;
      if (related.length > 1) this.present[conference.index]!.push({ person, span });
      if (state === IF_NEED_BE) cost += conference.tentative;
    });
    if (lacking || there < conference.quorum) this.broke[conference.index]!++;
    return cost;
  }
}

/** By conference: those whose people have to do with it, itself included, in the order of the list */
function relatedConferences(problem: Problem): number[][] {
  const root = problem.conferences.map((_, c) => c);
  const rootOf = (c: number): number => (root[c] === c ? c : rootOf(root[c]!));
  const memberships = new Map<number, number[]>();
  for (const { index, members } of problem.conferences)
    for (const { person } of members) memberships.set(person, [...(memberships.get(person) ?? []), index]);
  for (const conference of problem.conferences)
    for (const person of peopleOf(problem, conference))
      for (const other of memberships.get(person) ?? []) root[rootOf(other)] = rootOf(conference.index);
  const groups = Map.groupBy(root.keys(), rootOf);
  return problem.conferences.map(({ index }) => groups.get(rootOf(index))!);
}

interface Present {
  readonly person: number;
  readonly span: Span;
}

const clash = (other: Present, person: number, span: Span): boolean =>
  other.person === person && other.span.from < span.until && span.from < other.span.until;
