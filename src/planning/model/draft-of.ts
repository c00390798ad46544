import { begins, type Problem } from '../problem/problem.ts';
import { rearrange } from '../search/arrange.ts';
import { Draft, type Placement } from '../search/draft.ts';
import { choosePanel } from '../search/panel-choice.ts';
import { attendanceOf } from '../search/seating.ts';
import { sumAt } from './linear-model.ts';
import type { PlanModel } from './model-of.ts';

/**
 * A solution of the model as a draft. What the model leaves open (who of a panel comes, the order of hearings) is decided as is best; a
 * meeting that cannot be as the model has it, because somebody would be in two places, stays undecided.
 */
export function draftOf(problem: Problem, { columns, members }: PlanModel, x: Float64Array): Draft {
  const draft = new Draft(problem);
  columns.holders.forEach((holders, a) => {
    for (const [person, column] of holders) if (x[column]! > 0.5) draft.assign(a, person);
  });
  members.forEach((candidates, p) => {
    const chosen = candidates.flatMap((own, i) => (own.length && sumAt(own, x) > 0.5 ? [i] : []));
    if (chosen.length) draft.setPanel(p, chosen);
  });
  const seated = seatsOf({ columns, members } as PlanModel, x);
  for (const meeting of problem.meetings)
    for (const start of meeting.starts) {
      const modes = columns.starts[meeting.index]![start.index]!;
      const used = modes.findIndex((column) => x[column]! > 0.5);
      if (used < 0) continue;
      const online = modes.length === 2 ? used === 1 : meeting.modeCost[0] < 0;
      const at = begins(problem.calendar, start.half);
      const seats = meeting.seats.map((seat) => seated.get(`${meeting.index} ${seat.index} ${at}`) ?? -1);
      const placement = placementWith(draft, { start, online, seats, attending: [] }, meeting.index);
      if (placement) draft.put(meeting, placement);
    }
  for (const panel of problem.panels) {
    if (draft.members[panel.index]) continue;
    const chosen = panel.source.min === 0 ? choosePanel(draft, panel) : undefined;
    if (chosen) draft.setPanel(panel.index, chosen);
  }
  for (const conference of problem.conferences) rearrange(draft, conference);
  draft.settle();
  return draft;
}

/** `meeting seat from` → person */
function seatsOf({ columns }: PlanModel, x: Float64Array): Map<string, number> {
  const seated = new Map<string, number>();
  for (const { meeting, seat, from, person, columns: own } of columns.sits)
    if (seat.kind !== 'panel' && sumAt(own, x) > 0.5) seated.set(`${meeting} ${seat.index} ${from}`, person);
  return seated;
}

function placementWith(draft: Draft, wanted: Placement, index: number): Placement | undefined {
  const meeting = draft.problem.meetings[index]!;
  const { start, online, seats } = wanted;
  const taken = new Set<number>();
  for (const seat of meeting.seats) {
    if (seat.kind === 'panel') continue;
    const person = seats[seat.index]!;
    if (person < 0 || taken.has(person)) return undefined;
    if (!draft.diaries.fits(person, draft.span(meeting, seat, start, online))) return undefined;
    taken.add(person);
  }
  const attending = attendanceOf(draft, meeting, start, online, taken);
  return attending && { start, online, seats, attending };
}
