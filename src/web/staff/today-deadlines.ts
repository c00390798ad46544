import { addDays, mondayOf, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import { answeredOf, type Answered } from '../../milestones/answered.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
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
  /** Of what answers settle */
  readonly answered: Answered | undefined;
}

/** Every deadline of the year as it stands on a day, in order of time; those without a day last */
export function deadlinesOf(year: YearStanding): Deadline[] {
  const today = todayOf(year);
  const monday = mondayOf(today);
  return year.milestones.map((milestone) => {
    const due = dayDue(milestone);
    const answered = answersTo(milestone, year);
    const when =
      milestone.state !== 'open' || answered?.closed
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
    return { id, title, centre, owedBy, due, when, state, meetingId, answered };
  });
}

function answersTo(milestone: Milestone, { cycle, meetings, now }: YearStanding): Answered | undefined {
  const of = meetings.find(({ meeting }) => meeting.id === milestone.meetingId);
  return of && answeredOf(milestone, cycle.rules, of.meeting, of.standing.centre, now);
}
