import type { Sit } from '../model/scope.ts';
import { begins, ends, type Problem, type ProblemMeeting } from '../problem/problem.ts';
import { distance, farther } from './agreed-year.ts';
import type { AskScope } from './ask-scope.ts';

/** Windows, closed days, mode and locks of meetings */
export function meetingRows(scope: AskScope): void {
  for (const meeting of scope.problem.meetings) {
    timeRows(scope, meeting);
    lockRows(scope, meeting);
  }
  for (const { index, id } of scope.problem.assignments)
    for (const { lock, column } of scope.book.locksOf(id))
      if ('assignment' in lock) otherHolder(scope, index, lock.person, column);
}

function timeRows({ instance, model, book, columns }: AskScope, meeting: ProblemMeeting): void {
  const source = instance.meetings[meeting.index]!;
  const starts = columns.starts[meeting.index]!;
  const outside = meeting.starts.filter((start) => distance(source, start) > 0);
  if (outside.length) {
    const wider = book.column({ ask: 'window', of: meeting.id });
    model.row(-Infinity, 0, [1, outside.flatMap((start) => starts[start.index]!)], [-1, [wider]]);
    // the nearer day is the nicer one
    for (const start of outside)
      for (const column of starts[start.index]!) model.cost[column]! += farther(source, start);
  }
  for (const day of new Set(source.closed)) {
    const touching = meeting.starts.filter((start) => start.firstDay <= day && day <= start.lastDay);
    if (!touching.length) continue;
    const open = book.column({ ask: 'open-day', of: meeting.id, day });
    model.row(-Infinity, 0, [1, touching.flatMap((start) => starts[start.index]!)], [-1, [open]]);
  }
  if (source.online || meeting.modeCost[1] < 0) return;
  const online = meeting.starts.map((start) => starts[start.index]![1]!);
  if (online.length) model.row(-Infinity, 0, [1, online], [-1, [book.column({ ask: 'online', meeting: meeting.id })]]);
}

function lockRows(scope: AskScope, meeting: ProblemMeeting): void {
  const { model, book, columns } = scope;
  for (const { lock, column } of book.locksOf(meeting.id)) {
    if (!('meeting' in lock)) continue;
    if (lock.start !== undefined) {
      const other = meeting.starts.filter(({ half }) => half !== lock.start);
      model.row(-Infinity, 0, [1, other.flatMap((s) => columns.starts[meeting.index]![s.index]!)], [-1, [column()]]);
    }
    for (const [seatId, person] of Object.entries(lock.seats ?? {})) {
      const seat = meeting.seats.find(({ id }) => id === seatId)!;
      if (seat.kind === 'assigned') otherHolder(scope, seat.assignment, person, column);
      const wanted = scope.problem.personIndex.get(person)!;
      const others = columns.sits.filter((s) => s.meeting === meeting.index && s.seat === seat && s.person !== wanted);
      if (seat.kind !== 'assigned') model.row(-Infinity, 0, [1, others.flatMap((s) => s.columns)], [-1, [column()]]);
    }
  }
}

/** Somebody else than the lock says holds the assignment: only if it is given up */
export function otherHolder(
  { model, columns, problem }: Pick<AskScope, 'model' | 'columns' | 'problem'>,
  assignment: number,
  person: string,
  column: () => number,
): void {
  const wanted = problem.personIndex.get(person)!;
  const others = [...columns.holders[assignment]!].flatMap(([holder, mine]) => (holder === wanted ? [] : [mine]));
  model.row(-Infinity, 0, [1, others], [-1, [column()]]);
}

/** Nobody sits anywhere in a half day in which they are away, unless they are asked for it */
export function halfDayRows({ problem, model, book, columns, instance, availability }: AskScope): void {
  const byHalf = new Map<string, { person: number; half: number; columns: number[] }>();
  for (const sit of columns.sits)
    for (const half of halvesOf(problem, sit)) {
      if (availability[sit.person]![half] !== 'x') continue;
      const key = `${sit.person} ${half}`;
      const entry = byHalf.get(key) ?? { person: sit.person, half, columns: [] };
      byHalf.set(key, entry);
      entry.columns.push(...sit.columns);
    }
  for (const { person, half, columns: sitting } of byHalf.values()) {
    const asked = book.column({ ask: 'half-day', person: instance.people[person]!.id, half });
    model.row(-Infinity, 0, [1, sitting], [-1, [asked]]);
  }
  twiceInOne(columns.sits, model);
}

/** Nobody sits in two seats of one meeting. */
function twiceInOne(sits: readonly Sit[], model: AskScope['model']): void {
  const groups = Map.groupBy(sits, (sit) => `${sit.meeting} ${sit.person}`);
  for (const group of groups.values())
    if (new Set(group.map((sit) => sit.seat)).size > 1) model.row(-Infinity, 1, [1, group.flatMap((s) => s.columns)]);
}

const firstHalves = new WeakMap<Problem, Map<number, number>>();

/** The half days that somebody sits through */
export function halvesOf(problem: Problem, sit: { from: number; until: number }): number[] {
  const { calendar } = problem;
  let index = firstHalves.get(problem);
  if (!index) {
    index = new Map(Array.from({ length: 2 * calendar.dayCount }, (_, half) => [begins(calendar, half), half]));
    firstHalves.set(problem, index);
  }
  const halves: number[] = [];
  for (let half = index.get(sit.from)!; half < 2 * calendar.dayCount && begins(calendar, half) < sit.until; half++)
    if (ends(calendar, half) > sit.from) halves.push(half);
  return halves;
}
