import { localTime } from '../../kernel/zoned-time.ts';
import { text, type Language, type Text } from '../../kernel/text.ts';
import type { Attendee, Meeting, Seat, Side } from '../../meetings/meeting.ts';
import { attendanceNames, currentAnswer, type Answer } from '../../responses/answer.ts';
import type { Person, Roster } from '../../roster/roster.ts';
import { channelNames, meetingStateNames, modeNames, sideNames } from './meeting-words.ts';

/** Those who are asked to some meetings, with what counts of what they said */
export interface AttendanceOf {
  readonly meetings: readonly Meeting[];
  readonly seats: readonly Seat[];
  readonly attendees: readonly Attendee[];
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  readonly roster: Roster;
}

export interface AttendanceRow {
  readonly number: number;
  readonly meeting: Meeting;
  readonly attendee: Attendee;
  readonly person: Person | undefined;
  readonly name: Text;
  /** What they come as */
  readonly role: Text;
  /** Post and where: 見本大学 学長 */
  readonly post: Text;
  /** Nothing where the last answer was given to another time of the meeting */
  readonly answer: Answer | undefined;
}

const nothing = text('', '');

/** In order of the meetings, then by side and seat: as one reads a list at the door. Numbered within each meeting. */
export function attendanceRows({ meetings, seats, attendees, answers, roster }: AttendanceOf): AttendanceRow[] {
  const position = new Map(seats.map((seat) => [seat.id, seat.position]));
  const people = new Map(roster.people.map((person) => [person.id, person]));
  const of = Map.groupBy(attendees, (attendee) => attendee.meetingId);
  const order = (one: Attendee) => (one.side === 'visiting' ? 0 : 10_000) + (position.get(one.seatId ?? '') ?? 9_999);
  return meetings.flatMap((meeting) =>
    (of.get(meeting.id) ?? [])
      .toSorted((a, b) => order(a) - order(b) || key(people, a).localeCompare(key(people, b), 'ja'))
      .map((attendee, index) => {
        const person = people.get(attendee.personId);
        return {
          number: index + 1,
          meeting,
          attendee,
          person,
          name: person?.name ?? text(attendee.personId, attendee.personId),
          role: attendee.role,
          post: postOf(roster, attendee, person),
          answer:
            attendee.attendance === 'unanswered'
              ? undefined
              : currentAnswer(answers.get(attendee.id) ?? [], meeting.revision),
        };
      }),
  );
}

const key = (people: ReadonlyMap<string, Person>, { personId }: Attendee): string => {
  const person = people.get(personId);
  return person?.kana || person?.name.en || personId;
};

function postOf(roster: Roster, attendee: Attendee, person: Person | undefined): Text {
  const post = roster.posts.find((one) => one.id === attendee.post);
  const employer = roster.institutions.find((one) => one.id === person?.employer)?.name;
  const of =
    roster.institutions.find((one) => one.id === post?.institution)?.name ??
    roster.centres.find((one) => one.id === post?.centre)?.name ??
    employer;
  if (!post) return employer ?? nothing;
  return of ? text(`${of.ja} ${post.title.ja}`, `${post.title.en}, ${of.en}`) : post.title;
}

export interface AttendanceSide {
  readonly side: Side;
  readonly name: Text;
  readonly rows: readonly AttendanceRow[];
}

export const bySide = (rows: readonly AttendanceRow[]): AttendanceSide[] =>
  (['visiting', 'centre'] as const)
    .map((side) => ({ side, name: sideNames[side], rows: rows.filter((row) => row.attendee.side === side) }))
    .filter(({ rows }) => rows.length > 0);

/** How many people there will be: those who come, those who come for others, and those who come along */
export function headcount(rows: readonly AttendanceRow[]) {
  const count = (...of: readonly string[]) => rows.filter(({ attendee }) => of.includes(attendee.attendance)).length;
  const online =
    count('online') + rows.filter(({ attendee }) => attendee.online && attendee.attendance === 'attending').length;
  const coming = count('attending', 'late', 'leaving', 'online');
  const accompanying = rows
    .filter(({ attendee }) => attendee.attendance !== 'absent')
    .reduce((sum, { answer }) => sum + (answer?.accompanying.length ?? 0), 0);
  return {
    asked: rows.length,
    inRoom: coming - online + count('proxy') + accompanying,
    coming,
    online,
    proxy: count('proxy'),
    accompanying,
    absent: count('absent'),
    undecided: count('undecided'),
    unanswered: count('unanswered'),
  };
}

interface Column {
  readonly name: Text;
  readonly value: (row: AttendanceRow, language: Language) => string;
}

const at = (date: Date | null | undefined, zone: string): string => {
  if (!date) return '';
  const { day, time } = localTime(date.toISOString(), zone);
  return `${day} ${time}`;
};

/** Both spellings of a name whatever the language: lists are matched with others by either */
const columns: readonly Column[] = [
  { name: text('会議', 'Meeting'), value: ({ meeting }, language) => meeting.title[language] },
  {
    name: text('会議の状態', 'State of the meeting'),
    value: ({ meeting }, language) => meetingStateNames[meeting.state][language],
  },
  {
    name: text('開始（会場の時刻）', 'Begins (venue time)'),
    value: ({ meeting }) => at(meeting.startsAt, meeting.zone),
  },
  { name: text('終了（会場の時刻）', 'Ends (venue time)'), value: ({ meeting }) => at(meeting.endsAt, meeting.zone) },
  { name: text('開催方法', 'Format'), value: ({ meeting }, language) => modeNames[meeting.mode][language] },
  {
    name: text('場所', 'Place'),
    value: ({ meeting }, language) =>
      [meeting.place, meeting.room]
        .map((one) => one[language])
        .filter(Boolean)
        .join(' '),
  },
  { name: text('番号', 'No.'), value: ({ number }) => String(number) },
  { name: text('側', 'Side'), value: ({ attendee }, language) => sideNames[attendee.side][language] },
  { name: text('席・役割', 'Seat'), value: ({ role }, language) => role[language] },
  {
    name: text('必須', 'Required'),
    value: ({ attendee }, language) =>
      (attendee.required ? text('必須', 'required') : text('任意', 'optional'))[language],
  },
  { name: text('氏名', 'Name (Japanese)'), value: ({ name }) => name.ja },
  { name: text('氏名（英語）', 'Name (English)'), value: ({ name }) => name.en },
  { name: text('よみ', 'Reading'), value: ({ person }) => person?.kana ?? '' },
  { name: text('所属・役職', 'Post'), value: ({ post }, language) => post[language] },
  {
    name: text('出欠', 'Attendance'),
    value: ({ attendee }, language) => attendanceNames[attendee.attendance][language],
  },
  { name: text('到着', 'Arrives'), value: ({ answer }) => answer?.lateFrom ?? '' },
  { name: text('退席', 'Leaves'), value: ({ answer }) => answer?.leavingAt ?? '' },
  { name: text('代理の方', 'Represented by'), value: ({ answer }) => answer?.proxyName ?? '' },
  { name: text('代理の方の役職', 'Title of the proxy'), value: ({ answer }) => answer?.proxyTitle ?? '' },
  {
    name: text('同席者数', 'Accompanied by (number)'),
    value: ({ answer }) => String(answer?.accompanying.length ?? 0),
  },
  {
    name: text('同席者', 'Accompanied by'),
    value: ({ answer }, language) => (answer?.accompanying ?? []).join(language === 'ja' ? '、' : ', '),
  },
  { name: text('備考', 'Remarks'), value: ({ answer }) => answer?.remarks ?? '' },
  { name: text('回答日時', 'Answered at'), value: ({ answer, meeting }) => at(answer?.at, meeting.zone) },
  { name: text('回答者', 'Answered by'), value: ({ answer }) => answer?.givenBy ?? '' },
  {
    name: text('回答の方法', 'How it came in'),
    value: ({ answer }, language) => (answer ? channelNames[answer.channel][language] : ''),
  },
];

/** Heads and rows of a spreadsheet, said in one language */
export function attendanceSheet(rows: readonly AttendanceRow[], language: Language) {
  const heads = columns.map(({ name }) => name[language]);
  return {
    heads,
    rows: rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [heads[index]!, column.value(row, language)])),
    ),
  };
}
