import type { Costs, Instance } from './instance.ts';
import { repriced } from './repriced.ts';

/*
 * Parts of the cost in an order ("first everybody required, then fewest changes, then travel"): of two plans the one is better that
 * costs less in the first level in which they differ, however much dearer it is in later ones.
 */

/** What one level of a plan comes to */
export interface PlanLevel {
  readonly parts: readonly string[];
  readonly cost: number;
  /** No plan that is as good in all levels before costs less here */
  readonly bound: number;
}

/** Every part whose cost an instance can charge */
export function partsOf(instance: Instance): string[] {
  const parts = new Set<string>();
  repriced(instance, (part, cost) => (parts.add(part), cost));
  return [...parts].sort();
}

/**
 * The levels of an order: what stays undecided comes first, with the first level, unless staff placed it; parts that nobody named come
 * last, together.
 */
export function fullOrder(instance: Instance, order: readonly (readonly string[])[]): string[][] {
  const named = new Set(order.flat());
  const rest = partsOf(instance).filter((part) => !named.has(part) && part !== 'unplaced');
  const levels = order.map((level) => [...level]);
  if (!named.has('unplaced')) levels[0]!.unshift('unplaced');
  return rest.length ? [...levels, rest] : levels;
}

export const costsByLevel = (costs: Costs, levels: readonly (readonly string[])[]): number[] =>
  levels.map((level) => level.reduce((sum, part) => sum + (costs[part] ?? 0), 0));

/** Below zero: the first is better; 0: equal in every level */
export function compareLevels(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}

/** The instance in which each level counts so many times; 0: not at all */
export function inLevels(
  instance: Instance,
  levels: readonly (readonly string[])[],
  factors: readonly number[],
): Instance {
  const factorOf = new Map(levels.flatMap((level, k) => level.map((part) => [part, factors[k]!] as const)));
  return repriced(instance, (part, cost) => cost * (factorOf.get(part) ?? 0));
}

/**
 * Factors with which one sum says what the levels say one after the other: each level outweighs the most that all later ones can come
 * to, whatever the plan.
 */
export function safeFactors(instance: Instance, levels: readonly (readonly string[])[]): number[] {
  const most = mostByPart(instance);
  const factors = levels.map(() => 1);
  let later = 0;
  for (let k = levels.length - 1; k >= 0; k--) {
    factors[k] = later + 1;
    later += factors[k]! * levels[k]!.reduce((sum, part) => sum + (most[part] ?? 0), 0);
  }
  return factors;
}

/** A solver's whole numbers are whole to 1 in a million: a factor up to here leaves the sum exact to a tenth of a point. */
const MOST_FACTOR = 100_000;
/** Costs of an instance go up to here. */
const MOST_COST = 1e9;

/** Whether the numbers of a sum with these factors stay small enough to be minimised exactly */
export function isExactEnough(
  instance: Instance,
  levels: readonly (readonly string[])[],
  factors: readonly number[],
): boolean {
  if (Math.max(...factors) > MOST_FACTOR) return false;
  let largest = 0;
  repriced(inLevels(instance, levels, factors), (_, cost) => {
    largest = Math.max(largest, cost);
    return cost;
  });
  return largest <= MOST_COST;
}

/** No plan, valid or not in any of its decisions, is charged more than this for a part. */
export function mostByPart(instance: Instance): Record<string, number> {
  const most: Record<string, number> = {};
  const add = (part: string, cost: number) => (most[part] = (most[part] ?? 0) + cost);
  const addDearest = (list: readonly { costs: Costs }[], times = 1) => {
    for (const part of new Set(list.flatMap((one) => Object.keys(one.costs))))
      add(part, times * Math.max(...list.map((one) => one.costs[part] ?? 0)));
  };
  for (const assignment of instance.assignments) {
    addDearest(assignment.candidates);
    add('change', assignment.change);
  }
  for (const panel of instance.panels) {
    addDearest(panel.candidates, panel.max);
    add('panel-short', panel.short * panel.target);
    add('panel-dropped', panel.dropped * panel.previous.length);
    add('change', panel.change * (instance.reference?.panels?.[panel.id]?.length ?? 0));
  }
  mostOfMeetings(instance, add, addDearest);
  mostOfConferences(instance, add, addDearest);
  mostOfCounts(instance, add);
  const { assignments, panels, meetings, conferences } = instance;
  const hearings = conferences.reduce((sum, conference) => sum + conference.hearings.length, 0);
  const things = assignments.length + panels.length + meetings.length + conferences.length + hearings;
  add('unplaced', instance.unplaced * things);
  return most;
}

type Add = (part: string, cost: number) => void;
type AddDearest = (list: readonly { costs: Costs }[], times?: number) => void;

function mostOfMeetings(instance: Instance, add: Add, addDearest: AddDearest): void {
  const sizeOf = new Map(instance.panels.map((panel) => [panel.id, panel.max]));
  for (const meeting of instance.meetings) {
    const { moved, perDayMost, mode = 0 } = meeting.change;
    add('change', moved + perDayMost + mode);
    if (meeting.online) add('online', meeting.online.cost);
    for (const seat of meeting.seats) {
      const people = 'panel' in seat ? (sizeOf.get(seat.panel) ?? 0) : 1;
      add('tentative', seat.tentative * people);
      if (seat.trip) add('trip', instance.tripCost[meeting.place]! * people);
      if ('oneOf' in seat) {
        addDearest(seat.oneOf);
        add('change', seat.change ?? 0);
      }
      if ('panel' in seat) {
        add('panel-absent', seat.absent * people);
        add('panel-tagged', seat.tagged?.missing ?? 0);
      }
    }
  }
}

function mostOfConferences(instance: Instance, add: Add, addDearest: AddDearest): void {
  for (const conference of instance.conferences) {
    const sittings = conference.members.length * conference.hearings.length;
    add('member-absent', conference.absent * sittings);
    add('member-tentative', conference.tentative * sittings);
    add('change', conference.change);
    for (const hearing of conference.hearings) {
      add('change', hearing.change);
      for (const seat of hearing.seats) {
        add('tentative', seat.tentative);
        if ('oneOf' in seat) {
          addDearest(seat.oneOf);
          add('change', seat.change ?? 0);
        }
      }
    }
  }
}

/** What counts uses or meetings: each of them at the dearest price of one, whoever it falls on */
function mostOfCounts(instance: Instance, add: Add): void {
  const sizeOf = new Map(instance.panels.map((panel) => [panel.id, panel.max]));
  for (const load of instance.loads) {
    const uses = load.of.reduce((sum, id) => sum + (sizeOf.get(id) ?? 1), 0);
    add('load', Math.ceil(uses * dearestOfOne(load.cost)));
  }
  const lengthOf = new Map(instance.meetings.map((meeting) => [meeting.id, meeting.halfDays]));
  for (const limit of instance.limits) {
    if (!limit.cost) continue;
    const counted = limit.meetings.reduce(
      (sum, id) => sum + 1 + (limit.per === 'day' ? (lengthOf.get(id) ?? 1) : 0),
      0,
    );
    add('crowded', Math.ceil(counted * dearestOfOne(limit.cost)));
  }
}

/** n together cost cost[n], the last step going on: shared among the n, this much each at most */
const dearestOfOne = (cost: readonly number[]): number =>
  cost.length === 1 ? cost[0]! : Math.max(0, ...cost.slice(1).map((price, before) => price / (before + 1)));
