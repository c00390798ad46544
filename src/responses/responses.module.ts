import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { InvitationsModule } from '../invitations/invitations.module.ts';
import { MailModule } from '../mail/mail.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { Doubts } from './doubts.service.ts';
import { Incoming } from './incoming.service.ts';
import { KnownInvitations } from './known-invitations.queries.ts';
import { MailAnswers } from './mail-answers.service.ts';
import { MailReader } from './mail-reader.service.ts';
import { Proposals } from './proposals.service.ts';
import { Receipts } from './receipts.service.ts';
import { ResponseQueries } from './responses.queries.ts';
import { Responses } from './responses.service.ts';
import { ResponsesWorker } from './responses.worker.ts';
import { TriageQueries } from './triage.queries.ts';
import { Triage } from './triage.service.ts';
import { StandingAnswers } from './standing-answers.service.ts';

@Module({
  imports: [AuditModule, InvitationsModule, MailModule, MeetingsModule],
  providers: [
    Triage,
    TriageQueries,
    Incoming,
    KnownInvitations,
    MailAnswers,
    MailReader,
    Doubts,
    Proposals,
    Receipts,
    Responses,
    ResponseQueries,
    ResponsesWorker,
    StandingAnswers,
  ],
  exports: [Triage, TriageQueries, Incoming, Doubts, Proposals, Receipts, Responses, ResponseQueries],
})
export class ResponsesModule {}
