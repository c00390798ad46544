import { Module } from '@nestjs/common';
import { RosterModule } from '../roster/roster.module.ts';
import { AvailabilityImport } from './availability-import.service.ts';
import { AvailabilityQueries } from './availability.queries.ts';
import { Availability } from './availability.service.ts';

@Module({
  imports: [RosterModule],
  providers: [Availability, AvailabilityImport, AvailabilityQueries],
  exports: [Availability, AvailabilityImport, AvailabilityQueries],
})
export class AvailabilityModule {}
