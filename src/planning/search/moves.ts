import { quorumOf, type ProblemPanel } from '../problem/problem.ts';
import { fillHearings, rearrange, vacateHearings } from './arrange.ts';
import type { Draft, Placement } from './draft.ts';
import type { Group } from './groups.ts';
import { insertGroup, insertMeeting } from './insertion.ts';
import type { Chance } from './offers.ts';
import type { Random } from './random.ts';
import { seat } from './seating.ts';

/** A change tried on a draft; the caller weighs the cost and goes back if it does not like it. @returns false: nothing was tried */
export type Move = (draft: Draft, groups: readonly Group[], chance: Chance) => boolean;

/** Takes one to three groups that compete for the same people out and builds them up again. */
export const rebuildGroups: Move = (draft, groups, chance) => {
  const { random } = chance;
  const first = random.pick(groups);
  const chosen = [first];
  const more = random.below(3);
  for (let i = 0; i < more && first.related.length; i++) {
    // the closest most often
    const other = groups[first.related[Math.floor(first.related.length * random.next() ** 2)]!]!;
    if (!chosen.includes(other)) chosen.push(other);
  }
  const keepPanels = random.next() < 0.5;
  const keepHolders = random.next() < 0.3;
  for (const group of chosen) takeOut(draft, group, random, keepPanels, keepHolders);
  for (const group of random.shuffle(chosen)) insertGroup(draft, group, chance);
  return true;
};

function takeOut(draft: Draft, group: Group, random: Random, keepPanels: boolean, keepHolders: boolean): void {
  for (const m of group.meetings) draft.take(draft.problem.meetings[m]!);
  for (const a of group.assignments) {
    if (keepHolders || random.next() >= 0.8) continue;
    vacateHearings(draft, a);
    draft.assign(a, -1);
  }
  if (!keepPanels) for (const p of group.panels) draft.setPanel(p, null);
}

/** Takes one meeting out and puts it where it costs least now. */
export const moveMeeting: Move = (draft, _groups, chance) => {
  const { meetings } = draft.problem;
  if (!meetings.length) return false;
  const meeting = chance.random.pick(meetings);
  if (!meeting.starts.length) return false;
  draft.take(meeting);
  insertMeeting(draft, meeting, chance);
  return true;
};

/** Exchanges, adds or drops one member of one panel, everything else kept. */
export const changePanel: Move = (draft, _groups, { random }) => {
  const panels = draft.problem.panels;
  if (!panels.length) return false;
  const panel = random.pick(panels);
  const members = draft.members[panel.index];
  if (!members || panel.locked) return false;
  const next = changed(panel, members, random);
  return next !== undefined && replacePanel(draft, panel, next);
};

function changed(panel: ProblemPanel, members: readonly number[], random: Random): number[] | undefined {
  const kind = random.next();
  const next = [...members];
  if (kind < 0.7) next.splice(random.below(next.length), 1);
  else if (kind < 0.85) {
    if (next.length <= panel.source.min) return undefined;
    next.splice(random.below(next.length), 1);
    return next;
  } else if (next.length >= panel.source.max) return undefined;
  const others = panel.candidates.length - members.length;
  if (others <= 0) return undefined;
  let skip = random.below(others);
  for (let i = 0; i < panel.candidates.length; i++)
    if (!members.includes(i) && skip-- === 0) {
      next.push(i);
      break;
    }
  return next;
}

/** Moves a member from one panel to another that could use them, and somebody else the other way. */
export const chainPanels: Move = (draft, _groups, { random }) => {
  const panels = draft.problem.panels;
  if (panels.length < 2) return false;
  const a = random.pick(panels);
  const membersOfA = draft.members[a.index];
  if (!membersOfA || a.locked) return false;
  const leaving = random.pick(membersOfA);
  const person = a.candidates[leaving]!.person;
  const b = random.pick(panels);
  const membersOfB = draft.members[b.index];
  const arriving = b.candidateOf.get(person);
  if (b === a || !membersOfB || b.locked || arriving === undefined || membersOfB.includes(arriving)) return false;
  const out = random.pick(membersOfB);
  const back = a.candidateOf.get(b.candidates[out]!.person);
  const nextA = membersOfA.filter((i) => i !== leaving);
  if (back !== undefined && !nextA.includes(back)) nextA.push(back);
  else {
    const other = random.below(a.candidates.length);
    if (membersOfA.includes(other)) return false;
    nextA.push(other);
  }
  const nextB = [...membersOfB.filter((i) => i !== out), arriving];
  // the first of two replacements may be over somebody's load for a moment: both are let go first
  return replacePanels(draft, [
    [a, nextA],
    [b, nextB],
  ]);
};

/** @returns false: it cannot be; what was changed on the way is left to be undone */
export const replacePanel = (draft: Draft, panel: ProblemPanel, next: number[]): boolean =>
  replacePanels(draft, [[panel, next]]);

function replacePanels(draft: Draft, changes: readonly (readonly [ProblemPanel, number[]])[]): boolean {
  for (const [panel, next] of changes) if (!panelHolds(draft, panel, next)) return false;
  const placements: (readonly [number, Placement])[] = [];
  for (const [panel] of changes) {
    for (const { meeting } of panel.meetings) {
      const placement = draft.placement(meeting);
      if (!placement) continue;
      placements.push([meeting, placement]);
      draft.take(draft.problem.meetings[meeting]!);
    }
    draft.setPanel(panel.index, null);
  }
  for (const [panel, next] of changes) {
    for (const i of next) if (draft.tallies.fullLoad(panel.loads, panel.candidates[i]!.person) >= 0) return false;
    draft.setPanel(
      panel.index,
      next.sort((x, y) => x - y),
    );
  }
  for (const [m, { start, online }] of placements) {
    const meeting = draft.problem.meetings[m]!;
    const placement = seat(draft, meeting, start, online);
    if (!placement) return false;
    draft.put(meeting, placement);
  }
  return true;
}

/** Size, needs and quorum before anything is touched */
function panelHolds(draft: Draft, panel: ProblemPanel, next: readonly number[]): boolean {
  let covered = 0;
  for (const i of next) covered |= panel.covers[i]!;
  if (covered !== panel.allNeeds || next.length < panel.source.min || next.length > panel.source.max) return false;
  return panel.meetings.every(({ meeting, seat: s }) => {
    const placement = draft.placement(meeting);
    if (!placement) return true;
    const states = placement.start.panel[s]!;
    const can = next.reduce((n, i) => n + (states[i] === 2 ? 0 : 1), 0);
    return can >= quorumOf(draft.problem.meetings[meeting]!.seats[s]!.quorum, next.length);
  });
}

/** Two groups exchange the holders of an assignment, or one gets another; their meetings stay where they can. */
export const changeHolder: Move = (draft, _groups, chance) => {
  const { random } = chance;
  const { assignments, meetings } = draft.problem;
  if (!assignments.length) return false;
  const a = random.pick(assignments);
  const b = random.next() < 0.5 ? random.pick(assignments) : a;
  if (a.locked >= 0 || b.locked >= 0) return false;
  const [ofA, ofB] = [draft.holder[a.index]!, draft.holder[b.index]!];
  const forA = b === a ? random.pick(a.candidates).person : ofB;
  if (forA < 0 || forA === ofA || !a.candidates.some((c) => c.person === forA)) return false;
  if (b !== a && !b.candidates.some((c) => c.person === ofA)) return false;
  const touched = [...new Set([...a.meetings, ...b.meetings])];
  const before = touched.map((m) => draft.placement(m));
  for (const m of touched) draft.take(meetings[m]!);
  for (const { index } of new Set([a, b])) {
    vacateHearings(draft, index);
    draft.assign(index, -1);
  }
  if (draft.tallies.fullLoad(a.loads, forA) >= 0) return false;
  draft.assign(a.index, forA);
  if (b !== a) {
    if (ofA < 0 || draft.tallies.fullLoad(b.loads, ofA) >= 0) return false;
    draft.assign(b.index, ofA);
  }
  touched.forEach((m, i) => {
    const meeting = meetings[m]!;
    const was = before[i];
    const placement = was && seat(draft, meeting, was.start, was.online);
    if (placement) draft.put(meeting, placement);
    else insertMeeting(draft, meeting, chance);
  });
  for (const { index } of new Set([a, b])) fillHearings(draft, index);
  return true;
};

/**
 * Arranges a conference anew: around the visits as they are, or on another first day, the visits that would be too late for it moved.
 * @param tied conferences that depend on visits at all
 */
export const moveConference =
  (tied: readonly number[]): Move =>
  (draft, _groups, chance) => {
    const { random } = chance;
    const { problem } = draft;
    if (!tied.length) return false;
    const conference = problem.conferences[random.pick(tied)]!;
    if (!conference.firstDays.length) return false;
    if (random.next() < 0.5) {
      rearrange(draft, conference);
      return true;
    }
    const { day } = random.pick(conference.firstDays);
    const { ordinal } = problem.calendar;
    const late = new Set<number>();
    for (const { meeting, days } of conference.hearings.flatMap((h) => problem.hearings[h]!.after)) {
      const placement = draft.placement(meeting);
      if (placement && ordinal[day]! - ordinal[placement.start.lastDay]! < days) late.add(meeting);
    }
    if (late.size > 4) return false;
    for (const m of late) draft.take(problem.meetings[m]!);
    rearrange(draft, conference, day);
    for (const m of late) insertMeeting(draft, problem.meetings[m]!, chance);
    return true;
  };
