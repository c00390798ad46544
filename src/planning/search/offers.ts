import { CANNOT, IF_NEED_BE, stateOf, type ProblemMeeting, type ProblemPanel, type Start } from '../problem/problem.ts';
import type { Draft } from './draft.ts';
import type { Random } from './random.ts';
import { fits, optionCost } from './seating.ts';

/** A little noise makes each rebuilding differ; heat 0: none. */
export interface Chance {
  readonly random: Random;
  readonly heat: number;
}

export const noise = ({ random, heat }: Chance): number => (heat > 0 ? -heat * Math.log(1 - random.next()) : 0);

/** A start and mode open to a meeting, with an estimate of its cost */
export interface Offer {
  readonly start: Start;
  readonly online: boolean;
  cost: number;
}

/** Offers dearer than the best by more than this (and some noise) are not looked at closely. */
const MARGIN = 12;

/**
 * The promising starts and modes that are open to a meeting, with an estimate of the cost: exact but for panels, whose rules about
 * needs and quorum and whose double bookings are left aside. Undecided assignments are left aside as well.
 * @param all also those that do not look promising
 */
export function offersOf(draft: Draft, meeting: ProblemMeeting, chance: Chance, all = false): Offer[] {
  const { starts, modeCost } = meeting;
  const stills = stillCosts(draft, meeting, false, !all);
  const offers: Offer[] = [];
  let best = Infinity;
  const look = (s: number) => {
    for (let mode = 0; mode < 2; mode++) {
      if (modeCost[mode]! < 0) continue;
      const cost = stills[s]! + modeCost[mode]!;
      if (!all && cost > best + MARGIN + 4 * chance.heat) continue;
      const people = seatsCost(draft, meeting, starts[s]!, mode === 1);
      if (people === Infinity) continue;
      best = Math.min(best, cost + people);
      offers.push({ start: starts[s]!, online: mode === 1, cost: cost + people + noise(chance) });
    }
  };
  let first = 0;
  for (let s = 1; s < stills.length; s++) if (stills[s]! < stills[first]!) first = s;
  if (stills.length && stills[first] !== Infinity) look(first);
  for (let s = 0; s < stills.length; s++) if (s !== first && stills[s] !== Infinity) look(s);
  return offers;
}

/**
 * By start: all that does not depend on diaries and loads of those in seats; Infinity: limits or hearings leave no room
 * @param pressing limits are left aside
 * @param wary room is left for hearings that are undecided
 */
export function stillCosts(draft: Draft, meeting: ProblemMeeting, pressing = false, wary = true): Float64Array {
  const table = draft.tables[meeting.index]!;
  const costs = new Float64Array(meeting.starts.length).fill(Infinity);
  const panels = table.away.map(({ seat }) => memberCosts(draft, draft.problem.panels[seat.panel]!));
  for (let s = 0; s < costs.length; s++) {
    const start = meeting.starts[s]!;
    if (!pressing && draft.tallies.fullLimit(meeting, start) >= 0) continue;
    if (meeting.before.length && draft.conferences.tooLateFor(meeting, start, wary) >= 0) continue;
    let cost = table.still[s]! + draft.tallies.crowding(meeting, start);
    for (let k = 0; k < panels.length; k++) {
      const { cost: away, width, seat } = table.away[k]!;
      const members = draft.members[seat.panel];
      const panel = draft.problem.panels[seat.panel]!;
      cost += members ? sumAway(away, s * width, members) : leastPanel(panel, panels[k]!, away, s * width);
    }
    costs[s] = cost;
  }
  return costs;
}

/** Seats that diaries and loads decide: the least that each costs by itself; Infinity: nobody can */
function seatsCost(draft: Draft, meeting: ProblemMeeting, start: Start, online: boolean): number {
  let cost = 0;
  for (const seat of draft.tables[meeting.index]!.seats) {
    if (seat.kind === 'person') {
      if (!fits(draft, meeting, seat, seat.person, start, online)) return Infinity;
    } else if (seat.kind === 'assigned') {
      const holder = draft.holder[seat.assignment]!;
      if (holder >= 0) cost += holderCost(draft, meeting, seat.index, holder, start, online);
    } else {
      let least = Infinity;
      for (const option of start.options[seat.index]!)
        if (option.cost < least) least = Math.min(least, optionCost(draft, meeting, seat, option, start, online));
      cost += least;
    }
    if (cost === Infinity) return Infinity;
  }
  return cost;
}

/** △ of whoever holds an assignment; Infinity: they cannot be there */
export function holderCost(
  draft: Draft,
  meeting: ProblemMeeting,
  seat: number,
  holder: number,
  start: Start,
  online: boolean,
): number {
  const s = meeting.seats[seat]!;
  const { can, assignments } = draft.problem;
  const state = stateOf(can[holder]!, start.half, s.openingOnly ? start.half : start.last);
  const { locked } = assignments[s.assignment]!;
  if (state === CANNOT || (locked >= 0 && locked !== holder)) return Infinity;
  if (!fits(draft, meeting, s, holder, start, online)) return Infinity;
  return state === IF_NEED_BE ? s.tentative : 0;
}

/** What each candidate costs wherever the meeting is; Infinity: not to be had */
function memberCosts(draft: Draft, panel: ProblemPanel): Float64Array {
  const costs = new Float64Array(panel.candidates.length);
  for (let i = 0; i < costs.length; i++) {
    const { person, cost } = panel.candidates[i]!;
    const full = draft.tallies.fullLoad(panel.loads, person) >= 0 || (panel.locked && !panel.locked.includes(i));
    costs[i] = full ? Infinity : cost + draft.tallies.loadDifference(panel.loads, person);
  }
  return costs;
}

const sorted = new Float64Array(256);

/** So many of the cheapest as pay */
function leastPanel({ source, leftOut }: ProblemPanel, members: Float64Array, away: Float64Array, at: number): number {
  const most = Math.min(source.max, sorted.length - 1);
  let n = 0;
  for (let i = 0; i < members.length; i++) {
    const cost = members[i]! + away[at + i]!;
    if (cost === Infinity || (n === most && cost >= sorted[n - 1]!)) continue;
    let k = n === most ? n - 1 : n++;
    for (; k > 0 && sorted[k - 1]! > cost; k--) sorted[k] = sorted[k - 1]!;
    sorted[k] = cost;
  }
  let total = leftOut + source.short * source.target;
  for (let k = 0; k < n; k++) {
    const saved = k < source.target ? source.short : 0;
    if (k >= source.min && sorted[k]! >= saved) break;
    total += sorted[k]! - saved;
  }
  return total;
}

function sumAway(away: Float64Array, at: number, members: readonly number[]): number {
  let cost = 0;
  for (let k = 0; k < members.length; k++) cost += away[at + members[k]!]!;
  return cost;
}
