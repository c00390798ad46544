import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuditModule } from './audit/audit.module.ts';
import { ClockModule } from './clock/clock.module.ts';
import type { Config } from './config/config.ts';
import { ConfigModule } from './config/config.module.ts';
import { DatabaseModule } from './database/database.module.ts';
import { IdentityModule } from './identity/identity.module.ts';
import { JobsModule } from './jobs/jobs.module.ts';
import { LinksModule } from './links/links.module.ts';
import { MailModule } from './mail/mail.module.ts';
import { AvailabilityModule } from './availability/availability.module.ts';
import { RosterModule } from './roster/roster.module.ts';
import { CycleModule } from './cycle/cycle.module.ts';
import { InvitationsModule } from './invitations/invitations.module.ts';
import { MeetingsModule } from './meetings/meetings.module.ts';
import { MilestonesModule } from './milestones/milestones.module.ts';
import { PlanningModule } from './planning/planning.module.ts';
import { ProgrammeModule } from './programme/programme.module.ts';
import { ResponsesModule } from './responses/responses.module.ts';
import { RemindersModule } from './reminders/reminders.module.ts';
import { SampleModule } from './start/sample.module.ts';
import { RespondModule } from './web/respond/respond.module.ts';
import { StaffModule } from './web/staff/staff.module.ts';
import { HealthModule } from './web/health.module.ts';
import { PageModule } from './web/page.module.ts';

/** The house: one module per room, in the order of the floors. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        ClockModule,
        ScheduleModule.forRoot(),
        DatabaseModule,
        JobsModule,
        AuditModule,
        LinksModule,
        MailModule,
        IdentityModule,
        ProgrammeModule,
        RosterModule,
        CycleModule,
        AvailabilityModule,
        MeetingsModule,
        MilestonesModule,
        PlanningModule,
        InvitationsModule,
        ResponsesModule,
        RemindersModule,
        PageModule,
        HealthModule,
        StaffModule,
        RespondModule,
        SampleModule,
      ],
    };
  }
}
