import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { AnnouncedQueries, type AnnouncedToOffice } from '../../invitations/announced.queries.ts';
import { oneLine } from '../../kernel/plain-text.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text } from '../../kernel/text.ts';
import { Links } from '../../links/links.service.ts';
import { dayDue, type Milestone } from '../../milestones/milestone.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { Milestones } from '../../milestones/milestones.service.ts';
import { milestoneRefusals } from '../../milestones/refusals.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import type { Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { contactOf } from './contact.ts';
import { owedBy } from './office-view.ts';
import { privatePage } from './private-page.ts';

interface Opened {
  readonly told: AnnouncedToOffice;
  readonly linkId: string;
  readonly expired: boolean;
  readonly milestone: Milestone;
}

/** A centre's office says that something was handed in: then nobody asks for it any more. A page first, since scanners open links. */
@Controller('o/:token/deadlines/:id')
export class OfficeDeadlineController {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly announced: AnnouncedQueries,
    private readonly queries: MilestoneQueries,
    private readonly milestones: Milestones,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, token, await this.opened(token, id), { givenBy: '', note: '' });
  }

  @Post()
  async submit(
    @Param('token') token: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const opened = await this.opened(token, id);
    const word = (name: string, most: number) => oneLine(typeof body[name] === 'string' ? body[name] : '', most);
    const typed = { givenBy: word('givenBy', 100), note: word('note', 500) };
    if (opened.expired) return this.page(reply, token, opened, typed, {}, 410);
    if (typed.givenBy === '')
      return this.page(
        reply,
        token,
        opened,
        typed,
        { givenBy: text('お名前を入力してください。', 'Please give your name.') },
        422,
      );
    if (opened.milestone.state === 'open') {
      const { office } = opened.told;
      const note = [`${office.name.ja} ${typed.givenBy}`, typed.note].filter(Boolean).join('：');
      const actor = { kind: 'link', id: opened.linkId, name: `${office.name.ja} ${typed.givenBy}` } as const;
      await this.milestones.settle(opened.milestone.id, 'submitted', note, actor);
    }
    await reply.redirect(`/o/${token}/deadlines/${id}`, 303);
  }

  /** Only what this office owes and may know of; what is unknown and what is somebody else's look the same. */
  private async opened(token: string, id: string): Promise<Opened> {
    const link = await this.links.known(this.database.manager, 'office', token);
    const [cycleId, officeId] = link?.subject.split('/') ?? [];
    const told = cycleId && officeId ? await this.announced.toOffice(cycleId, officeId) : undefined;
    if (!link || !told) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    const milestone = owedBy(told, await this.queries.ofCycle(told.cycle.id)).find((one) => one.id === id);
    if (!milestone || !dayDue(milestone)) throw Refusal.of(milestoneRefusals, 'milestones.unknown');
    return { told, linkId: link.id, expired: link.expired, milestone };
  }

  private async page(
    reply: FastifyReply,
    token: string,
    { told, milestone, expired }: Opened,
    typed: { readonly givenBy: string; readonly note: string },
    faults: Faults = {},
    status = 200,
  ): Promise<void> {
    const language = this.pages.language(reply.request, told.office.language);
    privatePage(reply);
    const data = {
      office: told.office.name,
      programme: told.cycle.rules.name,
      title: milestone.title,
      due: dayDue(milestone),
      at: milestone.due.at,
      state: milestone.state,
      action: `/o/${token}/deadlines/${milestone.id}`,
      back: `/o/${token}`,
      token,
      expired,
      typed,
      faults,
      contact: contactOf(told.meetings[0]!.facts, language),
    };
    await this.pages.render(reply, 'respond/office-deadline', data, { status, language });
  }
}
