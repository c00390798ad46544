import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SentInvitation } from './itip.ts';

export type InvitationState = 'live' | 'cancelled';

/** What one person was last sent about one meeting, or one of its days: one UID for each. After a cancel it is over; asking again makes a new row and a new UID. */
@Entity('invitation')
@Index('a_person_has_one_live_invitation_to_a_meeting', ['meetingId', 'personId', 'part'], {
  unique: true,
  where: `state = 'live'`,
})
@Index('an_invitation_has_its_own_address', ['token'], { unique: true })
@Index('an_invitation_has_its_own_uid', ['uid'], { unique: true })
@Check('an_invitation_is_live_or_cancelled', `state in ('live', 'cancelled')`)
@ForeignKey('MeetingEntity', ['meetingId'], ['id'], { name: 'an_invitation_is_to_a_meeting' })
@ForeignKey('PersonEntity', ['personId'], ['id'], { name: 'an_invitation_is_for_a_person' })
export class InvitationEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) meetingId: string;
  @Column({ type: 'text' }) personId: string;
  /** 0: it is for all of the meeting; else for that of its days, from 1 */
  @Column({ type: 'integer', default: 0 }) part: number;
  @Column({ type: 'text' }) token: string;
  @Column({ type: 'text' }) uid: string;
  @Column({ type: 'integer' }) sequence: number;
  @Column({ type: 'text' }) state: InvitationState;
  /** The facts as they were last sent, and what is needed to follow up on them */
  @Column({ type: 'jsonb' }) sent: SentInvitation;
  /** Sent in a rehearsal: once that is over it does not count as said */
  @Column({ type: 'boolean' }) rehearsal: boolean;
  @Column({ type: 'timestamptz' }) sentAt: Date;
}
