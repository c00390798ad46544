import type { ProblemPanel } from '../problem/problem.ts';
import type { Draft } from './draft.ts';
import type { Group } from './groups.ts';
import { insertGroup } from './insertion.ts';
import { replacePanel } from './moves.ts';
import type { Chance } from './offers.ts';
import { Random } from './random.ts';

/** How often a group that found no room is built up again, with others that have whom it needs: one, and more if that was no help */
const TRIES = 24;
const MOST_RIVALS = 4;

/** A first plan should be complete if that is easily had: where everybody who could was taken, somebody else may do elsewhere. */
export function placeRest(draft: Draft, groups: readonly Group[]): void {
  const { problem } = draft;
  const chance: Chance = { random: new Random(1), heat: 0 };
  const isOpen = ({ meetings, assignments, panels }: Group) =>
    meetings.some((m) => !draft.placement(m) && problem.meetings[m]!.starts.length > 0) ||
    assignments.some((a) => draft.holder[a]! < 0) ||
    panels.some((p) => !draft.members[p]);
  for (const group of groups.filter(isOpen)) {
    for (const p of group.panels) if (!draft.members[p]) freeForPanel(draft, group, problem.panels[p]!, chance);
    if (!isOpen(group)) continue;
    const wanted = wantedBy(draft, group);
    const has = (g: Group) =>
      g.assignments.some((a) => wanted.has(draft.holder[a]!)) ||
      g.panels.some((p) => draft.members[p]?.some((i) => wanted.has(problem.panels[p]!.candidates[i]!.person)));
    const rivals = groups.filter((g) => g !== group && has(g));
    const others = rivals.length ? rivals : group.related.map((g) => groups[g]!);
    for (let time = 0; time < TRIES && others.length && isOpen(group); time++) {
      const before = draft.cost;
      const mark = draft.mark();
      const some = chance.random.shuffle([...others]).slice(0, 1 + Math.floor((time * MOST_RIVALS) / TRIES));
      for (const one of [group, ...some]) takeOut(draft, one);
      for (const one of [group, ...some]) insertGroup(draft, one, chance);
      if (draft.cost >= before) draft.back(mark);
    }
  }
}

/** People taken so often that a group has nobody for an assignment, for a need of its panel, or too few for the panel */
function wantedBy({ problem, tallies }: Draft, { assignments, panels }: Group): Set<number> {
  const wanted = new Set<number>();
  const note = (people: readonly number[], loads: readonly number[]) => {
    if (people.every((person) => tallies.fullLoad(loads, person) >= 0)) for (const person of people) wanted.add(person);
  };
  for (const a of assignments) {
    const { candidates, loads } = problem.assignments[a]!;
    note(
      candidates.map((candidate) => candidate.person),
      loads,
    );
  }
  for (const p of panels) {
    const { candidates, covers, loads, source } = problem.panels[p]!;
    const free = candidates.filter(({ person }) => tallies.fullLoad(loads, person) < 0);
    if (free.length < source.min) for (const { person } of candidates) wanted.add(person);
    for (let need = 0; need < source.needs.length; need++)
      note(
        candidates.flatMap(({ person }, i) => (covers[i]! & (1 << need) ? [person] : [])),
        loads,
      );
  }
  return wanted;
}

/** A panel of people who are all needed elsewhere: somebody else sits there in their place, if there is anybody. */
function freeForPanel(draft: Draft, group: Group, panel: ProblemPanel, chance: Chance): void {
  const { tallies } = draft;
  const isFull = (i: number) => tallies.fullLoad(panel.loads, panel.candidates[i]!.person) >= 0;
  if (panel.locked) return;
  for (let time = 0; time < TRIES && !draft.members[panel.index]; time++) {
    const before = draft.cost;
    const mark = draft.mark();
    const wanted = somePanel(panel, chance.random, isFull);
    const freed = wanted.every((i) => !isFull(i) || freeElsewhere(draft, panel, panel.candidates[i]!.person));
    if (freed) {
      takeOut(draft, group);
      insertGroup(draft, group, chance);
    }
    if (draft.cost >= before) draft.back(mark);
  }
}

/** Members at random who cover all needs, those who have room first */
function somePanel(panel: ProblemPanel, random: Random, isFull: (i: number) => boolean): number[] {
  const order = random.shuffle([...panel.candidates.keys()]);
  order.sort((a, b) => Number(isFull(a)) - Number(isFull(b)));
  const chosen: number[] = [];
  let uncovered = panel.allNeeds;
  for (const i of order)
    if (uncovered & panel.covers[i]!) {
      chosen.push(i);
      uncovered &= ~panel.covers[i]!;
    }
  for (const i of order) if (chosen.length < panel.source.min && !chosen.includes(i)) chosen.push(i);
  return chosen;
}

function freeElsewhere(draft: Draft, { loads, index }: ProblemPanel, person: number): boolean {
  for (const panel of draft.problem.panels) {
    const i = panel.candidateOf.get(person);
    const members = draft.members[panel.index];
    if (i === undefined || panel.index === index || panel.locked || !members?.includes(i)) continue;
    if (!panel.loads.some((load) => loads.includes(load))) continue;
    const others = members.filter((k) => k !== i);
    const instead = [...panel.candidates.keys()].filter((k) => !members.includes(k)).map((k) => [...others, k]);
    for (const next of [...instead, others]) {
      const mark = draft.mark();
      if (replacePanel(draft, panel, next)) return true;
      draft.back(mark);
    }
  }
  return false;
}

function takeOut(draft: Draft, group: Group): void {
  for (const m of group.meetings) draft.take(draft.problem.meetings[m]!);
  for (const a of group.assignments) draft.assign(a, -1);
  for (const p of group.panels) draft.setPanel(p, null);
}
