import { askCost } from '../asks.ts';
import type { LoadUse } from '../model/scope.ts';
import { wakefulness } from '../problem/own-clock.ts';
import { CANNOT, type ProblemConference, type ProblemHearing, type ProblemSeat } from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import { otherHolder } from './ask-meetings.ts';
import { distance, farther } from './agreed-year.ts';
import type { AskScope } from './ask-scope.ts';
import { priceOfDay } from './asked-problem.ts';

/** One of some slots of a half day that are alike: the same members are awake. */
interface Session {
  readonly day: number;
  readonly slots: readonly number[];
  readonly half: number;
  readonly column: number;
}

/** first day → column */
type Days = ReadonlyMap<number, number>;

export interface ConferenceDay {
  readonly conference: string;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly column: number;
}

/** First days and hearings. @returns who is used in their seats, for the loads; and the first days */
export function conferenceRows(scope: AskScope): { uses: LoadUse[]; days: ConferenceDay[] } {
  const uses: LoadUse[] = [];
  const firstDays: ConferenceDay[] = [];
  for (const conference of scope.problem.conferences) {
    const days = dayRows(scope, conference);
    scope.columns.conferenceDays.set(conference.index, days);
    for (const [firstDay, column] of days)
      firstDays.push({ conference: conference.id, firstDay, lastDay: firstDay + conference.dayCount - 1, column });
    const all = conference.hearings.map((h) => hearingRows(scope, conference, scope.problem.hearings[h]!, days, uses));
    const bySlots = Map.groupBy(all.flat(), ({ day, slots }) => `${day} ${slots[0]}`);
    for (const sessions of bySlots.values()) {
      const room = sessions[0]!.slots.length;
      if (sessions.length > room) scope.model.row(-Infinity, room, [1, sessions.map(({ column }) => column)]);
    }
  }
  return { uses, days: firstDays };
}

function dayRows({ instance, model, book }: AskScope, conference: ProblemConference): Days {
  const source = instance.conferences[conference.index]!;
  const last = (day: number) => day + conference.dayCount - 1;
  const days = new Map(
    conference.firstDays.map(({ day }) => {
      return [day, model.column(farther(source, { firstDay: day, lastDay: last(day) }), () => 0)];
    }),
  );
  model.row(1, 1, [1, [...days.values()]]);
  const those = (isMeant: (day: number) => boolean) =>
    [...days].flatMap(([day, column]) => (isMeant(day) ? [column] : []));
  const outside = those((day) => distance(source, { firstDay: day, lastDay: last(day) }) > 0);
  if (outside.length) model.row(-Infinity, 0, [1, outside], [-1, [book.column({ ask: 'window', of: conference.id })]]);
  for (const closed of new Set(source.closed)) {
    const touching = those((day) => day <= closed && closed <= last(day));
    if (!touching.length) continue;
    model.row(-Infinity, 0, [1, touching], [-1, [book.column({ ask: 'open-day', of: conference.id, day: closed })]]);
  }
  for (const { lock, column } of book.locksOf(conference.id))
    if ('conference' in lock) model.row(-Infinity, 0, [1, those((day) => day !== lock.day)], [-1, [column()]]);
  return days;
}

function hearingRows(
  scope: AskScope,
  conference: ProblemConference,
  hearing: ProblemHearing,
  days: Days,
  uses: LoadUse[],
): Session[] {
  const { model, book } = scope;
  const on = [...new Set(conference.firstDays.flatMap(({ day }) => range(day, conference.dayCount)))];
  const sessions: Session[] = on.flatMap((day) =>
    slotsAlike(scope, conference, day).flatMap((slots) => {
      const at = { day, slots, half: 2 * day + conference.slots[slots[0]!]!.half };
      const column = sessionColumn(scope, conference, hearing, at, dearestOn(scope, conference, day));
      return column === undefined ? [] : [{ ...at, column }];
    }),
  );
  model.row(1, 1, [1, sessions.map(({ column }) => column)]);
  for (const [day, mine] of Map.groupBy(sessions, (session) => session.day)) {
    const running = range(day - conference.dayCount + 1, conference.dayCount).flatMap((first) => days.get(first) ?? []);
    model.row(-Infinity, 0, [1, mine.map(({ column }) => column)], [-1, running]);
  }
  const seated = hearing.seats.map((seat) => seatRows(scope, seat, sessions, uses));
  for (const { lock, column } of book.locksOf(hearing.id)) {
    if (!('hearing' in lock)) continue;
    const others = sessions.filter(({ day, slots }) => day !== lock.day || !slots.includes(lock.slot));
    model.row(-Infinity, 0, [1, others.map((session) => session.column)], [-1, [column()]]);
    for (const [seatId, person] of Object.entries(lock.seats ?? {})) {
      const at = hearing.seats.findIndex(({ id }) => id === seatId);
      const seat = hearing.seats[at]!;
      if (seat.kind === 'assigned') otherHolder(scope, seat.assignment, person, column);
      const wanted = scope.problem.personIndex.get(person)!;
      const rest = [...seated[at]!].flatMap(([other, own]) => (other === wanted ? [] : own));
      model.row(-Infinity, 0, [1, rest], [-1, [column()]]);
    }
  }
  afterRows(scope, hearing, days);
  return sessions;
}

function slotsAlike({ instance, problem }: AskScope, { index, slots }: ProblemConference, day: number): number[][] {
  const source = instance.conferences[index]!;
  const awake = (slot: number) =>
    source.members.map(({ person, online }) => {
      const zone = instance.people[problem.personIndex.get(person)!]!.zone ?? instance.zone;
      return Number(
        !online || wakefulness(zone, instance.zone, instance.days[day]!.date, source.slots[slot]!.at) !== CANNOT,
      );
    });
  return [...Map.groupBy(slots.keys(), (slot) => `${slots[slot]!.half} ${awake(slot).join('')}`).values()];
}

/** Points of asks that a hearing may take on one day */
function dearestOn({ instance, spare }: AskScope, conference: ProblemConference, day: number): number {
  const runs = conference.firstDays.filter((first) => first.day <= day && day < first.day + conference.dayCount);
  return spare.rest - Math.min(...runs.map((first) => priceOfDay(instance, conference, first.day)));
}

/** A column for one session, with quorum and required members. @param room points of asks that it may take @returns undefined where it is impossible */
function sessionColumn(
  { instance, problem, model, book, availability }: AskScope,
  conference: ProblemConference,
  hearing: ProblemHearing,
  { day, slots, half }: Omit<Session, 'column'>,
  room: number,
): number | undefined {
  const source = instance.conferences[conference.index]!;
  const seated = new Set(hearing.seats.flatMap((seat) => (seat.kind === 'person' ? [seat.person] : [])));
  const away: number[] = [];
  const required: number[] = [];
  let there = 0;
  for (const [m, { person, online, required: isRequired }] of source.members.entries()) {
    const index = problem.personIndex.get(person)!;
    if (hearing.recused[m]) continue;
    const zone = instance.people[index]!.zone ?? instance.zone;
    const isAwake =
      !online || wakefulness(zone, instance.zone, instance.days[day]!.date, source.slots[slots[0]!]!.at) !== CANNOT;
    const isPossible = isAwake && !seated.has(index);
    if (!isPossible && isRequired) return undefined;
    if (!isPossible) continue;
    if (availability[index]![half] !== 'x') there++;
    else (isRequired ? required : away).push(index);
  }
  const asked = (person: number) => book.column({ ask: 'half-day', person: instance.people[person]!.id, half });
  const lacking = source.quorum - there - required.length;
  const [halfDay, smaller] = [askCost(instance, 'half-day'), askCost(instance, 'quorum')];
  const unable = hearing.seats.filter((seat) =>
    candidatesOf(problem, seat).every((person) => availability[person]![half] === 'x'),
  ).length;
  const least = (unable + required.length) * halfDay;
  if (least + Math.min(Math.max(0, lacking) * halfDay, smaller) > room) return undefined;
  const column = model.column(0, () => 0);
  for (const person of required) model.row(-Infinity, 0, [1, [column]], [-1, [asked(person)]]);
  if (lacking > 0) {
    const isCheap = least + smaller <= room;
    const { quorum } = source;
    const fewer = isCheap ? [book.amount({ ask: 'quorum', of: conference.id, atLeast: quorum }, quorum - 1)] : [];
    model.row(0, Infinity, [1, away.map(asked)], [1, fewer], [-lacking, [column]]);
  }
  return column;
}

/** @returns by person: columns that say that they sit there */
function seatRows(
  scope: AskScope,
  seat: ProblemSeat,
  sessions: readonly Session[],
  uses: LoadUse[],
): Map<number, number[]> {
  const { instance, problem, model, book, columns, availability } = scope;
  const seated = new Map<number, number[]>();
  for (const [half, here] of Map.groupBy(sessions, (session) => session.half)) {
    const sessionColumns = here.map(({ column }) => column);
    const people = candidatesOf(problem, seat);
    const own = people.map((person) => {
      const sitting = seat.kind === 'person' ? sessionColumns : [model.column(0, () => 0)];
      seated.set(person, [...(seated.get(person) ?? []), ...sitting]);
      if (availability[person]![half] === 'x') {
        const asked = book.column({ ask: 'half-day', person: instance.people[person]!.id, half });
        model.row(-Infinity, 0, [1, sitting], [-1, [asked]]);
      }
      const visits = scope.visiting(person, half);
      if (visits.length) model.row(-Infinity, 1, [1, sitting], [1, visits]);
      return sitting;
    });
    if (seat.kind !== 'person') model.row(0, 0, [1, own.flat()], [-1, sessionColumns]);
  }
  if (seat.kind === 'assigned')
    for (const [person, holder] of columns.holders[seat.assignment]!)
      model.row(-Infinity, 0, [1, seated.get(person) ?? []], [-1, [holder]]);
  for (const [person, own] of seated) if (seat.loads.length) uses.push({ loads: seat.loads, person, columns: own });
  return seated;
}

/** The conference does not begin on or before a day for which a visit would be too late. */
function afterRows({ problem, model, columns }: AskScope, hearing: ProblemHearing, days: Days): void {
  const { ordinal } = problem.calendar;
  for (const { meeting, days: wait } of hearing.after) {
    let told = -1;
    for (const day of [...days.keys()].sort((a, b) => b - a)) {
      const late = problem.meetings[meeting]!.starts.filter((start) => ordinal[day]! - ordinal[start.lastDay]! < wait);
      if (!late.length || late.length === told) continue;
      told = late.length;
      const until = [...days].flatMap(([first, column]) => (first <= day ? [column] : []));
      model.row(-Infinity, 1, [1, late.flatMap((s) => columns.starts[meeting]![s.index]!)], [1, until]);
    }
  }
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k);
