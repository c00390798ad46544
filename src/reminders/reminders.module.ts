import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { InvitationsModule } from '../invitations/invitations.module.ts';
import { LinksModule } from '../links/links.module.ts';
import { MailModule } from '../mail/mail.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { MilestonesModule } from '../milestones/milestones.module.ts';
import { CountryHolidays } from './country-holidays.service.ts';
import { ResponsesModule } from '../responses/responses.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { ReminderLetters } from './reminder-letters.service.ts';
import { ReminderYears } from './reminder-years.queries.ts';
import { ReminderQueries } from './reminders.queries.ts';
import { Reminders } from './reminders.service.ts';
import { RemindersWorker } from './reminders.worker.ts';
import { Unsubscribing } from './unsubscribing.service.ts';

/** The tick needs `ScheduleModule.forRoot()` in the application. */
@Module({
  imports: [
    AuditModule,
    CycleModule,
    IdentityModule,
    InvitationsModule,
    LinksModule,
    MailModule,
    MeetingsModule,
    MilestonesModule,
    ResponsesModule,
    RosterModule,
  ],
  providers: [
    CountryHolidays,
    ReminderLetters,
    ReminderQueries,
    Reminders,
    RemindersWorker,
    ReminderYears,
    Unsubscribing,
  ],
  exports: [ReminderQueries, Reminders, Unsubscribing],
})
export class RemindersModule {}
