import {
  IF_NEED_BE,
  quorumOf,
  type Problem,
  type ProblemMeeting,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import { ConferenceDraft, type Arrangement } from './conference-draft.ts';
import { Diaries, type Span } from './diaries.ts';
import { standingOf, type MeetingTable } from './tables.ts';
import { Tallies } from './tallies.ts';

/** Where a meeting is put and who comes. Never changed once made. */
export interface Placement {
  readonly start: Start;
  readonly online: boolean;
  /** By seat: person; −1 for panels */
  readonly seats: readonly number[];
  /** By seat: candidates (indexes in the panel) who attend; empty for other seats */
  readonly attending: readonly (readonly number[])[];
}

type Step =
  | { kind: 'meeting'; index: number; before: Held | null }
  | { kind: 'holder'; index: number; before: number }
  | { kind: 'panel'; index: number; before: readonly number[] | null }
  | { kind: 'conference'; index: number; before: Arrangement };

export interface Booking {
  readonly person: number;
  readonly span: Span;
}

interface Held extends Placement {
  readonly bookings: readonly Booking[];
}

/**
 * A plan in the making, with its exact cost after every step, and a way back. Whoever changes it sees to it that what is put in fits
 * (`diaries.fits`, `tallies.fullLimit`, …): a draft holds no plan that breaks a rule about meetings, assignments or panels. Before an assignment
 * or panel changes hands, the meetings that rest on it are taken out.
 */
export class Draft {
  readonly problem: Problem;
  readonly diaries: Diaries;
  readonly tallies: Tallies;
  readonly conferences: ConferenceDraft;
  readonly tables: readonly MeetingTable[];
  /** by assignment: person, −1 undecided */
  readonly holder: Int32Array;
  /** by panel: its members as indexes of its candidates */
  readonly members: (readonly number[] | null)[];
  private readonly held: (Held | null)[];
  private readonly steps: Step[] = [];
  private readonly solo: Uint8Array;
  private meetingCost: number;

  constructor(problem: Problem) {
    this.problem = problem;
    this.diaries = new Diaries(problem);
    this.tallies = new Tallies(problem);
    this.holder = new Int32Array(problem.assignments.length).fill(-1);
    this.members = problem.panels.map(() => null);
    this.held = problem.meetings.map(() => null);
    this.meetingCost =
      problem.unplaced * problem.meetings.length +
      problem.assignments.reduce((sum, a) => sum + a.undecided, 0) +
      problem.panels.reduce((sum, p) => sum + p.undecided, 0);
    ({ solo: this.solo, tables: this.tables } = standingOf(problem));
    this.conferences = new ConferenceDraft(problem, this.diaries, this.tallies);
  }

  /** What `score` would say, while no rule about conferences is broken (see ConferenceDraft.broken) */
  get cost(): number {
    return this.meetingCost + this.conferences.cost;
  }

  /** What is undecided though staff fixed it */
  get missing(): number {
    const { assignments, panels, meetings } = this.problem;
    let n = this.conferences.missing;
    for (let a = 0; a < assignments.length; a++) if (assignments[a]!.locked >= 0 && this.holder[a]! < 0) n++;
    for (let p = 0; p < panels.length; p++) if (panels[p]!.locked && !this.members[p]) n++;
    for (let m = 0; m < meetings.length; m++) if (meetings[m]!.mustBePlaced && !this.held[m]) n++;
    return n;
  }

  placement(meeting: number): Placement | null {
    return this.held[meeting]!;
  }

  /** Nobody but one meeting could ever book the person: nothing to look up. */
  isSolo(person: number): boolean {
    return this.solo[person] === 1;
  }

  // --- one meeting

  /** Puts a meeting that is undecided. */
  put(meeting: ProblemMeeting, placement: Placement): void {
    this.insert(meeting, { ...placement, bookings: this.bookingsOf(meeting, placement) });
    this.steps.push({ kind: 'meeting', index: meeting.index, before: null });
  }

  /** Takes a meeting out. */
  take(meeting: ProblemMeeting): void {
    const held = this.held[meeting.index];
    if (!held) return;
    this.extract(meeting, held);
    this.steps.push({ kind: 'meeting', index: meeting.index, before: held });
  }

  /** When and where somebody in a seat is taken */
  span(meeting: ProblemMeeting, seat: ProblemSeat, start: Start, online: boolean): Span {
    return this.tables[meeting.index]!.span(seat, start, online);
  }

  // --- assignments and panels

  /** @param person −1: undecided again */
  assign(assignment: number, person: number): void {
    this.steps.push({ kind: 'holder', index: assignment, before: this.holder[assignment]! });
    this.setHolder(assignment, person);
  }

  /** @param members candidates by index; null: undecided again */
  setPanel(panel: number, members: readonly number[] | null): void {
    this.steps.push({ kind: 'panel', index: panel, before: this.members[panel]! });
    this.setMembers(panel, members);
  }

  /** Replaces the arrangement of a conference. */
  arrange(conference: number, arrangement: Arrangement): void {
    this.steps.push({ kind: 'conference', index: conference, before: this.conferences.arrangement(conference) });
    this.conferences.arrange(conference, arrangement);
  }

  // --- the way back

  mark(): number {
    return this.steps.length;
  }

  /** Undoes every step since the mark. */
  back(mark: number): void {
    while (this.steps.length > mark) {
      const step = this.steps.pop()!;
      if (step.kind === 'holder') this.setHolder(step.index, step.before);
      else if (step.kind === 'panel') this.setMembers(step.index, step.before);
      else if (step.kind === 'conference') this.conferences.arrange(step.index, step.before);
      else {
        const meeting = this.problem.meetings[step.index]!;
        const now = this.held[step.index];
        if (now) this.extract(meeting, now);
        if (step.before) this.insert(meeting, step.before);
      }
    }
  }

  /** Forgets the way back: what is done stays. */
  settle(): void {
    this.steps.length = 0;
  }

  // --- private

  private setHolder(index: number, person: number): void {
    const assignment = this.problem.assignments[index]!;
    const before = this.holder[index]!;
    this.meetingCost += this.holderCost(index, person) - this.holderCost(index, before);
    if (before >= 0) this.meetingCost += this.tallies.count(assignment.loads, before, -1);
    if (person >= 0) this.meetingCost += this.tallies.count(assignment.loads, person, 1);
    this.holder[index] = person;
  }

  private holderCost(index: number, person: number): number {
    const assignment = this.problem.assignments[index]!;
    if (person < 0) return assignment.undecided;
    return assignment.candidates.find((candidate) => candidate.person === person)!.cost;
  }

  private setMembers(index: number, members: readonly number[] | null): void {
    const panel = this.problem.panels[index]!;
    const before = this.members[index]!;
    this.meetingCost += this.panelCost(index, members) - this.panelCost(index, before);
    for (const i of before ?? []) this.meetingCost += this.tallies.count(panel.loads, panel.candidates[i]!.person, -1);
    for (const i of members ?? []) this.meetingCost += this.tallies.count(panel.loads, panel.candidates[i]!.person, 1);
    this.members[index] = members;
  }

  /** Of the members themselves, and of their absence from meetings that are undecided */
  private panelCost(index: number, members: readonly number[] | null): number {
    const panel = this.problem.panels[index]!;
    if (!members) return panel.undecided;
    let cost = panel.leftOut + panel.source.short * Math.max(0, panel.source.target - members.length);
    for (const i of members) cost += panel.candidates[i]!.cost;
    for (const { meeting, seat } of panel.meetings)
      if (!this.held[meeting]) cost += this.problem.meetings[meeting]!.seats[seat]!.absent * members.length;
    return cost;
  }

  private bookingsOf(meeting: ProblemMeeting, { start, online, seats, attending }: Placement): Booking[] {
    const bookings: Booking[] = [];
    for (const seat of meeting.seats) {
      const span = this.span(meeting, seat, start, online);
      if (seat.kind !== 'panel') bookings.push({ person: seats[seat.index]!, span });
      else
        for (const i of attending[seat.index]!)
          bookings.push({ person: this.problem.panels[seat.panel]!.candidates[i]!.person, span });
    }
    return bookings;
  }

  private insert(meeting: ProblemMeeting, held: Held): void {
    let cost = this.intrinsic(meeting, held) + this.tallies.crowding(meeting, held.start);
    for (const { person, span } of held.bookings) {
      cost += this.diaries.tripDifference(person, span);
      this.diaries.add(person, span);
    }
    this.tallies.countMeeting(meeting, held.start, 1);
    this.held[meeting.index] = held;
    this.meetingCost += cost + this.countSeats(meeting, held, 1);
    this.conferences.bookingsChanged(held.bookings);
  }

  private extract(meeting: ProblemMeeting, held: Held): void {
    this.tallies.countMeeting(meeting, held.start, -1);
    let cost = this.intrinsic(meeting, held) + this.tallies.crowding(meeting, held.start);
    for (const { person, span } of held.bookings) {
      this.diaries.remove(person, span);
      cost += this.diaries.tripDifference(person, span);
    }
    this.held[meeting.index] = null;
    this.meetingCost -= cost - this.countSeats(meeting, held, -1);
    this.conferences.bookingsChanged(held.bookings);
  }

  /** What a placement costs whatever else is in the plan, less what it cost to leave the meeting undecided */
  private intrinsic(meeting: ProblemMeeting, { start, online, seats, attending }: Placement): number {
    let cost = start.base + meeting.modeCost[online ? 1 : 0] - this.problem.unplaced;
    for (const seat of meeting.seats) {
      if (seat.kind === 'panel') cost += this.attendanceCost(seat, start, attending[seat.index]!);
      else if (seat.kind !== 'person')
        cost += start.options[seat.index]!.find((option) => option.person === seats[seat.index])!.cost;
    }
    return cost;
  }

  /** △ and nobody of those wanted, less the absence of those who come (it was counted while the meeting was undecided) */
  private attendanceCost(seat: ProblemSeat, start: Start, attending: readonly number[]): number {
    const states = start.panel[seat.index]!;
    let cost = -seat.absent * attending.length;
    for (const i of attending) if (states[i] === IF_NEED_BE) cost += seat.tentative;
    if (seat.tagged && !attending.some((i) => seat.tagged!.has[i])) cost += seat.tagged.missing;
    return cost;
  }

  private countSeats(meeting: ProblemMeeting, { seats }: Placement, by: 1 | -1): number {
    let cost = 0;
    for (const seat of meeting.seats)
      if (seat.loads.length) cost += this.tallies.count(seat.loads, seats[seat.index]!, by);
    return cost;
  }

  /** Members who must come, of a panel of its present size */
  quorum(seat: ProblemSeat): number {
    return quorumOf(seat.quorum, this.members[seat.panel]?.length ?? 0);
  }
}
