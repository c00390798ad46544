import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type InboundChannel = 'imap' | 'lmtp' | 'smtp' | 'mailbox';

/** A mail that came in, as it came: stored before anybody looks into it. */
@Entity('inbound_message')
@Index('an_inbound_message_is_stored_once', ['sha256'], { unique: true })
@Index('inbound_message_by_time', ['receivedAt', 'id'])
@Check('an_inbound_message_came_by_a_known_channel', `channel in ('imap', 'lmtp', 'smtp', 'mailbox')`)
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
  @Column({ type: 'timestamptz' }) receivedAt: Date;
  @Column({ type: 'bytea' }) bytes: Buffer;
}
