import { text, type Text } from '../kernel/text.ts';
import { idPattern, sentence, type Cells } from './cells.ts';
import type { CsvFault, CsvRow, Encoding, NamedFile } from './csv-text.ts';
import { cellsOf, differences, nouns, rules, thingsOf, type Difference, type Noun, type Things } from './noun.ts';
import { personWarnings } from './person.ts';
import { naturalKey, readRosterFiles, type RosterSheet } from './roster-csv.ts';
import { rosterFaults, strangeWords, type Words } from './roster-faults.ts';
import type { Person, Roster } from './roster.ts';

export type RowState = 'added' | 'changed' | 'unchanged' | 'fault';

/** What a line of a file would do to the roster */
export interface RowReport {
  readonly file: string;
  readonly line: number;
  readonly noun: Noun;
  /** Empty where the line gives none that can be used */
  readonly id: string;
  readonly label: Text;
  readonly state: RowState;
  readonly changes: readonly Difference[];
  readonly faults: readonly CsvFault[];
  readonly warnings: readonly Text[];
}

export interface FileReport {
  readonly name: string;
  readonly noun: Noun | null;
  readonly encoding: Encoding | null;
  readonly rows: number;
  /** Things of the roster that the file does not name; an import leaves them as they are. */
  readonly absent: number;
}

export interface RosterPreview {
  readonly files: readonly FileReport[];
  readonly rows: readonly RowReport[];
  readonly counts: Readonly<Record<RowState, number>>;
  /** All faults, of files and of rows, in the order of files and lines */
  readonly faults: readonly CsvFault[];
}

/** What an import writes, in an order in which each refers only to what is there */
export interface Change {
  readonly noun: Noun;
  readonly thing: Things[Noun];
  readonly isNew: boolean;
}

interface Draft {
  readonly sheet: RosterSheet & { readonly noun: Noun };
  readonly row: CsvRow;
  readonly id: string;
  readonly before: Things[Noun] | undefined;
  readonly thing: Things[Noun] | undefined;
  readonly faults: CsvFault[];
}

/**
 * What a folder of files would change in a roster, row by row; columns that a file leaves out stay as they are. Pure: the roster may
 * have changed by the time it is written, so whoever writes calls it again.
 *
 * @param newId for terms and conflicts, whose ids nobody chooses
 * @param words of the programme, to warn of others
 */
export function previewOf(
  roster: Roster,
  files: readonly NamedFile[],
  newId: () => string,
  words?: Words,
): { preview: RosterPreview; changes: Change[] } {
  const sheets = readRosterFiles(files);
  const drafts = sheets.flatMap((sheet) => (sheet.noun ? draftsOf(roster, { ...sheet, noun: sheet.noun }, newId) : []));
  const good = settle(roster, drafts);
  const rows = drafts.map((draft) => reportOf(draft, words));
  const counts = { added: 0, changed: 0, unchanged: 0, fault: 0 };
  for (const row of rows) counts[row.state]++;
  const faults = sheets.flatMap((sheet) => [
    ...sheet.faults,
    ...drafts.filter((draft) => draft.sheet.file === sheet.file).flatMap((draft) => draft.faults),
  ]);
  const reports = sheets.map((sheet) => fileReport(roster, sheet, drafts));
  return { preview: { files: reports, rows, counts, faults }, changes: changesOf(good) };
}

function draftsOf(roster: Roster, sheet: RosterSheet & { readonly noun: Noun }, newId: () => string): Draft[] {
  const { noun, file } = sheet;
  const present = new Map(thingsOf(roster, noun).map((thing) => [thing.id, thing]));
  const byKey = new Map(
    [...present.values()].flatMap((thing) => {
      const key = naturalKey(noun, cellsOf(noun, thing as never));
      return key === undefined ? [] : [[key, thing.id] as const];
    }),
  );
  const seen = new Set<string>();
  return sheet.rows.map((row) => {
    const given = (row.cells['id'] ?? '').trim();
    const key = naturalKey(noun, row.cells);
    const id = given || (key === undefined ? '' : (byKey.get(key) ?? newId()));
    const faults: CsvFault[] = [];
    const fault = (column: string, found: string, expected: Text) =>
      faults.push({ file, line: row.line, column, found, expected });
    if (!idPattern.test(id))
      fault(
        'id',
        given,
        text('英小文字・数字・ハイフンのIDを入力してください。', 'An id of small letters, digits and hyphens.'),
      );
    else if (seen.has(id)) fault('id', id, text('同じIDの行が2つあります。', 'Another line has the same id.'));
    seen.add(id);
    const before = present.get(id);
    const cells: Cells = { ...(before ? cellsOf(noun, before as never) : {}), ...row.cells };
    const { id: _, ...rest } = cells;
    const parsed = rules[noun].form.safeParse(rest);
    for (const issue of parsed.error?.issues ?? [])
      fault(String(issue.path[0]), (cells[String(issue.path[0])] ?? '').slice(0, 80), sentence(issue.message));
    const thing = parsed.success && !faults.length ? ({ ...parsed.data, id } as Things[Noun]) : undefined;
    return { sheet, row, id, before, thing, faults };
  });
}

/**
 * Looks at the roster as it would be, and marks the rows that do not fit together; whatever refers to a row that is marked is marked in
 * the next turn.
 * @returns the rows that fit
 */
function settle(roster: Roster, drafts: readonly Draft[]): Draft[] {
  for (;;) {
    const good = drafts.filter((draft) => !draft.faults.length);
    const byThing = new Map(good.map((draft) => [`${draft.sheet.noun}/${draft.id}`, draft]));
    const found = rosterFaults(merged(roster, good)).flatMap((fault) => {
      const draft = byThing.get(`${fault.noun}/${fault.id}`);
      return draft ? [{ draft, fault }] : [];
    });
    if (!found.length) return good;
    for (const { draft, fault } of found)
      draft.faults.push({
        file: draft.sheet.file,
        line: draft.row.line,
        column: fault.column,
        found: fault.found,
        expected: fault.text,
      });
  }
}

function merged(roster: Roster, drafts: readonly Draft[]): Roster {
  const parts = nouns.map((noun) => {
    const things = new Map<string, Things[Noun]>(thingsOf(roster, noun).map((thing) => [thing.id, thing]));
    for (const draft of drafts) if (draft.sheet.noun === noun) things.set(draft.id, draft.thing!);
    return [rules[noun].part, [...things.values()]] as const;
  });
  return Object.fromEntries(parts) as unknown as Roster;
}

const changesIn = ({ before, thing, sheet }: Draft): Difference[] =>
  before && thing ? differences(cellsOf(sheet.noun, before as never), cellsOf(sheet.noun, thing as never)) : [];

function reportOf(draft: Draft, words?: Words): RowReport {
  const { sheet, row, id, before, thing, faults } = draft;
  const changes = changesIn(draft);
  return {
    file: sheet.file,
    line: row.line,
    noun: sheet.noun,
    id,
    label: labelOf(sheet.noun, row.cells),
    state: faults.length ? 'fault' : !before ? 'added' : changes.length ? 'changed' : 'unchanged',
    changes,
    faults,
    warnings: thing
      ? [
          ...(sheet.noun === 'person' ? personWarnings(thing as Person) : []),
          ...(words ? strangeWords(sheet.noun, thing, words) : []),
        ]
      : [],
  };
}

function labelOf(noun: Noun, cells: Cells): Text {
  const of = (column: string) => (cells[column] ?? '').trim();
  if (noun === 'term') return { ja: `${of('post')}：${of('person')}`, en: `${of('post')}: ${of('person')}` };
  if (noun === 'conflict') return { ja: `${of('person')}：${of('kind')}`, en: `${of('person')}: ${of('kind')}` };
  const [ja, en] = noun === 'post' ? [of('title_ja'), of('title_en')] : [of('name_ja'), of('name_en')];
  return { ja: ja || en || of('id'), en: en || ja || of('id') };
}

function fileReport(roster: Roster, sheet: RosterSheet, drafts: readonly Draft[]): FileReport {
  const named = new Set(drafts.filter((draft) => draft.sheet.file === sheet.file).map((draft) => draft.id));
  const absent = sheet.noun ? thingsOf(roster, sheet.noun).filter((thing) => !named.has(thing.id)).length : 0;
  return { name: sheet.file, noun: sheet.noun, encoding: sheet.encoding, rows: sheet.rows.length, absent };
}

const changesOf = (drafts: readonly Draft[]): Change[] =>
  nouns.flatMap((noun) =>
    drafts
      .filter((draft) => draft.sheet.noun === noun && (!draft.before || changesIn(draft).length))
      .map((draft) => ({ noun, thing: draft.thing!, isNew: !draft.before })),
  );
