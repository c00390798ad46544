import { text, type Text } from '../../kernel/text.ts';
import type { Attendance, Attendee, Seat, Side } from '../../meetings/meeting.ts';
import { attendanceNames, currentAnswer, isBelieved, unconfirmedAnswer } from '../../responses/answer.ts';
import { doubtNames } from '../../responses/doubt.ts';
import { nameIn, personIn, type MeetingFile } from './meeting-file.ts';
import { detailsOf, sideNames } from './meeting-words.ts';
import { meetingAddress } from './year-address.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: Text;
  readonly href: string;
  /** What they hold, and where */
  readonly post: Text | null;
  readonly role: Text;
  readonly required: boolean;
  readonly byHand: boolean;
  readonly attendance: Attendance;
  readonly details: readonly Text[];
  /** What they said to an earlier time of the meeting */
  readonly earlier: Text | null;
  /** Perhaps given by a machine, and not settled: what, why, and where that is said */
  readonly doubted: { readonly answer: Text; readonly why: Text; readonly settle: string } | null;
  readonly told: 'yes' | 'old' | 'no';
  readonly overdue: boolean;
}

export interface SeatRow {
  /** Null for those who were added without a seat */
  readonly id: string | null;
  readonly name: Text;
  readonly host: Text | null;
  readonly required: boolean;
  readonly reason: Text | null;
  readonly people: readonly PersonRow[];
  /** Why the rule behind this seat is not kept */
  readonly broken: Text | null;
  readonly chooseHref: string;
}

export interface SideView {
  readonly side: Side;
  readonly name: Text;
  readonly seats: readonly SeatRow[];
}

/** Seats and who fills them, side by side of the table; optional seats that nobody fills are listed apart */
export function peopleOf(file: MeetingFile): {
  readonly sides: readonly SideView[];
  readonly empty: readonly { readonly name: Text; readonly href: string }[];
} {
  const sitting = Map.groupBy(file.attendees, (attendee) => attendee.seatId ?? '');
  const rows = file.seats.map((seat) => ({ side: seat.side, row: seatRow(file, seat, sitting.get(seat.id) ?? []) }));
  const loose = (sitting.get('') ?? []).map((attendee) => ({ side: attendee.side, row: looseRow(file, attendee) }));
  const shown = [...rows, ...loose].filter(({ row }) => row.required || row.people.length > 0);
  return {
    sides: (['visiting', 'centre'] as const)
      .map((side) => ({
        side,
        name: sideNames[side],
        seats: shown
          .filter((one) => one.side === side)
          .map(({ row }, index, all) => withoutEcho(row, all[index - 1]?.row)),
      }))
      .filter((side) => side.seats.length > 0),
    // a symposium has a seat for each of seven directors: said once
    empty: [
      ...new Map(
        rows
          .filter(({ row }) => !row.required && row.people.length === 0)
          .toReversed()
          .map(({ row }) => [row.name.ja, { name: row.name, href: row.chooseHref }]),
      ).values(),
    ].toReversed(),
  };
}

/** A reason that the seat's name or the row above says already is not said again: a committee has fifteen seats for the same reason. */
function withoutEcho(row: SeatRow, above: SeatRow | undefined): SeatRow {
  const { reason, name } = row;
  const echoes =
    reason === null || reason.ja.includes(`：${name.ja}`) || (same(reason, above?.reason) && same(name, above?.name));
  return echoes ? { ...row, reason: null } : row;
}

const same = (a: Text, b: Text | null | undefined): boolean => a.ja === b?.ja && a.en === b.en;

function seatRow(file: MeetingFile, seat: Seat, people: readonly Attendee[]): SeatRow {
  const host = file.roster.institutions.find((institution) => institution.id === seat.institution);
  return {
    id: seat.id,
    name: seat.name,
    // the reason says it already, as a rule
    host: host && !seat.reason.ja.includes(host.name.ja) ? host.name : null,
    required: seat.required,
    reason: seat.reason,
    people: people.map((attendee) => personRow(file, attendee, seat)),
    broken: file.standing.broken.find((broken) => broken.seatId === seat.id)?.words ?? null,
    chooseHref: meetingAddress(file.meeting.id, `/people/add?seat=${seat.id}`),
  };
}

const looseRow = (file: MeetingFile, attendee: Attendee): SeatRow => ({
  id: null,
  name: attendee.role,
  host: null,
  required: attendee.required,
  reason: text('事務局が追加', 'added by the secretariat'),
  people: [personRow(file, attendee, undefined)],
  broken: null,
  chooseHref: meetingAddress(file.meeting.id, '/people/add'),
});

function personRow(file: MeetingFile, attendee: Attendee, seat: Seat | undefined): PersonRow {
  const { meeting, told, standing } = file;
  const history = file.answers.get(attendee.id) ?? [];
  const current = currentAnswer(history, meeting.revision);
  const last = history.findLast(isBelieved);
  const doubted = unconfirmedAnswer(history, meeting.revision);
  const of = told.get(attendee.personId);
  const isTrue = of?.startsAt === meeting.startsAt?.toISOString() && of?.cancelled === (meeting.state === 'cancelled');
  return {
    id: attendee.id,
    name: nameIn(file, attendee.personId),
    href: meetingAddress(meeting.id, `/people/${attendee.id}`),
    post: heldPost(file, attendee, seat),
    role: attendee.role,
    required: attendee.required,
    byHand: attendee.byHand,
    attendance: attendee.attendance,
    details: current && attendee.attendance !== 'unanswered' ? detailsOf(current) : [],
    earlier: attendee.attendance === 'unanswered' && last ? attendanceNames[last.attendance] : null,
    doubted: doubted
      ? {
          answer: attendanceNames[doubted.attendance],
          why: doubtNames[doubted.doubt!.reason],
          settle: meetingAddress(meeting.id, `/answers/${doubted.id}/settle`),
        }
      : null,
    told: !of ? 'no' : isTrue ? 'yes' : 'old',
    overdue: standing.overdue.some((one) => one.id === attendee.id),
  };
}

/** 見本大学 学長; a post whose title only repeats the seat is named by where it is. Without a post, the employer. */
function heldPost(file: MeetingFile, attendee: Attendee, seat: Seat | undefined): Text | null {
  const { roster } = file;
  const post = roster.posts.find((one) => one.id === attendee.post);
  const employer = roster.institutions.find((one) => one.id === personIn(file, attendee.personId)?.employer);
  const of =
    roster.institutions.find((one) => one.id === post?.institution)?.name ??
    roster.centres.find((one) => one.id === post?.centre)?.name;
  if (!post) return employer?.name ?? null;
  const title = seat && post.title.ja === seat.name.ja ? null : post.title;
  const parts = [of ?? (post.centre === null && post.institution === null ? employer?.name : undefined), title].filter(
    (part): part is Text => !!part,
  );
  // many titles begin with the institution's own name: 見本大学長
  const [where, what] = parts;
  if (where && what && what.ja.startsWith(where.ja)) return what;
  return parts.length === 0
    ? null
    : text(
        parts.map((part) => part.ja).join(' '),
        parts
          .toReversed()
          .map((part) => part.en)
          .join(', '),
      );
}
