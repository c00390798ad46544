import { begins, CANNOT, ends, IF_NEED_BE, type Problem, type ProblemMeeting, type ProblemSeat, type Start } from '../problem/problem.ts';
import type { Draft } from '../search/draft.ts';
import { sumAt, type LinearModel } from './linear-model.ts';

/** Somebody possibly in a seat at one start: the sum of the columns is 1 if so. */
export interface Sit {
  readonly person: number;
  readonly meeting: number;
  readonly seat: ProblemSeat;
  readonly start: Start;
  readonly columns: readonly number[];
  /** Minutes since 1970 */
  readonly from: number;
  readonly until: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** In person, or both modes together where it makes no difference */
  readonly inPerson: boolean;
}

export interface ModelScope {
  readonly problem: Problem;
  readonly model: LinearModel;
  /** Nothing may stay undecided: a plan is known that costs less than that. */
  readonly allPlaced: boolean;
  /** Who can be booked twice as a panel's member and has to be watched from the start */
  readonly watched: ReadonlySet<number>;
}

/** Columns that other parts of the model speak of */
export interface MeetingColumns {
  /** by meeting, by start: the columns (one a mode) that say that it begins there */
  readonly starts: readonly (readonly (readonly number[])[])[];
  /** by meeting: undecided, −1: it may not be */
  readonly undecided: readonly number[];
  /** by assignment: person → column */
  readonly holders: readonly ReadonlyMap<number, number>[];
  /** by panel: candidate → columns whose sum says that they are a member */
  readonly members: readonly (readonly (readonly number[])[])[];
  readonly sits: readonly Sit[];
}

/** Which starts are tied to a column, for one mode or both */
interface At {
  readonly meeting: ProblemMeeting;
  readonly start: Start;
  /** 0 in person, 1 online, 2 both */
  readonly mode: 0 | 1 | 2;
  readonly columns: readonly number[];
}

const isAt = (draft: Draft, { meeting, start, mode }: At): boolean => {
  const placement = draft.placement(meeting.index);
  return placement !== null && placement.start === start && (mode === 2 || placement.online === (mode === 1));
};

export function meetingColumns(scope: ModelScope): MeetingColumns {
  const { problem, model, allPlaced } = scope;
  const holders = problem.assignments.map((assignment) => {
    const columns = new Map<number, number>();
    for (const { person, cost } of assignment.candidates)
      if (assignment.locked < 0 || assignment.locked === person)
        columns.set(person, model.column(cost, (draft) => Number(draft.holder[assignment.index] === person)));
    const none =
      allPlaced || assignment.locked >= 0
        ? []
        : [model.column(assignment.undecided, (draft) => Number(draft.holder[assignment.index]! < 0))];
    model.row(1, 1, [1, [...columns.values(), ...none]]);
    return columns;
  });
  const sits: Sit[] = [];
  const starts: number[][][] = [];
  const undecided: number[] = [];
  const travellers = travellersOf(problem);
  for (const meeting of problem.meetings) {
    const mine = meeting.starts.map((start) =>
      ([0, 1] as const).flatMap((mode) => {
        if (meeting.modeCost[mode] < 0) return [];
        const at: At = { meeting, start, mode, columns: [] };
        return [model.column(start.base + meeting.modeCost[mode], (draft) => Number(isAt(draft, at)))];
      }),
    );
    starts.push(mine);
    const open = !allPlaced && !meeting.mustBePlaced;
    const none = open ? model.column(problem.unplaced, (draft) => Number(!draft.placement(meeting.index))) : -1;
    undecided.push(none);
    model.row(1, 1, [1, [...mine.flat(), ...(open ? [none] : [])]]);
    for (const seat of meeting.seats) if (seat.kind !== 'panel') sits.push(...seatColumns(scope, meeting, seat, mine, holders, travellers));
  }
  const members = problem.panels.map((panel) => panelColumns(scope, panel.index, starts, undecided, sits));
  return { starts, undecided, holders, members, sits };
}

/** People who sit in a seat whose journeys count, in any meeting */
function travellersOf(problem: Problem): Set<number> {
  const travellers = new Set<number>();
  for (const { seats } of problem.meetings)
    for (const seat of seats)
      if (seat.travel || seat.trip)
        for (const { person } of candidatesOf(problem, seat)) travellers.add(person);
  return travellers;
}

const candidatesOf = (problem: Problem, seat: ProblemSeat): readonly { person: number }[] =>
  seat.kind === 'person'
    ? [seat]
    : seat.kind === 'oneOf'
      ? seat.choices
      : (seat.kind === 'panel' ? problem.panels[seat.panel]! : problem.assignments[seat.assignment]!).candidates;

/** One column per start and person; both modes share it where the person's journeys do not count. */
function seatColumns(
  { problem, model }: ModelScope,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  starts: readonly (readonly number[])[],
  holders: readonly ReadonlyMap<number, number>[],
  travellers: ReadonlySet<number>,
): Sit[] {
  const sits: Sit[] = [];
  const split = meeting.modeCost[1] >= 0 && candidatesOf(problem, seat).some(({ person }) => travellers.has(person));
  /** of assigned seats: person → columns of all starts */
  const uses = new Map<number, number[]>();
  meeting.starts.forEach((start, s) => {
    const modes: At[] = split
      ? ([0, 1] as const).map((mode) => ({ meeting, start, mode, columns: [starts[s]![mode]!] }))
      : [{ meeting, start, mode: 2, columns: starts[s]! }];
    for (const at of modes) {
      const add = (person: number, columns: readonly number[]) => {
        sits.push(sitOf(problem, at, seat, person, columns));
        uses.set(person, [...(uses.get(person) ?? []), ...columns]);
      };
      if (seat.kind === 'person') add(seat.person, at.columns);
      else {
        const options = start.options[seat.index]!.filter(
          ({ person }) => seat.kind === 'oneOf' || holders[seat.assignment]!.has(person),
        );
        if (options.length === 1) {
          for (const column of at.columns) model.cost[column]! += options[0]!.cost;
          add(options[0]!.person, at.columns);
          continue;
        }
        const columns = options.map(({ person, cost }) => {
          const sitsHere = (draft: Draft) =>
            Number(isAt(draft, at) && draft.placement(meeting.index)!.seats[seat.index] === person);
          const column = model.column(cost, sitsHere);
          add(person, [column]);
          return column;
        });
        model.row(0, 0, [1, columns], [-1, at.columns]);
      }
    }
  });
  if (seat.kind === 'assigned')
    for (const [person, holder] of holders[seat.assignment]!)
      model.row(-Infinity, 0, [1, uses.get(person) ?? []], [-1, [holder]]);
  return sits;
}

function sitOf(problem: Problem, at: At, seat: ProblemSeat, person: number, columns: readonly number[]): Sit {
  const { calendar } = problem;
  const until = seat.openingOnly ? at.start.half : at.start.last;
  return {
    person,
    meeting: at.meeting.index,
    seat,
    start: at.start,
    columns,
    from: begins(calendar, at.start.half),
    until: ends(calendar, until),
    firstDay: calendar.ordinal[at.start.firstDay]!,
    lastDay: calendar.ordinal[until >> 1]!,
    inPerson: at.mode !== 1,
  };
}

/**
 * Membership is split by the start of the panel's meeting, so that who is away there is known without large numbers. A panel with
 * several meetings is split by each of them. @returns by candidate: columns whose sum says that they are a member
 */
function panelColumns(
  scope: ModelScope,
  index: number,
  starts: readonly (readonly (readonly number[])[])[],
  undecided: readonly number[],
  sits: Sit[],
): number[][] {
  const { problem, model, allPlaced } = scope;
  const panel = problem.panels[index]!;
  const { min, max, target, short } = panel.source;
  const isMember = (draft: Draft, i: number) => draft.members[index]?.includes(i) ?? false;
  const eligible = panel.candidates.map((_, i) => !panel.locked || panel.locked.includes(i));
  const none =
    allPlaced || panel.locked
      ? []
      : [model.column(panel.undecided - panel.leftOut, (draft) => Number(!draft.members[index]))];
  model.offset += panel.leftOut;
  const whole = panel.candidates.map(({ cost }, i) =>
    eligible[i] ? [model.column(cost, (draft) => Number(isMember(draft, i)))] : [],
  );
  const covering = (columns: readonly (readonly number[])[], need: number) =>
    columns.filter((_, i) => panel.covers[i]! & (1 << need)).flat();
  const split: number[][][] = [];
  for (const { meeting, seat } of panel.meetings)
    split.push(...attendanceColumns(scope, meeting, seat, whole, starts[meeting]!, undecided[meeting]!, sits));
  // the rules of the panel, for each start by itself; for the whole where there is no meeting, or it may stay undecided
  const groups: { columns: readonly (readonly number[])[]; on: readonly number[] }[] = split.map((columns, k) => ({
    columns,
    on: onOf(k),
  }));
  function onOf(k: number): readonly number[] {
    let rest = k;
    for (const { meeting } of panel.meetings) {
      const list = starts[meeting]!;
      if (rest < list.length) return list[rest]!;
      rest -= list.length;
    }
    return [];
  }
  for (const { columns, on } of groups) {
    const all = columns.flat();
    model.row(0, Infinity, [1, all], [-min, on]);
    model.row(-Infinity, 0, [1, all], [-max, on]);
    panel.source.needs.forEach((_, need) => model.lazyRow(0, Infinity, [1, covering(columns, need)], [-1, on]));
  }
  const all = whole.flat();
  model.row(min, Infinity, [1, all], [min, none]);
  model.row(-Infinity, max, [1, all], [max, none]);
  panel.source.needs.forEach((_, need) => model.row(1, Infinity, [1, covering(whole, need)], [1, none]));
  if (short > 0 && target > min) {
    const first = panel.meetings[0];
    const perStart = first && allPlaced ? groups.slice(0, starts[first.meeting]!.length) : [];
    const lacking = (columns: readonly number[], on: readonly number[], unless: readonly number[]) => {
      const column = model.column(
        short,
        (_, x) => (sumAt(on, x) + (on.length ? 0 : 1) - sumAt(unless, x)) * Math.max(0, target - sumAt(columns, x)),
        { upper: target - min, integer: false },
      );
      if (on.length) model.row(0, Infinity, [1, [column, ...columns]], [-target, on]);
      else model.row(target, Infinity, [1, [column, ...columns]], [target, unless]);
    };
    if (perStart.length) for (const { columns, on } of perStart) lacking(columns.flat(), on, []);
    else lacking(all, [], none);
  }
  return whole;
}

/** @returns by start of the meeting, by candidate: columns that say that they are a member while the meeting is there */
function attendanceColumns(
  { problem, model, watched }: ModelScope,
  m: number,
  s: number,
  whole: readonly (readonly number[])[],
  starts: readonly (readonly number[])[],
  undecided: number,
  sits: Sit[],
): number[][][] {
  const meeting = problem.meetings[m]!;
  const seat = meeting.seats[s]!;
  const panel = problem.panels[seat.panel]!;
  const journeys = seat.travel !== null || seat.trip;
  const all = whole.map(() => [] as number[]);
  const byStart = meeting.starts.map((start, k) => {
    const on = starts[k]!;
    const coming: number[] = [];
    const wanted: number[] = [];
    const columns = panel.candidates.map(({ person }, i) => {
      if (!whole[i]!.length) return [];
      const state = start.panel[s]![i]!;
      const comes = (draft: Draft) => draft.placement(m)!.attending[s]!.includes(i);
      const here = (draft: Draft, with_: boolean) => {
        const placement = draft.placement(m);
        return Number(placement?.start === start && draft.members[seat.panel]!.includes(i) && comes(draft) === with_);
      };
      const mine: number[] = [];
      const free = state === IF_NEED_BE ? seat.tentative : 0;
      const exact = watched.has(person) || journeys;
      if (state !== CANNOT) {
        // where nothing else could book them, those who can come do, unless it is dearer than staying away
        const column = model.column(exact ? free : Math.min(free, seat.absent), (draft) => here(draft, true) || (exact ? 0 : here(draft, false)));
        coming.push(column);
        if (seat.tagged?.has[i]) wanted.push(column);
        mine.push(column);
        if (exact) sits.push(sitOf(problem, { meeting, start, mode: 2, columns: [] }, seat, person, [column]));
      }
      if (state === CANNOT || exact) mine.push(model.column(seat.absent, (draft) => here(draft, false)));
      model.lazyRow(-Infinity, 0, [1, mine], [-1, on]);
      all[i]!.push(...mine);
      return mine;
    });
    const { atLeast, percent } = seat.quorum;
    model.row(0, Infinity, [1, coming], [-atLeast, on]);
    if (percent > 0) model.row(0, Infinity, [100, coming], [-percent, columns.flat()]);
    if (seat.tagged) {
      const missing = model.column(seat.tagged.missing, (_, x) => Math.max(0, sumAt(on, x) - sumAt(wanted, x)), {
        integer: false,
      });
      model.row(0, Infinity, [1, [missing, ...wanted]], [-1, on]);
    }
    return columns;
  });
  whole.forEach((member, i) => {
    if (!member.length) return;
    const rest: number[] = [];
    if (undecided >= 0) {
      rest.push(
        model.column(seat.absent, (draft) =>
          Number(!draft.placement(m) && (draft.members[seat.panel]?.includes(i) ?? false)),
        ),
      );
      model.row(-Infinity, 0, [1, rest], [-1, [undecided]]);
    }
    model.row(0, 0, [1, [...all[i]!, ...rest]], [-1, member]);
  });
  return byStart;
}

