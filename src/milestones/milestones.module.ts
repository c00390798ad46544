import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { MilestoneQueries } from './milestones.queries.ts';
import { Milestones } from './milestones.service.ts';
import { MilestonesWorker } from './milestones.worker.ts';

@Module({
  imports: [AuditModule, CycleModule, MeetingsModule],
  providers: [Milestones, MilestoneQueries, MilestonesWorker],
  exports: [Milestones, MilestoneQueries],
})
export class MilestonesModule {}
