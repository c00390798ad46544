import type { Instance } from '../instance.ts';
import { compile } from '../problem/compile.ts';
import { groupsOf } from '../search/groups.ts';

/** Things that are decided together (a centre's year); a conference by itself */
export interface Unit {
  readonly own: readonly string[];
  readonly hearings: readonly string[];
  /** Units that compete with it for the same people, the closest first */
  readonly related: readonly number[];
}

export function unitsOf(instance: Instance): Unit[] {
  const problem = compile(instance);
  const units = groupsOf(problem).map(({ meetings, assignments, panels, related }) => ({
    own: [
      ...panels.map((p) => problem.panels[p]!.id),
      ...assignments.map((a) => problem.assignments[a]!.id),
      ...meetings.map((m) => problem.meetings[m]!.id),
    ],
    hearings: [] as string[],
    related,
  }));
  const alone: Unit[] = [];
  for (const hearing of problem.hearings) {
    const meetings = hearing.after.map(({ meeting }) => problem.meetings[meeting]!.id);
    const assigned = hearing.assignments.map((a) => problem.assignments[a]!.id);
    const unit = units.find(({ own }) => [...meetings, ...assigned].some((id) => own.includes(id)));
    if (unit) unit.hearings.push(hearing.id);
    else alone.push({ own: [], hearings: [hearing.id], related: [] });
  }
  return [...units, ...alone, ...problem.conferences.map(({ id }) => ({ own: [id], hearings: [], related: [] }))];
}
