import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Channel, Half, State } from './half-days.ts';

/** What a person said of one half day. No row: not answered. */
@Entity('availability')
@Check('a_half_day_is_a_morning_or_an_afternoon', `half in ('am', 'pm')`)
@Check('a_half_day_is_free_possible_or_taken', `state in ('o', 't', 'x')`)
@ForeignKey('PersonEntity', ['personId'], ['id'], { name: 'availability_is_of_a_person' })
export class AvailabilityEntity {
  @PrimaryColumn({ type: 'text' }) personId: string;
  @PrimaryColumn({ type: 'date' }) day: CalendarDate;
  @PrimaryColumn({ type: 'text' }) half: Half;
  @Column({ type: 'text' }) state: State;
  @Column({ type: 'text', default: '' }) comment: string;
  /** How the answer came in */
  @Column({ type: 'text' }) channel: Channel;
  @Column({ type: 'text' }) recordedBy: string;
  @Column({ type: 'timestamptz' }) recordedAt: Date;
}
