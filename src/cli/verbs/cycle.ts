import { text } from '../../kernel/text.ts';
import { yearFlags, type Verb } from '../verb.ts';

export const cycleVerbs: readonly Verb[] = [
  { path: 'cycle list', says: text('作成済みの年度を一覧にする', 'lists the fiscal years that were set up') },
  {
    path: 'cycle generate',
    says: text(
      '新しい年度を作成する（会議・期限を理由とともに）',
      'sets up a fiscal year: meetings and deadlines with their reasons',
    ),
    flags: [
      { name: 'programme', value: 'ID', says: text('プログラム（例 wpi）', 'programme, such as wpi') },
      { name: 'year', value: 'YEAR', says: text('年度（西暦4桁）', 'fiscal year in four digits') },
      {
        name: 'option',
        value: 'ID=on|off',
        says: text('プログラムの選択肢を切り替える', 'switches an option of the programme'),
        many: true,
      },
      {
        name: 'window',
        value: 'ID=MM-DD..MM-DD',
        says: text('期間を変える（省略した活動は前年と同じ）', "an activity's window; others are those of last year"),
        many: true,
      },
      {
        name: 'add',
        value: 'ID[/CENTRE]',
        says: text('求めに応じて行う活動を加える', 'adds an activity that takes place on request'),
        many: true,
      },
      { name: 'drop', value: 'KEY', says: text('この行を作らない', 'leaves a generated row out'), many: true },
      { name: 'staff', value: 'EMAIL', says: text('年度の担当者', 'who is in charge of the year') },
      { name: 'dry-run', says: text('何も書き込まず、結果だけを示す', 'writes nothing, says what would be') },
    ],
  },
  {
    path: 'cycle in-charge',
    says: text(
      '年度の担当者を決める(すべてのメールに名前と電話が載る)',
      'says who is in charge of a year; every mail names them',
    ),
    parameters: [{ name: 'EMAIL', says: text('担当者のメールアドレス', 'address of the member of staff') }],
    flags: yearFlags,
  },
];
