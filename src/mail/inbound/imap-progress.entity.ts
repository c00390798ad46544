import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to where a mailbox has been read. */
@Entity('imap_progress')
export class ImapProgressEntity {
  /** Server, user and folder, without the password */
  @PrimaryColumn({ type: 'text' }) mailbox: string;
  @Column({ type: 'bigint' }) uidValidity: string;
  @Column({ type: 'bigint' }) lastUid: string;
}
