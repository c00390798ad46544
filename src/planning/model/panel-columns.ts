import {
  CANNOT,
  IF_NEED_BE,
  type ProblemMeeting,
  type ProblemPanel,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import type { Draft } from '../search/draft.ts';
import { sumAt } from './linear-model.ts';
import { isAt, modesOf, sitOf, type MeetingColumns, type ModelScope } from './scope.ts';

/** The columns of one start: by candidate, those whose sum says that they are a member while the meeting is there */
interface AtStart {
  readonly members: readonly (readonly number[])[];
  readonly on: readonly number[];
}

/**
 * Membership is split by the start of the panel's meeting, so that who is away there is known without large numbers. A panel with
 * several meetings is split by each of them.
 * @returns by panel, by candidate: columns whose sum says that they are a member
 */
export function panelColumns(scope: ModelScope, columns: MeetingColumns): number[][][] {
  return scope.problem.panels.map((panel) => onePanel(scope, columns, panel));
}

function onePanel(scope: ModelScope, columns: MeetingColumns, panel: ProblemPanel): number[][] {
  const { problem, model, allPlaced } = scope;
  const mayBeOpen = !allPlaced && !panel.locked;
  const none = mayBeOpen
    ? [model.column(panel.undecided - panel.leftOut, (draft) => Number(!draft.members[panel.index]))]
    : [];
  model.offset += panel.leftOut;
  const whole = panel.candidates.map(({ cost }, i) =>
    !panel.locked || panel.locked.includes(i)
      ? [model.column(cost, (draft) => Number(draft.members[panel.index]?.includes(i) ?? false))]
      : [],
  );
  const split = panel.meetings.map(({ meeting, seat }) => {
    const m = problem.meetings[meeting]!;
    if (mayBeOpen) model.row(-Infinity, 1, [1, columns.starts[meeting]!.flat()], [1, none]);
    return attendance(scope, columns, m, m.seats[seat]!, whole);
  });
  for (const atStart of split.flat()) panelRows(scope, panel, atStart.members, atStart.on, []);
  panelRows(scope, panel, whole, [], none);
  if (panel.locked) model.row(panel.locked.length, panel.locked.length, [1, whole.flat()]);
  // below the target: by start where there is one for certain, which is tighter
  if (panel.source.short > 0 && panel.source.target > panel.source.min) {
    const certain = allPlaced ? split[0] : undefined;
    if (certain) for (const { members, on } of certain) shortColumn(scope, panel, members.flat(), on, []);
    else shortColumn(scope, panel, whole.flat(), [], none);
  }
  return whole;
}

/** Size and needs, times whether the meeting is there (`on`), or whether the panel is decided at all (not `none`) */
function panelRows(
  { model }: ModelScope,
  panel: ProblemPanel,
  members: readonly (readonly number[])[],
  on: readonly number[],
  none: readonly number[],
): void {
  const { min, max, needs } = panel.source;
  const all = members.flat();
  const atLeast = (n: number, columns: readonly number[]) =>
    on.length ? model.row(0, Infinity, [1, columns], [-n, on]) : model.row(n, Infinity, [1, columns], [n, none]);
  atLeast(min, all);
  if (on.length) model.row(-Infinity, 0, [1, all], [-max, on]);
  else model.row(-Infinity, max, [1, all], [max, none]);
  needs.forEach((_, need) => {
    atLeast(1, members.filter((_, i) => panel.covers[i]! & (1 << need)).flat());
  });
}

function shortColumn(
  { model }: ModelScope,
  { source }: ProblemPanel,
  members: readonly number[],
  on: readonly number[],
  none: readonly number[],
): void {
  const { target, short, min } = source;
  const decided = (x: Float64Array) => (on.length ? sumAt(on, x) : 1 - sumAt(none, x));
  const column = model.column(short, (_, x) => decided(x) * Math.max(0, target - sumAt(members, x)), {
    upper: target - min,
    integer: false,
  });
  if (on.length) model.row(0, Infinity, [1, [column, ...members]], [-target, on]);
  else model.row(target, Infinity, [1, [column, ...members]], [target, none]);
}

/** Who of the panel is where its meeting is */
function attendance(
  scope: ModelScope,
  columns: MeetingColumns,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  whole: readonly (readonly number[])[],
): AtStart[] {
  const { model } = scope;
  const byStart = meeting.starts.map((start) => oneStart(scope, columns, meeting, seat, start, whole));
  const undecided = columns.undecided[meeting.index]!;
  whole.forEach((member, i) => {
    if (!member.length) return;
    const rest: number[] = [];
    if (undecided >= 0) {
      const left = (draft: Draft) =>
        Number(!draft.placement(meeting.index) && (draft.members[seat.panel]?.includes(i) ?? false));
      rest.push(model.column(seat.absent, left));
      model.row(-Infinity, 0, [1, rest], [-1, [undecided]]);
    }
    model.row(0, 0, [1, [...byStart.flatMap(({ members }) => members[i]!), ...rest]], [-1, member]);
  });
  return byStart;
}

function oneStart(
  { problem, model, watched, travellers }: ModelScope,
  { starts, sits }: MeetingColumns,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  start: Start,
  whole: readonly (readonly number[])[],
): AtStart {
  const on = starts[meeting.index]![start.index]!;
  const journeys = seat.travel !== null || seat.trip;
  const coming: number[] = [];
  const wanted: number[] = [];
  const members = problem.panels[seat.panel]!.candidates.map(({ person }, i) => {
    if (!whole[i]!.length) return [];
    const state = start.panel[seat.index]![i]!;
    const tentative = state === IF_NEED_BE ? seat.tentative : 0;
    const isMember = (draft: Draft) => draft.members[seat.panel]!.includes(i);
    const comes = (draft: Draft) => draft.placement(meeting.index)!.attending[seat.index]!.includes(i);
    // whether they come is a choice where they may be needed elsewhere, or would rather be absent but for the quorum
    const unwilling = state === IF_NEED_BE && seat.tentative > seat.absent;
    const exact = watched.has(person) || journeys || travellers.has(person) || unwilling;
    const mine: number[] = [];
    for (const at of modesOf(meeting, start, on, exact)) {
      const here: number[] = [];
      const there = (draft: Draft, attending?: boolean) =>
        Number(isAt(draft, at) && isMember(draft) && (attending === undefined || comes(draft) === attending));
      if (state !== CANNOT && exact) {
        here.push(model.column(tentative, (draft) => there(draft, true)));
        sits.push(sitOf(problem, at, seat, person, here));
      } else if (state !== CANNOT) {
        // where nothing else is likely to book them they come, or stay away if that is cheaper: one column for both
        here.push(model.column(Math.min(tentative, seat.absent), (draft) => there(draft)));
      }
      coming.push(...here);
      if (seat.tagged?.has[i]) wanted.push(...here);
      if (state === CANNOT || exact) here.push(model.column(seat.absent, (draft) => there(draft, false)));
      model.row(-Infinity, 0, [1, here], [-1, at.columns]);
      mine.push(...here);
    }
    return mine;
  });
  const { atLeast, percent } = seat.quorum;
  model.row(0, Infinity, [1, coming], [-atLeast, on]);
  if (percent > 0) model.row(0, Infinity, [100, coming], [-percent, members.flat()]);
  if (seat.tagged) {
    const nobody = (_: Draft, x: Float64Array) => Math.max(0, sumAt(on, x) - sumAt(wanted, x));
    const missing = model.column(seat.tagged.missing, nobody, { integer: false });
    model.row(0, Infinity, [1, [missing, ...wanted]], [-1, on]);
  }
  return { members, on };
}
