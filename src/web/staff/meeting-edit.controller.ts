import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AvailabilityQueries } from '../../availability/availability.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { eachDay } from '../../kernel/calendar-date.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { MeetingChange } from '../../meetings/meeting-change.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { Meetings } from '../../meetings/meetings.service.ts';
import { meetingRefusals } from '../../meetings/refusals.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import type { Faults } from '../faults.ts';
import { movingDeadlines, noticesOf, tellingOf, type Surroundings } from './meeting-consequences.ts';
import { fieldChanges, meetingAfter, type FieldChange } from './meeting-change-view.ts';
import { isOver, mayBeInCharge, type MeetingFile } from './meeting-file.ts';
import {
  readMeeting,
  seenOf,
  typedOf,
  usualLastDay,
  wordIn,
  type Body as Typed,
  type TypedMeeting,
} from './meeting-form.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { modeNames } from './meeting-words.ts';
import { meetingAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

interface FormShown {
  readonly typed: TypedMeeting;
  readonly faults?: Faults;
  readonly refusal?: Refusal;
  readonly status?: number;
  /** What somebody else has made of it meanwhile, beside what was typed */
  readonly present?: readonly FieldChange[];
}

/** Time, place and what goes with them, set by hand: the form, then what follows from it, then the change */
@Controller('meetings/:id')
@UseGuards(StaffGuard)
export class MeetingEditController {
  constructor(
    private readonly meetingPages: MeetingPages,
    private readonly meetings: Meetings,
    private readonly queries: MeetingQueries,
    private readonly milestones: MilestoneQueries,
    private readonly availability: AvailabilityQueries,
  ) {}

  @Get('edit')
  async form(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    await this.show(request, reply, file, { typed: typedOf(file) });
  }

  @Post('edit')
  async check(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const { typed, change, time, faults } = readMeeting(body, file);
    const after = meetingAfter(file, change ?? time);
    if (after instanceof Refusal || !change)
      return this.show(request, reply, file, {
        typed,
        faults: { ...(after instanceof Refusal ? timeFault(after) : {}), ...faults },
        status: 422,
      });
    if (wordIn(body, 'seen', 20_000) !== seenOf(file.meeting)) {
      const refusal = Refusal.of(meetingRefusals, 'meetings.changed-meanwhile', { title: file.meeting.title });
      return this.show(request, reply, file, { typed, refusal, present: fieldChanges(after, file.meeting, file) });
    }
    const step = wordIn(body, 'step', 10);
    if (step === 'back') return this.show(request, reply, file, { typed });
    if (Object.keys(change).length === 0) return redirect(reply, id, 'same');
    if (step === 'save') return this.save(request, reply, file, change, typed);
    await this.confirm(request, reply, file, after, typed);
  }

  /** Lets the planner move it again. Nothing changes for anybody, so nothing is asked. */
  @Post('free')
  async free(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const done = await this.meetingPages.attempt(
      () => this.meetings.set(id, { fixedByStaff: false }, staffActor(request)),
      async (refusal) =>
        this.meetingPages.overview(request, reply, await this.meetingPages.open(id, request, reply), { refusal }),
    );
    if (done) await redirect(reply, id, 'freed');
  }

  private async save(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    change: MeetingChange,
    typed: TypedMeeting,
  ): Promise<void> {
    const { id, revision } = file.meeting;
    const done = await this.meetingPages.attempt(
      () => this.meetings.set(id, change, staffActor(request), revision),
      async (refusal) => {
        await this.show(request, reply, await this.meetingPages.open(id, request, reply), { typed, refusal });
      },
    );
    if (done) await redirect(reply, id, 'set');
  }

  private async confirm(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    after: Meeting,
    typed: TypedMeeting,
  ): Promise<void> {
    const around = await this.around(file, after);
    await this.meetingPages.show(request, reply, '-confirm', file, {
      typed: Object.entries(typed).map(([name, value]) => ({ name, value })),
      seen: seenOf(file.meeting),
      changes: fieldChanges(file.meeting, after, file),
      notices: noticesOf(file, after, around),
      telling: tellingOf(file, after),
      deadlines: movingDeadlines(file, after, around.milestones),
    });
  }

  private async around(file: MeetingFile, after: Meeting): Promise<Surroundings> {
    const { firstDay, lastDay, cycleId } = after;
    const milestones = await this.milestones.ofCycle(cycleId);
    if (!firstDay || !lastDay) return { availability: [], days: [], elsewhere: [], milestones };
    const coming = file.attendees.filter(({ attendance }) => attendance !== 'absent' && attendance !== 'proxy');
    const people = coming.map(({ personId }) => personId);
    const days = [...eachDay(firstDay, lastDay)];
    const [availability, elsewhere] = await Promise.all([
      this.availability.grid(people, days),
      this.queries.elsewhere(people, after),
    ]);
    return { availability, days, elsewhere, milestones };
  }

  private async show(
    request: StaffRequest,
    reply: FastifyReply,
    file: MeetingFile,
    { typed, faults = {}, refusal, status, present = [] }: FormShown,
  ): Promise<void> {
    const { meeting, cycle, whole } = file;
    const data = {
      typed,
      faults,
      present,
      seen: seenOf(meeting),
      modes: (['on-site', 'online', 'hybrid'] as const).map((value) => ({ value, label: modeNames[value] })),
      staff: mayBeInCharge(file).map((member) => ({
        value: member.id,
        label: text(`${member.nameJa} ${member.telephone}`, `${member.nameEn} ${member.telephone}`),
      })),
      // bounds of the date fields; the year's own are checked again
      year: { from: `${cycle.fiscalYear}-04-01`, to: `${cycle.fiscalYear + 1}-03-31` },
      lastDayHint: lastDayHint(meeting),
      window: { from: meeting.windowFrom, to: meeting.windowTo },
      part: whole !== undefined,
      over: isOver(file),
    };
    const shown = { ...(refusal ? { refusal } : {}), ...(status ? { status } : {}) };
    await this.meetingPages.show(request, reply, '-edit', file, data, shown);
  }
}

function lastDayHint(meeting: Meeting): Text {
  const days =
    Math.round((Date.parse(usualLastDay(meeting, '2027-04-01')) - Date.parse('2027-04-01')) / 86_400_000) + 1;
  return text(`空欄の場合は${days}日間`, days === 1 ? 'Empty: one day' : `Empty: ${days} days`);
}

/** A time that cannot be is said at the field that would put it right. */
const timeFault = (refusal: Refusal): Faults => ({
  [refusal.code === 'meetings.ends-before-it-begins' || refusal.code === 'meetings.too-long' ? 'to' : 'firstDay']:
    refusal.text,
});

const redirect = async (reply: FastifyReply, id: string, done: string): Promise<void> => {
  await reply.redirect(meetingAddress(id, `?done=${done}`), 303);
};
