import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A form that was sent and may not be sent again. It goes with its link. */
@Entity('spent_nonce')
@ForeignKey('LinkEntity', ['linkId'], ['id'], { name: 'a_nonce_belongs_to_a_link', onDelete: 'CASCADE' })
export class SpentNonceEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'a_form_is_sent_once' }) linkId: string;
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'a_form_is_sent_once' }) nonce: string;
  @Column({ type: 'timestamptz' }) at: Date;
}
