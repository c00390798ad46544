import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AvailabilityQueries, type RecordedAnswer } from '../../availability/availability.queries.ts';
import { Availability } from '../../availability/availability.service.ts';
import { spansOf, stateMark } from '../../availability/half-days.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { isWeekend, type CalendarDate } from '../../kernel/calendar-date.ts';
import { firstDayOf, fiscalYearOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { faultsOf, hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { availabilityFaults, MonthForm, SpanBody } from './availability-form.ts';
import {
  channelNames,
  halfChoices,
  lettersShown,
  monthChanges,
  monthWeeks,
  spanForm,
  stateChoices,
  weekdayChoices,
  type SpanForm,
} from './availability-month.ts';
import {
  daysOfMonth,
  firstMonth,
  lastOfMonth,
  monthKey,
  monthName,
  monthsOf,
  nextMonth,
  previousMonth,
  readMonth,
} from './availability-period.ts';
import { personAddress, spanWhen } from './availability-view.ts';
import { RosterDesk, type RosterFile } from './roster-desk.service.ts';
import { staffActor } from './years.service.ts';

type Form = Record<string, unknown>;
interface Shown {
  readonly form?: Form;
  readonly span?: SpanForm;
  readonly faults?: Faults;
  readonly status?: number;
  readonly done?: Text | undefined;
}

/** One person's days: a month of ○ △ × to mark, and stretches of days with one answer */
@Controller('availability/:person')
@UseGuards(StaffGuard)
export class AvailabilityPersonController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly roster: RosterQueries,
    private readonly queries: AvailabilityQueries,
    private readonly availability: Availability,
    private readonly pages: Pages,
  ) {}

  @Get()
  async month(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('person') id: string,
    @Query() query: Form,
  ): Promise<void> {
    const file = await this.desk.open(request);
    const month = monthOf(query, file);
    await this.page(reply, request, file, id, month, { span: spanForm(query, month), done: doneText(query['done']) });
  }

  @Post()
  async mark(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('person') id: string,
    @Query() query: Form,
    @Body() body: Form = {},
  ): Promise<void> {
    const file = await this.desk.open(request);
    const month = monthOf(query, file);
    const parsed = MonthForm.safeParse(body);
    const weeks = monthWeeks(await this.days(file, id, month), []);
    if (!parsed.success) {
      // the span form further down has a field of that name too
      const faults = { 'month-comment': faultsOf(parsed.error.issues)['comment']! };
      return this.page(reply, request, file, id, month, { form: body, faults });
    }
    const { comment, channel, was } = parsed.data;
    const spans = monthChanges(weeks, body, was, comment);
    const { added, changed } = await this.availability.say(id, spans, channel, staffActor(request));
    await reply.redirect(`${personAddress(id, month)}&done=${added + changed}`, 303);
  }

  @Post('span')
  async span(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('person') id: string,
    @Query() query: Form,
    @Body() body: Form = {},
  ): Promise<void> {
    const file = await this.desk.open(request);
    const month = monthOf(query, file);
    const span = spanForm(body, month);
    const parsed = SpanBody.safeParse(body);
    if (!parsed.success)
      return this.page(reply, request, file, id, month, { span, faults: faultsOf(parsed.error.issues) });
    try {
      const { state, channel, ...stretch } = parsed.data;
      const actor = staffActor(request);
      const n =
        state === 'none'
          ? await this.availability.unsay(id, stretch, actor)
          : await this.availability
              .say(id, [{ ...stretch, state }], channel, actor)
              .then(({ added, changed }) => added + changed);
      const shown = readMonth(stretch.from.slice(0, 7)) ?? month;
      await reply.redirect(`${personAddress(id, shown)}&done=${n}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 404) throw error;
      await this.page(reply, request, file, id, month, {
        span,
        faults: availabilityFaults(error),
        status: error.status,
      });
    }
  }

  /** The days of the form: weekends only where something is on record */
  private async days({ cycle }: RosterFile, id: string, month: CalendarDate) {
    const answers = await this.queries.ofPerson(id, month, lastOfMonth(month));
    return daysOfMonth(month, cycle, new Set(answers.map(({ day }) => day).filter(isWeekend)));
  }

  private async page(
    reply: FastifyReply,
    request: StaffRequest,
    file: RosterFile,
    id: string,
    month: CalendarDate,
    { form, span, faults = {}, status, done }: Shown,
  ): Promise<void> {
    const person = await this.roster.one('person', id.slice(0, 100));
    const year = fiscalYearOf(month);
    const all = await this.queries.ofPerson(id, firstDayOf(year), lastDayOf(year));
    const answers = all.filter(({ day }) => monthKey(day) === monthKey(month));
    const days = daysOfMonth(month, file.cycle, new Set(answers.map(({ day }) => day).filter(isWeekend)));
    const weeks = monthWeeks(days, answers);
    await this.pages.render(
      reply,
      'staff/availability-person',
      {
        person,
        posts: (file.views.person(id)?.terms ?? []).filter((term) => term.when !== 'past'),
        weeks,
        was: typeof form?.['was'] === 'string' ? form['was'] : lettersShown(weeks),
        typed: form ?? {},
        month: { key: monthKey(month), name: monthName(month) },
        year,
        months: monthsOf(year).map((first) => ({
          label: monthName(first),
          href: personAddress(id, first),
          current: first === month,
          n: all.filter(({ day }) => monthKey(day) === monthKey(first)).length,
        })),
        previous: personAddress(id, previousMonth(month)),
        next: personAddress(id, nextMonth(month)),
        back: `/availability?month=${monthKey(month)}`,
        action: personAddress(id, month),
        spanAction: `/availability/${id}/span?month=${monthKey(month)}`,
        span: span ?? spanForm({}, month),
        spans: recorded(all, id),
        choices: { weekdays: weekdayChoices, halves: halfChoices, states: stateChoices },
        faults,
        done,
        may: request.staff.role !== 'reader',
      },
      { status: status ?? (hasFaults(faults) ? 422 : 200) },
    );
  }
}

/** The year's answers as stretches, each leading to the form that changes it */
function recorded(answers: readonly RecordedAnswer[], id: string) {
  const by = new Map(answers.map((answer) => [`${answer.day} ${answer.half}`, answer]));
  return spansOf(answers).map((span) => {
    const first = by.get(`${span.from} ${span.half === 'pm' ? 'pm' : 'am'}`)!;
    const { from, to, half, state, comment } = span;
    const query = new URLSearchParams({ month: monthKey(from), from, to, half, state, comment });
    return {
      when: spanWhen(span),
      mark: stateMark[state],
      state,
      comment,
      channel: channelNames[first.channel],
      by: first.recordedBy,
      at: first.recordedAt.toISOString(),
      href: `/availability/${id}?${query.toString()}#span`,
    };
  });
}

function monthOf(query: Form, { cycle, day }: RosterFile): CalendarDate {
  const month = readMonth(query['month']);
  return month && month < '2050-01-01' && month > '1970-12-01' ? month : firstMonth(day, cycle);
}

const doneText = (done: unknown): Text | undefined =>
  typeof done !== 'string' || !/^\d{1,5}$/.test(done)
    ? undefined
    : done === '0'
      ? text('変更はありませんでした。', 'Nothing was changed.')
      : fill(text('半日{n}回分を保存しました。', '{n} half days were saved.'), { n: done });
