import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LinkPurpose } from './link.ts';

/** A link that was mailed: only the SHA-256 of its token is kept, so that nobody who reads this table can open anything. */
@Entity('link')
@Check('a_link_has_a_known_purpose', `purpose in ('office', 'participant', 'reminders', 'sign-in')`)
@Check('a_link_keeps_only_a_hash', `octet_length(hash) = 32`)
@Check('a_link_has_a_key_of_its_own', `octet_length(nonce_key) = 32`)
@Index('a_token_opens_one_link', ['hash'], { unique: true })
@Index('link_by_subject', ['purpose', 'subject'])
export class LinkEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) purpose: LinkPurpose;
  /** Whose it is or what it opens: id of an office, an invitation, a staff member */
  @Column({ type: 'text' }) subject: string;
  @Column({ type: 'bytea' }) hash: Buffer;
  /** Seals the forms on the pages that it opens */
  @Column({ type: 'bytea' }) nonceKey: Buffer;
  @Column({ type: 'timestamptz' }) createdAt: Date;
  @Column({ type: 'timestamptz' }) expiresAt: Date;
  @Column({ type: 'timestamptz', nullable: true }) revokedAt: Date | null;
}
