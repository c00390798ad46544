import type { FiscalYear } from '../kernel/fiscal-year.ts';
import type { MeetingActivity, Programme, Window } from '../programme/programme.ts';
import type { Roster } from '../roster/roster.ts';
import { centreYear } from './centre-years.ts';
import { milestonesOf } from './generate-milestones.ts';
import type { GeneratedMeeting, GeneratedYear } from './generated-year.ts';
import {
  anchorOf,
  occurrencesOf,
  reasonOf,
  type AddedActivity,
  type Occurrence,
  type YearPlan,
} from './occurrences.ts';
import { seatsOf } from './seats.ts';
import { titleFor, titleOfYear } from './titles.ts';
import { spanOfWindow } from './year-calendar.ts';
import { optionsOf, yearOf, type Options } from './years.ts';

export interface YearSettings {
  /** Options that are switched on or off in this year; the others are as the programme has them */
  readonly options?: Options;
  /** Windows of this year by activity, where they are not the programme's */
  readonly windows?: Readonly<Record<string, Window>>;
  /** What staff add beside the programme's own, and keys of meetings and milestones that they leave out */
  readonly added?: readonly AddedActivity[];
  readonly dropped?: readonly string[];
}

function notBeforeOf(plan: YearPlan, activity: MeetingActivity, centre: string | null): GeneratedMeeting['notBefore'] {
  return activity.notBefore.flatMap((offset) => {
    const anchor = anchorOf(plan, offset.after ?? offset.before!, centre);
    return anchor?.meeting ? [{ meeting: anchor.meeting, offsets: [...anchor.offsets, anchor.named(offset)] }] : [];
  });
}

function meetingOf(plan: YearPlan, activity: MeetingActivity, occurrence: Occurrence): GeneratedMeeting {
  const { at, key } = occurrence;
  const centre = at?.centre.id ?? null;
  const involved = at ? [at] : plan.centresOf(activity);
  const evaluation = at !== null && plan.kindOf(at.centre.id).evaluation;
  const window = plan.windows[activity.id] ?? activity.window;
  const whole = activity.partOf === undefined ? undefined : anchorOf(plan, activity.partOf, centre);
  return {
    key,
    activity: activity.id,
    centre,
    partOf: whole?.meeting ?? null,
    title: at ? titleFor(activity.name, at.centre.acronym) : titleOfYear(activity.name, plan.fiscalYear),
    reason: reasonOf(plan, occurrence),
    window: window ? spanOfWindow(window, plan.fiscalYear) : null,
    halfDays: (evaluation ? activity.halfDaysInEvaluation : undefined) ?? activity.halfDays,
    minutes: (evaluation ? activity.minutesInEvaluation : undefined) ?? activity.minutes ?? null,
    evaluation,
    notBefore: notBeforeOf(plan, activity, centre),
    seats: seatsOf({ ...plan, centres: involved.map((one) => one.centre) }, activity),
  };
}

/**
 * What a fiscal year consists of: for every centre what kind of year it is, and every meeting, seat and milestone with its reason.
 * Meetings and milestones come in the order of the programme's activities, within them by year of adoption and id of the centre, so
 * that the same programme, roster and year give the same list however the roster is ordered.
 * @throws RangeError for an option, an added activity or its centre that is not there, or a programme none of whose kinds of year fits
 */
export function generateYear(
  programme: Programme,
  roster: Roster,
  fiscalYear: FiscalYear,
  settings: YearSettings = {},
): GeneratedYear {
  const options = optionsOf(programme, settings.options);
  // one roster serves several programmes: a centre belongs to the one that has its scheme
  const centres = roster.centres
    .filter((centre) => Object.hasOwn(programme.schemes, centre.scheme))
    .sort((a, b) => a.adoptionYear - b.adoptionYear || (a.id < b.id ? -1 : 1))
    .map((centre) => yearOf(programme, centre, fiscalYear));
  const years = centres.map((at) => centreYear(programme, at, options));
  const plan = occurrencesOf(programme, roster, fiscalYear, {
    options,
    centres,
    years,
    windows: settings.windows ?? {},
    added: settings.added ?? [],
    dropped: new Set(settings.dropped),
  });
  return {
    fiscalYear,
    covers: programme.covers === 'previous' ? fiscalYear - 1 : fiscalYear,
    centres: years,
    meetings: plan.occurrences.flatMap((one) =>
      one.activity.what === 'meeting' ? [meetingOf(plan, one.activity, one)] : [],
    ),
    milestones: milestonesOf(plan),
  };
}
