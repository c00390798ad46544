import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { AnnouncedQueries, type AnnouncedToOffice } from '../../invitations/announced.queries.ts';
import { Letters } from '../../invitations/letters.service.ts';
import { oneLine } from '../../kernel/plain-text.ts';
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
import { attendeesIn, coarseAgent, isUntouched, readAnswers, type ReadAnswer } from './answer-fields.ts';
import { contactOf } from './contact.ts';
import { officeView } from './office-view.ts';
import { privatePage } from './private-page.ts';

type Opened = AnnouncedToOffice & { readonly linkId: string; readonly expired: boolean };
/** One of the office's people at a meeting, by attendee */
type Asked = ReadonlyMap<string, Omit<Recorded, 'given'> & { readonly open: boolean }>;

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
    const data = { name: office.name, back: `/o/${token}`, contact: contactOf(meetings[0]!.facts, language) };
    await this.pages.render(reply, 'respond/not-you', data, { language });
  }

  @Post(':token')
  async save(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const told = await this.opened(token);
    const asked = askedOf(told);
    const facts = new Map([...asked].map(([id, one]) => [id, one.facts]));
    const written = readAnswers(body, [...asked.keys()], facts);
    const history = await this.answers.historyOf(written.map((one) => one.attendeeId));
    const read = written.filter((one) => !isUntouched(one, history.get(one.attendeeId) ?? []));
    const givenBy = typeof body['givenBy'] === 'string' ? oneLine(body['givenBy'], 100) : '';
    const back = { read: written, givenBy };
    const faults = faultsIn(written, read, asked, givenBy);
    if (told.expired) return this.page(reply, token, told, { ...back, status: 410 });
    if (attendeesIn(body).some((id) => !asked.has(id))) {
      const refusal = Refusal.of(responseRefusals, 'responses.not-your-people');
      return this.page(reply, token, told, { ...back, faults: { form: refusal.text }, status: refusal.status });
    }
    if (hasFaults(faults)) return this.page(reply, token, told, { ...back, faults, status: 422 });
    const entries = read.flatMap(({ attendeeId, revision, given }) => (given ? [{ attendeeId, revision, given }] : []));
    try {
      const changed = await this.responses.record(
        entries,
        {
          channel: 'office-link',
          name: givenBy,
          agent: coarseAgent(request.headers['user-agent']),
          actor: { kind: 'link', id: told.linkId, name: `${told.office.name.ja} ${givenBy}` },
          mayAnswerFor: new Set(asked.keys()),
        },
        async (tx, ids) => {
          const items = ids.map((id): Recorded => ({
            ...asked.get(id)!,
            given: entries.find((entry) => entry.attendeeId === id)!.given,
          }));
          const url = this.letters.officeUrl(token);
          await this.receipts.put(tx, told.cycle, { office: told.office }, items, givenBy, url);
        },
      );
      await reply.redirect(`/o/${token}?saved=${changed.length}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const state = await this.opened(token);
      await this.page(reply, token, state, { ...back, faults: { form: error.text }, status: error.status });
    }
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
    const history = await this.answers.historyOf([...askedOf(told).keys()]);
    const milestones = (await this.milestones.ofCycle(told.cycle.id)).filter(
      (one) => one.owedBy === 'centre' && told.office.kind === 'centre' && one.centre === told.office.centre,
    );
    const language = this.pages.language(reply.request, told.office.language);
    privatePage(reply);
    await this.pages.render(
      reply,
      'respond/office',
      {
        ...officeView(told, history, milestones, read),
        token,
        expired: told.expired,
        saved,
        faults,
        givenBy,
        contact: contactOf(told.meetings[0]!.facts, language),
      },
      { status, language },
    );
  }
}

const askedOf = (told: Opened): Asked =>
  new Map(
    told.meetings.flatMap(({ facts, state, people }) =>
      people.flatMap(({ attendee, person }) =>
        attendee ? [[attendee.id, { facts, person, open: state === 'open' }] as const] : [],
      ),
    ),
  );

/** @param written everything on the form, `read` what of it is new */
function faultsIn(written: readonly ReadAnswer[], read: readonly ReadAnswer[], asked: Asked, givenBy: string): Faults {
  const faults: Record<string, Text> = Object.assign({}, ...read.map((one) => one.faults));
  const closed = read.find((one) => !asked.get(one.attendeeId)!.open);
  if (written.length === 0) faults['form'] = text('ご回答が選ばれていません。', 'No answer was chosen.');
  else if (closed)
    faults['form'] = Refusal.of(responseRefusals, 'responses.changed-meanwhile', {
      title: asked.get(closed.attendeeId)!.facts.title,
    }).text;
  if (givenBy === '') faults['givenBy'] = text('ご回答者のお名前を入力してください。', 'Please give your name.');
  return faults;
}
