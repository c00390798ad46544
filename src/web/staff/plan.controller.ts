import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { joinTexts, text, type Text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { Planning } from '../../planning/planning.service.ts';
import { PlanningQueries, type PlanRun } from '../../planning/planning.queries.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { titleOfPart } from '../../planning/rules/parts.ts';
import { sayChange } from '../../planning/say-change.ts';
import { isPlaced } from '../../planning/year-instance.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { faultsOf, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { runRows } from './plan-list.ts';
import { heldMeetings } from './plan-held.ts';
import { PlanDesk } from './plan-desk.service.ts';
import { planOf } from './plan-view.ts';
import { PlanWhys } from './plan-whys.service.ts';
import type { PlanGround, SortBy } from './plan-placements.ts';
import { gapOf, isUnderWay, lasting, pointsOf, progressOf, stateOf } from './plan-words.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

const whole = (least: number, most: number, ja: string, en: string) =>
  z.coerce.number(`${ja} | ${en}`).int(`${ja} | ${en}`).min(least, `${ja} | ${en}`).max(most, `${ja} | ${en}`);
const Settings = z.object({
  timeLimit: whole(1, 3600, '1～3600秒の整数で入力してください。', 'A whole number of seconds, 1 to 3600.'),
  seed: whole(0, 2_147_483_647, '0以上の整数で入力してください。', 'A whole number from 0 on.'),
  name: z.string().max(80, '80字以内で入力してください。 | At most 80 characters.'),
});

const FIRST_SETTINGS = { timeLimit: '60', seed: '1', name: '' };

/** Running the planner, watching it, and reading what came out. Nothing here changes a meeting. */
@Controller('y/:programme/:year/plan')
@UseGuards(StaffGuard)
export class PlanController {
  constructor(
    private readonly years: Years,
    private readonly planning: Planning,
    private readonly runs: PlanningQueries,
    private readonly meetings: MeetingQueries,
    private readonly desk: PlanDesk,
    private readonly whys: PlanWhys,
    private readonly rules: YearRules,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('done') done?: string): Promise<void> {
    await this.page(request, reply, await this.years.named(request, reply), { done: done === 'applied' });
  }

  @Post()
  async start(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const typed = { timeLimit: wordIn(body, 'timeLimit'), seed: wordIn(body, 'seed'), name: wordIn(body, 'name', 200) };
    const read = Settings.safeParse(typed);
    if (!read.success)
      return this.page(request, reply, cycle, { typed, faults: faultsOf(read.error.issues), status: 422 });
    try {
      if (!(await this.meetings.ofCycle(cycle.id)).some((meeting) => isPlaced(cycle, meeting)))
        throw Refusal.of(planningRefusals, 'planning.nothing-to-plan');
      const id = await this.planning.request(cycle.id, read.data, staffActor(request));
      await reply.redirect(addressIn(cycle, 'plan', `/${id}`), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, { typed, problem: error.text, status: error.status });
    }
  }

  @Get(':id')
  async show(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query('sort') sort?: string,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.run(cycle, id);
    const address = addressIn(cycle, 'plan', `/${run.id}`);
    const shared = {
      address,
      plans: addressIn(cycle, 'plan'),
      run: headOf(run),
      zone: cycle.rules.zone,
      mayChange: request.staff.role !== 'reader',
    };
    if (isUnderWay(run))
      return this.pages.render(reply, 'staff/plan-running', { ...shared, progress: progressOf(run) });
    await this.finished(reply, cycle, run, sort === 'centre' ? 'centre' : 'day', shared);
  }

  /** What the page under way asks for, so that it need not be loaded anew; said in the reader's language */
  @Get(':id/progress')
  async progress(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const { said, ...figures } = progressOf(await this.desk.progress(cycle, id));
    const language = this.pages.language(request);
    const words = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value[language]]));
    void reply.header('cache-control', 'no-store');
    await reply.send({ ...figures, said: words });
  }

  @Post(':id/stop')
  async stop(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.progress(cycle, id);
    await this.planning.stop(run.id, staffActor(request));
    await reply.redirect(addressIn(cycle, 'plan', `/${run.id}`), 303);
  }

  @Post(':id/discard')
  async discard(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.progress(cycle, id);
    await this.planning.discard(run.id, staffActor(request));
    await reply.redirect(addressIn(cycle, 'plan'), 303);
  }

  private async finished(
    reply: FastifyReply,
    cycle: Cycle,
    run: PlanRun,
    by: SortBy,
    shared: { readonly address: string },
  ): Promise<void> {
    const ground = await this.desk.ground(cycle);
    const view = await this.desk.view(ground, run, by);
    const read = planOf(run);
    // asked for now, so that they are there when somebody opens a meeting; the page waits for them no longer than a blink
    const next = read && view?.cost.broken === 0 ? await this.whys.nextDays(run.id, read) : undefined;
    const names = run.changes.length > 0 ? await this.rules.names(cycle.id) : undefined;
    await this.pages.render(reply, 'staff/plan-run', {
      ...shared,
      view: view && {
        ...view,
        rows: view.rows.map((row) => ({ ...row, why: view.cost.of(row.key), next: next?.get(row.key) ?? null })),
      },
      changes: names ? run.changes.map((change) => sayChange(change, names)) : [],
      levels: run.levels.map(({ parts, cost }) => ({ title: joinTexts(parts.map(titleOfPart)), cost })),
      heads: headsOf(ground),
      notes: run.notes,
      sort: by,
      links: {
        release: addressIn(cycle, 'release'),
        board: addressIn(cycle, 'year-board'),
        availability: addressIn(cycle, 'availability'),
      },
    });
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    shown: {
      readonly typed?: { readonly timeLimit: string; readonly seed: string; readonly name: string };
      readonly done?: boolean;
      readonly faults?: Faults;
      readonly problem?: Text;
      readonly status?: number;
    },
  ): Promise<void> {
    const runs = await this.runs.summaries(cycle.id);
    const meetings = await this.meetings.ofCycle(cycle.id);
    const planned = meetings.filter((meeting) => isPlaced(cycle, meeting));
    await this.pages.render(
      reply,
      'staff/plan',
      {
        address: addressIn(cycle, 'plan'),
        runs: runRows(runs, addressIn(cycle, 'plan')),
        underWay: runs.filter(isUnderWay).map((run) => ({ id: run.id, ...progressOf(run) })),
        done: shown.done ?? false,
        ordered: (await this.rules.weights(cycle.id)).order.length > 0,
        counts: {
          planned: planned.length,
          undated: planned.filter((meeting) => meeting.state === 'undated').length,
          fixed: planned.filter((meeting) => meeting.fixedByStaff).length,
        },
        typed: shown.typed ?? FIRST_SETTINGS,
        faults: shown.faults ?? {},
        problem: shown.problem ?? null,
        zone: cycle.rules.zone,
        mayChange: request.staff.role !== 'reader',
        held: heldMeetings(meetings).length,
        mended: meetings.some((meeting) => meeting.state === 'scheduled' && isPlaced(cycle, meeting)),
        links: { availability: addressIn(cycle, 'availability'), newYear: addressIn(cycle, 'new-year') },
      },
      { status: shown.status ?? 200 },
    );
  }
}

const wordIn = (body: Record<string, unknown>, name: string, most = 20): string => {
  const value = body[name];
  return typeof value === 'string' ? value.trim().slice(0, most) : '';
};

const headOf = (run: PlanRun) => ({
  id: run.id,
  name: run.name,
  kind: run.kind,
  takenOver: run.takenOverAt !== null,
  failure: run.failure,
  state: run.state,
  stated: stateOf(run),
  cost: pointsOf(run.cost),
  gap: gapOf(run),
  proven: run.proven,
  stopped: run.cancelWanted,
  time: lasting(run.seconds),
  timeLimit: lasting(run.timeLimit),
  seed: run.seed,
  requestedBy: run.requestedBy,
  requestedAt: run.requestedAt.toISOString(),
  publishedAt: run.publishedAt?.toISOString() ?? null,
});

/** What the columns of people are called in this programme */
const headsOf = ({ cycle: { rules } }: PlanGround) => ({
  officer: rules.posts[rules.assignments[0]?.post ?? '']?.name ?? text('担当者', 'Officer'),
  lead: text('訪問の代表', 'Led by'),
  executive: text('ホスト機関', 'For the host'),
  panel: rules.panels[0]?.name ?? text('委員', 'Members'),
});
