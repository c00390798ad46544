import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { InvitationsModule } from '../invitations/invitations.module.ts';
import { MailModule } from '../mail/mail.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { Receipts } from './receipts.service.ts';
import { ResponseQueries } from './responses.queries.ts';
import { Responses } from './responses.service.ts';
import { ResponsesWorker } from './responses.worker.ts';
import { StandingAnswers } from './standing-answers.service.ts';

@Module({
  imports: [AuditModule, InvitationsModule, MailModule, MeetingsModule],
  providers: [Receipts, Responses, ResponseQueries, ResponsesWorker, StandingAnswers],
  exports: [Receipts, Responses, ResponseQueries],
})
export class ResponsesModule {}
