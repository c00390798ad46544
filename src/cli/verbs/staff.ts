import { text } from '../../kernel/text.ts';
import type { Flag, Parameter, Verb } from '../verb.ts';

const email: Parameter = { name: 'EMAIL', says: text('担当者のメールアドレス', 'address of the member of staff') };
const accountFlags: readonly Flag[] = [
  { name: 'email', value: 'EMAIL', says: text('メールアドレス', 'address') },
  { name: 'name-ja', value: 'NAME', says: text('氏名（日本語）', 'name in Japanese') },
  { name: 'name-en', value: 'NAME', says: text('氏名（ローマ字）', 'name in roman letters') },
  {
    name: 'telephone',
    value: 'NUMBER',
    says: text('電話番号（案内のメールに載る）', 'telephone number; it stands in invitations'),
  },
  { name: 'language', value: 'ja|en', says: text('使う言語（既定 ja）', 'their language (ja)') },
];

export const staffVerbs: readonly Verb[] = [
  { path: 'staff list', says: text('担当者を一覧にする', 'lists the accounts of staff') },
  {
    path: 'staff add',
    says: text('担当者を登録する', 'adds a member of staff'),
    flags: [
      ...accountFlags,
      {
        name: 'role',
        value: 'administrator|staff|reader',
        says: text('権限（既定 staff）', 'what they may do (staff)'),
      },
    ],
  },
  {
    path: 'staff deactivate',
    says: text(
      '担当者の利用を停止する（サインインもすぐに切れる）',
      'closes an account; whoever is signed in is signed out',
    ),
    parameters: [email],
  },
  {
    path: 'staff activate',
    says: text('停止した担当者の利用を再開する', 'opens a closed account again'),
    parameters: [email],
  },
  {
    path: 'sign-in-link',
    says: text('一度だけ使えるサインイン用リンクを出す', 'prints a link that signs in once'),
    parameters: [
      {
        ...email,
        optional: true,
        says: text(
          '省略すると、組込みのデータベースでは最初の管理者',
          'on the embedded database the first administrator unless told',
        ),
      },
    ],
  },
  {
    path: 'first-administrator',
    says: text(
      '最初の管理者を登録する（管理者がまだいないときだけ）',
      'adds the first administrator, where there is none yet',
    ),
    flags: accountFlags,
  },
  { path: 'config check', says: text('環境変数の設定を確かめる', 'checks the configuration and lists every fault') },
];
