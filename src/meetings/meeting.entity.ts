import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Meeting, MeetingState, Mode } from './meeting.ts';

@Entity('meeting')
@Index('a_meeting_key_is_unique_in_its_cycle', ['cycleId', 'key'], { unique: true })
@Check(
  'a_scheduled_meeting_has_a_time',
  `state <> 'scheduled' or (starts_at is not null and ends_at > starts_at and first_day is not null and last_day >= first_day)`,
)
@Check('a_meeting_is_undated_scheduled_or_cancelled', `state in ('undated', 'scheduled', 'cancelled')`)
@Check('a_meeting_is_on_site_online_or_hybrid', `mode in ('on-site', 'online', 'hybrid')`)
@Check('a_provisional_meeting_is_held', `provisional = (held_from is not null and held_until is null)`)
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_meeting_belongs_to_a_cycle' })
@ForeignKey('MeetingEntity', ['partOf'], ['id'], { name: 'a_part_belongs_to_a_meeting' })
@ForeignKey('CentreEntity', ['centre'], ['id'], { name: 'a_meeting_is_of_a_centre' })
export class MeetingEntity implements Meeting {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) cycleId: string;
  @Column({ type: 'text' }) key: string;
  @Column({ type: 'text' }) activity: string;
  @Column({ type: 'text', nullable: true }) centre: string | null;
  @Column({ type: 'uuid', nullable: true }) partOf: string | null;
  @Column({ type: 'jsonb' }) title: Text;
  @Column({ type: 'jsonb' }) reason: Text;
  @Column({ type: 'date', nullable: true }) windowFrom: CalendarDate | null;
  @Column({ type: 'date', nullable: true }) windowTo: CalendarDate | null;
  @Column({ type: 'integer' }) halfDays: number;
  @Column({ type: 'integer', nullable: true }) minutes: number | null;
  @Column({ type: 'boolean' }) evaluation: boolean;
  @Column({ type: 'text' }) state: MeetingState;
  @Column({ type: 'date', nullable: true }) firstDay: CalendarDate | null;
  @Column({ type: 'date', nullable: true }) lastDay: CalendarDate | null;
  @Column({ type: 'timestamptz', nullable: true }) startsAt: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) endsAt: Date | null;
  @Column({ type: 'text' }) zone: string;
  @Column({ type: 'text' }) mode: Mode;
  @Column({ type: 'jsonb' }) place: Text;
  @Column({ type: 'jsonb' }) room: Text;
  @Column({ type: 'jsonb' }) access: Text;
  @Column({ type: 'text', default: '' }) onlineUrl: string;
  @Column({ type: 'boolean', default: false }) fixedByStaff: boolean;
  @Column({ type: 'boolean', default: false }) provisional: boolean;
  @Column({ type: 'integer', nullable: true }) heldFrom: number | null;
  @Column({ type: 'integer', nullable: true }) heldUntil: number | null;
  @Column({ type: 'jsonb' }) note: Text;
  @Column({ type: 'uuid', nullable: true }) staffInCharge: string | null;
  @Column({ type: 'integer', default: 0 }) revision: number;
  /** The whole with which a part was cancelled, and with which it comes back */
  @Column({ type: 'uuid', nullable: true }) cancelledWith: string | null;
}
