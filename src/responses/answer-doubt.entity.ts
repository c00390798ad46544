import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DoubtReason } from './doubt.ts';

/**
 * An answer that a machine may have given: it stands in the ledger and does not count until a person has looked at it. Kept beside the
 * ledger, whose rows never change.
 */
@Entity('answer_doubt')
@Check('an_answer_is_doubted_for_a_known_reason', `reason in ('scanner', 'hasty', 'every-choice')`)
@Check(
  'a_settled_doubt_says_by_whom',
  `(settled_at is null) = (counts is null) and (settled_at is null) = (settled_by = '')`,
)
@Index('open_doubts', ['raisedAt'], { where: 'settled_at is null' })
@ForeignKey('AnswerEntity', ['answerId'], ['id'], { name: 'a_doubt_is_about_an_answer' })
export class AnswerDoubtEntity {
  @PrimaryColumn({ type: 'bigint' }) answerId: string;
  @Column({ type: 'text' }) reason: DoubtReason;
  @Column({ type: 'timestamptz' }) raisedAt: Date;
  @Column({ type: 'timestamptz', nullable: true }) settledAt: Date | null;
  /** Whether the answer counts after all; null until somebody has settled it */
  @Column({ type: 'boolean', nullable: true }) counts: boolean | null;
  @Column({ type: 'text', default: '' }) settledBy: string;
}
