import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A mail that still lies somewhere on an IMAP server from where it may have to go elsewhere. */
@Entity('imap_place')
@Check('a_mail_lies_in_a_known_folder', `folder in ('inbox', 'review')`)
@ForeignKey('InboundMessageEntity', ['messageId'], ['id'], { name: 'what_lies_on_a_server_is_stored' })
export class ImapPlaceEntity {
  /** Server, user and the folder that is read, without the password */
  @PrimaryColumn({ type: 'text' }) mailbox: string;
  /** `inbox`: the folder that is read */
  @PrimaryColumn({ type: 'text' }) folder: 'inbox' | 'review';
  @PrimaryColumn({ type: 'bigint' }) uidValidity: string;
  @PrimaryColumn({ type: 'bigint' }) uid: string;
  @Column({ type: 'uuid' }) messageId: string;
}
