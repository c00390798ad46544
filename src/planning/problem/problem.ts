import type { Instance, Limit, Load, Meeting, Panel } from '../instance.ts';

/** ○ △ × as numbers: the worst of several is the largest. */
export const CAN = 0;
export const IF_NEED_BE = 1;
export const CANNOT = 2;

/** A morning ends at 12:30; minutes since midnight. */
export const NOON = 750;
export const DAY = 1440;

/**
 * An instance with every id replaced by its index and everything that follows from the instance alone worked out once. All search,
 * bounds and explanations read it; nothing writes to it.
 */
export interface Problem {
  readonly instance: Instance;
  readonly calendar: Calendar;
  readonly people: readonly string[];
  readonly personIndex: ReadonlyMap<string, number>;
  /** by person, by half day: CAN, IF_NEED_BE or CANNOT */
  readonly can: readonly Uint8Array[];
  readonly meetings: readonly ProblemMeeting[];
  readonly assignments: readonly ProblemAssignment[];
  readonly panels: readonly ProblemPanel[];
  readonly loads: readonly ProblemLoad[];
  readonly limits: readonly ProblemLimit[];
  readonly conferences: readonly ProblemConference[];
  readonly hearings: readonly ProblemHearing[];
  readonly travel: ReadonlyMap<string, readonly (readonly number[])[]>;
  readonly unplaced: number;
  /** Locks that no plan can keep, whatever else it does: `index` into `instance.locks` */
  readonly unkeepable: readonly { index: number; why: 'person' | 'candidate' }[];
}

export interface Calendar {
  readonly dayCount: number;
  /** Days since 1970-01-01, by day */
  readonly ordinal: Int32Array;
  /** Number of the Monday week, by day */
  readonly week: Int32Array;
}

export interface Option {
  readonly person: number;
  readonly cost: number;
}

/** One half day in which a meeting can begin: in its window, with everybody who has no alternate able to come. */
export interface Start {
  /** In its meeting's list of starts */
  readonly index: number;
  readonly half: number;
  /** Last half day */
  readonly last: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** What this start costs whoever else comes: △ of people without alternate, difference from the announced start */
  readonly base: number;
  /** By seat: who can be there and what it costs (△, choice, another person than announced); empty for panels and fixed people */
  readonly options: readonly (readonly Option[])[];
  /** By seat: for panels, by candidate: CAN, IF_NEED_BE or CANNOT; empty for others */
  readonly panel: readonly Uint8Array[];
}

export type SeatKind = 'person' | 'oneOf' | 'assigned' | 'panel';

export interface ProblemSeat {
  readonly index: number;
  readonly id: string;
  readonly kind: SeatKind;
  /** of `person` seats, else −1 */
  readonly person: number;
  /** of `oneOf` seats: person and cost of the choice (△ not included, difference from the announced person included) */
  readonly choices: readonly Option[];
  readonly assignment: number;
  readonly panel: number;
  readonly tentative: number;
  readonly openingOnly: boolean;
  readonly travel: readonly (readonly number[])[] | null;
  readonly trip: boolean;
  readonly quorum: { readonly atLeast: number; readonly percent: number };
  readonly absent: number;
  /** by candidate of the panel; null: nobody in particular is wanted */
  readonly tagged: { readonly missing: number; readonly has: readonly boolean[] } | null;
  /** Loads that count this seat (oneOf), by index */
  readonly loads: readonly number[];
  /** Person whom staff fixed here, −1: nobody */
  readonly locked: number;
}

export interface ProblemMeeting {
  readonly index: number;
  readonly id: string;
  readonly source: Meeting;
  readonly place: number;
  readonly tripCost: number;
  readonly halfDays: number;
  readonly seats: readonly ProblemSeat[];
  /** Cost in person and online; −1: this mode is not allowed */
  readonly modeCost: readonly [number, number];
  readonly starts: readonly Start[];
  readonly startOfHalf: ReadonlyMap<number, Start>;
  /** Limits that count it, by index */
  readonly limits: readonly number[];
  /** Its assignments and panels, by index, each once */
  readonly assignments: readonly number[];
  readonly panels: readonly number[];
  /** A lock names it: it may not stay undecided. */
  readonly mustBePlaced: boolean;
  readonly lockedStart: number;
  /** Hearings that wait for it */
  readonly before: readonly { hearing: number; conference: number; days: number }[];
}

export interface ProblemAssignment {
  readonly index: number;
  readonly id: string;
  /** cost: choice and difference from the announced person */
  readonly candidates: readonly Option[];
  /** Cost of staying undecided: the price of it, and of differing from the announced plan */
  readonly undecided: number;
  readonly loads: readonly number[];
  readonly locked: number;
  readonly meetings: readonly number[];
  readonly hearings: readonly number[];
}

export interface ProblemPanel {
  readonly index: number;
  readonly id: string;
  readonly source: Panel;
  /** cost: of the choice, less what leaving the person out would cost (last year's and announced members): may be negative */
  readonly candidates: readonly Option[];
  readonly candidateOf: ReadonlyMap<number, number>;
  /** by candidate: bit mask of the needs that it covers */
  readonly covers: readonly number[];
  readonly allNeeds: number;
  /** Cost if every previous and announced member were left out: the candidates' costs are relative to it */
  readonly leftOut: number;
  /** Cost of staying undecided */
  readonly undecided: number;
  readonly loads: readonly number[];
  /** Candidates (indexes) whom staff fixed as the whole panel; null: open */
  readonly locked: readonly number[] | null;
  readonly meetings: readonly { meeting: number; seat: number }[];
}

export interface ProblemLoad {
  readonly source: Load;
  /** by person */
  readonly most: Int32Array;
  /** cost of being used n times; index 0 is 0 */
  readonly cost: readonly number[];
}

export interface ProblemLimit {
  readonly source: Limit;
  readonly most: number;
  readonly cost: readonly number[];
  readonly perWeek: boolean;
}

export interface ProblemConference {
  readonly index: number;
  readonly id: string;
  /** Feasible first days with the cost of differing from the announced one */
  readonly firstDays: readonly { readonly day: number; readonly cost: number }[];
  readonly dayCount: number;
  readonly slots: readonly { readonly half: number; readonly from: number; readonly until: number }[];
  readonly members: readonly { readonly person: number; readonly required: boolean }[];
  /** by member, by (day − firstDay of the first possible) × slots + slot: CAN, IF_NEED_BE or CANNOT */
  readonly presence: readonly Uint8Array[];
  readonly presenceFrom: number;
  readonly quorum: number;
  readonly absent: number;
  readonly tentative: number;
  readonly hearings: readonly number[];
  readonly lockedDay: number;
  /** A lock names it or one of its hearings. */
  readonly mustBePlaced: boolean;
}

export interface ProblemHearing {
  readonly index: number;
  readonly id: string;
  readonly conference: number;
  /** by member of the conference */
  readonly recused: readonly boolean[];
  readonly seats: readonly ProblemSeat[];
  readonly assignments: readonly number[];
  readonly after: readonly { readonly meeting: number; readonly days: number }[];
  readonly change: number;
  /** Announced day and slot; day −1: none */
  readonly announced: { readonly day: number; readonly slot: number };
  readonly locked: { readonly day: number; readonly slot: number } | null;
}

/** The worst state of a person over the half days from … to; out of the calendar counts as ×. */
export function stateOf(can: Uint8Array, from: number, to: number): number {
  if (from < 0 || to >= can.length) return CANNOT;
  let worst = CAN;
  for (let half = from; half <= to; half++) if (can[half]! > worst) worst = can[half]!;
  return worst;
}

/** Minutes since 1970 at which a half day begins and ends */
export const begins = (calendar: Calendar, half: number): number =>
  calendar.ordinal[half >> 1]! * DAY + (half & 1 ? NOON : 0);
export const ends = (calendar: Calendar, half: number): number =>
  calendar.ordinal[half >> 1]! * DAY + (half & 1 ? DAY : NOON);

/** Members who must come of a panel of so many. The small number guards against 60 % of 5 being 3.0000000000000004. */
export const quorumOf = (quorum: { atLeast: number; percent: number }, size: number): number =>
  Math.max(quorum.atLeast, Math.ceil((quorum.percent * size) / 100 - 1e-9));

/** cost[n], where the last one goes on; nothing where nothing is used */
export const stepCost = (cost: readonly number[], n: number): number =>
  n === 0 || cost.length === 0 ? 0 : cost[Math.min(n, cost.length - 1)]!;
