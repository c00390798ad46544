import type { CalendarDate } from '../kernel/calendar-date.ts';
import { dayIn, type FiscalYear } from '../kernel/fiscal-year.ts';
import type { Text } from '../kernel/text.ts';
import type { Activity, Offset, Programme, Window } from '../programme/programme.ts';
import { workingDayOf } from '../programme/working-days.ts';
import type { Post, Roster } from '../roster/roster.ts';
import { dueDayAlong } from './due-days.ts';
import type { CentreYear } from './generated-year.ts';
import { reasonAdded, reasonOfActivity, reasonOfProgramme } from './reasons.ts';
import { fits, isOfEveryYear, type Options, type YearOfCentre } from './years.ts';

/** An activity that takes place in the year: once for the programme (`at` null) or for one centre */
export interface Occurrence {
  readonly activity: Activity;
  readonly key: string;
  readonly at: YearOfCentre | null;
  /** By staff, whatever the programme's years say */
  readonly added: boolean;
}

/** Everything that the rows of a year are computed from */
export interface YearPlan {
  readonly programme: Programme;
  readonly roster: Roster;
  readonly fiscalYear: FiscalYear;
  readonly windows: Readonly<Record<string, Window>>;
  readonly dropped: ReadonlySet<string>;
  readonly occurrences: readonly Occurrence[];
  /** The occurrence of an activity for a centre (null: of the programme), or of the one that replaces it */
  find(activity: string, centre: string | null): Occurrence | undefined;
  /** Posts of a kind, of one centre or institution or (`of` null) of the programme, by rank */
  readonly postsOf: (kind: string, of: string | null) => readonly Post[];
  /** Centres for which an activity of the whole programme is held */
  centresOf(activity: Activity): readonly YearOfCentre[];
  kindOf(centre: string): CentreYear;
}

/** An activity that staff want in a year beside what the programme says; `centre` null: once for the programme */
export interface AddedActivity {
  readonly activity: string;
  readonly centre: string | null;
}

interface Given {
  readonly added: readonly AddedActivity[];
  readonly dropped: ReadonlySet<string>;
  readonly options: Options;
  readonly centres: readonly YearOfCentre[];
  readonly years: readonly CentreYear[];
  readonly windows: Readonly<Record<string, Window>>;
}

const byRank = (a: Post, b: Post) => a.rank - b.rank || (a.id < b.id ? -1 : 1);

function byTheProgramme(programme: Programme, { options, centres }: Given): Occurrence[] {
  return programme.activities.flatMap((activity): Occurrence[] => {
    if (activity.onRequest || activity.per === 'meeting') return [];
    const fitting = centres.filter((at) => fits(activity.years, at, options));
    if (activity.per === 'centre')
      return fitting.map((at) => ({ activity, at, key: `${activity.id}/${at.centre.id}`, added: false }));
    const { option } = activity.years;
    const always = isOfEveryYear(activity.years) && (option === undefined || options[option] === true);
    return always || fitting.length > 0 ? [{ activity, at: null, key: activity.id, added: false }] : [];
  });
}

/** @throws RangeError where the programme has no such activity, or the roster no such centre */
function byStaff(programme: Programme, { added, centres }: Given): Occurrence[] {
  return added.map(({ activity: id, centre }) => {
    const activity = programme.activities.find((one) => one.id === id);
    const at = centre === null ? null : centres.find((one) => one.centre.id === centre);
    if (!activity || at === undefined || activity.per !== (at ? 'centre' : 'programme'))
      throw new RangeError(`${id} cannot be added for ${centre ?? 'the programme'}`);
    return { activity, at, key: at ? `${id}/${at.centre.id}` : id, added: true };
  });
}

/** In the order of the programme's activities and of the centres, each key once */
function inOrder(programme: Programme, { centres }: Given, all: readonly Occurrence[]): Occurrence[] {
  const places = new Map<unknown, number>([...programme.activities, ...centres].map((one, i) => [one, i]));
  const place = (of: unknown) => places.get(of) ?? -1;
  const once = new Map(all.toReversed().map((one) => [one.key, one]));
  return [...once.values()].sort((a, b) => place(a.activity) - place(b.activity) || place(a.at) - place(b.at));
}

/**
 * What takes place: activities whose years fit and those that staff add, without those that staff drop or that another one replaces
 * for the same centre, and without the parts of what is dropped.
 */
export function occurrencesOf(programme: Programme, roster: Roster, fiscalYear: FiscalYear, given: Given): YearPlan {
  const { options, centres, years, windows, dropped } = given;
  const candidates = inOrder(programme, given, [
    ...byTheProgramme(programme, given),
    ...byStaff(programme, given),
  ]).filter(({ key }) => !dropped.has(key));
  const place = (activity: string, one: Occurrence) => `${activity} ${one.at?.centre.id ?? ''}`;
  const replaced = new Set(candidates.map((one) => place(one.activity.replaces ?? '', one)));
  const standing = candidates.filter((one) => !replaced.has(place(one.activity.id, one)));
  const places = new Set(standing.map((one) => place(one.activity.id, one)));
  const hasItsWhole = (one: Occurrence): boolean => {
    const whole = one.activity.what === 'meeting' ? one.activity.partOf : undefined;
    return whole === undefined || places.has(`${whole} `) || places.has(place(whole, one));
  };
  const occurrences = standing.filter(hasItsWhole);
  const byPlace = new Map(occurrences.map((one) => [place(one.activity.replaces ?? '', one), one]));
  for (const one of occurrences) byPlace.set(place(one.activity.id, one), one);
  const posts = Map.groupBy(
    roster.posts.toSorted(byRank),
    (post) => `${post.kind} ${post.centre ?? post.institution ?? ''}`,
  );
  const kinds = new Map(years.map((year) => [year.centre, year]));
  return {
    programme,
    roster,
    fiscalYear,
    windows,
    dropped,
    occurrences,
    find: (activity, centre) => byPlace.get(`${activity} ${centre ?? ''}`),
    postsOf: (kind, of) => posts.get(`${kind} ${of ?? ''}`) ?? [],
    centresOf: (activity) => centres.filter((at) => fits(activity.years, at, options)),
    kindOf: (centre) => kinds.get(centre)!,
  };
}

/** Why an activity takes place */
export function reasonOf(plan: YearPlan, { activity, at, added }: Occurrence): Text {
  if (added) return reasonAdded;
  if (at) return reasonOfActivity(activity, at, plan.kindOf(at.centre.id));
  return reasonOfProgramme(activity, plan.centresOf(activity).length);
}

/** What an offset counts from */
export interface Anchor {
  /** Key of the meeting at the beginning of the chain; null where that is a fixed day */
  readonly meeting: string | null;
  /** From there to the activity that was named */
  readonly offsets: readonly Offset[];
  readonly fixedDay: CalendarDate | null;
  /** The offset with the name of what it really counts from: a self-evaluation in place of the progress report */
  named(offset: Offset): Offset;
}

/**
 * Finds what an offset of a centre's row (or of the programme's, `centre` null) counts from: the activity itself, the one that
 * replaces it this year, and through milestones the meeting that these count from in turn.
 * @returns undefined where it does not take place this year
 */
export function anchorOf(plan: YearPlan, activityId: string, centre: string | null): Anchor | undefined {
  const occurrence = plan.find(activityId, centre) ?? plan.find(activityId, null);
  if (!occurrence) return undefined;
  const { activity, key } = occurrence;
  const named = (offset: Offset): Offset =>
    offset.before === undefined ? { ...offset, after: activity.id } : { ...offset, before: activity.id };
  if (activity.what === 'meeting') return { meeting: key, offsets: [], fixedDay: null, named };
  const due = dueOf(plan, activity.due, centre);
  return due && { meeting: due.meeting, offsets: due.offsets, fixedDay: due.fixedDay, named };
}

/** When a milestone is due: the chain of offsets from a meeting, or the day where none decides it */
export function dueOf(
  plan: YearPlan,
  due: { readonly offset?: Offset | undefined; readonly on?: string | undefined },
  centre: string | null,
): { meeting: string | null; offsets: readonly Offset[]; fixedDay: CalendarDate | null } | undefined {
  if (due.on !== undefined) return { meeting: null, offsets: [], fixedDay: dayIn(plan.fiscalYear, due.on) };
  const { offset } = due;
  if (!offset) return undefined;
  const anchor = anchorOf(plan, offset.before ?? offset.after!, centre);
  if (!anchor) return undefined;
  const offsets = [anchor.named(offset)];
  if (anchor.fixedDay === null)
    return { meeting: anchor.meeting, offsets: [...anchor.offsets, ...offsets], fixedDay: null };
  const fixedDay = dueDayAlong(offsets, anchor.fixedDay, anchor.fixedDay, workingDayOf(plan.programme));
  return { meeting: null, offsets: [], fixedDay };
}
