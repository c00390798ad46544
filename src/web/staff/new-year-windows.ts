import { breaksOf, spanOfWindow, spansOf, windowsFor, windowsOf, withWindows } from '../../cycle/year-calendar.ts';
import { addDays, dateShort, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { YearGround } from '../../planning/year-choices.ts';
import { typedDay } from '../../planning/year-windows.ts';
import { holidaysBetween, type NamedDay } from '../../programme/holidays.ts';
import { meetingActivityOf, type Programme } from '../../programme/programme.ts';
import { firstDayOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import type { Faults } from '../faults.ts';
import { dayRangeShort } from '../moment.ts';
import type { StripRow } from './new-year-strip.ts';
import type { YearForm } from './new-year-form.ts';

/** One activity's window: last year's beside this year's, and what lies in it */
export interface WindowRow {
  readonly activity: string;
  readonly name: Text;
  /** Who sets the day: the planner, or staff */
  readonly setBy: Text;
  readonly copiedFrom: Text;
  readonly copied: Text;
  /** As the date fields show them */
  readonly from: string;
  readonly to: string;
  readonly changed: boolean;
  /** Undefined while the window is not one */
  readonly inside?: {
    readonly days: Text;
    readonly openDays: number;
    readonly closed: readonly Text[];
    readonly tentative: readonly Text[];
  };
}

export interface WindowsView {
  readonly rows: readonly WindowRow[];
  readonly strip: {
    readonly rows: readonly StripRow[];
    readonly holidays: readonly NamedDay[];
    readonly blackouts: readonly { from: CalendarDate; to: CalendarDate; name: Text }[];
  };
  readonly breaks: readonly { readonly days: Text; readonly length: number; readonly names: readonly Text[] }[];
  /** What to bear in mind without closing a day: typhoons, snow */
  readonly notes: readonly Text[];
  readonly options: readonly { readonly id: string; readonly name: Text; readonly on: boolean; readonly usual: Text }[];
}

export function windowsView(ground: YearGround, form: YearForm, faults: Faults): WindowsView {
  const { usual, previous } = ground;
  const wrong = (id: string) => faults[`from.${id}`] !== undefined || faults[`to.${id}`] !== undefined;
  const valid = Object.fromEntries(Object.entries(form.windows).filter(([id]) => !wrong(id)));
  const rules = withWindows(usual, valid);
  const copied = windowsOf(usual);
  const inside = new Map(windowsFor(rules, form.fiscalYear).map((one) => [one.activity, one]));
  const sourceYear = previous?.fiscalYear ?? form.fiscalYear;
  const rows = Object.entries(form.windows).map(([id, window]): WindowRow => {
    const activity = meetingActivityOf(usual, id)!;
    const before = copied[id]!;
    const span = spanOfWindow(before, sourceYear);
    const found = wrong(id) ? undefined : inside.get(id);
    return {
      activity: id,
      name: activity.name,
      setBy: activity.planned
        ? text('日は「計画」で決めます', 'The planner finds the day')
        : text('日は事務局が決めます', 'The secretariat sets the day'),
      copiedFrom: sourceOf(ground),
      copied: dayRangeShort(span.from, span.to),
      from: typedDay(window.from, form.fiscalYear),
      to: typedDay(window.to, form.fiscalYear),
      changed: window.from !== before.from || window.to !== before.to,
      ...(found
        ? {
            inside: {
              days: dayRange(found.from, found.to),
              openDays: found.openDays,
              closed: joinedDays(found.closed),
              tentative: joinedDays(found.tentative),
            },
          }
        : {}),
    };
  });
  const spans = spansOf(usual, form.fiscalYear);
  return {
    rows,
    strip: {
      rows: stripRows(usual, form, wrong),
      holidays: holidaysOf(usual, form.fiscalYear),
      blackouts: spans.filter((span) => span.effect !== 'note'),
    },
    breaks: breaksOf(usual, form.fiscalYear).map(({ from, to, days, names }) => ({
      days: dayRange(from, to),
      length: days,
      names,
    })),
    notes: spans
      .filter((span) => span.effect === 'note')
      .map(({ from, to, name }) =>
        fill(text('{name}（{days}）', '{name} ({days})'), { name, days: dayRangeShort(from, to) }),
      ),
    options: optionRows(usual, form),
  };
}

export const sourceOf = ({ previous }: YearGround): Text =>
  previous
    ? fill(text('{year}の期間', 'Window of {year}'), { year: fiscalYearLabels(previous.fiscalYear).label })
    : text('プログラムの定義', 'As the programme has it');

const holidaysOf = (programme: Programme, year: number): NamedDay[] =>
  programme.calendar.holidays === 'japan' ? holidaysBetween(firstDayOf(year), lastDayOf(year)) : [];

/** Last year's windows lie on the days of this year, so that what changed is seen */
function stripRows(usual: Programme, form: YearForm, wrong: (id: string) => boolean): StripRow[] {
  return Object.entries(windowsOf(usual)).map(([id, before]) => {
    const activity = meetingActivityOf(usual, id)!;
    return {
      name: activity.short ?? activity.name,
      copied: spanOfWindow(before, form.fiscalYear),
      chosen: wrong(id) ? undefined : spanOfWindow(form.windows[id]!, form.fiscalYear),
    };
  });
}

const optionRows = (usual: Programme, form: YearForm): WindowsView['options'] =>
  Object.entries(usual.options).map(([id, option]) => ({
    id,
    name: option.name,
    on: form.options[id] ?? option.default,
    usual: option.default ? text('通常は「あり」', 'usually on') : text('通常は「なし」', 'usually off'),
  }));

/** 海の日 7月19日(月); a span in one piece: お盆 8月8日(日)～16日(月) */
export function joinedDays(days: readonly NamedDay[]): Text[] {
  const pieces: { from: CalendarDate; to: CalendarDate; name: Text }[] = [];
  for (const { date, name } of days) {
    const begun = pieces.findLast((piece) => piece.name.ja === name.ja && isOneSpan(piece.to, date));
    if (begun) begun.to = date;
    else pieces.push({ from: date, to: date, name });
  }
  return pieces.map(({ from, to, name }) =>
    fill(text('{name} {days}', '{name} {days}'), {
      name,
      days: from === to ? dateShort(from) : dayRangeShort(from, to),
    }),
  );
}

/** Weekends and holidays within a span are not of it, and do not end it */
const isOneSpan = (last: CalendarDate, next: CalendarDate): boolean => next <= addDays(last, 4);
