import { Module } from '@nestjs/common';
import { InvitationsModule } from '../../invitations/invitations.module.ts';
import { LinksModule } from '../../links/links.module.ts';
import { MilestonesModule } from '../../milestones/milestones.module.ts';
import { ResponsesModule } from '../../responses/responses.module.ts';
import { OfficeController } from './office.controller.ts';
import { ParticipantController } from './participant.controller.ts';

/** The door for those who come by an emailed link: participants and offices */
@Module({
  imports: [InvitationsModule, LinksModule, MilestonesModule, ResponsesModule],
  controllers: [ParticipantController, OfficeController],
})
export class RespondModule {}
