import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { dateLong } from '../../kernel/calendar-date.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { hasUnusualDots } from '../../mail/address.ts';
import type { Noun } from '../../roster/noun.ts';
import type { Conflict, Institution, Office, Person, Post } from '../../roster/roster.ts';
import type { CentreView } from '../../roster/roster-views.ts';
import { rosterAddress } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import type { Cell } from './roster-table.ts';
import { languageNames, levelNames, officeKinds, reachNames, termText, type RosterWords } from './roster-words.ts';

/** Name and value; the value line by line */
export interface Fact {
  readonly label: Text;
  readonly lines: readonly Cell[];
}

type Value = Text | string | Cell | undefined | null | false;
const asCell = (value: Exclude<Value, undefined | null | false>): Cell =>
  typeof value === 'string' || 'ja' in value ? { text: value } : value;

/** A fact without a value is left out. */
function fact(ja: string, en: string, ...values: Value[]): Fact[] {
  const lines = values
    .filter((value) => value !== undefined && value !== null && value !== false)
    .map(asCell)
    .filter(
      (cell) => cell.text !== '' && !(typeof cell.text === 'object' && cell.text.ja === '' && cell.text.en === ''),
    );
  return lines.length ? [{ label: text(ja, en), lines }] : [];
}

const link = (words: RosterWords, noun: Noun, id: string | null): Cell | undefined =>
  id === null ? undefined : { text: words.name(noun, id), href: rosterAddress(noun, id) };
const endedFact = (thing: { readonly endedOn?: `${number}-${number}-${number}` | null }): Fact[] =>
  fact('終了日', 'Ended on', thing.endedOn ? dateLong(thing.endedOn) : undefined);
const idFact = (id: string): Fact[] => fact('ID', 'Id', id);

/** Both languages beside each other, where they are not the same */
const both = (value: Text): Text[] =>
  value.ja === value.en ? [value] : [text(value.ja, value.en), text(value.en, value.ja)];

export function centreFacts({ centre, hosts }: CentreView, { words }: Pick<RosterFile, 'words'>): Fact[] {
  const year = (n: number) => fiscalYearLabels(n).label;
  const place = { ja: `${centre.city.ja}　${centre.building.ja}　${centre.room.ja}`.trim(), en: '' };
  const inEnglish = [centre.room.en, centre.building.en, centre.city.en].filter(Boolean).join(', ');
  return [
    ...fact('名称', 'Name', ...both(centre.name)),
    ...fact('区分', 'Scheme', words.scheme(centre.scheme)),
    ...fact(
      '支援期間',
      'Support',
      fill(text('{from}～{to}', '{from} to {to}'), {
        from: year(centre.adoptionYear),
        to: year(centre.supportEndYear),
      }),
      centre.gateYear !== null &&
        fill(text('ステージゲート：{n}年目', 'stage gate in year {n}'), { n: centre.gateYear }),
    ),
    ...fact(
      'ホスト機関',
      'Hosts',
      ...hosts.map((host) => ({ text: host.name, href: rosterAddress('institution', host.id) })),
    ),
    ...fact('分野', 'Fields', ...centre.fields.map((id) => words.field(id))),
    ...fact('訪問先', 'Where a visit takes place', text(place.ja, inEnglish)),
    ...fact('交通案内', 'How to get there', centre.access),
    ...fact('緯度・経度', 'Latitude, longitude', `${centre.latitude}, ${centre.longitude}`),
    ...endedFact(centre),
    ...idFact(centre.id),
  ];
}

export const institutionFacts = (institution: Institution): Fact[] => [
  ...fact('名称', 'Name', ...both(institution.name)),
  ...fact('所在地', 'City', institution.city),
  ...fact('緯度・経度', 'Latitude, longitude', `${institution.latitude}, ${institution.longitude}`),
  ...endedFact(institution),
  ...idFact(institution.id),
];

export function personFacts(person: Person, { words }: Pick<RosterFile, 'words'>): Fact[] {
  const levels = Object.entries(person.fields).sort(([, a], [, b]) => b - a);
  return [
    ...fact('氏名', 'Name', ...both(person.name)),
    ...fact('ふりがな', 'Kana', person.kana),
    ...fact('敬称', 'Title', text(person.honorific.ja, person.honorific.en || person.honorific.ja)),
    ...fact('別表記', 'Other spellings', ...person.aliases),
    ...fact(
      'メールアドレス',
      'Addresses',
      ...person.addresses.map((address, nth) => ({
        text: address,
        href: `mailto:${address}`,
        alarm: hasUnusualDots(address),
        ...(nth === 0 && person.addresses.length > 1 ? { tags: [{ text: text('宛先', 'written to') }] } : {}),
      })),
    ),
    ...fact('電話', 'Telephone', person.telephone),
    ...fact('言語', 'Language', languageNames[person.language]),
    ...fact('時間帯', 'Time zone', {
      text: person.zone,
      tags: person.overseas ? [{ text: text('海外在住', 'lives overseas') }] : [],
    }),
    ...fact(
      '専門分野',
      'Fields',
      ...levels.map(([id, level]) => ({ text: words.field(id), tags: [{ text: levelNames[level] }] })),
    ),
    ...fact('引き受ける件数', 'Duties accepted', fill(text('年{n}件', '{n} a year'), { n: person.dutiesAccepted })),
    ...fact('所属', 'Employer', link(words, 'institution', person.employer)),
    ...endedFact(person),
    ...idFact(person.id),
  ];
}

export const postFacts = (post: Post, { words }: Pick<RosterFile, 'words'>): Fact[] => [
  ...fact('役職名', 'Title', ...both(post.title)),
  ...fact('種別', 'Kind', words.postKind(post.kind)),
  ...fact('拠点', 'Centre', link(words, 'centre', post.centre)),
  ...fact('機関', 'Institution', link(words, 'institution', post.institution)),
  ...fact('連絡方法', 'How it is reached', reachNames[post.reach], post.secretaryAddress),
  ...fact('窓口', 'Office that answers', link(words, 'office', post.office)),
  ...fact('順位（0が先頭）', 'Rank (0 first)', String(post.rank)),
  ...endedFact(post),
  ...idFact(post.id),
];

export const officeFacts = (office: Office, { words }: Pick<RosterFile, 'words'>): Fact[] => [
  ...fact('名称', 'Name', ...both(office.name)),
  ...fact('種別', 'Kind', officeKinds[office.kind]),
  ...fact('拠点', 'Centre', link(words, 'centre', office.centre)),
  ...fact('機関', 'Institution', link(words, 'institution', office.institution)),
  ...fact('メールアドレス', 'Address', { text: office.address, href: `mailto:${office.address}` }),
  ...fact('電話', 'Telephone', office.telephone),
  ...fact('言語', 'Language', languageNames[office.language]),
  ...endedFact(office),
  ...idFact(office.id),
];

export const conflictFacts = (conflict: Conflict, { words }: Pick<RosterFile, 'words'>): Fact[] => [
  ...fact('人', 'Person', link(words, 'person', conflict.person)),
  ...fact('拠点', 'Centre', link(words, 'centre', conflict.centre)),
  ...fact('機関', 'Institution', link(words, 'institution', conflict.institution)),
  ...fact('関係', 'Relation', words.relation(conflict.kind), words.binding(conflict.kind)),
  ...fact('期間', 'Period', termText(conflict.from, conflict.to)),
  ...fact('備考', 'Note', conflict.note),
];
