import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Meetings } from '../../meetings/meetings.service.ts';
import { meetingRefusals } from '../../meetings/refusals.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { tellingOf } from './meeting-consequences.ts';
import type { MeetingFile } from './meeting-file.ts';
import { seenOf, wordIn, type Body as Typed } from './meeting-form.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { meetingAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

type Way = 'cancel' | 'reinstate';

/** Cancelling a meeting and taking that back: each is asked for once more, with what follows from it. */
@Controller('meetings/:id')
@UseGuards(StaffGuard)
export class MeetingCancelController {
  constructor(
    private readonly meetingPages: MeetingPages,
    private readonly meetings: Meetings,
    private readonly milestones: MilestoneQueries,
  ) {}

  @Get('cancel')
  async askToCancel(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.ask(request, reply, await this.meetingPages.open(id, request, reply), 'cancel');
  }

  @Post('cancel')
  async cancel(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    await this.press(id, request, reply, body, 'cancel');
  }

  @Get('reinstate')
  async askToReinstate(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.ask(request, reply, await this.meetingPages.open(id, request, reply), 'reinstate');
  }

  @Post('reinstate')
  async reinstate(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    await this.press(id, request, reply, body, 'reinstate');
  }

  /** A second press finds it done already, and what was looked at may have moved: both are said, with the present state. */
  private async press(id: string, request: StaffRequest, reply: FastifyReply, body: Typed, way: Way): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const { meeting } = file;
    const command = async () => {
      const isThat = (meeting.state === 'cancelled') === (way === 'cancel');
      if (!isThat && wordIn(body, 'seen', 20_000) !== seenOf(meeting))
        throw Refusal.of(meetingRefusals, 'meetings.changed-meanwhile', { title: meeting.title });
      await (way === 'cancel'
        ? this.meetings.cancel(id, staffActor(request))
        : this.meetings.reinstate(id, staffActor(request)));
    };
    const done = await this.meetingPages.attempt(command, async (refusal) =>
      this.ask(request, reply, await this.meetingPages.open(id, request, reply), way, refusal),
    );
    if (done) await reply.redirect(meetingAddress(id, `?done=${way === 'cancel' ? 'cancelled' : 'reinstated'}`), 303);
  }

  private async ask(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    way: Way,
    refusal?: Refusal,
  ): Promise<void> {
    const cancelling = way === 'cancel';
    const milestones = await this.milestones.ofMeeting(file.meeting.id);
    const data = {
      way,
      // there is nothing to press where it is so already
      possible: (file.meeting.state === 'cancelled') !== cancelling,
      seen: seenOf(file.meeting),
      telling: tellingOf(file, 'cancelled'),
      parts: file.parts
        .filter(({ meeting }) => (meeting.state === 'cancelled') !== cancelling)
        .map(({ meeting }) => ({ title: meeting.title, href: meetingAddress(meeting.id) })),
      deadlines: milestones.filter(({ state }) => state === 'open').map(({ title }) => title),
    };
    await this.meetingPages.show(request, reply, '-cancel', file, data, refusal ? { refusal } : {});
  }
}
