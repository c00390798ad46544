import type { DueInYear } from '../cycle/generated-year.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';

export type MilestoneState = 'open' | 'submitted' | 'waived';
export type OwedBy = 'centre' | 'officer' | 'committee' | 'secretariat';

/** Something that is due on a day: a report, a publication, a step of preparing a meeting */
export interface Milestone {
  id: string;
  cycleId: string;
  key: string;
  activity: string;
  centre: string | null;
  /** The meeting that the day counts from */
  meetingId: string | null;
  title: Text;
  reason: Text;
  owedBy: OwedBy;
  logistics: boolean;
  due: DueInYear;
  /** null while the meeting that it counts from has no day */
  dueOn: CalendarDate | null;
  /** Set by staff instead of `dueOn` */
  extendedTo: CalendarDate | null;
  state: MilestoneState;
  settledAt: Date | null;
  note: string;
}

export const dayDue = (milestone: Pick<Milestone, 'dueOn' | 'extendedTo'>): CalendarDate | null =>
  milestone.extendedTo ?? milestone.dueOn;
