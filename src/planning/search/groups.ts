import type { Problem } from '../problem/problem.ts';

/** Things that are decided together: meetings that share an assignment or panel, with these. A centre's year, normally. */
export interface Group {
  readonly index: number;
  readonly meetings: readonly number[];
  readonly assignments: readonly number[];
  readonly panels: readonly number[];
  /** Groups that compete for the same people, closest first */
  readonly related: readonly number[];
}

export function groupsOf(problem: Problem): Group[] {
  const { meetings, assignments, panels } = problem;
  const parent = Array.from({ length: meetings.length + assignments.length + panels.length }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  const ofAssignment = (a: number) => meetings.length + a;
  const ofPanel = (p: number) => meetings.length + assignments.length + p;
  for (const meeting of meetings) {
    for (const a of meeting.assignments) parent[root(ofAssignment(a))] = root(meeting.index);
    for (const p of meeting.panels) parent[root(ofPanel(p))] = root(meeting.index);
  }
  const groups = new Map<number, { meetings: number[]; assignments: number[]; panels: number[] }>();
  parent.forEach((_, i) => {
    const key = root(i);
    const group = groups.get(key) ?? { meetings: [], assignments: [], panels: [] };
    groups.set(key, group);
    if (i < meetings.length) group.meetings.push(i);
    else if (i < meetings.length + assignments.length) group.assignments.push(i - meetings.length);
    else group.panels.push(i - meetings.length - assignments.length);
  });
  const list = [...groups.values()];
  const related = relations(problem, list);
  return list.map((group, index) => ({ ...group, index, related: related[index]! }));
}

/** Whom a group may use */
function peopleOf(problem: Problem, group: Omit<Group, 'index' | 'related'>): Set<number> {
  const people = new Set<number>();
  for (const m of group.meetings)
    for (const seat of problem.meetings[m]!.seats) {
      if (seat.person >= 0) people.add(seat.person);
      for (const choice of seat.choices) people.add(choice.person);
    }
  for (const a of group.assignments) for (const c of problem.assignments[a]!.candidates) people.add(c.person);
  for (const p of group.panels) for (const c of problem.panels[p]!.candidates) people.add(c.person);
  return people;
}

/** The 40 closest, which is all that a search needs of them */
function relations(problem: Problem, groups: readonly Omit<Group, 'index' | 'related'>[]): number[][] {
  const users = new Map<number, number[]>();
  groups.forEach((group, g) => {
    for (const person of peopleOf(problem, group)) users.set(person, [...(users.get(person) ?? []), g]);
  });
  return groups.map((group, g) => {
    const shared = new Map<number, number>();
    for (const person of peopleOf(problem, group)) {
      const others = users.get(person)!;
      // somebody whom everybody may use ties nobody to anybody in particular
      for (const other of others) if (other !== g) shared.set(other, (shared.get(other) ?? 0) + 1 / others.length);
    }
    return [...shared]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 40)
      .map(([other]) => other);
  });
}
