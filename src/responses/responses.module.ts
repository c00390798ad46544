import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { ResponseQueries } from './responses.queries.ts';
import { Responses } from './responses.service.ts';

@Module({
  imports: [AuditModule, MeetingsModule],
  providers: [Responses, ResponseQueries],
  exports: [Responses, ResponseQueries],
})
export class ResponsesModule {}
