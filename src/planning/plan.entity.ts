import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '../kernel/text.ts';

export type PlanState = 'waiting' | 'running' | 'ready' | 'failed' | 'published' | 'discarded';

/** One run of the planner: what it was given, how far it is, what came out. Kept, so that runs can be compared and a published year explained. */
@Entity('plan')
@Index('plan_by_cycle', ['cycleId', 'requestedAt'])
@Check('a_plan_has_a_known_state', `state in ('waiting', 'running', 'ready', 'failed', 'published', 'discarded')`)
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_plan_is_for_a_cycle' })
export class PlanEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) cycleId: string;
  @Column({ type: 'text' }) state: PlanState;
  @Column({ type: 'integer' }) seed: number;
  @Column({ type: 'integer' }) timeLimit: number;
  @Column({ type: 'jsonb', nullable: true }) instance: unknown;
  @Column({ type: 'jsonb', nullable: true }) plan: unknown;
  /** What could not be placed, each with its reasons */
  @Column({ type: 'jsonb', default: [] }) unplaced: { of: string; reasons: Text[] }[];
  /** What the planner could not know of or had to leave out */
  @Column({ type: 'jsonb', default: [] }) notes: Text[];
  /** People with half days about which nothing is known */
  @Column({ type: 'jsonb', default: [] }) unanswered: string[];
  /** Revision of each meeting, by key, when the instance was made */
  @Column({ type: 'jsonb', default: {} }) basis: Record<string, number>;
  @Column({ type: 'integer', nullable: true }) cost: number | null;
  @Column({ type: 'double precision', nullable: true }) bound: number | null;
  @Column({ type: 'boolean', default: false }) proven: boolean;
  @Column({ type: 'double precision', default: 0 }) seconds: number;
  @Column({ type: 'text', default: '' }) error: string;
  @Column({ type: 'boolean', default: false }) cancelWanted: boolean;
  @Column({ type: 'text' }) requestedBy: string;
  @Column({ type: 'timestamptz' }) requestedAt: Date;
  @Column({ type: 'timestamptz', nullable: true }) finishedAt: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) publishedAt: Date | null;
}
