import { dayRange, timeRange } from '../kernel/zoned-time.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import type { Attendee, Meeting, MeetingState, Mode, Seat, Side } from '../meetings/meeting.ts';
import { attendanceNames, type Answer as Given } from '../responses/answer.ts';
import { factsOf, paragraphs, tableOf } from './terminal-text.ts';

export interface ShownAttendee extends Attendee {
  /** Key of the seat */
  readonly seat: string | null;
  readonly name: Text;
  /** Everything that was ever said, oldest first */
  readonly answers: readonly Given[];
}

export interface ShownMeeting {
  readonly meeting: Meeting;
  readonly seats: readonly Seat[];
  readonly attendees: readonly ShownAttendee[];
}

const stateNames: Readonly<Record<MeetingState, Text>> = {
  undated: text('日程未定', 'not dated'),
  scheduled: text('日程確定', 'scheduled'),
  cancelled: text('中止', 'cancelled'),
};
const stateOf = ({ state, provisional }: Meeting): Text =>
  state === 'scheduled' && provisional ? text('仮押さえ', 'provisional') : stateNames[state];

const modeNames: Readonly<Record<Mode, Text>> = {
  'on-site': text('対面', 'on site'),
  online: text('オンライン', 'online'),
  hybrid: text('対面とオンライン', 'on site and online'),
};
const sideNames: Readonly<Record<Side, Text>> = {
  visiting: text('訪問側', 'visiting'),
  centre: text('拠点側', 'centre'),
};

function when({ startsAt, endsAt, zone, windowFrom, windowTo }: Meeting): Text {
  if (startsAt && endsAt) return timeRange(startsAt.toISOString(), endsAt.toISOString(), zone);
  if (!windowFrom || !windowTo) return text('', '');
  const window = dayRange(windowFrom, windowTo);
  return { ja: `（${window.ja}の間）`, en: `(within ${window.en})` };
}

export const meetingsTable = (meetings: readonly Meeting[], language: Language): string =>
  meetings.length === 0
    ? text('会議はありません。', 'There are no meetings.')[language]
    : tableOf(
        language,
        [
          text('会議', 'Meeting'),
          text('日時', 'When'),
          text('名称', 'Title'),
          text('方法', 'Mode'),
          text('状態', 'State'),
          text('固定', 'Fixed'),
        ],
        meetings.map((meeting) => [
          meeting.key,
          when(meeting),
          meeting.title,
          modeNames[meeting.mode],
          stateOf(meeting),
          meeting.fixedByStaff ? text('固定', 'fixed') : '',
        ]),
      );

export const meetingText = ({ meeting, seats, attendees }: ShownMeeting, language: Language): string =>
  paragraphs(
    factsOf(language, [
      [text('会議', 'Meeting'), meeting.key],
      [text('名称', 'Title'), meeting.title],
      [text('理由', 'Reason'), meeting.reason],
      [text('状態', 'State'), stateOf(meeting)],
      [text('日時', 'When'), when(meeting)],
      [
        text('固定', 'Fixed'),
        meeting.fixedByStaff ? text('職員が決めた日時（計画は動かさない）', 'by staff; the planner leaves it') : '',
      ],
      [text('方法', 'Mode'), modeNames[meeting.mode]],
      [text('場所', 'Place'), meeting.place],
      [text('部屋', 'Room'), meeting.room],
      [text('行き方', 'Access'), meeting.access],
      [text('オンライン', 'Online'), meeting.onlineUrl],
      [text('備考', 'Note'), meeting.note],
    ]),
    attendees.length === 0
      ? text('出席者はまだいません。', 'Nobody is asked yet.')[language]
      : attendeesTable(attendees, language),
    emptySeats(seats, attendees, language),
  );

function attendeesTable(attendees: readonly ShownAttendee[], language: Language): string {
  const rows = [...attendees].sort(
    (a, b) => b.side.localeCompare(a.side) || (a.seat ?? '').localeCompare(b.seat ?? ''),
  );
  return tableOf(
    language,
    [
      text('人', 'Person'),
      text('氏名', 'Name'),
      text('側', 'Side'),
      text('役割', 'Role'),
      text('席', 'Seat'),
      text('必須', 'Required'),
      text('出欠', 'Answer'),
    ],
    rows.map((attendee) => [
      attendee.personId,
      attendee.name,
      sideNames[attendee.side],
      attendee.role,
      attendee.seat,
      attendee.required ? text('必須', 'yes') : '',
      saidOf(attendee),
    ]),
  );
}

/** The answer that counts, with what belongs to it */
function saidOf({ attendance, answers }: ShownAttendee): Text {
  const name = attendanceNames[attendance];
  const last = attendance === 'unanswered' ? undefined : answers.at(-1);
  const more = [last?.lateFrom, last?.leavingAt, last?.proxyName, last?.remarks].filter(Boolean).join(' / ');
  return more === '' ? name : { ja: `${name.ja}（${more}）`, en: `${name.en} (${more})` };
}

function emptySeats(seats: readonly Seat[], attendees: readonly ShownAttendee[], language: Language): string {
  const taken = new Set(attendees.map((attendee) => attendee.seat));
  const empty = seats.filter((seat) => seat.required && !taken.has(seat.key));
  if (empty.length === 0) return '';
  const names = empty.map((seat) => `${seat.name[language]} (${seat.key})`).join(language === 'ja' ? '、' : ', ');
  return `${text('空いている必須の席：', 'Required seats without anybody: ')[language]}${names}`;
}
