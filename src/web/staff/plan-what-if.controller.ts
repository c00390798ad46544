import { Body, Controller, Get, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { Planning } from '../../planning/planning.service.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { sayChange } from '../../planning/say-change.ts';
import type { YearChange } from '../../planning/year-change.ts';
import { hasOwnDays } from '../../planning/year-instance.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { Pages } from '../page.service.ts';
import { PlanDesk } from './plan-desk.service.ts';
import { changesIn, fieldsOfKind, kindIn, kindNames, kinds, readChange, type Kind } from './plan-what-if.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

interface Drafted {
  readonly name: string;
  readonly changes: readonly YearChange[];
  readonly kind: Kind;
  readonly typed: Readonly<Record<string, string>>;
}

/** A copy of the year with something different in it: put together step by step, computed, looked at, and taken over or thrown away */
@Controller('y/:programme/:year/plan')
@UseGuards(StaffGuard)
export class PlanWhatIfController {
  constructor(
    private readonly years: Years,
    private readonly planning: Planning,
    private readonly rules: YearRules,
    private readonly meetings: MeetingQueries,
    private readonly roster: RosterQueries,
    private readonly desk: PlanDesk,
    private readonly pages: Pages,
  ) {}

  @Get('what-if')
  async begin(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.page(request, reply, cycle, { name: '', changes: [], kind: 'half-days', typed: {} });
  }

  /** One step of the form: another kind of change, one more, one less, or the computation */
  @Post('what-if')
  async step(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const draft = draftIn(body);
    const step = typeof body['step'] === 'string' ? body['step'] : '';
    const [what, which = ''] = step.split(':');
    if (what === 'kind') return this.page(request, reply, cycle, { ...draft, kind: kindIn(which), typed: {} });
    if (what === 'drop')
      return this.page(request, reply, cycle, {
        ...draft,
        changes: draft.changes.filter((_, n) => String(n) !== which),
      });
    if (what === 'add') {
      const change = readChange(draft.kind, draft.typed);
      if (!change) return this.page(request, reply, cycle, draft, { problem: incomplete, status: 422 });
      return this.page(request, reply, cycle, { ...draft, changes: [...draft.changes, change], typed: {} });
    }
    await this.run(request, reply, cycle, draft);
  }

  /** What taking over would write, before it is written */
  @Get(':id/take-over')
  async planned(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.confirm(request, reply, cycle, id);
  }

  @Post(':id/take-over')
  async takeOver(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const run = await this.desk.progress(cycle, id);
    try {
      await this.rules.takeOver(run.id, staffActor(request));
      await reply.redirect(addressIn(cycle, 'plan', `/${run.id}/publish`), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.confirm(request, reply, cycle, id, error);
    }
  }

  private async run(request: StaffRequest, reply: FastifyReply, cycle: Cycle, draft: Drafted): Promise<void> {
    if (draft.changes.length === 0) return this.page(request, reply, cycle, draft, { problem: nothing, status: 422 });
    try {
      const asked = { name: draft.name, changes: draft.changes, timeLimit: 60, seed: 1 };
      const id = await this.planning.request(cycle.id, asked, staffActor(request));
      await reply.redirect(addressIn(cycle, 'plan', `/${id}`), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, draft, { problem: error.text, status: error.status });
    }
  }

  private async confirm(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    id: string,
    refused?: Refusal,
  ): Promise<void> {
    const run = await this.desk.progress(cycle, id);
    if (run.changes.length === 0) throw Refusal.of(planningRefusals, 'planning.nothing-to-take-over');
    const planned = await this.rules.plannedTakeOver(run.id);
    await this.pages.render(
      reply,
      'staff/plan-take-over',
      {
        address: addressIn(cycle, 'plan', `/${run.id}`),
        plans: addressIn(cycle, 'plan'),
        zone: cycle.rules.zone,
        run: { requestedAt: run.requestedAt.toISOString(), name: run.name },
        planned: planned.map((one) => ({
          ...one,
          where: homes[one.home],
          kind: one.refusal ? 'bad' : one.warning ? 'warn' : 'info',
        })),
        possible: planned.every(({ refusal }) => refusal === null),
        problem: refused?.text ?? null,
        mayChange: request.staff.role !== 'reader',
      },
      { status: refused?.status ?? 200 },
    );
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    draft: Drafted,
    shown: { readonly problem?: Text; readonly status?: number } = {},
  ): Promise<void> {
    const meetings = (await this.meetings.ofCycle(cycle.id)).filter((meeting) => hasOwnDays(cycle, meeting));
    const names = await this.rules.names(cycle.id);
    const { parts } = await this.rules.weights(cycle.id);
    const roster = await this.roster.wholeRoster();
    const option = (value: string, label: Text) => ({ value, label });
    const activities = cycle.rules.activities.filter((one) => meetings.some((meeting) => meeting.activity === one.id));
    const ofMeetings = meetings.map((meeting) => option(meeting.key, meeting.title));
    const posts = roster.centres.flatMap((centre) =>
      [...cycle.rules.assignments, ...cycle.rules.panels].map((pool) =>
        option(
          `${pool.id}/${centre.id}`,
          text(`${pool.name.ja}（${centre.acronym}）`, `${pool.name.en} (${centre.acronym})`),
        ),
      ),
    );
    await this.pages.render(
      reply,
      'staff/plan-what-if',
      {
        address: addressIn(cycle, 'plan', '/what-if'),
        plans: addressIn(cycle, 'plan'),
        name: draft.name,
        said: draft.changes.map((change) => sayChange(change, names)),
        fields: draft.changes.map((change) => JSON.stringify(change)),
        kind: draft.kind,
        kindName: kindNames[draft.kind],
        kinds: kinds.map((kind) => ({ value: kind, label: kindNames[kind], current: kind === draft.kind })),
        has: Object.fromEntries(fieldsOfKind[draft.kind].map((field) => [field, true])),
        typed: draft.typed,
        year: { from: `${cycle.fiscalYear}-04-01`, to: `${cycle.fiscalYear + 1}-03-31` },
        options: {
          people: roster.people
            .toSorted((a, b) => a.name.en.localeCompare(b.name.en))
            .map((person) => option(person.id, person.name)),
          of:
            draft.kind === 'forbid'
              ? [...posts, ...ofMeetings]
              : [
                  ...(draft.kind === 'close' || draft.kind === 'open'
                    ? [option('*', text('すべての会議', 'Everything'))]
                    : []),
                  ...activities.map((one) => option(one.id, one.name)),
                  ...ofMeetings,
                ],
          meetings: ofMeetings,
          parts: parts.filter(({ part }) => part !== 'unplaced').map(({ part, title }) => option(part, title)),
          limits: cycle.rules.limits.map(({ id, name }) => option(id, name)),
          loads: cycle.rules.loads.map(({ id, name }) => option(id, name)),
        },
        problem: shown.problem ?? null,
        mayChange: request.staff.role !== 'reader',
      },
      { status: shown.status ?? 200 },
    );
  }
}

const incomplete = text(
  'この変更の項目をすべて、正しく入力してください。',
  'Please fill in everything of this change.',
);
const nothing = text('変更を一つ以上加えてください。', 'Please add at least one change.');
const homes = {
  availability: text('日程回答に書きます', 'written among people’s days'),
  window: text('実施期間に書きます', 'written into the windows'),
  meeting: text('会議の固定に書きます', 'written at the meeting'),
  rules: text('この年度だけの取り決めとして残します', 'kept for this year only'),
} as const;

/** What the form carries from step to step */
function draftIn(body: Record<string, unknown>): Drafted {
  const words = Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.slice(0, 200)]] : [])),
  );
  const { name = '', kind, ...typed } = words;
  return { name: name.trim(), changes: changesIn(body['change']), kind: kindIn(kind), typed };
}
