import type { ProblemMeeting, ProblemSeat } from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import type { Draft } from '../search/draft.ts';
import { isAt, modesOf, sitOf, type At, type MeetingColumns, type ModelScope } from './scope.ts';

/** When each meeting is and in which mode, who holds each assignment, and who sits in each seat that is not a panel's */
export function meetingColumns(scope: ModelScope): MeetingColumns {
  const { problem } = scope;
  const columns = {
    starts: [] as (readonly (readonly number[])[])[],
    undecided: [] as number[],
    holders: problem.assignments.map((_, a) => holderColumns(scope, a)),
    sits: [],
    conferenceDays: new Map<number, ReadonlyMap<number, number>>(),
  };
  for (const meeting of problem.meetings) {
    startColumns(scope, meeting, columns);
    for (const seat of meeting.seats) if (seat.kind !== 'panel') seatColumns(scope, meeting, seat, columns);
  }
  return columns;
}

function holderColumns({ problem, model, allPlaced }: ModelScope, a: number): Map<number, number> {
  const assignment = problem.assignments[a]!;
  const columns = new Map<number, number>();
  for (const { person, cost } of assignment.candidates)
    if (assignment.locked < 0 || assignment.locked === person)
      columns.set(
        person,
        model.column(cost, (draft) => Number(draft.holder[a] === person)),
      );
  const open = !allPlaced && assignment.locked < 0;
  const none = open ? [model.column(assignment.undecided, (draft) => Number(draft.holder[a]! < 0))] : [];
  model.row(1, 1, [1, [...columns.values(), ...none]]);
  return columns;
}

function startColumns(
  { problem, model, allPlaced }: ModelScope,
  meeting: ProblemMeeting,
  columns: { starts: (readonly (readonly number[])[])[]; undecided: number[] },
): void {
  const mine = meeting.starts.map((start) =>
    ([0, 1] as const).flatMap((mode) => {
      if (meeting.modeCost[mode] < 0) return [];
      const at: At = { meeting, start, mode, columns: [] };
      return [model.column(start.base + meeting.modeCost[mode], (draft) => Number(isAt(draft, at)))];
    }),
  );
  const open = !allPlaced && !meeting.mustBePlaced;
  const none = open ? model.column(problem.unplaced, (draft) => Number(!draft.placement(meeting.index))) : -1;
  model.row(1, 1, [1, [...mine.flat(), ...(open ? [none] : [])]]);
  columns.starts.push(mine);
  columns.undecided.push(none);
}

/** One column per start and person, tied to the start by an equation: so the relaxation is tight. */
function seatColumns(
  { problem, model, travellers }: ModelScope,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  { starts, holders, sits }: MeetingColumns,
): void {
  const apart = candidatesOf(problem, seat).some((person) => travellers.has(person));
  /** of assigned seats: person → columns of all starts */
  const uses = new Map<number, number[]>();
  const add = (at: At, person: number, columns: readonly number[]) => {
    sits.push(sitOf(problem, at, seat, person, columns));
    uses.set(person, [...(uses.get(person) ?? []), ...columns]);
  };
  for (const start of meeting.starts)
    for (const at of modesOf(meeting, start, starts[meeting.index]![start.index]!, apart)) {
      const options = start.options[seat.index]!;
      if (seat.kind === 'person') add(at, seat.person, at.columns);
      else if (options.length === 1) {
        for (const column of at.columns) model.cost[column]! += options[0]!.cost;
        add(at, options[0]!.person, at.columns);
      } else {
        const mine = options.map(({ person, cost }) => {
          const sitsHere = (draft: Draft) =>
            Number(isAt(draft, at) && draft.placement(meeting.index)!.seats[seat.index] === person);
          const column = model.column(cost, sitsHere);
          add(at, person, [column]);
          return column;
        });
        model.row(0, 0, [1, mine], [-1, at.columns]);
      }
    }
  if (seat.kind === 'assigned')
    for (const [person, holder] of holders[seat.assignment]!)
      model.row(-Infinity, 0, [1, uses.get(person) ?? []], [-1, [holder]]);
}
