import type { ProblemConference, ProblemHearing } from '../problem/problem.ts';
import { Cells, type Cell } from './cells.ts';
import type { Arrangement, HearingPlace } from './conference-draft.ts';
import type { Draft } from './draft.ts';
import { cheapestAssignment } from './hungarian.ts';

/**
 * The best arrangement of one conference, all meetings and assignments as they are: each possible first day, the hearings assigned to
 * slots at least cost. Exact, since hearings in different slots do not disturb one another.
 * The conference must be taken out of the draft before (day −1), or its own people would stand in their way.
 * @param onlyDay only with this first day
 * @returns undefined: undecided is best, or all that is possible
 */
export function bestArrangement(
  draft: Draft,
  conference: ProblemConference,
  onlyDay?: number,
): { arrangement: Arrangement; cost: number } | undefined {
  let best: { arrangement: Arrangement; cost: number } | undefined;
  const { unplaced } = draft.problem;
  const ifUndecided = unplaced * (conference.hearings.length + 1);
  const cells = new Cells(draft, conference, false);
  for (const { day, cost } of conference.firstDays) {
    if (onlyDay !== undefined && day !== onlyDay) continue;
    const { places, total } = assign(draft, conference, cells, day);
    const sum = total + cost;
    if (!best || sum < best.cost) best = { arrangement: { day, hearings: places }, cost: sum };
  }
  return best && (best.cost <= ifUndecided || conference.mustBePlaced) ? best : undefined;
}

/** Where a hearing is in its conference: on which of its days, and in which slot */
export interface Kept {
  readonly nth: number;
  readonly slot: number;
}

/**
 * A conference on one day, with as many of its hearings as can be where they are wanted, and the others where they cost least. It must be
 * taken out of the draft before.
 * @param wanted by hearing; null: it stays undecided; undefined: anywhere
 */
export function arrangementKeeping(
  draft: Draft,
  conference: ProblemConference,
  day: number,
  wanted: readonly (Kept | null | undefined)[],
): Arrangement {
  return { day, hearings: assign(draft, conference, new Cells(draft, conference, false), day, wanted).places };
}

function assign(
  draft: Draft,
  conference: ProblemConference,
  cells: Cells,
  day: number,
  wanted: readonly (Kept | null | undefined)[] = [],
) {
  const { unplaced } = draft.problem;
  const slots = conference.slots.length;
  const hearings = conference.hearings.length;
  // however many are moved, it is less than one undecided
  const elsewhere = unplaced / (hearings + 1);
  const matrix = conference.hearings.map((_, i) => {
    // undecided: a column of its own for each hearing
    const row = new Float64Array(conference.dayCount * slots + hearings).fill(unplaced);
    const want = wanted[i];
    if (want === null) return row.fill(Infinity, 0, conference.dayCount * slots);
    const at = want ? want.nth * slots + want.slot : -1;
    for (let k = 0; k < conference.dayCount * slots; k++) {
      const cell = cells.at(i, day, day + Math.floor(k / slots), k % slots);
      row[k] = cell ? cell.cost + (at < 0 || at === k ? 0 : elsewhere) : Infinity;
    }
    return row;
  });
  const columns = hearings ? cheapestAssignment(matrix)! : new Int32Array(0);
  let total = 0;
  const places = conference.hearings.map((_, i) => {
    const k = columns[i]!;
    total += matrix[i]![k]!;
    return k < conference.dayCount * slots ? cells.at(i, day, day + Math.floor(k / slots), k % slots)!.place : null;
  });
  return { places, total };
}

/**
 * The first days of a conference, the most promising first: what its hearings would cost there if everything else fell into place,
 * officers and visits included.
 */
export function promisingDays(draft: Draft, conference: ProblemConference): { day: number; cost: number }[] {
  const cells = new Cells(draft, conference, true);
  return conference.firstDays
    .map(({ day, cost }) => ({ day, cost: cost + assign(draft, conference, cells, day).total }))
    .sort((a, b) => a.cost - b.cost || a.day - b.day);
}

/** The cheapest free slot for one hearing, the rest of its conference as it is */
export function bestPlace(draft: Draft, hearing: ProblemHearing): HearingPlace | undefined {
  const conference = draft.problem.conferences[hearing.conference]!;
  const { day, hearings } = draft.conferences.arrangement(conference.index);
  if (day < 0) return undefined;
  const cells = new Cells(draft, conference, false);
  const i = conference.hearings.indexOf(hearing.index);
  let best: Cell | undefined;
  for (let d = day; d < day + conference.dayCount; d++)
    for (let slot = 0; slot < conference.slots.length; slot++) {
      if (hearings.some((place) => place?.day === d && place.slot === slot)) continue;
      const cell = cells.at(i, day, d, slot);
      if (cell && (!best || cell.cost < best.cost)) best = cell;
    }
  return best && best.cost <= draft.problem.unplaced ? best.place : undefined;
}

/** Takes the hearings out that rest on an assignment: it is about to change hands. */
export function vacateHearings(draft: Draft, assignment: number): void {
  for (const h of draft.problem.assignments[assignment]!.hearings) setPlace(draft, h, null);
}

/** Puts those hearings of an assignment into a slot that have none. */
export function fillHearings(draft: Draft, assignment: number): void {
  for (const h of draft.problem.assignments[assignment]!.hearings) {
    const hearing = draft.problem.hearings[h]!;
    const conference = draft.problem.conferences[hearing.conference]!;
    if (draft.conferences.arrangement(conference.index).hearings[conference.hearings.indexOf(h)]) continue;
    const place = bestPlace(draft, hearing);
    if (place) setPlace(draft, h, place);
  }
}

function setPlace(draft: Draft, h: number, place: HearingPlace | null): void {
  const { conference } = draft.problem.hearings[h]!;
  const at = draft.problem.conferences[conference]!.hearings.indexOf(h);
  const { day, hearings } = draft.conferences.arrangement(conference);
  if (hearings[at] !== place) draft.arrange(conference, { day, hearings: hearings.with(at, place) });
}

/** Arranges a conference anew around everything else. */
export function rearrange(draft: Draft, conference: ProblemConference, onlyDay?: number): void {
  draft.arrange(conference.index, { day: -1, hearings: conference.hearings.map(() => null) });
  const best = bestArrangement(draft, conference, onlyDay);
  if (best) draft.arrange(conference.index, best.arrangement);
}
