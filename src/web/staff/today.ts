import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { dayRange, momentIn } from '../../kernel/zoned-time.ts';
import type { MailState } from '../../mail/delivery.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import type { StandingMeeting, YearStanding } from './board.ts';
import { addressIn, meetingAddress } from './year-address.ts';

/** One line of what needs doing; it leads to where it is settled. The shape that `parts/tasks` shows. */
export interface Task {
  readonly kind: 'bad' | 'warn' | 'info';
  readonly title: Text;
  readonly under: Text | null;
  readonly href: string;
  readonly action: Text;
}

export interface TodayInput {
  readonly year: YearStanding;
  /** Mails that wait for release; the reason why none can be written, where there is one */
  readonly pending: { readonly count: number; readonly problems: number; readonly hindrance: Text | null };
  readonly mails: Readonly<Record<MailState, number>>;
  readonly plan: { readonly state: string; readonly unplaced: number } | undefined;
  readonly availability: { readonly answered: number; readonly asked: number };
}

const counted = (n: number, ja: string, one: string, many: string): Text => fill(text(ja, n === 1 ? one : many), { n });

const daysOf = ({ meeting }: StandingMeeting): Text =>
  meeting.firstDay && meeting.lastDay ? dayRange(meeting.firstDay, meeting.lastDay) : text('日程未定', 'no day yet');

/** Up to so many names; the rest is counted */
function someNames(year: YearStanding, personIds: readonly string[], most = 6): Text {
  const names = personIds.slice(0, most).map((id) => year.roster.people.find((person) => person.id === id)?.name);
  const listed = joinTexts(names.map((name, i) => name ?? text(personIds[i]!, personIds[i]!)));
  const rest = personIds.length - most;
  return rest > 0 ? fill(text('{listed} ほか{rest}名', '{listed} and {rest} more'), { listed, rest }) : listed;
}

const SOON_DAYS = 14;

/** What needs somebody of the secretariat, the worst first */
export function tasksOf(input: TodayInput): Task[] {
  const { year } = input;
  return [
    ...year.meetings.flatMap(brokenRules),
    ...mailTasks(input),
    ...year.meetings.flatMap((one) => overdueAnswers(year, one)),
    ...releaseTask(input),
    ...planTask(input),
    ...undatedTasks(year),
    ...year.meetings.flatMap((one) => undecidedAnswers(year, one)),
    ...awaitedAnswers(year),
  ];
}

const brokenRules = (one: StandingMeeting): Task[] =>
  one.standing.broken.map((broken) => ({
    kind: 'bad',
    title: fill(text('{title}：{words}', '{title}: {words}'), { title: one.meeting.title, words: broken.words }),
    under: daysOf(one),
    href:
      broken.rule === 'vacant'
        ? meetingAddress(one.meeting.id, `/people/add?seat=${broken.seatId}`)
        : meetingAddress(one.meeting.id),
    action: broken.rule === 'vacant' ? text('出席者を選ぶ', 'Choose somebody') : text('会議を開く', 'Open'),
  }));

function overdueAnswers(year: YearStanding, { meeting, standing }: StandingMeeting): Task[] {
  const { overdue, answerBy } = standing;
  if (overdue.length === 0) return [];
  return [
    {
      kind: 'bad',
      title: fill(
        text(
          '{title}：回答期限を過ぎた未回答{n}名',
          overdue.length === 1 ? '{title}: {n} answer is overdue' : '{title}: {n} answers are overdue',
        ),
        { title: meeting.title, n: overdue.length },
      ),
      under: fill(text('{names}（期限 {due}）', '{names} (due {due})'), {
        names: someNames(
          year,
          overdue.map((one) => one.personId),
        ),
        due: momentIn(answerBy!, meeting.zone),
      }),
      href: meetingAddress(meeting.id),
      action: text('回答を見る', 'See answers'),
    },
  ];
}

/** Answers that are due within two weeks meeting by meeting; those that have time in one line, or they would hide everything else */
function awaitedAnswers(year: YearStanding): Task[] {
  const soon = new Date(year.now.getTime() + SOON_DAYS * 86_400_000).toISOString();
  const awaited = year.meetings
    .map(({ meeting, standing }) => ({
      meeting,
      due: standing.overdue.length === 0 ? standing.answerBy : null,
      people: standing.unanswered.filter((one) => !standing.overdue.includes(one)).map((one) => one.personId),
    }))
    .filter(({ people }) => people.length > 0);
  const near = awaited.filter(({ due }) => due !== null && new Date(due).toISOString() <= soon);
  const later = awaited.filter((one) => !near.includes(one));
  const lines = near.map(({ meeting, due, people }): Task => ({
    kind: 'info',
    title: fill(
      text(
        '{title}：回答待ち{n}名',
        people.length === 1 ? '{title}: waiting for {n} answer' : '{title}: waiting for {n} answers',
      ),
      { title: meeting.title, n: people.length },
    ),
    under: fill(text('{names}（期限 {due}）', '{names} (due {due})'), {
      names: someNames(year, people),
      due: momentIn(due!, meeting.zone),
    }),
    href: meetingAddress(meeting.id),
    action: text('回答を見る', 'See answers'),
  }));
  if (later.length === 0) return lines;
  const n = later.reduce((sum, { people }) => sum + people.length, 0);
  return [
    ...lines,
    {
      kind: 'info',
      title: counted(n, '期限までまだ日がある回答待ち{n}件', '{n} answer has time yet', '{n} answers have time yet'),
      under: counted(later.length, '{n}件の会議', 'of {n} meeting', 'of {n} meetings'),
      href: addressIn(year.cycle, 'today', '/answers'),
      action: text('一覧を見る', 'See the list'),
    },
  ];
}

function undecidedAnswers(year: YearStanding, { meeting, standing }: StandingMeeting): Task[] {
  const { undecided } = standing;
  if (undecided.length === 0) return [];
  return [
    {
      kind: 'warn',
      title: fill(text('{title}：調整中{n}名', '{title}: {n} undecided'), {
        title: meeting.title,
        n: undecided.length,
      }),
      under: someNames(
        year,
        undecided.map((one) => one.personId),
      ),
      href: meetingAddress(meeting.id),
      action: text('回答を見る', 'See answers'),
    },
  ];
}

function mailTasks({ mails }: TodayInput): Task[] {
  const line = (state: MailState, kind: Task['kind'], title: Text, under: Text): Task[] =>
    mails[state] === 0
      ? []
      : [{ kind, title, under, href: `/mailbox/out?state=${state}`, action: text('メールを見る', 'See mails') }];
  return [
    ...line(
      'failed',
      'bad',
      counted(mails.failed, '送信できなかったメール{n}通', '{n} mail failed', '{n} mails failed'),
      text('宛先を確かめて、もう一度送るか電話で連絡してください', 'Check the address and send it again, or call'),
    ),
    ...line(
      'uncertain',
      'warn',
      counted(
        mails.uncertain,
        '届いたか不明のメール{n}通',
        '{n} mail may not have arrived',
        '{n} mails may not have arrived',
      ),
      text('送信中に接続が切れました', 'The connection was lost while they were handed over'),
    ),
    ...line(
      'kept-back',
      'info',
      counted(
        mails['kept-back'],
        '予行のため送らなかったメール{n}通',
        '{n} mail was kept back',
        '{n} mails were kept back',
      ),
      text(
        '登録した宛先ではないため、実際には送られていません',
        'Not to listed addresses: in rehearsal they did not leave',
      ),
    ),
  ];
}

function releaseTask({ year, pending }: TodayInput): Task[] {
  const href = addressIn(year.cycle, 'release');
  const action = text('送信の画面へ', 'To release');
  if (pending.hindrance)
    return [
      {
        kind: 'bad',
        title: text('案内を作成できません', 'No mail can be written'),
        under: pending.hindrance,
        href,
        action,
      },
    ];
  if (pending.count === 0) return [];
  const problems =
    pending.problems === 0
      ? text('送るまで、相手には何も伝わりません', 'Until they are released nobody hears of it')
      : counted(
          pending.problems,
          'うち{n}通は宛先などに問題があります',
          '{n} of them cannot be sent as it is',
          '{n} of them cannot be sent as they are',
        );
  return [
    {
      kind: 'warn',
      title: counted(
        pending.count,
        '送信を待っている案内{n}通',
        '{n} mail waits for release',
        '{n} mails wait for release',
      ),
      under: problems,
      href,
      action,
    },
  ];
}

function planTask({ year, plan }: TodayInput): Task[] {
  const href = addressIn(year.cycle, 'plan');
  const action = text('計画を見る', 'See the plan');
  if (plan?.state === 'failed')
    return [{ kind: 'bad', title: text('計画の計算に失敗しました', 'The planner failed'), under: null, href, action }];
  if (plan?.state !== 'ready') return [];
  const unplaced =
    plan.unplaced === 0
      ? null
      : counted(
          plan.unplaced,
          '置けなかった会議が{n}件あります',
          '{n} meeting could not be placed',
          '{n} meetings could not be placed',
        );
  return [
    {
      kind: 'warn',
      title: text('公開していない計画があります', 'A plan is ready and not published'),
      under: unplaced,
      href,
      action,
    },
  ];
}

/** Meetings of one kind in one line: a hundred of them would hide everything else */
function undatedTasks(year: YearStanding): Task[] {
  const undated = year.meetings.filter(({ meeting }) => meeting.state === 'undated');
  return [...Map.groupBy(undated, ({ meeting }) => meeting.activity)].map(([activity, meetings]) => {
    const rule = meetingActivityOf(year.cycle.rules, activity);
    const [first] = meetings;
    const only = meetings.length === 1;
    const wholeId = first!.meeting.partOf;
    return {
      kind: 'warn',
      title: only
        ? fill(text('{title}：日程未定', '{title}: no day yet'), { title: first!.meeting.title })
        : fill(text('{name}：日程未定{n}件', '{name}: {n} without a day'), {
            name: rule?.name ?? first!.meeting.title,
            n: meetings.length,
          }),
      under: only ? null : centresOf(year, meetings),
      href: only
        ? meetingAddress(first!.meeting.id)
        : wholeId
          ? meetingAddress(wholeId)
          : addressIn(year.cycle, rule?.planned ? 'plan' : 'year-board'),
      action: text('日程を決める', 'Set the day'),
    };
  });
}

const centresOf = (year: YearStanding, meetings: readonly StandingMeeting[]): Text =>
  joinTexts(
    meetings.flatMap(({ meeting }) => {
      const acronym = year.roster.centres.find((centre) => centre.id === meeting.centre)?.acronym;
      return acronym ? [text(acronym, acronym)] : [];
    }),
  );
