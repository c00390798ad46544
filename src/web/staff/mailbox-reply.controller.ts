import { Body, Controller, Inject, NotFoundException, Param, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import { Clock } from '../../clock/clock.service.ts';
import { CONFIG, type Config } from '../../config/config.ts';
import { StaffGuard } from '../../identity/staff.guard.ts';
import { newAddressToken } from '../../kernel/ids.ts';
import { Inbound } from '../../mail/inbound/inbound.service.ts';
import { MailboxQueries } from '../../mail/mailbox.queries.ts';
import { trialAnswers, writeTrialReply } from '../../responses/reading/trial-reply.ts';

/** Pressing a calendar's buttons in the trial mailbox, in place of whoever got the mail: the answer comes in as any other would. */
@Controller('mailbox/in')
@UseGuards(StaffGuard)
export class MailboxReplyController {
  constructor(
    private readonly mailbox: MailboxQueries,
    private readonly inbound: Inbound,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post(':id/answer')
  async answer(
    @Param('id') id: string,
    @Res() reply: FastifyReply,
    @Body() body: { answer?: unknown; comment?: unknown; proposed?: unknown } = {},
  ): Promise<void> {
    const found = this.config.embeddedMailbox && /^\d{1,18}$/.test(id) ? await this.mailbox.one(id) : undefined;
    const answer = trialAnswers.find((one) => one === body.answer);
    const calendar = found?.message.calendars.find((part) => part.method === 'REQUEST');
    if (!found || !answer || !calendar) throw new NotFoundException();
    const proposed = DateTime.fromISO(typeof body.proposed === 'string' ? body.proposed : '', { zone: 'Asia/Tokyo' });
    const written = writeTrialReply({
      calendar: calendar.content.toString('utf8'),
      messageId: found.message.messageId,
      answer,
      comment: typeof body.comment === 'string' ? body.comment.slice(0, 500) : '',
      ...(proposed.isValid ? { proposedStart: proposed.toISO() } : {}),
      at: this.clock.now().toISO()!,
      nonce: newAddressToken(),
    });
    if (!written) throw new NotFoundException();
    await this.inbound.store(written.raw, 'mailbox', { recipients: [written.to], sender: written.from });
    await reply.redirect(`/mailbox/in/${id}?answered=${answer.toLowerCase()}`, 303);
  }
}
