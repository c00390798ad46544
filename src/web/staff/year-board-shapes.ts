import type { CalendarDate } from '../../kernel/calendar-date.ts';
import type { Language, Text } from '../../kernel/text.ts';
import { escapeHtml } from '../escape.ts';
import { stateShapes, states, type BoardState } from './state-shapes.ts';
import { hatch, percent } from './year-board-ground.ts';
import { widthOf, type Item, type Placed, type Span } from './year-board-layout.ts';

interface Look {
  readonly fill: string;
  readonly stroke: string;
  /** Colour of the shape on the bar */
  readonly on: string;
  readonly dash?: string;
}

/** Colours of the design tokens; each pair of shape and bar has a contrast of 4.5 to 1 or more. */
const looks: Readonly<Record<BoardState, Look>> = {
  undated: { fill: '#ffffff', stroke: '#666666', on: '#4d4d4d', dash: '4 3' },
  planned: { fill: '#dcf0ff', stroke: '#0055ad', on: '#00428c' },
  announced: { fill: '#0055ad', stroke: '#0055ad', on: '#ffffff' },
  answered: { fill: '#197a4b', stroke: '#197a4b', on: '#ffffff' },
  problem: { fill: '#ce0000', stroke: '#ce0000', on: '#ffffff' },
  cancelled: { fill: '#f2f2f2', stroke: '#767676', on: '#4d4d4d' },
};

/** The shape of a state in a box of `size` pixels around 0,0 */
function shape(state: BoardState, size: number, colour: string, below: string): string {
  const { solid, line, gap, dash } = stateShapes[state];
  const k = size / 16;
  const parts = [
    solid ? `<path d="${solid}" fill="${colour}"/>` : '',
    line
      ? `<path d="${line}" fill="none" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`
      : '',
    gap ? `<path d="${gap}" fill="none" stroke="${below}" stroke-width="1.9"/>` : '',
  ];
  return `<g transform="translate(${-size / 2} ${-size / 2}) scale(${k})" stroke-linecap="round" stroke-linejoin="round">${parts.join('')}</g>`;
}

/** Letters over shading stay readable by a white edge around them. */
const words = (content: string, x: number, y: number, more = ''): string =>
  `<text x="${x}" y="${y}" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"${more}>${escapeHtml(content)}</text>`;

const linked = (href: string | undefined, spoken: string, content: string, more = ''): string => {
  const title = `<title>${escapeHtml(spoken)}</title>`;
  return href
    ? `<a href="${escapeHtml(href)}" aria-label="${escapeHtml(spoken)}"${more}>${title}${content}</a>`
    : `<g role="img" aria-label="${escapeHtml(spoken)}">${title}${content}</g>`;
};

function label(placed: Placed<Item>, y: number, cancelled: boolean): string {
  if (!placed.label) return '';
  const { box } = placed.item;
  const more = cancelled ? ' fill="#4d4d4d"' : '';
  const { words: content, side } = placed.label;
  if (side === 'inside')
    return `<svg x="${percent(box.start)}" overflow="visible">${words(content, 24, y, more)}</svg>`;
  return side === 'right'
    ? `<svg x="${percent(box.end)}" overflow="visible">${words(content, 4, y, more)}</svg>`
    : `<svg x="${percent(box.start)}" overflow="visible">${words(content, -4, y, `${more} text-anchor="end"`)}</svg>`;
}

/** A twentieth of a week on either side stays free, so that neighbours do not touch. */
function bar(box: Span, y: number, look: Look): string {
  const inset = 0.1;
  const x = percent(box.start + inset);
  const width = percent(box.end - box.start - 2 * inset);
  const dash = look.dash ? ` stroke-dasharray="${look.dash}"` : '';
  return `<rect x="${x}" y="${y}" width="${width}" height="18" rx="4" fill="${look.fill}" stroke="${look.stroke}" stroke-width="1.5"${dash}/>`;
}

interface BarDrawn {
  readonly id: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly state: BoardState;
  readonly href: string;
  readonly movable?: boolean;
}

/** @param y top of its lane of 24 pixels */
export function drawBar(
  placed: Placed<Item>,
  { id, from, to, state, href, movable }: BarDrawn,
  y: number,
  spoken: string,
): string {
  const { box } = placed.item;
  const look = looks[state];
  // In a long bar the shape stands at its beginning, where the label follows.
  const wide = placed.label?.side === 'inside';
  const glyph = wide
    ? `<svg x="${percent(box.start)}" overflow="visible"><g transform="translate(13 ${y + 12})">${shape(state, 12, look.on, look.fill)}</g></svg>`
    : `<svg x="${percent((box.start + box.end) / 2)}" overflow="visible"><g transform="translate(0 ${y + 12})">${shape(state, 12, look.on, look.fill)}</g></svg>`;
  const moved = movable
    ? ` data-meeting="${escapeHtml(id)}" data-from="${state === 'undated' ? '' : from}" data-to="${state === 'undated' ? '' : to}"`
    : '';
  return linked(href, spoken, bar(box, y + 3, look) + glyph + label(placed, y + 16, state === 'cancelled'), moved);
}

const rhomb = 'M0-7 7 0 0 7-7 0Z';

/** A rhomb in the colour of its state with the state's shape small inside. @param y top of its lane of 17 pixels */
export function drawDiamond(
  placed: Placed<Item>,
  { state, href }: { state: BoardState; href?: string },
  y: number,
  spoken: string,
): string {
  const { box } = placed.item;
  const look = looks[state];
  const dash = look.dash ? ' stroke-dasharray="3 2"' : '';
  const mark = `<g transform="translate(0 ${y + 8})"><path d="${rhomb}" fill="${look.fill}" stroke="${look.stroke}" stroke-width="1.5"${dash}/>${diamondSign(state, look)}</g>`;
  const content = `<svg x="${percent((box.start + box.end) / 2)}" overflow="visible">${mark}</svg>`;
  return linked(href, spoken, content + label(placed, y + 12, state === 'cancelled'));
}

/** What a rhomb of 14 pixels has room for: nothing while planned, else tick, bar of the exclamation mark, cross */
function diamondSign(state: BoardState, { on }: Look): string {
  const path: Partial<Record<BoardState, string>> = {
    announced: 'M-1.6-2.6 2.6 0-1.6 2.6Z',
    answered: 'M-2.8 0-.8 2.1 3-2.2',
    problem: 'M0-3.2V.7M0 3.1V3.2',
    cancelled: 'M-2.2-2.2 2.2 2.2M2.2-2.2-2.2 2.2',
  };
  const d = path[state];
  if (!d) return '';
  return `<path d="${d}" fill="${state === 'announced' ? on : 'none'}" stroke="${on}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** Fill and lower edge, by the order in which kinds of windows first appear on the board; what comes later is grey */
const bandLooks = [
  ['#f0f9ff', '#97d3ff'],
  ['#e9f7f9', '#79e2f2'],
  ['#f1eafa', '#cda6ff'],
  ['#fbf5e0', '#ffd43d'],
] as const;

/** @param order of its kind on this board, from 0 */
export function drawBand(words: string, box: Span, y: number, height: number, order: number): string {
  const [fill, edge] = bandLooks[order] ?? (['#f2f2f2', '#cccccc'] as const);
  const at = `x="${percent(box.start)}" width="${percent(box.end - box.start)}"`;
  return (
    `<g><title>${escapeHtml(words)}</title><rect ${at} y="${y + 1}" height="${height - 1}" fill="${fill}"/>` +
    `<rect ${at} y="${y + height - 3}" height="3" fill="${edge}"/></g>`
  );
}

/** @param y lower edge of its row */
export const drawBandName = (content: string, box: Span, y: number): string =>
  `<svg x="${percent(box.start)}" overflow="visible">${words(content, 4, y - 7, ' font-size="10" fill="#4d4d4d"')}</svg>`;

interface Name {
  readonly acronym: string | Text;
  readonly name: Text;
  readonly badge?: Text;
  readonly href?: string;
}

/** Acronym, and below it what the year is for the centre; the full name when pointed at */
export function drawName({ acronym, name, badge, href }: Name, y: number, height: number, language: Language): string {
  const short = typeof acronym === 'string' ? acronym : acronym[language];
  const middle = y + height / 2;
  // long names of people get smaller letters rather than being cut
  const size = [14, 11.5, 9.5].find((letters) => widthOf(short, letters) <= 122) ?? 8;
  const title = `<text x="2" y="${badge ? middle - 3 : middle + 5}" font-size="${size}" font-weight="700"${href ? ' fill="#00428c"' : ''}>${escapeHtml(short)}</text>`;
  const said = badge?.[language];
  const chip = said
    ? `<rect x="2" y="${middle + 3}" width="${Math.ceil(widthOf(said, 10)) + 12}" height="15" rx="3" fill="#00234b"/><text x="8" y="${middle + 14}" font-size="10" fill="#ffffff">${escapeHtml(said)}</text>`
    : '';
  const spoken = [short, name[language], said].filter(Boolean).join(' ');
  return linked(href, spoken, title + chip);
}

/** A symbol of the legend, as a drawing of its own. @param symbol a state, diamond, band, holiday, blackout or today */
export function legendSymbol(symbol: string): string {
  const content = (states as readonly string[]).includes(symbol)
    ? stateSymbol(symbol as BoardState)
    : {
        diamond: `<g transform="translate(13 9)"><path d="${rhomb}" fill="#ffffff" stroke="#4d4d4d" stroke-width="1.5"/></g>`,
        band: '<rect x="1" y="1" width="24" height="16" fill="#f0f9ff"/><rect x="1" y="14" width="24" height="3" fill="#97d3ff"/>',
        holiday: '<rect x="11" y="1" width="4" height="16" fill="#ffbbbb"/>',
        blackout: `<defs>${hatch.replace('year-board-hatch', 'year-board-hatch-legend')}</defs><rect x="5" y="1" width="16" height="16" fill="url(#year-board-hatch-legend)"/>`,
        today:
          '<path d="M8 1H18V6L13 11L8 6Z" fill="#00316a"/><rect x="12" y="6" width="2" height="12" fill="#00316a"/>',
      }[symbol];
  return `<svg width="26" height="18" viewBox="0 0 26 18" aria-hidden="true">${content ?? ''}</svg>`;
}

function stateSymbol(state: BoardState): string {
  const look = looks[state];
  const dash = look.dash ? ` stroke-dasharray="${look.dash}"` : '';
  return `<rect x="1" y="1" width="24" height="16" rx="4" fill="${look.fill}" stroke="${look.stroke}" stroke-width="1.5"${dash}/><g transform="translate(13 9)">${shape(state, 12, look.on, look.fill)}</g>`;
}
