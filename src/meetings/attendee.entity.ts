import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '../kernel/text.ts';
import type { Attendance, Attendee, Side } from './meeting.ts';

@Entity('attendee')
@Index('a_person_is_asked_once_to_a_meeting', ['meetingId', 'personId'], { unique: true, where: 'removed_at is null' })
@Index('attendee_by_person', ['personId'])
@Check(
  'an_attendance_is_known',
  `attendance in ('unanswered', 'attending', 'absent', 'late', 'leaving', 'online', 'proxy', 'undecided')`,
)
@ForeignKey('MeetingEntity', ['meetingId'], ['id'], { name: 'an_attendee_belongs_to_a_meeting' })
@ForeignKey('SeatEntity', ['seatId'], ['id'], { name: 'an_attendee_sits_in_a_seat' })
@ForeignKey('PersonEntity', ['personId'], ['id'], { name: 'an_attendee_is_a_person' })
@ForeignKey('PostEntity', ['post'], ['id'], { name: 'an_attendee_comes_for_a_post' })
export class AttendeeEntity implements Attendee {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) meetingId: string;
  @Column({ type: 'uuid', nullable: true }) seatId: string | null;
  @Column({ type: 'text' }) personId: string;
  @Column({ type: 'text', nullable: true }) post: string | null;
  @Column({ type: 'jsonb' }) role: Text;
  @Column({ type: 'text' }) side: Side;
  @Column({ type: 'boolean' }) required: boolean;
  @Column({ type: 'boolean', default: false }) byHand: boolean;
  @Column({ type: 'boolean', default: false }) online: boolean;
  @Column({ type: 'text', default: 'unanswered' }) attendance: Attendance;
  @Column({ type: 'integer', nullable: true }) answeredRevision: number | null;
  @Column({ type: 'timestamptz', nullable: true }) removedAt: Date | null;
  /** Taken off by staff: not put back when the meeting gets another day */
  @Column({ type: 'boolean', default: false }) removedByHand: boolean;
  /** What was said until then was said in a rehearsal and counts no more */
  @Column({ type: 'timestamptz', nullable: true }) rehearsedUntil: Date | null;
  /** They alone were asked anew, since they take part in another way: what they said until then is kept and counts no more */
  @Column({ type: 'timestamptz', nullable: true }) askedAnewAt: Date | null;
}
