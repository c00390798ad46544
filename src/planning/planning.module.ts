import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AvailabilityModule } from '../availability/availability.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { MilestonesModule } from '../milestones/milestones.module.ts';
import { ProgrammeModule } from '../programme/programme.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { DayPrices } from './day-prices.service.ts';
import { NewYear } from './new-year.service.ts';
import { PlanRuns } from './plan-runs.service.ts';
import { PlanningQueries } from './planning.queries.ts';
import { Planning } from './planning.service.ts';
import { PlanningWorker } from './planning.worker.ts';
import { YearFactsReader } from './year-facts.service.ts';
import { YearMoves } from './year-moves.service.ts';
import { YearQuestions } from './year-questions.service.ts';
import { YearRules } from './year-rules.service.ts';

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
  providers: [
    DayPrices,
    NewYear,
    PlanRuns,
    Planning,
    PlanningQueries,
    PlanningWorker,
    YearFactsReader,
    YearMoves,
    YearQuestions,
    YearRules,
  ],
  exports: [
    DayPrices,
    NewYear,
    PlanRuns,
    Planning,
    PlanningQueries,
    YearFactsReader,
    YearMoves,
    YearQuestions,
    YearRules,
  ],
})
export class PlanningModule {}
