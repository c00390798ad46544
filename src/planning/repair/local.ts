import type { Plan } from '../instance.ts';
import type { Problem } from '../problem/problem.ts';
import { separateConferences } from '../problem/separate.ts';
import { anneal, weight, type Found } from '../search/anneal.ts';
import { rearrange, vacateHearings } from '../search/arrange.ts';
import { Draft } from '../search/draft.ts';
import { groupsOf, type Group } from '../search/groups.ts';
import { insertGroup } from '../search/insertion.ts';
import { planOf } from '../search/plan-of.ts';
import { Random } from '../search/random.ts';
import { takeOver } from '../search/take-over.ts';

/** Cool: nearly all of what was announced stays. */
const HOT = 0.6;

/** The announced plan as far as it still holds; what broke is put back as is cheapest, one centre after the other. Milliseconds. */
export function localRepair(problem: Problem, was: Plan): Found {
  const draft = new Draft(problem);
  takeOver(draft, was);
  for (const conference of problem.conferences) mendConference(draft, conference.index);
  const broken = groupsOf(problem).filter((group) => isOpen(draft, group));
  const least = (group: Group) => Math.min(...group.meetings.map((m) => problem.meetings[m]!.starts.length));
  for (const group of broken.sort((a, b) => least(a) - least(b))) mendGroup(draft, group);
  for (const conference of problem.conferences) mendConference(draft, conference.index);
  draft.settle();
  return { cost: weight(draft), plan: planOf(draft) };
}

/** Looks around a repair for a cheaper one. */
export function improved(problem: Problem, known: Found, seed: number, steps: number): Found {
  const draft = new Draft(problem);
  takeOver(draft, known.plan);
  draft.settle();
  const groups = groupsOf(problem);
  if (!groups.length) return known;
  const separate = separateConferences(problem);
  const tied = problem.conferences.map((c) => c.index).filter((c) => !separate.has(c));
  let best = known;
  for (const found of anneal(draft, { groups, tied, random: new Random(seed), hot: HOT, steps }))
    if (found && found.cost < best.cost) best = found;
  return best;
}

const isOpen = (draft: Draft, group: Group): boolean =>
  group.meetings.some((m) => !draft.placement(m)) ||
  group.assignments.some((a) => draft.holder[a]! < 0) ||
  group.panels.some((p) => !draft.members[p]);

/** Four ways: as it stands; the panels chosen anew; the officers as well; the whole centre anew. */
function mendGroup(draft: Draft, group: Group): void {
  const { problem } = draft;
  const chance = { random: new Random(0), heat: 0 };
  const ways = [
    () => undefined,
    () => {
      release(draft, group, 'panels');
    },
    () => {
      release(draft, group, 'assignments');
    },
    () => {
      for (const m of group.meetings) if (problem.meetings[m]!.lockedStart < 0) draft.take(problem.meetings[m]!);
      release(draft, group, 'panels');
      release(draft, group, 'assignments');
    },
  ];
  let best = ways[0]!;
  let least = Infinity;
  for (const way of ways) {
    const mark = draft.mark();
    way();
    insertGroup(draft, group, chance);
    const now = weight(draft);
    if (now < least) [best, least] = [way, now];
    draft.back(mark);
  }
  best();
  insertGroup(draft, group, chance);
}

/** Panels are let go where none of their meetings has a place; assignments take their meetings and hearings with them. */
function release(draft: Draft, group: Group, what: 'panels' | 'assignments'): void {
  const { problem } = draft;
  if (what === 'panels')
    for (const p of group.panels) {
      if (!draft.members[p] || problem.panels[p]!.meetings.some(({ meeting }) => draft.placement(meeting))) continue;
      draft.setPanel(p, null);
    }
  else
    for (const a of group.assignments) {
      if (draft.holder[a]! < 0) continue;
      for (const m of problem.assignments[a]!.meetings) draft.take(problem.meetings[m]!);
      vacateHearings(draft, a);
      draft.assign(a, -1);
    }
}

/** A conference of which something broke is arranged anew, at the price of what that changes; its day stays where that is cheaper. */
function mendConference(draft: Draft, c: number): void {
  const conference = draft.problem.conferences[c]!;
  const { day, hearings } = draft.conferences.arrangement(c);
  if (day >= 0 && hearings.every((place) => place) && draft.conferences.broken === 0) return;
  const mark = draft.mark();
  const before = weight(draft);
  rearrange(draft, conference);
  if (weight(draft) > before) draft.back(mark);
}
