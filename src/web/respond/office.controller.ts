import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { AnnouncedQueries, type AnnouncedToOffice } from '../../invitations/announced.queries.ts';
import { Letters } from '../../invitations/letters.service.ts';
import { oneLine } from '../../kernel/plain-text.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { KnownLink } from '../../links/link.ts';
import { Links } from '../../links/links.service.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import type { Recorded } from '../../responses/answer-details.ts';
import { Receipts } from '../../responses/receipts.service.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { attendeesIn, isUntouched, readAnswers, type ReadAnswer } from './answer-fields.ts';
import { contactOf } from './contact.ts';
import { LinkAnswers, tooOld, type SentForm } from './link-answers.service.ts';
import { LinkForms } from './link-forms.service.ts';
import { officeView } from './office-view.ts';
import { privatePage } from './private-page.ts';

type Opened = AnnouncedToOffice & { readonly link: KnownLink };
/** One of the office's people at a meeting, by attendee */
type Asked = ReadonlyMap<string, Omit<Recorded, 'given'> & { readonly open: boolean }>;

/** An office answers for all its people on one page: one button leads to what would be saved, another saves all of it or nothing. */
@Controller('o')
export class OfficeController {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly announced: AnnouncedQueries,
    private readonly milestones: MilestoneQueries,
    private readonly linkAnswers: LinkAnswers,
    private readonly answers: ResponseQueries,
    private readonly receipts: Receipts,
    private readonly letters: Letters,
    private readonly forms: LinkForms,
    private readonly pages: Pages,
  ) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Res() reply: FastifyReply,
    @Query('saved') saved?: string,
    @Query('renewed') renewed?: string,
  ): Promise<void> {
    const count = saved === undefined ? null : Number.parseInt(saved, 10) || 0;
    await this.page(reply, token, await this.opened(token), { saved: count, renewed: renewed !== undefined });
  }

  /** Changes nothing; tells whose link it is and whom to call */
  @Get(':token/not-you')
  async notYou(@Param('token') token: string, @Res() reply: FastifyReply, @Query('told') told?: string): Promise<void> {
    const { office, meetings } = await this.opened(token);
    const language = this.pages.language(reply.request, office.language);
    privatePage(reply);
    const contact = contactOf(meetings[0]!.facts, language);
    const data = { name: office.name, back: `/o/${token}`, told: told !== undefined, contact };
    await this.pages.render(reply, 'respond/not-you', data, { language });
  }

  /** Somebody else has this link: staff are told, and nothing changes */
  @Post(':token/not-you')
  async tellStaff(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const { link, cycle, office, meetings } = await this.opened(token);
    await this.forms.notTheirs(link, cycle, office.name, meetings[0]!.facts);
    await reply.redirect(`/o/${token}/not-you?told`, 303);
  }

  /** The first step: shows what was chosen, and keeps nothing */
  @Post(':token')
  async choose(
    @Param('token') token: string,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const told = await this.opened(token);
    const it = await this.read(told, body);
    const { written, read, givenBy, asked } = it;
    const back = { read: written, givenBy };
    if (body['edit'] !== undefined) return this.page(reply, token, told, back);
    if (told.link.expired) return this.page(reply, token, told, { ...back, status: 410 });
    if (!it.stranger && hasFaults(it.faults))
      return this.page(reply, token, told, { ...back, faults: it.faults, status: 422 });
    await this.linkAnswers.choose(reply, {
      ...this.sent(reply, token, told, body, it),
      read,
      refusal: it.stranger,
      of: (id) => asked.get(id)!,
      whose: text(`${told.office.name.ja} 御中`, `For: ${told.office.name.en}`),
      readerZone: told.cycle.rules.zone,
      programme: told.cycle.rules.name,
      facts: told.meetings[0]!.facts,
      language: this.pages.language(reply.request, told.office.language),
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
    const it = await this.read(told, body);
    const { asked, givenBy } = it;
    await this.linkAnswers.confirm(request, reply, {
      ...this.sent(reply, token, told, body, it),
      refusal: it.stranger ?? (told.link.expired ? tooOld() : undefined),
      channel: 'office-link',
      name: givenBy,
      actorName: `${told.office.name.ja} ${givenBy}`,
      mayAnswerFor: new Set(asked.keys()),
      sentTo: { officeId: told.office.id },
      receipt: async (tx, changed) => {
        const items = changed.map(({ attendeeId, given }): Recorded => ({ ...asked.get(attendeeId)!, given }));
        const url = this.letters.officeUrl(token);
        await this.receipts.put(tx, told.cycle, { office: told.office }, items, givenBy, url);
      },
      saved: (count) => `=${count}`,
    });
  }

  /** A new link for an old one, to the office's address on file only */
  @Post(':token/renew')
  async renew(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const { link, cycle, office, meetings } = await this.opened(token);
    await this.forms.renew(link, 'office', {
      cycle,
      facts: meetings[0]!.facts,
      to: { office },
      urlOf: (fresh) => this.letters.officeUrl(fresh),
    });
    await reply.redirect(`/o/${token}?renewed`, 303);
  }

  private sent(
    reply: FastifyReply,
    token: string,
    { link }: Opened,
    body: Record<string, unknown>,
    { written, givenBy, faults }: Awaited<ReturnType<OfficeController['read']>>,
  ): SentForm {
    const again: SentForm['again'] = async (shown) =>
      this.page(reply, token, await this.opened(token), { ...shown, read: written, givenBy });
    return { link, address: `/o/${token}`, body, written, faults, givenBy, again };
  }

  /** What a form says: all that is written on it, and what of that is new */
  private async read(told: Opened, body: Readonly<Record<string, unknown>>) {
    const asked = askedOf(told);
    const facts = new Map([...asked].map(([id, one]) => [id, one.facts]));
    const written = readAnswers(body, [...asked.keys()], facts);
    const history = await this.answers.historyOf(written.map((one) => one.attendeeId));
    const read = written.filter((one) => !isUntouched(one, history.get(one.attendeeId) ?? []));
    const givenBy = typeof body['givenBy'] === 'string' ? oneLine(body['givenBy'], 100) : '';
    const stranger = attendeesIn(body).some((id) => !asked.has(id))
      ? Refusal.of(responseRefusals, 'responses.not-your-people')
      : undefined;
    return { asked, written, read, givenBy, stranger, faults: faultsIn(written, read, asked, givenBy) };
  }

  private async opened(token: string): Promise<Opened> {
    const link = await this.links.known(this.database.manager, 'office', token);
    const [cycleId, officeId] = link?.subject.split('/') ?? [];
    const told = cycleId && officeId ? await this.announced.toOffice(cycleId, officeId) : undefined;
    if (!link || !told) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    return { ...told, link };
  }

  private async page(
    reply: FastifyReply,
    token: string,
    told: Opened,
    {
      saved = null,
      renewed = false,
      faults = {},
      read = [],
      givenBy = '',
      status = 200,
    }: {
      saved?: number | null;
      renewed?: boolean;
      faults?: Faults;
      read?: readonly ReadAnswer[];
      givenBy?: string;
      status?: number;
    },
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
        expired: told.link.expired,
        renewed,
        nonce: this.forms.seal(told.link),
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
