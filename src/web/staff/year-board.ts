import { dateLong, dayOfMonth, monthOf, weekdayName, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fiscalYearLabels, type FiscalYear } from '../../kernel/fiscal-year.ts';
import { text, type Language, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import { escapeHtml } from '../escape.ts';
import { stateNames, states, type BoardState } from './state-shapes.ts';
import { drawHead, drawShade, drawToday } from './year-board-ground.ts';
import { placeItems, scaleOf, type Item, type Scale } from './year-board-layout.ts';
import { drawBand, drawBandName, drawBar, drawDiamond, drawName, legendSymbol } from './year-board-shapes.ts';

/** A meeting */
export interface BoardBar {
  readonly id: string;
  /** First and last day; of what has no day yet, its window */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly kind: string;
  readonly label: Text;
  readonly state: BoardState;
  readonly href: string;
  /** Staff may drag it to another day */
  readonly movable?: boolean;
}

/** The days within which something may lie */
export interface BoardBand {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly label: Text;
  readonly kind: string;
}

/** Something due on a day */
export interface BoardDiamond {
  readonly date: CalendarDate;
  readonly label: Text;
  readonly state: BoardState;
  readonly href?: string;
}

export interface BoardRow {
  readonly centre: {
    readonly id: string;
    readonly acronym: string | Text;
    readonly name: Text;
    /** What the year is for the centre, where it is not an ordinary one: 中間評価 */
    readonly badge?: Text;
    readonly href?: string;
  };
  readonly bars: readonly BoardBar[];
  readonly bands: readonly BoardBand[];
  readonly diamonds: readonly BoardDiamond[];
}

export interface YearBoardInput {
  readonly fiscalYear: FiscalYear;
  readonly holidays: readonly { readonly date: CalendarDate; readonly name: Text }[];
  readonly blackouts: readonly { readonly from: CalendarDate; readonly to: CalendarDate; readonly name: Text }[];
  /** What concerns all centres: committee, reception, publications; drawn on top */
  readonly programmeRow?: BoardRow;
  readonly rows: readonly BoardRow[];
  readonly today?: CalendarDate;
  /** Address of the pages where a day is chosen for a meeting */
  readonly moves?: string;
  /** What the rows are, where they are not centres */
  readonly names?: Text;
}

const head = 42;
const pad = 5;
const barLane = 24;
const diamondLane = 17;
const bandLane = 14;
const lowest = 46;
export const nameWidth = 132;
const letters = 11;

/** 7/9(金) · Fri 9 Jul; on the board the year is in the title */
function shortDay(day: CalendarDate): Text {
  const name = weekdayName(day);
  const month = dateLong(day).en.split(' ')[2]!.slice(0, 3);
  return text(`${monthOf(day)}/${dayOfMonth(day)}(${name.ja})`, `${name.en} ${dayOfMonth(day)} ${month}`);
}

function shortDays(from: CalendarDate, to: CalendarDate): Text {
  const a = shortDay(from);
  const b = shortDay(to);
  if (from === to) return a;
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  return text(
    `${a.ja}–${sameMonth ? b.ja.replace(/^\d+\//, '') : b.ja}`,
    `${sameMonth ? a.en.replace(/ \S+$/, '') : a.en} – ${b.en}`,
  );
}

type BarItem = Item & { readonly bar: BoardBar };
type DiamondItem = Item & { readonly diamond: BoardDiamond };

function barItems(row: BoardRow, scale: Scale, language: Language): BarItem[] {
  return row.bars.flatMap((bar) => {
    const box = scale.wholeWeeks(bar.from, bar.to);
    if (!box) return [];
    const name = bar.label[language];
    const days = shortDays(bar.from, bar.to)[language];
    const undated = language === 'ja' ? `${name}（${stateNames.undated.ja}）` : `${name} (no day yet)`;
    const labels = bar.state === 'undated' ? [undated, name] : [`${name} ${days}`, days];
    return [{ bar, box, labels }];
  });
}

/** Diamonds are drawn 12 pixels wide around their day. */
function diamondItems(row: BoardRow, scale: Scale, language: Language): DiamondItem[] {
  return row.diamonds.flatMap((diamond) => {
    const day = scale.days(diamond.date, diamond.date);
    if (!day) return [];
    const middle = (day.start + day.end) / 2;
    const days = shortDay(diamond.date)[language];
    return [
      {
        diamond,
        box: { start: middle - 0.6, end: middle + 0.6 },
        labels: [`${diamond.label[language]} ${days}`, days],
      },
    ];
  });
}

interface DrawnRow {
  readonly y: number;
  readonly height: number;
  readonly bands: string;
  readonly items: string;
  readonly name: string;
}

interface Drawing {
  readonly scale: Scale;
  readonly language: Language;
  /** Kinds of bands in the order of their first appearance */
  readonly kinds: readonly string[];
}

function drawRow(row: BoardRow, above: BoardRow | undefined, y: number, drawing: Drawing): DrawnRow {
  const { scale, language } = drawing;
  const bars = placeItems(barItems(row, scale, language), letters, true);
  const diamonds = placeItems(diamondItems(row, scale, language), letters - 1, false);
  const bands = bandsOf(row, above, drawing);
  const diamondsAt = y + pad + barLane * Math.max(1, ...bars.map(({ lane }) => lane + 1));
  const lanes = Math.max(0, ...diamonds.map(({ lane }) => lane + 1));
  const named = bands.some(({ said }) => said);
  const height = Math.max(lowest, diamondsAt + lanes * diamondLane + (named ? bandLane : 0) + pad - y);
  const items = [
    ...bands.map(({ band, box, said }) => (said ? drawBandName(band.label[language], box, y + height) : '')),
    ...bars.map((placed) => {
      const { bar } = placed.item;
      const words = spoken(row, bar, barDays(bar, language), language);
      return drawBar(placed, bar, y + pad + placed.lane * barLane, words);
    }),
    ...diamonds.map((placed) => {
      const { diamond } = placed.item;
      const words = spoken(row, diamond, dateLong(diamond.date)[language], language);
      return drawDiamond(placed, diamond, diamondsAt + placed.lane * diamondLane, words);
    }),
  ];
  return {
    y,
    height,
    bands: bands.map(({ band, box, order }) => drawBand(band.label[language], box, y, height, order)).join(''),
    items: items.join(''),
    name: drawName(row.centre, y, height, language),
  };
}

/** Under a row with the same band its name is not said again. */
function bandsOf(row: BoardRow, above: BoardRow | undefined, { scale, language, kinds }: Drawing) {
  const same = (a: BoardBand, b: BoardBand) =>
    a.from === b.from && a.to === b.to && a.kind === b.kind && a.label[language] === b.label[language];
  return row.bands.flatMap((band) => {
    const box = scale.days(band.from, band.to);
    const said = !above?.bands.some((other) => same(other, band));
    return box ? [{ band, box, said, order: kinds.indexOf(band.kind) }] : [];
  });
}

const nameOf = ({ centre }: BoardRow, language: Language): string =>
  typeof centre.acronym === 'string' ? centre.acronym : centre.acronym[language];

const barDays = (bar: BoardBar, language: Language): string => {
  const days = dayRange(bar.from, bar.to)[language];
  return bar.state === 'undated' ? (language === 'ja' ? `${days}のあいだ` : `between ${days}`) : days;
};

const spoken = (
  row: BoardRow,
  { label, state }: { readonly label: Text; readonly state: BoardState },
  days: string,
  language: Language,
): string => `${nameOf(row, language)} ${label[language]} ${days} ${stateNames[state][language]}`;

/**
 * The wall chart of a fiscal year as HTML with two SVG drawings (names, weeks), a legend and the same as a table. Presentation
 * attributes only, no styles and no scripts; everything that comes in is escaped. Horizontal places are percentages and
 * vertical ones pixels: the drawing fills any width and its letters stay as they are.
 */
export function drawYearBoard(input: YearBoardInput, language: Language): string {
  const rows = input.programmeRow ? [input.programmeRow, ...input.rows] : input.rows;
  const kinds = [...new Set(rows.flatMap((row) => row.bands.map((band) => band.kind)))];
  const scale = scaleOf(input.fiscalYear);
  const drawn: DrawnRow[] = [];
  let y = head;
  for (const [index, row] of rows.entries()) {
    const one = drawRow(row, rows[index - 1], y, { scale, language, kinds });
    drawn.push(one);
    y += one.height;
  }
  const strong = (index: number) => index === 0 || (index === 1 && input.programmeRow !== undefined);
  const lines = drawn.map((row, index) => line(row.y, strong(index))).join('') + line(y, true);
  const chart =
    drawn.map((row) => row.bands).join('') +
    drawShade(input, scale, head, y, language) +
    drawHead(scale, head, y, language) +
    lines +
    drawToday(input.today, scale, head, y, language) +
    drawn.map((row) => row.items).join('');
  const title = titleOf(input.fiscalYear, language);
  const names = (input.names ?? text('拠点', 'Centres'))[language];
  return (
    `<div class="year-board"><div class="year-board-scroll" role="region" tabindex="0" aria-label="${escapeHtml(title)}">` +
    svg('names', nameWidth, y + 1, names, drawn.map((row) => row.name).join('') + lines) +
    svg(
      'weeks',
      '100%',
      y + 1,
      title,
      chart,
      ` data-first="${scale.weeks[0]}" data-days="${7 * scale.weeks.length}" data-head="${head}"`,
    ) +
    `</div>${legend(input, language)}${table(input, rows, names, title, language)}</div>`
  );
}

const svg = (kind: string, width: number | string, height: number, label: string, content: string, more = ''): string =>
  `<svg class="year-board-${kind}"${more} xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="group" aria-label="${escapeHtml(label)}" ` +
  `font-family="'Noto Sans JP Variable', 'Noto Sans JP', sans-serif" font-size="${letters}" fill="#1a1a1a">${content}</svg>`;

function titleOf(year: FiscalYear, language: Language): string {
  const { label, era } = fiscalYearLabels(year);
  return language === 'ja' ? `${label.ja}（${era.ja}）年間予定表` : `Year board ${label.en} (${era.en})`;
}

const line = (y: number, strong: boolean): string =>
  `<rect x="0" y="${y}" width="100%" height="1" fill="${strong ? '#7f7f7f' : '#dfe2e6'}"/>`;

function legend(input: YearBoardInput, language: Language): string {
  const item = (symbol: string, words: Text) => `<li>${legendSymbol(symbol)}${escapeHtml(words[language])}</li>`;
  return `<ul class="year-board-legend">${[
    ...states.map((state) => item(state, stateNames[state])),
    item('diamond', text('期限', 'Deadline')),
    item('band', text('実施期間', 'Window')),
    item('holiday', text('祝日', 'Holiday')),
    item('blackout', text('避ける期間', 'Days to avoid')),
    ...(input.today ? [item('today', text('今日', 'Today'))] : []),
  ].join('')}</ul>`;
}

/** The same for those who read or listen row by row; in date order within a centre */
function table(
  { moves }: YearBoardInput,
  rows: readonly BoardRow[],
  names: string,
  title: string,
  language: Language,
): string {
  const say = (ja: string, en: string) => (language === 'ja' ? ja : en);
  const cell = (words: string) => `<td>${escapeHtml(words)}</td>`;
  const lines = rows.flatMap((row) => {
    const entries = [
      ...row.bars.map((bar) => ({ at: bar.from, days: barDays(bar, language), ...bar })),
      ...row.diamonds.map((diamond) => ({ at: diamond.date, days: dateLong(diamond.date)[language], ...diamond })),
    ].sort((a, b) => (a.at < b.at ? -1 : 1));
    return entries.map((entry) => {
      const what = escapeHtml(entry.label[language]);
      const link = entry.href ? `<a href="${escapeHtml(entry.href)}">${what}</a>` : what;
      const choose =
        'movable' in entry && entry.movable && moves
          ? ` <a class="small" href="${escapeHtml(`${moves}/${entry.id}`)}">${say('日を選ぶ', 'Choose a day')}</a>`
          : '';
      return `<tr><th scope="row">${escapeHtml(nameOf(row, language))}</th><td>${link}</td><td>${escapeHtml(entry.days)}${choose}</td>${cell(stateNames[entry.state][language])}</tr>`;
    });
  });
  const heads = [names, say('内容', 'What'), say('日', 'Day'), say('状態', 'State')];
  return (
    `<details class="fold year-board-table"><summary>${say('表で見る', 'As a table')}</summary><div class="table-wrap"><table class="table table--compact">` +
    `<caption class="hidden">${escapeHtml(title)}</caption><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div></details>`
  );
}
