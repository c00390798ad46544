import { daysBetween, type CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import { readDay } from '../roster/cells.ts';
import { readSheet, type CsvFault, type CsvRow, type Encoding, type NamedFile } from '../roster/csv-text.ts';
import { searchKey } from '../roster/names.ts';
import type { Person } from '../roster/roster.ts';
import {
  longestSpan,
  mostOfComment,
  readHalf,
  readState,
  readWeekdays,
  type Half,
  type Span,
  type State,
} from './half-days.ts';

/**
 * The columns of a file of answers, and what else they may be called. `person` is an id or an address; without it the name (and, of
 * namesakes, the kana) must name one person. Either `date`, or `from` and `to`.
 */
const columns: ReadonlyMap<string, readonly string[]> = new Map([
  ['person', ['id', '人', 'person_id', 'email', 'address', 'アドレス', 'メールアドレス']],
  ['name', ['氏名', '名前', 'お名前']],
  ['kana', ['ふりがな', 'フリガナ', 'かな', 'カナ']],
  ['date', ['日付', '日', '月日', 'day']],
  ['from', ['開始日', '始', 'から']],
  ['to', ['終了日', '終', 'まで']],
  ['weekdays', ['曜日', 'weekday']],
  ['half', ['午前午後', '午前・午後', '午前/午後', 'am/pm', '時間帯', '区分']],
  ['state', ['回答', '可否', '○△×', '都合', 'answer']],
  ['comment', ['コメント', '備考', 'note', '理由']],
]);

/** What one line says */
export interface AvailabilityRow {
  readonly line: number;
  /** Null where nobody, or more than one person, is meant */
  readonly person: Person | null;
  readonly label: string;
  /** Null where the line has a fault */
  readonly span: Span | null;
  readonly faults: readonly CsvFault[];
}

export interface AvailabilitySheet {
  readonly file: string;
  readonly encoding: Encoding | null;
  readonly rows: readonly AvailabilityRow[];
  /** Of the file and of its rows, by line */
  readonly faults: readonly CsvFault[];
}

/** So many days in all the spans of a file: more is a mistake, and would fill the memory before anybody saw it. */
const MOST_DAYS = 400_000;

/** Reads a file of answers against the people of a roster. Pure. */
export function readAvailability(people: readonly Person[], file: NamedFile): AvailabilitySheet {
  const sheet = readSheet(file, columns);
  const find = personFinder(people);
  let rows = sheet.rows.map((row) => rowOf(file.name, row, find));
  const days = rows.reduce((sum, { span }) => sum + (span ? daysBetween(span.from, span.to) + 1 : 0), 0);
  const faults = [...sheet.faults];
  if (days > MOST_DAYS) {
    const expected = text(
      '期間の合計が長すぎます。ファイルを分けてください。',
      'The spans are too long in all. Divide the file.',
    );
    faults.push({ file: file.name, line: 0, column: null, found: '', expected });
    rows = [];
  }
  return { file: file.name, encoding: sheet.encoding, rows, faults: [...faults, ...rows.flatMap((row) => row.faults)] };
}

type Found = Person | Text;
const isPerson = (found: Found): found is Person => 'id' in found;

function rowOf(
  file: string,
  { line, cells }: CsvRow,
  find: (cells: CsvRow['cells']) => { column: string; found: Found },
): AvailabilityRow {
  const faults: CsvFault[] = [];
  const cell = (column: string): string => (cells[column] ?? '').trim();
  const fault = (column: string, expected: Text): void => {
    faults.push({ file, line, column, found: cell(column).slice(0, 80), expected });
  };
  const { column, found } = find(cells);
  if (!isPerson(found)) fault(column, found);
  const days = spanDays(cell, fault);
  const weekdays = readWeekdays(cell('weekdays'));
  if (weekdays === undefined)
    fault('weekdays', text('「月・水」「Mon Wed」のように入力してください。', 'Weekdays such as Mon Wed.'));
  const half = readHalf(cell('half'));
  if (!half) fault('half', text('午前・午後・終日のいずれかにしてください。', 'am, pm or all.'));
  const state = readState(cell('state'));
  if (!state) fault('state', text('○・△・×のいずれかにしてください。', 'One of ○ △ × (or o, t, x).'));
  const comment = cell('comment').replace(/\s+/g, ' ');
  if (comment.length > mostOfComment)
    fault('comment', text(`${mostOfComment}文字以内にしてください。`, `At most ${mostOfComment} characters.`));
  const label = isPerson(found) ? found.name.ja : cell('person') || cell('name');
  const right = faults.length === 0 && days;
  const span: Span | null = right
    ? { ...right, half: half as Half | 'all', state: state as State, comment, ...(weekdays ? { weekdays } : {}) }
    : null;
  return { line, person: isPerson(found) ? found : null, label, span, faults };
}

function spanDays(
  cell: (column: string) => string,
  fault: (column: string, expected: Text) => void,
): { from: CalendarDate; to: CalendarDate } | undefined {
  const dayText = text('2027-06-01 のように実在する日付を入力してください。', 'A day that exists, such as 2027-06-01.');
  const [one, other] = cell('date') ? ['date', 'date'] : ['from', cell('to') ? 'to' : 'from'];
  const [from, to] = [readDay(cell(one)), readDay(cell(other))];
  if (!from) fault(one, dayText);
  if (!to && other !== one) fault(other, dayText);
  if (!from || !to) return undefined;
  if (to < from) fault(other, text('終わりが始まりより前です。', 'It ends before it begins.'));
  else if (daysBetween(from, to) >= longestSpan)
    fault(other, text('期間は2年以内にしてください。', 'A span of at most two years.'));
  return { from, to };
}

/** By id, by address, or by a name that only one person has */
function personFinder(people: readonly Person[]): (cells: CsvRow['cells']) => { column: string; found: Found } {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byAddress = Map.groupBy(
    people.flatMap((person) => person.addresses.map((address) => ({ address, person }))),
    ({ address }) => address,
  );
  const named = people.map((person) => ({
    person,
    keys: new Set([person.name.ja, person.name.en, ...person.aliases].map(searchKey)),
    kana: searchKey(person.kana),
  }));
  const one = (found: readonly Person[], typed: string): Found => {
    if (found.length === 1) return found[0]!;
    if (!found.length) return text(`「${typed}」は名簿にいません。`, `The roster has nobody called “${typed}”.`);
    const ids = found.map((person) => person.id).join(', ');
    return text(
      `「${typed}」に当たる人が複数います（${ids}）。IDを入力してください。`,
      `“${typed}” may be any of ${ids}: give the id.`,
    );
  };
  return (cells) => {
    const typed = (cells['person'] ?? '').trim();
    if (typed) {
      const known = byId.get(typed);
      const addressed = (byAddress.get(typed.normalize('NFKC').toLowerCase()) ?? []).map(({ person }) => person);
      return { column: 'person', found: known ?? one(addressed, typed) };
    }
    const name = (cells['name'] ?? '').trim();
    const kana = searchKey(cells['kana'] ?? '');
    if (!name)
      return {
        column: 'person',
        found: text('人のID、アドレスまたは氏名を入力してください。', 'Name a person by id, address or name.'),
      };
    const key = searchKey(name);
    const found = named.filter((person) => person.keys.has(key) && (!kana || person.kana === kana));
    return {
      column: 'name',
      found: one(
        found.map(({ person }) => person),
        name,
      ),
    };
  };
}
