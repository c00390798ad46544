import { askCost } from '../asks.ts';
import { lockedId, type Instance, type Meeting } from '../instance.ts';
import { compile } from '../problem/compile.ts';
import {
  quorumOf,
  type Option,
  type Problem,
  type ProblemConference,
  type ProblemMeeting,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import { distance, ifAllAgreed } from './agreed-year.ts';

/** Points of asks that are left for one thing when everything else takes the least that it must */
export interface Spare {
  /** by meeting, by start: for its panels */
  readonly panels: readonly (readonly number[])[];
  /** For everything that is not a meeting's own */
  readonly rest: number;
}

export interface AskedProblem {
  readonly problem: Problem;
  readonly spare: Spare;
}

/** A start with the least that it takes in asks */
interface Priced {
  readonly start: Start;
  /** By seat that is not a panel's: the least */
  readonly seats: readonly number[];
  readonly panels: number;
  readonly total: number;
}

/** Starts of a meeting beyond these make a model too large to be solved in seconds. */
const MOST_STARTS = 4_000;
/** First days of a conference, those in its window and the nearest, where sets are only looked for and nothing is refuted */
const THRIFTY_DAYS = 100;

/**
 * The year if everybody agreed, compiled, with only those starts, people, modes and days that could belong to a set of asks that costs no
 * more than `dearest`: what each takes by itself, together with the least that the other meetings take, is not more. No ask of one
 * meeting helps another: nobody is in two of them at once.
 * @param isThrifty each meeting may take only its least, each conference begin only near its window
 */
export function askedProblem(instance: Instance, dearest: number, isThrifty = false): AskedProblem {
  const problem = compile(ifAllAgreed(instance));
  const share = Math.max(20, Math.floor(MOST_STARTS / Math.max(1, problem.meetings.length)));
  const priced = problem.meetings.map((meeting, m) =>
    meeting.starts.map((start) => pricedStart(instance, problem, instance.meetings[m]!, meeting, start)),
  );
  const least = priced.map((list) => list.reduce((min, { total }) => Math.min(min, total), Infinity));
  const rest = dearest - least.reduce((sum, cost) => sum + cost, 0);
  const panels: number[][] = [];
  const meetings = problem.meetings.map((meeting, m) => {
    const source = instance.meetings[m]!;
    const room = (isThrifty ? 0 : rest) + least[m]!;
    const kept = priced[m]!.filter(({ total }) => total <= room)
      .sort((a, b) => a.total - b.total || distance(source, a.start) - distance(source, b.start))
      .slice(0, share)
      .sort((a, b) => a.start.half - b.start.half);
    panels.push(kept.map((p) => room - p.total + p.panels));
    const starts = kept.map((p, index) => ({ ...p.start, index, options: affordable(instance, meeting, p, room) }));
    const online = source.online || least[m]! + askCost(instance, 'online') <= room ? 0 : -1;
    return {
      ...meeting,
      modeCost: [0, online] as const,
      starts,
      startOfHalf: new Map(starts.map((start) => [start.half, start])),
    };
  });
  const conferences = problem.conferences.map((conference, c) => {
    const affordableDays = conference.firstDays.filter(({ day }) => priceOfDay(instance, conference, day) <= rest);
    const away = ({ day }: { day: number }) =>
      distance(instance.conferences[c]!, { firstDay: day, lastDay: day + conference.dayCount - 1 });
    const near = [...affordableDays].sort((a, b) => away(a) - away(b) || a.day - b.day).slice(0, THRIFTY_DAYS);
    return { ...conference, firstDays: isThrifty ? near.sort((a, b) => a.day - b.day) : affordableDays };
  });
  return { problem: { ...problem, meetings, conferences }, spare: { panels, rest } };
}

/** What a start takes in asks whoever else comes */
function pricedStart(
  instance: Instance,
  problem: Problem,
  source: Meeting,
  meeting: ProblemMeeting,
  start: Start,
): Priced {
  let total = priceOfDays(instance, source, start);
  const isFixedElsewhere = instance.locks.some(
    (lock) =>
      'meeting' in lock && lockedId(lock) === source.id && lock.start !== undefined && lock.start !== start.half,
  );
  if (isFixedElsewhere) total += askCost(instance, 'unlock');
  const seats = meeting.seats.map((seat) => {
    if (seat.kind === 'panel') return 0;
    const people = seat.kind === 'person' ? [seat.person] : start.options[seat.index]!.map(({ person }) => person);
    return Math.min(...people.map((person) => priceOf(instance, seat, start, person)));
  });
  const panels = meeting.seats.reduce(
    (sum, seat) => sum + (seat.kind === 'panel' ? priceOfPanel(instance, problem, meeting, seat, start) : 0),
    0,
  );
  return { start, seats, panels, total: seats.reduce((sum, cost) => sum + cost, total + panels) };
}

/** Of a window and of closed days */
function priceOfDays(
  instance: Instance,
  source: { from: number; to: number; closed: readonly number[] },
  { firstDay, lastDay }: { firstDay: number; lastDay: number },
): number {
  const shut = new Set(source.closed.filter((day) => day >= firstDay && day <= lastDay)).size;
  const outside = distance(source, { firstDay, lastDay }) > 0;
  return shut * askCost(instance, 'open-day') + (outside ? askCost(instance, 'window') : 0);
}

/** Half days of somebody in one seat */
function priceOf(instance: Instance, seat: ProblemSeat, start: Start, person: number): number {
  const { availability } = instance.people[person]!;
  const until = seat.openingOnly ? start.half : start.last;
  let away = 0;
  for (let half = start.half; half <= until; half++) if (availability[half] === 'x') away++;
  return away * askCost(instance, 'half-day');
}

/** Of those who are lacking at a quorum of the smallest panel */
function priceOfPanel(
  instance: Instance,
  problem: Problem,
  { index }: ProblemMeeting,
  seat: ProblemSeat,
  start: Start,
): number {
  const source = instance.meetings[index]!.seats[seat.index]!;
  if (!('panel' in source)) return 0;
  const panel = problem.panels[seat.panel]!;
  const until = seat.openingOnly ? start.half : start.last;
  const there = panel.candidates.filter(
    ({ person }) => !instance.people[person]!.availability.slice(start.half, until + 1).includes('x'),
  ).length;
  const lacking = Math.max(0, quorumOf(source, panel.source.min) - there);
  return Math.min(lacking * askCost(instance, 'half-day'), askCost(instance, 'quorum'));
}

/** Those for each seat who do not take more than is left */
function affordable(instance: Instance, meeting: ProblemMeeting, priced: Priced, room: number): Option[][] {
  const { start, seats, total } = priced;
  return meeting.seats.map((seat) =>
    start.options[seat.index]!.filter(
      ({ person }) => total - seats[seat.index]! + priceOf(instance, seat, start, person) <= room,
    ),
  );
}

/** What a first day of a conference takes in asks, whatever its hearings do */
export function priceOfDay(instance: Instance, conference: ProblemConference, day: number): number {
  const source = instance.conferences[conference.index]!;
  const price = priceOfDays(instance, source, { firstDay: day, lastDay: day + conference.dayCount - 1 });
  const isFixed = instance.locks.some(
    (lock) => 'conference' in lock && lock.conference === source.id && lock.day !== day,
  );
  return price + (isFixed ? askCost(instance, 'unlock') : 0);
}
