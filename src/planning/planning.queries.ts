import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, Not } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import { PlanEntity } from './plan.entity.ts';
import { planningRefusals } from './refusals.ts';

export type PlanRun = PlanEntity;

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

  /** @throws Refusal where there is no such plan */
  async one(id: string): Promise<PlanRun> {
    const plan = await this.database.manager.findOneBy(PlanEntity, { id });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return plan;
  }
}
