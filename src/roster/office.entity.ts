import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Language, Text } from '../kernel/text.ts';
import type { Office } from './roster.ts';

@Entity('office')
@Check(
  'an_office_is_of_a_centre_or_of_a_host',
  `(kind = 'centre' and centre_id is not null and institution_id is null) or (kind = 'host' and institution_id is not null and centre_id is null)`,
)
@Check(
  'an_office_has_one_mailbox_in_small_letters',
  `address = lower(address) and address ~ '^[^@[:space:][:cntrl:],;<>"]+@[^@[:space:][:cntrl:],;<>"]+$'`,
)
@Check('an_office_reads_japanese_or_english', `language in ('ja', 'en')`)
@ForeignKey('CentreEntity', ['centre'], ['id'], { name: 'an_office_is_of_a_known_centre' })
@ForeignKey('InstitutionEntity', ['institution'], ['id'], { name: 'an_office_is_of_a_known_institution' })
export class OfficeEntity implements Office {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'text' }) kind: 'centre' | 'host';
  @Column({ type: 'jsonb' }) name: Text;
  @Column({ type: 'text', name: 'centre_id', nullable: true }) centre: string | null;
  @Column({ type: 'text', name: 'institution_id', nullable: true }) institution: string | null;
  @Column({ type: 'text' }) address: string;
  @Column({ type: 'text' }) language: Language;
  @Column({ type: 'text' }) telephone: string;
  @Column({ type: 'date', nullable: true }) endedOn: CalendarDate | null;
}
