import type { Cycle } from '../../cycle/cycle.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { isPlaced } from '../../planning/year-instance.ts';
import type { StandingMeeting, YearStanding } from './board.ts';
import type { Broken } from './meeting-standing.ts';
import type { Task } from './today-task.ts';
import { addressIn, meetingAddress } from './year-address.ts';

const daysOf = ({ firstDay, lastDay }: Meeting): Text =>
  firstDay && lastDay ? dayRange(firstDay, lastDay) : text('日程未定', 'no day yet');

/** Rules of the programme that a meeting does not keep, each with where it is settled */
export const brokenRules = ({ cycle }: YearStanding, { meeting, standing }: StandingMeeting): Task[] =>
  standing.broken.map((broken) => ({
    kind: 'bad',
    title: fill(text('{title}：{words}', '{title}: {words}'), { title: meeting.title, words: broken.words }),
    under: daysOf(meeting),
    ...settling(broken, meeting, cycle),
  }));

/** An empty seat is filled by hand; where somebody does not come to a meeting that the planner places, it knows ways to go on. */
function settling(broken: Broken, meeting: Meeting, cycle: Cycle): Pick<Task, 'href' | 'action'> {
  if (broken.rule === 'vacant')
    return {
      href: meetingAddress(meeting.id, `/people/add?seat=${broken.seatId}`),
      action: text('出席者を選ぶ', 'Choose somebody'),
    };
  return isPlaced(cycle, meeting)
    ? { href: addressIn(cycle, 'plan', '/repairs'), action: text('立て直しの案を見る', 'Ways to mend it') }
    : { href: meetingAddress(meeting.id), action: text('会議を開く', 'Open') };
}
