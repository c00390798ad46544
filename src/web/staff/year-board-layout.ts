import { addDays, mondayOf, ordinal, weekday, type CalendarDate } from '../../kernel/calendar-date.ts';
import { firstDayOf, lastDayOf, type FiscalYear } from '../../kernel/fiscal-year.ts';

/**
 * The Mondays of the weeks that a fiscal year touches: 53 as a rule, 54 in a leap year that begins on a Sunday (FY2007). The first
 * may lie in March before, the last reaches into April.
 */
export function weeksOf(year: FiscalYear): CalendarDate[] {
  const weeks: CalendarDate[] = [];
  for (let monday = mondayOf(firstDayOf(year)); monday <= lastDayOf(year); monday = addDays(monday, 7))
    weeks.push(monday);
  return weeks;
}

/** A stretch of the board in percent of its width, so that it fits any window without the letters being scaled */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Scale {
  readonly weeks: readonly CalendarDate[];
  /** Where a day begins, in percent; beyond the board for days beyond it */
  readonly at: (day: CalendarDate) => number;
  /** From the first to the end of the last day, cut at the ends of the board; undefined where it lies outside */
  readonly days: (from: CalendarDate, to: CalendarDate) => Span | undefined;
  /** The whole weeks in which these days lie, cut likewise */
  readonly wholeWeeks: (from: CalendarDate, to: CalendarDate) => Span | undefined;
}

export function scaleOf(year: FiscalYear): Scale {
  const weeks = weeksOf(year);
  const first = weeks[0]!;
  const last = addDays(weeks.at(-1)!, 6);
  const count = ordinal(last) - ordinal(first) + 1;
  const at = (day: CalendarDate) => ((ordinal(day) - ordinal(first)) / count) * 100;
  const days = (from: CalendarDate, to: CalendarDate): Span | undefined => {
    if (to < first || from > last || to < from) return undefined;
    return { start: at(from < first ? first : from), end: at(addDays(to > last ? last : to, 1)) };
  };
  const wholeWeeks = (from: CalendarDate, to: CalendarDate) => days(mondayOf(from), addDays(to, 7 - weekday(to)));
  return { weeks, at, days, wholeWeeks };
}

/** Narrowest width at which the board is drawn, in CSS pixels; where it is wider the labels have more room than reckoned here */
export const narrowest = 1080;
const percentOf = (pixels: number): number => (pixels / narrowest) * 100;

/** Estimated width of a label in pixels: full for Japanese, by kind of letter for the rest. Errs on the wide side. */
export function widthOf(label: string, size: number): number {
  let em = 0;
  for (const letter of label) {
    if (letter.codePointAt(0)! > 0x2e7f) em += 1;
    else if (/[A-Z0-9%&@]/.test(letter)) em += 0.66;
    else em += /[ilj.,:;|'() /–-]/.test(letter) ? 0.34 : 0.55;
  }
  return em * size;
}

export interface Item {
  readonly box: Span;
  /** What to write beside it, best first; the first that fits is taken */
  readonly labels: readonly string[];
}

export interface Placed<T extends Item> {
  readonly item: T;
  readonly lane: number;
  readonly label?: { readonly words: string; readonly side: 'inside' | 'right' | 'left' };
}

const gap = percentOf(5);
const meet = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
const free = (taken: readonly Span[], wanted: Span): boolean =>
  wanted.start >= 0 && wanted.end <= 100 && taken.every((span) => !meet(span, wanted));

/** Where a label may stand, by how the eye expects it */
function placesFor(box: Span, width: number): { side: 'inside' | 'right' | 'left'; span: Span }[] {
  const right = { side: 'right' as const, span: { start: box.end, end: box.end + width + gap } };
  const left = { side: 'left' as const, span: { start: box.start - width - gap, end: box.start } };
  const roomy = box.end - box.start >= width + percentOf(30);
  return roomy ? [{ side: 'inside', span: { start: box.end, end: box.end } }, right, left] : [right, left];
}

function labelled<T extends Item>(item: T, taken: Span[], size: number): Placed<T>['label'] {
  for (const words of item.labels) {
    for (const { side, span } of placesFor(item.box, percentOf(widthOf(words, size)))) {
      const others = taken.filter((other) => other !== item.box);
      if (side !== 'inside' && !free(others, span)) continue;
      taken.push(span);
      return { words, side };
    }
  }
  return undefined;
}

/**
 * Lanes for what would lie on each other, then a label for each where there is room: right of it, else left, else shorter.
 * With `roomForLabels`, what finds no room for any label gets a lane of its own.
 *
 * @param size of the letters in pixels
 */
export function placeItems<T extends Item>(items: readonly T[], size: number, roomForLabels: boolean): Placed<T>[] {
  const lanes: Span[][] = [];
  const sorted = [...items].sort((a, b) => a.box.start - b.box.start || a.box.end - b.box.end);
  const seats = sorted.map((item) => {
    const lane = lanes.findIndex((taken) => taken.every((span) => !meet(span, item.box)));
    const chosen = lane === -1 ? lanes.length : lane;
    (lanes[chosen] ??= []).push(item.box);
    return { item, lane: chosen };
  });
  return seats.map(({ item, lane }) => {
    const label = labelled(item, lanes[lane]!, size);
    if (label) return { item, lane, label };
    return (roomForLabels && item.labels.length && moved(item, lane, lanes, size)) || { item, lane };
  });
}

/** To the first lane, if need be a new one, in which it has room for a label; undefined where even an empty lane is too short */
function moved<T extends Item>(item: T, from: number, lanes: Span[][], size: number): Placed<T> | undefined {
  for (let lane = 0; lane <= lanes.length; lane++) {
    const taken = lanes[lane] ?? [];
    if (lane === from || taken.some((span) => meet(span, item.box))) continue;
    const label = labelled(item, taken, size);
    if (!label) continue;
    lanes[lane] = [...taken, item.box];
    lanes[from] = lanes[from]!.filter((span) => span !== item.box);
    return { item, lane, label };
  }
  return undefined;
}
