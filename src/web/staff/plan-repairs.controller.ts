import { createHash } from 'node:crypto';
import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { firstDayOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Text } from '../../kernel/text.ts';
import { hasOwnDays, isPlaced } from '../../planning/year-instance.ts';
import { YearQuestions, type YearRepair } from '../../planning/year-questions.service.ts';
import {
  askedWith,
  kindOfTrouble,
  readTrouble,
  sayTrouble,
  troubleField,
  troubleKinds,
  troublesIn,
  type Trouble,
  type TroubleGround,
  type TroubleKind,
} from '../../planning/year-troubles.ts';
import type { Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { YearStandings, type YearFile } from './board-facts.service.ts';
import { LongQuestions, type LongAnswer } from './long-questions.service.ts';
import { brokenIn, repairCards } from './plan-repairs.ts';
import { placeOptions, troubleNames } from './plan-trouble.ts';
import { lasting } from './plan-words.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

const Taken = z.object({ index: z.coerce.number().int().min(0).max(9), key: z.string().max(100) });

/** How the announced year could go on with little change, where somebody declined, fell ill or a day was closed */
@Controller('y/:programme/:year/plan/repairs')
@UseGuards(StaffGuard)
export class PlanRepairsController {
  constructor(
    private readonly years: Years,
    private readonly questions: YearQuestions,
    private readonly long: LongQuestions,
    private readonly standings: YearStandings,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const asked = await this.asked(await this.years.named(request, reply), query);
    if (query['add'] === undefined) return this.page(request, reply, asked, { kind: kindOfTrouble(query['kind']) });
    const typed = {
      kind: query['kind'],
      from: wordIn(query, 'from'),
      to: wordIn(query, 'to'),
      of: wordIn(query, 'of'),
    };
    const { trouble, faults } = readTrouble(typed, asked.ground);
    if (!trouble)
      return this.page(request, reply, asked, { kind: kindOfTrouble(typed.kind), typed, faults, status: 422 });
    await reply.redirect(addressOf(asked.cycle, [...asked.troubles, trouble]), 303);
  }

  /** Whether the answer is there, for the page that waits for it */
  @Get('progress')
  async progress(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const asked = await this.asked(await this.years.named(request, reply), query);
    const answer = await this.answer(asked);
    void reply.header('cache-control', 'no-store');
    const first = answer.state === 'waiting' ? answer.soFar?.[0]?.text : undefined;
    const said = first ? { first: first[this.pages.language(request)] } : {};
    await reply.send({ over: answer.state !== 'waiting', said });
  }

  @Post('again')
  async again(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const asked = await this.asked(await this.years.named(request, reply), body);
    this.long.forget(asked.key);
    await reply.redirect(addressOf(asked.cycle, asked.troubles), 303);
  }

  /** Makes one of them a plan that is ready; publishing and release follow as for every plan. */
  @Post()
  async take(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const asked = await this.asked(await this.years.named(request, reply), body);
    const read = Taken.safeParse(body);
    // the year has changed since the page was shown: what is repaired would be another year
    if (!read.success || read.data.key !== asked.key)
      return this.page(request, reply, asked, { changed: true, status: 409 });
    const answer = await this.answer(asked);
    const chosen = answer.state === 'done' ? answer.value[read.data.index] : undefined;
    if (!chosen) return this.page(request, reply, asked, { changed: true, status: 409 });
    const { cycle } = asked;
    try {
      const id = await this.questions.applyRepair(cycle.id, chosen, staffActor(request));
      // what the year does not know yet, and what staff had fixed and it moves, is written first, and they are asked
      const next = chosen.changes.length > 0 ? 'take-over' : 'publish';
      await reply.redirect(addressIn(cycle, 'plan', `/${id}/${next}`), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, asked, { problem: error.text, status: error.status });
    }
  }

  /** @param fields `trouble`: what happened that the year does not know of */
  private async asked(cycle: Cycle, fields: Readonly<Record<string, unknown>>): Promise<AskedRepair> {
    const year = await this.standings.of(cycle);
    const meetings = year.meetings.map(({ meeting }) => meeting).filter((meeting) => hasOwnDays(cycle, meeting));
    const ground = { fiscalYear: cycle.fiscalYear, roster: year.roster, meetings };
    const troubles = troublesIn(fields['trouble'], ground);
    return { cycle, year, ground, troubles, key: keyOf(year, troubles) };
  }

  private answer({ cycle, ground, troubles, key }: AskedRepair): Promise<LongAnswer<YearRepair[]>> {
    return this.long.ask<YearRepair[]>(key, (signal, tell) =>
      this.questions.repairs(cycle.id, {
        most: 3,
        signal,
        ...askedWith(troubles, ground),
        onRepair: (found) => tell([found]),
      }),
    );
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    asked: AskedRepair,
    shown: {
      readonly kind?: TroubleKind;
      readonly typed?: object;
      readonly faults?: Faults;
      readonly problem?: Text;
      readonly changed?: boolean;
      readonly status?: number;
    } = {},
  ): Promise<void> {
    const { cycle, year, ground, troubles, key } = asked;
    const answer = await this.answer(asked);
    const address = addressIn(cycle, 'plan', '/repairs');
    const kind = shown.kind ?? 'storm';
    await this.pages.render(
      reply,
      'staff/plan-repairs',
      {
        address,
        key,
        plans: addressIn(cycle, 'plan'),
        progress: addressOf(cycle, troubles, '/repairs/progress'),
        broken: brokenIn({
          ...year,
          meetings: year.meetings.filter(({ meeting }) => isPlaced(cycle, meeting)),
        }),
        ...troubleForm(cycle, ground, troubles, kind),
        typed: shown.typed ?? {},
        faults: shown.faults ?? {},
        waiting: answer.state === 'waiting',
        repairs: answer.state === 'done' ? repairCards(answer.value) : [],
        first: answer.state === 'waiting' && answer.soFar ? (repairCards(answer.soFar)[0] ?? null) : null,
        notes: answer.state === 'done' ? (answer.value[0]?.notes ?? []) : [],
        took: answer.state === 'done' ? lasting(Math.max(1, answer.seconds)) : null,
        failed: answer.state === 'failed',
        refused: answer.state === 'failed' ? (answer.refusal?.text ?? null) : null,
        problem: shown.problem ?? null,
        changed: shown.changed ?? false,
        mayChange: request.staff.role !== 'reader',
      },
      { status: shown.status ?? 200 },
    );
  }
}

interface AskedRepair {
  readonly cycle: Cycle;
  readonly year: YearFile;
  readonly ground: TroubleGround;
  readonly troubles: readonly Trouble[];
  /** Names the year as it stands with what happened */
  readonly key: string;
}

function addressOf(cycle: Cycle, troubles: readonly Trouble[], rest = '/repairs', kind?: TroubleKind): string {
  const query = new URLSearchParams(troubles.map((trouble) => ['trouble', troubleField(trouble)]));
  if (kind) query.set('kind', kind);
  return addressIn(cycle, 'plan', query.size > 0 ? `${rest}?${query}` : rest);
}

/** What the form shows that asks what happened */
const troubleForm = (cycle: Cycle, ground: TroubleGround, troubles: readonly Trouble[], kind: TroubleKind) => ({
  kind,
  kindName: troubleNames[kind],
  kinds: troubleKinds.map((one) => ({
    label: troubleNames[one],
    href: `${addressOf(cycle, troubles, '/repairs', one)}#what`,
    current: one === kind,
  })),
  troubles: troubles.map((trouble) => ({
    field: troubleField(trouble),
    said: sayTrouble(trouble, ground),
    without: addressOf(
      cycle,
      troubles.filter((one) => one !== trouble),
    ),
  })),
  span: { from: firstDayOf(cycle.fiscalYear), to: lastDayOf(cycle.fiscalYear) },
  options:
    kind === 'ill'
      ? ground.roster.people
          .toSorted((a, b) => a.name.en.localeCompare(b.name.en))
          .map(({ id, name }) => ({ value: id, label: name }))
      : placeOptions(ground),
});

const wordIn = (query: Readonly<Record<string, unknown>>, name: string): string => {
  const value = query[name];
  return typeof value === 'string' ? value.slice(0, 100) : '';
};

/** Names the year as it stands with what happened, as far as a repair depends on it: days, modes, who comes and what they said */
function keyOf({ cycle, meetings, attendees }: YearFile, troubles: readonly Trouble[]): string {
  const state = [
    troubles.map(troubleField),
    ...meetings.map(({ meeting }) => [meeting.id, meeting.revision, meeting.state, meeting.fixedByStaff]),
    // in whatever order they were read
    ...attendees
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, personId, attendance, byHand }) => [id, personId, attendance, byHand]),
  ];
  return `repairs ${cycle.id} ${createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 20)}`;
}
