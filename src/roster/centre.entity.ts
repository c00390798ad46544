import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Centre } from './roster.ts';

/** Its hosts are rows of `centre_host`. */
@Entity('centre')
@Index('an_acronym_is_of_one_centre', ['acronym'], { unique: true })
@Check('support_of_a_centre_ends_after_its_adoption', 'support_end_year >= adoption_year')
@Check('a_gate_lies_in_the_years_of_support', 'gate_year between 1 and support_end_year - adoption_year + 1')
@Check('a_centre_lies_on_the_globe', 'latitude between -90 and 90 and longitude between -180 and 180')
export class CentreEntity implements Omit<Centre, 'hosts'> {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'text' }) acronym: string;
  @Column({ type: 'jsonb' }) name: Text;
  @Column({ type: 'text' }) scheme: string;
  @Column({ type: 'integer' }) adoptionYear: number;
  @Column({ type: 'integer' }) supportEndYear: number;
  @Column({ type: 'integer', nullable: true }) gateYear: number | null;
  @Column({ type: 'text', array: true }) fields: string[];
  @Column({ type: 'jsonb' }) city: Text;
  @Column({ type: 'double precision' }) latitude: number;
  @Column({ type: 'double precision' }) longitude: number;
  @Column({ type: 'jsonb' }) building: Text;
  @Column({ type: 'jsonb' }) room: Text;
  @Column({ type: 'jsonb' }) access: Text;
  @Column({ type: 'date', nullable: true }) endedOn: CalendarDate | null;
}
