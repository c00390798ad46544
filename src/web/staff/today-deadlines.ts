import { addDays, mondayOf, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
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
}

/** Every deadline of the year as it stands on a day, in order of time; those without a day last */
export function deadlinesOf(year: YearStanding): Deadline[] {
  const today = todayOf(year);
  const monday = mondayOf(today);
  return year.milestones.map((milestone) => {
    const due = dayDue(milestone);
    const when =
      milestone.state !== 'open'
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
    const { id, title, owedBy, state, meetingId } = milestone;
    return { id, title, centre, owedBy, due, when, state, meetingId };
  });
}
