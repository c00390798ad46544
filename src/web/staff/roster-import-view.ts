import { fill, text, type Text } from '../../kernel/text.ts';
import { columnName } from '../../roster/columns.ts';
import { encodingName, type CsvFault } from '../../roster/csv-text.ts';
import { rules } from '../../roster/noun.ts';
import type { RosterPreview, RowReport, RowState } from '../../roster/roster-preview.ts';
import type { Change, RosterWords } from './roster-words.ts';

export const rowStateNames: Readonly<Record<RowState, Text>> = {
  added: text('追加', 'Added'),
  changed: text('変更', 'Changed'),
  unchanged: text('変更なし', 'Unchanged'),
  fault: text('誤り', 'Faulty'),
};

interface LineView {
  readonly line: number;
  readonly id: string;
  readonly label: Text;
  readonly state: RowState;
  readonly stateName: Text;
  readonly changes: readonly Change[];
  readonly faults: readonly FaultView[];
  readonly warnings: readonly Text[];
}
export interface FaultView {
  readonly line: number;
  readonly column: Text | undefined;
  readonly found: string;
  readonly text: Text;
}
interface FileView {
  readonly name: string;
  readonly kind: Text | undefined;
  readonly encoding: Text | undefined;
  readonly rows: number;
  readonly counts: readonly { readonly name: Text; readonly n: number }[];
  /** Of the file as a whole */
  readonly faults: readonly FaultView[];
  /** Faulty lines first, then what would change; lines that change nothing are only counted */
  readonly lines: readonly LineView[];
  readonly more: number;
  readonly absent: Text | undefined;
}

export interface ImportView {
  readonly files: readonly FileView[];
  readonly counts: RosterPreview['counts'];
  readonly faults: number;
  /** Whether anything would be written */
  readonly writes: boolean;
  readonly summary: Text;
}

/** Lines of one file that are shown: whoever has more to read than that works in the file itself */
const MOST_LINES = 300;
const order: readonly RowState[] = ['fault', 'changed', 'added', 'unchanged'];

export function importView(preview: RosterPreview, words: RosterWords): ImportView {
  const { counts } = preview;
  return {
    files: preview.files.map((file) => fileView(file, preview, words)),
    counts,
    faults: preview.faults.length,
    writes: counts.added + counts.changed > 0,
    summary: fill(
      text(
        '追加{added}件、変更{changed}件、変更なし{unchanged}件、誤りのある行{fault}件',
        '{added} added, {changed} changed, {unchanged} unchanged, {fault} faulty lines',
      ),
      counts,
    ),
  };
}

function fileView(file: RosterPreview['files'][number], preview: RosterPreview, words: RosterWords): FileView {
  const rows = preview.rows.filter((row) => row.file === file.name);
  const inRows = new Set(rows.flatMap((row) => row.faults));
  const shown = rows
    .filter((row) => row.state !== 'unchanged' || row.warnings.length > 0)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.line - b.line);
  const { noun } = file;
  return {
    name: file.name,
    kind: noun ? rules[noun].name : undefined,
    encoding: file.encoding ? encodingName[file.encoding] : undefined,
    rows: file.rows,
    counts: order.map((state) => ({ name: rowStateNames[state], n: rows.filter((row) => row.state === state).length })),
    faults: preview.faults.filter((fault) => fault.file === file.name && !inRows.has(fault)).map(faultView),
    lines: shown.slice(0, MOST_LINES).map((row) => lineView(row, words)),
    more: Math.max(0, shown.length - MOST_LINES),
    absent:
      noun && file.absent > 0
        ? fill(
            text(
              '名簿にあってこのファイルにない{noun}が{n}件あります。読み込んでも変わりません。',
              'The roster has {n} more of this kind ({noun}) than the file names; they stay as they are.',
            ),
            { noun: rules[noun].name, n: file.absent },
          )
        : undefined,
  };
}

const lineView = (row: RowReport, words: RosterWords): LineView => ({
  line: row.line,
  id: row.id,
  label: row.label,
  state: row.state,
  stateName: rowStateNames[row.state],
  changes: words.changes(row.noun, row.changes),
  faults: row.faults.map(faultView),
  warnings: row.warnings,
});

export const faultView = ({ line, column, found, expected }: CsvFault): FaultView => ({
  line,
  column: column === null ? undefined : columnName(column),
  found,
  text: expected,
});
