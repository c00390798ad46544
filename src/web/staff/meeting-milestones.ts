import type { CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
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
  readonly shown: 'open' | 'overdue' | 'submitted' | 'waived';
  readonly words: MilestoneWords;
  readonly open: boolean;
  readonly settledAt: string | null;
  readonly href: string;
}

export function milestoneLine(milestone: Milestone, today: CalendarDate): MilestoneLine {
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
    shown: state === 'open' && due !== null && due < today ? 'overdue' : state,
    words: milestoneWords(milestone),
    open: state === 'open',
    settledAt: milestone.settledAt?.toISOString() ?? null,
    href: milestoneAddress(id),
  };
}

export const milestonesView = (milestones: readonly Milestone[], file: MeetingFile): MilestoneLine[] =>
  milestones.map((milestone) => milestoneLine(milestone, todayOf(file)));
