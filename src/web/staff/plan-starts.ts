import {
  addDays,
  date,
  dateShort,
  dayOfMonth,
  mondayOf,
  monthOf,
  type CalendarDate,
} from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import { whenPlanned } from '../../meetings/meeting-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import type { Alternative } from '../../planning/explain/alternatives.ts';
import type { PaidOtherwise } from '../../planning/explain/charges-apart.ts';
import type { Instance, PlacedMeeting } from '../../planning/instance.ts';
import type { Finding } from '../../planning/rules/finding.ts';
import type { MeetingActivity } from '../../programme/programme.ts';
import { dayRangeShort } from '../moment.ts';
import type { ChargeDifference } from './plan-difference.ts';
import { signed } from './plan-words.ts';

/** Dear: from so many points on more than the present start */
const NEAR = 5;
const FAR = 20;

export type Tone = 'here' | 'best' | 'near' | 'more' | 'far' | 'no';

/** A start of a meeting that is possible */
export interface PossibleStart {
  readonly half: number;
  readonly day: CalendarDate;
  readonly days: Text;
  readonly hours: Text;
  readonly tone: Exclude<Tone, 'no'>;
  readonly difference: number;
  readonly price: Text;
  readonly online: boolean;
  /** What becomes dearer and what cheaper there, dearest first */
  readonly why: readonly ChargeDifference[];
}

/** What forbids starts, with all the starts that it forbids */
export interface Forbidden {
  readonly reason: Text;
  readonly count: number;
  readonly days: Text;
}

export interface CalendarCell {
  readonly day: CalendarDate;
  readonly number: number;
  /** One for a day, two where the meeting may begin in the afternoon as well; none on a day that is no working day or outside the window */
  readonly starts: readonly { readonly half: number; readonly tone: Tone; readonly price: Text; readonly said: Text }[];
}

export interface CalendarMonth {
  readonly name: Text;
  /** Monday to Friday; null for days of other months */
  readonly weeks: readonly (readonly (CalendarCell | null)[])[];
}

export interface StartsView {
  readonly possible: readonly PossibleStart[];
  readonly here: PossibleStart | null;
  /** The best of the others */
  readonly runnerUp: PossibleStart | null;
  readonly forbidden: readonly Forbidden[];
  /** Starts that are forbidden */
  readonly blocked: number;
  readonly months: readonly CalendarMonth[];
}

export interface StartsInput {
  readonly meeting: Meeting;
  readonly activity: MeetingActivity;
  readonly instance: Instance;
  /** Where it is in the plan; null where it is undecided */
  readonly now: PlacedMeeting | null;
  readonly alternatives: readonly Alternative[];
  /** A finding in words, people and meetings called by their names */
  readonly finding: (finding: Extract<Alternative, { blocked: unknown }>['blocked'][number]) => Text;
  /** What a start makes dearer and cheaper, in words */
  readonly why: (parts: readonly PaidOtherwise[]) => readonly ChargeDifference[];
}

export const priceText = (difference: number): Text =>
  difference === 0 ? text('同じ', 'same') : text(`${signed(difference)}点`, signed(difference));

export function toneOf(difference: number): 'near' | 'more' | 'far' {
  if (difference <= NEAR) return 'near';
  return difference <= FAR ? 'more' : 'far';
}

/** All starts of a meeting, by price, by what forbids them, and as a calendar */
export function startsView(input: StartsInput): StartsView {
  const possible = input.alternatives.flatMap((one) => ('difference' in one ? [possibleStart(input, one)] : []));
  const others = possible.filter(({ tone }) => tone !== 'here');
  const least = Math.min(...others.map(({ difference }) => difference));
  const toned = possible.map((start) =>
    start.tone !== 'here' && start.difference === least ? { ...start, tone: 'best' as const } : start,
  );
  const runnerUp = toned.find(({ tone }) => tone === 'best') ?? null;
  const forbidden = forbiddenStarts(input);
  return {
    possible: toned.toSorted((a, b) => a.difference - b.difference || a.half - b.half),
    here: toned.find(({ tone }) => tone === 'here') ?? null,
    runnerUp,
    forbidden,
    blocked: input.alternatives.length - possible.length,
    months: calendar(input, new Map(toned.map((start) => [start.half, start]))),
  };
}

function possibleStart(input: StartsInput, one: Extract<Alternative, { difference: number }>): PossibleStart {
  const { activity, meeting, instance, now } = input;
  const day = date(instance.days[one.start >> 1]!.date);
  const when = whenPlanned({ ...activity, halfDays: meeting.halfDays }, day, (one.start & 1) as 0 | 1);
  const here = now?.start === one.start;
  return {
    half: one.start,
    day,
    days: dayRangeShort(when.firstDay, when.lastDay),
    hours: text(`${when.from}～${when.to}`, `${when.from}–${when.to}`),
    tone: here ? 'here' : toneOf(one.difference),
    difference: here ? 0 : one.difference,
    price: here ? text('この計画', 'this plan') : priceText(one.difference),
    online: one.placed.online === true,
    why: here ? [] : input.why(one.parts ?? []),
  };
}

function forbiddenStarts({ alternatives, instance, finding }: StartsInput): Forbidden[] {
  const found = new Map<string, { reason: Text; days: Set<CalendarDate> }>();
  for (const one of alternatives) {
    if (!('blocked' in one)) continue;
    const day = date(instance.days[one.start >> 1]!.date);
    for (const reason of one.blocked.map((found) => finding(withoutDay(found)))) {
      const known = found.get(reason.ja) ?? { reason, days: new Set<CalendarDate>() };
      known.days.add(day);
      found.set(reason.ja, known);
    }
  }
  return [...found.values()]
    .toSorted((a, b) => b.days.size - a.days.size)
    .map(({ reason, days }) => ({ reason, count: days.size, days: dayList([...days]) }));
}

/** That somebody cannot be there is one reason on all the days on which it holds. */
const withoutDay = <T extends Finding>(finding: T): T =>
  finding.rule === 'available' && finding.people?.length ? { ...finding, days: undefined } : finding;

/** 6月1日(火)・2日(水)、7月5日(月) · Tue 1, Wed 2 Jun, Mon 5 Jul: by month, each day with its weekday */
export function dayList(days: readonly CalendarDate[]): Text {
  const byMonth = [...Map.groupBy(days.toSorted(), (day) => day.slice(0, 7)).values()];
  const ja = byMonth.map((list) => {
    const said = list.map((day) => dateShort(day).ja);
    return [said[0], ...said.slice(1).map((one) => one.replace(/^\d+月/, ''))].join('・');
  });
  const en = byMonth.map((list) => {
    const said = list.map((day) => dateShort(day).en);
    return [...said.slice(0, -1).map((one) => one.replace(/ \S+$/, '')), said.at(-1)].join(', ');
  });
  return text(ja.join('、'), en.join('; '));
}

const monthsEn = 'January February March April May June July August September October November December'.split(' ');

function calendar(input: StartsInput, possible: ReadonlyMap<number, PossibleStart>): CalendarMonth[] {
  const { alternatives, instance } = input;
  const byDay = Map.groupBy(alternatives, ({ start }) => date(instance.days[start >> 1]!.date));
  const all = [...byDay.keys()].toSorted();
  if (all.length === 0) return [];
  const months = [...new Set(all.map((day) => day.slice(0, 7)))];
  return months.map((month) => {
    const first = date(`${month}-01`);
    const weeks: (CalendarCell | null)[][] = [];
    for (let monday = mondayOf(first); monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
      const week = Array.from({ length: 5 }, (_, n) => addDays(monday, n)).map((day) =>
        day.slice(0, 7) === month ? cell(input, day, byDay.get(day) ?? [], possible) : null,
      );
      if (week.some((one) => one !== null)) weeks.push(week);
    }
    const english = `${monthsEn[monthOf(first) - 1]} ${month.slice(0, 4)}`;
    return { name: text(`${month.slice(0, 4)}年${monthOf(first)}月`, english), weeks };
  });
}

function cell(
  { finding }: StartsInput,
  day: CalendarDate,
  starts: readonly Alternative[],
  possible: ReadonlyMap<number, PossibleStart>,
): CalendarCell {
  const said = dateShort(day);
  return {
    day,
    number: dayOfMonth(day),
    starts: starts.map((one) => {
      const start = possible.get(one.start);
      if (start)
        return {
          half: one.start,
          tone: start.tone,
          price: start.tone === 'here' ? text('●', '●') : text(signed(start.difference), signed(start.difference)),
          said: text(
            `${said.ja} ${start.hours.ja}：${start.price.ja}`,
            `${said.en}, ${start.hours.en}: ${start.price.en}`,
          ),
        };
      const [first] = 'blocked' in one ? one.blocked : [];
      const reason = first ? finding(first) : text('', '');
      return {
        half: one.start,
        tone: 'no' as const,
        price: text('×', '×'),
        said: text(`${said.ja}：${reason.ja}`, `${said.en}: ${reason.en}`),
      };
    }),
  };
}
