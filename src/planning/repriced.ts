import type { Costs, Instance, Seat, HearingSeat } from './instance.ts';

/** What one point of a part becomes */
export type Price = (part: string, cost: number) => number;

/**
 * The same instance with other costs: every number that judging adds up is priced anew, by the part of the cost to which it belongs.
 * What is decided, and by which rules, stays as it is.
 */
export function repriced(instance: Instance, price: Price): Instance {
  const costs = (of: Costs): Costs =>
    Object.fromEntries(Object.entries(of).map(([part, cost]) => [part, price(part, cost)]));
  const candidates = <T extends { costs: Costs }>(list: readonly T[]): T[] =>
    list.map((one) => ({ ...one, costs: costs(one.costs) }));
  const change = (cost: number) => price('change', cost);
  const steps = (part: string, list: readonly number[]) => list.map((cost) => price(part, cost));
  return {
    ...instance,
    tripCost: steps('trip', instance.tripCost),
    unplaced: price('unplaced', instance.unplaced),
    meetings: instance.meetings.map((meeting) => ({
      ...meeting,
      ...(meeting.online ? { online: { cost: price('online', meeting.online.cost) } } : {}),
      seats: meeting.seats.map((seat) => seatPriced(seat, price, candidates)),
      change: {
        moved: change(meeting.change.moved),
        perDay: change(meeting.change.perDay),
        perDayMost: change(meeting.change.perDayMost),
        ...(meeting.change.mode === undefined ? {} : { mode: change(meeting.change.mode) }),
      },
    })),
    assignments: instance.assignments.map((one) => ({
      ...one,
      candidates: candidates(one.candidates),
      change: change(one.change),
    })),
    panels: instance.panels.map((panel) => ({
      ...panel,
      candidates: candidates(panel.candidates),
      short: price('panel-short', panel.short),
      dropped: price('panel-dropped', panel.dropped),
      change: change(panel.change),
    })),
    loads: instance.loads.map((load) => ({ ...load, cost: steps('load', load.cost) })),
    limits: instance.limits.map((limit) => ({
      ...limit,
      ...(limit.cost ? { cost: steps('crowded', limit.cost) } : {}),
    })),
    conferences: instance.conferences.map((conference) => ({
      ...conference,
      absent: price('member-absent', conference.absent),
      tentative: price('member-tentative', conference.tentative),
      hearings: conference.hearings.map((hearing) => ({
        ...hearing,
        seats: hearing.seats.map((seat) => seatPriced(seat, price, candidates)),
        change: change(hearing.change),
      })),
      change: change(conference.change),
    })),
  };
}

function seatPriced<T extends Seat | HearingSeat>(
  seat: T,
  price: Price,
  candidates: <C extends { costs: Costs }>(list: readonly C[]) => C[],
): T {
  return {
    ...seat,
    tentative: price('tentative', seat.tentative),
    ...(seat.change === undefined ? {} : { change: price('change', seat.change) }),
    ...('oneOf' in seat ? { oneOf: candidates(seat.oneOf) } : {}),
    ...('panel' in seat
      ? {
          absent: price('panel-absent', seat.absent),
          ...(seat.tagged ? { tagged: { ...seat.tagged, missing: price('panel-tagged', seat.tagged.missing) } } : {}),
        }
      : {}),
  };
}

/**
 * Weights in per cent, by part; parts that are not named keep theirs. A price that is not nothing stays at least 1, so that a small
 * weight still tells two plans apart; 0 per cent lets a part count for nothing.
 */
export const byPercents =
  (percents: Readonly<Record<string, number>>): Price =>
  (part, cost) => {
    const percent = Object.hasOwn(percents, part) ? percents[part]! : 100;
    return cost === 0 || percent === 0 ? 0 : Math.max(1, Math.round((cost * percent) / 100));
  };
