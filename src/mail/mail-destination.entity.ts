import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How a domain has answered lately: where it refuses us, further mails wait for a person instead of making it worse (itip D7). */
@Entity('mail_destination')
@Check('refusals_in_a_row_are_counted', `in_a_row >= 0`)
export class MailDestinationEntity {
  /** Lower case */
  @PrimaryColumn({ type: 'text' }) destination: string;
  /** Kind of the last refusal for good: `550 5.7.26` */
  @Column({ type: 'text' }) refusal: string;
  @Column({ type: 'integer' }) inARow: number;
  @Column({ type: 'text' }) reply: string;
  @Column({ type: 'timestamptz', nullable: true }) stoppedAt: Date | null;
}
