import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, Not } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import { PlanEntity, type PlanState } from './plan.entity.ts';
import { planningRefusals } from './refusals.ts';

export type PlanRun = PlanEntity;

export interface PlanStanding {
  readonly id: string;
  readonly state: PlanState;
  /** How many meetings it could not place */
  readonly unplaced: number;
  readonly requestedAt: Date;
}

@Injectable()
export class PlanningQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Newest first, without the discarded */
  async ofCycle(cycleId: string): Promise<PlanRun[]> {
    return this.database.manager.find(PlanEntity, {
      where: { cycleId, state: Not('discarded') },
      order: { requestedAt: 'DESC' },
    });
  }

  /** How far the newest run of a year is, without what it was given and what came out; undefined where none was asked for */
  async standing(cycleId: string): Promise<PlanStanding | undefined> {
    const [row]: PlanStanding[] = await this.database.query(
      `select id, state, jsonb_array_length(unplaced) as unplaced, requested_at as "requestedAt"
         from plan where cycle_id = $1 and state <> 'discarded' order by requested_at desc limit 1`,
      [cycleId],
    );
    return row;
  }

  /** @throws Refusal where there is no such plan */
  async one(id: string): Promise<PlanRun> {
    const plan = await this.database.manager.findOneBy(PlanEntity, { id });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return plan;
  }
}
