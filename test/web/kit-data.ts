import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { text, type Language, type Text } from '../../src/kernel/text.ts';
import type { Frame } from '../../src/web/frame.ts';
import type { BoardState } from '../../src/web/staff/state-shapes.ts';
import { drawYearBoard, type BoardRow, type YearBoardInput } from '../../src/web/staff/year-board.ts';

/** Made-up data that shows every part of a page. Centres are real, people are not. */

export const kitFrame: Frame = {
  sample: true,
  rehearsal: { addresses: ['hanako.mihon@example.org', 'taro.kaku@example.org'], href: '/kit#rehearsal' },
  staff: {
    name: '見本 花子',
    signOutHref: '/kit',
    programme: { name: text('WPI 年度フォローアップ', 'WPI follow-up'), href: '/kit' },
    years: [
      { year: 2027, href: '/kit?year=2027', current: false },
      { year: 2026, href: '/kit?year=2026', current: true },
    ],
    navigation: [
      { id: 'today', href: '/kit', waiting: 7 },
      { id: 'year-board', href: '/kit' },
      { id: 'new-year', href: '/kit' },
      { id: 'plan', href: '/kit' },
      { id: 'release', href: '/kit', waiting: 24 },
      { id: 'roster', href: '/kit' },
      { id: 'availability', href: '/kit' },
      { id: 'mailbox', href: '/kit' },
    ],
  },
};

const site = text('サイトビジット', 'Site visit');
const hearing = text('ヒアリング', 'Hearing');
const followUp = text('PD・PO訪問', 'PD/PO visit');
const report = text('進捗状況報告書', 'Progress report');
const selfEvaluation = text('自己評価報告書', 'Self-evaluation report');
const answer = text('改善意見への回答', 'Answer to points');

interface Year {
  readonly acronym: string;
  readonly name: Text;
  readonly badge?: Text;
  readonly site: readonly [CalendarDate, CalendarDate, BoardState];
  readonly hearing: readonly [CalendarDate, BoardState];
  readonly followUp: readonly [CalendarDate, CalendarDate, BoardState];
  readonly report: readonly [CalendarDate, BoardState];
}

const interim = text('中間評価', 'Interim evaluation');
const final = text('最終評価', 'Final evaluation');

const years: readonly Year[] = [
  {
    acronym: 'IRCN',
    name: text('ニューロインテリジェンス国際研究機構', 'International Research Center for Neurointelligence'),
    badge: final,
    site: ['2026-06-09', '2026-06-10', 'answered'],
    hearing: ['2026-10-13', 'announced'],
    followUp: ['2026-12-08', '2026-12-08', 'planned'],
    report: ['2026-05-29', 'answered'],
  },
  {
    acronym: 'NanoLSI',
    name: text('ナノ生命科学研究所', 'Nano Life Science Institute'),
    badge: final,
    site: ['2026-06-23', '2026-06-24', 'answered'],
    hearing: ['2026-10-13', 'problem'],
    followUp: ['2027-01-19', '2027-01-19', 'planned'],
    report: ['2026-05-29', 'problem'],
  },
  {
    acronym: 'ICReDD',
    name: text('化学反応創成研究拠点', 'Institute for Chemical Reaction Design and Discovery'),
    site: ['2026-07-02', '2026-07-02', 'answered'],
    hearing: ['2026-10-14', 'announced'],
    followUp: ['2026-12-03', '2026-12-03', 'planned'],
    report: ['2026-06-12', 'answered'],
  },
  {
    acronym: 'ASHBi',
    name: text('ヒト生物学高等研究拠点', 'Institute for the Advanced Study of Human Biology'),
    site: ['2026-07-09', '2026-07-10', 'announced'],
    hearing: ['2026-10-14', 'announced'],
    followUp: ['2026-12-15', '2026-12-15', 'planned'],
    report: ['2026-06-12', 'announced'],
  },
  {
    acronym: 'QUP',
    name: text(
      '量子場計測システム国際拠点',
      'International Center for Quantum-field Measurement Systems for Studies of the Universe and Particles',
    ),
    site: ['2026-07-16', '2026-07-16', 'problem'],
    hearing: ['2026-10-14', 'announced'],
    followUp: ['2027-02-02', '2027-02-02', 'undated'],
    report: ['2026-06-19', 'planned'],
  },
  {
    acronym: 'PRIMe',
    name: text('ヒューマン・メタバース疾患研究拠点', 'Premium Research Institute for Human Metaverse Medicine'),
    badge: interim,
    site: ['2026-07-30', '2026-07-31', 'announced'],
    hearing: ['2026-10-13', 'announced'],
    followUp: ['2027-01-26', '2027-01-26', 'planned'],
    report: ['2026-06-26', 'planned'],
  },
  {
    acronym: 'SKCM2',
    name: text(
      '持続可能性に寄与するキラルノット超物質拠点',
      'International Institute for Sustainability with Knotted Chiral Meta Matter',
    ),
    badge: interim,
    site: ['2026-08-27', '2026-08-28', 'announced'],
    hearing: ['2026-10-13', 'announced'],
    followUp: ['2027-02-16', '2027-02-16', 'planned'],
    report: ['2026-07-24', 'planned'],
  },
  {
    acronym: 'Bio2Q',
    name: text('ヒト生物学-微生物叢-量子計算研究センター', 'Human Biology-Microbiome-Quantum Research Center'),
    badge: interim,
    site: ['2026-09-03', '2026-09-04', 'cancelled'],
    hearing: ['2026-10-14', 'announced'],
    followUp: ['2027-03-02', '2027-03-02', 'planned'],
    report: ['2026-07-31', 'planned'],
  },
  {
    acronym: 'AIMEC',
    name: text('変動海洋エコシステム高等研究所', 'Advanced Institute for Marine Ecosystem Change'),
    site: ['2026-06-01', '2026-09-30', 'undated'],
    hearing: ['2026-10-14', 'announced'],
    followUp: ['2027-03-09', '2027-03-09', 'planned'],
    report: ['2026-08-07', 'undated'],
  },
];

const siteWindow = {
  from: '2026-06-01',
  to: '2026-09-30',
  kind: 'site',
  label: text('サイトビジットの期間', 'Window of site visits'),
} as const;
const followUpWindow = {
  from: '2026-12-01',
  to: '2027-03-12',
  kind: 'pdpo',
  label: text('PD・PO訪問の期間', 'Window of PD/PO visits'),
} as const;

const rows: BoardRow[] = years.map((year) => {
  const id = year.acronym.toLowerCase();
  return {
    centre: {
      id,
      acronym: year.acronym,
      name: year.name,
      href: `/kit?centre=${id}`,
      ...(year.badge && { badge: year.badge }),
    },
    bars: [
      {
        id: `site-${id}`,
        from: year.site[0],
        to: year.site[1],
        kind: 'site',
        label: site,
        state: year.site[2],
        href: '/kit#1',
      },
      {
        id: `hearing-${id}`,
        from: year.hearing[0],
        to: year.hearing[0],
        kind: 'committee',
        label: hearing,
        state: year.hearing[1],
        href: '/kit#2',
      },
      {
        id: `pdpo-${id}`,
        from: year.followUp[0],
        to: year.followUp[1],
        kind: 'pdpo',
        label: followUp,
        state: year.followUp[2],
        href: '/kit#3',
      },
    ],
    bands: [siteWindow, followUpWindow],
    diamonds: [
      { date: year.report[0], label: year.badge ? selfEvaluation : report, state: year.report[1], href: '/kit#4' },
      { date: '2027-01-15', label: answer, state: 'planned', href: '/kit#5' },
    ],
  };
});

export const kitBoard: YearBoardInput = {
  fiscalYear: 2026,
  today: '2026-07-06',
  holidays: [
    ['2026-04-29', '昭和の日', 'Showa Day'],
    ['2026-05-03', '憲法記念日', 'Constitution Memorial Day'],
    ['2026-05-04', 'みどりの日', 'Greenery Day'],
    ['2026-05-05', 'こどもの日', 'Children’s Day'],
    ['2026-05-06', '振替休日', 'Substitute holiday'],
    ['2026-07-20', '海の日', 'Marine Day'],
    ['2026-08-11', '山の日', 'Mountain Day'],
    ['2026-09-21', '敬老の日', 'Respect for the Aged Day'],
    ['2026-09-22', '国民の休日', 'National holiday'],
    ['2026-09-23', '秋分の日', 'Autumnal Equinox Day'],
    ['2026-10-12', 'スポーツの日', 'Sports Day'],
    ['2026-11-03', '文化の日', 'Culture Day'],
    ['2026-11-23', '勤労感謝の日', 'Labour Thanksgiving Day'],
    ['2027-01-01', '元日', 'New Year’s Day'],
    ['2027-01-11', '成人の日', 'Coming of Age Day'],
    ['2027-02-11', '建国記念の日', 'National Foundation Day'],
    ['2027-02-23', '天皇誕生日', 'Emperor’s Birthday'],
    ['2027-03-21', '春分の日', 'Vernal Equinox Day'],
    ['2027-03-22', '振替休日', 'Substitute holiday'],
  ].map(([date, ja, en]) => ({ date: date as CalendarDate, name: text(ja!, en!) })),
  blackouts: [
    { from: '2026-08-08', to: '2026-08-16', name: text('お盆', 'Obon') },
    { from: '2026-12-29', to: '2027-01-03', name: text('年末年始', 'Turn of the year') },
    { from: '2027-01-16', to: '2027-01-17', name: text('大学入学共通テスト', 'Common Test') },
    { from: '2027-02-25', to: '2027-02-26', name: text('個別学力検査', 'Entrance examinations') },
  ],
  programmeRow: {
    centre: { id: 'programme', acronym: text('プログラム', 'Programme'), name: text('全拠点', 'All centres') },
    bars: [
      {
        id: 'committee',
        from: '2026-10-13',
        to: '2026-10-14',
        kind: 'committee',
        label: text('プログラム委員会', 'Program Committee'),
        state: 'announced',
        href: '/kit#6',
      },
    ],
    bands: [siteWindow, followUpWindow],
    diamonds: [
      { date: '2026-04-24', label: text('日程調整の締切', 'Date poll closes'), state: 'answered' },
      { date: '2026-12-09', label: text('フォローアップ報告書の公表', 'Follow-up report published'), state: 'planned' },
    ],
  },
  rows,
};

const days = ['2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09', '2026-07-10', '2026-07-13', '2026-07-14'];
const answers: readonly [Text, string][] = [
  [text('架空 太郎', 'Taro Kaku'), 'yynnmmyyyynnyy'],
  [text('見本 花子', 'Hanako Mihon'), 'mmyyyyyynnnnyy'],
  [text('例示 次郎', 'Jiro Reiji'), 'yyyyyyyyyyyyyy'],
  [text('仮名 良子', 'Ryoko Kamei'), '..............'],
];
const values: Readonly<Record<string, string>> = { y: 'yes', n: 'no', m: 'maybe', '.': 'open' };

export const kitData = (language: Language) => ({
  board: drawYearBoard(kitBoard, language),
  crumbs: [
    { label: text('2026年度', 'FY2026'), href: '/kit' },
    { label: text('サイトビジット', 'Site visits'), href: '/kit' },
    { label: 'ASHBi', href: '/kit' },
  ],
  steps: [
    { label: text('新年度の準備', 'New year'), state: 'done', under: text('2月27日(金)', 'Fri 27 Feb') },
    { label: text('日程回答', 'Availability'), state: 'done', under: text('4月24日(金)', 'Fri 24 Apr') },
    { label: text('計画', 'Plan'), state: 'done' },
    { label: text('通知', 'Release'), state: 'current', under: text('24通が承認待ち', '24 mails wait') },
    { label: text('サイトビジット', 'Site visits'), state: 'todo' },
    { label: text('プログラム委員会', 'Program Committee'), state: 'todo' },
    { label: text('PD・PO訪問', 'PD/PO visits'), state: 'todo' },
  ],
  cards: [
    {
      label: text('要対応', 'Need attention'),
      figure: 7,
      unit: text('件', ''),
      under: text('うち期限超過2件', '2 overdue'),
      href: '/kit',
      attention: true,
    },
    {
      label: text('未回答', 'Not answered'),
      figure: 18,
      unit: text('人', ''),
      under: text('締切 6月12日(金) 17:00', 'by Fri 12 June, 17:00'),
      href: '/kit',
    },
    {
      label: text('承認待ちのメール', 'Mails to approve'),
      figure: 24,
      unit: text('通', ''),
      under: text('日本語19・英語5', '19 Japanese, 5 English'),
      href: '/kit',
    },
    {
      label: text('確定した訪問', 'Visits with a day'),
      figure: '16',
      unit: text('／18', ' of 18'),
      under: text('2件が日程未定', '2 without a day'),
      href: '/kit',
    },
  ],
  tasks: [
    {
      kind: 'bad',
      title: text('ICReDDのサイトビジット：拠点長が欠席と回答', 'ICReDD site visit: the director cannot come'),
      under: text('7月2日(木) 必須の出席者です。', 'Thu 2 July. The director is required.'),
      href: '/kit',
      action: text('対応する', 'Settle'),
    },
    {
      kind: 'warn',
      title: text('AIMECのホスト機関（海洋研究開発機構）が未回答', 'AIMEC: the host JAMSTEC has not answered'),
      under: text('締切は6月12日(金) 17:00でした。', 'It was due Fri 12 June, 17:00.'),
      href: '/kit',
      action: text('見る', 'Open'),
    },
    {
      kind: 'info',
      title: text('今週の締切：PRIMe 自己評価報告書', 'Due this week: PRIMe self-evaluation report'),
      under: text('6月26日(金)', 'Fri 26 June'),
      href: '/kit',
      action: text('見る', 'Open'),
    },
  ],
  states: [
    'undated',
    'planned',
    'scheduled',
    'announced',
    'answered',
    'problem',
    'cancelled',
    'open',
    'submitted',
    'waived',
    'overdue',
  ],
  attendances: ['unanswered', 'attending', 'absent', 'late', 'leaving', 'online', 'proxy', 'undecided'],
  mails: ['held', 'queued', 'sending', 'sent', 'retry', 'uncertain', 'failed', 'bounced', 'withdrawn', 'kept-back'],
  icons:
    'down up next back arrow globe person people check cross info alert stop clock calendar mail download upload print search plus minus edit pin phone video link lock hold undo document list building yes maybe no open late leaving proxy'.split(
      ' ',
    ),
  faults: {
    email: text(
      'メールアドレスの形式で入力してください（例：hanako.mihon@example.org）。',
      'Enter a mail address, for example hanako.mihon@example.org.',
    ),
    day: text('委員会より前の日を選んでください。', 'Choose a day before the committee.'),
  },
  labels: {
    name: text('氏名', 'Name'),
    email: text('メールアドレス', 'Mail address'),
    day: text('実施日', 'Day'),
    from: text('開始', 'From'),
    to: text('終了', 'To'),
    mode: text('実施方法', 'Mode'),
    note: text('備考', 'Remarks'),
    centre: text('拠点', 'Centre'),
    people: text('人数', 'People'),
    file: text('名簿（CSV）', 'Roster (CSV)'),
  },
  modes: [
    { value: 'on-site', label: text('対面', 'On site') },
    { value: 'online', label: text('オンライン', 'Online') },
    { value: 'hybrid', label: text('対面とオンライン', 'On site and online') },
  ],
  people: [
    {
      id: '1',
      name: text('架空 太郎', 'Taro Kaku'),
      kana: 'カクウ タロウ',
      role: text('拠点長', 'Centre director'),
      affiliation: text('京都大学', 'Kyoto University'),
      state: 'attending',
      load: 3,
      at: '2026-06-02T01:12:00Z',
      attention: false,
    },
    {
      id: '2',
      name: text('見本 花子', 'Hanako Mihon'),
      kana: 'ミホン ハナコ',
      role: text('事務部門長', 'Administrative director'),
      affiliation: text('京都大学', 'Kyoto University'),
      state: 'undecided',
      load: 12,
      at: '2026-06-03T05:40:00Z',
      attention: false,
    },
    {
      id: '3',
      name: text('例示 次郎', 'Jiro Reiji'),
      kana: 'レイジ ジロウ',
      role: text('研究担当理事', 'Executive for research'),
      affiliation: text('京都大学', 'Kyoto University'),
      state: 'absent',
      load: 1,
      at: '2026-06-03T05:40:00Z',
      attention: true,
    },
    {
      id: '4',
      name: text('仮名 良子', 'Ryoko Kamei'),
      kana: 'カメイ リョウコ',
      role: text('プログラムオフィサー', 'Programme officer'),
      affiliation: text('名古屋大学', 'Nagoya University'),
      state: 'unanswered',
      load: 5,
      at: null,
      attention: false,
    },
  ],
  grid: {
    days: days.map((day, index) => ({ day, week: index === 0 || index === 5, holiday: false })),
    rows: answers.map(([name, marks]) => ({
      name,
      cells: [...marks].map((mark, index) => ({
        value: values[mark],
        week: index === 0 || index === 10,
        note: mark === 'm' && index % 2 === 0 ? text('15時以降なら可', 'from 15:00') : undefined,
      })),
    })),
  },
  changes: [
    {
      label: text('日時', 'When'),
      before: text('2026年7月9日(木) 10:00～17:00', 'Thu 9 July 2026, 10:00–17:00'),
      after: text('2026年7月10日(金) 10:00～17:00', 'Fri 10 July 2026, 10:00–17:00'),
    },
    {
      label: text('会場', 'Place'),
      before: text('京都大学 吉田キャンパス', 'Kyoto University, Yoshida Campus'),
      after: text('京都大学 桂キャンパス', 'Kyoto University, Katsura Campus'),
    },
    { label: text('オンライン', 'Online link'), before: undefined, after: 'https://meet.example.org/mihon' },
  ],
  entries: [
    {
      at: '2026-06-03T05:40:00Z',
      zone: 'Asia/Tokyo',
      who: text('京都大学 学長室', 'Kyoto University, President’s office'),
      source: text('メールのリンク', 'emailed link'),
      state: 'proxy',
      what: text('代理：架空 三郎（副学長）', 'by Saburo Kaku (vice-president)'),
      note: text('入口は北門をご利用ください。', 'Please use the north gate.'),
    },
    {
      at: '2026-06-01T02:05:00Z',
      zone: 'Asia/Tokyo',
      who: text('見本 花子（事務局）', 'Hanako Mihon (secretariat)'),
      source: text('電話', 'telephone'),
      state: 'undecided',
      what: '',
    },
    {
      at: '2026-05-25T00:00:00Z',
      zone: 'Asia/Tokyo',
      who: text('見本事務局', 'Sample Secretariat'),
      source: text('送信', 'release'),
      state: undefined,
      what: text('出欠の確認を送信', 'Asked for attendance'),
    },
  ],
  tabs: [
    { label: text('拠点ごと', 'By centre'), href: '/kit', current: true, count: 9 },
    { label: text('人ごと', 'By person'), href: '/kit', current: false, count: 64 },
    { label: text('月ごと', 'By month'), href: '/kit', current: false },
  ],
});

export const kitRespondData = {
  contact: {
    name: text('見本事務局 見本 花子', 'Hanako Mihon, Sample Secretariat'),
    telephone: '03-0000-0000',
    email: 'office@example.org',
  },
  asked: ['attending', 'online', 'proxy', 'late', 'undecided', 'absent'],
  days: days.slice(0, 4),
  startsAt: '2026-07-09T01:00:00Z',
  endsAt: '2026-07-09T08:00:00Z',
};
