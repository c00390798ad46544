import { CANNOT, IF_NEED_BE, type ProblemAssignment, type ProblemMeeting, type Start } from '../problem/problem.ts';
import { fillHearings } from './arrange.ts';
import type { Draft, Placement } from './draft.ts';
import type { Group } from './groups.ts';
import { holderCost, noise, offersOf, type Chance, type Offer } from './offers.ts';
import { choosePanel } from './panel-choice.ts';
import { seat } from './seating.ts';

/** How many of the most promising starts are tried with everything exact */
const TRIED = 3;

/** Decides everything of a group that is undecided, as well as it can be done one thing after the other. */
export function insertGroup(draft: Draft, group: Group, chance: Chance): void {
  const { problem } = draft;
  const meetings = group.meetings.filter((m) => !draft.placement(m)).map((m) => problem.meetings[m]!);
  const offers = new Map(meetings.map((meeting) => [meeting.index, offersOf(draft, meeting, chance)]));
  for (const a of group.assignments)
    if (draft.holder[a]! < 0) assignBest(draft, problem.assignments[a]!, offers, chance);
  // those with the least choice first
  const order = [...meetings].sort((a, b) => offers.get(a.index)!.length - offers.get(b.index)!.length);
  if (chance.heat > 0 && chance.random.next() < 0.3) chance.random.shuffle(order);
  for (const meeting of order)
    if (!putBest(draft, meeting, offers.get(meeting.index)!, chance))
      putBest(draft, meeting, offersOf(draft, meeting, chance, true), chance);
  for (const p of group.panels) {
    if (draft.members[p]) continue;
    const members = choosePanel(draft, problem.panels[p]!);
    if (members) keepIfBetter(draft, () => draft.setPanel(p, members));
  }
  for (const a of group.assignments) fillHearings(draft, a);
}

/** Puts one undecided meeting where it costs least; leaves it undecided where nothing is possible or nothing pays. */
export function insertMeeting(draft: Draft, meeting: ProblemMeeting, chance: Chance): boolean {
  return (
    putBest(draft, meeting, offersOf(draft, meeting, chance), chance) ||
    putBest(draft, meeting, offersOf(draft, meeting, chance, true), chance)
  );
}

/** @param offers may be out of date: each is checked before it is taken */
function putBest(draft: Draft, meeting: ProblemMeeting, offers: Offer[], chance: Chance): boolean {
  offers.sort((a, b) => a.cost - b.cost);
  let best: { placement: Placement; panels: (readonly number[])[]; cost: number } | undefined;
  let tried = 0;
  const before = draft.cost;
  for (const offer of offers) {
    if (tried >= TRIED && best) break;
    const mark = draft.mark();
    const placement = putAt(draft, meeting, offer.start, offer.online);
    if (placement) {
      tried++;
      const cost = draft.cost + noise(chance);
      if (!best || cost < best.cost) best = { placement, panels: meeting.panels.map((p) => draft.members[p]!), cost };
    }
    draft.back(mark);
  }
  if (!best || (best.cost >= before && !meeting.mustBePlaced)) return false;
  meeting.panels.forEach((p, i) => {
    if (!draft.members[p]) draft.setPanel(p, best.panels[i]!);
  });
  draft.put(meeting, best.placement);
  return true;
}

/** Puts a meeting at one start with the best people, its open panels chosen for it. @returns what was put */
export function putAt(draft: Draft, meeting: ProblemMeeting, start: Start, online: boolean): Placement | undefined {
  for (const s of meeting.seats) {
    if (s.kind !== 'panel' || draft.members[s.panel]) continue;
    const panel = draft.problem.panels[s.panel]!;
    const members = choosePanel(draft, panel, { meeting, seat: s, start, online });
    if (!members) return undefined;
    draft.setPanel(s.panel, members);
  }
  const placement = seat(draft, meeting, start, online);
  if (placement) draft.put(meeting, placement);
  return placement;
}

function keepIfBetter(draft: Draft, change: () => void): void {
  const before = draft.cost;
  const mark = draft.mark();
  change();
  if (draft.cost > before) draft.back(mark);
}

/** The person with whom all the open meetings together promise to cost least; the offers are given what that person costs there. */
function assignBest(
  draft: Draft,
  assignment: ProblemAssignment,
  offers: ReadonlyMap<number, readonly Offer[]>,
  chance: Chance,
): void {
  const { problem } = draft;
  if (assignment.meetings.some((m) => draft.placement(m))) return;
  const open = assignment.meetings.map((m) => ({
    meeting: problem.meetings[m]!,
    seats: problem.meetings[m]!.seats.filter((s) => s.assignment === assignment.index).map((s) => s.index),
    list: offers.get(m) ?? [],
  }));
  const withHolder = (o: (typeof open)[number], person: number, { start, online }: Offer) => {
    let cost = 0;
    for (const s of o.seats) cost += holderCost(draft, o.meeting, s, person, start, online);
    return cost;
  };
  let best = -1;
  let least = Infinity;
  for (const { person, cost } of assignment.candidates) {
    if (assignment.locked >= 0 && assignment.locked !== person) continue;
    if (draft.tallies.fullLoad(assignment.loads, person) >= 0) continue;
    let total = cost + draft.tallies.loadDifference(assignment.loads, person) + noise(chance);
    for (const o of open) {
      let cheapest = problem.unplaced;
      for (const offer of o.list)
        if (offer.cost < cheapest) cheapest = Math.min(cheapest, offer.cost + withHolder(o, person, offer));
      total += cheapest;
    }
    for (const h of assignment.hearings) total += hearingPromise(draft, h, assignment.index, person);
    if (total >= least) continue;
    least = total;
    best = person;
  }
  if (best < 0) return;
  for (const o of open) for (const offer of o.list) offer.cost += withHolder(o, best, offer);
  draft.assign(assignment.index, best);
}

/** The least that somebody costs in a hearing on the days on which its conference is now */
function hearingPromise(draft: Draft, h: number, assignment: number, person: number): number {
  const { problem } = draft;
  const hearing = problem.hearings[h]!;
  const conference = problem.conferences[hearing.conference]!;
  const { day } = draft.conferences.arrangement(conference.index);
  if (day < 0) return 0;
  let cost = 0;
  for (const s of hearing.seats) {
    if (s.assignment !== assignment) continue;
    let least = problem.unplaced;
    for (let half = 2 * day; half < 2 * (day + conference.dayCount); half++) {
      const state = problem.can[person]![half]!;
      if (state !== CANNOT) least = Math.min(least, state === IF_NEED_BE ? s.tentative : 0);
    }
    cost += least;
  }
  return cost;
}
