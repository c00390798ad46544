import { text } from '../../kernel/text.ts';
import { yearFlags, type Verb } from '../verb.ts';

export const mailVerbs: readonly Verb[] = [
  {
    path: 'release',
    says: text('待っている案内を確かめ、送信する', 'shows the mails that wait, and lets them go'),
    more: text(
      '何も指定しなければ一覧を示す。送信の前に確認を求める。対話できない端末では --yes が必要。',
      'Lists them unless told otherwise. Asks before anything is sent; without a terminal to ask at, --yes is needed.',
    ),
    parameters: [{ name: 'KEY', says: text('送る案内', 'mails to send'), optional: true, many: true }],
    flags: [
      ...yearFlags,
      { name: 'list', says: text('待っている案内を一覧にする（既定）', 'lists what waits (unless told otherwise)') },
      { name: 'preview', value: 'KEY', says: text('届くとおりの内容を示す', 'shows one mail as it will arrive') },
      {
        name: 'out',
        value: 'FILE.eml',
        says: text('--preview のメールをファイルに書く', 'writes the mail of --preview to a file'),
      },
      { name: 'all', says: text('待っている案内をすべて送る', 'sends all that waits') },
      { name: 'yes', says: text('確認せずに送る', 'sends without asking') },
    ],
  },
  {
    path: 'rehearsal on',
    says: text('試行にする：登録した宛先にだけメールが出る', 'rehearsal: mail leaves only for listed addresses'),
    flags: [
      {
        name: 'address',
        value: 'A@B|@DOMAIN',
        says: text('出してよい宛先（省略すると今のまま）', 'who may get mail; unchanged unless told'),
        many: true,
      },
    ],
  },
  {
    path: 'rehearsal off',
    says: text('試行をやめる：メールが実際に出る', 'ends rehearsal: mail leaves for everybody'),
  },
  {
    path: 'rehearsal show',
    says: text('試行の状態と宛先を示す', 'shows whether rehearsal is on, and for whom mail leaves'),
  },
  { path: 'mail pause', says: text('すべてのメールの送信を止める', 'stops all mail') },
  { path: 'mail resume', says: text('メールの送信を再開する', 'lets mail leave again') },
  {
    path: 'mail list',
    says: text('送信するメールと送信したメールを一覧にする', 'lists the mails that wait, were sent or failed'),
    flags: [
      { name: 'state', value: 'STATE', says: text('この状態のものだけ', 'only those in this state'), many: true },
      { name: 'release', value: 'ID', says: text('この送信のものだけ', 'only those of one release') },
      { name: 'page', value: 'N', says: text('ページ（1から）', 'page, from 1') },
      { name: 'size', value: 'N', says: text('1ページの件数（既定 50）', 'mails a page (50)') },
    ],
  },
];
