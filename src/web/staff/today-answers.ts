import { fill, text, type Text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
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

/** People of one meeting, in one line that leads to their answers */
function peopleTask(
  year: YearStanding,
  { id, title, zone }: Meeting,
  { kind, said, people, due }: { kind: Task['kind']; said: Text; people: readonly string[]; due?: string | null },
): Task {
  const names = someNames(year, people);
  const values = { names, due: due ? momentIn(due, zone) : '' };
  return {
    kind,
    title: fill(said, { title, n: people.length }),
    under: due ? fill(text('{names}（期限 {due}）', '{names} (due {due})'), values) : names,
    href: meetingAddress(id),
    action: text('回答を見る', 'See answers'),
  };
}

const idsOf = (attendees: readonly { readonly personId: string }[]): string[] => attendees.map((one) => one.personId);

export function overdueAnswers(year: YearStanding, { meeting, standing }: StandingMeeting): Task[] {
  const { overdue, answerBy } = standing;
  if (overdue.length === 0) return [];
  const said = text(
    '{title}：回答期限を過ぎた未回答{n}名',
    overdue.length === 1 ? '{title}: {n} answer is overdue' : '{title}: {n} answers are overdue',
  );
  return [peopleTask(year, meeting, { kind: 'bad', said, people: idsOf(overdue), due: answerBy })];
}

/** Answers that are due within two weeks meeting by meeting; those that have time in one line, or they would hide everything else */
export function awaitedAnswers(year: YearStanding): Task[] {
  const soon = new Date(year.now.getTime() + SOON_DAYS * 86_400_000).toISOString();
  const awaited = year.meetings
    .map(({ meeting, standing }) => ({
      meeting,
      due: standing.overdue.length === 0 ? standing.answerBy : null,
      people: idsOf(standing.unanswered.filter((one) => !standing.overdue.includes(one))),
    }))
    .filter(({ people }) => people.length > 0);
  const near = awaited.filter(({ due }) => due !== null && new Date(due).toISOString() <= soon);
  const later = awaited.filter((one) => !near.includes(one));
  const lines = near.map(({ meeting, due, people }): Task => {
    const said = text(
      '{title}：回答待ち{n}名',
      people.length === 1 ? '{title}: waiting for {n} answer' : '{title}: waiting for {n} answers',
    );
    return peopleTask(year, meeting, { kind: 'info', said, people, due });
  });
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
  const said = text('{title}：調整中{n}名', '{title}: {n} undecided');
  return [peopleTask(year, meeting, { kind: 'warn', said, people: idsOf(undecided) })];
}
