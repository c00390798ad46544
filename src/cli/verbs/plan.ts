import { text } from '../../kernel/text.ts';
import { yearFlags, type Verb } from '../verb.ts';

const searchFlags = [
  { name: 'seed', value: 'N', says: text('乱数の種（既定 1）', 'seed of the search (1)') },
  {
    name: 'time-limit',
    value: 'SECONDS',
    says: text('計算時間の上限（秒、既定 60）', 'seconds to compute at most (60)'),
  },
  {
    name: 'progress',
    value: 'json',
    says: text(
      '経過を JSON で標準エラーに1秒1行まで出す',
      'progress as JSON on standard error, one line a second at most',
    ),
  },
] as const;

export const planVerbs: readonly Verb[] = [
  {
    path: 'plan',
    says: text(
      '日程と担当を計画する（年度、またはファイル）',
      'computes who meets where on which day, for a year or for a file',
    ),
    more: text(
      '--in を付けるとファイルだけを読み書きし、データベースは使わない。付けなければ、動いている巡りが計算を引き受けるのを数秒待ち、引き受けるものがなければこのコマンドが計算する。Ctrl-C で止めると、その時点で最もよい計画を残す。',
      'With --in only files are read and written and no database is used. Without it, a running application is given a few seconds to take the job; if none does, this command computes it itself. Ctrl-C ends it and keeps the best plan so far.',
    ),
    flags: [
      ...yearFlags,
      ...searchFlags,
      { name: 'in', value: 'FILE', says: text('計画問題（JSON）', 'planning instance (JSON)') },
      { name: 'out', value: 'FILE', says: text('計画の書き込み先', 'where the plan is written') },
      { name: 'threads', value: 'N', says: text('--in のときのスレッド数（既定 2）', 'threads, with --in (2)') },
    ],
    endsItself: true,
  },
  { path: 'plan list', says: text('年度の計画を一覧にする', 'lists the plans of a year'), flags: yearFlags },
  {
    path: 'publish',
    says: text('計画を公開し、会議の日程にする（メールは送らない）', 'turns a plan into meetings; sends no mail'),
    parameters: [
      {
        name: 'PLAN',
        says: text(
          '計画のID（先頭の4文字以上）か latest（既定）',
          'id of a plan, or its first four characters or more; latest unless told',
        ),
        optional: true,
      },
    ],
    flags: yearFlags,
  },
];
