import { fill, text, type Text } from '../../kernel/text.ts';
import { dayRange, localTime, momentIn } from '../../kernel/zoned-time.ts';
import { sessionsOf } from '../../programme/sessions.ts';
import { isOver, type MeetingFile } from './meeting-file.ts';
import { whenOf } from './meeting-head.ts';
import { modeNames } from './meeting-words.ts';
import { meetingAddress } from './year-address.ts';
import type { BoardState } from './state-shapes.ts';

const isBlank = (value: Text): boolean => value.ja === '' && value.en === '';

/** A hearing is where its committee is, unless staff say otherwise. */
function placed(file: MeetingFile) {
  const { meeting, whole } = file;
  const at = whole && isBlank(meeting.place) ? whole : meeting;
  return {
    place: at.place,
    room: isBlank(meeting.room) ? at.room : meeting.room,
    access: isBlank(meeting.access) ? at.access : meeting.access,
    onlineUrl: meeting.onlineUrl || at.onlineUrl,
    inherited: at !== meeting,
  };
}

/** Time, place and what else is true of the meeting */
export function factsOf(file: MeetingFile) {
  const { meeting, whole, staff, cycle } = file;
  const inCharge = staff.find((member) => member.id === (meeting.staffInCharge ?? cycle.staffInCharge));
  return {
    when: whenOf(meeting, whole),
    window: meeting.windowFrom && meeting.windowTo ? dayRange(meeting.windowFrom, meeting.windowTo) : null,
    mode: modeNames[meeting.mode],
    ...placed(file),
    online: meeting.mode !== 'on-site',
    note: meeting.note,
    staff: inCharge
      ? {
          name: text(inCharge.nameJa, inCharge.nameEn),
          telephone: inCharge.telephone,
          own: meeting.staffInCharge !== null,
        }
      : null,
    fixed: meeting.fixedByStaff,
    provisional: meeting.provisional,
    planned: file.activity?.planned ?? false,
    reason: meeting.reason,
    answerBy: answerByOf(file),
  };
}

function answerByOf({ standing, meeting }: MeetingFile): Text | null {
  return standing.answerBy ? momentIn(standing.answerBy, meeting.zone) : null;
}

/** How many said what, for the panel beside */
export function tallyOf({ attendees, standing }: MeetingFile) {
  const count = (...of: readonly string[]) => attendees.filter(({ attendance }) => of.includes(attendance)).length;
  return {
    asked: standing.asked,
    answered: standing.answered,
    told: standing.told,
    coming: count('attending', 'late', 'leaving', 'online'),
    proxy: count('proxy'),
    absent: count('absent'),
    undecided: count('undecided'),
    overdue: standing.overdue.length,
  };
}

/** The parts of a committee in order of time: hearings, the reception */
export function partsOf({ parts }: MeetingFile) {
  return parts
    .toSorted((a, b) => (a.meeting.startsAt?.getTime() ?? Infinity) - (b.meeting.startsAt?.getTime() ?? Infinity))
    .map(
      ({
        meeting,
        standing,
      }): { title: Text; when: Text; state: BoardState; asked: number; answered: number; href: string } => ({
        title: meeting.title,
        when: whenOf(meeting),
        state: standing.state,
        asked: standing.asked,
        answered: standing.answered,
        href: meetingAddress(meeting.id),
      }),
    );
}

/** The timetable of the day as the programme has it, where the meeting has sessions */
export function timetableOf({ activity, meeting }: MeetingFile) {
  if (!activity) return [];
  const days = new Map<number, { day: Text; sessions: { hours: Text; name: Text; open: boolean }[] }>();
  for (const session of sessionsOf(activity, meeting)) {
    const day = days.get(session.day) ?? { day: fill(text('{n}日目', 'Day {n}'), { n: session.day }), sessions: [] };
    day.sessions.push({
      hours: text(`${session.from}～${session.to}`, `${session.from}–${session.to}`),
      name: session.name,
      open: session.open,
    });
    days.set(session.day, day);
  }
  return [...days.values()];
}

/** What stands at the top of the page because it needs somebody */
export function warningsOf(file: MeetingFile): Text[] {
  const { standing, meeting, told, attendees } = file;
  if (isOver(file) || meeting.state === 'cancelled') return [];
  const now = meeting.startsAt?.toISOString();
  const outdated = attendees.filter((one) => {
    const of = told.get(one.personId);
    return of !== undefined && of.startsAt !== now;
  }).length;
  return [
    ...standing.broken.map(({ words }) => words),
    ...(outdated > 0 && meeting.state === 'scheduled'
      ? [
          fill(text('日時の変更が{n}名にまだ伝わっていません', '{n} people do not know the new time yet'), {
            n: outdated,
          }),
        ]
      : []),
  ];
}

/** HH:MM of an instant at the venue */
export const clockAt = (instant: Date, zone: string): string => localTime(instant.toISOString(), zone).time;
