import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Institution } from './roster.ts';

@Entity('institution')
@Check('an_institution_lies_on_the_globe', 'latitude between -90 and 90 and longitude between -180 and 180')
export class InstitutionEntity implements Institution {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'jsonb' }) name: Text;
  @Column({ type: 'jsonb' }) city: Text;
  @Column({ type: 'double precision' }) latitude: number;
  @Column({ type: 'double precision' }) longitude: number;
  @Column({ type: 'date', nullable: true }) endedOn: CalendarDate | null;
}
