import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What arrived in the built-in mailbox, as it came over the wire. */
@Entity('received_mail')
@Index('received_mail_by_recipient', ['envelopeTo', 'id'])
export class ReceivedMailEntity {
  /** Grows in the order of arrival */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column({ type: 'timestamptz' }) at: Date;
  @Column({ type: 'text' }) envelopeFrom: string;
  /** One row for each recipient, lower case */
  @Column({ type: 'text' }) envelopeTo: string;
  @Column({ type: 'bytea' }) raw: Buffer;
  @Column({ type: 'text' }) subject: string;
  /** The From and To headers, decoded */
  @Column({ type: 'text' }) from: string;
  @Column({ type: 'text' }) to: string;
}
