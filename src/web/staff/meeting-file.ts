import type { Cycle } from '../../cycle/cycle.ts';
import type { StaffMember } from '../../identity/staff.ts';
import type { ToldOf } from '../../invitations/invitations.queries.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Attendee, Meeting, Seat } from '../../meetings/meeting.ts';
import type { MeetingActivity } from '../../programme/programme.ts';
import type { Answer } from '../../responses/answer.ts';
import type { Person, Roster } from '../../roster/roster.ts';
import type { StandingMeeting } from './board.ts';
import type { Standing } from './meeting-standing.ts';

/** A hearing of a committee, its reception */
export interface PartOfMeeting extends StandingMeeting {
  /** What people were last told of it, by person */
  readonly told: ReadonlyMap<string, ToldOf>;
}

/** One meeting with everything around it, as its pages need it */
export interface MeetingFile {
  readonly meeting: Meeting;
  readonly activity: MeetingActivity | undefined;
  readonly cycle: Cycle;
  readonly roster: Roster;
  /** The meeting of which it is a part */
  readonly whole: Meeting | undefined;
  readonly parts: readonly PartOfMeeting[];
  /** The other meetings of the year */
  readonly others: readonly Meeting[];
  readonly seats: readonly Seat[];
  readonly attendees: readonly Attendee[];
  /** Everything that was ever said, oldest first, by attendee */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  /** What people were last told of this meeting, by person */
  readonly told: ReadonlyMap<string, ToldOf>;
  readonly standing: Standing;
  /** Everybody of the secretariat, former ones included */
  readonly staff: readonly StaffMember[];
  readonly now: Date;
}

export const personIn = (file: Pick<MeetingFile, 'roster'>, id: string): Person | undefined =>
  file.roster.people.find((person) => person.id === id);

export const nameIn = (file: Pick<MeetingFile, 'roster'>, id: string): Text => personIn(file, id)?.name ?? text(id, id);

export const isOver = ({ meeting, now }: Pick<MeetingFile, 'meeting' | 'now'>): boolean =>
  meeting.endsAt !== null && meeting.endsAt <= now;

/** Whether anybody has been told of it, now or at another time */
export const isAnnounced = ({ told }: Pick<MeetingFile, 'told'>): boolean => told.size > 0;

/** Who may be put in charge */
export const mayBeInCharge = (file: Pick<MeetingFile, 'staff'>): StaffMember[] =>
  file.staff.filter((member) => member.active && member.role !== 'reader');
