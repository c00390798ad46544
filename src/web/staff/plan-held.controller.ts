import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { Meetings } from '../../meetings/meetings.service.ts';
import { Pages } from '../page.service.ts';
import { heldMeetings, heldRows } from './plan-held.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

const Chosen = z.array(
  z
    .string()
    .regex(/^[0-9a-f-]{36} \d{1,9}$/)
    .transform((value) => ({ id: value.slice(0, 36), shown: Number(value.slice(37)) })),
);

/** Days that people were only asked to keep free, and that staff fix, many at once */
@Controller('y/:programme/:year/plan/held')
@UseGuards(StaffGuard)
export class PlanHeldController {
  constructor(
    private readonly years: Years,
    private readonly meetings: Meetings,
    private readonly queries: MeetingQueries,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(request, reply, await this.years.named(request, reply));
  }

  @Post()
  async fix(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const read = Chosen.safeParse([body['meeting'] ?? []].flat());
    const held = new Set(heldMeetings(await this.queries.ofCycle(cycle.id)).map(({ id }) => id));
    const chosen = (read.data ?? []).filter(({ id }) => held.has(id));
    if (chosen.length === 0)
      return this.page(request, reply, cycle, { status: 422, problem: text('選んでください。', 'Please choose.') });
    try {
      await this.meetings.fixHeld(chosen, staffActor(request));
      await reply.redirect(addressIn(cycle, 'release'), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, { status: error.status, problem: error.text });
    }
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    { problem, status = 200 }: { readonly problem?: Text; readonly status?: number } = {},
  ): Promise<void> {
    const meetings = await this.queries.ofCycle(cycle.id);
    const attendees = await this.queries.attendeesOf(heldMeetings(meetings).map(({ id }) => id));
    await this.pages.render(
      reply,
      'staff/plan-held',
      {
        address: addressIn(cycle, 'plan', '/held'),
        plans: addressIn(cycle, 'plan'),
        rows: heldRows(meetings, attendees),
        problem: problem ?? null,
        mayChange: request.staff.role !== 'reader',
      },
      { status },
    );
  }
}
