import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { Attendees } from './attendees.service.ts';
import { MeetingQueries } from './meetings.queries.ts';
import { Meetings } from './meetings.service.ts';

@Module({
  imports: [AuditModule, CycleModule, RosterModule],
  providers: [Meetings, Attendees, MeetingQueries],
  exports: [Meetings, Attendees, MeetingQueries],
})
export class MeetingsModule {}
