import type { ProblemAssignment, ProblemMeeting, Start } from '../problem/problem.ts';
import type { Draft, Placement } from './draft.ts';
import type { Group } from './groups.ts';
import { choosePanel, panelEstimate } from './panel-choice.ts';
import type { Random } from './random.ts';
import { fits, optionCost, seat } from './seating.ts';

/** How many of the most promising starts are tried with everything exact */
const TRIED = 3;

/** A little noise makes each rebuilding differ; heat 0: none. */
export interface Chance {
  readonly random: Random;
  readonly heat: number;
}

interface Offer {
  readonly start: Start;
  readonly online: boolean;
  cost: number;
}

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
  for (const meeting of order) insertMeeting(draft, meeting, chance);
  for (const p of group.panels) {
    if (draft.members[p]) continue;
    const members = choosePanel(draft, problem.panels[p]!);
    if (members) keepIfBetter(draft, () => draft.setPanel(p, members));
  }
}

/** Puts one undecided meeting where it costs least; leaves it undecided where nothing is possible or nothing pays. */
export function insertMeeting(draft: Draft, meeting: ProblemMeeting, chance: Chance): boolean {
  const offers = offersOf(draft, meeting, chance).sort((a, b) => a.cost - b.cost);
  let best: { placement: Placement; panels: (readonly number[])[]; cost: number } | undefined;
  let tried = 0;
  const before = draft.cost;
  for (const offer of offers) {
    if (tried >= TRIED && best) break;
    const mark = draft.mark();
    const placed = putAt(draft, meeting, offer.start, offer.online);
    if (placed) {
      tried++;
      const cost = draft.cost + noise(chance);
      if (!best || cost < best.cost)
        best = { placement: placed, panels: meeting.panels.map((p) => draft.members[p]!), cost };
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

const noise = ({ random, heat }: Chance): number => (heat > 0 ? -heat * Math.log(1 - random.next()) : 0);

function keepIfBetter(draft: Draft, change: () => void): void {
  const before = draft.cost;
  const mark = draft.mark();
  change();
  if (draft.cost > before) draft.back(mark);
}

/** Every start and mode that is open to a meeting, with an estimate of its cost; undecided assignments are left aside. */
function offersOf(draft: Draft, meeting: ProblemMeeting, chance: Chance): Offer[] {
  const offers: Offer[] = [];
  for (const start of meeting.starts) {
    if (draft.tallies.fullLimit(meeting, start) >= 0 || draft.conferences.tooLateFor(meeting, start) >= 0) continue;
    const crowding = draft.tallies.crowding(meeting, start);
    for (const online of [false, true]) {
      if (meeting.modeCost[online ? 1 : 0] < 0) continue;
      const people = estimate(draft, meeting, start, online);
      if (people === Infinity) continue;
      const cost = start.base + meeting.modeCost[online ? 1 : 0] + crowding + people + noise(chance);
      offers.push({ start, online, cost });
    }
  }
  return offers;
}

function estimate(draft: Draft, meeting: ProblemMeeting, start: Start, online: boolean): number {
  let cost = 0;
  for (const s of meeting.seats) {
    if (s.kind === 'person') {
      if (!fits(draft, meeting, s, s.person, start, online)) return Infinity;
    } else if (s.kind === 'assigned') {
      const holder = draft.holder[s.assignment]!;
      if (holder < 0) continue;
      const option = start.options[s.index]!.find((o) => o.person === holder);
      if (!option || !fits(draft, meeting, s, holder, start, online)) return Infinity;
      cost += option.cost;
    } else if (s.kind === 'oneOf') {
      let least = Infinity;
      for (const option of start.options[s.index]!) {
        if (option.cost >= least) continue;
        least = Math.min(least, optionCost(draft, meeting, s, option, start, online));
      }
      cost += least;
    } else {
      const panel = draft.problem.panels[s.panel]!;
      const members = draft.members[s.panel];
      cost += members
        ? awayCost(start.panel[s.index]!, members, s.absent, s.tentative)
        : panelEstimate(draft, panel, { meeting, seat: s, start, online });
    }
    if (cost === Infinity) return Infinity;
  }
  return cost;
}

function awayCost(states: Uint8Array, members: readonly number[], absent: number, tentative: number): number {
  let cost = 0;
  for (const i of members) cost += states[i] === 2 ? absent : states[i] === 1 ? Math.min(tentative, absent) : 0;
  return cost;
}

/** The person with whom all the open meetings together promise to cost least */
function assignBest(
  draft: Draft,
  assignment: ProblemAssignment,
  offers: ReadonlyMap<number, readonly Offer[]>,
  chance: Chance,
): void {
  const { problem } = draft;
  if (assignment.meetings.some((m) => draft.placement(m))) return;
  let best = -1;
  let least = Infinity;
  for (const { person, cost } of assignment.candidates) {
    if (assignment.locked >= 0 && assignment.locked !== person) continue;
    if (draft.tallies.fullLoad(assignment.loads, person) >= 0) continue;
    let total = cost + draft.tallies.loadDifference(assignment.loads, person) + noise(chance);
    for (const m of assignment.meetings)
      total += leastWith(draft, problem.meetings[m]!, assignment.index, person, offers.get(m) ?? []);
    if (total < least) ((least = total), (best = person));
  }
  if (best >= 0) draft.assign(assignment.index, best);
}

function leastWith(
  draft: Draft,
  meeting: ProblemMeeting,
  assignment: number,
  person: number,
  offers: readonly Offer[],
): number {
  let least = draft.problem.unplaced;
  for (const { start, online, cost } of offers) {
    if (cost >= least) continue;
    let total = cost;
    for (const s of meeting.seats) {
      if (s.assignment !== assignment) continue;
      const option = start.options[s.index]!.find((o) => o.person === person);
      if (option && fits(draft, meeting, s, person, start, online)) total += option.cost;
      else total = Infinity;
    }
    if (total < least) least = total;
  }
  return least;
}
