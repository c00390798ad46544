import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { plainText } from '../../kernel/plain-text.ts';
import { text } from '../../kernel/text.ts';
import { Proposals } from '../../responses/proposals.service.ts';
import { TriageQueries, type IncomingDetail } from '../../responses/triage.queries.ts';
import type { Faults } from '../faults.ts';
import { MailPages } from './mail-pages.service.ts';
import { incomingOne } from './mail-triage.controller.ts';
import { triageView } from './mail-triage-view.ts';
import { staffActor } from './years.service.ts';

const LONGEST = 1000;
const tooLong = text('1,000字以内で入力してください。', 'Please write at most 1,000 characters.');
const languages = { ja: text('日本語', 'Japanese'), en: text('英語', 'English') };

interface Typed {
  readonly note?: unknown;
  readonly do?: unknown;
}

/** Somebody asked for another time and the date stays: the letter that tells them, looked at before it goes */
@Controller('mail/triage/:id/decline')
@UseGuards(StaffGuard)
export class MailProposalController {
  constructor(
    private readonly queries: TriageQueries,
    private readonly proposals: Proposals,
    private readonly pages: MailPages,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, await incomingOne(this.queries, id), '');
  }

  /** Only the button under a letter sends it, with the note that stands in it. */
  @Post()
  async decline(
    @Param('id') id: string,
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Typed = {},
  ): Promise<void> {
    const one = await incomingOne(this.queries, id);
    const note = typeof body.note === 'string' ? plainText(body.note).trim() : '';
    if ([...note].length > LONGEST) return this.page(reply, one, note.slice(0, 5000), { faults: { note: tooLong } });
    if (body.do !== 'send') return this.page(reply, one, note);
    try {
      await this.proposals.decline(id, note, staffActor(request));
      await reply.redirect('/mail/triage?done=yes', 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(reply, one, note, { refusal: error });
    }
  }

  private async page(
    reply: FastifyReply,
    one: IncomingDetail,
    note: string,
    { faults = {}, refusal }: { readonly faults?: Faults; readonly refusal?: Refusal } = {},
  ): Promise<void> {
    if (one.kind !== 'counter') throw new NotFoundException();
    const faulty = Object.keys(faults).length > 0;
    const letter = one.state === 'held' && !faulty ? await this.proposals.preview(one.id, note) : undefined;
    const status = refusal?.status ?? (faulty ? 422 : undefined);
    const data = {
      one: triageView(one),
      address: `/mail/triage/${one.id}`,
      note,
      faults,
      letter: letter ? { ...letter, language: languages[letter.language] } : null,
      problem: refusal?.text ?? null,
    };
    await this.pages.show(reply, 'mail-proposal', data, status ? { status } : {});
  }
}
