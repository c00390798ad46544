import type { Actor } from '../../audit/actor.ts';
import { stateMark, type Span } from '../../availability/half-days.ts';
import { dateLong, parseDate } from '../../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import { nouns } from '../../roster/noun.ts';
import { attendanceNames } from '../../responses/answer.ts';
import { spanWhen } from './availability-view.ts';
import { meetingStateNames, modeNames } from './meeting-words.ts';
import { languageNames, type RosterWords } from './roster-words.ts';
import { roleShort } from './staff-form.ts';

export const verbNames: Readonly<Record<string, Text>> = {
  'roster.add': text('登録', 'added'),
  'roster.correct': text('変更', 'changed'),
  'roster.end': text('終了', 'ended'),
  'roster.succeed': text('後任の登録', 'successor entered'),
  'roster.withdraw': text('取り消し', 'withdrawn'),
  'roster.import': text('CSVの読み込み', 'imported from CSV'),
  'availability.say': text('日程回答の入力', 'availability entered'),
  'availability.unsay': text('日程回答の取り消し', 'availability taken back'),
  'meeting.schedule': text('日程の決定', 'day set'),
  'meeting.set': text('会議の変更', 'meeting changed'),
  'meeting.cancel': text('会議の中止', 'meeting cancelled'),
  'meeting.reinstate': text('中止の取り消し', 'meeting reinstated'),
  'meeting.seat': text('出席者の割り当て', 'seats filled'),
  'attendee.add': text('出席者の追加', 'participant added'),
  'attendee.remove': text('出席者の削除', 'participant removed'),
  'attendee.replace': text('出席者の交代', 'participant replaced'),
  'attendee.take-part': text('オンライン・対面の切り替え（お一人）', 'way to take part changed'),
  'attendee.leave-to-plan': text('出席者の固定を外す', 'seats left to the plan'),
  'responses.record': text('出欠の回答', 'answered'),
  'responses.settle-mail': text('返信の処理', 'reply settled'),
  'mail.stop': text('宛先への送信の停止', 'sending to an address stopped'),
  'mail.resume': text('宛先への送信の再開', 'sending to an address resumed'),
  'milestone.submitted': text('提出の記録', 'marked as submitted'),
  'milestone.waived': text('提出不要とする', 'waived'),
  'milestone.reopen': text('未提出に戻す', 'opened again'),
  'milestone.extend': text('期限の変更', 'deadline changed'),
  'planning.request': text('計画の計算', 'plan requested'),
  'planning.stop': text('計画の中断', 'plan stopped'),
  'planning.discard': text('計画の破棄', 'plan discarded'),
  'planning.publish': text('計画の公開', 'plan published'),
  'planning.rename': text('計画の名前', 'plan renamed'),
  'planning.repair': text('修正案の保存', 'repair kept as a plan'),
  'planning.take-over': text('仮の変更の反映', 'what-if taken over'),
  'planning.move': text('年間予定表での移動', 'moved on the year board'),
  'planning.weights': text('重みの変更', 'weights changed'),
  'planning.apply-change': text('年度の変更', 'year changed'),
  'planning.drop-change': text('年度の変更の取り消し', 'change of the year taken back'),
  'reminders.send': text('催促の送信', 'reminder sent'),
  'reminders.skip': text('催促の取りやめ', 'reminder taken out'),
  'reminders.unskip': text('取りやめの取り消し', 'reminder put back'),
  'reminders.pause': text('催促の停止', 'reminders paused'),
  'reminders.resume': text('催促の再開', 'reminders resumed'),
  'reminders.unsubscribe': text('催促メールの停止', 'reminders by mail switched off'),
  'reminders.subscribe': text('催促メールの再開', 'reminders by mail switched on'),
  'invitations.release': text('案内の送信', 'mails released'),
  'mail.set-policy': text('予行・送信の設定', 'mail settings changed'),
  'mail.withdraw': text('メールの取り下げ', 'mail withdrawn'),
  'mail.retry': text('メールの再送', 'mail sent again'),
  'cycle.open': text('年度の作成', 'year set up'),
  'cycle.window': text('期間の変更', 'window changed'),
  'cycle.in-charge': text('担当者の変更', 'person in charge changed'),
  'identity.add': text('アカウントの追加', 'account added'),
  'identity.change': text('アカウントの変更', 'account changed'),
  'identity.deactivate': text('アカウントの利用停止', 'account deactivated'),
  'identity.activate': text('アカウントの利用再開', 'account activated'),
  'identity.sign-in': text('サインイン', 'signed in'),
  'identity.issue-link': text('サインイン用リンクの発行', 'sign-in link issued'),
  'sample.load': text('見本データの読み込み', 'sample loaded'),
};

export const subjectKinds: Readonly<Record<string, Text>> = {
  meeting: text('会議', 'Meetings'),
  milestone: text('締切', 'Deadlines'),
  availability: text('日程回答', 'Availability'),
  plan: text('計画', 'Plans'),
  release: text('送信', 'Releases'),
  mail: text('メール', 'Mails'),
  incoming: text('返信', 'Replies'),
  'mail-policy': text('予行・送信の設定', 'Mail settings'),
  cycle: text('年度', 'Years'),
  person: text('人', 'People'),
  post: text('役職', 'Posts'),
  term: text('任期', 'Terms'),
  centre: text('拠点', 'Centres'),
  institution: text('機関', 'Institutions'),
  office: text('窓口', 'Offices'),
  conflict: text('利益相反', 'Conflicts of interest'),
  staff: text('職員アカウント', 'Staff accounts'),
  sample: text('見本データ', 'Sample data'),
};

export const actorKinds: Readonly<Record<Actor['kind'], Text | undefined>> = {
  staff: undefined,
  link: text('リンクから', 'through a link'),
  command: text('コマンド', 'command line'),
  system: text('自動', 'automatic'),
};

const keys: Readonly<Record<string, Text>> = {
  state: text('状態', 'State'),
  startsAt: text('開始', 'Begins'),
  endsAt: text('終了', 'Ends'),
  firstDay: text('初日', 'First day'),
  lastDay: text('最終日', 'Last day'),
  mode: text('開催方法', 'How it is held'),
  place: text('場所', 'Place'),
  room: text('部屋', 'Room'),
  access: text('交通案内', 'How to get there'),
  note: text('備考', 'Note'),
  onlineUrl: text('オンライン会議のURL', 'Online address'),
  fixedByStaff: text('日程の固定', 'Day fixed by staff'),
  provisional: text('仮押さえ', 'Provisional'),
  staffInCharge: text('担当者', 'Person in charge'),
  person: text('人', 'Person'),
  people: text('人', 'People'),
  attendance: text('出欠', 'Attendance'),
  channel: text('回答方法', 'How it was given'),
  staff: text('担当者', 'Person in charge'),
  programme: text('プログラム', 'Programme'),
  fiscalYear: text('年度', 'Fiscal year'),
  meetings: text('会議の数', 'Meetings'),
  mails: text('送った数', 'Mails'),
  keptBack: text('予行で送らなかった数', 'Kept back by the rehearsal'),
  rehearsal: text('予行', 'Rehearsal'),
  rehearsalAddresses: text('予行中の宛先', 'Addresses in rehearsal'),
  paused: text('送信の停止', 'Sending paused'),
  extendedTo: text('延長後の期限', 'Extended to'),
  settledAt: text('完了', 'Settled'),
  nameJa: text('氏名（日本語）', 'Name (Japanese)'),
  nameEn: text('氏名（ローマ字）', 'Name (roman letters)'),
  email: text('アドレス', 'Address'),
  telephone: text('電話', 'Telephone'),
  role: text('権限', 'Role'),
  language: text('言語', 'Language'),
  active: text('利用中', 'Active'),
  timeLimit: text('計算時間の上限（秒）', 'Time limit (seconds)'),
  spans: text('回答', 'Answers'),
};
/** Said by the subject itself, or of no use to a reader */
export const silentKeys = new Set(['id', 'cycle', 'cycleId', 'seed', 'standing', 'revision']);

export const keyName = (key: string): Text => keys[key] ?? text(key, key);

export interface ValueWords {
  readonly roster: RosterWords;
  readonly zone: string;
  /** Members of staff by id */
  readonly staff: ReadonlyMap<string, Text>;
}

const nothing = text('', '');
const yesNo = (value: boolean): Text => (value ? text('はい', 'yes') : text('いいえ', 'no'));
const tables: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  attendance: attendanceNames,
  mode: modeNames,
  language: languageNames,
  role: roleShort,
  state: {
    ...meetingStateNames,
    open: text('未提出', 'open'),
    submitted: text('提出済み', 'submitted'),
    waived: text('提出不要', 'waived'),
  },
};

/** A value of a trail entry as a reader wants it; what is not known here is shown as it is stored */
export function valueText(key: string, value: unknown, words: ValueWords): Text {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'number') return text(String(value), String(value));
  if (Array.isArray(value)) return joinTexts(value.map((one) => valueText(key, one, words)));
  if (typeof value !== 'string') return isText(value) ? value : same(JSON.stringify(value));
  const table = tables[key];
  if (table && Object.hasOwn(table, value)) return table[value]!;
  if (key === 'person' || key === 'people') return words.roster.name('person', value);
  if (key === 'staff' || key === 'staffInCharge') return words.staff.get(value) ?? same(value);
  const day = parseDate(value);
  if (day) return dateLong(day);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return momentIn(value, words.zone);
  return same(value);
}

const same = (value: string): Text => text(value, value);
const isText = (value: object): value is Text =>
  typeof (value as Text).ja === 'string' && typeof (value as Text).en === 'string';

/** What was said of some days, a line each: 6月21日(月)～24日(木) × 海外出張 */
export function spansText(value: unknown): Text {
  if (!Array.isArray(value)) return nothing;
  const spans = value as Span[];
  return joinTexts(
    spans.map((span) => {
      const when = spanWhen(span);
      const said = `${stateMark[span.state] ?? ''}${span.comment ? ` ${span.comment}` : ''}`;
      return text(`${when.ja} ${said}`, `${when.en} ${said}`);
    }),
    '\n',
    '\n',
  );
}

export const isNoun = (kind: string): boolean => (nouns as readonly string[]).includes(kind);
