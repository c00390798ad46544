import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { joinTexts, text, type Text } from '../../kernel/text.ts';
import { PlanningQueries } from '../../planning/planning.queries.ts';
import { Planning } from '../../planning/planning.service.ts';
import { sayChange } from '../../planning/say-change.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { refusalToPublish } from '../../planning/publish.ts';
import { Pages } from '../page.service.ts';
import { differenceRows } from './plan-repairs.ts';
import { PlanDesk } from './plan-desk.service.ts';
import { gapOf, pointsOf, signed, stateOf } from './plan-words.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

/** Choosing between plans, and making one of them the year */
@Controller('y/:programme/:year/plan')
@UseGuards(StaffGuard)
export class PlanPublishController {
  constructor(
    private readonly years: Years,
    private readonly planning: Planning,
    private readonly queries: PlanningQueries,
    private readonly rules: YearRules,
    private readonly desk: PlanDesk,
    private readonly pages: Pages,
  ) {}

  @Get('compare')
  async compare(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('run') chosen?: string | string[],
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const ids = [chosen ?? []].flat();
    const plans = addressIn(cycle, 'plan');
    if (ids.length !== 2 || ids[0] === ids[1])
      return this.pages.render(reply, 'staff/plan-compare', { plans, comparison: null }, { status: 422 });
    const runs = [await this.desk.progress(cycle, ids[0]!), await this.desk.progress(cycle, ids[1]!)] as const;
    if (runs.some(({ state }) => state !== 'ready' && state !== 'published'))
      return this.pages.render(reply, 'staff/plan-compare', { plans, comparison: null }, { status: 422 });
    const comparison = await this.queries.compare(runs[0].id, runs[1].id);
    const names = runs.some(({ changes }) => changes.length > 0) ? await this.rules.names(cycle.id) : undefined;
    const differences = comparison.differences;
    await this.pages.render(reply, 'staff/plan-compare', {
      plans,
      comparison: {
        parts: comparison.parts.map(({ title, cost }) => ({ title, cost, difference: signed(cost[1] - cost[0]) })),
        rows: differenceRows(differences.filter(({ kind }) => kind !== 'follows')),
        follows: differenceRows(differences.filter(({ kind }) => kind === 'follows')),
      },
      total: comparison.cost,
      difference: signed(comparison.cost[1] - comparison.cost[0]),
      zone: cycle.rules.zone,
      runs: runs.map((run, index) => ({
        href: `${plans}/${run.id}`,
        letter: 'AB'[index],
        name: run.name,
        at: run.requestedAt.toISOString(),
        stated: stateOf(run),
        cost: pointsOf(run.cost),
        gap: gapOf(run),
        unplaced: run.unplaced.length,
        seed: run.seed,
        changes: names ? run.changes.map((change) => sayChange(change, names)) : [],
      })),
    });
  }

  @Get(':id/publish')
  async confirm(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.page(request, reply, cycle, id);
  }

  @Post(':id/publish')
  async publish(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.progress(cycle, id);
    const held = body['held'] === 'yes';
    try {
      await this.planning.publish(run.id, staffActor(request), { held });
      await reply.redirect(addressIn(cycle, 'release'), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, id, { thrown: error, held });
    }
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    id: string,
    { thrown, held = false }: { readonly thrown?: Refusal; readonly held?: boolean } = {},
  ): Promise<void> {
    const run = await this.desk.run(cycle, id);
    const ground = await this.desk.ground(cycle);
    const refused = thrown ?? refusalToPublish(run, ground.meetings, (titles) => joinTexts(titles));
    const view = await this.desk.view(ground, run);
    const people = new Set(
      (view?.rows ?? []).flatMap((row) =>
        Object.values(row.people)
          .flat()
          .map((one) => one.id),
      ),
    );
    await this.pages.render(
      reply,
      'staff/plan-publish',
      {
        address: addressIn(cycle, 'plan', `/${run.id}`),
        plans: addressIn(cycle, 'plan'),
        counts: view?.counts ?? null,
        meetings: view?.rows.length ?? 0,
        people: people.size,
        changed: (view?.changed ?? []).map((row) => ({
          label: row.title,
          before: row.change.before ?? joined(row.change.goes),
          after: row.change.after ?? joined(row.change.comes),
        })),
        unplaced: (view?.unplaced ?? []).map(({ name }) => name),
        refused: refused?.text ?? null,
        held,
        mayChange: request.staff.role !== 'reader',
      },
      { status: thrown ? thrown.status : 200 },
    );
  }
}

const joined = (names: readonly Text[]): Text => (names.length > 0 ? joinTexts(names) : text('', ''));
