import { askCost } from '../asks.ts';
import { bookedOnPanelsAndElsewhere } from '../model/model-of.ts';
import { modesOf, sitOf } from '../model/scope.ts';
import {
  CAN,
  CANNOT,
  quorumOf,
  type ProblemMeeting,
  type ProblemPanel,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import type { Counting } from './ask-book.ts';
import type { AskScope } from './ask-scope.ts';

/** Who is on each panel, and who of them comes. @returns by panel, by candidate: the column that says they are a member */
export function panelRows(scope: AskScope): number[][] {
  // that nobody comes to two panels at once is left to the year carried out: it is rare, and dear to look at
  const tied = bookedOnPanelsAndElsewhere(scope.problem);
  return scope.problem.panels.map((panel) => {
    const members = memberRows(scope, panel);
    for (const { meeting, seat } of panel.meetings) {
      const m = scope.problem.meetings[meeting]!;
      attendanceRows(scope, panel, m, m.seats[seat]!, members, tied);
    }
    return members;
  });
}

function memberRows({ instance, model, book, problem }: AskScope, panel: ProblemPanel): number[] {
  const { min, max, needs } = panel.source;
  const members = panel.candidates.map(() => model.column(0, () => 0));
  model.row(min, max, [1, members]);
  needs.forEach((_, need) => {
    model.row(1, Infinity, [1, members.filter((_, i) => panel.covers[i]! & (1 << need))]);
  });
  for (const { lock, column } of book.locksOf(panel.id)) {
    if (!('panel' in lock)) continue;
    const given = column();
    const isNamed = (i: number) => lock.people.includes(instance.people[panel.candidates[i]!.person]!.id);
    members.forEach((member, i) =>
      isNamed(i) ? model.row(1, Infinity, [1, [member, given]]) : model.row(-Infinity, 0, [1, [member]], [-1, [given]]),
    );
    if (!lock.people.every((id) => panel.candidateOf.has(problem.personIndex.get(id)!))) model.row(1, 1, [1, [given]]);
  }
  return members;
}

function attendanceRows(
  scope: AskScope,
  panel: ProblemPanel,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  members: readonly number[],
  tied: ReadonlySet<number>,
): void {
  const { instance, model, book, columns } = scope;
  const source = instance.meetings[meeting.index]!.seats[seat.index]!;
  if (!('panel' in source)) return;
  const starts = columns.starts[meeting.index]!;
  const { atLeast, percent } = source;
  const spare = scope.spare.panels[meeting.index]!;
  const isAffordable = (ask: 'half-day' | 'quorum') => (start: Start) => askCost(instance, ask) <= spare[start.index]!;
  // where so many can come that any panel has its quorum, nobody need be asked; some may be members for what they know
  const wanted = quorumOf({ atLeast, percent }, panel.source.max) + panel.source.needs.length;
  const lacking = meeting.starts
    .filter(isAffordable('half-day'))
    .filter((start) => enough(scope, panel, start, seat) < wanted);
  const coming = panel.candidates.map(({ person }, i) => {
    const comes = model.column(0, () => 0);
    model.row(-Infinity, 0, [1, [comes]], [-1, [members[i]!]]);
    const can = meeting.starts.filter((start) => stateAt(scope, person, start, seat) !== CANNOT);
    if (tied.has(person)) {
      model.row(0, 0, [1, tiedColumns(scope, meeting, seat, person)], [-1, [comes]]);
      return comes;
    }
    const asked = askedColumns(
      scope,
      meeting,
      seat,
      person,
      lacking.filter((start) => !can.includes(start)),
    );
    model.row(-Infinity, 0, [1, [comes]], [-1, can.flatMap((start) => starts[start.index]!)], [-1, asked]);
    return comes;
  });
  if (atLeast <= 0 && percent <= 0) return;
  const now = quorumOf(source, Math.min(panel.source.max, panel.candidates.length));
  const ask: Counting = { ask: 'quorum', of: `${meeting.id} ${seat.id}`, atLeast: now };
  const isPossible = now > 1 && meeting.starts.some(isAffordable('quorum'));
  const fewer = isPossible ? [book.amount(ask, now - 1)] : [];
  const made = isPossible ? [book.column(ask)] : [];
  model.row(0, Infinity, [1, coming], [1, fewer], [-now, made]);
  if (atLeast > 0) model.row(atLeast, Infinity, [1, coming], [atLeast, made]);
  if (percent > 0) model.row(0, Infinity, [100, coming], [-percent, members], [percent * panel.source.max, made]);
}

/** Attendance start by start: of people whom something else may need at that time */
function tiedColumns(scope: AskScope, meeting: ProblemMeeting, seat: ProblemSeat, person: number): number[] {
  const { problem, model, columns } = scope;
  return meeting.starts.flatMap((start) =>
    modesOf(meeting, start, columns.starts[meeting.index]![start.index]!, seat.travel !== null).map((at) => {
      const here = model.column(0, () => 0);
      model.row(-Infinity, 0, [1, [here]], [-1, at.columns]);
      columns.sits.push(sitOf(problem, at, seat, person, [here]));
      return here;
    }),
  );
}

/** Attendance of somebody who is away then and would be asked for those half days */
function askedColumns(
  { instance, model, book, columns, availability }: AskScope,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  person: number,
  starts: readonly Start[],
): number[] {
  const byHalf = new Map<number, number[]>();
  const all = starts.map((start) => {
    const here = model.column(0, () => 0, { integer: false });
    model.row(-Infinity, 0, [1, [here]], [-1, columns.starts[meeting.index]![start.index]!]);
    for (let half = start.half; half <= (seat.openingOnly ? start.half : start.last); half++)
      if (availability[person]![half] === 'x') byHalf.set(half, [...(byHalf.get(half) ?? []), here]);
    return here;
  });
  for (const [half, here] of byHalf)
    model.row(
      -Infinity,
      0,
      [1, here],
      [-1, [book.column({ ask: 'half-day', person: instance.people[person]!.id, half })]],
    );
  return all;
}

function stateAt({ availability }: AskScope, person: number, start: Start, seat: ProblemSeat): number {
  const letters = availability[person]!.slice(start.half, (seat.openingOnly ? start.half : start.last) + 1);
  return letters.includes('x') ? CANNOT : CAN;
}

const enough = (scope: AskScope, panel: ProblemPanel, start: Start, seat: ProblemSeat): number =>
  panel.candidates.filter(({ person }) => stateAt(scope, person, start, seat) !== CANNOT).length;
