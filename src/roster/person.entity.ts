import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Level, Person } from './roster.ts';

/** Addresses are rows of `person_address`. */
@Entity('person')
@Check('a_person_reads_japanese_or_english', `language in ('ja', 'en')`)
@Check('nobody_accepts_fewer_than_no_duties', 'duties_accepted >= 0')
@ForeignKey('InstitutionEntity', ['employer'], ['id'], { name: 'an_employer_is_an_institution' })
export class PersonEntity implements Omit<Person, 'addresses'> {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'jsonb' }) name: Text;
  @Column({ type: 'text' }) kana: string;
  @Column({ type: 'jsonb' }) honorific: Text;
  @Column({ type: 'text', array: true }) aliases: string[];
  @Column({ type: 'text' }) language: Language;
  @Column({ type: 'text' }) zone: string;
  @Column({ type: 'text' }) telephone: string;
  @Column({ type: 'jsonb' }) fields: Record<string, Level>;
  @Column({ type: 'integer' }) dutiesAccepted: number;
  @Column({ type: 'text', name: 'employer_id', nullable: true }) employer: string | null;
  @Column({ type: 'boolean' }) overseas: boolean;
  @Column({ type: 'date', nullable: true }) endedOn: CalendarDate | null;
}
