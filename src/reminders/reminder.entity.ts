import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { About, ReminderState } from './reminder.ts';
import type { SkipReason } from './due-steps.ts';

/** One step of a ladder that was taken or passed over: it is never decided of again */
@Entity('reminder')
@Index('nobody_is_reminded_twice_of_one_step', ['who', 'obligation', 'step', 'rehearsal'], { unique: true })
@Index('reminder_by_time', ['cycleId', 'decidedAt'])
@Index('reminder_by_mail', ['mailId'], { where: 'mail_id is not null' })
@Check('a_reminder_was_sent_listed_or_skipped', `state in ('sent', 'listed', 'skipped')`)
@Check('a_sent_reminder_has_a_mail', `(state = 'sent') = (mail_id is not null and reader is not null)`)
@Check('a_skipped_reminder_says_why', `(state = 'skipped') = (reason is not null)`)
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_reminder_belongs_to_a_cycle' })
export class ReminderEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) cycleId: string;
  /** Who owes it: `person/…`, `office/…`, `staff/…` */
  @Column({ type: 'text' }) who: string;
  @Column({ type: 'text' }) obligation: string;
  /** Id of the step in the programme */
  @Column({ type: 'text' }) step: string;
  /** What was rehearsed may be sent again in earnest */
  @Column({ type: 'boolean' }) rehearsal: boolean;
  @Column({ type: 'text' }) state: ReminderState;
  @Column({ type: 'text', nullable: true }) reason: SkipReason | null;
  /** To whom the mail went */
  @Column({ type: 'text', nullable: true }) reader: string | null;
  /** Several reminders of one day are one mail; it is kept in the outbox and may be tidied away there */
  @Column({ type: 'uuid', nullable: true }) mailId: string | null;
  /** Who and what it was about, as they were called then */
  @Column({ type: 'jsonb' }) about: About;
  /** When the step was to be taken */
  @Column({ type: 'timestamptz' }) dueAt: Date;
  @Column({ type: 'timestamptz' }) decidedAt: Date;
  /** Who had it sent or skipped; empty: nobody but the programme */
  @Column({ type: 'text' }) by: string;
}
