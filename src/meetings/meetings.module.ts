import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { AttendeeList } from './attendee-list.service.ts';
import { Attendees } from './attendees.service.ts';
import { Bookings } from './bookings.service.ts';
import { MeetingQueries } from './meetings.queries.ts';
import { Meetings } from './meetings.service.ts';
import { SeatFilling } from './seat-filling.service.ts';

@Module({
  imports: [AuditModule, CycleModule, RosterModule],
  providers: [Meetings, Attendees, AttendeeList, Bookings, SeatFilling, MeetingQueries],
  exports: [Meetings, Attendees, MeetingQueries],
})
export class MeetingsModule {}
