import { dueDayAlong } from '../../cycle/due-days.ts';
import { closedDays, tentativeDays } from '../../cycle/year-calendar.ts';
import { dateLong, eachDay, type CalendarDate } from '../../kernel/calendar-date.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { partFollowing } from '../../meetings/meeting-parts.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { dueDay, workingDayOf, type WorkingDay } from '../../programme/working-days.ts';
import type { MeetingFile } from './meeting-file.ts';
import { notice, type Notice } from './meeting-notice.ts';

/** What the calendar says of the new days: closed, to be avoided, outside of the window */
export function calendarNotes({ cycle }: MeetingFile, after: Meeting): Notice[] {
  const days = new Set(eachDay(after.firstDay!, after.lastDay!));
  const lines = (named: readonly { date: CalendarDate; name: Text }[]) =>
    named
      .filter(({ date }) => days.has(date))
      .map(({ date, name }) => fill(text('{day}：{name}', '{day}: {name}'), { day: dateLong(date), name }));
  const closed = lines(closedDays(cycle.rules, cycle.fiscalYear, after.activity));
  const tentative = lines(tentativeDays(cycle.rules, cycle.fiscalYear, after.activity));
  const { windowFrom, windowTo } = after;
  const outside = windowFrom && windowTo && (after.firstDay! < windowFrom || after.lastDay! > windowTo);
  return [
    ...(closed.length > 0
      ? [notice('warn', text('休日または実施しない期間です。', 'A holiday, or days that are kept free.'), closed)]
      : []),
    ...(tentative.length > 0
      ? [notice('warn', text('できれば避ける期間です。', 'Days to avoid if possible.'), tentative)]
      : []),
    ...(outside
      ? [
          notice(
            'warn',
            fill(text('実施期間（{from}～{to}）の外です。', 'Outside of its window ({from} – {to}).'), {
              from: dateLong(windowFrom),
              to: dateLong(windowTo),
            }),
          ),
        ]
      : []),
  ];
}

/**
 * What the programme wants between two meetings of a centre: both ways round, since either may be the one that moves. With a whole its
 * parts move: hearings with their committee.
 */
export function orderNotes(file: MeetingFile, after: Meeting, milestones: readonly Milestone[]): Notice[] {
  const { cycle } = file;
  const isWorking = workingDayOf(cycle.rules);
  const others = file.others.map((other) => (other.partOf === after.id ? partMoved(file, other, after) : other));
  const moved = new Set([after.id, ...others.filter((other, n) => other !== file.others[n]).map(({ id }) => id)]);
  const all = [after, ...others].filter((meeting) => meeting.state === 'scheduled' && meeting.firstDay !== null);
  const lines = all.flatMap((later) =>
    (meetingActivityOf(cycle.rules, later.activity)?.notBefore ?? []).flatMap((offset) => {
      const anchor = anchorOf(offset.after ?? '', later, all, milestones, after, isWorking);
      if (!anchor || !(moved.has(later.id) || moved.has(anchor.meetingId ?? ''))) return [];
      const soonest = dueDay(offset, anchor.first, anchor.last, isWorking);
      if (later.firstDay! >= soonest) return [];
      return [
        fill(
          text(
            '「{later}」（{day}）は「{earlier}」の後、{soonest}以降のはずです',
            '“{later}” ({day}) should be on {soonest} or later, after “{earlier}”',
          ),
          {
            later: later.title,
            day: dateLong(later.firstDay!),
            earlier: anchor.title,
            soonest: dateLong(soonest),
          },
        ),
      ];
    }),
  );
  return lines.length === 0
    ? []
    : [notice('warn', text('前後の間隔が足りません。', 'There is too little time in between.'), lines)];
}

/** Its days as they will be; hours do not matter here */
function partMoved({ cycle, meeting }: MeetingFile, part: Meeting, after: Meeting): Meeting {
  const days = partFollowing(part, meetingActivityOf(cycle.rules, part.activity), meeting, after);
  if (!days?.firstDay) return part;
  return { ...part, state: 'scheduled', firstDay: days.firstDay, lastDay: days.lastDay ?? days.firstDay };
}

/** What an offset counts from: another meeting of the same centre or of all, or a deadline, which may move with the meeting itself */
function anchorOf(
  activity: string,
  later: Meeting,
  meetings: readonly Meeting[],
  milestones: readonly Milestone[],
  moved: Meeting,
  isWorking: WorkingDay,
): { title: Text; first: CalendarDate; last: CalendarDate; meetingId: string | null } | undefined {
  const isOf = (one: { activity: string; centre: string | null }) =>
    one.activity === activity && (one.centre === later.centre || one.centre === null);
  const meeting = meetings.find(isOf);
  if (meeting) return { title: meeting.title, first: meeting.firstDay!, last: meeting.lastDay!, meetingId: meeting.id };
  const milestone = milestones.find(isOf);
  const day =
    milestone?.meetingId === moved.id && milestone.extendedTo === null
      ? dueDayAlong(milestone.due.offsets, moved.firstDay!, moved.lastDay!, isWorking)
      : milestone && dayDue(milestone);
  return milestone && day
    ? { title: milestone.title, first: day, last: day, meetingId: milestone.meetingId }
    : undefined;
}
