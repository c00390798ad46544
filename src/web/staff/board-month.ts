import {
  addDays,
  dateLong,
  dayOfMonth,
  monthOf,
  mondayOf,
  weekday,
  yearOf,
  type CalendarDate,
} from '../../kernel/calendar-date.ts';
import { dayIn, firstDayOf, fiscalYearOf } from '../../kernel/fiscal-year.ts';
import { text, type Text } from '../../kernel/text.ts';
import { localTime } from '../../kernel/zoned-time.ts';
import { dayDue } from '../../milestones/milestone.ts';
import { activityOf } from '../../programme/programme.ts';
import { boardOf, milestoneState, todayOf, type YearStanding } from './board.ts';
import type { BoardState } from './state-shapes.ts';
import { meetingAddress, milestoneAddress } from './year-address.ts';
import type { YearBoardInput } from './year-board.ts';

export interface MonthEntry {
  readonly title: Text;
  /** `10:00`; empty for deadlines and for following days of a meeting */
  readonly time: string;
  readonly state: BoardState;
  /** The sign of its state */
  readonly icon: string;
  readonly href: string;
  readonly deadline: boolean;
}

export interface MonthDay {
  readonly day: CalendarDate;
  readonly number: number;
  readonly said: Text;
  readonly outside: boolean;
  readonly today: boolean;
  readonly weekend: boolean;
  readonly holiday: Text | null;
  readonly avoid: Text | null;
  readonly entries: readonly MonthEntry[];
}

export interface MonthView {
  /** `2027-09` */
  readonly month: string;
  readonly name: Text;
  readonly weeks: readonly (readonly MonthDay[])[];
  readonly before: string | null;
  readonly after: string | null;
  readonly all: readonly { readonly month: string; readonly name: Text; readonly current: boolean }[];
  readonly empty: boolean;
}

const monthsEn = 'January February March April May June July August September October November December'.split(' ');
const fiscalMonths = ['04', '05', '06', '07', '08', '09', '10', '11', '12', '01', '02', '03'];

/** The month that was asked for, else the present one, else the first of the year with something in it */
export function monthView(year: YearStanding, asked?: string): MonthView {
  const { fiscalYear } = year.cycle;
  const months = fiscalMonths.map((month) => dayIn(fiscalYear, `${month}-01`).slice(0, 7));
  const today = todayOf(year);
  const first =
    year.meetings.find(({ meeting }) => meeting.firstDay !== null)?.meeting.firstDay ?? firstDayOf(fiscalYear);
  const usual = fiscalYearOf(today) === fiscalYear ? today : first;
  const month = months.find((one) => one === asked) ?? months.find((one) => usual.startsWith(one)) ?? months[0]!;
  const at = months.indexOf(month);
  const ground = boardOf({ ...year, meetings: [], milestones: [] });
  const weeks = weeksOf(month).map((week) => week.map((day) => dayOf(year, ground, day, month, today)));
  const said = (one: string) => text(`${Number(one.slice(5))}月`, monthsEn[Number(one.slice(5)) - 1]!.slice(0, 3));
  const firstOf = `${month}-01` as CalendarDate;
  return {
    month,
    name: text(`${yearOf(firstOf)}年${monthOf(firstOf)}月`, `${monthsEn[monthOf(firstOf) - 1]} ${yearOf(firstOf)}`),
    weeks,
    before: months[at - 1] ?? null,
    after: months[at + 1] ?? null,
    all: months.map((one) => ({ month: one, name: said(one), current: one === month })),
    empty: weeks.every((week) => week.every((day) => day.entries.length === 0)),
  };
}

function weeksOf(month: string): CalendarDate[][] {
  const weeks: CalendarDate[][] = [];
  for (let monday = mondayOf(`${month}-01` as CalendarDate); monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, n) => addDays(monday, n)));
  return weeks;
}

function dayOf(
  year: YearStanding,
  { holidays, blackouts }: YearBoardInput,
  day: CalendarDate,
  month: string,
  today: CalendarDate,
): MonthDay {
  return {
    day,
    number: dayOfMonth(day),
    said: dateLong(day),
    outside: !day.startsWith(month),
    today: day === today,
    weekend: weekday(day) > 5,
    holiday: holidays.find((one) => one.date === day)?.name ?? null,
    avoid: blackouts.find(({ from, to }) => from <= day && day <= to)?.name ?? null,
    entries: day.startsWith(month) ? entriesOf(year, day, today) : [],
  };
}

function entriesOf(year: YearStanding, day: CalendarDate, today: CalendarDate): MonthEntry[] {
  const meetings = year.meetings
    .filter(({ meeting }) => meeting.firstDay !== null && meeting.firstDay <= day && day <= meeting.lastDay!)
    .filter(({ meeting }) => meeting.state !== 'undated')
    .map(({ meeting, standing }) => ({
      title: meeting.title,
      time: meeting.firstDay === day ? localTime(meeting.startsAt!.toISOString(), meeting.zone).time : '',
      state: standing.state,
      icon: `state-${standing.state}`,
      href: meetingAddress(meeting.id),
      deadline: false,
    }))
    .toSorted((a, b) => a.time.localeCompare(b.time));
  const due = year.milestones
    .filter((milestone) => !milestone.logistics && dayDue(milestone) === day)
    .map((milestone) => {
      const name = activityOf(year.cycle.rules, milestone.activity)?.name ?? milestone.title;
      const centre = year.roster.centres.find((one) => one.id === milestone.centre)?.acronym;
      return {
        title: centre ? text(`${name.ja}（${centre}）`, `${name.en} (${centre})`) : name,
        time: '',
        state: milestoneState(milestone, today),
        icon: '',
        href: milestoneAddress(milestone.id),
        deadline: true,
      };
    });
  return [...meetings, ...due];
}
