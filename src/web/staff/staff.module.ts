import { Global, Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.ts';
import { AvailabilityModule } from '../../availability/availability.module.ts';
import { CycleModule } from '../../cycle/cycle.module.ts';
import { IdentityModule } from '../../identity/identity.module.ts';
import { InvitationsModule } from '../../invitations/invitations.module.ts';
import { MailModule } from '../../mail/mail.module.ts';
import { MeetingsModule } from '../../meetings/meetings.module.ts';
import { MilestonesModule } from '../../milestones/milestones.module.ts';
import { PlanningModule } from '../../planning/planning.module.ts';
import { ProgrammeModule } from '../../programme/programme.module.ts';
import { ResponsesModule } from '../../responses/responses.module.ts';
import { RosterModule } from '../../roster/roster.module.ts';
import { FRAMES } from '../frame.ts';
import { BoardController } from './board.controller.ts';
import { YearStandings } from './board-facts.service.ts';
import { MailboxController } from './mailbox.controller.ts';
import { MeetingController } from './meeting.controller.ts';
import { MeetingDesk } from './meeting-desk.service.ts';
import { MeetingPages } from './meeting-pages.service.ts';
import { NewYearController } from './new-year.controller.ts';
import { ReleaseController } from './release.controller.ts';
import { SignInController } from './sign-in.controller.ts';
import { StaffFrames } from './staff-frame.service.ts';
import { TodayController } from './today.controller.ts';
import { Years } from './years.service.ts';

/** The staff's door. Global, because what stands around their pages is asked for wherever a page is shown. */
@Global()
@Module({
  imports: [
    AuditModule,
    AvailabilityModule,
    CycleModule,
    IdentityModule,
    InvitationsModule,
    MailModule,
    MeetingsModule,
    MilestonesModule,
    PlanningModule,
    ProgrammeModule,
    ResponsesModule,
    RosterModule,
  ],
  controllers: [SignInController, NewYearController, TodayController, BoardController, MeetingController, MailboxController, ReleaseController],
  providers: [MeetingDesk, MeetingPages, YearStandings, Years, StaffFrames, { provide: FRAMES, useExisting: StaffFrames }],
  exports: [FRAMES],
})
export class StaffModule {}
