import type { Text } from '../kernel/text.ts';
import { offsetText } from '../programme/phrases.ts';
import type { MilestoneActivity } from '../programme/programme.ts';
import type { DueInYear, GeneratedMilestone } from './generated-year.ts';
import { dueOf, reasonOf, type Occurrence, type YearPlan } from './occurrences.ts';
import { titleFor, titleOfStep } from './titles.ts';
import type { YearOfCentre } from './years.ts';

const titled = (name: Text, at: YearOfCentre | null): Text => (at ? titleFor(name, at.centre.acronym) : name);

/** The programme's words for a due day, with what it really counts from this year */
function dueInYear(activity: MilestoneActivity, found: NonNullable<ReturnType<typeof dueOf>>): DueInYear {
  const { at } = activity.due;
  const { offsets, fixedDay } = found;
  const last = offsets.at(-1);
  if (last) return { offset: last, at, offsets, fixedDay: null };
  return { on: fixedDay!.slice(5), at, offsets: [], fixedDay };
}

function handedIn(plan: YearPlan, activity: MilestoneActivity, occurrence: Occurrence): GeneratedMilestone[] {
  const { key, at } = occurrence;
  const centre = at?.centre.id ?? null;
  const found = dueOf(plan, activity.due, centre);
  if (!found) return [];
  return [
    {
      key,
      activity: activity.id,
      centre,
      meeting: found.meeting,
      title: titled(activity.name, at),
      reason: reasonOf(plan, occurrence),
      owedBy: activity.owedBy,
      logistics: activity.logistics,
      due: dueInYear(activity, found),
    },
  ];
}

/** A step of preparing, once for each meeting of the activities that it is for; `meeting` in its offset is that meeting */
function preparing(plan: YearPlan, activity: MilestoneActivity): GeneratedMilestone[] {
  const { offset, at } = activity.due;
  if (!offset) return [];
  return activity.for.flatMap((id) =>
    plan.occurrences
      .filter((one) => one.activity.what === 'meeting' && one.activity.id === id)
      .map(({ activity: meeting, key, at: centre }): GeneratedMilestone => {
        const own = offset.before === undefined ? { ...offset, after: meeting.id } : { ...offset, before: meeting.id };
        return {
          key: `${activity.id}/${key}`,
          activity: activity.id,
          centre: centre?.centre.id ?? null,
          meeting: key,
          title: titled(titleOfStep(meeting.name, activity.name), centre),
          reason: activity.reason ?? offsetText(plan.programme, own),
          owedBy: activity.owedBy,
          logistics: activity.logistics,
          due: { offset: own, at, offsets: [own], fixedDay: null },
        };
      }),
  );
}

/**
 * Everything that is due in the year. What would count from an activity that does not take place this year is left out: there is
 * nothing for it to be early or late for.
 */
export function milestonesOf(plan: YearPlan): GeneratedMilestone[] {
  const all = plan.programme.activities.flatMap((activity) => {
    if (activity.what !== 'milestone') return [];
    if (activity.per === 'meeting') return preparing(plan, activity);
    return plan.occurrences.filter((one) => one.activity === activity).flatMap((one) => handedIn(plan, activity, one));
  });
  return all.filter(({ key }) => !plan.dropped.has(key));
}
