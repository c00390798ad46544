import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a mail is put in the mailbox that it was fetched from, once it is decided: nothing is left to do, or a person is to see it */
export type Filing = 'processed' | 'review';

export type InboundChannel = 'imap' | 'lmtp' | 'smtp' | 'mailbox';

/** A mail that came in, as it came: stored before anybody looks into it. */
@Entity('inbound_message')
@Index('an_inbound_message_is_stored_once', ['sha256'], { unique: true })
@Index('inbound_message_by_time', ['receivedAt', 'id'])
@Check('an_inbound_message_came_by_a_known_channel', `channel in ('imap', 'lmtp', 'smtp', 'mailbox')`)
@Check('a_mail_is_filed_in_a_known_folder', `file_as in ('processed', 'review')`)
export class InboundMessageEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  /** Of its octets, in hexadecimal */
  @Column({ type: 'text' }) sha256: string;
  @Column({ type: 'text' }) channel: InboundChannel;
  /** Where it was fetched from; a mailbox that is made anew has another UIDVALIDITY (RFC 9051 §2.3.1.1) */
  @Column({ type: 'text', nullable: true }) mailbox: string | null;
  @Column({ type: 'bigint', nullable: true }) uidValidity: string | null;
  @Column({ type: 'bigint', nullable: true }) uid: string | null;
  /** MAIL FROM; empty for the null sender, null where the channel does not know */
  @Column({ type: 'text', nullable: true }) envelopeFrom: string | null;
  /** RCPT TO; none where the channel does not know */
  @Column({ type: 'text', array: true }) recipients: string[];
  /** Null until it is decided */
  @Column({ type: 'text', nullable: true }) fileAs: Filing | null;
  @Column({ type: 'timestamptz' }) receivedAt: Date;
  @Column({ type: 'bytea' }) bytes: Buffer;
}
