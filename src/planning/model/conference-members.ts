import { CANNOT, IF_NEED_BE, type ProblemConference, type ProblemHearing } from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import { covers, type MeetingColumns, type ModelScope } from './scope.ts';

/** A hearing in one slot */
export interface Session {
  readonly day: number;
  readonly slot: number;
  readonly half: number;
  readonly column: number;
}

/**
 * Members whose bookings are looked at (`watchedMembers`): absent from a hearing exactly where something else has booked them, with what
 * that costs and what is left of the quorum. Who may sit in a seat of the hearing itself is left out.
 */
export function isExactMember(
  { watchedMembers, problem }: ModelScope,
  hearing: ProblemHearing,
  person: number,
): boolean {
  const mayBeAsked = hearing.seats.some((seat) => candidatesOf(problem, seat).includes(person));
  return problem.conferences.length === 1 && !mayBeAsked && (watchedMembers?.has(person) ?? false);
}

export function memberColumns(
  scope: ModelScope,
  { sits }: MeetingColumns,
  conference: ProblemConference,
  hearing: ProblemHearing,
  sessions: readonly Session[],
): void {
  const { model, problem } = scope;
  for (const [half, here] of Map.groupBy(sessions, (session) => session.half)) {
    const away: { m: number; column: number }[] = [];
    for (const [m, { person, required }] of conference.members.entries()) {
      if (hearing.recused[m] || !isExactMember(scope, hearing, person)) continue;
      const booked = sits
        .filter((sit) => sit.person === person && covers(problem, sit, half))
        .flatMap((s) => s.columns);
      if (!booked.length) continue;
      for (const [state, some] of Map.groupBy(here, (session) => stateIn(conference, m, session))) {
        if (state === CANNOT) continue;
        const on = some.map((session) => session.column);
        if (required) {
          model.row(-Infinity, 1, [1, on], [1, booked]);
          continue;
        }
        const sum = (list: readonly number[], x: Float64Array) => list.reduce((n, column) => n + x[column]!, 0);
        const cost = conference.absent - (state === IF_NEED_BE ? conference.tentative : 0);
        const column = model.column(cost, (_, x) => Math.min(1, sum(on, x) * sum(booked, x)));
        model.row(-Infinity, 1, [1, on], [1, booked], [-1, [column]]);
        model.row(-Infinity, 0, [1, [column]], [-1, on]);
        model.row(-Infinity, 0, [1, [column]], [-1, booked]);
        away.push({ m, column });
      }
    }
    if (!away.length) continue;
    const columns = away.map(({ column }) => column);
    for (const session of here) {
      const there = conference.members.filter(
        (_, m) => !hearing.recused[m] && stateIn(conference, m, session) !== CANNOT,
      );
      // so many may be away; anybody, where the hearing is not there
      const spare = there.length - conference.quorum;
      if (spare < columns.length)
        model.row(-Infinity, columns.length, [1, columns], [columns.length - spare, [session.column]]);
    }
  }
}

const stateIn = (conference: ProblemConference, m: number, { day, slot }: Session): number =>
  conference.presence[m]![(day - conference.presenceFrom) * conference.slots.length + slot]!;
