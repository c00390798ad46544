import type { Cycle } from '../cycle/cycle.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Attendee, Meeting, Seat } from '../meetings/meeting.ts';
import type { Roster } from '../roster/roster.ts';
import type { YearChange } from './year-change.ts';

/** Everything that a year's plan is computed from */
export interface YearFacts {
  readonly cycle: Cycle;
  readonly roster: Roster;
  readonly meetings: readonly Meeting[];
  readonly seats: readonly Seat[];
  readonly attendees: readonly Attendee[];
  /** Letters o, t, x by person, two a day of `days`; `-` where nothing is known */
  readonly letters: ReadonlyMap<string, string>;
  readonly days: readonly CalendarDate[];
  /** Last year's officer and panel by `<assignment or panel>/<centre>` */
  readonly previous: ReadonlyMap<string, readonly string[]>;
  /** Keys of meetings that have a day of which nobody was told yet; left out where that is not known */
  readonly untold?: ReadonlySet<string>;
  /** What is different from the programme's rules in this year, or in the copy that is asked about; the facts have their part of it already */
  readonly changes?: readonly YearChange[];
}
