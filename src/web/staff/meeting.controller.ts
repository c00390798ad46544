import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TrailQueries } from '../../audit/trail.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { InvitationQueries } from '../../invitations/invitations.queries.ts';
import { OutboxQueries } from '../../mail/outbox.queries.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { answersView, mailsView } from './meeting-history.ts';
import { milestonesView } from './meeting-milestones.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { trailView } from './meeting-trail.ts';

/** One meeting: who, when and where; and on further pages what was said, what is due, what was sent and what was done */
@Controller('meetings/:id')
@UseGuards(StaffGuard)
export class MeetingController {
  constructor(
    private readonly meetingPages: MeetingPages,
    private readonly milestones: MilestoneQueries,
    private readonly invitations: InvitationQueries,
    private readonly outbox: OutboxQueries,
    private readonly trail: TrailQueries,
  ) {}

  @Get()
  async show(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('done') done?: string,
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    await this.meetingPages.overview(request, reply, file, { done });
  }

  @Get('answers')
  async answers(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    await this.meetingPages.show(request, reply, '-answers', file, { entries: answersView(file) }, { tab: 'answers' });
  }

  @Get('deadlines')
  async deadlines(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('done') done?: string,
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const lines = milestonesView(await this.milestones.ofMeeting(id), file);
    await this.meetingPages.show(request, reply, '-deadlines', file, { lines }, { tab: 'deadlines', done });
  }

  @Get('mails')
  async mails(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const invitations = await this.invitations.ofMeetings([id]);
    const told = await this.invitations.told(file.cycle.id, id);
    const offices = [...new Set(told.flatMap(({ officeId }) => officeId ?? []))];
    const mails = await this.outbox.about(
      invitations.map((invitation) => invitation.id),
      offices,
    );
    await this.meetingPages.show(request, reply, '-mails', file, { mails: mailsView(mails, file) }, { tab: 'mails' });
  }

  @Get('trail')
  async done(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('before') before?: string,
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const page = await this.trail.page({
      subject: `meeting/${id}`,
      ...(typeof before === 'string' && /^\d{1,18}$/.test(before) ? { before } : {}),
    });
    const data = { entries: trailView(page.entries, { ...file, zone: file.meeting.zone }), older: page.older ?? null };
    await this.meetingPages.show(request, reply, '-trail', file, data, { tab: 'trail' });
  }
}
