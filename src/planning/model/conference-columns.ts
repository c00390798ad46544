import type { ProblemConference, ProblemHearing, ProblemSeat } from '../problem/problem.ts';
import { busyDays, candidatesOf, meetsConference } from '../problem/separate.ts';
import type { Draft } from '../search/draft.ts';
import { isExactMember, memberColumns, type Session } from './conference-members.ts';
import { costsByFirstDay, leastHearingCost, personCost } from './conference-least.ts';
import { covers, type LoadUse, type MeetingColumns, type ModelScope } from './scope.ts';

/**
 * First days and hearings of the conferences that depend on visits or officers. A member who may be booked elsewhere counts as there or
 * away as is cheaper: the bound stays true, and what they really do is settled when the plan is judged.
 */
export function conferenceColumns(scope: ModelScope, columns: MeetingColumns): LoadUse[] {
  const uses: LoadUse[] = [];
  const busy = busyDays(scope.problem);
  for (const conference of scope.problem.conferences) {
    if (scope.separate.has(conference.index)) continue;
    const from = scope.model.columns;
    const days = dayColumns(scope, conference);
    columns.conferenceDays.set(conference.index, days);
    const isBusy = (person: number) => meetsConference(conference, busy.get(person));
    const all = conference.hearings.map((h) => {
      const hearing = scope.problem.hearings[h]!;
      const { sessions, undecided } = hearingColumns(scope, columns, conference, hearing, isBusy, uses);
      afterRows(scope, columns, conference, hearing, days, undecided);
      return sessions;
    });
    slotRows(scope, conference, days, all);
    // one alone is as tight without it, and the solver slower with it
    if (scope.problem.conferences.length > 1) leastRow(scope, conference, days, isBusy, from);
  }
  return uses;
}

/**
 * On each first day the hearings cost so much at least. Without this row a relaxation is there on many days in part, and each hearing
 * on the one that suits it best.
 * @param from the conference's first column
 */
function leastRow(
  { problem, model, allPlaced }: ModelScope,
  conference: ProblemConference,
  days: DayColumns,
  isBusy: (person: number) => boolean,
  from: number,
): void {
  const least = costsByFirstDay(problem, conference, isBusy, allPlaced ? Infinity : problem.unplaced);
  const possible = [...least].filter(([, cost]) => cost < Infinity);
  if (possible.length < least.size) model.row(-Infinity, 0, [1, noneOf(least, days)]);
  if (!possible.length) return;
  // told as what each day costs more than the best one, where one of them is certain
  const best = allPlaced || conference.mustBePlaced ? Math.min(...possible.map(([, cost]) => cost)) : 0;
  const own = Array.from({ length: model.columns - from }, (_, k) => from + k);
  const byCost = Map.groupBy(own, (column) => model.cost[column]!);
  model.row(
    best,
    Infinity,
    ...[...byCost].filter(([cost]) => cost !== 0),
    ...possible.map(([day, cost]) => [best - cost, [days.get(day)!]] as const),
  );
}

const noneOf = (least: ReadonlyMap<number, number>, days: DayColumns): number[] =>
  [...least].filter(([, cost]) => cost === Infinity).map(([day]) => days.get(day)!);

/** by first day */
type DayColumns = ReadonlyMap<number, number>;

function dayColumns({ problem, model, allPlaced }: ModelScope, conference: ProblemConference): DayColumns {
  const arrangement = (draft: Draft) => draft.conferences.arrangement(conference.index);
  const columns = new Map(
    conference.firstDays.map(({ day, cost }) => [
      day,
      model.column(cost, (draft) => Number(arrangement(draft).day === day)),
    ]),
  );
  const open = !allPlaced && !conference.mustBePlaced;
  const none = open ? [model.column(problem.unplaced, (draft) => Number(arrangement(draft).day < 0))] : [];
  model.row(1, 1, [1, [...columns.values(), ...none]]);
  return columns;
}

function hearingColumns(
  scope: ModelScope,
  columns: MeetingColumns,
  conference: ProblemConference,
  hearing: ProblemHearing,
  isBusy: (person: number) => boolean,
  loadUses: LoadUse[],
): { sessions: Session[]; undecided: readonly number[] } {
  const { problem, model, allPlaced } = scope;
  const index = conference.hearings.indexOf(hearing.index);
  const place = (draft: Draft) => draft.conferences.arrangement(conference.index).hearings[index]!;
  const chosen = hearing.seats.filter((seat) => needsColumns(scope, seat, isBusy));
  const days = [...new Set(conference.firstDays.flatMap(({ day }) => range(day, conference.dayCount)))];
  const sessions: Session[] = [];
  const maybeAway = (person: number) => isBusy(person) && !isExactMember(scope, hearing, person);
  for (const day of days)
    conference.slots.forEach(({ half }, slot) => {
      if (hearing.locked && (hearing.locked.day !== day || hearing.locked.slot !== slot)) return;
      const cost = leastHearingCost(problem, conference, hearing, { day, slot }, chosen, maybeAway);
      if (cost === undefined) return;
      const column = model.column(cost, (draft) => {
        const at = place(draft);
        return Number(at?.day === day && at.slot === slot);
      });
      sessions.push({ day, slot, half: 2 * day + half, column });
    });
  const open = !allPlaced && !hearing.locked;
  const undecided = open ? [model.column(problem.unplaced, (draft) => Number(!place(draft)))] : [];
  model.row(1, 1, [1, [...sessions.map((s) => s.column), ...undecided]]);
  for (const seat of hearing.seats) {
    const uses = seatColumns(scope, columns, seat, sessions, chosen.includes(seat), isBusy, place);
    for (const [person, mine] of uses)
      if (seat.loads.length) loadUses.push({ loads: seat.loads, person, columns: mine });
  }
  memberColumns(scope, columns, conference, hearing, sessions);
  return { sessions, undecided };
}

/** Who sits there matters elsewhere: an officer, somebody who may be booked, or a load */
const needsColumns = ({ problem }: ModelScope, seat: ProblemSeat, isBusy: (person: number) => boolean): boolean =>
  seat.kind === 'assigned' ||
  (seat.kind === 'oneOf' && (seat.loads.length > 0 || candidatesOf(problem, seat).some(isBusy)));

function seatColumns(
  scope: ModelScope,
  { holders, sits }: MeetingColumns,
  seat: ProblemSeat,
  sessions: readonly Session[],
  chosen: boolean,
  isBusy: (person: number) => boolean,
  place: (draft: Draft) => { day: number; slot: number; seats: readonly number[] } | null,
): Map<number, number[]> {
  const { problem, model } = scope;
  const uses = new Map<number, number[]>();
  const halves = [...new Set(sessions.map((session) => session.half))];
  for (const half of halves) {
    const here = sessions.filter((session) => session.half === half).map((session) => session.column);
    const nowhereElse = (person: number, mine: readonly number[]) => {
      if (!isBusy(person)) return;
      const booked = sits.filter((sit) => sit.person === person && covers(problem, sit, half));
      if (booked.length) model.row(-Infinity, 1, [1, mine], [1, booked.flatMap((sit) => sit.columns)]);
    };
    if (seat.kind === 'person') nowhereElse(seat.person, here);
    if (!chosen) continue;
    const mine: number[] = [];
    for (const person of candidatesOf(problem, seat)) {
      if (seat.locked >= 0 && seat.locked !== person) continue;
      if (seat.kind === 'assigned' && !holders[seat.assignment]!.has(person)) continue;
      const cost = personCost(problem, seat, person, half);
      if (cost === undefined) continue;
      const column = model.column(cost, (draft) => {
        const at = place(draft);
        const isHere = at !== null && sessions.some((s) => s.half === half && s.day === at.day && s.slot === at.slot);
        return Number(isHere && at.seats[seat.index] === person);
      });
      mine.push(column);
      uses.set(person, [...(uses.get(person) ?? []), column]);
      nowhereElse(person, [column]);
    }
    model.row(0, 0, [1, mine], [-1, here]);
  }
  if (seat.kind === 'assigned')
    for (const [person, holder] of holders[seat.assignment]!)
      model.row(-Infinity, 0, [1, uses.get(person) ?? []], [-1, [holder]]);
  return uses;
}

/** One hearing a slot, and only while the conference is there */
function slotRows(
  { model }: ModelScope,
  conference: ProblemConference,
  days: DayColumns,
  hearings: readonly (readonly Session[])[],
): void {
  const running = (day: number) =>
    range(day - conference.dayCount + 1, conference.dayCount).flatMap((first) => days.get(first) ?? []);
  const bySlot = new Map<string, { day: number; columns: number[] }>();
  for (const sessions of hearings) {
    const byDay = Map.groupBy(sessions, (session) => session.day);
    for (const [day, mine] of byDay) model.row(-Infinity, 0, [1, mine.map((s) => s.column)], [-1, running(day)]);
    for (const { day, slot, column } of sessions) {
      const key = `${day} ${slot}`;
      const entry = bySlot.get(key) ?? { day, columns: [] };
      bySlot.set(key, entry);
      entry.columns.push(column);
    }
  }
  for (const { day, columns } of bySlot.values())
    if (columns.length > 1) model.row(-Infinity, 0, [1, columns], [-1, running(day)]);
}

/** No conference on or before a day for which a visit would be too late */
function afterRows(
  { problem, model }: ModelScope,
  { starts }: MeetingColumns,
  conference: ProblemConference,
  hearing: ProblemHearing,
  days: DayColumns,
  undecided: readonly number[],
): void {
  const { ordinal } = problem.calendar;
  for (const { meeting, days: wait } of hearing.after) {
    let told = -1;
    for (const { day } of conference.firstDays.toReversed()) {
      const late = problem.meetings[meeting]!.starts.filter((start) => ordinal[day]! - ordinal[start.lastDay]! < wait);
      // an earlier first day with the same late starts says less than a later one that was told already
      if (!late.length || late.length === told) continue;
      told = late.length;
      const until = conference.firstDays.filter((first) => first.day <= day).map((first) => days.get(first.day)!);
      const columns = late.flatMap((start) => starts[meeting]![start.index]!);
      model.row(-Infinity, 1, [1, columns], [1, until], [-1, undecided]);
    }
  }
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k);
