import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** Another address from which a person answers: somebody of the secretariat has said so once. Nothing is ever sent to it. */
@Entity('answering_alias')
@ForeignKey('PersonEntity', ['personId'], ['id'], { name: 'an_alias_is_of_a_person' })
export class AnsweringAliasEntity {
  @PrimaryColumn({ type: 'text' }) personId: string;
  @PrimaryColumn({ type: 'text' }) address: string;
  @Column({ type: 'text' }) confirmedBy: string;
  @Column({ type: 'timestamptz' }) confirmedAt: Date;
}
