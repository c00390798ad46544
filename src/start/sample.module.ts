import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AvailabilityModule } from '../availability/availability.module.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { MailModule } from '../mail/mail.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { FirstRun } from './first-run.service.ts';
import { Sample } from './sample.service.ts';

@Module({
  imports: [AuditModule, AvailabilityModule, IdentityModule, MailModule, RosterModule],
  providers: [Sample, { provide: FirstRun, useExisting: Sample }],
  exports: [Sample, FirstRun],
})
export class SampleModule {}
