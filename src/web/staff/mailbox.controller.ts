import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { mailStates, type MailState } from '../../mail/delivery.ts';
import { MailPolicy } from '../../mail/mail-policy.service.ts';
import { MailboxQueries } from '../../mail/mailbox.queries.ts';
import { OutboxQueries } from '../../mail/outbox.queries.ts';
import { Outbox } from '../../mail/outbox.service.ts';
import { MailPages } from './mail-pages.service.ts';
import { mailView, sendMailFile } from './mail-view.ts';
import { staffActor } from './years.service.ts';

/** All mail: what is to leave and what left; on trial, also what arrived in the built-in mailbox. */
@Controller('mailbox')
@UseGuards(StaffGuard)
export class MailboxController {
  constructor(
    private readonly outboxQueries: OutboxQueries,
    private readonly outbox: Outbox,
    private readonly mailbox: MailboxQueries,
    private readonly policy: MailPolicy,
    private readonly pages: MailPages,
  ) {}

  @Get()
  async arrived(@Res() reply: FastifyReply, @Query('to') to?: unknown, @Query('page') page?: string): Promise<void> {
    if (!this.pages.config.embeddedMailbox) return this.outgoing(reply);
    const recipient = typeof to === 'string' ? to.trim() || undefined : undefined;
    const number = this.pages.numberIn(page);
    const { mails, total } = await this.mailbox.list({
      ...(recipient ? { recipient } : {}),
      page: number,
      size: this.pages.size,
    });
    await this.pages.show(reply, 'mailbox', {
      mails: mails.map((mail) => ({ ...mail, at: mail.at.toISOString() })),
      recipients: (await this.mailbox.recipients()).map(({ address, mails: count }) => ({
        value: address,
        label: `${address} (${count})`,
      })),
      to: recipient ?? '',
      total,
      ...this.pages.paging(number, total),
      tabs: this.pages.tabs('arrived'),
    });
  }

  @Get('out')
  async outgoing(
    @Res() reply: FastifyReply,
    @Query('state') state?: string,
    @Query('page') page?: string,
  ): Promise<void> {
    const chosen = mailStates.find((one) => one === state);
    const number = this.pages.numberIn(page);
    const { mails, total } = await this.outboxQueries.list({
      ...(chosen ? { states: [chosen] } : {}),
      page: number,
      size: this.pages.size,
    });
    const counts = await this.outboxQueries.counts();
    await this.pages.show(reply, 'outbox', {
      mails: mails.map((mail) => ({
        ...mail,
        putAt: mail.putAt.toISOString(),
        retriable: retriable(mail),
        withdrawable: withdrawable(mail.state),
      })),
      states: mailStates
        .map((one) => ({ state: one, count: counts[one], current: one === chosen }))
        .filter((one) => one.count > 0 || one.current),
      state: chosen ?? '',
      total,
      ...this.pages.paging(number, total),
      paused: (await this.policy.get()).paused,
      failed: counts.failed,
      stopped: (await this.outboxQueries.stoppedDestinations()).map((one) => ({
        ...one,
        stoppedAt: one.stoppedAt.toISOString(),
      })),
      tabs: this.pages.tabs('out'),
    });
  }

  @Get('out/:id')
  async outgoingMail(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { mail, message } = await this.outgoingOne(id);
    await this.pages.show(reply, 'mail', {
      mail: mailView(message),
      frame_address: `/mailbox/out/${id}/html`,
      raw_address: `/mailbox/out/${id}/mail.eml`,
      state: mail.state,
      reply: mail.reply ?? '',
      at: mail.putAt.toISOString(),
      back: '/mailbox/out',
      id,
      retriable: retriable(mail),
      withdrawable: withdrawable(mail.state),
      holdable: holdable(mail.state),
      approvable: mail.state === 'held',
    });
  }

  @Get('out/:id/html')
  async outgoingHtml(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.framed(reply, (await this.outgoingOne(id)).message.html);
  }

  @Get('out/:id/mail.eml')
  async outgoingRaw(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await sendMailFile(reply, (await this.outgoingOne(id)).message.raw);
  }

  @Post('out/:id/retry')
  async retry(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.outbox.retry([uuid(id)], staffActor(request));
    await reply.redirect(`/mailbox/out/${id}`, 303);
  }

  @Post('out/:id/withdraw')
  async withdraw(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.outbox.withdraw([uuid(id)], staffActor(request));
    await reply.redirect(`/mailbox/out/${id}`, 303);
  }

  @Post('out/:id/hold')
  async hold(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.outbox.hold([uuid(id)], staffActor(request));
    await reply.redirect(`/mailbox/out/${id}`, 303);
  }

  @Post('out/:id/approve')
  async approve(@Param('id') id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.outbox.approve([uuid(id)], staffActor(request));
    await reply.redirect(`/mailbox/out/${id}`, 303);
  }

  @Post('retry-failed')
  async retryFailed(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.outbox.retryFailed({}, staffActor(request));
    await reply.redirect('/mailbox/out', 303);
  }

  /** Mail to a domain that had refused us leaves again, and what it had refused is sent once more */
  @Post('resume')
  async resume(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body?: { destination?: unknown },
  ): Promise<void> {
    const destination = typeof body?.destination === 'string' ? body.destination.slice(0, 255) : '';
    await this.outbox.resumeDestination(destination, staffActor(request));
    await this.outbox.retryFailed({ destination }, staffActor(request));
    await reply.redirect('/mailbox/out', 303);
  }

  @Post('pause')
  async pause(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body?: { paused?: unknown },
  ): Promise<void> {
    await this.policy.set({ paused: body?.paused === 'yes' }, staffActor(request));
    await reply.redirect('/mailbox/out', 303);
  }

  @Get('in/:id')
  async arrivedMail(
    @Param('id') id: string,
    @Res() reply: FastifyReply,
    @Query('answered') answered?: string,
  ): Promise<void> {
    const { mail, message } = await this.arrivedOne(id);
    await this.pages.show(reply, 'mail', {
      mail: mailView(message),
      frame_address: `/mailbox/in/${id}/html`,
      raw_address: `/mailbox/in/${id}/mail.eml`,
      envelope: { from: mail.envelopeFrom, to: mail.envelopeTo },
      answerable: message.calendars.some((part) => part.method === 'REQUEST'),
      answered: answered !== undefined,
      at: mail.at.toISOString(),
      back: '/mailbox',
      id,
    });
  }

  @Get('in/:id/html')
  async arrivedHtml(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.pages.framed(reply, (await this.arrivedOne(id)).message.html);
  }

  @Get('in/:id/mail.eml')
  async arrivedRaw(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await sendMailFile(reply, (await this.arrivedOne(id)).message.raw);
  }

  private async outgoingOne(id: string) {
    const found = await this.outboxQueries.one(uuid(id));
    if (!found) throw new NotFoundException();
    return found;
  }

  private async arrivedOne(id: string) {
    const found = /^\d{1,18}$/.test(id) ? await this.mailbox.one(id) : undefined;
    if (!found) throw new NotFoundException();
    return found;
  }
}

function uuid(id: string): string {
  if (!/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) throw new NotFoundException();
  return id;
}

const retriable = (mail: { state: MailState; dueAt: Date | null }) =>
  mail.state === 'failed' || (mail.state === 'uncertain' && mail.dueAt === null);
const withdrawable = (state: MailState) => state === 'queued' || state === 'held' || state === 'retry';
const holdable = (state: MailState) => state === 'queued' || state === 'retry';
