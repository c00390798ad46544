import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../clock/clock.service.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Inbound } from '../../mail/inbound/inbound.service.ts';
import { readMessage, type ReadMessage } from '../../mail/reading.ts';
import { AnswerForm } from '../../responses/answer.ts';
import { settlements } from '../../responses/incoming.ts';
import { TriageQueries, type IncomingDetail } from '../../responses/triage.queries.ts';
import { Triage } from '../../responses/triage.service.ts';
import { MailPages } from './mail-pages.service.ts';
import { lineOf, triageView } from './mail-triage-view.ts';
import { mailView, sendMailFile } from './mail-view.ts';
import { meetingAddress } from './year-address.ts';
import { staffActor } from './years.service.ts';

/** What is put aside as something else has a button of its own */
const asides = settlements.filter((one) => one !== 'alias' && one !== 'answered');

/** Replies that wait for a person: what was understood, why it waits, and what one press makes of it */
@Controller('mail/triage')
@UseGuards(StaffGuard)
export class MailTriageController {
  constructor(
    private readonly queries: TriageQueries,
    private readonly triage: Triage,
    private readonly inbound: Inbound,
    private readonly pages: MailPages,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @Res() reply: FastifyReply,
    @Query('show') show?: string,
    @Query('page') page?: string,
    @Query('done') done?: string,
  ): Promise<void> {
    const all = show === 'all';
    const number = this.pages.numberIn(page);
    const waiting = await this.queries.waiting(this.clock.now().toJSDate());
    const { lines, total } = all
      ? await this.queries.all(number, this.pages.size)
      : { lines: waiting, total: waiting.length };
    await this.pages.show(reply, 'mail-triage', {
      lines: lines.map((line) => lineOf(line)),
      all,
      total,
      waiting: waiting.length,
      done: done === 'yes',
      takes: this.pages.config.takesReplies,
      tabs: this.pages.tabs('triage', waiting.length),
      ...this.pages.paging(number, all ? total : 0),
    });
  }

  @Get(':id')
  async one(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.show(reply, await incomingOne(this.queries, id));
  }

  @Get(':id/html')
  async html(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const message = await this.message(await incomingOne(this.queries, id));
    await this.pages.framed(reply, message?.html ?? '');
  }

  @Get(':id/mail.eml')
  async raw(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const one = await incomingOne(this.queries, id);
    const stored = triageView(one).shown ? await this.inbound.one(one.id) : undefined;
    if (!stored) throw new NotFoundException();
    await sendMailFile(reply, stored.raw);
  }

  @Post(':id/alias')
  async alias(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.settle(id, reply, () => this.triage.takeAnswer(id, staffActor(request), true));
  }

  @Post(':id/record')
  async record(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.settle(id, reply, () => this.triage.takeAnswer(id, staffActor(request), false));
  }

  @Post(':id/answer')
  async answer(
    @Param('id') id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: { attendance?: unknown } = {},
  ): Promise<void> {
    const given = AnswerForm.safeParse({ attendance: body.attendance });
    if (!given.success) throw new NotFoundException();
    await this.settle(id, reply, () => this.triage.answerFor(id, given.data, staffActor(request)));
  }

  @Post(':id/again')
  async again(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.settle(id, reply, () => this.triage.sendAgain(id, staffActor(request)));
  }

  /** The proposal is theirs, the decision ours: it is made where meetings are changed. */
  @Post(':id/move')
  async move(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const { meetingId } = await incomingOne(this.queries, id);
    const to = meetingId ? meetingAddress(meetingId, '/edit') : '/mail/triage';
    await this.settle(id, reply, () => this.triage.putAside(id, 'seen', staffActor(request)), to);
  }

  @Post(':id/aside')
  async aside(
    @Param('id') id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: { as?: unknown } = {},
  ): Promise<void> {
    const as = asides.find((one) => one === body.as);
    if (!as) throw new NotFoundException();
    await this.settle(id, reply, () => this.triage.putAside(id, as, staffActor(request)));
  }

  private async settle(
    id: string,
    reply: FastifyReply,
    work: () => Promise<'settled' | 'proposal' | void>,
    to = '/mail/triage?done=yes',
  ): Promise<void> {
    const one = await incomingOne(this.queries, id);
    try {
      const became = await work();
      await reply.redirect(became === 'proposal' ? `/mail/triage/${id}` : to, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.show(reply, await incomingOne(this.queries, one.id), error);
    }
  }

  private async show(reply: FastifyReply, one: IncomingDetail, refusal?: Refusal): Promise<void> {
    const view = triageView(one);
    const message = view.shown ? await this.message(one) : undefined;
    if (refusal) void reply.status(refusal.status);
    const data = {
      one: view,
      mail: message ? mailView(message) : null,
      frame_address: `/mail/triage/${one.id}/html`,
      raw_address: view.shown ? `/mail/triage/${one.id}/mail.eml` : '',
      problem: refusal?.text ?? null,
    };
    await this.pages.show(reply, 'mail-triage-one', data, refusal ? { status: refusal.status } : {});
  }

  /** Undefined where it cannot even be shown: then it can be saved and looked at elsewhere */
  private async message(one: IncomingDetail): Promise<ReadMessage | undefined> {
    const stored = triageView(one).shown ? await this.inbound.one(one.id) : undefined;
    if (!stored || stored.raw.length > LARGEST_SHOWN) return undefined;
    return readMessage(stored.raw).catch(() => undefined);
  }
}

const LARGEST_SHOWN = 1_000_000;

/** @throws NotFoundException */
export async function incomingOne(queries: TriageQueries, id: string): Promise<IncomingDetail> {
  const one = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id) ? await queries.one(id) : undefined;
  if (!one) throw new NotFoundException();
  return one;
}
