import type { StaffMember } from '../identity/staff.ts';
import type { MeetingFacts } from '../invitations/invitation.ts';
import type { YearDue } from '../invitations/year-due.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Instant } from '../kernel/zoned-time.ts';
import type { Attendee, Meeting, Seat } from '../meetings/meeting.ts';
import type { Milestone } from '../milestones/milestone.ts';
import type { Office, Person } from '../roster/roster.ts';
import type { Obligation, Reader } from './obligation.ts';

/** An answer that somebody owes, as they were asked for it */
export interface AnswerOwed {
  readonly kind: 'answer';
  readonly meeting: Meeting;
  readonly facts: MeetingFacts;
  readonly attendee: Attendee;
  readonly person: Person;
  readonly post: Text;
  /** The office that answers for them, where there is one */
  readonly office: Office | undefined;
  /** Whether they have an invitation of their own, and so a page of their own */
  readonly ownPage: boolean;
}

/** Something that is due on a day */
export interface MilestoneOwed {
  readonly kind: 'milestone';
  readonly milestone: Milestone;
  /** 拠点 and its name, or empty */
  readonly centre: string;
  readonly person: Person | undefined;
  readonly office: Office | undefined;
}

/** An obligation with everything that a mail or a page says of it */
export interface Matter extends Obligation {
  readonly about: AnswerOwed | MilestoneOwed;
}

/** A reader with everything that a mail to them needs */
export interface Recipient extends Reader {
  readonly kind: 'person' | 'office' | 'staff';
  readonly id: string;
  readonly name: Text;
  /** 様, 先生; of a person only */
  readonly honorific: Text;
  readonly post: Text;
  readonly address: string;
  readonly language: Language;
  /** The mailbox is a secretary's */
  readonly secretary: boolean;
}

/** Everything from which follows who still owes what in a year */
export interface YearFacts {
  readonly due: YearDue;
  readonly milestones: readonly Milestone[];
  /** By meeting */
  readonly seats: ReadonlyMap<string, readonly Seat[]>;
  /** Subjects of pauses */
  readonly paused: ReadonlySet<string>;
  /** Subjects of readers who want no reminders by mail */
  readonly unsubscribed: ReadonlySet<string>;
  /** Ids of attendees who gave an answer that may be a machine's, and of which nobody has said yet whether it counts */
  readonly doubted: ReadonlySet<string>;
  /** Addresses, as `sameAddress` has them, that the last mail did not reach */
  readonly failing: ReadonlySet<string>;
  readonly staff: readonly StaffMember[];
  readonly now: Instant;
}
