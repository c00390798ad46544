import { text, type Text } from '../../kernel/text.ts';
import { columnName } from '../../roster/columns.ts';
import type { Noun } from '../../roster/noun.ts';

/** Which column stands where: rows of a group are separated by `/`, columns beside each other by a space */
export const layouts: Readonly<Record<Noun, readonly (readonly [Text, string])[]>> = {
  centre: [
    [text('名称', 'Name'), 'acronym id / name_ja / name_en'],
    [text('支援', 'Support'), 'scheme / adoption_year support_end_year gate_year / hosts / fields / ended_on'],
    [
      text('訪問先', 'Where a visit takes place'),
      'city_ja city_en / latitude longitude / building_ja building_en / room_ja room_en / access_ja access_en',
    ],
  ],
  institution: [
    [text('名称', 'Name'), 'name_ja name_en / id'],
    [text('所在地', 'Place'), 'city_ja city_en / latitude longitude / ended_on'],
  ],
  person: [
    [text('氏名', 'Name'), 'name_ja kana / name_en / honorific_ja honorific_en / aliases / id'],
    [text('連絡', 'Contact'), 'addresses / telephone language / overseas / zone'],
    [text('専門と担当', 'Fields and duties'), 'fields / duties_accepted employer / ended_on'],
  ],
  office: [
    [text('窓口', 'Office'), 'kind / centre institution / name_ja name_en / id'],
    [text('連絡', 'Contact'), 'address / telephone language / ended_on'],
  ],
  post: [
    [text('役職', 'Post'), 'kind / centre institution / title_ja title_en / rank id'],
    [text('連絡方法', 'How it is reached'), 'reach / secretary_address office / ended_on'],
  ],
  term: [[text('任期', 'Term'), 'post / person / from to']],
  conflict: [[text('利益相反', 'Conflict of interest'), 'person / centre institution / kind / from to / note']],
};

const hints: Readonly<Record<string, Text>> = {
  id: text(
    '空欄なら英語の名称から付けます。英小文字・数字・ハイフン。後から変更できません。',
    'Left empty it is made from the English name. Small letters, digits, hyphens; it cannot be changed later.',
  ),
  'person.name_ja': text('姓と名の間に空白を入れてください。', 'Surname first, with a space.'),
  'person.name_en': text('例：Taro KAKU', 'Such as Taro KAKU'),
  aliases: text(
    '旧姓、異体字、別のローマ字表記など。1行に1つ',
    'Former names, variant characters, other spellings; one a line',
  ),
  addresses: text('1行に1つ。最初の行のアドレスに送ります。', 'One a line; mail goes to the first.'),
  zone: text('日本在住なら空欄で構いません。例：Europe/Paris', 'May be empty in Japan. Such as Europe/Paris'),
  duties_accepted: text('1年に引き受ける担当の上限', 'Most duties in a year'),
  gate_year: text(
    '採択年度を1年目として。区分にステージゲートがある場合',
    'Counted from the year of adoption; where the scheme has one',
  ),
  hosts: text('1～3機関。最初の機関が代表して回答します。', 'One to three; the first answers for the centre.'),
  latitude: text('度。例：35.6812', 'Degrees, such as 35.6812'),
  longitude: text('度。例：139.7671', 'Degrees, such as 139.7671'),
  rank: text('同じ種別の中の順番。0が先頭', 'Order within the kind, 0 first'),
  secretary_address: text(
    '「秘書宛て」の場合、このアドレスに案内を送ります。',
    'Where it is reached through the secretary.',
  ),
  'post.title_ja': text('空欄なら種別の名称になります。', 'Left empty it is the name of the kind.'),
  'post.title_en': text('空欄なら種別の名称になります。', 'Left empty it is the name of the kind.'),
  'post.office': text('この役職の回答を取りまとめる窓口', 'The office that answers for this post'),
  'post.centre': text('拠点の役職の場合', 'For a post of a centre'),
  'post.institution': text('機関の役職の場合', 'For a post of an institution'),
  'conflict.centre': text('拠点か機関のどちらか一方', 'A centre or an institution, one of the two'),
  'conflict.from': text('わからない場合は空欄', 'May be left empty'),
  'conflict.to': text('続いている場合は空欄', 'Empty while it goes on'),
  'term.from': text('就任する日', 'First day in office'),
  'term.to': text('最終日。決まっていなければ空欄', 'Last day; empty while it is open'),
  ended_on: text('消すと、再び有効になります。', 'Clear it to take the end back.'),
};

const required: Readonly<Record<Noun, string>> = {
  centre: 'acronym name_ja name_en scheme adoption_year support_end_year hosts latitude longitude',
  institution: 'name_ja name_en latitude longitude',
  person: 'name_ja name_en language duties_accepted',
  office: 'kind name_ja name_en address language',
  post: 'kind reach rank',
  term: 'post person from',
  conflict: 'person kind',
};

const labels: Readonly<Record<string, Text>> = {
  'person.name_ja': text('氏名（日本語）', 'Name (Japanese)'),
  'person.name_en': text('氏名（ローマ字）', 'Name (roman letters)'),
  'centre.name_ja': text('名称（日本語）', 'Name (Japanese)'),
  'institution.name_ja': text('名称（日本語）', 'Name (Japanese)'),
  'office.name_ja': text('名称（日本語）', 'Name (Japanese)'),
  'centre.name_en': text('名称（英語）', 'Name (English)'),
  'institution.name_en': text('名称（英語）', 'Name (English)'),
  'office.name_en': text('名称（英語）', 'Name (English)'),
  'conflict.kind': text('関係', 'Relation'),
  'conflict.to': text('終わった日', 'Until'),
  'term.to': text('最終日', 'Last day'),
};

export const labelOf = (noun: Noun, column: string): Text => labels[`${noun}.${column}`] ?? columnName(column);
export const hintOf = (noun: Noun, column: string): Text | undefined => hints[`${noun}.${column}`] ?? hints[column];
export const isRequired = (noun: Noun, column: string): boolean => required[noun].split(' ').includes(column);
