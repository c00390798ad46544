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

const inFlag = { name: 'in', value: 'FILE', says: text('計画問題（JSON）', 'planning instance (JSON)') } as const;
const planFlag = {
  name: 'plan',
  value: 'FILE|ID',
  says: text(
    '計画：--in のときはファイル、年度のときは計画のID（先頭の4文字以上）か latest（既定）',
    'the plan: a file with --in; of a year its id (its first four characters or more) or latest, which it is unless told',
  ),
} as const;
const mostFlag = (usual: number) => ({
  name: 'most',
  value: 'N',
  says: text(`答えの数の上限（既定 ${usual}）`, `answers at most (${usual})`),
});
const timeFlag = {
  name: 'time-limit',
  value: 'SECONDS',
  says: text('計算時間の上限（秒、既定 20）', 'seconds to compute at most (20)'),
};
const yesFlag = { name: 'yes', says: text('確認せずに書き込む', 'writes without asking') };
const orderFlag = {
  name: 'order',
  value: 'PART,PART',
  says: text(
    '先に大切な項目（例 --order trip,change --order load。none で重みの合計に戻す）',
    'parts that come first, such as --order trip,change --order load; none: all are added up',
  ),
  many: true,
} as const;
const planWord = {
  name: 'PLAN',
  says: text('計画のID（先頭の4文字以上）か latest', 'id of a plan, or its first four characters or more, or latest'),
};
const troubleFlags = [
  {
    name: 'storm',
    value: '[PLACE=]DAYS',
    says: text(
      'その日は移動できない（台風など）。PLACE は拠点のID、都市の英語名、全拠点の会議（例 committee）。省略するとすべて。DAYS は 2027-09-07 か 2027-09-07..2027-09-08',
      'nobody can travel then (a typhoon). PLACE: id of a centre, a city, or a meeting of all, such as committee; everywhere unless told. DAYS: 2027-09-07 or 2027-09-07..2027-09-08',
    ),
    many: true,
  },
  {
    name: 'ill',
    value: 'PERSON=DAYS',
    says: text('その人はその日に出られない', 'somebody cannot come then'),
    many: true,
  },
  {
    name: 'closed',
    value: '[PLACE=]DAYS',
    says: text('その日に会議を開けない', 'nothing can be held then'),
    many: true,
  },
] as const;
const readsFiles = text(
  '--in を付けるとファイルだけを読み、データベースは使わない。付けなければ年度について答える。',
  'With --in only files are read and no database is used. Without it, the answer is about the year.',
);

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
      orderFlag,
      { name: 'threads', value: 'N', says: text('--in のときのスレッド数（既定 2）', 'threads, with --in (2)') },
    ],
    endsItself: true,
  },
  { path: 'plan list', says: text('年度の計画を一覧にする', 'lists the plans of a year'), flags: yearFlags },
  {
    path: 'plan alternatives',
    says: text(
      '一つの会議を別の日にした場合の費用の差、またはできない理由を示す',
      'says for each day of one meeting what it would cost more, or what forbids it',
    ),
    more: readsFiles,
    flags: [
      ...yearFlags,
      inFlag,
      planFlag,
      { name: 'meeting', value: 'KEY', says: text('会議（例 site/c3）', 'meeting, such as site/c3') },
    ],
  },
  {
    path: 'plan why',
    says: text(
      '計画がそうなっている理由と、次によい日や人を示す',
      'says why a plan is as it is, and which day and person would be next',
    ),
    more: readsFiles,
    flags: [
      ...yearFlags,
      inFlag,
      planFlag,
      {
        name: 'meeting',
        value: 'KEY',
        says: text(
          'これだけ（会議、担当、部会、ヒアリング）',
          'only this one: a meeting, assignment, panel or hearing',
        ),
      },
    ],
  },
  {
    path: 'plan relax',
    says: text(
      'すべてを決めるために、だれに何をお願いすればよいかを示す',
      'says who could be asked for what, so that everything can be decided',
    ),
    more: text(
      '--in を付けるとファイルだけを読み、データベースは使わない。付けなければ年度について答える。--apply N は、了承を得たN番の答えを年度に書き込む。',
      'With --in only files are read and no database is used. Without it, the answer is about the year; --apply N writes the N-th answer into it, once everybody has agreed.',
    ),
    flags: [
      ...yearFlags,
      inFlag,
      planFlag,
      mostFlag(5),
      timeFlag,
      { name: 'apply', value: 'N', says: text('N番の答えを年度に書き込む', 'writes the N-th answer into the year') },
      yesFlag,
    ],
  },
  {
    path: 'plan repair',
    says: text(
      '公開した計画からの変更が少ない計画を示す（--take のほかは何も書き込まない）',
      'finds plans that change little of what stands; writes nothing but with --take',
    ),
    more: text(
      '--in を付けるとファイルだけを読み、データベースは使わない。付けなければ年度について答える。年度がまだ知らないことは --storm、--ill、--closed で伝える。',
      'With --in only files are read and no database is used. Without it, the answer is about the year. What the year does not know yet is told by --storm, --ill and --closed.',
    ),
    flags: [
      ...yearFlags,
      inFlag,
      ...troubleFlags,
      mostFlag(3),
      timeFlag,
      {
        name: 'take',
        value: 'N',
        says: text('N番の答えを計画として残す（公開はしない）', 'keeps the N-th answer as a plan, not yet published'),
      },
    ],
  },
  {
    path: 'plan compare',
    says: text(
      '二つの計画の違いと、それぞれの費用の差を示す',
      'says how two plans differ, and what each difference costs',
    ),
    parameters: [
      { ...planWord, name: 'A' },
      { name: 'B', says: text('もう一つの計画', 'another plan') },
    ],
    flags: yearFlags,
  },
  {
    path: 'plan weights',
    says: text('費用の重みを示す、または変える', 'shows how the parts of the cost count, or sets them'),
    more: text(
      '100% がプログラムの定めた重み。変えた重みは、この年度の次の計画から使われる。',
      '100% is what the programme says. Weights that are set count from the year’s next plan on.',
    ),
    flags: [
      ...yearFlags,
      {
        name: 'set',
        value: 'NAME=PERCENT',
        says: text('項目の重み（例 trip=150。繰り返せる）', 'weight of a part, such as trip=150; may be repeated'),
        many: true,
      },
      orderFlag,
    ],
  },
  {
    path: 'plan rules',
    says: text(
      'この年度だけの取り決めを一覧にする、取り消す',
      'lists what was decided for this year only, and takes it back',
    ),
    flags: [
      ...yearFlags,
      { name: 'drop', value: 'N', says: text('N番の取り決めを取り消す', 'takes the N-th of them back') },
    ],
  },
  {
    path: 'plan what-if',
    says: text(
      '年度の写しに変更を加えて計画する（年度は変わらない）',
      'plans a copy of the year with changes; the year stays',
    ),
    more: text(
      '変更は JSON で指定する。例：{"change":"half-days","person":"…","from":"2027-09-01","to":"2027-09-14","half":"all","state":"x"}、{"change":"window","of":"site","to":"2027-10-08"}、{"change":"weight","part":"trip","percent":200}。計画を採るには meguri plan take-over、それから meguri publish。',
      'Changes are JSON, such as {"change":"half-days","person":"…","from":"2027-09-01","to":"2027-09-14","half":"all","state":"x"}, {"change":"window","of":"site","to":"2027-10-08"}, {"change":"weight","part":"trip","percent":200}. The plan that comes out is taken over by meguri plan take-over, then meguri publish.',
    ),
    flags: [
      ...yearFlags,
      ...searchFlags,
      { name: 'change', value: 'JSON', says: text('変更（繰り返せる）', 'a change; may be repeated'), many: true },
      { name: 'name', value: 'NAME', says: text('計画の名前', 'what the plan is called') },
    ],
    endsItself: true,
  },
  {
    path: 'plan take-over',
    says: text(
      '写しの変更や、修正案に要ることを年度に書き込む',
      'writes the changes of a copy, or what a repair needs, into the year',
    ),
    parameters: [planWord],
    flags: [...yearFlags, yesFlag],
  },
  {
    path: 'plan stop',
    says: text('計算を止める（その時点の計画は残る）', 'ends a computation; its best plan is kept'),
    parameters: [planWord],
    flags: yearFlags,
  },
  {
    path: 'plan discard',
    says: text('計画を破棄する', 'throws a plan away'),
    parameters: [planWord],
    flags: yearFlags,
  },
  {
    path: 'plan rename',
    says: text('計画に名前を付ける', 'gives a plan a name'),
    parameters: [planWord, { name: 'NAME', says: text('名前', 'its name') }],
    flags: yearFlags,
  },
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
    flags: [
      ...yearFlags,
      {
        name: 'provisional',
        says: text(
          '新しい日をまず仮押さえとする（日程の確保だけを頼む）',
          'new days are provisional first: people only keep them free',
        ),
      },
    ],
  },
];
