import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
import { AnnouncedQueries, type AnnouncedToOffice } from '../../invitations/announced.queries.ts';
import { Letters } from '../../invitations/letters.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { Links } from '../../links/links.service.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { Receipts, type Recorded } from '../../responses/receipts.service.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { Responses } from '../../responses/responses.service.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { coarseAgent, readAnswers, type ReadAnswer } from './answer-fields.ts';
import { officeView } from './office-view.ts';
import { contactOf } from './participant.controller.ts';
import { privatePage } from './private-page.ts';

type Opened = AnnouncedToOffice & { readonly linkId: string; readonly expired: boolean };

/** An office answers for all its people on one page: one button saves all of it or nothing. */
@Controller('o')
export class OfficeController {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly announced: AnnouncedQueries,
    private readonly milestones: MilestoneQueries,
    private readonly responses: Responses,
    private readonly answers: ResponseQueries,
    private readonly receipts: Receipts,
    private readonly letters: Letters,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Res() reply: FastifyReply, @Query('saved') saved?: string): Promise<void> {
    const count = saved === undefined ? null : Number.parseInt(saved, 10) || 0;
    await this.page(reply, token, await this.opened(token), { saved: count });
  }

  /** Changes nothing; tells whose link it is and whom to call */
  @Get(':token/not-you')
  async notYou(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const { office, meetings } = await this.opened(token);
    const language = this.pages.language(reply.request, office.language);
    privatePage(reply);
    const contact = meetings[0] ? contactOf(meetings[0].facts, language) : null;
    await this.pages.render(
      reply,
      'respond/not-you',
      { name: office.name, back: `/o/${token}`, contact },
      { language },
    );
  }

  @Post(':token')
  async save(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const told = await this.opened(token);
    const open = new Map(
      told.meetings
        .filter(
          (meeting) =>
            meeting.stillTrue &&
            meeting.facts.status !== 'cancelled' &&
            new Date(meeting.facts.endsAt) > this.clock.now().toJSDate(),
        )
        .flatMap((meeting) =>
          meeting.people.map(({ attendee, person }) => [attendee.id, { facts: meeting.facts, person }] as const),
        ),
    );
    const read = readAnswers(body, [...open.keys()]);
    const givenBy = nameIn(body);
    const faults: Record<string, Text> = Object.assign({}, ...read.map((one) => one.faults));
    if (givenBy === '') faults['givenBy'] = text('ご回答者のお名前を入力してください。', 'Please give your name.');
    if (read.length === 0) faults['form'] = text('ご回答が選ばれていません。', 'No answer was chosen.');
    if (told.expired || hasFaults(faults))
      return this.page(reply, token, told, { faults, read, givenBy, status: told.expired ? 410 : 422 });
    const entries = read.flatMap(({ attendeeId, revision, given }) => (given ? [{ attendeeId, revision, given }] : []));
    const changed = await this.responses.record(
      entries,
      {
        channel: 'office-link',
        name: givenBy,
        agent: coarseAgent(request.headers['user-agent']),
        actor: { kind: 'link', id: told.linkId, name: `${told.office.name.ja} ${givenBy}` },
        mayAnswerFor: new Set(open.keys()),
      },
      async (tx, ids) => {
        const items = ids.map((id): Recorded => ({
          ...open.get(id)!,
          given: entries.find((entry) => entry.attendeeId === id)!.given,
        }));
        await this.receipts.put(tx, told.cycle, { office: told.office }, items, givenBy, this.letters.officeUrl(token));
      },
    );
    await reply.redirect(`/o/${token}?saved=${changed.length}`, 303);
  }

  private async opened(token: string): Promise<Opened> {
    const link = await this.links.known(this.database.manager, 'office', token);
    const [cycleId, officeId] = link?.subject.split('/') ?? [];
    const told = cycleId && officeId ? await this.announced.toOffice(cycleId, officeId) : undefined;
    if (!link || !told) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    return { ...told, linkId: link.id, expired: link.expired };
  }

  private async page(
    reply: FastifyReply,
    token: string,
    told: Opened,
    {
      saved = null,
      faults = {},
      read = [],
      givenBy = '',
      status = 200,
    }: { saved?: number | null; faults?: Faults; read?: readonly ReadAnswer[]; givenBy?: string; status?: number },
  ): Promise<void> {
    const ids = told.meetings.flatMap((meeting) => meeting.people.map(({ attendee }) => attendee.id));
    const milestones = (await this.milestones.ofCycle(told.cycle.id)).filter(
      (one) => one.owedBy === 'centre' && told.office.kind === 'centre' && one.centre === told.office.centre,
    );
    const language = this.pages.language(reply.request, told.office.language);
    privatePage(reply);
    await this.pages.render(
      reply,
      'respond/office',
      {
        ...officeView(told, await this.answers.historyOf(ids), milestones, read, this.clock.now().toJSDate()),
        token,
        expired: told.expired,
        saved,
        faults,
        givenBy,
        contact: told.meetings[0] ? contactOf(told.meetings[0].facts, language) : null,
      },
      { status, language },
    );
  }
}

function nameIn(body: Record<string, unknown>): string {
  const name = body['givenBy'];
  return typeof name === 'string'
    ? name
        .normalize('NFC')
        .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
        .trim()
        .slice(0, 100)
    : '';
}
