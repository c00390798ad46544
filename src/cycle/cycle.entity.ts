import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Programme } from '../programme/programme.ts';
import type { Cycle } from './cycle.ts';

/** One fiscal year of a programme. `rules` is the programme as it was when the year was set up, with this year's windows and spans. */
@Entity('cycle')
@Index('a_programme_has_one_cycle_a_fiscal_year', ['programme', 'fiscalYear'], { unique: true })
@Check('a_cycle_covers_its_own_or_an_earlier_year', 'covers <= fiscal_year')
export class CycleEntity implements Cycle {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'text' }) programme: string;
  @Column({ type: 'integer' }) fiscalYear: number;
  @Column({ type: 'integer' }) covers: number;
  @Column({ type: 'jsonb' }) rules: Programme;
  @Column({ type: 'jsonb', default: {} }) options: Record<string, boolean>;
  /** Made-up people: pages say so */
  @Column({ type: 'boolean', default: false }) sample: boolean;
  /** Staff whose name and telephone stand in mails unless a meeting names another */
  @Column({ type: 'uuid', nullable: true }) staffInCharge: string | null;
  @Column({ type: 'timestamptz' }) createdAt: Date;
}
