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
  private readonly isMember: Uint8Array;
  private loadCost = 0;

  constructor(problem: Problem, diaries: Diaries, tallies: Tallies) {
    this.problem = problem;
    this.diaries = diaries;
    this.tallies = tallies;
    this.arrangements = problem.conferences.map(({ hearings }) => ({ day: -1, hearings: hearings.map(() => null) }));
    this.bookings = problem.conferences.map(() => []);
    this.isMember = new Uint8Array(problem.people.length);
    for (const { members } of problem.conferences) for (const { person } of members) this.isMember[person] = 1;
    this.refresh();
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
    this.refresh();
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
      if (!this.isMember[person]) continue;
      if (this.arrangements.some((arrangement, c) => this.touches(span, this.problem.conferences[c]!, arrangement))) {
        this.refresh();
        return;
      }
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
        if (seat.loads.length) this.loadCost += this.tallies.count(seat.loads, place.seats[seat.index]!, by);
    });
  }

  private refresh(): void {
    const { problem } = this;
    this.broken = 0;
    this.cost = this.loadCost;
    /** Members present so far, of conferences earlier in the list */
    const present: Present[] = [];
    problem.conferences.forEach((conference, c) => {
      const { day, hearings } = this.arrangements[c]!;
      this.cost += day < 0 ? problem.unplaced : conference.firstDays.find((first) => first.day === day)!.cost;
      hearings.forEach((place, h) => {
        if (!place) this.cost += problem.unplaced;
        else this.hear(conference, problem.hearings[conference.hearings[h]!]!, place, present);
      });
    });
  }

  private hear(conference: ProblemConference, hearing: ProblemHearing, place: HearingPlace, present: Present[]): void {
    this.cost += this.seatCost(hearing, place);
    const index = (place.day - conference.presenceFrom) * conference.slots.length + place.slot;
    const shared = this.problem.conferences.length > 1;
    const span = this.span(conference, place.day, place.slot);
    let there = 0;
    let lacking = false;
    conference.members.forEach(({ person, required }, m) => {
      if (hearing.recused[m]) return;
      const state = conference.presence[m]![index]!;
      const elsewhere = !this.diaries.fits(person, span) || (shared && present.some((p) => clash(p, person, span)));
      if (state === CANNOT || elsewhere) {
        this.cost += conference.absent;
        lacking ||= required;
        return;
      }
      there++;
      if (shared) present.push({ person, span });
      if (state === IF_NEED_BE) this.cost += conference.tentative;
    });
    if (lacking || there < conference.quorum) this.broken++;
  }
}

interface Present {
  readonly person: number;
  readonly span: Span;
}

const clash = (other: Present, person: number, span: Span): boolean =>
  other.person === person && other.span.from < span.until && span.from < other.span.until;
