import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody who wants no reminders of a programme by mail, until they or staff switch them on again */
@Entity('unsubscribed_reader')
@Index('unsubscribed_by_reader', ['subject'])
export class UnsubscribedReaderEntity {
  @PrimaryColumn({ type: 'text' }) programme: string;
  /** `person/<id>`, `office/<id>` */
  @PrimaryColumn({ type: 'text' }) subject: string;
  /** By a mail that was only rehearsed: then it counts in rehearsals */
  @PrimaryColumn({ type: 'boolean' }) rehearsal: boolean;
  @Column({ type: 'text' }) by: string;
  @Column({ type: 'timestamptz' }) at: Date;
}
