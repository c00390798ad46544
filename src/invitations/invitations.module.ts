import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { CycleModule } from '../cycle/cycle.module.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { LinksModule } from '../links/links.module.ts';
import { MailModule } from '../mail/mail.module.ts';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { PlanningModule } from '../planning/planning.module.ts';
import { RosterModule } from '../roster/roster.module.ts';
import { AnnouncedQueries } from './announced.queries.ts';
import { InvitationQueries } from './invitations.queries.ts';
import { Letters } from './letters.service.ts';
import { OfficeMails } from './office-mails.service.ts';
import { PersonMails } from './person-mails.service.ts';
import { Releases } from './releases.service.ts';
import { ToldMeetings } from './told-meetings.service.ts';
import { YearInvitations } from './year-invitations.service.ts';

@Module({
  imports: [
    AuditModule,
    CycleModule,
    IdentityModule,
    LinksModule,
    MailModule,
    MeetingsModule,
    PlanningModule,
    RosterModule,
  ],
  providers: [
    AnnouncedQueries,
    Releases,
    Letters,
    OfficeMails,
    PersonMails,
    ToldMeetings,
    YearInvitations,
    InvitationQueries,
  ],
  exports: [AnnouncedQueries, Releases, Letters, YearInvitations, InvitationQueries],
})
export class InvitationsModule {}
