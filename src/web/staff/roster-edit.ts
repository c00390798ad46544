import { createHash } from 'node:crypto';
import type { CalendarDate } from '../../kernel/calendar-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { idPattern, type Cells } from '../../roster/cells.ts';
import { rules, thingsOf, type Noun } from '../../roster/noun.ts';
import type { Roster } from '../../roster/roster.ts';
import type { Faults } from '../faults.ts';
import type { RosterFile } from './roster-desk.service.ts';
import { labelOf } from './roster-form-layout.ts';
import { termText } from './roster-words.ts';

/** At which field a refusal of the roster stands; the others belong to the form as a whole. */
const fieldOfRefusal: Readonly<Record<string, readonly string[]>> = {
  'roster.id-taken': ['id'],
  'roster.id-not-usable': ['id'],
  'roster.acronym-taken': ['acronym'],
  'roster.post-has-holder': ['from'],
  'roster.post-taken': ['from'],
  'roster.term-after-end': ['day'],
  'roster.ends-before-it-begins': ['day', 'to'],
  'roster.still-host': ['day'],
  'roster.office-is-the-only-way': ['day'],
};

/** @param fields of the form at hand */
export function faultsOfRefusal(refusal: Refusal, fields: readonly string[]): Faults {
  const field = (fieldOfRefusal[refusal.code] ?? []).find((one) => fields.includes(one)) ?? 'form';
  return { [field]: refusal.text };
}

/** For the list at the top of a form, where a sentence stands without its field: 「氏名（ローマ字）：入力してください。」 */
export const faultSummary = (noun: Noun, faults: Faults): Faults =>
  Object.fromEntries(
    Object.entries(faults).map(([field, said]) => [
      field,
      field === 'form' ? said : fill(text('{label}：{said}', '{label}: {said}'), { label: labelOf(noun, field), said }),
    ]),
  );

/** What a form was made from, so that two who change one thing at once notice */
export const seenOf = (cells: Cells): string =>
  createHash('sha256').update(JSON.stringify(cells)).digest('base64url').slice(0, 16);

export const changedMeanwhile = text(
  'この画面を開いた後に、ほかの人が変更しました。履歴を確かめ、このまま保存する場合はもう一度「保存」を押してください。',
  'Somebody changed this since you opened it. Look at its history; to save yours all the same, press Save again.',
);

/**
 * A readable id that nothing has yet, from the English name: Taro KAKU → kaku-taro, since the sample and most lists put the surname,
 * written in capitals, first.
 */
export function newIdOf(noun: Noun, cells: Cells, roster: Roster): string | undefined {
  if (noun === 'term' || noun === 'conflict') return undefined;
  const base = slug(sourceOf(noun, cells));
  if (!idPattern.test(base)) return undefined;
  const taken = new Set(thingsOf(roster, noun).map((thing) => thing.id));
  for (let n = 1; n < 1000; n++) {
    const id = n === 1 ? base : `${base.slice(0, 70)}-${n}`;
    if (!taken.has(id)) return id;
  }
  return undefined;
}

function sourceOf(noun: Noun, cells: Cells): string {
  const of = (column: string) => cells[column] ?? '';
  if (noun === 'centre') return of('acronym');
  if (noun === 'post') return [of('kind'), of('centre') || of('institution')].filter(Boolean).join(' ');
  if (noun === 'office') return ['office', of('centre') || of('institution')].join(' ');
  if (noun !== 'person') return of('name_en');
  const words = of('name_en').split(/\s+/);
  const surname = words.filter((word) => word.length > 1 && word === word.toUpperCase());
  return [...surname, ...words.filter((word) => !surname.includes(word))].join(' ');
}

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 75);

/** The title of a post that is not typed is the name of its kind. */
export function completed(noun: Noun, cells: Cells, { words }: Pick<RosterFile, 'words'>): Cells {
  const kind = cells['kind'] ?? '';
  if (noun !== 'post' || !Object.hasOwn(words.words.posts, kind)) return cells;
  const { name } = words.words.posts[kind]!;
  return { ...cells, title_ja: cells['title_ja'] || name.ja, title_en: cells['title_en'] || name.en };
}

/** What the page says that ends a thing */
export interface Ending {
  readonly title: Text;
  readonly label: Text;
  /** What ends with it */
  readonly along: readonly Text[];
  readonly lead: Text;
  /** It has not begun: it can be taken back instead */
  readonly withdrawable: boolean;
}

const leads: Readonly<Record<Noun, Text>> = {
  person: text(
    '退任・離任などで名簿から外れる日を入力します。記録として名簿には残ります。',
    'The last day on which this person belongs to the roster. They stay in it for what they took part in.',
  ),
  post: text('この役職を置かなくなる日を入力します。', 'The last day on which this post exists.'),
  centre: text(
    '拠点そのものがなくなる日を入力します。支援の終了は「変更」で支援終了年度を入力してください。',
    'The last day of the centre itself. When only its support ends, correct the year of that instead.',
  ),
  institution: text(
    'この機関がなくなる日を入力します（統合・改組など）。',
    'The last day of this institution (a merger, say).',
  ),
  office: text('この窓口を使わなくなる日を入力します。', 'The last day on which this office is used.'),
  term: text('任期の最終日を入力します。', 'The last day in office.'),
  conflict: text(
    '関係が終わった日を入力します。終了後に何年考慮するかはプログラムの規則によります。',
    'The day on which the relation ended. For how long it still counts is the programme’s rule.',
  ),
};

export function endingOf(noun: Noun, id: string, file: RosterFile): Ending {
  const { roster, words, day } = file;
  const running = (of: 'post' | 'person', value: string) =>
    roster.terms
      .filter((term) => term[of] === value && (term.to === null || term.to >= day))
      .map((term) =>
        fill(text('任期：{term}（{when}）', 'Term: {term} ({when})'), {
          term: words.name('term', term.id),
          when: termText(term.from, term.to),
        }),
      );
  const posts = roster.posts.filter((post) => noun === 'centre' && post.centre === id && !post.endedOn);
  const offices = roster.offices.filter((office) => noun === 'centre' && office.centre === id && !office.endedOn);
  const term = noun === 'term' ? roster.terms.find((one) => one.id === id) : undefined;
  return {
    title: fill(text('{name}の終了', 'End: {name}'), { name: words.name(noun, id) }),
    label: noun === 'term' ? text('任期の最終日', 'Last day in office') : text('最後の日', 'Last day'),
    lead: leads[noun],
    along: [
      ...(noun === 'person' || noun === 'post' ? running(noun, id) : []),
      ...posts.flatMap((post) => [
        fill(text('役職：{name}', 'Post: {name}'), { name: post.title }),
        ...running('post', post.id),
      ]),
      ...offices.map((office) => fill(text('窓口：{name}', 'Office: {name}'), { name: office.name })),
    ],
    withdrawable: term !== undefined && term.from > day,
  };
}

/** The form of one that does not exist yet begins with what the address gives: `/roster/new/terms?post=…` */
export function givenCells(noun: Noun, query: Readonly<Record<string, unknown>>): Cells {
  const defaults: Readonly<Partial<Record<Noun, Cells>>> = {
    person: { language: 'ja', duties_accepted: '9' },
    office: { language: 'ja' },
    post: { reach: 'own', rank: '0' },
  };
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => rules[noun].columns.includes(entry[0]) && typeof entry[1] === 'string',
  );
  return { ...defaults[noun], ...Object.fromEntries(given.map(([name, value]) => [name, value.slice(0, 300)])) };
}

/** Who holds a post now, said over the form of a successor */
export function presentHolder(roster: Roster, post: string, day: CalendarDate): { name: Text; when: Text } | undefined {
  const term = roster.terms
    .filter((one) => one.post === post && (one.to === null || one.to >= day))
    .sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  const person = roster.people.find((one) => one.id === term?.person);
  return term && person ? { name: person.name, when: termText(term.from, term.to) } : undefined;
}
