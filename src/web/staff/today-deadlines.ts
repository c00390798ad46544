import { addDays, mondayOf, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import { activityOf } from '../../programme/programme.ts';
import { todayOf, type YearStanding } from './board.ts';

export interface Deadline {
  readonly id: string;
  readonly title: Text;
  readonly centre: string | null;
  readonly owedBy: Milestone['owedBy'];
  readonly due: CalendarDate | null;
  readonly when: 'overdue' | 'this-week' | 'next-week' | 'later' | 'undated' | 'settled';
  readonly state: Milestone['state'];
  readonly meetingId: string | null;
}

/** Every deadline of the year as it stands on a day, in order of time; those without a day last */
export function deadlinesOf(year: YearStanding): Deadline[] {
  const today = todayOf(year);
  const monday = mondayOf(today);
  return year.milestones.map((milestone) => {
    const due = dayDue(milestone);
    const when =
      milestone.state !== 'open' || hasBeenAnswered(milestone, year)
        ? 'settled'
        : due === null
          ? 'undated'
          : due < today
            ? 'overdue'
            : due < addDays(monday, 7)
              ? 'this-week'
              : due < addDays(monday, 14)
                ? 'next-week'
                : 'later';
    const centre = year.roster.centres.find((one) => one.id === milestone.centre)?.acronym ?? null;
    const { id, title, owedBy, meetingId } = milestone;
    const state = when === 'settled' && milestone.state === 'open' ? 'submitted' : milestone.state;
    return { id, title, centre, owedBy, due, when, state, meetingId };
  });
}

/** What answers settle is settled when everybody on the centre's side knows of the meeting and has answered. */
function hasBeenAnswered({ activity, meetingId }: Milestone, { cycle, meetings }: YearStanding): boolean {
  const rule = activityOf(cycle.rules, activity);
  if (rule?.what !== 'milestone' || rule.settledBy !== 'answers') return false;
  const standing = meetings.find(({ meeting }) => meeting.id === meetingId)?.standing;
  if (!standing || standing.asked === 0 || standing.told < standing.asked) return false;
  return ![...standing.unanswered, ...standing.undecided].some(({ side }) => side === 'centre');
}
