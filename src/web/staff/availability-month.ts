import { halves, type Half, type Span, type State } from '../../availability/half-days.ts';
import type { RecordedAnswer } from '../../availability/availability.queries.ts';
import {
  addDays,
  dayOfMonth,
  isWeekend,
  mondayOf,
  parseDate,
  weekday,
  type CalendarDate,
} from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { DayHead } from './availability-period.ts';

/** The words of `parts/marks` for the states of a half day */
export const markOf: Readonly<Record<State, 'yes' | 'maybe' | 'no'>> = { o: 'yes', t: 'maybe', x: 'no' };
const stateOfMark: ReadonlyMap<unknown, State> = new Map([
  ['yes', 'o'],
  ['maybe', 't'],
  ['no', 'x'],
]);

/** A day as the month shows it; without `head` a place that belongs to another month */
export interface DayBox {
  readonly day: CalendarDate;
  readonly head: DayHead | undefined;
  readonly halves: readonly {
    readonly name: string;
    readonly half: Half;
    readonly value: string;
    readonly comment: string;
  }[];
}
export interface WeekBox {
  readonly monday: CalendarDate;
  readonly days: readonly DayBox[];
}

/** The weeks of a month, Monday to Friday or as far as days are shown */
export function monthWeeks(days: readonly DayHead[], answers: readonly RecordedAnswer[]): WeekBox[] {
  const said = new Map(answers.map((answer) => [`${answer.half}-${answer.day}`, answer]));
  const heads = new Map(days.map((day) => [day.day, day]));
  const last = Math.max(5, ...days.map(({ day }) => weekday(day)));
  const mondays = [...new Set(days.map(({ day }) => mondayOf(day)))];
  return mondays.map((monday) => ({
    monday,
    days: Array.from({ length: last }, (_, n): DayBox => {
      const day = addDays(monday, n);
      const head = heads.get(day);
      return {
        day,
        head,
        halves: !head
          ? []
          : halves.map((half) => {
              const answer = said.get(`${half}-${day}`);
              return {
                name: `${half}-${day}`,
                half,
                value: answer ? markOf[answer.state] : '',
                comment: answer?.comment ?? '',
              };
            }),
      };
    }),
  }));
}

const place = (day: CalendarDate, half: Half): number => (dayOfMonth(day) - 1) * 2 + (half === 'pm' ? 1 : 0);

/** What was on record when the form was made, two letters for each day of the month, so that only what was changed is written */
export function lettersShown(weeks: readonly WeekBox[]): string {
  const letters = new Array<string>(62).fill('-');
  for (const { day, halves: boxes } of weeks.flatMap((week) => week.days))
    for (const { half, value } of boxes) letters[place(day, half)] = stateOfMark.get(value) ?? '-';
  return letters.join('');
}

/**
 * The half days that a month's form changes. A mark that was changed counts before the mark of its week, which is for all half days of
 * the week that were left alone, weekends and holidays apart.
 *
 * @param was as `lettersShown` gave it with the form; anything else counts as nothing said
 */
export function monthChanges(
  weeks: readonly WeekBox[],
  form: Readonly<Record<string, unknown>>,
  was: string,
  comment: string,
): Span[] {
  const changes: Span[] = [];
  for (const week of weeks) {
    const whole = stateOfMark.get(form[`week-${week.monday}`]);
    for (const { day, head, halves: boxes } of week.days)
      for (const { name, half } of boxes) {
        const before = was[place(day, half)] ?? '-';
        const marked = stateOfMark.get(form[name]);
        const own = marked && marked !== before ? marked : undefined;
        const state = own ?? (isWeekend(day) || head?.holiday ? undefined : whole);
        if (state && state !== before) changes.push({ from: day, to: day, half, state, comment });
      }
  }
  return changes;
}

export interface SpanForm {
  readonly from: string;
  readonly to: string;
  readonly half: string;
  readonly weekdays: readonly string[];
  readonly state: string;
  readonly comment: string;
  readonly channel: string;
}

/** A form of a stretch of days as the address fills it in: a stretch that is on record, to be changed */
export function spanForm(given: Readonly<Record<string, unknown>>, month: CalendarDate): SpanForm {
  const of = (name: string) => (typeof given[name] === 'string' ? given[name].slice(0, 400) : '');
  const weekdays = given['weekdays'];
  return {
    from: of('from') || (parseDate(of('to')) ?? month),
    to: of('to'),
    half: of('half') || 'all',
    weekdays: (Array.isArray(weekdays) ? weekdays : [weekdays]).filter((day): day is string => typeof day === 'string'),
    state: of('state'),
    comment: of('comment'),
    channel: of('channel') || 'staff',
  };
}

export const channelNames: Readonly<Record<RecordedAnswer['channel'], Text>> = {
  staff: text('職員が入力', 'entered by staff'),
  telephone: text('電話で聞き取り', 'by telephone'),
  import: text('CSV', 'CSV'),
  link: text('本人・窓口のリンク', 'through a link'),
};

export const weekdayChoices: readonly { value: string; label: Text }[] = [
  { value: '1', label: text('月', 'Mon') },
  { value: '2', label: text('火', 'Tue') },
  { value: '3', label: text('水', 'Wed') },
  { value: '4', label: text('木', 'Thu') },
  { value: '5', label: text('金', 'Fri') },
  { value: '6', label: text('土', 'Sat') },
  { value: '7', label: text('日', 'Sun') },
];
export const halfChoices = [
  { value: 'all', label: text('終日', 'All day') },
  { value: 'am', label: text('午前', 'Mornings') },
  { value: 'pm', label: text('午後', 'Afternoons') },
];
export const stateChoices = [
  { value: 'o', label: text('○ 参加できる', '○ can come') },
  { value: 't', label: text('△ 調整すれば可', '△ can if need be') },
  { value: 'x', label: text('× 参加できない', '× cannot come') },
  { value: 'none', label: text('未回答に戻す', 'Unanswered again') },
];
