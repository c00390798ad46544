import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
import { AnnouncedQueries, type AnnouncedToPerson } from '../../invitations/announced.queries.ts';
import { Letters } from '../../invitations/letters.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text } from '../../kernel/text.ts';
import type { KnownLink } from '../../links/link.ts';
import { Links } from '../../links/links.service.ts';
import { refusalToAnswer } from '../../responses/answer.ts';
import { Receipts } from '../../responses/receipts.service.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { answerView, masked, readAnswer, type ReadAnswer } from './answer-fields.ts';
import { contactOf } from './contact.ts';
import { LinkAnswers, type SentForm } from './link-answers.service.ts';
import { LinkForms } from './link-forms.service.ts';
import { factsView } from './meeting-facts-view.ts';
import { privatePage, statusOf } from './private-page.ts';

type Opened = AnnouncedToPerson & { readonly link: KnownLink };

/** One person answers for one meeting by an emailed link. GET shows and changes nothing, however often and by whomever; the answer takes two POSTs. */
@Controller('a')
export class ParticipantController {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly announced: AnnouncedQueries,
    private readonly linkAnswers: LinkAnswers,
    private readonly answers: ResponseQueries,
    private readonly receipts: Receipts,
    private readonly letters: Letters,
    private readonly forms: LinkForms,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Res() reply: FastifyReply,
    @Query('saved') saved?: string,
    @Query('renewed') renewed?: string,
  ): Promise<void> {
    await this.page(reply, token, await this.opened(token), {
      saved: saved !== undefined,
      renewed: renewed !== undefined,
    });
  }

  /** The entry as a file, for a calendar that did not take it from the mail */
  @Get(':token/event.ics')
  async event(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const told = await this.opened(token);
    if (stateOf(told) !== 'open' || told.byDay || !told.facts.address) throw new NotFoundException();
    privatePage(reply);
    void reply.header('content-disposition', 'attachment; filename="event.ics"');
    await reply
      .type('text/calendar; charset=utf-8; method=PUBLISH')
      .send(this.letters.eventFile(told.cycle, told.sent, token));
  }

  /** Changes nothing; tells whose link it is and whom to call */
  @Get(':token/not-you')
  async notYou(@Param('token') token: string, @Res() reply: FastifyReply, @Query('told') told?: string): Promise<void> {
    const { person, facts } = await this.opened(token);
    const language = this.pages.language(reply.request, person.language);
    privatePage(reply);
    const data = {
      name: person.name,
      back: `/a/${token}`,
      told: told !== undefined,
      contact: contactOf(facts, language),
    };
    await this.pages.render(reply, 'respond/not-you', data, { language });
  }

  /** Somebody else has this link: staff are told, and nothing changes */
  @Post(':token/not-you')
  async tellStaff(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const { link, cycle, person, facts } = await this.opened(token);
    await this.forms.notTheirs(link, cycle, person.name, facts);
    await reply.redirect(`/a/${token}/not-you?told`, 303);
  }

  /** The first step: shows what was chosen, and keeps nothing */
  @Post(':token')
  async choose(
    @Param('token') token: string,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const told = await this.opened(token);
    const { attendee, person, facts } = told;
    const state = stateOf(told);
    if (state !== 'open' || !attendee) return this.page(reply, token, told, { status: statusOf(state) });
    const read = readAnswer(body, attendee.id, facts);
    if (body['edit'] !== undefined) return this.page(reply, token, told, { read });
    if (hasFaults(read.faults)) return this.page(reply, token, told, { faults: read.faults, read, status: 422 });
    await this.linkAnswers.choose(reply, {
      ...this.sent(reply, token, told, body, read),
      read: [read],
      refusal: refusalToAnswer(told.meeting, attendee, read.revision, this.clock.now().toJSDate()),
      of: () => ({ facts, person }),
      whose: text(`${person.name.ja} ${person.honorific.ja}`, `For: ${person.honorific.en} ${person.name.en}`.trim()),
      readerZone: person.zone,
      programme: told.cycle.rules.name,
      facts,
      language: this.pages.language(reply.request, person.language),
    });
  }

  @Post(':token/confirm')
  async confirm(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const told = await this.opened(token);
    const { attendee, person, facts, cycle } = told;
    const state = stateOf(told);
    if (state !== 'open' || !attendee) return this.page(reply, token, told, { status: statusOf(state) });
    await this.linkAnswers.confirm(request, reply, {
      ...this.sent(reply, token, told, body, readAnswer(body, attendee.id, facts)),
      refusal: undefined,
      channel: 'link',
      name: person.name.ja,
      actorName: person.name.ja,
      mayAnswerFor: new Set([attendee.id]),
      sentTo: { personId: person.id },
      receipt: async (tx, changed) => {
        const to = { person, address: facts.address!, post: facts.post };
        const items = changed.map(({ given }) => ({ facts, person, given }));
        await this.receipts.put(tx, cycle, to, items, '', this.letters.answerUrl(token));
      },
      saved: () => '',
    });
  }

  /** A new link for an old one, to the address on file only */
  @Post(':token/renew')
  async renew(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const told = await this.opened(token);
    const { person, facts, cycle } = told;
    if (facts.address)
      await this.forms.renew(told.link, 'participant', {
        cycle,
        facts,
        to: { person, address: facts.address, post: facts.post },
        urlOf: (fresh) => this.letters.answerUrl(fresh),
      });
    await reply.redirect(`/a/${token}?renewed`, 303);
  }

  private sent(
    reply: FastifyReply,
    token: string,
    { link }: Opened,
    body: Record<string, unknown>,
    read: ReadAnswer,
  ): SentForm {
    return {
      link,
      address: `/a/${token}`,
      body,
      written: [read],
      faults: read.faults,
      again: async (shown) => this.page(reply, token, await this.opened(token), { ...shown, read }),
    };
  }

  private async opened(token: string): Promise<Opened> {
    const link = await this.links.known(this.database.manager, 'participant', token);
    const [meetingId, personId] = link?.subject.split('/') ?? [];
    const told = meetingId && personId ? await this.announced.toPerson(meetingId, personId) : undefined;
    if (!link || !told) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    return { ...told, link };
  }

  private async page(
    reply: FastifyReply,
    token: string,
    told: Opened,
    {
      saved = false,
      renewed = false,
      faults = {},
      read,
      status = 200,
    }: { saved?: boolean; renewed?: boolean; faults?: Faults; read?: ReadAnswer; status?: number },
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
        event: !told.byDay,
        masked: masked(facts.address),
        role: facts.seat,
        meeting: factsView(facts, person.zone),
        programme: told.cycle.rules.name,
        state: stateOf(told),
        answer,
        // who joins a meeting on site from elsewhere needs its link, which the invitation did not have
        join: byLink ? { link: facts.onlineUrl } : null,
        saved,
        renewed,
        nonce: this.forms.seal(told.link),
        faults,
        contact: contactOf(facts, language),
      },
      { status, language },
    );
  }
}

const stateOf = ({ state, link }: Opened) => (state === 'open' && link.expired ? 'expired' : state);
