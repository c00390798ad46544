import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TrailQueries } from '../../audit/trail.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { addDays, parseDate, type CalendarDate } from '../../kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { text, type Text } from '../../kernel/text.ts';
import { answeredOf } from '../../milestones/answered.ts';
import type { Milestone } from '../../milestones/milestone.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { Milestones } from '../../milestones/milestones.service.ts';
import { milestoneRefusals } from '../../milestones/refusals.ts';
import { Pages } from '../page.service.ts';
import type { Faults } from '../faults.ts';
import { MilestoneDesk, type MilestoneFile } from './meeting-milestone.service.ts';
import { milestoneLine } from './meeting-milestones.ts';
import { wordIn, type Body as Typed } from './meeting-form.ts';
import { IdInPath } from './meeting-pages.service.ts';
import { trailView } from './meeting-trail.ts';
import { todayOf } from './board.ts';
import { addressIn, meetingAddress, milestoneAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

const noteTooLong = text('備考は2,000字以内で入力してください。', 'Please keep the note to 2,000 characters.');
const changedMeanwhile = text(
  'このページを開いた後に、別の担当者がこの期限を変更しました。最新の内容をご確認ください。',
  'Somebody else has changed this deadline since the page was opened. Please look at its present state.',
);
const notThat = text('どうするかを選んでください。', 'Please choose what to do.');

/** The state that the form was made from */
const seenOf = ({ state, extendedTo }: Milestone): string => `${state} ${extendedTo ?? ''}`;

interface Shown {
  readonly faults?: Faults;
  readonly problem?: Text | null;
  readonly status?: number;
  readonly typed?: { readonly note?: string; readonly until?: string };
  readonly done?: string | undefined;
}

/** One deadline: handed in, not needed this time, another day, or open again */
@Controller('milestones/:id')
@UseGuards(StaffGuard)
export class MeetingMilestoneController {
  constructor(
    private readonly desk: MilestoneDesk,
    private readonly queries: MilestoneQueries,
    private readonly milestones: Milestones,
    private readonly trail: TrailQueries,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('done') done?: string,
  ): Promise<void> {
    await this.page(request, reply, await this.desk.open(id, request, reply), { done });
  }

  /** From the page of the deadline, or from a list with one press. A second press changes nothing. */
  @Post('settle')
  async settle(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.desk.open(id, request, reply);
    const { milestone } = file;
    const note = wordIn(body, 'note', 10_000).normalize('NFC').trim();
    const state = wordIn(body, 'state', 20);
    const typed = { note };
    if (state !== 'submitted' && state !== 'waived')
      return this.page(request, reply, file, { typed, problem: notThat, status: 422 });
    if ([...note].length > 2000)
      return this.page(request, reply, file, { typed, faults: { note: noteTooLong }, status: 422 });
    const quick = wordIn(body, 'seen', 100) === '';
    const isThat = milestone.state === state && (quick || milestone.note === note);
    if (!isThat) {
      if (quick ? milestone.state !== 'open' : wordIn(body, 'seen', 100) !== seenOf(milestone))
        return this.page(request, reply, file, { typed, problem: changedMeanwhile, status: 409 });
      await this.milestones.settle(id, state, note, staffActor(request));
    }
    await this.back(reply, file, wordIn(body, 'back', 20));
  }

  @Post('extend')
  async extend(
    @IdInPath() id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const file = await this.desk.open(id, request, reply);
    const until = wordIn(body, 'until', 20).trim();
    const day = parseDate(until);
    if (!day || !isNear(day, file))
      return this.page(request, reply, file, {
        typed: { until },
        faults: { until: milestoneRefusals['milestones.bad-day'] },
        status: 422,
      });
    if (file.milestone.extendedTo !== day) {
      if (wordIn(body, 'seen', 100) !== seenOf(file.milestone))
        return this.page(request, reply, file, { typed: { until }, problem: changedMeanwhile, status: 409 });
      await this.milestones.extend(id, day, staffActor(request));
    }
    await this.back(reply, file, '');
  }

  @Post('reopen')
  async reopen(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.desk.open(id, request, reply);
    if (file.milestone.state !== 'open') await this.milestones.reopen(id, staffActor(request));
    await this.back(reply, file, '');
  }

  private async back(reply: FastifyReply, { milestone, cycle }: MilestoneFile, to: string): Promise<void> {
    const address =
      to === 'list'
        ? addressIn(cycle, 'today', '/deadlines?done=milestone')
        : to === 'meeting' && milestone.meetingId
          ? meetingAddress(milestone.meetingId, '/deadlines?done=milestone')
          : milestoneAddress(milestone.id, '?done=milestone');
    await reply.redirect(address, 303);
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    file: MilestoneFile,
    { faults = {}, problem = null, status = 200, typed = {}, done }: Shown,
  ): Promise<void> {
    // the present state, also where the form that came back was made from another
    const milestone = status === 409 ? await this.queries.one(file.milestone.id) : file.milestone;
    const { cycle, meeting } = file;
    const entries = (await this.trail.page({ subject: `milestone/${milestone.id}` })).entries;
    const answered = answeredOf(milestone, cycle.rules, meeting, file.answers, file.now);
    const line = milestoneLine(milestone, todayOf(file), answered);
    const data = {
      line,
      state: milestone.state,
      centre: file.centre,
      year: cycle.fiscalYear,
      meeting: meeting && { title: meeting.title, href: meetingAddress(meeting.id, '/deadlines') },
      crumbs: [
        { label: text('期限の一覧', 'Deadlines'), href: addressIn(cycle, 'today', '/deadlines') },
        ...(meeting ? [{ label: meeting.title, href: meetingAddress(meeting.id, '/deadlines') }] : []),
        { label: milestone.title, href: line.href },
      ],
      seen: seenOf(milestone),
      typed: { note: typed.note ?? milestone.note, until: typed.until ?? line.due ?? '' },
      faults,
      problem,
      done: done === 'milestone',
      may: request.staff.role !== 'reader',
      entries: trailView(entries, file),
    };
    await this.pages.render(reply, 'staff/meeting-milestone', data, { status });
  }
}

/** Within a year of the fiscal year: whatever lies further away is a slip of the finger. */
const isNear = (day: CalendarDate, { cycle }: MilestoneFile): boolean =>
  day >= addDays(firstDayOf(cycle.fiscalYear), -366) && day <= addDays(lastDayOf(cycle.fiscalYear), 366);
