import { begins, ends, type Problem, type ProblemMeeting, type ProblemSeat, type Start } from '../problem/problem.ts';
import type { Draft } from '../search/draft.ts';
import type { LinearModel } from './linear-model.ts';

/** What all parts of the model are written into and look things up in */
export interface ModelScope {
  readonly problem: Problem;
  readonly model: LinearModel;
  /** Nothing may stay undecided: a plan is known that costs less than that. */
  readonly allPlaced: boolean;
  /** People whose bookings as panel members are looked at; of all others it is hoped that they are not needed twice at once. */
  readonly watched: ReadonlySet<number>;
  /** Members of conferences whose bookings elsewhere are looked at; of all others it is hoped that they come or stay away as is cheaper. */
  readonly watchedMembers?: ReadonlySet<number>;
  /** Conferences that are arranged by themselves, outside the model */
  readonly separate: ReadonlySet<number>;
  /** People who sit in a seat whose journeys count, in any meeting */
  readonly travellers: ReadonlySet<number>;
  readonly counts?: Counts | undefined;
}

/** How often a load uses a person, or how many meetings a limit counts in one week or on one day */
export type Counted =
  { readonly load: number; readonly person: number } | { readonly limit: number; readonly time: number };

/** Asked before something is counted, of at most `units`, by these columns; true: whoever asked for the model has seen to it. */
export type Counts = (model: LinearModel, what: Counted, units: number, columns: readonly number[]) => boolean;

/** Somebody possibly in a seat at one start: the sum of the columns is 1 if so. */
export interface Sit {
  readonly person: number;
  readonly meeting: number;
  readonly seat: ProblemSeat;
  readonly columns: readonly number[];
  /** Minutes since 1970 */
  readonly from: number;
  readonly until: number;
  /** Days since 1970 */
  readonly firstDay: number;
  readonly lastDay: number;
  /** In person, or both modes together where it makes no difference */
  readonly inPerson: boolean;
}

/** A start in one mode, or both */
export interface At {
  readonly meeting: ProblemMeeting;
  readonly start: Start;
  /** 0 in person, 1 online, 2 both */
  readonly mode: 0 | 1 | 2;
  /** Columns that say that the meeting is there */
  readonly columns: readonly number[];
}

/** Columns that several parts of the model speak of */
export interface MeetingColumns {
  /** by meeting, by start: a column for each mode that is allowed */
  readonly starts: readonly (readonly (readonly number[])[])[];
  /** by meeting: undecided, −1: it may not be */
  readonly undecided: readonly number[];
  /** by assignment: person → column */
  readonly holders: readonly ReadonlyMap<number, number>[];
  readonly sits: Sit[];
  /** by conference that is in the model: first day → column */
  readonly conferenceDays: Map<number, ReadonlyMap<number, number>>;
}

/** One use of a person that loads count: the sum of the columns is 1 if so. */
export interface LoadUse {
  readonly loads: readonly number[];
  readonly person: number;
  readonly columns: readonly number[];
}

export const isAt = (draft: Draft, { meeting, start, mode }: At): boolean => {
  const placement = draft.placement(meeting.index);
  return placement !== null && placement.start === start && (mode === 2 || placement.online === (mode === 1));
};

/** The modes of a start apart where somebody's journeys depend on them, else together */
export function modesOf(meeting: ProblemMeeting, start: Start, columns: readonly number[], apart: boolean): At[] {
  if (!apart || meeting.modeCost[0] < 0 || meeting.modeCost[1] < 0) {
    const only = meeting.modeCost[0] < 0 ? 1 : meeting.modeCost[1] < 0 ? 0 : 2;
    return [{ meeting, start, mode: only, columns }];
  }
  return ([0, 1] as const).map((mode) => ({ meeting, start, mode, columns: [columns[mode]!] }));
}

export function sitOf(problem: Problem, at: At, seat: ProblemSeat, person: number, columns: readonly number[]): Sit {
  const { calendar } = problem;
  const until = seat.openingOnly ? at.start.half : at.start.last;
  return {
    person,
    meeting: at.meeting.index,
    seat,
    columns,
    from: begins(calendar, at.start.half),
    until: ends(calendar, until),
    firstDay: calendar.ordinal[at.start.firstDay]!,
    lastDay: calendar.ordinal[until >> 1]!,
    inPerson: at.mode !== 1,
  };
}

/** Somebody in a seat is taken in a half day. */
export function covers({ calendar }: Problem, sit: { from: number; until: number }, half: number): boolean {
  const at = begins(calendar, half);
  return sit.from <= at && at < sit.until;
}
