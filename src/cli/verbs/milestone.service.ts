import { dateLong } from '../../kernel/calendar-date.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Clock } from '../../clock/clock.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import {
  answeredOf,
  answeredText,
  centreAnswers,
  isSettledByAnswers,
  type Answered,
} from '../../milestones/answered.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { Milestones } from '../../milestones/milestones.service.ts';
import { dayDue, type Milestone, type MilestoneState, type OwedBy } from '../../milestones/milestone.ts';
import { milestoneRefusals } from '../../milestones/refusals.ts';
import { answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, Doing, OpenHouse } from '../command.ts';
import { tableOf } from '../terminal-text.ts';

const stateNames: Readonly<Record<MilestoneState, Text>> = {
  open: text('未了', 'open'),
  submitted: text('提出済み', 'handed in'),
  waived: text('不要', 'waived'),
};
const owedByNames: Readonly<Record<OwedBy, Text>> = {
  centre: text('拠点', 'centre'),
  officer: text('プログラムオフィサー', 'programme officer'),
  committee: text('委員会', 'committee'),
  secretariat: text('事務局', 'secretariat'),
};

interface Standing {
  readonly milestone: Milestone;
  /** Of what answers settle; null: it is handed in or done */
  readonly answered: Answered | null;
}

const data = ({ milestone, answered }: Standing) => ({ ...milestone, dayDue: dayDue(milestone), answered });

const stateText = ({ milestone, answered }: Standing): Text =>
  answered ? answeredText(answered) : stateNames[milestone.state];

/** Every milestone of a year, those that answers settle with who has answered */
async function standingsOf(house: OpenHouse, cycle: Cycle): Promise<Standing[]> {
  const [queries, now] = [house.get(MeetingQueries), house.get(Clock).now().toJSDate()];
  const milestones = await house.get(MilestoneQueries).ofCycle(cycle.id);
  const meetings = new Map((await queries.ofCycle(cycle.id)).map((meeting) => [meeting.id, meeting]));
  const asked = milestones.filter((one) => one.meetingId && isSettledByAnswers(one, cycle.rules));
  const attendees = await queries.attendeesOf(asked.map((one) => one.meetingId!));
  const byMeeting = Map.groupBy(attendees, (attendee) => attendee.meetingId);
  return milestones.map((milestone) => {
    const { meetingId } = milestone;
    const answers = centreAnswers(byMeeting.get(meetingId ?? '') ?? []);
    const answered = answeredOf(milestone, cycle.rules, meetings.get(meetingId ?? ''), answers, now) ?? null;
    return { milestone, answered };
  });
}

const isOpen = ({ milestone, answered }: Standing): boolean => milestone.state === 'open' && !answered?.closed;

const list: Doing = async (command) => {
  const openOnly = command.given.on('open');
  const { house, cycle } = await chosenYear(command);
  const all = await standingsOf(house, cycle);
  const milestones = openOnly ? all.filter(isOpen) : all;
  return answer(milestones.map(data), (language) =>
    milestones.length === 0
      ? text('期限はありません。', 'There are no deadlines.')[language]
      : tableOf(
          language,
          [
            text('期限', 'Deadline'),
            text('期日', 'Day'),
            text('名称', 'Title'),
            text('提出者', 'Owed by'),
            text('状態', 'State'),
            text('備考', 'Note'),
          ],
          milestones.map((standing) => {
            const { milestone } = standing;
            const day = dayDue(milestone);
            return [
              milestone.key,
              day ? dateLong(day) : text('日程の確定後', 'when dated'),
              milestone.title,
              owedByNames[milestone.owedBy],
              stateText(standing),
              milestone.note,
            ];
          }),
        ),
  );
};

/** Runs a command on the milestone that was named and shows it as it is then */
async function changed(
  command: Command,
  work: (house: OpenHouse, milestone: Milestone) => Promise<void>,
): ReturnType<Doing> {
  const key = command.given.word('KEY');
  const { house, cycle } = await chosenYear(command);
  const named = async () => {
    const found = (await standingsOf(house, cycle)).find(({ milestone }) => milestone.key === key);
    if (!found) throw Refusal.of(milestoneRefusals, 'milestones.unknown');
    return found;
  };
  await work(house, (await named()).milestone);
  const after = await named();
  const day = dayDue(after.milestone);
  return answer(
    data(after),
    (language) =>
      fill(text('{title}：{state}（{day}）', '{title}: {state} ({day})'), {
        title: after.milestone.title,
        state: stateText(after),
        day: day ? dateLong(day) : text('期日未定', 'no day yet'),
      })[language],
  );
}

const settle =
  (state: 'submitted' | 'waived'): Doing =>
  (command) => {
    const note = command.given.text('note') ?? '';
    if ([...note].length > 2000)
      command.given.fault(text('--note は2000字以内にしてください。', '--note: at most 2,000 characters.'));
    return changed(command, (house, { id }) => house.get(Milestones).settle(id, state, note.trim(), command.actor));
  };

const reopen: Doing = (command) => changed(command, (house, { id }) => house.get(Milestones).reopen(id, command.actor));

const extend: Doing = (command) => {
  const { given, actor } = command;
  if (!given.on('to')) given.needed('to');
  const until = given.day('to');
  return changed(command, (house, { id }) => house.get(Milestones).extend(id, until!, actor));
};

export const doings: Record<string, Doing> = {
  'milestone list': list,
  'milestone submit': settle('submitted'),
  'milestone waive': settle('waived'),
  'milestone reopen': reopen,
  'milestone extend': extend,
};
