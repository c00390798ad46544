import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { LEVELS, readWeights, weightRows, type Typed } from './plan-weights.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

/** How much each part of a plan's cost counts in a year, and what of the rules staff have changed for it */
@Controller('y/:programme/:year/plan/weights')
@UseGuards(StaffGuard)
export class PlanWeightsController {
  constructor(
    private readonly years: Years,
    private readonly rules: YearRules,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('done') done?: string): Promise<void> {
    await this.page(request, reply, await this.years.named(request, reply), { done: done === 'yes' });
  }

  @Post()
  async set(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: object = {}): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const typed = wordsIn(body);
    const { percents, order, faults } = readWeights(await this.rules.weights(cycle.id), typed);
    if (hasFaults(faults)) return this.page(request, reply, cycle, { typed, faults, status: 422 });
    try {
      await this.rules.setWeights(cycle.id, { percents, order }, staffActor(request));
      await reply.redirect(addressIn(cycle, 'plan', '/weights?done=yes'), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, { typed, problem: error.text, status: error.status });
    }
  }

  /** Takes back something that was decided for this year beside the programme's rules. */
  @Post('drop')
  async drop(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const { index = '', shown = '' } = wordsIn(body);
    try {
      await this.rules.dropChange(cycle.id, Number(index || -1), Number(shown), staffActor(request));
      await reply.redirect(addressIn(cycle, 'plan', '/weights?done=yes'), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, { problem: error.text, status: error.status });
    }
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    shown: {
      readonly typed?: Typed;
      readonly faults?: Faults;
      readonly problem?: Text;
      readonly done?: boolean;
      readonly status?: number;
    },
  ): Promise<void> {
    const weights = await this.rules.weights(cycle.id);
    const { said } = await this.rules.standing(cycle.id);
    await this.pages.render(
      reply,
      'staff/plan-weights',
      {
        address: addressIn(cycle, 'plan', '/weights'),
        plans: addressIn(cycle, 'plan'),
        pointIsAbout: weights.pointIsAbout,
        rows: weightRows(weights, shown.typed),
        way: shown.typed
          ? shown.typed['way'] === 'order'
            ? 'order'
            : 'sum'
          : weights.order.length > 0
            ? 'order'
            : 'sum',
        levels: Array.from({ length: LEVELS }, (_, n) => ({
          value: String(n + 1),
          label: text(`${n + 1}番目`, ['first', 'second', 'third', 'fourth'][n]!),
        })),
        standing: said,
        faults: shown.faults ?? {},
        problem: shown.problem ?? null,
        done: shown.done ?? false,
        mayChange: request.staff.role !== 'reader',
      },
      { status: shown.status ?? 200 },
    );
  }
}

/** Words of a form, by name; anything else in it is left out */
function wordsIn(body: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.slice(0, 100)]] : [])),
  );
}
