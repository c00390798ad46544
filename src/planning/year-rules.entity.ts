import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { YearChange } from './year-change.ts';

/** What staff decided for one year beside the programme's rules: weights, their order, days, candidates, limits. Every plan of the year keeps to it. */
@Entity('year_rules')
@ForeignKey('CycleEntity', ['cycleId'], ['id'], { name: 'year_rules_are_of_a_cycle' })
export class YearRulesEntity {
  @PrimaryColumn({ type: 'uuid' }) cycleId: string;
  @Column({ type: 'jsonb', default: [] }) changes: YearChange[];
}
