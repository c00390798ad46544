import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { GivenReply, Outcome, Reason } from './reading/verdict.ts';
import type { Reading, ReadingKind } from './reading/reading.ts';
import type { IncomingState, Settlement } from './incoming.ts';

/** What a mail that came in was understood to say, and what became of it. The mail itself is in `inbound_message`, under the same id. */
@Entity('incoming')
@Check('an_incoming_mail_is_in_a_known_state', `state in ('received', 'read', 'applied', 'held', 'ignored')`)
@Check(
  'an_incoming_mail_has_a_known_outcome',
  `outcome in ('applied', 'stale', 'proposal', 'held', 'noted', 'undeliverable', 'our-problem', 'complaint')`,
)
@Check('what_is_done_has_an_outcome', `(state in ('applied', 'held', 'ignored')) = (outcome is not null)`)
@Index('incoming_that_waits', ['doneAt'], { where: `state = 'held'` })
@Index('incoming_by_invitation', ['invitationId'], { where: 'invitation_id is not null' })
@Index('incoming_unfinished', ['id'], { where: `state in ('received', 'read')` })
@ForeignKey('InboundMessageEntity', ['id'], ['id'], { name: 'an_incoming_mail_is_stored' })
@ForeignKey('InvitationEntity', ['invitationId'], ['id'], { name: 'an_incoming_mail_is_about_an_invitation' })
@ForeignKey('MailEntity', ['mailId'], ['id'], { name: 'an_incoming_mail_is_about_a_mail' })
export class IncomingEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) state: IncomingState;
  /** How often it was begun; a mail on which we fail again and again ends with a person */
  @Column({ type: 'integer' }) attempts: number;
  @Column({ type: 'text', nullable: true }) kind: ReadingKind | null;
  @Column({ type: 'text', nullable: true }) outcome: Outcome | null;
  @Column({ type: 'text', nullable: true }) reason: Reason | 'fault' | null;
  @Column({ type: 'jsonb', nullable: true }) reading: Reading | null;
  /** The answer in it, as far as it could be made out */
  @Column({ type: 'jsonb', nullable: true }) reply: GivenReply | null;
  @Column({ type: 'uuid', nullable: true }) invitationId: string | null;
  /** The mail of ours that it answers or returns */
  @Column({ type: 'uuid', nullable: true }) mailId: string | null;
  @Column({ type: 'timestamptz', nullable: true }) doneAt: Date | null;
  /** What a person made of it */
  @Column({ type: 'text', nullable: true }) settledAs: Settlement | null;
  @Column({ type: 'text', nullable: true }) settledBy: string | null;
  @Column({ type: 'timestamptz', nullable: true }) settledAt: Date | null;
}
