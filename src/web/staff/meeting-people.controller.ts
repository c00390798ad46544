import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Attendees } from '../../meetings/attendees.service.ts';
import type { Attendee } from '../../meetings/meeting.ts';
import { meetingRefusals } from '../../meetings/refusals.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { MeetingChoosing, type Choice } from './meeting-choosing.service.ts';
import { nameIn, type MeetingFile } from './meeting-file.ts';
import { wordIn, type Body as Typed } from './meeting-form.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { emptyPerson, readPerson } from './meeting-person-form.ts';
import { meetingAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

/** Who is asked to a meeting, changed by hand: added, replaced, removed */
@Controller('meetings/:id/people')
@UseGuards(StaffGuard)
export class MeetingPeopleController {
  constructor(
    private readonly meetingPages: MeetingPages,
    private readonly choosing: MeetingChoosing,
    private readonly attendees: Attendees,
  ) {}

  @Get('add')
  async chooseNew(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query() query: Typed,
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const { typed } = readPerson(query, file);
    await this.choose(request, reply, file, { way: 'add', typed, search: wordIn(query, 'q', 100) });
  }

  @Post()
  async add(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const { typed, wanted, faults } = readPerson(body, file);
    const choice: Choice = { way: 'add', typed, search: wordIn(body, 'q', 100) };
    if (!wanted) return this.choose(request, reply, file, choice, { faults, status: 422 });
    const done = await this.meetingPages.attempt(
      () => this.attendees.add(id, wanted, staffActor(request)),
      (refusal) => this.choose(request, reply, file, choice, { refusal }),
    );
    if (done) await reply.redirect(meetingAddress(id, '?done=added'), 303);
  }

  @Get(':attendee/replace')
  async chooseOther(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('q') q?: string,
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const search = typeof q === 'string' ? q.slice(0, 100) : '';
    const attendee = present(file, attendeeId);
    await this.choose(request, reply, file, { way: 'replace', attendee, typed: emptyPerson, search });
  }

  @Post(':attendee/replace')
  async replace(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const attendee = present(file, attendeeId);
    const typed = { ...emptyPerson, person: wordIn(body, 'person', 200) };
    const choice: Choice = { way: 'replace', attendee, typed, search: wordIn(body, 'q', 100) };
    const { faults } = readPerson({ ...body, seat: '', roleJa: '-', roleEn: '-' }, file);
    if (hasFaults(faults)) return this.choose(request, reply, file, choice, { faults, status: 422 });
    const done = await this.meetingPages.attempt(
      () => this.attendees.replace(attendeeId, typed.person, staffActor(request)),
      (refusal) => this.choose(request, reply, file, choice, { refusal }),
    );
    if (done) await reply.redirect(meetingAddress(id, '?done=replaced'), 303);
  }

  @Get(':attendee/remove')
  async askToRemove(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.ask(request, reply, await this.meetingPages.open(id, request, reply), attendeeId);
  }

  /** A second press finds nobody to remove, and that is what was wanted. */
  @Post(':attendee/remove')
  async remove(
    @IdInPath() id: string,
    @IdInPath('attendee') attendeeId: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const isThere = file.attendees.some((one) => one.id === attendeeId);
    const done = await this.meetingPages.attempt(
      async () => isThere && (await this.attendees.remove(attendeeId, staffActor(request))),
      (refusal) => this.ask(request, reply, file, attendeeId, refusal),
    );
    if (done) await reply.redirect(meetingAddress(id, '?done=removed'), 303);
  }

  private async choose(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    choice: Choice,
    { faults = {}, status, refusal }: { faults?: Faults; status?: number; refusal?: Refusal } = {},
  ): Promise<void> {
    const data = { ...(await this.choosing.page(file, choice)), faults };
    const shown = { ...(refusal ? { refusal } : {}), ...(status ? { status } : {}) };
    await this.meetingPages.show(request, reply, '-choose', file, data, shown);
  }

  private async ask(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    attendeeId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const attendee = present(file, attendeeId);
    const seat = file.seats.find(({ id }) => id === attendee.seatId);
    const data = {
      name: nameIn(file, attendee.personId),
      role: attendee.role,
      address: meetingAddress(file.meeting.id, `/people/${attendeeId}`),
      told: file.told.has(attendee.personId),
      answered: attendee.attendance !== 'unanswered',
      // the seat stays, and the rule behind it is broken then
      leavesVacant:
        seat?.required === true && file.attendees.filter((one) => one.seatId === seat.id).length === 1
          ? seat.name
          : null,
    };
    await this.meetingPages.show(request, reply, '-remove', file, data, refusal ? { refusal } : {});
  }
}

/** @throws Refusal where they are not asked to this meeting, or not any more */
export function present(file: MeetingFile, attendeeId: string): Attendee {
  const attendee = file.attendees.find(({ id }) => id === attendeeId);
  if (!attendee) throw Refusal.of(meetingRefusals, 'meetings.unknown-attendee');
  return attendee;
}
