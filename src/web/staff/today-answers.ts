import { fill, text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import { attendanceNames } from '../../responses/answer.ts';
import { doubtNames } from '../../responses/doubt.ts';
import type { StandingMeeting, YearStanding } from './board.ts';
import { counted, someNames, type Task, type TodayInput } from './today-task.ts';
import { addressIn, meetingAddress } from './year-address.ts';

const SOON_DAYS = 14;

export const doubtedAnswers = ({ year, doubted }: TodayInput): Task[] =>
  doubted.map(({ meetingId, personId, title, attendance, reason }) => ({
    kind: 'warn',
    title: fill(
      text('{title}：{person} 確認待ちの回答（{answer}）', '{title}: unconfirmed answer of {person} ({answer})'),
      {
        title,
        person: someNames(year, [personId]),
        answer: attendanceNames[attendance],
      },
    ),
    under: doubtNames[reason],
    href: meetingAddress(meetingId),
    action: text('確認する', 'Settle it'),
  }));

export function overdueAnswers(year: YearStanding, { meeting, standing }: StandingMeeting): Task[] {
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
export function awaitedAnswers(year: YearStanding): Task[] {
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

export function undecidedAnswers(year: YearStanding, { meeting, standing }: StandingMeeting): Task[] {
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
