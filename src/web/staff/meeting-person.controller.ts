import { Body, Controller, Get, NotFoundException, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { text } from '../../kernel/text.ts';
import { Attendees } from '../../meetings/attendees.service.ts';
import { faultTexts } from '../../responses/answer.ts';
import { Responses } from '../../responses/responses.service.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { fieldName, readAnswers, type TypedAnswer } from '../respond/answer-fields.ts';
import type { MeetingFile } from './meeting-file.ts';
import { wordIn, type Body as Typed } from './meeting-form.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { present } from './meeting-people.controller.ts';
import { personPage } from './meeting-person.ts';
import { meetingAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

interface Shown {
  readonly typed?: TypedAnswer;
  readonly by?: string;
  readonly faults?: Faults;
  readonly refusal?: Refusal;
  readonly status?: number;
  readonly done?: string | undefined;
}

const byFault = text('お名前は150字以内で入力してください。', 'Please give the name in at most 150 characters.');

/** One participant: how they are reached and take part, what they said, and an answer that they gave by telephone */
@Controller('meetings/:id/people/:attendee')
@UseGuards(StaffGuard)
export class MeetingPersonController {
  constructor(
    private readonly meetingPages: MeetingPages,
    private readonly responses: Responses,
    private readonly attendees: Attendees,
  ) {}

  @Get()
  async show(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('done') done?: string,
  ): Promise<void> {
    await this.page(request, reply, await this.meetingPages.open(id, request, reply), attendeeId, { done });
  }

  @Post('answer')
  async answer(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    present(file, attendeeId);
    const [read] = readAnswers(body, [attendeeId]);
    const by = wordIn(body, 'by', 500)
      .normalize('NFC')
      .replace(/\p{Cc}/gu, ' ')
      .trim();
    const faults: Faults = {
      ...(read ? read.faults : { [fieldName(attendeeId, 'attendance')]: faultTexts['attendance']! }),
      ...([...by].length > 150 ? { by: byFault } : {}),
    };
    const typed = read?.typed ?? {};
    if (hasFaults(faults) || !read?.given)
      return this.page(request, reply, file, attendeeId, { typed, by, faults, status: 422 });
    const entry = { attendeeId, revision: read.revision, given: read.given };
    let changed: string[] = [];
    const done = await this.meetingPages.attempt(
      async () => {
        changed = await this.responses.record([entry], {
          channel: 'staff',
          // whose words they are, and who heard them
          name: by === '' ? request.staff.nameJa : `${by} / ${request.staff.nameJa}`,
          agent: '',
          actor: staffActor(request),
          mayAnswerFor: 'everybody',
        });
      },
      async (refusal) =>
        this.page(request, reply, await this.meetingPages.open(id, request, reply), attendeeId, { typed, by, refusal }),
    );
    const words = changed.length > 0 ? 'answered' : 'known';
    if (done) await reply.redirect(meetingAddress(id, `/people/${attendeeId}?done=${words}`), 303);
  }

  @Post('take-part')
  async takePart(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    present(file, attendeeId);
    const way = (['online', 'on-site'] as const).find((one) => one === wordIn(body, 'as', 20));
    if (!way) throw new NotFoundException();
    const done = await this.meetingPages.attempt(
      () => this.attendees.takePart(attendeeId, way === 'online', staffActor(request)),
      (refusal) => this.page(request, reply, file, attendeeId, { refusal }),
    );
    if (done) await reply.redirect(meetingAddress(id, `/people/${attendeeId}?done=take-part`), 303);
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    attendeeId: string,
    { typed, by = '', faults = {}, refusal, status, done }: Shown,
  ): Promise<void> {
    const attendee = present(file, attendeeId);
    const data = { ...personPage(file, attendee, typed), by, faults };
    const shown = { ...(refusal ? { refusal } : {}), ...(status ? { status } : {}), done };
    await this.meetingPages.show(request, reply, '-person', file, data, shown);
  }
}
