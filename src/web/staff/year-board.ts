import { dateLong, dayOfMonth, monthOf, weekdayName, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fiscalYearLabels, type FiscalYear } from '../../kernel/fiscal-year.ts';
import { text, type Language, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import { escapeHtml } from '../escape.ts';
import { states, type BoardState } from './state-shapes.ts';
import { drawHead, drawMarks, drawShade } from './year-board-ground.ts';
import { placeItems, scaleOf, type Item, type Scale } from './year-board-layout.ts';
import { drawBand, drawBar, drawDiamond, drawName, legendSymbol } from './year-board-shapes.ts';

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
}

export const stateNames: Readonly<Record<BoardState, Text>> = {
  undated: text('日程未定', 'No day yet'),
  planned: text('計画中', 'Planned'),
  announced: text('通知済み', 'Announced'),
  answered: text('回答済み', 'Answered'),
  problem: text('要対応', 'Needs attention'),
  cancelled: text('中止', 'Cancelled'),
};

const head = 42;
const pad = 5;
const barLane = 24;
const diamondLane = 17;
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
    const box = bar.state === 'undated' ? scale.days(bar.from, bar.to) : scale.wholeWeeks(bar.from, bar.to);
    if (!box) return [];
    const name = bar.label[language];
    const days = shortDays(bar.from, bar.to)[language];
    const labels =
      bar.state === 'undated' ? [`${name} ${stateNames.undated[language]}`, name] : [`${name} ${days}`, days];
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
  readonly height: number;
  readonly chart: string;
  readonly name: string;
}

function drawRow(row: BoardRow, above: BoardRow | undefined, y: number, scale: Scale, language: Language): DrawnRow {
  const bars = placeItems(barItems(row, scale, language), letters, true);
  const diamonds = placeItems(diamondItems(row, scale, language), letters - 1, false);
  const barLanes = Math.max(1, ...bars.map(({ lane }) => lane + 1));
  const diamondLanes = Math.max(0, ...diamonds.map(({ lane }) => lane + 1));
  const height = Math.max(lowest, 2 * pad + barLanes * barLane + diamondLanes * diamondLane);
  const same = (a: BoardBand, b: BoardBand) =>
    a.from === b.from && a.to === b.to && a.kind === b.kind && a.label[language] === b.label[language];
  const chart = [
    ...row.bands.map((band) => {
      const box = scale.days(band.from, band.to);
      const said = !above?.bands.some((other) => same(other, band));
      return box ? drawBand(band, box, y, height, said, language) : '';
    }),
    ...bars.map((placed) =>
      drawBar(placed, placed.item.bar, y + pad + placed.lane * barLane, spoken(row, placed.item.bar, language)),
    ),
    ...diamonds.map((placed) => {
      const words = `${nameOf(row, language)} ${placed.item.diamond.label[language]} ${dateLong(placed.item.diamond.date)[language]} ${stateNames[placed.item.diamond.state][language]}`;
      return drawDiamond(placed, placed.item.diamond, y + pad + barLanes * barLane + placed.lane * diamondLane, words);
    }),
  ].join('');
  return { height, chart, name: drawName(row.centre, y, height, language) };
}

const nameOf = ({ centre }: BoardRow, language: Language): string =>
  typeof centre.acronym === 'string' ? centre.acronym : centre.acronym[language];

const barDays = (bar: BoardBar, language: Language): string => {
  const days = dayRange(bar.from, bar.to)[language];
  return bar.state === 'undated' ? (language === 'ja' ? `${days}のあいだ` : `between ${days}`) : days;
};

const spoken = (row: BoardRow, bar: BoardBar, language: Language): string =>
  `${nameOf(row, language)} ${bar.label[language]} ${barDays(bar, language)} ${stateNames[bar.state][language]}`;

/**
 * The wall chart of a fiscal year as HTML with two SVG drawings (names, weeks), a legend and the same as a table. Presentation
 * attributes only, no styles and no scripts; everything that comes in is escaped. Horizontal places are percentages and
 * vertical ones pixels: the drawing fills any width and its letters stay as they are.
 */
export function drawYearBoard(input: YearBoardInput, language: Language): string {
  const scale = scaleOf(input.fiscalYear);
  const rows = input.programmeRow ? [input.programmeRow, ...input.rows] : [...input.rows];
  let y = head;
  const drawn: (DrawnRow & { y: number })[] = [];
  rows.forEach((row, index) => {
    const one = drawRow(row, rows[index - 1], y, scale, language);
    drawn.push({ ...one, y });
    y += one.height;
  });
  const said = fiscalYearLabels(input.fiscalYear);
  const title =
    language === 'ja' ? `${said.label.ja}（${said.era.ja}）年間予定表` : `Year board ${said.label.en} (${said.era.en})`;
  const lines = drawn.map((row, index) =>
    line(row.y, index === 0 || (index === 1 && input.programmeRow !== undefined)),
  );
  const all = [...lines, line(y, true)].join('');
  const svg = (kind: string, width: string, content: string, label: string) =>
    `<svg class="year-board-${kind}" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 1}" role="group" aria-label="${escapeHtml(label)}" font-family="'Noto Sans JP Variable', 'Noto Sans JP', sans-serif" font-size="${letters}" fill="#1a1a1a">${content}</svg>`;
  const rowsName = language === 'ja' ? '拠点' : 'Centres';
  return (
    `<div class="year-board"><div class="year-board-scroll" role="region" tabindex="0" aria-label="${escapeHtml(title)}">` +
    svg('names', String(nameWidth), drawn.map((row) => row.name).join('') + all, rowsName) +
    svg(
      'weeks',
      '100%',
      drawShade(input, scale, head, y, language) +
        drawHead(scale, head, y, language) +
        drawn.map((row) => row.chart).join('') +
        all +
        drawMarks(input.today, scale, head, y, language),
      title,
    ) +
    `</div>${legend(input, language)}${table(rows, title, language)}</div>`
  );
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
function table(rows: readonly BoardRow[], title: string, language: Language): string {
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
      return `<tr><th scope="row">${escapeHtml(nameOf(row, language))}</th><td>${link}</td>${cell(entry.days)}${cell(stateNames[entry.state][language])}</tr>`;
    });
  });
  const heads = [say('拠点', 'Centre'), say('内容', 'What'), say('日', 'Day'), say('状態', 'State')];
  return (
    `<details class="fold year-board-table"><summary>${say('表で見る', 'As a table')}</summary><div class="table-wrap"><table class="table table--compact">` +
    `<caption class="hidden">${escapeHtml(title)}</caption><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div></details>`
  );
}
