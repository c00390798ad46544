import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AvailabilityModule } from '../availability/availability.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { MilestonesModule } from '../milestones/milestones.module.ts';
import { ProgrammeModule } from '../programme/programme.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { NewYear } from './new-year.service.ts';
import { PlanningQueries } from './planning.queries.ts';
import { Planning } from './planning.service.ts';
import { PlanningWorker } from './planning.worker.ts';
import { YearFactsReader } from './year-facts.service.ts';

@Module({
  imports: [
    AuditModule,
    AvailabilityModule,
    CycleModule,
    IdentityModule,
    MeetingsModule,
    MilestonesModule,
    ProgrammeModule,
    RosterModule,
  ],
  providers: [Planning, PlanningQueries, PlanningWorker, NewYear, YearFactsReader],
  exports: [Planning, PlanningQueries, NewYear, YearFactsReader],
})
export class PlanningModule {}
