import { Controller, Get, Param, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { Pages } from '../page.service.ts';
import { PlanDesk } from './plan-desk.service.ts';
import { PlanWhys } from './plan-whys.service.ts';
import { planOf } from './plan-view.ts';
import { gapOf, pointsOf, stateOf } from './plan-words.ts';
import { addressIn } from './year-address.ts';
import { Years } from './years.service.ts';

/** Why a meeting is where it is in a plan, who was chosen and who would be next, and what every other day would cost */
@Controller('y/:programme/:year/plan')
@UseGuards(StaffGuard)
export class PlanWhyController {
  constructor(
    private readonly years: Years,
    private readonly desk: PlanDesk,
    private readonly whys: PlanWhys,
    private readonly pages: Pages,
  ) {}

  @Get(':id/m/*')
  async meeting(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('*') key: string,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.run(cycle, id);
    const read = planOf(run);
    const ground = await this.desk.ground(cycle);
    const meeting = ground.meetings.find((one) => one.key === key);
    const withDays = read ? [...read.instance.meetings, ...read.instance.conferences] : [];
    if (!read || !meeting || !withDays.some((one) => one.id === key))
      throw Refusal.of(planningRefusals, 'planning.unknown');
    const address = addressIn(cycle, 'plan', `/${run.id}`);
    const why = await this.whys.of(ground, run.id, read, meeting);
    const view = await this.desk.view(ground, run, 'centre');
    const rows = (view?.rows ?? []).filter(({ hasDays }) => hasDays);
    const decided = { ...read.plan.meetings, ...read.plan.conferences };
    const undecided = withDays.filter((one) => !decided[one.id]).map((one) => one.id);
    await this.pages.render(reply, 'staff/plan-meeting', {
      address,
      plans: addressIn(cycle, 'plan'),
      zone: cycle.rules.zone,
      run: {
        requestedAt: run.requestedAt.toISOString(),
        stated: stateOf(run),
        state: run.state,
        cost: pointsOf(run.cost),
        gap: gapOf(run),
      },
      meeting: { id: meeting.id, key, title: meeting.title },
      row: rows.find((one) => one.key === key) ?? null,
      reasons: view?.unplaced.find((one) => one.name.ja === meeting.title.ja)?.reasons ?? null,
      why,
      others: [
        ...rows.map((row) => ({ key: row.key, title: row.title })),
        ...undecided.flatMap((one) => ground.meetings.filter((m) => m.key === one)),
      ].map((one) => ({ href: `${address}/m/${one.key}`, title: one.title, current: one.key === key })),
      mayChange: request.staff.role !== 'reader',
    });
  }
}
