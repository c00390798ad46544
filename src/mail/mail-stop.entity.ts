import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An address to which nothing is sent until somebody has looked at why: its owner has called our mail spam. */
@Entity('mail_stop')
@Check('a_stopped_address_is_in_small_letters', 'address = lower(address)')
export class MailStopEntity {
  @PrimaryColumn({ type: 'text' }) address: string;
  @Column({ type: 'text' }) reason: string;
  @Column({ type: 'timestamptz' }) since: Date;
}
