import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A host institution of a centre; position 0 answers for the centre. */
@Entity('centre_host')
@Index('hosts_of_a_centre_have_an_order', ['centre', 'position'], { unique: true })
@Check('a_centre_has_at_most_three_hosts', 'position between 0 and 2')
@ForeignKey('CentreEntity', ['centre'], ['id'], { name: 'a_host_is_of_a_centre' })
@ForeignKey('InstitutionEntity', ['institution'], ['id'], { name: 'a_host_is_an_institution' })
export class CentreHostEntity {
  @PrimaryColumn({ type: 'text', name: 'centre_id' }) centre: string;
  @PrimaryColumn({ type: 'text', name: 'institution_id' }) institution: string;
  @Column({ type: 'integer' }) position: number;
}
