import { text, type Text } from '../../kernel/text.ts';
import { answeredText } from '../../milestones/answered.ts';
import { attendanceNames, type Answer } from '../../responses/answer.ts';
import type { YearStanding } from './board.ts';
import { channelNames, milestoneWords, owedByNames, type MilestoneWords } from './meeting-words.ts';
import { deadlinesOf, type Deadline } from './today-deadlines.ts';
import type { TodayInput } from './today-task.ts';
import { addressIn, meetingAddress, milestoneAddress } from './year-address.ts';

/** The shape that `parts/cards` shows */
export interface Card {
  readonly label: Text;
  readonly figure: number;
  readonly unit: Text;
  readonly href: string;
  readonly attention: boolean;
}

const things = text('件', '');

export function cardsOf({ year, pending, mails }: TodayInput): Card[] {
  const { cycle, meetings } = year;
  const sum = (count: (one: (typeof meetings)[number]) => number) => meetings.reduce((n, one) => n + count(one), 0);
  const board = addressIn(cycle, 'year-board');
  const card = (label: Text, figure: number, unit: Text, href: string, attention = false): Card => ({
    label,
    figure,
    unit,
    href,
    attention: attention && figure > 0,
  });
  const overdue = deadlinesOf(year).filter((deadline) => deadline.when === 'overdue').length;
  const late = sum(({ standing }) => standing.overdue.length);
  return [
    card(
      text('要件を満たさない会議', 'Rules not kept'),
      sum(({ standing }) => (standing.broken.length > 0 ? 1 : 0)),
      things,
      board,
      true,
    ),
    card(text('回答期限超過', 'Answers overdue'), late, things, addressIn(cycle, 'today', '/answers'), true),
    card(
      text('回答待ち', 'Answers awaited'),
      sum(({ standing }) => standing.unanswered.length) - late,
      things,
      addressIn(cycle, 'today', '/answers'),
    ),
    card(text('送信待ち', 'To release'), pending.count, text('通', 'mails'), addressIn(cycle, 'release')),
    card(
      text('送信失敗・不明', 'Mails failed'),
      mails.failed + mails.uncertain,
      text('通', 'mails'),
      '/mailbox/out?state=failed',
      true,
    ),
    card(
      text('期限超過', 'Deadlines passed'),
      overdue,
      things,
      addressIn(cycle, 'today', '/deadlines?show=overdue'),
      true,
    ),
    card(
      text('日程未定', 'Without a day'),
      sum(({ meeting }) => (meeting.state === 'undated' ? 1 : 0)),
      things,
      board,
    ),
  ];
}

export interface DeadlineLine extends Deadline {
  readonly owner: Text;
  readonly href: string;
  /** For `parts/state` */
  readonly shown: string;
  readonly words: MilestoneWords;
  /** 5名中3名が回答; of what answers settle */
  readonly saidBy: Text | null;
}

const line = (deadline: Deadline): DeadlineLine => ({
  ...deadline,
  owner: owedByNames[deadline.owedBy],
  href: milestoneAddress(deadline.id),
  shown: deadline.when === 'overdue' ? 'overdue' : deadline.answered?.closed ? 'answered' : deadline.state,
  words: milestoneWords(deadline),
  saidBy: deadline.answered ? answeredText(deadline.answered) : null,
});

/** This week and next; of what is overdue the latest few, the rest counted */
export function todayDeadlines(year: YearStanding, most = 5) {
  const all = deadlinesOf(year).map(line);
  const of = (when: Deadline['when']) => all.filter((deadline) => deadline.when === when);
  const overdue = of('overdue');
  return {
    groups: [
      { name: text('期限超過', 'Overdue'), lines: overdue.slice(-most), more: Math.max(0, overdue.length - most) },
      { name: text('今週', 'This week'), lines: of('this-week'), more: 0 },
      { name: text('来週', 'Next week'), lines: of('next-week'), more: 0 },
    ].filter((group) => group.lines.length > 0),
  };
}

const shows = ['open', 'overdue', 'centre', 'officer', 'committee', 'secretariat', 'settled'] as const;
type Show = (typeof shows)[number];

const showNames: Readonly<Record<Show, Text>> = {
  open: text('未了すべて', 'All open'),
  overdue: text('期限超過', 'Overdue'),
  centre: text('拠点', 'Centres'),
  officer: text('PO', 'Officers'),
  committee: text('委員会', 'Committee'),
  secretariat: text('事務局', 'Secretariat'),
  settled: text('完了', 'Settled'),
};

const belongs = (show: Show, deadline: Deadline): boolean => {
  if (show === 'settled') return deadline.when === 'settled';
  if (deadline.when === 'settled') return false;
  return show === 'open' || (show === 'overdue' ? deadline.when === 'overdue' : deadline.owedBy === show);
};

/** All deadlines of the year, by what is asked for in the address */
export function deadlinePage(year: YearStanding, address: string, asked: string | undefined) {
  const show = shows.find((one) => one === asked) ?? 'open';
  const all = deadlinesOf(year).map(line);
  return {
    show,
    tabs: shows.map((one) => ({
      label: showNames[one],
      href: `${address}?show=${one}`,
      current: one === show,
      count: all.filter((deadline) => belongs(one, deadline)).length,
    })),
    lines: all.filter((deadline) => belongs(show, deadline)),
  };
}

type Latest = Answer & { readonly meetingId: string; readonly personId: string };

export function latestAnswers(year: YearStanding, answers: readonly Latest[]) {
  return answers.map((answer) => {
    const meeting = year.meetings.find((one) => one.meeting.id === answer.meetingId)?.meeting;
    const person = year.roster.people.find((one) => one.id === answer.personId);
    return {
      name: person?.name ?? text(answer.personId, answer.personId),
      title: meeting?.title ?? text('', ''),
      attendance: answer.attendance,
      words: attendanceNames[answer.attendance],
      at: answer.at.toISOString(),
      by: answer.givenBy,
      source: channelNames[answer.channel],
      remarks: answer.remarks,
      href: meetingAddress(answer.meetingId, `/people/${answer.attendeeId}`),
    };
  });
}
