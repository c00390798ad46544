import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import type { Cells } from '../../roster/cells.ts';
import { rules, type Noun } from '../../roster/noun.ts';
import { searchKey } from '../../roster/names.ts';
import { holderOn, type Roster } from '../../roster/roster.ts';
import { hintOf, isRequired, labelOf, layouts } from './roster-form-layout.ts';
import { languageNames, levelNames, officeKinds, postOfRoster, reachNames, type RosterWords } from './roster-words.ts';

export interface Option {
  readonly value: string;
  readonly label: Text | string;
}

/** A field as `templates/pages/staff/roster-form.liquid` shows it */
export interface FormField {
  readonly name: string;
  readonly label: Text;
  readonly kind: 'text' | 'textarea' | 'select' | 'date' | 'number' | 'tel' | 'check' | 'boxes' | 'levels' | 'several';
  readonly value: string;
  readonly hint?: Text | undefined;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly options?: readonly Option[];
  /** Words of the empty choice; without them there is none */
  readonly any?: Text;
  /** Of `boxes`, `levels` and `several`: one part each */
  readonly parts?: readonly Part[];
  readonly rows?: number;
  readonly lang?: 'ja' | 'en';
}
interface Part {
  readonly name: string;
  readonly label: Text;
  readonly value: string;
  readonly checked?: boolean;
}

export interface FormGroup {
  readonly title: Text;
  readonly rows: readonly (readonly FormField[])[];
}

export interface FormInput {
  readonly roster: Roster;
  readonly day: CalendarDate;
  readonly words: RosterWords;
  /** Whether it is new: it may then be given an id */
  readonly isNew: boolean;
  /** As it is on record: what a form has follows from that and not from what was typed */
  readonly before: Cells;
}

/** The form of a thing with what is in its cells */
export function formOf(noun: Noun, cells: Cells, input: FormInput): FormGroup[] {
  return layouts[noun].map(([title, layout]) => ({
    title,
    rows: layout
      .split('/')
      .map((row) =>
        row
          .trim()
          .split(' ')
          .filter((column) => isShown(noun, column, input.before, input))
          .map((column) => fieldOf(noun, column, cells, input)),
      )
      .filter((row) => row.length > 0),
  }));
}

/** The end of a thing is entered by ending it; once it is there it can be corrected. Terms and conflicts get their id by themselves. */
export function isShown(noun: Noun, column: string, cells: Cells, { isNew }: Pick<FormInput, 'isNew'>): boolean {
  if (column === 'id') return isNew && noun !== 'term' && noun !== 'conflict';
  return column !== 'ended_on' || (!isNew && (cells['ended_on'] ?? '') !== '');
}

function fieldOf(noun: Noun, column: string, cells: Cells, input: FormInput): FormField {
  return {
    name: column,
    label: labelOf(noun, column),
    value: cells[column] ?? '',
    hint: hintOf(noun, column),
    required: isRequired(noun, column),
    ...(column.endsWith('_ja') ? { lang: 'ja' as const } : column.endsWith('_en') ? { lang: 'en' as const } : {}),
    ...shape(noun, column, cells, input),
  };
}

type Shape = Pick<FormField, 'kind'> & Partial<FormField>;
const none = text('（なし）', '(none)');
const choose = text('選んでください', 'Please choose');

function shape(noun: Noun, column: string, cells: Cells, input: FormInput): Shape {
  const { roster, words } = input;
  const value = cells[column] ?? '';
  const select = (options: readonly Option[], any: Text): Shape => ({
    kind: 'select',
    options: withPresent(options, value),
    any,
  });
  switch (column) {
    case 'scheme':
      return select(named(words.words.schemes), choose);
    case 'kind':
      if (noun === 'office') return select(ofTable(officeKinds), choose);
      if (noun === 'post') return select(named(words.words.posts), choose);
      return select(
        words.words.conflicts.rules.map((rule) => ({ value: rule.kind, label: relation(words, rule.kind) })),
        choose,
      );
    case 'reach':
      return select(ofTable(reachNames), choose);
    case 'language':
      return select(ofTable(languageNames), choose);
    case 'centre':
      return select(centres(roster), none);
    case 'institution':
    case 'employer':
      return select(institutions(roster), none);
    case 'office':
      return select(
        roster.offices.map((office) => ({ value: office.id, label: office.name })),
        none,
      );
    case 'post':
      return select(posts(roster, input.day), choose);
    case 'person':
      return select(people(roster), choose);
    case 'hosts':
      return { kind: 'several', options: institutions(roster), any: none, parts: several(value, 3) };
    case 'fields':
      return noun === 'person' ? levels(value, words) : boxes(value, words);
    case 'overseas':
      return { kind: 'check' };
    case 'aliases':
    case 'addresses':
      return { kind: 'textarea', rows: 3, value: value.split(/;\s*/).join('\n') };
    case 'access_ja':
    case 'access_en':
      return { kind: 'textarea', rows: 3 };
    case 'from':
    case 'to':
    case 'ended_on':
      return { kind: 'date' };
    case 'adoption_year':
    case 'support_end_year':
    case 'gate_year':
    case 'duties_accepted':
    case 'rank':
      return { kind: 'number' };
    case 'telephone':
      return { kind: 'tel' };
    default:
      return { kind: 'text' };
  }
}

/** What is there stays choosable, although nobody offers it any more */
const withPresent = (options: readonly Option[], value: string): readonly Option[] =>
  value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];

const named = (table: Readonly<Record<string, { readonly name: Text }>>): Option[] =>
  Object.entries(table).map(([value, { name }]) => ({ value, label: name }));
const ofTable = (table: Readonly<Record<string, Text>>): Option[] =>
  Object.entries(table).map(([value, label]) => ({ value, label }));
const relation = (words: RosterWords, kind: string): Text =>
  fill(text('{name}：{binds}', '{name}: {binds}'), { name: words.relation(kind), binds: words.binding(kind) ?? '' });

const centres = (roster: Roster): Option[] =>
  [...roster.centres]
    .sort((a, b) => b.supportEndYear - a.supportEndYear || a.acronym.localeCompare(b.acronym))
    .map((centre) => ({ value: centre.id, label: centre.acronym }));
const institutions = (roster: Roster): Option[] =>
  roster.institutions.map((institution) => ({ value: institution.id, label: institution.name }));

/** Namesakes are told apart by their id. */
function people(roster: Roster): Option[] {
  const count = new Map<string, number>();
  for (const { name } of roster.people) count.set(name.ja, (count.get(name.ja) ?? 0) + 1);
  return roster.people
    .filter((person) => !person.endedOn)
    .map((person) => ({ person, key: searchKey(person.kana || person.name.en) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ person: { id, name, kana } }) => {
      const twice = (count.get(name.ja) ?? 0) > 1 ? ` [${id}]` : '';
      return { value: id, label: text(`${name.ja}${kana ? `（${kana}）` : ''}${twice}`, `${name.en}${twice}`) };
    });
}

/** Ten officers have one title: whoever holds the post now tells which is meant. */
const posts = (roster: Roster, day: CalendarDate): Option[] =>
  roster.posts
    .filter((post) => !post.endedOn)
    .map((post) => ({
      value: post.id,
      label: fill(text('{post}：{holder}', '{post}: {holder}'), {
        post: postOfRoster(post, roster),
        holder: holderOn(roster, post.id, day)?.name ?? text('空席', 'vacant'),
      }),
    }));

const several = (value: string, most: number): Part[] => {
  const values = value.split(';').map((part) => part.trim());
  return Array.from({ length: most }, (_, n) => ({
    name: 'hosts',
    label: fill(text('{n}番目', 'Number {n}'), { n: n + 1 }),
    value: values[n] ?? '',
  }));
};

/** The chosen ones first, in their order: they are sent as they stand, and a form that nobody touched changes nothing. */
function boxes(value: string, words: RosterWords): Shape {
  const chosen = value
    .split(';')
    .map((part) => part.trim())
    .filter((id) => id !== '');
  const all = [...new Set([...chosen, ...Object.keys(words.words.fields)])];
  return {
    kind: 'boxes',
    parts: all.map((id) => ({ name: 'fields', label: words.field(id), value: id, checked: chosen.includes(id) })),
  };
}

/** One choice of level a field: `fields.physics` */
function levels(value: string, words: RosterWords): Shape {
  const held = new Map(
    value
      .split(';')
      .map((part) => part.split(':').map((piece) => piece.trim()))
      .filter(([id]) => id)
      .map(([id = '', level = '']) => [id, level]),
  );
  const known = Object.keys(words.words.fields);
  const all = [...known, ...[...held.keys()].filter((id) => !known.includes(id))];
  return {
    kind: 'levels',
    any: text('–', '–'),
    options: ([1, 2, 3] as const).map((level) => ({
      value: String(level),
      label: fill(text('{level} {name}', '{level} {name}'), { level, name: levelNames[level] }),
    })),
    parts: all.map((id) => ({ name: `fields.${id}`, label: words.field(id), value: held.get(id) ?? '' })),
  };
}

/** What a form sent, as cells: fields that it does not have keep what they were */
export function cellsFrom(noun: Noun, body: Readonly<Record<string, unknown>>, before: Cells, isNew: boolean): Cells {
  const cells: Record<string, string> = {};
  for (const column of rules[noun].columns) {
    if (column === 'id') continue;
    cells[column] = isShown(noun, column, before, { isNew }) ? sent(noun, column, body) : (before[column] ?? '');
  }
  return cells;
}

function sent(noun: Noun, column: string, body: Readonly<Record<string, unknown>>): string {
  if (noun === 'person' && column === 'fields')
    return Object.entries(body)
      .filter(([name, level]) => name.startsWith('fields.') && typeof level === 'string' && level !== '')
      .map(([name, level]) => `${name.slice('fields.'.length)}:${String(level)}`)
      .join('; ');
  const value = body[column];
  const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
  return values
    .filter((one, n) => n === 0 || one !== '')
    .join('; ')
    .replace(/^; /, '');
}
