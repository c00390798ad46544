import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Cycles } from '../../cycle/cycle.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { InvitationQueries } from '../../invitations/invitations.queries.ts';
import { fingerprintOf, type PendingMail } from '../../invitations/pending-mail.ts';
import { Releases } from '../../invitations/releases.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { MailPolicy } from '../../mail/mail-policy.service.ts';
import { Assets } from '../assets.service.ts';
import { Pages } from '../page.service.ts';
import { mailView, sendFramed } from './mail-view.ts';
import { countsOf, releaseView } from './release-view.ts';
import { addressIn } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

/** Who would get what; looking at any of it as it will arrive; letting it go. Saving anywhere else never sends. */
@Controller('y/:programme/:year/release')
@UseGuards(StaffGuard)
export class ReleaseController {
  constructor(
    private readonly years: Years,
    private readonly releases: Releases,
    private readonly queries: InvitationQueries,
    private readonly policy: MailPolicy,
    private readonly cycles: Cycles,
    private readonly staff: StaffQueries,
    private readonly pages: Pages,
    private readonly assets: Assets,
  ) {}

  @Get()
  async show(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('sent') sent?: string,
    @Query('back') back?: string,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.page(reply, cycle, {
      sent: sent === undefined ? null : { mails: Number(sent) || 0, keptBack: Number(back) || 0 },
    });
  }

  /**
   * First press: what would go is shown once more with its numbers. Second press, with `seen`: it goes, unless it would say something else
   * by now.
   */
  @Post()
  async release(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const wanted = new Set(keysIn(body));
    const seen = typeof body['seen'] === 'string' ? body['seen'] : undefined;
    if (wanted.size > 0 && seen !== undefined) return this.letGo(request, reply, cycle, [...wanted], seen);
    const { pending, hindrance } = await this.pending(cycle);
    const mails = pending.filter((mail) => mail.problem === null && wanted.has(mail.key));
    if (mails.length === 0) {
      const problem = hindrance ?? text('送る案内が選ばれていません。', 'Nothing was chosen.');
      return this.page(reply, cycle, { status: 422, problem });
    }
    await this.pages.render(reply, 'staff/release-confirm', {
      address: addressIn(cycle, 'release'),
      mails,
      seen: fingerprintOf(mails),
      ...countsOf(mails),
      rehearsal: (await this.policy.get()).rehearsal,
    });
  }

  private async letGo(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    keys: readonly string[],
    seen: string,
  ): Promise<void> {
    try {
      const released = await this.releases.release(cycle.id, keys, staffActor(request), seen);
      await reply.redirect(`${addressIn(cycle, 'release')}?sent=${released.mails}&back=${released.keptBack}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(reply, cycle, { status: error.status, problem: error.text });
    }
  }

  @Get('preview')
  async preview(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('key') key = ''): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const { message, state } = await this.releases.preview(cycle.id, key);
    await this.pages.render(reply, 'staff/mail', {
      mail: mailView(message),
      frame_address: `${addressIn(cycle, 'release')}/preview/html?key=${encodeURIComponent(key)}`,
      back: addressIn(cycle, 'release'),
      state: state === 'kept-back' ? 'kept-back' : 'held',
      reply: '',
      previewed: true,
      waiting: (await this.releases.pending(cycle.id)).find((mail) => mail.key === key) ?? null,
    });
  }

  @Get('preview/html')
  async previewHtml(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('key') key = ''): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const { message } = await this.releases.preview(cycle.id, key);
    await sendFramed(reply, message.html, this.assets.base);
  }

  @Post('settings')
  async settings(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const actor = staffActor(request);
    const listed = typeof body['addresses'] === 'string' ? body['addresses'].slice(0, 20_000).split(/[\s,、]+/) : [];
    try {
      await this.policy.set({ rehearsal: body['rehearsal'] === 'yes', rehearsalAddresses: listed }, actor);
      const staffId = body['staffInCharge'];
      const known = (await this.staff.list()).find((member) => member.id === staffId && member.active);
      if (known && known.id !== cycle.staffInCharge) await this.cycles.putInCharge(cycle.id, known.id, actor);
      await reply.redirect(addressIn(cycle, 'release'), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(reply, cycle, { status: error.status, problem: error.text });
    }
  }

  private async page(
    reply: FastifyReply,
    cycle: Cycle,
    {
      sent = null,
      problem = null,
      status = 200,
    }: { sent?: { mails: number; keptBack: number } | null; problem?: Text | null; status?: number },
  ): Promise<void> {
    const { pending, hindrance } = await this.pending(cycle);
    const policy = await this.policy.get();
    const staff = (await this.staff.list()).filter((member) => member.active && member.role !== 'reader');
    await this.pages.render(
      reply,
      'staff/release',
      {
        ...releaseView(pending),
        address: addressIn(cycle, 'release'),
        sent,
        problem: problem ?? hindrance,
        policy: { ...policy, addresses: policy.rehearsalAddresses.join('\n') },
        staff: staff.map((member) => ({
          value: member.id,
          label: `${member.nameJa} / ${member.nameEn} ${member.telephone}`,
        })),
        inCharge: cycle.staffInCharge ?? '',
        releases: (await this.queries.releases(cycle.id))
          .slice(0, 20)
          .map((release) => ({ ...release, at: release.at.toISOString() })),
        zone: cycle.rules.zone,
      },
      { status },
    );
  }

  /** Without anybody in charge no mail can be written: the page still opens, to choose them */
  private async pending(cycle: Cycle): Promise<{ pending: PendingMail[]; hindrance: Text | null }> {
    try {
      return { pending: await this.releases.pending(cycle.id), hindrance: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { pending: [], hindrance: error.text };
    }
  }
}

function keysIn(body: Record<string, unknown>): string[] {
  const keys = body['key'];
  return (Array.isArray(keys) ? keys : [keys]).filter(
    (key): key is string => typeof key === 'string' && key.length < 300,
  );
}
