import { text } from '../../kernel/text.ts';
import { dayValue, yearFlags, type Parameter, type Verb } from '../verb.ts';

const key: Parameter = { name: 'KEY', says: text('会議（例 site/icredd）', 'a meeting, such as site/icredd') };
const person: Parameter = {
  name: 'PERSON',
  says: text('人のID（roster list person で調べる）', 'id of a person (see roster list person)'),
};

export const meetingVerbs: readonly Verb[] = [
  { path: 'meeting list', says: text('会議を一覧にする', 'lists the meetings'), flags: yearFlags },
  {
    path: 'meeting show',
    says: text(
      '会議の日時・場所・出席者・回答を示す',
      'shows a meeting: time, place, who is asked, what they answered',
    ),
    parameters: [key],
    flags: yearFlags,
  },
  {
    path: 'meeting set',
    says: text(
      '会議の日時・場所・開催方法などを決める、変える',
      'sets or moves a meeting: day, hours, place, room, mode, link',
    ),
    more: text(
      '指定しないものは今のまま。日時を決めた会議は計画が動かさない（free で戻す）。メールは送らない。',
      'What is not given stays. A day set here is not moved by the planner (see free). No mail is sent.',
    ),
    parameters: [key],
    flags: [
      ...yearFlags,
      { name: 'day', value: dayValue, says: text('初日', 'first day') },
      { name: 'last-day', value: dayValue, says: text('最終日', 'last day') },
      { name: 'from', value: 'HH:MM', says: text('開始時刻（会場の時刻）', 'when it begins, time of the venue') },
      { name: 'to', value: 'HH:MM', says: text('終了時刻', 'when it ends') },
      {
        name: 'day-is',
        value: 'provisional|fixed',
        says: text('仮押さえ（日程の確保だけを頼む）か確定か', 'provisional: people only keep it free; or fixed'),
      },
      { name: 'mode', value: 'on-site|online|hybrid', says: text('開催方法', 'how it is held') },
      { name: 'place-ja', value: 'TEXT', says: text('場所（日本語）', 'place, in Japanese') },
      { name: 'place-en', value: 'TEXT', says: text('場所（英語）', 'place, in English') },
      { name: 'room-ja', value: 'TEXT', says: text('部屋（日本語）', 'room, in Japanese') },
      { name: 'room-en', value: 'TEXT', says: text('部屋（英語）', 'room, in English') },
      { name: 'access-ja', value: 'TEXT', says: text('行き方（日本語）', 'how to get there, in Japanese') },
      { name: 'access-en', value: 'TEXT', says: text('行き方（英語）', 'how to get there, in English') },
      { name: 'note-ja', value: 'TEXT', says: text('備考（日本語）', 'note, in Japanese') },
      { name: 'note-en', value: 'TEXT', says: text('備考（英語）', 'note, in English') },
      {
        name: 'online-url',
        value: 'URL',
        says: text('オンライン会議のURL（空で消す）', 'online address; empty takes it away'),
      },
      {
        name: 'staff',
        value: 'EMAIL|none',
        says: text('担当者（none で年度の担当者）', 'who is in charge; none: whoever is of the year'),
      },
    ],
  },
  {
    path: 'meeting free',
    says: text('日時の固定を解き、計画が動かせるようにする', 'lets the planner move a meeting again'),
    parameters: [key],
    flags: yearFlags,
  },
  { path: 'meeting cancel', says: text('会議を中止する', 'cancels a meeting'), parameters: [key], flags: yearFlags },
  {
    path: 'meeting reinstate',
    says: text('会議の中止を取り消す', 'takes a cancellation back'),
    parameters: [key],
    flags: yearFlags,
  },
  {
    path: 'meeting add',
    says: text('出席者を加える', 'adds a participant'),
    parameters: [key, person],
    flags: [
      ...yearFlags,
      { name: 'seat', value: 'SEAT', says: text('席（例 director）', 'a seat of the meeting, such as director') },
      { name: 'role-ja', value: 'TEXT', says: text('役割（日本語）', 'role, in Japanese') },
      { name: 'role-en', value: 'TEXT', says: text('役割（英語）', 'role, in English') },
      { name: 'side', value: 'visiting|centre', says: text('訪問側か拠点側か', 'visiting side or side of the centre') },
      { name: 'required', says: text('必須の出席者にする', 'they must be there') },
      { name: 'online', says: text('オンラインで出席する', 'they join online') },
    ],
  },
  {
    path: 'meeting replace',
    says: text('出席者を別の人に替える', 'puts another person in the same seat'),
    parameters: [key, person, { name: 'NEW', says: text('新しい人のID', 'id of the new person') }],
    flags: yearFlags,
  },
  {
    path: 'meeting remove',
    says: text('出席者を外す', 'takes a participant out'),
    parameters: [key, person],
    flags: yearFlags,
  },
  {
    path: 'meeting take-part',
    says: text(
      '対面の会議で、お一人だけをオンライン参加に切り替える、戻す',
      'lets one person join a meeting on site online, or come after all',
    ),
    more: text(
      'この方だけに案内の変更が用意され、出欠を改めて伺う。メールは送らない（release で送る）。全員を切り替えるには meeting set --mode。',
      'A changed letter waits for them alone, and they are asked anew. No mail is sent (see release). For everybody: meeting set --mode.',
    ),
    parameters: [key, person, { name: 'HOW', says: text('online か on-site', 'online or on-site') }],
    flags: yearFlags,
  },
  {
    path: 'meeting answer',
    says: text('電話などで聞いた出欠の回答を入力する', 'enters an answer that somebody gave by telephone'),
    parameters: [
      key,
      person,
      {
        name: 'ANSWER',
        says: text(
          'attending（出席） late（遅れて） leaving（途中退席） online proxy（代理） absent（欠席） undecided（調整中）',
          'attending, late, leaving, online, proxy, absent or undecided',
        ),
      },
    ],
    flags: [
      ...yearFlags,
      { name: 'late-from', value: 'HH:MM', says: text('到着時刻', 'when they arrive') },
      { name: 'leaving-at', value: 'HH:MM', says: text('退席時刻', 'when they leave') },
      { name: 'proxy-name', value: 'TEXT', says: text('代理の方の氏名', 'who comes instead') },
      { name: 'proxy-title', value: 'TEXT', says: text('代理の方の役職', 'their title') },
      { name: 'accompanying', value: 'NAME', says: text('同席者', 'who accompanies them'), many: true },
      { name: 'remarks', value: 'TEXT', says: text('備考', 'remarks') },
      { name: 'by', value: 'NAME', says: text('回答を伝えた方', 'who told us') },
    ],
  },
];
