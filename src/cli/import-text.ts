import { fill, text, type Language, type Text } from '../kernel/text.ts';
import { columnName } from '../roster/columns.ts';
import { encodingName, type CsvFault } from '../roster/csv-text.ts';
import { rules } from '../roster/noun.ts';
import { faultText } from '../roster/roster-csv.ts';
import type { RosterPreview, RowReport } from '../roster/roster-preview.ts';
import { paragraphs, tableOf } from './terminal-text.ts';

/** A file of ten thousand wrong lines has one cause: the first so many say it */
const MOST_FAULTS = 200;

export function faultTexts(faults: readonly CsvFault[]): Text[] {
  const said = faults.slice(0, MOST_FAULTS).map(faultText);
  const left = faults.length - said.length;
  return left > 0
    ? [...said, fill(text('ほかに{left}件の誤りがあります。', 'There are {left} more faults.'), { left })]
    : said;
}

export const faultsOfPreview = (preview: RosterPreview): Text[] => faultTexts(preview.faults);

export const notWritten = text('何も書き込んでいません（--dry-run）。', 'Nothing was written (--dry-run).');

const stateNames: Readonly<Record<RowReport['state'], Text>> = {
  added: text('追加', 'added'),
  changed: text('変更', 'changed'),
  unchanged: text('変更なし', 'unchanged'),
  fault: text('誤り', 'faulty'),
};

/** What an import would do or did, without the lines that change nothing */
export const previewData = ({ files, rows, counts }: RosterPreview) => ({
  files,
  counts,
  rows: rows.filter((row) => row.state !== 'unchanged'),
});

export function previewText(preview: RosterPreview, written: boolean, language: Language): string {
  const { files, rows, counts } = preview;
  const changed = rows.filter((row) => row.state === 'added' || row.state === 'changed');
  const warnings = rows.flatMap((row) => row.warnings.map((warning) => `${row.id}: ${warning[language]}`));
  return paragraphs(
    tableOf(
      language,
      [text('ファイル', 'File'), text('文字コード', 'Encoding'), text('行', 'Lines')],
      files.map((file) => [file.name, file.encoding && encodingName[file.encoding], file.rows]),
    ),
    changed.length === 0
      ? ''
      : tableOf(
          language,
          [
            text('種類', 'Kind'),
            text('ID', 'ID'),
            text('名前', 'Name'),
            text('結果', 'Result'),
            text('内容', 'What changes'),
          ],
          changed.map((row) => [rules[row.noun].name, row.id, row.label, stateNames[row.state], changesOf(row)]),
        ),
    preview.faults.length === 0
      ? ''
      : faultsOfPreview(preview)
          .map((fault) => fault[language])
          .join('\n'),
    warnings.join('\n'),
    fill(
      text(
        '追加{added}件、変更{changed}件、変更なし{unchanged}件、誤り{fault}件',
        '{added} added, {changed} changed, {unchanged} unchanged, {fault} faulty',
      ),
      counts,
    )[language],
    written ? '' : notWritten[language],
  );
}

const changesOf = (row: RowReport): Text => {
  const said = (language: Language) =>
    row.changes.map(({ column, before, after }) => `${columnName(column)[language]} ${before} → ${after}`).join(', ');
  return { ja: said('ja'), en: said('en') };
};
