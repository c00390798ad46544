import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Language } from '../kernel/text.ts';
import type { MailState } from './delivery.ts';
import type { MailDraft } from './message.ts';
import type { Returned } from './inbound/returned.ts';

const states = `'queued', 'held', 'sending', 'sent', 'retry', 'uncertain', 'failed', 'withdrawn', 'kept-back'`;
/** What may still leave, and what is leaving; an uncertain mail without a day waits for a person and holds up nobody */
const unfinished = `state in ('queued', 'held', 'sending', 'retry') or (state = 'uncertain' and due_at is not null)`;

/** A mail that leaves the house: its bytes as they will be handed over, every time, and what has become of it. */
@Entity('mail')
@Check('a_mail_is_in_a_known_state', `state in (${states})`)
@Check('a_mail_has_a_language', `language in ('ja', 'en')`)
@Check('what_waits_has_a_due_time', `(state in ('queued', 'retry')) <= (due_at is not null)`)
@Check('what_is_sending_has_a_sender', `(state = 'sending') <= (worker is not null)`)
@Index('a_revision_is_mailed_once', ['invitationId', 'revision', 'kind', 'occasion'], {
  unique: true,
  where: `state <> 'withdrawn'`,
})
@Index('mails_of_one_key_stand_in_a_row', ['orderingKey', 'place'], { unique: true })
@Index('mail_that_is_due', ['dueAt', 'id'], { where: `state in ('queued', 'retry', 'uncertain')` })
@Index('mail_that_others_wait_for', ['orderingKey', 'place'], { where: unfinished })
@Index('mail_tried_lately', ['lastTriedAt', 'destination'], { where: 'last_tried_at is not null' })
@Index('mail_by_state', ['state', 'putAt'])
@Index('mail_by_release', ['releaseId'], { where: 'release_id is not null' })
@Index('mail_by_person', ['personId', 'putAt'], { where: 'person_id is not null' })
@Index('mail_by_message_id', ['messageId'])
@Index('mail_by_envelope_sender', ['envelopeFrom'])
@Index('mail_by_sender', ['fromAddress'])
@Check(
  'a_returned_mail_has_a_known_fate',
  `returned_as in ('delayed', 'undeliverable', 'mailbox-full', 'our-problem', 'complaint')`,
)
export class MailEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) state: MailState;
  @Column({ type: 'text' }) kind: string;
  @Column({ type: 'text', nullable: true }) invitationId: string | null;
  @Column({ type: 'integer', nullable: true }) revision: number | null;
  /** `real`, or which rehearsal: what was rehearsed may be mailed again in earnest */
  @Column({ type: 'text' }) occasion: string;
  @Column({ type: 'text', nullable: true }) personId: string | null;
  @Column({ type: 'text', nullable: true }) officeId: string | null;
  @Column({ type: 'text', nullable: true }) releaseId: string | null;
  @Column({ type: 'text' }) language: Language;
  @Column({ type: 'text' }) toName: string;
  @Column({ type: 'text' }) toAddress: string;
  /** The recipient's domain, lower case */
  @Column({ type: 'text' }) destination: string;
  @Column({ type: 'text' }) fromAddress: string;
  @Column({ type: 'text' }) envelopeFrom: string;
  @Column({ type: 'text' }) subject: string;
  @Column({ type: 'text' }) messageId: string;
  /** The METHOD of its calendar part */
  @Column({ type: 'text', nullable: true }) calendarMethod: string | null;
  @Column({ type: 'boolean' }) evenInRehearsal: boolean;
  @Column({ type: 'bytea' }) bytes: Buffer;
  /** What the bytes are written from anew when they are first handed over; null where, or once, they stay as they are */
  @Column({ type: 'jsonb', nullable: true }) draft: MailDraft | null;
  @Column({ type: 'text' }) orderingKey: string;
  /** 1, 2, 3 … among the mails of one key */
  @Column({ type: 'integer' }) place: number;
  @Column({ type: 'timestamptz' }) putAt: Date;
  @Column({ type: 'timestamptz', nullable: true }) notAfter: Date | null;
  /** When it is tried next */
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;
  @Column({ type: 'integer', default: 0 }) attempts: number;
  @Column({ type: 'timestamptz', nullable: true }) firstTriedAt: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) lastTriedAt: Date | null;
  /** Number of the sender that has it or had it last; its advisory lock tells whether that sender lives */
  @Column({ type: 'integer', nullable: true }) worker: number | null;
  /** When it came to its present end: sent, failed, withdrawn, kept back */
  @Column({ type: 'timestamptz', nullable: true }) settledAt: Date | null;
  /** What the server said last, or why there was no answer */
  @Column({ type: 'text', nullable: true }) reply: string | null;
  /** Some services put a Message-ID of their own in place of ours; answers then refer to that */
  @Column({ type: 'text', nullable: true }) serverMessageId: string | null;
  /** What came back about it after it had been handed over */
  @Column({ type: 'text', nullable: true }) returnedAs: Returned | null;
  @Column({ type: 'timestamptz', nullable: true }) returnedAt: Date | null;
}
