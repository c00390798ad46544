import { Body, Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { parseDate } from '../../kernel/calendar-date.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { meetingRefusals } from '../../meetings/refusals.ts';
import { DayPrices } from '../../planning/day-prices.service.ts';
import { hasOwnDays } from '../../planning/year-instance.ts';
import { YearMoves } from '../../planning/year-moves.service.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { Pages } from '../page.service.ts';
import { pricesForScript, shownStarts, type ShownStart } from './board-prices.ts';
import { exchanged } from './plan-placements.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

const Move = z.object({
  meeting: z.uuid(),
  /** A day with its half, as the page without script sends them: `2027-09-07 am` */
  start: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d (am|pm)$/)
    .optional(),
  day: z.string().optional(),
  half: z.string().optional(),
  seen: z.coerce.number().int().min(0),
  steps: z.string().optional(),
});
const Back = z.object({
  meeting: z.uuid(),
  seen: z.coerce.number().int().min(0),
});

/** A meeting moved from the year board: what each day would cost, and the day that was chosen, as a draft */
@Controller('y/:programme/:year/year-board')
@UseGuards(StaffGuard)
export class BoardMoveController {
  constructor(
    private readonly years: Years,
    private readonly meetings: MeetingQueries,
    private readonly moves: YearMoves,
    private readonly roster: RosterQueries,
    private readonly prices: DayPrices,
    private readonly pages: Pages,
  ) {}

  /** For the script that shows them while a bar is held; said in the reader's language */
  @Get('prices/:id')
  async script(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const meeting = await this.meeting(cycle, id);
    const starts = await this.startsOf(cycle, meeting);
    void reply.header('cache-control', 'no-store');
    const days = Math.ceil(meeting.halfDays / 2);
    await reply.send(pricesForScript(starts, { days, seen: meeting.revision }, this.pages.language(request)));
  }

  /** The same as a page: all days with their prices, to choose one */
  @Get('move/:id')
  async choose(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.page(request, reply, cycle, await this.meeting(cycle, id));
  }

  @Post('move')
  async move(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: object = {}): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const read = Move.safeParse(body);
    if (!read.success) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    const { seen, steps } = read.data;
    const meeting = await this.meeting(cycle, read.data.meeting);
    const [typedDay, half] = read.data.start ? read.data.start.split(' ') : [read.data.day, read.data.half];
    const day = parseDate(typedDay ?? '');
    if (!day || (half !== 'am' && half !== 'pm'))
      return this.page(request, reply, cycle, meeting, { status: 422, missing: true });
    const { key: meetingKey } = meeting;
    await this.done(request, reply, cycle, meeting, steps === 'yes', () =>
      this.moves.move(cycle.id, { meetingKey, day, half, shown: seen }, staffActor(request)),
    );
  }

  /** Where it was before it was dragged, with whom it was */
  @Post('back')
  async back(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: object = {}): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const read = Back.safeParse(body);
    if (!read.success) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    const meeting = await this.meeting(cycle, read.data.meeting);
    await this.done(request, reply, cycle, meeting, false, () =>
      this.moves.back(cycle.id, meeting.key, read.data.seen, staffActor(request)),
    );
  }

  private async done(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    { id }: Meeting,
    steps: boolean,
    command: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await command();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const shown = { problem: error.text, status: error.status };
      return this.page(request, reply, cycle, await this.meeting(cycle, id), shown);
    }
    const query = new URLSearchParams({ moved: id, ...(steps ? { steps: 'yes' } : {}) });
    await reply.redirect(addressIn(cycle, 'year-board', `?${query}`), 303);
  }

  private async meeting(cycle: Cycle, id: string): Promise<Meeting> {
    if (!z.uuid().safeParse(id).success) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    const meeting = await this.meetings.one(id);
    if (meeting.cycleId !== cycle.id || !hasOwnDays(cycle, meeting))
      throw Refusal.of(meetingRefusals, 'meetings.unknown');
    return meeting;
  }

  private async startsOf(cycle: Cycle, meeting: Meeting): Promise<ShownStart[]> {
    const prices = await this.prices.of(cycle.id, meeting.key);
    const { people } = await this.roster.wholeRoster();
    const names = new Map(people.map((person) => [person.id, person.name]));
    const named = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? text(id, id));
    const parts = new Set(prices.flatMap(({ hearings }) => hearings.map(({ meetingId }) => meetingId)));
    const ids = [meeting.id, ...parts];
    const ground = { seats: await this.meetings.seatsOf(ids), attendees: await this.meetings.attendeesOf(ids) };
    const priced = prices.map(({ seatings, ...price }) => {
      const seated = [{ meetingId: meeting.id, seatings }, ...price.hearings];
      const changed = seated.map((one) => exchanged(ground, one.meetingId, one.seatings));
      const both = (which: 'comes' | 'goes') => named([...new Set(changed.flatMap((one) => one[which]))]);
      return { ...price, comes: both('comes'), goes: both('goes') };
    });
    return shownStarts(meeting, meetingActivityOf(cycle.rules, meeting.activity)!, priced);
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    meeting: Meeting,
    shown: { readonly problem?: Text; readonly status?: number; readonly missing?: boolean } = {},
  ): Promise<void> {
    const starts = await this.startsOf(cycle, meeting);
    const possible = starts.filter(({ tone }) => tone !== 'no');
    await this.pages.render(
      reply,
      'staff/board-move',
      {
        address: addressIn(cycle, 'year-board'),
        meeting: { id: meeting.id, title: meeting.title, seen: meeting.revision },
        possible,
        forbidden: starts.filter(({ tone }) => tone === 'no'),
        problem: shown.problem ?? null,
        missing: shown.missing ?? false,
        mayChange: request.staff.role !== 'reader',
      },
      { status: shown.status ?? 200 },
    );
  }
}
