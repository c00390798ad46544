import { addDays, dateLong, dayOfMonth, monthOf, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Language, Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import { escapeHtml } from '../escape.ts';
import type { Scale } from './year-board-layout.ts';

/** A place or width in percent of the board */
export const percent = (value: number): string => `${Math.round(value * 1000) / 1000}%`;

const monthsEn = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Where months begin: the first week belongs to the month in which most of it lies, so that no stub of March comes first */
function monthStarts({ weeks, at }: Scale): { month: number; start: number; end: number }[] {
  const first = addDays(weeks[0]!, 6);
  const last = weeks.at(-1)!;
  const starts: { month: number; start: number }[] = [{ month: monthOf(first), start: 0 }];
  for (const monday of weeks.slice(1)) {
    for (let n = 0; n < 7; n++) {
      const day = addDays(monday, n);
      if (dayOfMonth(day) === 1 && day <= last) starts.push({ month: monthOf(day), start: at(day) });
    }
  }
  return starts.map((entry, index) => ({ ...entry, end: starts[index + 1]?.start ?? 100 }));
}

/** Months and, below, the Mondays of the weeks */
export function drawHead(scale: Scale, head: number, height: number, language: Language): string {
  const months = monthStarts(scale).map(({ month, start }) => {
    const label = language === 'ja' ? `${month}月` : monthsEn[month - 1]!;
    const rule = start > 0 ? `<rect x="${percent(start)}" y="0" width="1" height="${height}" fill="#b3b3b3"/>` : '';
    return `${rule}<svg x="${percent(start)}" overflow="visible"><text x="5" y="15" font-size="12.5" font-weight="700">${label}</text></svg>`;
  });
  const width = 100 / scale.weeks.length;
  const weeks = scale.weeks.map((monday) => {
    const start = scale.at(monday);
    const rule =
      start > 0 ? `<rect x="${percent(start)}" y="22" width="1" height="${height - 22}" fill="#ececef"/>` : '';
    return `${rule}<text x="${percent(start + width / 2)}" y="35" text-anchor="middle" font-size="10" fill="#4d4d4d">${dayOfMonth(monday)}</text>`;
  });
  return `${weeks.join('')}${months.join('')}<rect x="0" y="${head}" width="100%" height="1" fill="#7f7f7f"/>`;
}

interface Shaded {
  readonly holidays: readonly { readonly date: CalendarDate; readonly name: Text }[];
  readonly blackouts: readonly { readonly from: CalendarDate; readonly to: CalendarDate; readonly name: Text }[];
}

export const hatch =
  '<pattern id="year-board-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#f2f2f2"/><rect width="2" height="6" fill="#cccccc"/></pattern>';

/** Days to avoid hatched, holidays solid; both say what they are when pointed at */
export function drawShade(
  { holidays, blackouts }: Shaded,
  scale: Scale,
  head: number,
  height: number,
  language: Language,
): string {
  const strip = (from: CalendarDate, to: CalendarDate, fill: string, words: string): string => {
    const span = scale.days(from, to);
    if (!span) return '';
    return `<rect x="${percent(span.start)}" y="${head}" width="${percent(span.end - span.start)}" height="${height - head}" fill="${fill}"><title>${escapeHtml(words)}</title></rect>`;
  };
  return [
    `<defs>${hatch}</defs>`,
    ...blackouts.map(({ from, to, name }) =>
      strip(from, to, 'url(#year-board-hatch)', `${name[language]} ${dayRange(from, to)[language]}`),
    ),
    ...holidays.map(({ date, name }) => strip(date, date, '#ffbbbb', `${name[language]} ${dateLong(date)[language]}`)),
  ].join('');
}

/** The line of today, under bars and labels */
export function drawToday(
  today: CalendarDate | undefined,
  scale: Scale,
  head: number,
  height: number,
  language: Language,
): string {
  const span = today && scale.days(today, today);
  if (!span) return '';
  const middle = percent((span.start + span.end) / 2);
  const words = `${language === 'ja' ? '今日' : 'Today'} ${dateLong(today)[language]}`;
  return (
    `<svg x="${middle}" overflow="visible" pointer-events="none" data-today="${today}"><title>${words}</title><rect x="-1" y="${head - 4}" width="2" height="${height - head + 4}" fill="#00316a"/>` +
    `<path d="M-5 ${head - 10}H5V${head - 5}L0 ${head}L-5 ${head - 5}Z" fill="#00316a"/></svg>`
  );
}
