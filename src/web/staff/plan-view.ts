import { date, type CalendarDate } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Instance, Plan } from '../../planning/instance.ts';
import type { PlanRun } from '../../planning/planning.queries.ts';
import { placementsOf } from '../../planning/publish.ts';
import type { Judgement } from '../../planning/rules/judge.ts';
import { changeWords } from './plan-words.ts';
import { costView, inBothNames, type CostView } from './plan-cost.ts';
import {
  placementRows,
  sorted,
  type PlacementRow,
  type PlanGround,
  type SortBy,
  type Unanswered,
} from './plan-placements.ts';
import { Speech } from './plan-speech.ts';

/** A run that has a plan, ready to be shown */
export interface PlanView {
  readonly rows: readonly PlacementRow[];
  readonly counts: Readonly<Record<PlacementRow['change']['kind'], number>>;
  /** The same in words, what is none left out */
  readonly changes: readonly Text[];
  /** Rows that are other than what stands now, meetings that have no day yet left out */
  readonly changed: readonly PlacementRow[];
  readonly unplaced: readonly { readonly name: Text; readonly reasons: Text }[];
  readonly cost: CostView;
  /** Meetings whose people may come only because nothing is known of them */
  readonly resting: readonly { readonly name: Text; readonly meetings: readonly Text[] }[];
  /** The others who did not answer */
  readonly silent: readonly Text[];
}

export interface ReadPlan {
  readonly instance: Instance;
  readonly plan: Plan;
}

export function planOf(run: Pick<PlanRun, 'instance' | 'plan'>): ReadPlan | undefined {
  return run.instance && run.plan ? { instance: run.instance as Instance, plan: run.plan as Plan } : undefined;
}

/** Half days on which the plan puts somebody whose answers are not complete, to be asked about */
export function halvesOf(run: Pick<PlanRun, 'instance' | 'plan'>): CalendarDate[] {
  const read = planOf(run);
  const days = new Set<CalendarDate>();
  for (const meeting of read?.instance.meetings ?? []) {
    const placed = read!.plan.meetings[meeting.id];
    if (!placed) continue;
    for (let half = placed.start; half < placed.start + meeting.halfDays; half++)
      days.add(date(read!.instance.days[half >> 1]!.date));
  }
  return [...days].sort();
}

/**
 * @param letters of those who did not answer everything, two a day of `days`; `-` where nothing was said
 * @returns `<person> <half day of the instance>`
 */
export function unansweredIn(
  { instance }: { instance: Instance },
  letters: ReadonlyMap<string, string>,
  days: readonly CalendarDate[],
): Unanswered {
  const index = new Map(instance.days.map(({ date }, at) => [date, at]));
  const found = new Set<string>();
  for (const [person, said] of letters)
    for (const [at, letter] of [...said].entries())
      if (letter === '-') found.add(`${person} ${2 * index.get(days[at >> 1]!)! + (at & 1)}`);
  return found;
}

/** @param read instance and plan of the run */
export function planView(
  ground: PlanGround,
  run: Pick<PlanRun, 'unplaced' | 'unanswered'>,
  read: ReadPlan,
  judged: Judgement,
  unanswered: Unanswered,
  by: SortBy,
): PlanView {
  const { instance, plan } = read;
  const rows = sorted(placementRows(ground, instance, plan, placementsOf(ground, instance, plan), unanswered), by);
  const speech = new Speech(ground, instance);
  const resting = restingOn(rows);
  const names = new Map(ground.roster.people.map((person) => [person.id, person.name]));
  const count = (kind: PlacementRow['change']['kind']) => rows.filter((row) => row.change.kind === kind).length;
  const counts = { new: count('new'), moved: count('moved'), people: count('people'), same: count('same') };
  return {
    rows,
    counts,
    changes: changeWords(counts),
    changed: rows.filter((row) => row.change.kind === 'moved' || row.change.kind === 'people'),
    unplaced: run.unplaced.map(({ of, reasons }) => ({
      name: speech.called(of),
      reasons: inBothNames(reasons, ground),
    })),
    cost: costView(speech, judged),
    resting: [...resting.values()],
    silent: run.unanswered.filter((id) => !resting.has(id)).map((id) => names.get(id) ?? text(id, id)),
  };
}

function restingOn(rows: readonly PlacementRow[]): Map<string, { name: Text; meetings: Text[] }> {
  const resting = new Map<string, { name: Text; meetings: Text[] }>();
  for (const row of rows)
    for (const person of Object.values(row.people).flat()) {
      if (!person.unanswered) continue;
      const known = resting.get(person.id) ?? { name: person.name, meetings: [] };
      known.meetings.push(row.title);
      resting.set(person.id, known);
    }
  return resting;
}
