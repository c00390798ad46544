import type { Language, Text } from '../kernel/text.ts';

/** What stands in a cell; both languages, or the same in both */
export type Cell = string | number | Text | null | undefined;

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const marks = /\p{M}|\u200d/gu;

/** How many columns a text takes on a terminal: Japanese characters take two (UAX #11, wide and full width). */
export const widthOf = (value: string): number =>
  [...value.replace(marks, '')].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);

/**
 * A text that a terminal shows and does not obey: names and remarks come from strangers, and an escape sequence among them could
 * rewrite what stands above it (CWE-150). Line breaks and tabs stay.
 */
export const visible = (value: string): string =>
  value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, '');

export const cellText = (cell: Cell, language: Language): string => {
  if (cell === null || cell === undefined) return '';
  const said = typeof cell === 'object' ? cell[language] : String(cell);
  return visible(said).replace(/\s+/g, ' ').trim();
};

const padded = (value: string, width: number): string => value + ' '.repeat(Math.max(0, width - widthOf(value)));

/** A table for people: columns aligned, two spaces between them, the header only where there are rows. */
export function tableOf(language: Language, columns: readonly Text[], rows: readonly (readonly Cell[])[]): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => cellText(cell, language)));
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, i) => padded(cell, widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Names before values, one a line; lines without a value are left out. */
export function factsOf(language: Language, facts: readonly (readonly [Text, Cell])[]): string {
  const lines = facts
    .map(([name, value]) => [name[language], cellText(value, language)] as const)
    .filter(([, value]) => value !== '');
  const width = Math.max(0, ...lines.map(([name]) => widthOf(name)));
  return lines.map(([name, value]) => `${padded(name, width)}  ${value}`).join('\n');
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export const paragraphs = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');
