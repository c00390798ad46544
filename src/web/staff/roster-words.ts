import { dateLong, parseDate, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Difference, Noun } from '../../roster/noun.ts';
import { columnName } from '../../roster/columns.ts';
import type { Words } from '../../roster/roster-faults.ts';
import type { Level, Post, Reach, Roster } from '../../roster/roster.ts';

export const reachNames: Readonly<Record<Reach, Text>> = {
  own: text('本人宛て', 'Own mailbox'),
  secretary: text('秘書宛て', 'Secretary’s mailbox'),
  office: text('窓口のみ', 'Office only'),
};
export const officeKinds = {
  centre: text('拠点の窓口', 'Centre office'),
  host: text('ホスト機関の窓口', 'Host office'),
} as const;
export const languageNames = { ja: text('日本語', 'Japanese'), en: text('英語', 'English') } as const;
export const levelNames: Readonly<Record<Level, Text>> = {
  1: text('知識がある', 'knows of it'),
  2: text('専門に近い', 'works in it'),
  3: text('第一人者', 'authority'),
};
export const openEnd = text('定めなし', 'open');
const yesNo: Readonly<Record<string, Text>> = { yes: text('はい', 'Yes'), no: text('いいえ', 'No') };

/** 2024年4月1日(月)～2029年3月31日(土) · from a day that is not known: ～2029年… */
export function termText(from: CalendarDate | null, to: CalendarDate | null): Text {
  const nothing = text('', '');
  const [a, b] = [from ? dateLong(from) : nothing, to ? dateLong(to) : nothing];
  if (from && to) return text(`${a.ja}～${b.ja}`, `${a.en} – ${b.en}`);
  if (from) return text(`${a.ja}～`, `from ${a.en}`);
  return to ? text(`～${b.ja}`, `until ${b.en}`) : text('期間の定めなし', 'no dates');
}

/** The same in tables, where the weekday of a term's first day says nothing: 2024/4/1～2029/3/31 · 1 Apr 2024 – 31 Mar 2029 */
export function termShort(from: CalendarDate | null, to: CalendarDate | null): Text {
  const [a, b] = [from ? dayShort(from) : text('', ''), to ? dayShort(to) : text('', '')];
  return text(`${a.ja}～${b.ja}`, from && to ? `${a.en} – ${b.en}` : from ? `from ${a.en}` : `until ${b.en}`);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
export function dayShort(day: CalendarDate): Text {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return text(`${year}/${month}/${date}`, `${date} ${months[month - 1]} ${year}`);
}

/** Where a post belongs */
export const placeKey = (post: Pick<Post, 'centre' | 'institution'>): string => post.centre ?? post.institution ?? '';

/** Before and after, undefined where there was or is nothing */
export interface Change {
  readonly label: Text;
  readonly before: Text | undefined;
  readonly after: Text | undefined;
}

/** Says the cells of the roster in words: ids by the names of what they mean, days with their weekday, settings by their name */
export class RosterWords {
  readonly #names = new Map<string, Text>();

  constructor(
    roster: Roster,
    readonly words: Words,
  ) {
    const keep = (
      noun: Noun,
      things: readonly { readonly id: string; readonly name?: Text; readonly title?: Text }[],
    ) => {
      for (const thing of things) this.#names.set(`${noun}/${thing.id}`, (thing.name ?? thing.title)!);
    };
    keep('institution', roster.institutions);
    keep('person', roster.people);
    keep('office', roster.offices);
    keep('post', roster.posts);
    for (const { id, acronym } of roster.centres) this.#names.set(`centre/${id}`, text(acronym, acronym));
    for (const { id, post, person } of roster.terms)
      this.#names.set(`term/${id}`, joinTexts([this.name('post', post), this.name('person', person)], '：', ': '));
    for (const { id, person, centre, institution } of roster.conflicts) {
      const other = centre ? this.name('centre', centre) : this.name('institution', institution ?? '');
      this.#names.set(`conflict/${id}`, joinTexts([this.name('person', person), other], ' – ', ' – '));
    }
  }

  /** The id itself where there is nothing of it (any more) */
  name(noun: Noun, id: string): Text {
    return this.#names.get(`${noun}/${id}`) ?? text(id, id);
  }

  field(id: string): Text {
    return own(this.words.fields, id) ?? text(id, id);
  }

  scheme(id: string): Text {
    return own(this.words.schemes, id)?.name ?? text(id, id);
  }

  postKind(id: string): Text {
    return own(this.words.posts, id)?.name ?? text(id, id);
  }

  relation(kind: string): Text {
    return this.words.conflicts.rules.find((rule) => rule.kind === kind)?.name ?? text(kind, kind);
  }

  /** What a relation does to whoever has it */
  binding(kind: string): Text | undefined {
    const rule = this.words.conflicts.rules.find((one) => one.kind === kind);
    if (!rule) return undefined;
    const binds = rule.binds === 'hard' ? text('担当できない', 'rules out') : text('なるべく避ける', 'avoided');
    if (rule.lookBackYears === undefined) return binds;
    return fill(text('{binds}（終了後{n}年間）', '{binds} (for {n} years after)'), { binds, n: rule.lookBackYears });
  }

  /** A cell as a reader wants it */
  cell(noun: Noun, column: string, value: string): Text {
    if (value === '') return text('', '');
    const same = text(value, value);
    const list = (say: (part: string) => Text): Text =>
      joinTexts(
        value.split(';').map((part) => say(part.trim())),
        '、',
      );
    switch (column) {
      case 'centre':
      case 'person':
      case 'post':
      case 'office':
      case 'institution':
        return this.name(column, value);
      case 'employer':
        return this.name('institution', value);
      case 'hosts':
        return list((id) => this.name('institution', id));
      case 'fields':
        return list((part) => this.fieldCell(part));
      case 'scheme':
        return this.scheme(value);
      case 'reach':
        return own(reachNames, value) ?? same;
      case 'language':
        return own(languageNames, value) ?? same;
      case 'overseas':
        return own(yesNo, value) ?? same;
      case 'kind':
        if (noun === 'post') return this.postKind(value);
        return noun === 'conflict' ? this.relation(value) : (own<Text>(officeKinds, value) ?? same);
      case 'adoption_year':
      case 'support_end_year':
        return /^\d{4}$/.test(value) && Number(value) >= 1926 ? fiscalYearLabels(Number(value)).label : same;
      case 'from':
      case 'to':
      case 'ended_on': {
        const day = parseDate(value);
        return day ? dateLong(day) : same;
      }
      default:
        return same;
    }
  }

  private fieldCell(part: string): Text {
    const [id = '', level] = part.split(':');
    return level
      ? fill(text('{field}（{level}）', '{field} ({level})'), { field: this.field(id), level })
      : this.field(id);
  }

  /** What `parts/diff` shows */
  changes(noun: Noun, changes: readonly Difference[]): Change[] {
    const said = (column: string, value: string) => (value === '' ? undefined : this.cell(noun, column, value));
    return changes.map(({ column, before, after }) => ({
      label: columnName(column),
      before: said(column, before),
      after: said(column, after),
    }));
  }
}

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** A post by its title and where it belongs */
export function postOfRoster(post: Post, roster: Roster): Text {
  const centre = roster.centres.find((one) => one.id === post.centre);
  const institution = roster.institutions.find((one) => one.id === post.institution);
  if (centre) return postOf(post.title, text(centre.acronym, centre.acronym));
  return institution ? postOf(post.title, institution.name) : post.title;
}

/** 拠点長（ICReDD） · Centre director, ICReDD */
export const postOf = (title: Text, of: Text): Text =>
  of.ja === '' ? title : text(title.ja.includes(of.ja) ? title.ja : `${title.ja}（${of.ja}）`, `${title.en}, ${of.en}`);
