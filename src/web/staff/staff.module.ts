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
import { RemindersModule } from '../../reminders/reminders.module.ts';
import { ResponsesModule } from '../../responses/responses.module.ts';
import { RosterModule } from '../../roster/roster.module.ts';
import { FRAMES } from '../frame.ts';
import { BoardController } from './board.controller.ts';
import { BoardMoveController } from './board-move.controller.ts';
import { YearStandings } from './board-facts.service.ts';
import { MailPages } from './mail-pages.service.ts';
import { MailProposalController } from './mail-proposal.controller.ts';
import { MailTriageController } from './mail-triage.controller.ts';
import { MailboxReplyController } from './mailbox-reply.controller.ts';
import { MailboxController } from './mailbox.controller.ts';
import { AttendanceController } from './attendance.controller.ts';
import { MeetingCancelController } from './meeting-cancel.controller.ts';
import { MeetingChoosing } from './meeting-choosing.service.ts';
import { MeetingController } from './meeting.controller.ts';
import { MeetingDoubtController } from './meeting-doubt.controller.ts';
import { MeetingEditController } from './meeting-edit.controller.ts';
import { MeetingMilestoneController } from './meeting-milestone.controller.ts';
import { MilestoneDesk } from './meeting-milestone.service.ts';
import { MeetingPeopleController } from './meeting-people.controller.ts';
import { MeetingPersonController } from './meeting-person.controller.ts';
import { MeetingDesk } from './meeting-desk.service.ts';
import { MeetingPages } from './meeting-pages.service.ts';
import { NewYearController } from './new-year.controller.ts';
import { PlanController } from './plan.controller.ts';
import { PlanDesk } from './plan-desk.service.ts';
import { PlanHeldController } from './plan-held.controller.ts';
import { PlanPublishController } from './plan-publish.controller.ts';
import { PlanWeightsController } from './plan-weights.controller.ts';
import { LongQuestions } from './long-questions.service.ts';
import { PlanAsksController } from './plan-asks.controller.ts';
import { PlanWhatIfController } from './plan-what-if.controller.ts';
import { PlanRepairsController } from './plan-repairs.controller.ts';
import { PlanWhyController } from './plan-why.controller.ts';
import { PlanWhys } from './plan-whys.service.ts';
import { ReleaseController } from './release.controller.ts';
import { RemindersController } from './reminders.controller.ts';
import { RosterController } from './roster.controller.ts';
import { RosterEditController } from './roster-edit.controller.ts';
import { RosterEndController } from './roster-end.controller.ts';
import { RosterFilesController } from './roster-files.controller.ts';
import { RosterStaffController } from './roster-staff.controller.ts';
import { RosterDesk } from './roster-desk.service.ts';
import { RosterDoings } from './roster-doings.service.ts';
import { Uploads } from './uploads.service.ts';
import { AvailabilityController } from './availability.controller.ts';
import { AvailabilityPersonController } from './availability-person.controller.ts';
import { AvailabilityFilesController } from './availability-files.controller.ts';
import { TrailController } from './trail.controller.ts';
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
    RemindersModule,
    ResponsesModule,
    RosterModule,
  ],
  controllers: [
    SignInController,
    NewYearController,
    PlanHeldController,
    PlanPublishController,
    PlanController,
    PlanRepairsController,
    PlanAsksController,
    PlanWhatIfController,
    PlanWhyController,
    PlanWeightsController,
    TodayController,
    BoardController,
    BoardMoveController,
    MeetingController,
    MeetingDoubtController,
    MeetingEditController,
    MeetingCancelController,
    MeetingPeopleController,
    MeetingPersonController,
    MeetingMilestoneController,
    AttendanceController,
    MailboxController,
    MailProposalController,
    MailTriageController,
    MailboxReplyController,
    ReleaseController,
    RemindersController,
    RosterController,
    RosterEditController,
    RosterEndController,
    RosterFilesController,
    RosterStaffController,
    AvailabilityController,
    AvailabilityPersonController,
    AvailabilityFilesController,
    TrailController,
  ],
  providers: [
    PlanDesk,
    PlanWhys,
    LongQuestions,
    MailPages,
    Uploads,
    RosterDoings,
    RosterDesk,
    MeetingChoosing,
    MeetingDesk,
    MeetingPages,
    MilestoneDesk,
    YearStandings,
    Years,
    StaffFrames,
    { provide: FRAMES, useExisting: StaffFrames },
  ],
  exports: [FRAMES],
})
export class StaffModule {}
