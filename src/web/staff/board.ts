import { centreYear } from '../../cycle/centre-years.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { spansOf } from '../../cycle/year-calendar.ts';
import { optionsOf, yearOf } from '../../cycle/years.ts';
import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { dayInZone } from '../../kernel/zoned-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import { hasOwnDays } from '../../planning/year-instance.ts';
import { holidaysBetween } from '../../programme/holidays.ts';
import { activityOf, meetingActivityOf } from '../../programme/programme.ts';
import type { Centre, Roster } from '../../roster/roster.ts';
import type { Standing } from './meeting-standing.ts';
import { rosterAddress } from './roster-address.ts';
import type { BoardState } from './state-shapes.ts';
import { addressIn, meetingAddress, milestoneAddress } from './year-address.ts';
import type { BoardBand, BoardBar, BoardDiamond, BoardRow, YearBoardInput } from './year-board.ts';

export interface StandingMeeting {
  readonly meeting: Meeting;
  readonly standing: Standing;
}

/** A year as it stands at an instant. Meetings in order of time, those without a day last. */
export interface YearStanding {
  readonly cycle: Cycle;
  readonly roster: Roster;
  readonly meetings: readonly StandingMeeting[];
  readonly milestones: readonly Milestone[];
  readonly now: Date;
}

export const todayOf = ({ cycle, now }: Pick<YearStanding, 'cycle' | 'now'>): CalendarDate =>
  dayInZone(now.toISOString(), cycle.rules.zone);

/** A deadline that has passed is a problem; what is not needed any more is crossed out. */
export function milestoneState(milestone: Milestone, today: CalendarDate): BoardState {
  const due = dayDue(milestone);
  if (milestone.state === 'submitted') return 'answered';
  if (milestone.state === 'waived') return 'cancelled';
  if (due === null) return 'undated';
  return due < today ? 'problem' : 'planned';
}

/**
 * The wall chart's content: what concerns all centres on top, then each centre with something to do, in the order of their adoption.
 * @param steps with the steps of preparing each meeting, of which there are dozens
 * @param drag with bars that can be moved: of meetings that the planner places and that are neither over nor cancelled
 */
export function boardOf(
  year: YearStanding,
  { steps = false, drag = false }: { steps?: boolean; drag?: boolean } = {},
): YearBoardInput {
  const { cycle, roster, meetings, milestones } = year;
  const today = todayOf(year);
  const { fiscalYear, rules } = cycle;
  const shown = milestones.filter((milestone) => steps || !milestone.logistics);
  const rowOf = (centre: Centre | null): Pick<BoardRow, 'bars' | 'bands' | 'diamonds'> => {
    const own = meetings.filter(({ meeting }) => meeting.centre === (centre?.id ?? null));
    const due = shown.filter((milestone) => milestone.centre === (centre?.id ?? null));
    return {
      bars: own.map((one) => barOf(one, year, drag && mayBeMoved(one, cycle, today))),
      // of what takes place once its own bar says enough
      bands: centre ? bandsOf(own, cycle) : [],
      diamonds: due.flatMap((milestone) => diamondOf(milestone, cycle, today)),
    };
  };
  const concerned = new Set([...meetings.map(({ meeting }) => meeting.centre), ...milestones.map((m) => m.centre)]);
  const centres = roster.centres
    .filter((centre) => concerned.has(centre.id))
    .toSorted((a, b) => a.adoptionYear - b.adoptionYear || a.acronym.localeCompare(b.acronym));
  const programme = rowOf(null);
  return {
    fiscalYear,
    today,
    holidays: rules.calendar.holidays === 'japan' ? holidaysBetween(firstDayOf(fiscalYear), lastDayOf(fiscalYear)) : [],
    // a season of typhoons shades half a year and closes nothing
    blackouts: spansOf(rules, fiscalYear).filter(({ effect }) => effect !== 'note'),
    ...(programme.bars.length + programme.diamonds.length > 0
      ? {
          programmeRow: {
            centre: { id: 'programme', acronym: text('全体', 'Programme'), name: rules.name },
            ...programme,
          },
        }
      : {}),
    ...(drag ? { moves: addressIn(cycle, 'year-board', '/move') } : {}),
    rows: centres.map((centre) => ({ centre: headOf(centre, cycle), ...rowOf(centre) })),
  };
}

function headOf(centre: Centre, { rules, fiscalYear, options }: Cycle): BoardRow['centre'] {
  const year = centreYear(rules, yearOf(rules, centre, fiscalYear), optionsOf(rules, options));
  return {
    id: centre.id,
    acronym: centre.acronym,
    name: centre.name,
    href: rosterAddress('centre', centre.id),
    ...(year.evaluation ? { badge: year.name } : {}),
  };
}

/** By days that the planner reckons with; what is over stays where it was. */
export const mayBeMoved = ({ meeting }: Pick<StandingMeeting, 'meeting'>, cycle: Cycle, today: CalendarDate): boolean =>
  hasOwnDays(cycle, meeting) && (meeting.firstDay === null || meeting.firstDay > today);

function barOf({ meeting, standing }: StandingMeeting, { cycle, meetings }: YearStanding, movable: boolean): BoardBar {
  const activity = meetingActivityOf(cycle.rules, meeting.activity);
  const whole = meetings.find((one) => one.meeting.id === meeting.partOf)?.meeting;
  return {
    id: meeting.id,
    ...daysOf(meeting, whole, cycle),
    kind: meeting.activity,
    label: activity?.short ?? activity?.name ?? meeting.title,
    state: standing.state,
    href: meetingAddress(meeting.id),
    ...(movable ? { movable } : {}),
  };
}

/** Of what has no day yet: its window, or its whole's; without either it may be any day of the year. */
function daysOf(
  meeting: Meeting,
  whole: Meeting | undefined,
  { fiscalYear }: Cycle,
): { from: CalendarDate; to: CalendarDate } {
  for (const one of [meeting, ...(whole ? [whole] : [])]) {
    if (one.firstDay && one.lastDay) return { from: one.firstDay, to: one.lastDay };
    if (one.windowFrom && one.windowTo) return { from: one.windowFrom, to: one.windowTo };
  }
  return { from: firstDayOf(fiscalYear), to: lastDayOf(fiscalYear) };
}

const windowName = text('{activity}の期間', 'Window of {activity}');

function bandsOf(meetings: readonly StandingMeeting[], { rules }: Cycle): BoardBand[] {
  const bands = new Map<string, BoardBand>();
  for (const { meeting } of meetings) {
    const { windowFrom: from, windowTo: to, activity: kind } = meeting;
    if (!from || !to) continue;
    const activity = meetingActivityOf(rules, kind);
    const label = fill(windowName, { activity: activity?.short ?? activity?.name ?? meeting.title });
    bands.set(`${kind} ${from} ${to}`, { from, to, kind, label });
  }
  return [...bands.values()];
}

function diamondOf(milestone: Milestone, { rules }: Cycle, today: CalendarDate): BoardDiamond[] {
  const date = dayDue(milestone);
  if (!date) return [];
  const label: Text = milestone.logistics
    ? milestone.title
    : (activityOf(rules, milestone.activity)?.name ?? milestone.title);
  return [{ date, label, state: milestoneState(milestone, today), href: milestoneAddress(milestone.id) }];
}
