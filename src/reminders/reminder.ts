import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { ReminderStep } from '../programme/programme.ts';
import { workingDayOf } from '../programme/working-days.ts';
import { readerDays, type Holidays } from './reader-days.ts';
import type { Hours } from './step-times.ts';

/** What became of a step */
export type ReminderState = 'sent' | 'listed' | 'skipped';

/** Who and what a reminder was about; ids lead pages to it */
export interface About {
  readonly who: Text;
  readonly what: Text;
  /** To whom the mail went; absent where none did */
  readonly to?: Text;
  /** ISO 8601; null: no time was said */
  readonly due: string | null;
  readonly meetingId: string | null;
  readonly milestoneId: string | null;
  readonly attendeeId: string | null;
}

/** What staff can stop */
export const YEAR = 'year';
const subjects = /^(year|meeting\/[0-9a-f-]{36}|(person|office)\/[a-z0-9-]{1,80})$/;
export const isPauseSubject = (subject: string): boolean => subjects.test(subject);

/** The programme's steps. A year that was set up before a step could say so much has what is said by default. */
export const stepsOf = ({ rules }: Pick<Cycle, 'rules'>): ReminderStep[] =>
  (rules.reminders ?? []).map((step) => ReminderStep.parse(step));

export const hoursOf = ({ rules }: Pick<Cycle, 'rules'>, holidays: Holidays): Hours => ({
  zone: rules.zone,
  isWorking: workingDayOf(rules),
  readerDays: readerDays(holidays),
  quietFrom: rules.mail?.quietFrom ?? '20:00',
  quietTo: rules.mail?.quietTo ?? '08:00',
});

/** How long a year is still asked after: its last committee's points are answered after 31 March */
export const isLive = ({ fiscalYear }: Pick<Cycle, 'fiscalYear'>, today: CalendarDate): boolean =>
  today <= parseDate(`${fiscalYear + 1}-09-30`)!;

/** Calendar years in which reminders of a fiscal year can fall: what it asks for may be due before it begins and until it is over */
export const yearsOfReminders = ({ fiscalYear }: Pick<Cycle, 'fiscalYear'>): number[] =>
  [-1, 0, 1, 2].map((more) => fiscalYear + more);
