import { text, type Text } from '../kernel/text.ts';
import type { Cells } from './cells.ts';
import { columnName } from './columns.ts';
import { readSheet, writeSheet, type CsvFault, type CsvSheet, type NamedFile } from './csv-text.ts';
import { cellsOf, nouns, rules, thingsOf, type Noun } from './noun.ts';
import type { Roster } from './roster.ts';

/** `people.csv` … */
export const fileOf = (noun: Noun): string => `${rules[noun].part}.csv`;

/** The whole roster as a folder of files, one a kind of thing. Read back, they change nothing. */
export const rosterFiles = (roster: Roster): NamedFile[] =>
  nouns.map((noun) =>
    writeSheet(
      fileOf(noun),
      rules[noun].columns,
      thingsOf(roster, noun).map((thing) => cellsOf(noun, thing as never)),
    ),
  );

/** A file of the folder with the kind of thing that it holds; null: none of ours */
export interface RosterSheet extends CsvSheet {
  readonly noun: Noun | null;
}

export function readRosterFiles(files: readonly NamedFile[]): RosterSheet[] {
  const seen = new Set<Noun>();
  return files.map((file) => {
    const called = file.name.replaceAll('\\', '/').split('/').at(-1)!.toLowerCase();
    const noun = nouns.find((one) => fileOf(one) === called);
    if (!noun || seen.has(noun)) return { ...unread(file.name, seen.has(noun as Noun)), noun: null };
    seen.add(noun);
    return { ...readSheet(file, columnsOf(noun)), noun };
  });
}

const columnsOf = (noun: Noun): ReadonlyMap<string, readonly string[]> =>
  new Map(rules[noun].columns.map((column) => [column, [columnName(column).ja, columnName(column).en]]));

function unread(file: string, twice: boolean): CsvSheet {
  const names = nouns.map(fileOf).join(', ');
  const expected = twice
    ? text('同じファイルが2つあります。', 'This file is there twice.')
    : text(`ファイル名は次のいずれかです：${names}`, `A file is called one of: ${names}`);
  const fault: CsvFault = { file, line: 0, column: null, found: file, expected };
  return { file, encoding: null, columns: [], rows: [], faults: [fault] };
}

/** Which of the present things a row without an id means: terms and conflicts are known by what they join. */
export function naturalKey(noun: Noun, cells: Cells): string | undefined {
  const joined = (...columns: string[]): string => columns.map((column) => (cells[column] ?? '').trim()).join(' ');
  if (noun === 'term') return joined('post', 'person', 'from');
  if (noun === 'conflict') return joined('person', 'centre', 'institution', 'kind', 'from');
  return undefined;
}

/** 「people.csv 3行目 電話：…」 */
export function faultText(fault: CsvFault): Text {
  const column = fault.column === null ? undefined : columnName(fault.column);
  const found = fault.found === '' ? '' : fault.found;
  return text(
    `${fault.file}${fault.line ? ` ${fault.line}行目` : ''}${column ? ` ${column.ja}` : ''}${found ? `「${found}」` : ''}：${fault.expected.ja}`,
    `${fault.file}${fault.line ? `, line ${fault.line}` : ''}${column ? `, ${column.en}` : ''}${found ? ` “${found}”` : ''}: ${fault.expected.en}`,
  );
}
