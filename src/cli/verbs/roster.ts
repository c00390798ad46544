import { text } from '../../kernel/text.ts';
import { dayValue, type Parameter, type Verb } from '../verb.ts';

const noun: Parameter = {
  name: 'NOUN',
  says: text(
    'institution（機関） centre（拠点） person（人） office（窓口） post（役職） term（任期） conflict（利益相反）',
    'institution, centre, person, office, post, term or conflict',
  ),
};
const id: Parameter = {
  name: 'ID',
  says: text('ID（英小文字・数字・ハイフン）', 'its id: small letters, digits, hyphens'),
};
const dryRun = {
  name: 'dry-run',
  says: text('何も書き込まず、結果だけを示す', 'writes nothing, says what would be'),
} as const;
const skipFaulty = {
  name: 'skip-faulty',
  says: text('誤りのある行を飛ばす', 'leaves faulty lines out instead of stopping'),
} as const;

export const rosterVerbs: readonly Verb[] = [
  {
    path: 'roster list',
    says: text('名簿の一種類を一覧にする', 'lists one kind of thing in the roster'),
    parameters: [noun],
    flags: [
      {
        name: 'search',
        value: 'TEXT',
        says: text('名前の一部（濱と浜などは区別しない）', 'part of a name, in any spelling'),
      },
      { name: 'ended', says: text('終了したものも', 'also what has ended') },
    ],
  },
  {
    path: 'roster import',
    says: text('CSVのフォルダーかファイルを名簿に取り込む', 'reads CSV files, or a folder of them, into the roster'),
    parameters: [{ name: 'PATH', says: text('フォルダーまたはCSVファイル', 'a folder, or CSV files'), many: true }],
    flags: [dryRun, skipFaulty],
  },
  {
    path: 'roster export',
    says: text('名簿をCSVのフォルダーに書き出す', 'writes the roster as a folder of CSV files'),
    parameters: [{ name: 'FOLDER', says: text('書き出し先', 'where to write') }],
    flags: [{ name: 'force', says: text('あるファイルに上書きする', 'overwrites files that are there') }],
  },
  {
    path: 'roster set',
    says: text(
      '名簿の一件を加える、または項目を書き換える',
      'adds one thing to the roster, or corrects some of its fields',
    ),
    parameters: [
      noun,
      id,
      {
        name: 'FIELD=VALUE',
        says: text('項目と値（例 telephone=03-0000-0001）', 'fields, such as telephone=03-0000-0001'),
        many: true,
      },
    ],
    flags: [dryRun],
  },
  {
    path: 'roster successor',
    says: text(
      '役職の後任を入力する（前任の任期は前日まで）',
      'enters who follows in a post; the present term ends the day before',
    ),
    parameters: [
      { name: 'POST', says: text('役職のID', 'id of the post') },
      { name: 'PERSON', says: text('後任の人のID', 'id of the person') },
    ],
    flags: [
      { name: 'from', value: dayValue, says: text('就任日', 'first day in office') },
      {
        name: 'to',
        value: dayValue,
        says: text('任期の最終日（省略すると定めなし）', 'last day in office; open unless told'),
      },
    ],
  },
  {
    path: 'roster end',
    says: text('人の退任、役職の廃止などの最終日を入力する', 'ends a person, a post, a term, … on a day'),
    parameters: [noun, id],
    flags: [{ name: 'on', value: dayValue, says: text('最終日', 'the last day') }],
  },
  {
    path: 'availability show',
    says: text('ある人の都合（○△×）を示す', 'shows when a person can come (○ △ ×)'),
    parameters: [{ name: 'PERSON', says: text('人のID', 'id of a person') }],
    flags: [
      { name: 'from', value: dayValue, says: text('この日から', 'from this day') },
      { name: 'to', value: dayValue, says: text('この日まで', 'to this day') },
    ],
  },
  {
    path: 'availability import',
    says: text('都合の回答をCSVから取り込む', 'reads answers (○ △ ×) from a CSV file'),
    parameters: [{ name: 'FILE', says: text('CSVファイル', 'a CSV file') }],
    flags: [dryRun, skipFaulty],
  },
  {
    path: 'availability set',
    says: text('ある人の都合（○△×）を入力する', 'enters when a person can come'),
    parameters: [{ name: 'PERSON', says: text('人のID', 'id of a person') }],
    flags: [
      { name: 'day', value: dayValue, says: text('一日だけのとき', 'one day') },
      { name: 'from', value: dayValue, says: text('期間の初日', 'or from this day') },
      { name: 'to', value: dayValue, says: text('期間の最終日', 'to this day') },
      {
        name: 'half',
        value: 'am|pm|all',
        says: text('午前・午後・終日（既定）', 'morning, afternoon or all day (unless told)'),
      },
      {
        name: 'weekdays',
        value: 'DAYS',
        says: text(
          '曜日（例 「月・水」。期間では平日が既定）',
          'such as “Mon Wed”; of a span Monday to Friday unless told',
        ),
      },
      { name: 'state', value: 'o|t|x', says: text('○ △ × のいずれか', 'can, can if need be, cannot (also ○ △ ×)') },
      { name: 'comment', value: 'TEXT', says: text('コメント', 'a comment') },
      { name: 'telephone', says: text('電話で聞いた', 'it was said by telephone') },
      { name: 'clear', says: text('回答を取り消し、未回答に戻す', 'takes back what was said') },
    ],
  },
];
