import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '../kernel/text.ts';
import type { Seat, Side } from './meeting.ts';

@Entity('seat')
@Index('a_seat_key_is_unique_in_its_meeting', ['meetingId', 'key'], { unique: true })
@ForeignKey('MeetingEntity', ['meetingId'], ['id'], { name: 'a_seat_belongs_to_a_meeting', onDelete: 'CASCADE' })
@ForeignKey('PostEntity', ['post'], ['id'], { name: 'a_seat_is_for_a_post' })
@ForeignKey('InstitutionEntity', ['institution'], ['id'], { name: 'a_seat_is_for_a_host' })
export class SeatEntity implements Seat {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) meetingId: string;
  @Column({ type: 'text' }) key: string;
  @Column({ type: 'text' }) rule: string;
  @Column({ type: 'jsonb' }) name: Text;
  @Column({ type: 'text' }) side: Side;
  @Column({ type: 'boolean' }) required: boolean;
  @Column({ type: 'text', nullable: true }) institution: string | null;
  @Column({ type: 'text', nullable: true }) post: string | null;
  @Column({ type: 'jsonb' }) reason: Text;
  @Column({ type: 'integer' }) position: number;
}
