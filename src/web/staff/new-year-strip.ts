import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { fiscalYearLabels, type FiscalYear } from '../../kernel/fiscal-year.ts';
import { text, type Language, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { NamedDay } from '../../programme/holidays.ts';
import { escapeHtml } from '../escape.ts';
import { drawHead, drawShade, percent } from './year-board-ground.ts';
import { scaleOf, widthOf, type Scale } from './year-board-layout.ts';
import { legendSymbol } from './year-board-shapes.ts';

interface Days {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface StripRow {
  readonly name: Text;
  /** Where the window lay, moved to this year */
  readonly copied: Days;
  /** Undefined while what was typed is no window */
  readonly chosen: Days | undefined;
}

export interface Strip {
  readonly fiscalYear: FiscalYear;
  readonly rows: readonly StripRow[];
  readonly holidays: readonly NamedDay[];
  readonly blackouts: readonly (Days & { readonly name: Text })[];
}

const head = 42;
const row = 40;
const nameWidth = 132;

const copiedLook = 'fill="none" stroke="#4d4d4d" stroke-dasharray="4 3"';
const chosenLook = 'fill="#0877d7" fill-opacity="0.55" stroke="#00316a"';

/**
 * Windows on the weeks of the year, over its holidays and the days to avoid. What it says stands in the table below it as well, so
 * for those who listen it is one picture with a name.
 */
export function drawStrip(strip: Strip, language: Language): string {
  const scale = scaleOf(strip.fiscalYear);
  const height = head + strip.rows.length * row;
  const names = strip.rows.map(
    ({ name }, index) =>
      `<text x="8" y="${head + index * row + 24}" font-size="12" font-weight="700">${escapeHtml(cut(name[language]))}</text>`,
  );
  const { label } = fiscalYearLabels(strip.fiscalYear);
  const title = language === 'ja' ? `${label.ja}の期間` : `Windows of ${label.en}`;
  const weeks = [
    drawShade(strip, scale, head, height, language),
    drawHead(scale, head, height, language),
    ...strip.rows.map((one, index) => drawRow(one, head + index * row, scale, language)),
  ];
  return (
    '<div class="year-board"><div class="year-board-scroll" role="region" tabindex="0" ' +
    `aria-label="${escapeHtml(title)}">${svg('names', nameWidth, height, names.join(''))}` +
    `${svg('weeks', '100%', height, weeks.join(''))}</div>${legend(language)}</div>`
  );
}

/** As much of a name as its column holds; the table below says it whole */
function cut(name: string): string {
  const letters = [...name];
  while (widthOf(letters.join(''), 12) > nameWidth - 24) letters.pop();
  return letters.length < [...name].length ? `${letters.join('')}…` : name;
}

const svg = (kind: string, width: number | string, height: number, content: string): string =>
  `<svg class="year-board-${kind}" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" aria-hidden="true" ` +
  `font-family="'Noto Sans JP Variable', 'Noto Sans JP', sans-serif" font-size="11" fill="#1a1a1a">${content}</svg>`;

function drawRow({ name, copied, chosen }: StripRow, y: number, scale: Scale, language: Language): string {
  const bar = (days: Days, top: number, tall: number, look: string, words: Text) => {
    const span = scale.days(days.from, days.to);
    if (!span) return '';
    const title = escapeHtml(`${name[language]} ${words[language]} ${dayRange(days.from, days.to)[language]}`);
    return `<rect x="${percent(span.start)}" y="${top}" width="${percent(span.end - span.start)}" height="${tall}" rx="3" ${look}><title>${title}</title></rect>`;
  };
  return (
    `<rect x="0" y="${y + row - 1}" width="100%" height="1" fill="#dfe2e6"/>` +
    bar(copied, y + 5, 30, copiedLook, text('引き継いだ期間', 'window as copied')) +
    (chosen ? bar(chosen, y + 10, 20, chosenLook, text('この年度の期間', 'window of this year')) : '')
  );
}

function legend(language: Language): string {
  const symbol = (look: string) =>
    `<svg width="26" height="18" viewBox="0 0 26 18" aria-hidden="true"><rect x="2" y="3" width="22" height="12" rx="3" ${look}/></svg>`;
  const item = (drawing: string, words: Text) => `<li>${drawing}${words[language]}</li>`;
  return `<ul class="year-board-legend">${[
    item(symbol(chosenLook), text('この年度の期間', 'Window of this year')),
    item(symbol(copiedLook), text('引き継いだ期間', 'Window as copied')),
    item(legendSymbol('holiday'), text('祝日', 'Holiday')),
    item(legendSymbol('blackout'), text('避ける期間', 'Days to avoid')),
  ].join('')}</ul>`;
}
