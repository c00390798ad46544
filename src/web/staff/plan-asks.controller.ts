import { Body, Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Text } from '../../kernel/text.ts';
import { Planning } from '../../planning/planning.service.ts';
import type { PlanRun } from '../../planning/planning.queries.ts';
import type { Conflict } from '../../planning/explain/conflict-words.ts';
import type { Instance } from '../../planning/instance.ts';
import { conflicts } from '../../planning/questions.service.ts';
import type { YearChange } from '../../planning/year-change.ts';
import { sayChange } from '../../planning/say-change.ts';
import { YearQuestions, type YearRelaxation } from '../../planning/year-questions.service.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { Pages } from '../page.service.ts';
import { LongQuestions, type LongAnswer } from './long-questions.service.ts';
import { inBothNames } from './plan-cost.ts';
import { Speech } from './plan-speech.ts';
import { planOf } from './plan-view.ts';
import { askCards, consequencesOf } from './plan-asks.ts';
import { PlanDesk } from './plan-desk.service.ts';
import { changesIn } from './plan-what-if.ts';
import { lasting } from './plan-words.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

interface Found {
  readonly sets: readonly YearRelaxation[];
  /** What cannot be decided together */
  readonly together: readonly Conflict[];
}

/** What could be asked for where a plan could not decide everything: whom, for what, and what follows from it */
@Controller('y/:programme/:year/plan')
@UseGuards(StaffGuard)
export class PlanAsksController {
  constructor(
    private readonly years: Years,
    private readonly desk: PlanDesk,
    private readonly questions: YearQuestions,
    private readonly long: LongQuestions,
    private readonly rules: YearRules,
    private readonly planning: Planning,
    private readonly pages: Pages,
  ) {}

  @Get(':id/asks')
  async show(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.run(cycle, id);
    const answer = await this.asked(cycle, run);
    const ground = await this.desk.ground(cycle);
    const view = await this.desk.view(ground, run);
    const speech = new Speech(ground, (planOf(run)?.instance ?? { people: [], limits: [] }) as Instance);
    await this.pages.render(reply, 'staff/plan-asks', {
      ...shared(cycle, run, request),
      unplaced: view?.unplaced ?? [],
      waiting: answer.state === 'waiting',
      failed: answer.state === 'failed',
      refused: answer.state === 'failed' ? (answer.refusal?.text ?? null) : null,
      sets: answer.state === 'done' ? askCards(answer.value.sets) : [],
      together:
        answer.state === 'done'
          ? answer.value.together.map(({ text: said, reasons }) => ({
              text: inBothNames([said], ground),
              reasons: reasons.map((one) => ({
                name: speech.called(one.of),
                reasons: inBothNames(one.reasons, ground),
              })),
            }))
          : [],
      took: answer.state === 'done' ? lasting(Math.max(1, answer.seconds)) : null,
    });
  }

  /** Whether the answer is there, for the page that waits for it */
  @Get(':id/asks/progress')
  async progress(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const { state } = await this.asked(cycle, await this.desk.run(cycle, id));
    void reply.header('cache-control', 'no-store');
    await reply.send({ over: state !== 'waiting', said: {} });
  }

  /** First what follows from it, then the changes themselves, or a plan of a copy of the year in which everybody has agreed */
  @Post(':id/asks')
  async apply(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.run(cycle, id);
    const changes = changesIn(body['change']);
    const actor = staffActor(request);
    try {
      if (changes.length === 0) return void (await reply.redirect(addressIn(cycle, 'plan', `/${run.id}/asks`), 303));
      if (body['step'] === 'try') {
        const asked = {
          seed: run.seed,
          timeLimit: run.timeLimit,
          name: nameOf(run),
          changes: [...run.changes, ...changes],
        };
        const copy = await this.planning.request(cycle.id, asked, actor);
        return void (await reply.redirect(addressIn(cycle, 'plan', `/${copy}`), 303));
      }
      if (body['step'] !== 'apply') return await this.confirm(request, reply, cycle, run, changes);
      await this.rules.applyChanges(cycle.id, changes, actor);
      await reply.redirect(addressIn(cycle, 'plan', '?done=applied'), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.confirm(request, reply, cycle, run, changes, error.text, error.status);
    }
  }

  private asked(cycle: Cycle, run: PlanRun): Promise<LongAnswer<Found>> {
    return this.long.ask<Found>(`asks ${run.id}`, async (signal) => {
      const instance = planOf(run)?.instance;
      const [sets, together] = await Promise.all([
        this.questions.relaxations(cycle.id, { most: 5, signal, planId: run.id }),
        instance && run.unplaced.length > 0 ? conflicts(instance, { timeLimitSeconds: 20, signal }) : [],
      ]);
      return { sets, together };
    });
  }

  private async confirm(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    run: PlanRun,
    changes: readonly YearChange[],
    problem?: Text,
    status = 200,
  ): Promise<void> {
    const names = await this.rules.names(cycle.id);
    await this.pages.render(
      reply,
      'staff/plan-asks-confirm',
      {
        ...shared(cycle, run, request),
        said: changes.map((change) => sayChange(change, names)),
        consequences: consequencesOf(changes),
        fields: changes.map((change) => JSON.stringify(change)),
        problem: problem ?? null,
      },
      { status },
    );
  }
}

const nameOf = ({ name }: PlanRun): string => `${name || '計画'}＋依頼`.slice(0, 80);

const shared = (cycle: Cycle, run: PlanRun, request: StaffRequest) => ({
  address: addressIn(cycle, 'plan', `/${run.id}`),
  plans: addressIn(cycle, 'plan'),
  zone: cycle.rules.zone,
  run: { requestedAt: run.requestedAt.toISOString(), name: run.name },
  mayChange: request.staff.role !== 'reader',
});
