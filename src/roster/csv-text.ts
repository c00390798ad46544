import { parse, CsvError } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { text, type Text } from '../kernel/text.ts';

/** A file as it came in or goes out */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Encoding = 'utf-8' | 'utf-8-bom' | 'shift_jis' | 'utf-16';
export const encodingName: Readonly<Record<Encoding, Text>> = {
  'utf-8': text('UTF-8', 'UTF-8'),
  'utf-8-bom': text('UTF-8（BOM付き）', 'UTF-8 with BOM'),
  shift_jis: text('Shift_JIS（推定）', 'Shift_JIS (guessed)'),
  'utf-16': text('UTF-16', 'UTF-16'),
};

/** What is wrong in a file, and where. Line 1 is the header; 0 means the file as a whole. */
export interface CsvFault {
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly found: string;
  readonly expected: Text;
}

export interface CsvRow {
  /** The line on which it begins */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvSheet {
  readonly file: string;
  readonly encoding: Encoding | null;
  /** Those of the columns asked for that the file has */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly faults: readonly CsvFault[];
}

const MOST_BYTES = 5_000_000;
const MOST_ROWS = 20_000;
const MOST_IN_A_CELL = 10_000;

/**
 * The text of a file. UTF-8 is tried first, since Shift_JIS bytes hardly ever happen to be valid UTF-8; the other way round is common.
 * @returns undefined where it is no text
 */
export function decode(bytes: Uint8Array): { text: string; encoding: Encoding } | undefined {
  const read = (encoding: string, fatal = true): string | undefined => {
    try {
      const decoded = new TextDecoder(encoding, { fatal }).decode(bytes);
      return decoded.includes('\0') ? undefined : decoded;
    } catch {
      return undefined;
    }
  };
  const [a, b, c] = bytes;
  const guesses: [Encoding, string][] =
    (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
      ? [['utf-16', a === 0xff ? 'utf-16le' : 'utf-16be']]
      : [
          [a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8-bom' : 'utf-8', 'utf-8'],
          ['shift_jis', 'shift_jis'],
        ];
  for (const [encoding, name] of guesses) {
    const decoded = read(name);
    if (decoded !== undefined) return { text: decoded, encoding };
  }
  return undefined;
}

/**
 * Reads a table whose first line names its columns, in any order.
 *
 * @param columns the names that are known, each with what else it may be called
 */
export function readSheet({ name: file, bytes }: NamedFile, columns: ReadonlyMap<string, readonly string[]>): CsvSheet {
  const whole = (expected: Text, encoding: Encoding | null = null, line = 0, found = ''): CsvSheet => ({
    file,
    encoding,
    columns: [],
    rows: [],
    faults: [{ file, line, column: null, found, expected }],
  });
  if (bytes.length > MOST_BYTES) return whole(text('5MB以下のファイルにしてください。', 'A file of at most 5 MB.'));
  // "PK": a zip, which is what Excel saves as .xlsx
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return whole(
      text(
        'Excelで「CSV UTF-8」として保存し直してください。',
        'Save it from Excel as “CSV UTF-8” and choose that file.',
      ),
    );
  const decoded = decode(bytes);
  if (!decoded)
    return whole(
      text(
        'UTF-8かShift_JISのCSVファイルにしてください。文字として読めません。',
        'A CSV file in UTF-8 or Shift_JIS: this is not text.',
      ),
    );
  const plain = decoded.text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  try {
    const records = recordsOf(plain);
    if (!records.length)
      return whole(text('1行目に列名が必要です。', 'The first line names the columns.'), decoded.encoding);
    return sheetOf(file, decoded.encoding, records, columns);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return whole(
      text(
        '引用符「"」の閉じ忘れなど、CSVとして読めない箇所があります。',
        'This cannot be read as CSV: a quotation mark may not be closed.',
      ),
      decoded.encoding,
      Number(error['lines'] ?? 0),
      error.code,
    );
  }
}

/** Excel writes commas, tabs (as "Unicode text") or, in some countries, semicolons: the header tells. */
function recordsOf(plain: string): { line: number; values: string[] }[] {
  const header = plain.slice(0, plain.indexOf('\n') + 1 || undefined);
  const delimiter = header.includes('\t') ? '\t' : header.includes(';') && !header.includes(',') ? ';' : ',';
  const found = parse(plain, {
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 200_000,
    to: MOST_ROWS + 2,
  }) as unknown as { info: { lines: number }; record: string[] }[];
  return found.map(({ info, record }) => ({
    line: info.lines - record.reduce((sum, value) => sum + (value.match(/\n/g)?.length ?? 0), 0),
    values: record.map(unguarded),
  }));
}

function sheetOf(
  file: string,
  encoding: Encoding,
  [header, ...records]: { line: number; values: string[] }[],
  columns: ReadonlyMap<string, readonly string[]>,
): CsvSheet {
  const faults: CsvFault[] = [];
  const names = header!.values.map((value) => columnCalled(value, columns));
  header!.values.forEach((found, i) => {
    if (found.trim() === '') return;
    if (!names[i])
      faults.push({
        file,
        line: header!.line,
        column: null,
        found: found.slice(0, 80),
        expected: knownColumns(columns),
      });
    else if (names.indexOf(names[i]) < i)
      faults.push({
        file,
        line: header!.line,
        column: names[i],
        found,
        expected: text('同じ列は1つだけにしてください。', 'Each column once.'),
      });
  });
  if (records.length > MOST_ROWS)
    faults.push({
      file,
      line: 0,
      column: null,
      found: '',
      expected: text(`${MOST_ROWS}行以下にしてください。`, `At most ${MOST_ROWS} lines.`),
    });
  const rows = records.slice(0, MOST_ROWS).filter(({ values }) => values.some((value) => value.trim() !== ''));
  for (const { line, values } of rows) {
    if (values.slice(names.length).some((value) => value.trim() !== ''))
      faults.push({
        file,
        line,
        column: null,
        found: values.slice(names.length).join(' ').slice(0, 80),
        expected: text('列名より多くの値があります。', 'There are more values than columns.'),
      });
    values.forEach((value, i) => {
      if (value.length > MOST_IN_A_CELL)
        faults.push({
          file,
          line,
          column: names[i] ?? null,
          found: value.slice(0, 80),
          expected: text('セルの内容が長すぎます。', 'The cell is too long.'),
        });
    });
  }
  return {
    file,
    encoding,
    columns: names.filter((name) => name !== undefined),
    rows: rows.map(({ line, values }) => ({
      line,
      cells: Object.fromEntries(names.flatMap((name, i) => (name ? [[name, values[i] ?? '']] : []))),
    })),
    faults,
  };
}

function columnCalled(header: string, columns: ReadonlyMap<string, readonly string[]>): string | undefined {
  const called = header.normalize('NFKC').trim().toLowerCase();
  for (const [column, others] of columns)
    if ([column, ...others].some((name) => name.normalize('NFKC').toLowerCase() === called)) return column;
  return undefined;
}

const knownColumns = (columns: ReadonlyMap<string, readonly string[]>): Text => {
  const names = [...columns.keys()].join(', ');
  return text(`列名は次のいずれかです：${names}`, `A column is one of: ${names}`);
};

/**
 * For spreadsheets a cell that begins with = + - @ is a formula, which may fetch or send something (CWE-1236). Such a cell leaves with
 * an apostrophe before it and loses it when it comes back; a negative number is only a number.
 */
export const guarded = (value: string): string =>
  /^'*[=+\-@\t＝＋－＠]/.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
const unguarded = (value: string): string => (/^'+[=+\-@\t＝＋－＠]/.test(value) ? value.slice(1) : value);

/** UTF-8 with BOM, so that Excel does not take it for Shift_JIS; quoted also where a cell has a line break other than the file's own */
export function writeSheet(
  name: string,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): NamedFile {
  const lines = [columns, ...rows.map((row) => columns.map((column) => guarded(row[column] ?? '')))];
  return {
    name,
    bytes: new TextEncoder().encode(stringify(lines, { bom: true, record_delimiter: 'windows', quoted_match: /\n/ })),
  };
}
