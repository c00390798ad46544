import { date, dateShort, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, joinTexts, text, type Language, type Text } from '../../kernel/text.ts';
import { whenPlanned } from '../../meetings/meeting-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import type { PricePart } from '../../planning/day-price.ts';
import type { MeetingActivity } from '../../programme/programme.ts';
import { dayRangeShort } from '../moment.ts';
import { toneOf, type Tone } from './plan-starts.ts';
import { signed } from './plan-words.ts';

/** What one start of a meeting would cost the whole year as it stands, or what forbids it */
export interface PricedStart {
  readonly date: string;
  readonly half: 'am' | 'pm';
  /** null: not possible */
  readonly difference: number | null;
  readonly online: boolean;
  /** What becomes dearer and what cheaper */
  readonly parts: readonly PricePart[];
  /** Who is asked to come, and who not any more */
  readonly comes: readonly Text[];
  readonly goes: readonly Text[];
  readonly reasons: readonly Text[];
  readonly current: boolean;
  /** Of a committee: what goes with it, and whether in another slot */
  readonly hearings: readonly { readonly title: Text; readonly moved: boolean }[];
}

export interface ShownStart {
  readonly day: CalendarDate;
  readonly half: 'am' | 'pm';
  readonly days: Text;
  readonly hours: Text;
  readonly tone: Tone;
  readonly price: Text;
  readonly difference: number | null;
  readonly online: boolean;
  readonly parts: readonly ShownPart[];
  /** Who comes instead of whom, and another mode: what a move would change beside the day */
  readonly changes: readonly Text[];
  readonly reasons: readonly Text[];
}

export interface ShownPart {
  readonly price: string;
  readonly dearer: boolean;
  readonly text: Text;
}

/** More than these would hide the board under the card */
const MOST_PARTS = 6;

/** Starts in their order of time, each with how it is shown */
export function shownStarts(meeting: Meeting, activity: MeetingActivity, prices: readonly PricedStart[]): ShownStart[] {
  const others = prices.filter(({ current, difference }) => !current && difference !== null);
  const least = Math.min(...others.map(({ difference }) => difference!));
  return prices
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.half.localeCompare(b.half))
    .map((one) => {
      const day = date(one.date);
      const when = whenPlanned({ ...activity, halfDays: meeting.halfDays }, day, one.half === 'am' ? 0 : 1);
      return {
        day,
        half: one.half,
        days: dayRangeShort(when.firstDay, when.lastDay),
        hours: text(`${when.from}～${when.to}`, `${when.from}–${when.to}`),
        tone: toneIn(one, least),
        price: priceIn(one),
        difference: one.difference,
        online: one.online,
        parts: one.current ? [] : partsShown(one.parts),
        changes: one.current || one.difference === null ? [] : changesOf(meeting, one),
        reasons: one.reasons,
      };
    });
}

function partsShown(parts: readonly PricePart[]): ShownPart[] {
  const shown = parts.length > MOST_PARTS ? [...parts].sort(byAmount).slice(0, MOST_PARTS) : parts;
  const lines = shown
    .toSorted((a, b) => b.cost - a.cost)
    .map(({ of, text: said, cost }) => ({
      price: signed(cost),
      dearer: cost > 0,
      text: of ? text(`${said.ja}（${of.ja}）`, `${said.en} (${of.en})`) : said,
    }));
  const rest = parts.filter((part) => !shown.includes(part));
  if (rest.length === 0) return lines;
  const cost = rest.reduce((sum, part) => sum + part.cost, 0);
  const said = text(`ほか${rest.length}件`, `${rest.length} more`);
  return [...lines, { price: signed(cost), dearer: cost > 0, text: said }];
}

const byAmount = (a: PricePart, b: PricePart) => Math.abs(b.cost) - Math.abs(a.cost);

function changesOf({ mode }: Meeting, { online, comes, goes, hearings }: PricedStart): Text[] {
  const said: Text[] = hearings.length > 0 ? [alongWith(hearings)] : [];
  if (comes.length > 0) said.push(fill(text('新たに出席：{who}', 'Newly asked: {who}'), { who: joinTexts(comes) }));
  if (goes.length > 0) said.push(fill(text('外れる：{who}', 'No longer asked: {who}'), { who: joinTexts(goes) }));
  if (online && mode !== 'online') said.push(text('オンライン開催に変わります', 'It will be held online'));
  if (!online && mode === 'online') said.push(text('対面での開催に変わります', 'It will be held on site'));
  return said;
}

/** 一緒に移る会議：9件（枠が変わるもの：…） */
function alongWith(hearings: PricedStart['hearings']): Text {
  const values = {
    n: hearings.length,
    moved: joinTexts(hearings.filter(({ moved }) => moved).map(({ title }) => title)),
  };
  if (hearings.every(({ moved }) => !moved))
    return fill(
      text(
        '一緒に移る会議：{n}件（枠は同じ）',
        hearings.length === 1
          ? '{n} meeting goes with it, in the same slot'
          : '{n} meetings go with it, in the same slots',
      ),
      values,
    );
  return fill(
    text(
      '一緒に移る会議：{n}件（枠が変わるもの：{moved}）',
      hearings.length === 1
        ? '{n} meeting goes with it, in another slot'
        : '{n} meetings go with it; in another slot: {moved}',
    ),
    values,
  );
}

function toneIn({ current, difference }: PricedStart, least: number): Tone {
  if (current) return 'here';
  if (difference === null) return 'no';
  return difference === least ? 'best' : toneOf(difference);
}

function priceIn({ current, difference }: PricedStart): Text {
  if (current) return text('いまの日', 'where it is now');
  if (difference === null) return text('不可', 'not possible');
  return difference === 0
    ? text('費用は同じ', 'costs the same')
    : text(`${signed(difference)}点`, `${signed(difference)} points`);
}

/** What the board's script draws while a bar is held; said in the reader's language */
export function pricesForScript(
  starts: readonly ShownStart[],
  { days, seen }: { readonly days: number; readonly seen: number },
  language: Language,
) {
  const byDay = Map.groupBy(starts, ({ day }) => day);
  const best = (start: ShownStart) => {
    const rivals = byDay.get(start.day)!;
    const rank = ({ difference, tone }: ShownStart) => (tone === 'here' ? -Infinity : (difference ?? Infinity));
    return (
      rivals.every((other) => rank(start) <= rank(other)) &&
      rivals.find((other) => rank(other) === rank(start)) === start
    );
  };
  return {
    days,
    seen,
    starts: starts.map((start) => ({
      day: start.day,
      half: start.half,
      whole: byDay.get(start.day)!.length === 1,
      tone: start.tone,
      here: start.tone === 'here',
      best: best(start),
      ...(start.difference === null ? {} : { difference: start.difference }),
      said: saidOf(start)[language],
      parts: start.parts.map(({ price, dearer, text: said }) => ({ price, dearer, said: said[language] })),
      changes: start.changes.map((change) => change[language]),
      reasons: start.reasons.map((reason) => reason[language]),
    })),
  };
}

/** 9月7日(火)～8日(水) 10:00～17:00 +3点 */
function saidOf({ days, hours, price, online, tone, day }: ShownStart): Text {
  if (tone === 'no') return text(`${dateShort(day).ja}：${price.ja}`, `${dateShort(day).en}: ${price.en}`);
  const mode = online ? text('（オンライン）', ' (online)') : text('', '');
  return text(`${days.ja} ${hours.ja}${mode.ja}：${price.ja}`, `${days.en}, ${hours.en}${mode.en}: ${price.en}`);
}
