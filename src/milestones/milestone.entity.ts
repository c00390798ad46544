import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DueInYear } from '../cycle/generated-year.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Milestone, MilestoneState, OwedBy } from './milestone.ts';

@Entity('milestone')
@Index('a_milestone_key_is_unique_in_its_cycle', ['cycleId', 'key'], { unique: true })
@Index('milestone_by_day', ['cycleId', 'dueOn'])
@Check('a_milestone_is_open_submitted_or_waived', `state in ('open', 'submitted', 'waived')`)
@Check('a_settled_milestone_says_when', `(state = 'open') = (settled_at is null)`)
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_milestone_belongs_to_a_cycle' })
@ForeignKey('MeetingEntity', ['meetingId'], ['id'], { name: 'a_milestone_counts_from_a_meeting' })
@ForeignKey('CentreEntity', ['centre'], ['id'], { name: 'a_milestone_is_of_a_centre' })
export class MilestoneEntity implements Milestone {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) cycleId: string;
  @Column({ type: 'text' }) key: string;
  @Column({ type: 'text' }) activity: string;
  @Column({ type: 'text', nullable: true }) centre: string | null;
  @Column({ type: 'uuid', nullable: true }) meetingId: string | null;
  @Column({ type: 'jsonb' }) title: Text;
  @Column({ type: 'jsonb' }) reason: Text;
  @Column({ type: 'text' }) owedBy: OwedBy;
  @Column({ type: 'boolean' }) logistics: boolean;
  @Column({ type: 'jsonb' }) due: DueInYear;
  @Column({ type: 'date', nullable: true }) dueOn: CalendarDate | null;
  @Column({ type: 'date', nullable: true }) extendedTo: CalendarDate | null;
  @Column({ type: 'text', default: 'open' }) state: MilestoneState;
  @Column({ type: 'timestamptz', nullable: true }) settledAt: Date | null;
  @Column({ type: 'text', default: '' }) note: string;
}
