import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { AnnouncedQueries, type AnnouncedToPerson } from '../../invitations/announced.queries.ts';
import { Letters } from '../../invitations/letters.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Links } from '../../links/links.service.ts';
import { Receipts } from '../../responses/receipts.service.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { Responses } from '../../responses/responses.service.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { answerView, coarseAgent, masked, readAnswer, type ReadAnswer } from './answer-fields.ts';
import { contactOf } from './contact.ts';
import { factsView } from './meeting-facts-view.ts';
import { privatePage, statusOf } from './private-page.ts';

type Opened = AnnouncedToPerson & { readonly linkId: string; readonly expired: boolean };

/** One person answers for one meeting by an emailed link. GET shows and changes nothing, however often and by whomever; the answer is a POST. */
@Controller('a')
export class ParticipantController {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly announced: AnnouncedQueries,
    private readonly responses: Responses,
    private readonly answers: ResponseQueries,
    private readonly receipts: Receipts,
    private readonly letters: Letters,
    private readonly pages: Pages,
  ) {}

  @Get(':token')
  async show(@Param('token') token: string, @Res() reply: FastifyReply, @Query('saved') saved?: string): Promise<void> {
    await this.page(reply, token, await this.opened(token), { saved: saved !== undefined });
  }

  /** Changes nothing; tells whose link it is and whom to call */
  @Get(':token/not-you')
  async notYou(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const { person, facts } = await this.opened(token);
    const language = this.pages.language(reply.request, person.language);
    privatePage(reply);
    const data = { name: person.name, back: `/a/${token}`, contact: contactOf(facts, language) };
    await this.pages.render(reply, 'respond/not-you', data, { language });
  }

  @Post(':token')
  async answer(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const told = await this.opened(token);
    const { attendee, person, facts, cycle } = told;
    const state = stateOf(told);
    if (state !== 'open' || !attendee) return this.page(reply, token, told, { status: statusOf(state) });
    const read = readAnswer(body, attendee.id, facts);
    const { given } = read;
    if (!given || hasFaults(read.faults))
      return this.page(reply, token, told, { faults: read.faults, read, status: 422 });
    try {
      await this.responses.record(
        [{ attendeeId: attendee.id, revision: read.revision, given }],
        {
          channel: 'link',
          name: person.name.ja,
          agent: coarseAgent(request.headers['user-agent']),
          actor: { kind: 'link', id: told.linkId, name: person.name.ja },
          mayAnswerFor: new Set([attendee.id]),
        },
        async (tx) => {
          const to = { person, address: facts.address!, post: facts.post };
          await this.receipts.put(tx, cycle, to, [{ facts, person, given }], '', this.letters.answerUrl(token));
        },
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.page(reply, token, await this.opened(token), {
        faults: { form: error.text },
        read,
        status: error.status,
      });
    }
    await reply.redirect(`/a/${token}?saved`, 303);
  }

  private async opened(token: string): Promise<Opened> {
    const link = await this.links.known(this.database.manager, 'participant', token);
    const [meetingId, personId] = link?.subject.split('/') ?? [];
    const told = meetingId && personId ? await this.announced.toPerson(meetingId, personId) : undefined;
    if (!link || !told) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    return { ...told, linkId: link.id, expired: link.expired };
  }

  private async page(
    reply: FastifyReply,
    token: string,
    told: Opened,
    {
      saved = false,
      faults = {},
      read,
      status = 200,
    }: { saved?: boolean; faults?: Faults; read?: ReadAnswer; status?: number },
  ): Promise<void> {
    const { meeting, person, attendee, facts } = told;
    const history = attendee ? ((await this.answers.historyOf([attendee.id])).get(attendee.id) ?? []) : [];
    const answer = attendee ? answerView(meeting, attendee, history, read?.typed, read?.seen) : null;
    const language = this.pages.language(reply.request, person.language);
    const byLink = answer?.answered?.attendance === 'online' && facts.mode === 'on-site';
    privatePage(reply);
    await this.pages.render(
      reply,
      'respond/answer',
      {
        token,
        person: { name: person.name, honorific: person.honorific },
        masked: masked(facts.address),
        role: facts.seat,
        meeting: factsView(facts, person.zone),
        programme: told.cycle.rules.name,
        state: stateOf(told),
        answer,
        // who joins a meeting on site from elsewhere needs its link, which the invitation did not have
        join: byLink ? { link: facts.onlineUrl } : null,
        saved,
        faults,
        contact: contactOf(facts, language),
      },
      { status, language },
    );
  }
}

const stateOf = ({ state, expired }: Opened) => (state === 'open' && expired ? 'expired' : state);
