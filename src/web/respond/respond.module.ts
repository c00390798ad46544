import { Module } from '@nestjs/common';
import { InvitationsModule } from '../../invitations/invitations.module.ts';
import { LinksModule } from '../../links/links.module.ts';
import { MilestonesModule } from '../../milestones/milestones.module.ts';
import { ResponsesModule } from '../../responses/responses.module.ts';
import { MailModule } from '../../mail/mail.module.ts';
import { LinkAnswers } from './link-answers.service.ts';
import { LinkForms } from './link-forms.service.ts';
import { OfficeDeadlineController } from './office-deadline.controller.ts';
import { OfficeController } from './office.controller.ts';
import { CycleModule } from '../../cycle/cycle.module.ts';
import { IdentityModule } from '../../identity/identity.module.ts';
import { RemindersModule } from '../../reminders/reminders.module.ts';
import { UnsubscribeController } from './unsubscribe.controller.ts';
import { ParticipantController } from './participant.controller.ts';

/** The door for those who come by an emailed link: participants and offices */
@Module({
  imports: [
    CycleModule,
    IdentityModule,
    InvitationsModule,
    LinksModule,
    MailModule,
    MilestonesModule,
    RemindersModule,
    ResponsesModule,
  ],
  providers: [LinkAnswers, LinkForms],
  controllers: [ParticipantController, OfficeController, OfficeDeadlineController, UnsubscribeController],
})
export class RespondModule {}
