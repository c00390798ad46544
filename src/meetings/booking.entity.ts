import { Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * One person's time at one meeting, a row a day. The exclusions are the last guard against a person in two places, whichever command
 * forgot to look; deferred, so that two meetings may swap in one transaction. A committee member may also sit in a hearing of that
 * committee (one gathering), but not in two of its hearings at once.
 */
@Entity('booking')
@Index('booking_by_meeting', ['meetingId'])
@Exclusion(
  'nobody_is_in_two_places',
  'USING gist ("person_id" WITH =, "gathering_id" WITH <>, "during" WITH &&) DEFERRABLE INITIALLY DEFERRED',
)
@Exclusion(
  'nobody_is_in_two_parts_at_once',
  'USING gist ("person_id" WITH =, "meeting_id" WITH <>, "during" WITH &&) WHERE (("part")) DEFERRABLE INITIALLY DEFERRED',
)
@ForeignKey('AttendeeEntity', ['attendeeId'], ['id'], { name: 'a_booking_is_of_an_attendee', onDelete: 'CASCADE' })
@ForeignKey('MeetingEntity', ['meetingId'], ['id'], { name: 'a_booking_is_for_a_meeting', onDelete: 'CASCADE' })
export class BookingEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) attendeeId: string;
  @Column({ type: 'tstzrange' }) during: string;
  @Column({ type: 'text' }) personId: string;
  @Column({ type: 'uuid' }) meetingId: string;
  @Column({ type: 'uuid' }) gatheringId: string;
  @Column({ type: 'boolean' }) part: boolean;
}
