import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Answer, Channel } from './answer.ts';
import type { Attendance } from '../meetings/meeting.ts';

/** The ledger: rows are only added (a trigger refuses anything else); what counts now is the latest for the meeting's present revision. */
@Entity('answer')
@Index('answer_by_attendee', ['attendeeId', 'id'])
@Check(
  'an_answer_says_something',
  `attendance in ('attending', 'absent', 'late', 'leaving', 'online', 'proxy', 'undecided')`,
)
@Check('an_answer_came_by_a_known_channel', `channel in ('link', 'office-link', 'calendar', 'staff', 'import')`)
@Check('a_proxy_has_a_name', `attendance <> 'proxy' or proxy_name <> ''`)
@Check(
  'late_and_leaving_have_a_time',
  `(attendance <> 'late' or late_from is not null) and (attendance <> 'leaving' or leaving_at is not null)`,
)
@ForeignKey('AttendeeEntity', ['attendeeId'], ['id'], { name: 'an_answer_is_for_an_attendee' })
@ForeignKey('InboundMessageEntity', ['inboundId'], ['id'], { name: 'an_answer_may_have_come_by_mail' })
export class AnswerEntity implements Answer {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column({ type: 'uuid' }) attendeeId: string;
  /** Revision of the meeting that the answer was given to */
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'text' }) attendance: Exclude<Attendance, 'unanswered'>;
  @Column({ type: 'text', nullable: true }) lateFrom: string | null;
  @Column({ type: 'text', nullable: true }) leavingAt: string | null;
  @Column({ type: 'text', default: '' }) proxyName: string;
  @Column({ type: 'text', default: '' }) proxyTitle: string;
  @Column({ type: 'text', array: true, default: [] }) accompanying: string[];
  @Column({ type: 'text', default: '' }) remarks: string;
  @Column({ type: 'text' }) channel: Channel;
  /** Who gave it, as they called themselves or as we know them */
  @Column({ type: 'text' }) givenBy: string;
  /** Browser and system, coarse */
  @Column({ type: 'text', default: '' }) agent: string;
  @Column({ type: 'timestamptz' }) at: Date;
  /** When a mail says that it was given, where that is not when it was recorded */
  @Column({ type: 'timestamptz', nullable: true }) answeredAt?: Date | null;
  /** SEQUENCE that a calendar answered */
  @Column({ type: 'integer', nullable: true }) sequence?: number | null;
  /** The mail that it came in */
  @Column({ type: 'uuid', nullable: true }) inboundId?: string | null;
}
