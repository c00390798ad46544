import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import { MilestoneEntity } from './milestone.entity.ts';
import { dayDue, type Milestone } from './milestone.ts';
import { milestoneRefusals } from './refusals.ts';

@Injectable()
export class MilestoneQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** By day; those without one last */
  async ofCycle(cycleId: string, tx: EntityManager = this.database.manager): Promise<Milestone[]> {
    const rows = await tx.findBy(MilestoneEntity, { cycleId });
    return rows.sort((a, b) => (dayDue(a) ?? '9').localeCompare(dayDue(b) ?? '9') || a.key.localeCompare(b.key));
  }

  /** @throws Refusal where there is no such deadline */
  async one(id: string): Promise<Milestone> {
    const milestone = await this.database.manager.findOneBy(MilestoneEntity, { id });
    if (!milestone) throw Refusal.of(milestoneRefusals, 'milestones.unknown');
    return milestone;
  }

  async ofMeeting(meetingId: string): Promise<Milestone[]> {
    const rows = await this.database.manager.findBy(MilestoneEntity, { meetingId });
    return rows.sort((a, b) => (dayDue(a) ?? '9').localeCompare(dayDue(b) ?? '9'));
  }
}
