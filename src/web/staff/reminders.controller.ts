import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../clock/clock.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { addDays } from '../../kernel/calendar-date.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { dayInZone } from '../../kernel/zoned-time.ts';
import { ReminderQueries, type ReminderBoard } from '../../reminders/reminders.queries.ts';
import { Reminders } from '../../reminders/reminders.service.ts';
import { Unsubscribing } from '../../reminders/unsubscribing.service.ts';
import { Assets } from '../assets.service.ts';
import { Pages } from '../page.service.ts';
import { mailView, sendFramed } from './mail-view.ts';
import { callsView, comingView, NEAR_DAYS, pastView, pauseNames } from './reminders-view.ts';
import { addressIn, remindersAddress } from './year-address.ts';
import { staffActor, Years } from './years.service.ts';

const PAST = 200;
const done: Readonly<Record<string, Text>> = {
  sent: text('催促を送信待ちに入れました', 'The reminder is on its way'),
  skipped: text('催促を1件取りやめました', 'One reminder was taken out'),
  unskipped: text('取りやめを元に戻しました', 'It will be sent again'),
  paused: text('催促を止めました', 'Reminders are paused'),
  resumed: text('催促を再開しました', 'Reminders go on'),
  unsubscribed: text('催促メールを止めました', 'Reminders by mail are switched off'),
  subscribed: text('催促メールを再開しました', 'Reminders by mail are switched on again'),
};

/** What will be asked of whom and when, and what was; stopping it, hurrying it, looking at it as it will arrive */
@Controller('y/:programme/:year/reminders')
@UseGuards(StaffGuard)
export class RemindersController {
  constructor(
    private readonly years: Years,
    private readonly reminders: Reminders,
    private readonly queries: ReminderQueries,
    private readonly unsubscribing: Unsubscribing,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly assets: Assets,
  ) {}

  @Get()
  async show(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('show') show?: string,
    @Query('all') all?: string,
    @Query('done') did?: string,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.page(request, reply, cycle, { past: show === 'past', all: all === 'yes', did });
  }

  /** One mail as it would leave now */
  @Get('mail')
  async mail(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('key') key?: string | string[],
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const keys = listOf(key);
    const { message, state } = await this.queries.preview(cycle.id, keys);
    const board = await this.queries.board(cycle.id);
    const mail = board.coming.find((one) => one.reminders.some((reminder) => keys.includes(reminder.key)));
    const chosen = mail?.reminders.filter((one) => keys.includes(one.key)) ?? [];
    await this.pages.render(reply, 'staff/reminders-mail', {
      mail: mailView(message),
      address: remindersAddress(cycle),
      home: addressIn(cycle, 'today'),
      frame_address: remindersAddress(
        cycle,
        `/mail/html?${keys.map((one) => `key=${encodeURIComponent(one)}`).join('&')}`,
      ),
      state,
      at: mail?.at ?? null,
      zone: mail?.zone ?? cycle.rules.zone,
      reminders: comingView(cycle, mail ? [{ ...mail, reminders: chosen }] : [])[0]?.mails[0]?.reminders ?? [],
      reader: mail && mail.reader.split('/').slice(0, 2).join('/'),
      to: mail?.to ?? null,
      may: request.staff.role !== 'reader',
    });
  }

  @Get('mail/html')
  async html(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('key') key?: string | string[],
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const { message } = await this.queries.preview(cycle.id, listOf(key));
    await sendFramed(reply, message.html, this.assets.base);
  }

  @Post('send')
  async send(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    await this.act(request, reply, 'sent', (cycle) =>
      this.reminders.sendNow(cycle.id, listOf(body['key']), staffActor(request)),
    );
  }

  @Post('skip')
  async skip(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    await this.act(request, reply, 'skipped', (cycle) =>
      this.reminders.skip(cycle.id, wordOf(body['key']), staffActor(request)),
    );
  }

  @Post('unskip')
  async unskip(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    const id = wordOf(body['id']);
    await this.act(request, reply, 'unskipped', async (cycle) => {
      if (/^[0-9a-f-]{36}$/.test(id)) await this.reminders.unskip(cycle.id, id, staffActor(request));
    });
  }

  @Post('pause')
  async pause(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    await this.act(request, reply, 'paused', (cycle) =>
      this.reminders.pause(cycle.id, wordOf(body['subject']), staffActor(request)),
    );
  }

  @Post('resume')
  async resume(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    await this.act(request, reply, 'resumed', (cycle) =>
      this.reminders.resume(cycle.id, wordOf(body['subject']), staffActor(request)),
    );
  }

  /** At somebody's wish, who asked by telephone: what is still open goes to the next rung */
  @Post('unsubscribe')
  async unsubscribe(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    const subject = wordOf(body['subject']);
    await this.act(request, reply, 'unsubscribed', ({ programme }) =>
      this.unsubscribing.switchOff({ programme, subject, rehearsal: false }, staffActor(request)),
    );
  }

  @Post('subscribe')
  async subscribe(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    const subject = wordOf(body['subject']);
    await this.act(request, reply, 'subscribed', ({ programme }) =>
      this.unsubscribing.switchOn({ programme, subject }, staffActor(request)),
    );
  }

  private async act(
    request: StaffRequest,
    reply: FastifyReply,
    did: string,
    work: (cycle: Cycle) => Promise<unknown>,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    try {
      await work(cycle);
      await reply.redirect(remindersAddress(cycle, `?done=${did}`), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.page(request, reply, cycle, { problem: error.text, status: error.status });
    }
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    cycle: Cycle,
    {
      past = false,
      all = false,
      did = '',
      problem = null,
      status = 200,
    }: { past?: boolean; all?: boolean; did?: string | undefined; problem?: Text | null; status?: number },
  ): Promise<void> {
    const address = remindersAddress(cycle);
    const { board, hindrance } = await this.board(cycle, all);
    const coming = board?.coming ?? [];
    const history = past ? await this.queries.past(cycle.id, PAST) : [];
    await this.pages.render(
      reply,
      'staff/reminders',
      {
        year: cycle.fiscalYear,
        zone: cycle.rules.zone,
        address,
        home: addressIn(cycle, 'today'),
        past,
        all,
        tabs: [
          { label: text('これから', 'To come'), href: address, current: !past, count: coming.length },
          { label: text('これまで', 'So far'), href: `${address}?show=past`, current: past },
        ],
        days: comingView(cycle, coming),
        later: board?.later ?? 0,
        history: pastView(cycle, history),
        calls: callsView(board?.calls ?? []),
        yearPaused: board?.yearPaused ?? false,
        mailPaused: board?.mailPaused ?? false,
        paused: (board?.paused ?? []).filter(({ subject }) => subject !== 'year').map(withKind),
        unsubscribed: (board?.unsubscribed ?? []).map(withKind),
        hasSteps: cycle.rules.reminders.length > 0,
        hindrance,
        problem,
        done: done[did] ?? null,
        may: request.staff.role !== 'reader',
      },
      { status },
    );
  }

  /** Where nobody is in charge no reminder can be written; the page says so. */
  private async board(
    cycle: Cycle,
    all: boolean,
  ): Promise<{ board: ReminderBoard | undefined; hindrance: Text | null }> {
    const today = dayInZone(this.clock.now().toISO()!, cycle.rules.zone);
    try {
      const board = await this.queries.board(cycle.id, all ? undefined : addDays(today, NEAR_DAYS));
      return { board, hindrance: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { board: undefined, hindrance: error.text };
    }
  }
}

type Typed = Record<string, unknown>;
const withKind = <T extends { readonly subject: string }>(one: T) => ({
  ...one,
  kind: pauseNames[one.subject.split('/')[0] as keyof typeof pauseNames],
});
const wordOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 500) : '');
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(wordOf).filter(Boolean);
