import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '../kernel/text.ts';
import type { PlanLevel } from './levels.ts';
import type { YearChange } from './year-change.ts';

export type PlanState = 'waiting' | 'running' | 'ready' | 'failed' | 'published' | 'discarded';
/** run: planned anew; repair: the announced year changed as little as possible */
export type PlanKind = 'run' | 'repair';

/** Why a run ended without a plan, for staff */
export interface PlanFailure {
  /** `planning.locks-cannot-hold` */
  readonly code: string;
  readonly text: Text;
  /** What staff fixed and no plan keeps */
  readonly locks: readonly { readonly of: string; readonly title: Text; readonly reasons: readonly Text[] }[];
}

/** One run of the planner: what it was given, how far it is, what came out. Kept, so that runs can be compared and a published year explained. */
@Entity('plan')
@Index('plan_by_cycle', ['cycleId', 'requestedAt'])
@Check('a_plan_has_a_known_state', `state in ('waiting', 'running', 'ready', 'failed', 'published', 'discarded')`)
@Check('a_plan_is_a_run_or_a_repair', `kind in ('run', 'repair')`)
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'a_plan_is_for_a_cycle' })
export class PlanEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'uuid' }) cycleId: string;
  @Column({ type: 'text' }) state: PlanState;
  @Column({ type: 'text', default: 'run' }) kind: PlanKind;
  /** What staff call it */
  @Column({ type: 'text', default: '' }) name: string;
  /** How the copy of the year differs for which it was computed; none: it is the year as it is */
  @Column({ type: 'jsonb', default: [] }) changes: YearChange[];
  /** Parts of the cost, level by level; none: they were added up */
  @Column({ type: 'jsonb', default: [] }) order: string[][];
  /** What each level of the order came to */
  @Column({ type: 'jsonb', default: [] }) levels: PlanLevel[];
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
  /** The code of what failed */
  @Column({ type: 'text', default: '' }) error: string;
  @Column({ type: 'jsonb', nullable: true }) failure: PlanFailure | null;
  @Column({ type: 'boolean', default: false }) cancelWanted: boolean;
  @Column({ type: 'text' }) requestedBy: string;
  @Column({ type: 'timestamptz' }) requestedAt: Date;
  @Column({ type: 'timestamptz', nullable: true }) finishedAt: Date | null;
  @Column({ type: 'timestamptz', nullable: true }) publishedAt: Date | null;
  /** When its changes were written into the year */
  @Column({ type: 'timestamptz', nullable: true }) takenOverAt: Date | null;
  /** How often a process began to compute it: what an earlier one still writes does not count */
  @Column({ type: 'integer', default: 0 }) attempt: number;
  /** When the process that computes it was last known to live */
  @Column({ type: 'timestamptz', nullable: true }) seenAt: Date | null;
}
