import { addDays, daysBetween, eachDay, isWeekend, weekday, type CalendarDate } from '../kernel/calendar-date.ts';
import { dayIn, firstDayOf, lastDayOf, type FiscalYear } from '../kernel/fiscal-year.ts';
import type { Text } from '../kernel/text.ts';
import { holidaysBetween, type NamedDay } from '../programme/holidays.ts';
import type { Programme, Window } from '../programme/programme.ts';
import { workingDayOf } from '../programme/working-days.ts';

/** The calendar of one fiscal year as a programme sees it: its windows beside weekends, national holidays and spans. */

export interface Span {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface SpanOfYear extends Span {
  readonly name: Text;
  readonly effect: 'closed' | 'tentative' | 'note';
  /** Activities that it concerns; null: all */
  readonly activities: readonly string[] | null;
}

type SpanRule = Programme['calendar']['spans'][number];

function spanIn(fiscalYear: FiscalYear, rule: SpanRule): Span {
  const [from, to] = [dayIn(fiscalYear, rule.from), dayIn(fiscalYear, rule.to)];
  if (!rule.firstWeekend) return { from, to };
  const saturday = addDays(from, (6 - weekday(from) + 7) % 7);
  return {
    from: addDays(saturday, -rule.firstWeekend.daysBefore),
    to: addDays(saturday, 1 + rule.firstWeekend.daysAfter),
  };
}

/** The programme's spans on this year's days, in order */
export const spansOf = (programme: Programme, fiscalYear: FiscalYear): SpanOfYear[] =>
  programme.calendar.spans
    .map((rule) => ({
      ...spanIn(fiscalYear, rule),
      name: rule.name,
      effect: rule.effect,
      activities: rule.activities ?? null,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

const saturdayOrSunday = (day: CalendarDate): Text =>
  weekday(day) === 6 ? { ja: '土曜日', en: 'Saturday' } : { ja: '日曜日', en: 'Sunday' };

const concerns = (span: SpanOfYear, activity: string | undefined): boolean =>
  span.activities === null || (activity !== undefined && span.activities.includes(activity));

function daysOfSpans(programme: Programme, fiscalYear: FiscalYear, effect: SpanOfYear['effect'], activity?: string) {
  const days = new Map<CalendarDate, Text>();
  for (const span of spansOf(programme, fiscalYear))
    if (span.effect === effect && concerns(span, activity))
      for (const day of eachDay(span.from, span.to)) if (!days.has(day)) days.set(day, span.name);
  return days;
}

const listed = (days: ReadonlyMap<CalendarDate, Text>): NamedDay[] =>
  [...days].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));

/**
 * Days of the fiscal year on which an activity cannot take place, with the reason that says most: a national holiday, a closed span
 * (1 January is 元日 before it is 年末年始), a weekend. Without an activity: days on which nothing can.
 */
export function closedDays(programme: Programme, fiscalYear: FiscalYear, activity?: string): NamedDay[] {
  const [first, last] = [firstDayOf(fiscalYear), lastDayOf(fiscalYear)];
  const days = new Map<CalendarDate, Text>();
  for (const day of eachDay(first, last)) if (isWeekend(day)) days.set(day, saturdayOrSunday(day));
  for (const [day, name] of daysOfSpans(programme, fiscalYear, 'closed', activity)) days.set(day, name);
  if (programme.calendar.holidays === 'japan')
    for (const { date, name } of holidaysBetween(first, last)) days.set(date, name);
  return listed(days);
}

/** Days on which people come only if need be, and which are not closed anyway */
export function tentativeDays(programme: Programme, fiscalYear: FiscalYear, activity?: string): NamedDay[] {
  const closed = new Set(closedDays(programme, fiscalYear, activity).map(({ date }) => date));
  return listed(daysOfSpans(programme, fiscalYear, 'tentative', activity)).filter(({ date }) => !closed.has(date));
}

/** Days of a window, or of the whole year, on which an activity may take place */
export function openDays(
  programme: Programme,
  fiscalYear: FiscalYear,
  activity: string,
  within?: Span,
): CalendarDate[] {
  const closed = new Set(closedDays(programme, fiscalYear, activity).map(({ date }) => date));
  const { from, to } = within ?? { from: firstDayOf(fiscalYear), to: lastDayOf(fiscalYear) };
  return [...eachDay(from, to)].filter((day) => !closed.has(day));
}

/** Closed days in a row, of which one is more than a weekend: 19-23 September 2026 */
export interface Break extends Span {
  readonly days: number;
  /** Names of the days that are not plain weekend, each once */
  readonly names: readonly Text[];
}

/** The year's breaks of at least so many days */
export function breaksOf(programme: Programme, fiscalYear: FiscalYear, atLeast = 4): Break[] {
  const rows: NamedDay[][] = [];
  for (const day of closedDays(programme, fiscalYear)) {
    const row = rows.at(-1);
    if (row && addDays(row.at(-1)!.date, 1) === day.date) row.push(day);
    else rows.push([day]);
  }
  return rows
    .filter((row) => row.length >= atLeast)
    .map((row) => {
      const named = row.filter(({ date, name }) => !isWeekend(date) || name.ja !== saturdayOrSunday(date).ja);
      const names = [...new Map(named.map(({ name }) => [name.ja, name])).values()];
      return { from: row[0]!.date, to: row.at(-1)!.date, days: row.length, names };
    });
}

/** Working days of a span, both ends counted */
export function workingDaysIn(programme: Programme, { from, to }: Span): number {
  const isWorking = workingDayOf(programme);
  return [...eachDay(from, to)].filter(isWorking).length;
}

/** An activity's window as staff see it when they set up a year */
export interface WindowOfYear extends Span {
  readonly activity: string;
  readonly name: Text;
  /** `MM-DD`, as it is stored and edited */
  readonly window: Window;
  /** The same window in the year before; null where the programme's own stands in */
  readonly previous: Span | null;
  readonly days: number;
  readonly openDays: number;
  /** Holidays and closed spans in it, weekends left out */
  readonly closed: readonly NamedDay[];
  readonly tentative: readonly NamedDay[];
}

/** The windows of a programme's activities */
export const windowsOf = (programme: Programme): Record<string, Window> =>
  Object.fromEntries(
    programme.activities.flatMap((activity) =>
      activity.what === 'meeting' && activity.window ? [[activity.id, activity.window]] : [],
    ),
  );

/** The programme with the windows of one year; activities that are not named keep theirs */
export const withWindows = (programme: Programme, windows: Readonly<Record<string, Window>>): Programme => ({
  ...programme,
  activities: programme.activities.map((activity) =>
    activity.what === 'meeting' && windows[activity.id] ? { ...activity, window: windows[activity.id] } : activity,
  ),
});

/**
 * The windows of a new year beside its holidays: last year's moved by a year where they are given, otherwise the programme's.
 * @param previousWindows last year's by activity, as `windowsOf` its rules
 */
export function windowsFor(
  programme: Programme,
  fiscalYear: FiscalYear,
  previousWindows?: Readonly<Record<string, Window>>,
): WindowOfYear[] {
  return programme.activities.flatMap((activity): WindowOfYear[] => {
    if (activity.what !== 'meeting') return [];
    const before = previousWindows?.[activity.id];
    const window = before ?? activity.window;
    if (!window) return [];
    const { from, to } = spanOfWindow(window, fiscalYear);
    const inside = ({ date }: NamedDay) => date >= from && date <= to;
    const closed = closedDays(programme, fiscalYear, activity.id).filter(inside);
    const days = daysBetween(from, to) + 1;
    return [
      {
        activity: activity.id,
        name: activity.name,
        window,
        from,
        to,
        previous: before ? spanOfWindow(before, fiscalYear - 1) : null,
        days,
        openDays: days - closed.length,
        closed: closed.filter(({ date, name }) => !isWeekend(date) || name.ja !== saturdayOrSunday(date).ja),
        tentative: tentativeDays(programme, fiscalYear, activity.id).filter(inside),
      },
    ];
  });
}

/** A window on the days of a fiscal year */
export const spanOfWindow = (window: Window, fiscalYear: FiscalYear): Span => ({
  from: dayIn(fiscalYear, window.from),
  to: dayIn(fiscalYear, window.to),
});
