import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Actor } from './actor.ts';

/** Rows are only added; a trigger refuses anything else. The number gives the order in which they were written. */
@Entity('trail')
@Check('an_actor_is_of_a_known_kind', `actor_kind in ('staff', 'link', 'command', 'system')`)
@Index('trail_by_subject', ['subject', 'number'])
@Index('trail_by_time', ['at', 'number'])
export class TrailEntryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) number: string;
  @Column({ type: 'timestamptz' }) at: Date;
  @Column({ type: 'text' }) actorKind: Actor['kind'];
  @Column({ type: 'text', nullable: true }) actorId: string | null;
  @Column({ type: 'text' }) actorName: string;
  @Column({ type: 'text' }) verb: string;
  @Column({ type: 'text' }) subject: string;
  @Column({ type: 'jsonb', nullable: true }) before: unknown;
  @Column({ type: 'jsonb', nullable: true }) after: unknown;
}
