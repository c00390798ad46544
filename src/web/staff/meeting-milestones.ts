import type { CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import { answeredOf, answeredText, type Answered } from '../../milestones/answered.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import { todayOf } from './board.ts';
import type { MeetingFile } from './meeting-file.ts';
import { milestoneWords, owedByNames, type MilestoneWords } from './meeting-words.ts';
import { milestoneAddress } from './year-address.ts';

export interface MilestoneLine {
  readonly id: string;
  readonly title: Text;
  readonly reason: Text;
  readonly due: CalendarDate | null;
  /** The day as it follows from the meeting, where staff have set another */
  readonly usual: CalendarDate | null;
  readonly owner: Text;
  readonly note: string;
  /** For `parts/state` */
  readonly shown: 'open' | 'overdue' | 'submitted' | 'waived' | 'answered';
  readonly words: MilestoneWords;
  /** 5名中3名が回答; of what answers settle */
  readonly saidBy: Text | null;
  readonly open: boolean;
  readonly settledAt: string | null;
  readonly href: string;
}

/** @param answered of what answers settle */
export function milestoneLine(
  milestone: Milestone,
  today: CalendarDate,
  answered: Answered | undefined,
): MilestoneLine {
  const due = dayDue(milestone);
  const { id, title, reason, note, state } = milestone;
  return {
    id,
    title,
    reason,
    due,
    usual: milestone.extendedTo !== null ? milestone.dueOn : null,
    owner: owedByNames[milestone.owedBy],
    note,
    shown: answered?.closed ? 'answered' : state === 'open' && due !== null && due < today ? 'overdue' : state,
    words: milestoneWords({ ...milestone, answered }),
    saidBy: answered ? answeredText(answered) : null,
    open: state === 'open' && !answered?.closed,
    settledAt: milestone.settledAt?.toISOString() ?? null,
    href: milestoneAddress(id),
  };
}

export const milestonesView = (milestones: readonly Milestone[], file: MeetingFile): MilestoneLine[] =>
  milestones.map((milestone) => {
    const { cycle, meeting, standing, now } = file;
    return milestoneLine(milestone, todayOf(file), answeredOf(milestone, cycle.rules, meeting, standing.centre, now));
  });
