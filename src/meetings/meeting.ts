import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';

export const modes = ['on-site', 'online', 'hybrid'] as const;
export type Mode = (typeof modes)[number];
export type MeetingState = 'undated' | 'scheduled' | 'cancelled';

/**
 * Every agreed gathering: a site visit, the committee, one hearing of it, a reception. The kind is `activity`, data of the programme.
 * A part (`partOf`) shares its whole's gathering: somebody may sit in the committee and in one of its hearings at once.
 */
export interface Meeting {
  id: string;
  cycleId: string;
  key: string;
  activity: string;
  centre: string | null;
  partOf: string | null;
  title: Text;
  reason: Text;
  windowFrom: CalendarDate | null;
  windowTo: CalendarDate | null;
  halfDays: number;
  /** Length of a part, minutes; null where hours are those of half days */
  minutes: number | null;
  evaluation: boolean;
  state: MeetingState;
  firstDay: CalendarDate | null;
  lastDay: CalendarDate | null;
  /** From the first hour of the first day until the last hour of the last; each day has the same hours */
  startsAt: Date | null;
  endsAt: Date | null;
  zone: string;
  mode: Mode;
  place: Text;
  room: Text;
  access: Text;
  onlineUrl: string;
  /** Staff set its day: the planner leaves it there */
  fixedByStaff: boolean;
  /** Its days are only held: people are asked to keep them free, and asked anew once they are fixed */
  provisional: boolean;
  /** The revision with which it last became provisional; null: it never was */
  heldFrom: number | null;
  /** The revision with which it was fixed after that; null: it is provisional still, or never was */
  heldUntil: number | null;
  note: Text;
  staffInCharge: string | null;
  /** Rises with every change of time, place or mode: an answer counts for the revision that it was given to */
  revision: number;
}

export type Side = 'visiting' | 'centre';

export interface Seat {
  id: string;
  meetingId: string;
  /** `director`, `executive/hokkaido-university` */
  key: string;
  /** Id of the seat in the programme's activity */
  rule: string;
  name: Text;
  side: Side;
  required: boolean;
  institution: string | null;
  post: string | null;
  reason: Text;
  position: number;
}

/** What follows from the answers: nothing said yet, or the last thing said for the present revision */
export const attendances = [
  'unanswered',
  'attending',
  'absent',
  'late',
  'leaving',
  'online',
  'proxy',
  'undecided',
] as const;
export type Attendance = (typeof attendances)[number];

/** Somebody who is asked to come: the person that the invitation goes to, and the post for which they are asked */
export interface Attendee {
  id: string;
  meetingId: string;
  seatId: string | null;
  personId: string;
  post: string | null;
  /** 「拠点長」, "officer": what they come as */
  role: Text;
  side: Side;
  required: boolean;
  /** Put here by staff: a new plan or a new holder of the post leaves them */
  byHand: boolean;
  /** Joins through the link although the meeting is on site */
  online: boolean;
  attendance: Attendance;
  /** The revision of the meeting to which their last answer was given; null or absent: none was */
  answeredRevision?: number | null;
  removedAt: Date | null;
  /** When staff had them take part in another way than the programme has it; null or absent: they did not */
  askedAnewAt?: Date | null;
}

/** The clock times of one day, local to the meeting's zone */
export interface Hours {
  from: string;
  to: string;
}
