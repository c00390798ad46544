import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import type { StandingMeeting, YearStanding } from './board.ts';
import { counted, type Task, type TodayInput } from './today-task.ts';
import { addressIn, meetingAddress } from './year-address.ts';

export function planTask({ year, plan }: TodayInput): Task[] {
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
export function undatedTasks(year: YearStanding): Task[] {
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
