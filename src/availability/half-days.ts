import { daysBetween, fromOrdinal, ordinal, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { text, type Text } from '../kernel/text.ts';
import { availabilityRefusals } from './refusals.ts';

export type Half = 'am' | 'pm';
/** o can (○), t can if need be (△), x cannot (×) */
export type State = 'o' | 't' | 'x';
/** How an answer came in: entered by staff, told them by telephone, read from a file, given through a link */
export type Channel = 'staff' | 'telephone' | 'import' | 'link';

export const halves: readonly Half[] = ['am', 'pm'];
export const states: readonly State[] = ['o', 't', 'x'];
export const stateMark: Readonly<Record<State, string>> = { o: '○', t: '△', x: '×' };
export const stateName: Readonly<Record<State, Text>> = {
  o: text('参加できる', 'can come'),
  t: text('調整すれば可', 'can if need be'),
  x: text('参加できない', 'cannot come'),
};
export const halfName: Readonly<Record<Half, Text>> = { am: text('午前', 'morning'), pm: text('午後', 'afternoon') };

/** What was said of one half day */
export interface Answer {
  readonly day: CalendarDate;
  readonly half: Half;
  readonly state: State;
  readonly comment: string;
}

/** What was said of a stretch of days */
export interface Span {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly half: Half | 'all';
  /** 1 Monday … 7 Sunday; undefined: Monday to Friday, or the day itself where the span is one day */
  readonly weekdays?: readonly number[] | undefined;
  readonly state: State;
  readonly comment: string;
}

const spelt = <T>(table: readonly (readonly [T, string])[]) =>
  new Map(table.flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)));

const stateSpellings = spelt<State>([
  ['o', 'o ○ 〇 ◯ ⭕ ⭕️ ◎ ok 可 yes まる マル 丸'],
  ['t', 't △ ▲ ▵ 🔺 調整 調整中 tentative maybe 三角 さんかく サンカク'],
  ['x', 'x × ✕ ✖ ✗ ✘ ☓ ╳ ⨯ ❌ ng 不可 no ばつ バツ'],
]);
const halfSpellings = spelt<Half | 'all'>([
  ['am', 'am a.m. 午前 前 am. morning'],
  ['pm', 'pm p.m. 午後 後 pm. afternoon'],
  ['all', 'all 終日 全日 一日 1日 両方 day am/pm am・pm'],
]);
const weekdaySpellings = spelt<number>([
  [1, 'mon monday 月 月曜 月曜日'],
  [2, 'tue tuesday 火 火曜 火曜日'],
  [3, 'wed wednesday 水 水曜 水曜日'],
  [4, 'thu thursday 木 木曜 木曜日'],
  [5, 'fri friday 金 金曜 金曜日'],
  [6, 'sat saturday 土 土曜 土曜日'],
  [7, 'sun sunday 日 日曜 日曜日'],
]);

const plain = (value: string): string => value.normalize('NFKC').trim().toLowerCase();

/** @returns undefined where the spelling is none of a state's; an empty text is none either */
export const readState = (value: string): State | undefined => stateSpellings.get(plain(value));
/** An empty text means the whole day. @returns undefined where the spelling is none of a half day's */
export const readHalf = (value: string): Half | 'all' | undefined =>
  plain(value) === '' ? 'all' : halfSpellings.get(plain(value));

/**
 * `Mon Wed`, `月・水`, `月水`, `all`; an empty text gives null: the usual days.
 * @returns undefined where a word is no weekday
 */
export function readWeekdays(value: string): number[] | null | undefined {
  const words = plain(value);
  if (words === '') return null;
  if (words === 'all' || words === '毎日') return [1, 2, 3, 4, 5, 6, 7];
  const parts = /^[月火水木金土日]+$/.test(words) ? [...words] : words.split(/[\s,、・/;]+/).filter(Boolean);
  const days = parts.map((part) => weekdaySpellings.get(part));
  return days.every((day) => day !== undefined) ? [...new Set(days)].sort((a, b) => a - b) : undefined;
}

/** Days: whatever is longer is a mistake in a date */
export const longestSpan = 731;
export const mostOfComment = 300;

export function refusalToSpan({ from, to, comment }: Span): Refusal | undefined {
  if (to < from || daysBetween(from, to) >= longestSpan)
    return Refusal.of(availabilityRefusals, 'availability.span-not-usable', { from, to });
  if (comment.length > mostOfComment || /[\r\n]/.test(comment))
    return Refusal.of(availabilityRefusals, 'availability.comment-not-usable');
  return undefined;
}

/** Half days are counted from 1970 while they are worked with: twice the day, one more in the afternoon. */
export const halfDayCount = (day: CalendarDate, half: Half): number => ordinal(day) * 2 + (half === 'pm' ? 1 : 0);
/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday */
const weekdayOf = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1;

/** The half days of stretches; where two say something of the same half day, the later one in the list counts. In the order of time. */
export function answersOf(spans: readonly Span[]): Answer[] {
  const said = new Map<number, Span>();
  for (const span of spans) {
    const [first, last] = [ordinal(span.from), ordinal(span.to)];
    const usual = first === last ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4, 5];
    const weekdays = new Set(span.weekdays ?? usual);
    for (let days = first; days <= last; days++) {
      if (!weekdays.has(weekdayOf(days))) continue;
      if (span.half !== 'pm') said.set(days * 2, span);
      if (span.half !== 'am') said.set(days * 2 + 1, span);
    }
  }
  return [...said]
    .sort(([a], [b]) => a - b)
    .map(([n, { state, comment }]) => ({ day: fromOrdinal(n >> 1), half: n % 2 ? 'pm' : 'am', state, comment }));
}

/** Stretches that say the same as these half days: `spansOf(answersOf(spans))` said shortly, for histories and files. */
export function spansOf(answers: readonly Answer[]): Span[] {
  const said = new Map(answers.map((answer) => [halfDayCount(answer.day, answer.half), answer]));
  const days = [...new Set([...said.keys()].map((n) => n >> 1))].sort((a, b) => a - b);
  const spans: (Span & { first: number })[] = [];
  for (const half of ['all', 'am', 'pm'] as const) {
    let last = -Infinity;
    for (const day of days) {
      const part = partOf(said.get(day * 2), said.get(day * 2 + 1), half);
      if (!part) continue;
      const span = spans.at(-1);
      if (span?.half === half && follows(last, day) && part.state === span.state && part.comment === span.comment)
        spans[spans.length - 1] = { ...span, to: part.day };
      else spans.push({ from: part.day, to: part.day, half, state: part.state, comment: part.comment, first: day });
      last = day;
    }
  }
  return spans.sort((a, b) => a.first - b.first || (a.half < b.half ? -1 : 1)).map(({ first: _, ...span }) => span);
}

/** What a day adds to the stretches of whole days, of mornings or of afternoons */
function partOf(am: Answer | undefined, pm: Answer | undefined, half: Half | 'all'): Answer | undefined {
  const whole = am && pm && am.state === pm.state && am.comment === pm.comment;
  if (half === 'all') return whole ? am : undefined;
  return whole ? undefined : half === 'am' ? am : pm;
}

/** From a working day to the next one; weekends stay days of their own, since a stretch leaves them out. */
const follows = (last: number, day: number): boolean =>
  weekdayOf(last) < 6 && weekdayOf(day) < 6 && day - last === (weekdayOf(last) === 5 ? 3 : 1);

/** Letter of a half day about which nothing was said */
export const unanswered = '-';

/**
 * Two letters a day, as the planner reads them (`o`, `t`, `x`), with `-` where nothing was said: what that means is for whoever asks
 * to decide.
 *
 * @param states one letter for each of the half days `at`, counted as in `halfDayCount`
 */
export function lettersOf(at: readonly number[], states: string, days: readonly CalendarDate[]): string {
  const letters = new Array<string>(days.length * 2).fill(unanswered);
  const places = new Map(days.map((day, nth) => [ordinal(day), nth]));
  at.forEach((n, i) => {
    const nth = places.get(n >> 1);
    if (nth !== undefined) letters[nth * 2 + (n % 2)] = states[i]!;
  });
  return letters.join('');
}
