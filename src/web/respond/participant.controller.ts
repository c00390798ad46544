import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
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
import { answerView, coarseAgent, masked, readAnswers, type TypedAnswer } from './answer-fields.ts';
import { factsView } from './meeting-facts-view.ts';
import { privatePage } from './private-page.ts';

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
    private readonly clock: Clock,
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
    if (!attendee || !told.stillTrue || told.expired) return this.page(reply, token, told, { status: 409 });
    const [read] = readAnswers(body, [attendee.id]);
    const chosen = read ?? readAnswers({ ...body, [`remarks-${attendee.id}`]: '?' }, [attendee.id])[0]!;
    if (!chosen.given || hasFaults(chosen.faults))
      return this.page(reply, token, told, { faults: chosen.faults, typed: read?.typed ?? {}, status: 422 });
    const { given } = chosen;
    await this.responses.record(
      [{ attendeeId: attendee.id, revision: chosen.revision, given }],
      {
        channel: 'link',
        name: person.name.ja,
        agent: coarseAgent(request.headers['user-agent']),
        actor: { kind: 'link', id: told.linkId, name: person.name.ja },
        mayAnswerFor: new Set([attendee.id]),
      },
      async (tx) => {
        if (told.address === null) return;
        const to = { person, address: told.address, post: { ja: '', en: '' } };
        await this.receipts.put(tx, cycle, to, [{ facts, person, given }], '', this.letters.answerUrl(token));
      },
    );
    await reply.redirect(`/a/${token}?saved`, 303);
  }

  private async opened(token: string): Promise<AnnouncedToPerson & { linkId: string; expired: boolean }> {
    const link = await this.links.known(this.database.manager, 'participant', token);
    const [meetingId, personId] = link?.subject.split('/') ?? [];
    const told = meetingId && personId ? await this.announced.toPerson(meetingId, personId) : undefined;
    if (!link || !told) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    return { ...told, linkId: link.id, expired: link.expired };
  }

  private async page(
    reply: FastifyReply,
    token: string,
    told: AnnouncedToPerson & { expired: boolean },
    {
      saved = false,
      faults = {},
      typed,
      status = 200,
    }: { saved?: boolean; faults?: Faults; typed?: TypedAnswer; status?: number },
  ): Promise<void> {
    const { meeting, person, attendee, facts } = told;
    const over = new Date(facts.endsAt) <= this.clock.now().toJSDate();
    const history = attendee ? ((await this.answers.historyOf([attendee.id])).get(attendee.id) ?? []) : [];
    privatePage(reply);
    await this.pages.render(
      reply,
      'respond/answer',
      {
        token,
        person: { name: person.name, honorific: person.honorific },
        masked: masked(told.address),
        role: attendee?.role ?? null,
        meeting: factsView(facts, person.zone),
        programme: told.cycle.rules.name,
        state:
          facts.status === 'cancelled'
            ? 'cancelled'
            : !attendee
              ? 'withdrawn'
              : over
                ? 'over'
                : told.expired
                  ? 'expired'
                  : told.stillTrue
                    ? 'open'
                    : 'changing',
        answer: attendee ? answerView(meeting, attendee, history, typed) : null,
        saved,
        faults,
        contact: contactOf(facts, this.pages.language(reply.request, person.language)),
      },
      { status, language: this.pages.language(reply.request, person.language) },
    );
  }
}

export const contactOf = (
  { staffInCharge }: Pick<AnnouncedToPerson['facts'], 'staffInCharge'>,
  language: 'ja' | 'en',
) => ({
  name: staffInCharge.name[language],
  telephone: staffInCharge.telephone,
  email: staffInCharge.address,
});
