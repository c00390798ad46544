import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Conflict } from './roster.ts';

@Entity('conflict')
@Index('conflict_by_person', ['person'])
@Check('a_conflict_is_with_a_centre_or_with_an_institution', 'num_nonnulls(centre_id, institution_id) = 1')
@Check('a_conflict_ends_no_sooner_than_it_begins', 'from_day <= to_day')
@ForeignKey('PersonEntity', ['person'], ['id'], { name: 'a_conflict_is_of_a_person' })
@ForeignKey('CentreEntity', ['centre'], ['id'], { name: 'a_conflict_is_with_a_known_centre' })
@ForeignKey('InstitutionEntity', ['institution'], ['id'], { name: 'a_conflict_is_with_a_known_institution' })
export class ConflictEntity implements Conflict {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'text', name: 'person_id' }) person: string;
  @Column({ type: 'text', name: 'centre_id', nullable: true }) centre: string | null;
  @Column({ type: 'text', name: 'institution_id', nullable: true }) institution: string | null;
  /** Employer, former head …: as the programme's rules name it */
  @Column({ type: 'text' }) kind: string;
  @Column({ type: 'date', name: 'from_day', nullable: true }) from: CalendarDate | null;
  @Column({ type: 'date', name: 'to_day', nullable: true }) to: CalendarDate | null;
  @Column({ type: 'text' }) note: string;
}
