import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AvailabilityQueries } from '../../availability/availability.queries.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Releases } from '../../invitations/releases.service.ts';
import { firstDayOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { isLongDown, ways } from '../../mail/inbound/contact.ts';
import { Contacts } from '../../mail/inbound/contacts.service.ts';
import { OutboxQueries } from '../../mail/outbox.queries.ts';
import { PlanningQueries } from '../../planning/planning.queries.ts';
import { ReminderQueries, type Call } from '../../reminders/reminders.queries.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { TriageQueries } from '../../responses/triage.queries.ts';
import { Pages } from '../page.service.ts';
import type { YearStanding } from './board.ts';
import { YearStandings } from './board-facts.service.ts';
import { callsView } from './reminders-view.ts';
import { askedForDays, stepsOf } from './today-steps.ts';
import { cardsOf, deadlinePage, latestAnswers, todayDeadlines } from './today-view.ts';
import { awaitedOf } from './today-awaited.ts';
import type { TodayInput } from './today-task.ts';
import { tasksOf } from './today.ts';
import { addressIn, remindersAddress } from './year-address.ts';
import { Years } from './years.service.ts';

const NEWEST = 8;

/** The first page: what needs somebody now, and what comes next in the year */
@Controller()
@UseGuards(StaffGuard)
export class TodayController {
  constructor(
    private readonly years: Years,
    private readonly standings: YearStandings,
    private readonly releases: Releases,
    private readonly outbox: OutboxQueries,
    private readonly contacts: Contacts,
    private readonly plans: PlanningQueries,
    private readonly availability: AvailabilityQueries,
    private readonly responses: ResponseQueries,
    private readonly triage: TriageQueries,
    private readonly reminders: ReminderQueries,
    private readonly pages: Pages,
  ) {}

  @Get()
  async first(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const cycle = await this.years.current(request);
    await reply.redirect(cycle ? addressIn(cycle, 'today') : '/new-year', 303);
  }

  @Get('y/:programme/:year/today')
  async today(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const year = await this.standings.of(cycle);
    const input = await this.inputOf(cycle, year);
    await this.pages.render(reply, 'staff/today', {
      year: cycle.fiscalYear,
      today: year.now.toISOString(),
      zone: cycle.rules.zone,
      steps: stepsOf(input),
      cards: cardsOf(input),
      tasks: tasksOf(input),
      deadlines: todayDeadlines(year),
      deadlinesHref: addressIn(cycle, 'today', '/deadlines'),
      answers: latestAnswers(year, await this.responses.latest(cycle.id, NEWEST)),
      board: addressIn(cycle, 'year-board'),
      calls: callsView(await this.callsOf(cycle)),
      remindersHref: remindersAddress(cycle),
    });
  }

  @Get('y/:programme/:year/today/deadlines')
  async deadlines(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('show') show?: string,
    @Query('done') done?: string,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const address = addressIn(cycle, 'today', '/deadlines');
    await this.pages.render(reply, 'staff/today-deadlines', {
      ...deadlinePage(await this.standings.of(cycle), address, show),
      year: cycle.fiscalYear,
      home: addressIn(cycle, 'today'),
      may: request.staff.role !== 'reader',
      done: done === 'milestone',
    });
  }

  @Get('y/:programme/:year/today/answers')
  async answers(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const cycle = await this.years.named(request, reply);
    await this.pages.render(reply, 'staff/today-answers', {
      lines: awaitedOf(await this.standings.of(cycle)),
      year: cycle.fiscalYear,
      home: addressIn(cycle, 'today'),
      release: addressIn(cycle, 'release'),
    });
  }

  private async inputOf(cycle: Cycle, year: YearStanding): Promise<TodayInput> {
    const [pending, mails, stopped, plan, answered, doubted, replies, inbound] = await Promise.all([
      this.pendingOf(cycle),
      this.outbox.counts(),
      this.outbox.stoppedDestinations(),
      this.plans.standing(cycle.id),
      this.availability.peopleWhoAnswered(firstDayOf(cycle.fiscalYear), lastDayOf(cycle.fiscalYear)),
      this.responses.doubted(cycle.id),
      this.triage.waitingCount(year.now),
      this.contacts.now(),
    ]);
    const asked = askedForDays(year.roster, cycle.fiscalYear);
    return {
      year,
      pending,
      mails,
      stopped,
      plan,
      doubted,
      replies,
      closedWays: ways.flatMap((way) => {
        const { since, fault } = inbound[way];
        return since && isLongDown(inbound[way], year.now) ? [{ way, since, fault }] : [];
      }),
      availability: { asked: asked.length, answered: asked.filter((id) => answered.has(id)).length },
    };
  }

  /** Whoever was reminded in vain. Where nobody is in charge nobody was reminded; the tasks say so. */
  private async callsOf(cycle: Cycle): Promise<Call[]> {
    try {
      return await this.reminders.calls(cycle.id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [];
    }
  }

  /** Where nobody is in charge no mail can be written; the page says so instead of failing. */
  private async pendingOf(cycle: Cycle): Promise<TodayInput['pending']> {
    try {
      const mails = await this.releases.pending(cycle.id);
      return { count: mails.length, problems: mails.filter((mail) => mail.problem !== null).length, hindrance: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { count: 0, problems: 0, hindrance: error.text };
    }
  }
}
