import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Addresses that are no longer used stay, retired: an answer from one of them is still that person's. */
@Entity('person_address')
@Index('a_person_has_an_address_once', ['personId', 'address'], { unique: true, where: 'retired_at is null' })
@Index('a_person_has_one_primary_address', ['personId'], { unique: true, where: 'is_primary and retired_at is null' })
@Index('person_address_by_address', ['address'])
@Check(
  'an_address_is_one_mailbox_in_small_letters',
  `address = lower(address) and address ~ '^[^@[:space:][:cntrl:],;<>"]+@[^@[:space:][:cntrl:],;<>"]+$'`,
)
@ForeignKey('PersonEntity', ['personId'], ['id'], { name: 'an_address_is_of_a_person' })
export class PersonAddressEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) personId: string;
  @Column({ type: 'text' }) address: string;
  @Column({ type: 'boolean' }) isPrimary: boolean;
  @Column({ type: 'integer' }) position: number;
  @Column({ type: 'timestamptz', nullable: true }) retiredAt: Date | null;
}
