import { Body, Controller, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Doubts } from '../../responses/doubts.service.ts';
import { wordIn, type Body as Typed } from './meeting-form.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { meetingAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

/** An answer that a machine may have given: staff say whether it counts */
@Controller('meetings/:id/answers/:answer')
@UseGuards(StaffGuard)
export class MeetingDoubtController {
  constructor(
    private readonly doubts: Doubts,
    private readonly meetingPages: MeetingPages,
  ) {}

  @Post('settle')
  async settle(
    @IdInPath() id: string,
    @Param('answer') answerId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const counts = wordIn(body, 'counts', 3) === 'yes';
    const done = await this.meetingPages.attempt(
      () => this.doubts.settle(answerId, counts, staffActor(request)),
      async (refusal) => {
        const file = await this.meetingPages.open(id, request, reply);
        await this.meetingPages.overview(request, reply, file, { refusal });
      },
    );
    if (done) await reply.redirect(meetingAddress(id, `?done=${counts ? 'believed' : 'dismissed'}`), 303);
  }
}
