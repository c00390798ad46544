import { sumAt, type LinearModel } from './linear-model.ts';
import type { MeetingColumns, ModelScope, Sit } from './scope.ts';

/**
 * Nobody is in two places, free days between different places, and trips that another trip spares. Per person and few neighbouring
 * days there is one choice of where they are, instead of one row per pair of meetings: that is what makes the bound close.
 */
export function journeyColumns({ problem, model }: ModelScope, { sits }: MeetingColumns): void {
  const byPerson = new Map<number, Sit[]>();
  for (const sit of sits) {
    const mine = byPerson.get(sit.person);
    if (mine) mine.push(sit);
    else byPerson.set(sit.person, [sit]);
  }
  for (const mine of byPerson.values()) {
    if (new Set(mine.map((sit) => sit.meeting)).size > 1) {
      oneAtATime(model, mine);
      whereabouts(
        model,
        mine,
        problem.meetings.map((meeting) => meeting.place),
      );
    }
    sparedTrips(
      model,
      mine,
      problem.meetings.map((meeting) => meeting.place),
      problem.instance.tripCost,
    );
  }
}

/** Half day by half day: in one meeting at most */
function oneAtATime(model: LinearModel, sits: readonly Sit[]): void {
  const moments = [...new Set(sits.map((sit) => sit.from))].sort((a, b) => a - b);
  for (const moment of moments) {
    const there = sits.filter((sit) => sit.from <= moment && moment < sit.until);
    if (new Set(there.map((sit) => sit.meeting)).size > 1)
      model.row(-Infinity, 1, [1, there.flatMap((sit) => sit.columns)]);
  }
}

/** Visits that need the same free days: a place, and the kind of travel of the seat */
interface Station {
  readonly place: number;
  readonly travel: readonly (readonly number[])[] | null;
  readonly sits: Sit[];
}

function whereabouts(model: LinearModel, sits: readonly Sit[], places: readonly number[]): void {
  const stations: Station[] = [];
  for (const sit of sits) {
    if (!sit.inPerson) continue;
    const place = places[sit.meeting]!;
    const station = stations.find((s) => s.place === place && s.travel === sit.seat.travel);
    if (station) station.sits.push(sit);
    else stations.push({ place, travel: sit.seat.travel, sits: [sit] });
  }
  const farthest = Math.max(-1, ...stations.flatMap((s) => stations.map((t) => freeDays(s, t))));
  // a window of so many days holds one station only, of those that need more free days than it leaves
  for (let length = 1; length <= farthest + 1; length++) {
    const apart = (a: Station, b: Station) =>
      a.place !== b.place && Math.min(freeDays(a, b), freeDays(b, a)) >= length - 1;
    for (const clique of cliques(stations, apart)) windows(model, clique, length);
    for (const a of stations)
      for (const b of stations)
        if (a.place !== b.place && freeDays(a, b) >= length - 1 && !apart(a, b)) oneWay(model, a, b, length);
  }
}

const freeDays = (a: Station, b: Station): number =>
  Math.max(a.travel ? a.travel[a.place]![b.place]! : -1, b.travel ? b.travel[a.place]![b.place]! : -1);

/** Cliques that together hold every pair that is apart */
function cliques(stations: readonly Station[], apart: (a: Station, b: Station) => boolean): Station[][] {
  const covered = new Set<string>();
  const found: Station[][] = [];
  stations.forEach((a, i) => {
    stations.forEach((b, j) => {
      if (j <= i || !apart(a, b) || covered.has(`${i} ${j}`)) return;
      const clique = [i, j];
      stations.forEach((c, k) => {
        if (!clique.includes(k) && clique.every((other) => apart(stations[other]!, c))) clique.push(k);
      });
      for (const x of clique) for (const y of clique) covered.add(`${Math.min(x, y)} ${Math.max(x, y)}`);
      found.push(clique.map((k) => stations[k]!));
    });
  });
  return found;
}

function windows(model: LinearModel, clique: readonly Station[], length: number): void {
  const firstDays = [...new Set(clique.flatMap((s) => s.sits.map((sit) => sit.firstDay)))];
  const begins = new Set(firstDays.flatMap((day) => Array.from({ length }, (_, k) => day - k)));
  for (const begin of [...begins].sort((a, b) => a - b)) {
    const end = begin + length - 1;
    const inside = clique.map((s) => s.sits.filter((sit) => sit.firstDay <= end && sit.lastDay >= begin));
    const present = inside.filter((list) => list.length);
    if (present.length < 2) continue;
    // what a shorter window within it already says is not said again
    if (length > 1 && new Set(present.flat().map((sit) => sit.firstDay)).size < 2) continue;
    model.row(-Infinity, 1, ...present.map((list) => [1, presence(model, list)] as const));
  }
}

/** Columns whose sum is 1 (or more) if any of the visits is made */
function presence(model: LinearModel, sits: readonly Sit[]): readonly number[] {
  const meetings = [...new Set(sits.map((sit) => sit.meeting))];
  const columnsOf = (list: readonly Sit[]) => [...new Set(list.flatMap((sit) => sit.columns))];
  if (meetings.length === 1) return columnsOf(sits);
  const moments = [...new Set(sits.map((sit) => sit.from))].sort((a, b) => a - b);
  const groups = [
    ...moments.map((moment) => sits.filter((sit) => sit.from <= moment && moment < sit.until)),
    ...meetings.map((meeting) => sits.filter((sit) => sit.meeting === meeting)),
  ].map(columnsOf);
  const largest = groups.find((group) => group.length === columnsOf(sits).length);
  if (largest) return largest;
  const kept = groups.filter(
    (group, i) => !groups.some((other, j) => j !== i && covers(other, group) && (other.length > group.length || j < i)),
  );
  const column = model.column(0, (_, x) => Math.max(...kept.map((group) => sumAt(group, x))), { integer: false });
  for (const group of kept) model.row(-Infinity, 0, [1, group], [-1, [column]]);
  return [column];
}

const covers = (large: readonly number[], small: readonly number[]): boolean =>
  small.every((column) => large.includes(column));

/** Where the way there takes longer than the way back: each last half day against each first one that is too near */
function oneWay(model: LinearModel, a: Station, b: Station, length: number): void {
  const gap = length - 1;
  for (const last of new Set(a.sits.map((sit) => sit.until)))
    for (const first of new Set(b.sits.map((sit) => sit.from))) {
      const ending = a.sits.filter((sit) => sit.until === last);
      const beginning = b.sits.filter((sit) => sit.from === first);
      if (first >= last && beginning[0]!.firstDay - ending[0]!.lastDay === gap)
        model.row(
          -Infinity,
          1,
          [1, ending.flatMap((sit) => sit.columns)],
          [1, beginning.flatMap((sit) => sit.columns)],
        );
    }
}

/** A trip is paid with the visit itself; a column gives it back where another trip brought the person there. */
function sparedTrips(
  model: LinearModel,
  sits: readonly Sit[],
  places: readonly number[],
  tripCost: readonly number[],
): void {
  const trips = sits.filter((sit) => sit.seat.trip && sit.inPerson);
  for (const [place, there] of Map.groupBy(trips, (sit) => places[sit.meeting]!)) {
    const price = tripCost[place]!;
    if (!price) continue;
    const spared: Spared[] = [];
    for (const sit of there) {
      for (const column of sit.columns) model.cost[column]! += price;
      const before = there.filter((other) => other.meeting !== sit.meeting && brings(other, sit));
      if (!before.length) continue;
      const bringing = before.flatMap((other) => other.columns);
      const column = model.column(-price, (_, x) => Math.min(1, sumAt(sit.columns, x), sumAt(bringing, x)), {
        integer: false,
      });
      model.row(-Infinity, 0, [1, [column]], [-1, sit.columns]);
      model.row(-Infinity, 0, [1, [column]], [-1, bringing]);
      spared.push({ sit, before, column });
    }
    oneTripEach(model, spared);
  }
}

interface Spared {
  readonly sit: Sit;
  readonly before: readonly Sit[];
  readonly column: number;
}

const brings = (other: Sit, sit: Sit): boolean => other.until <= sit.from && sit.firstDay - other.lastDay <= 1;

/**
 * Somebody is at one visit at a time, so each visit is the last one before one other at most: of those that begin at one moment, or on one
 * day, no more are spared a trip than could bring. Without these rows a relaxation lets half a visit bring two halves of different ones.
 */
function oneTripEach(model: LinearModel, spared: readonly Spared[]): void {
  const rows = (alike: readonly Spared[]) => {
    const bringing = new Set(alike.flatMap(({ before }) => before));
    model.row(-Infinity, 0, [1, alike.map(({ column }) => column)], [-1, [...bringing].flatMap((sit) => sit.columns)]);
  };
  for (const day of Map.groupBy(spared, ({ sit }) => sit.firstDay).values()) {
    const moments = [...Map.groupBy(day, ({ sit }) => sit.from).values()];
    for (const alike of moments) if (new Set(alike.map(({ sit }) => sit.meeting)).size > 1) rows(alike);
    if (moments.length > 1) rows(day);
  }
}
