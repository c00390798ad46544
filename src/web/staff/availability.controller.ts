import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AvailabilityQueries, type Answered } from '../../availability/availability.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { date, eachDay, type CalendarDate } from '../../kernel/calendar-date.ts';
import { firstDayOf, fiscalYearOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { fill, text } from '../../kernel/text.ts';
import { Pages } from '../page.service.ts';
import { gridHtml } from './availability-grid.ts';
import { askedPeople, type AskedGroup } from './availability-people.ts';
import {
  askedDays,
  daysOfMonth,
  firstMonth,
  lastOfMonth,
  monthKey,
  monthName,
  monthsOf,
  nextMonth,
  periodsOf,
  previousMonth,
  readMonth,
  type Period,
} from './availability-period.ts';
import {
  answeredWeekends,
  commentLines,
  gridInput,
  missingTable,
  peoplePage,
  showNames,
  shownPeople,
  shows,
  type GridData,
  type Show,
} from './availability-view.ts';
import { RosterDesk, type RosterFile } from './roster-desk.service.ts';

const PAGE = 200;

interface Asked {
  readonly month: CalendarDate;
  readonly period: Period;
  readonly show: Show;
  readonly kind: string;
  readonly centre: string;
  readonly q: string;
  readonly page: number;
}

/** Who can come when: people × half days of a month, and who has not answered */
@Controller('availability')
@UseGuards(StaffGuard)
export class AvailabilityController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly queries: AvailabilityQueries,
    private readonly pages: Pages,
  ) {}

  @Get()
  async grid(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const file = await this.desk.open(request);
    const asked = askedFor(query, file);
    const { groups, answered } = await this.people(file, asked);
    const shown = shownPeople(groups, answered, asked.show);
    const year = file.cycle?.fiscalYear ?? fiscalYearOf(asked.month);
    const everybody = groups.flatMap((group) => group.people);
    const count = (show: Show) => shownPeople(groups, answered, show).reduce((n, group) => n + group.people.length, 0);
    const total = shown.reduce((n, group) => n + group.people.length, 0);
    const address = (changes: Partial<Record<string, string>>) => addressOf(asked, changes);
    await this.pages.render(reply, 'staff/availability', {
      asked,
      year,
      month: { key: monthKey(asked.month), name: monthName(asked.month) },
      previous: address({ month: monthKey(previousMonth(asked.month)) }),
      next: address({ month: monthKey(nextMonth(asked.month)) }),
      months: monthsOf(year).map((first) => ({ value: monthKey(first), label: monthName(first) })),
      periods: periodsOf(asked.month, file.cycle).map(({ id, name }) => ({ value: id, label: name })),
      kinds: Object.entries(file.words.words.posts).map(([value, { name }]) => ({ value, label: name })),
      centres: file.views.centres().map(({ centre }) => ({ value: centre.id, label: centre.acronym })),
      tabs: shows.map((show) => ({
        label: showNames[show],
        href: address({ show }),
        current: show === asked.show,
        count: show === 'all' ? everybody.length : count(show),
      })),
      total,
      base: `${address({ page: '' })}&page=`,
      ...paging(asked.page, total),
      ...(asked.show === 'none'
        ? { missing: missingTable(peoplePage(shown, asked.page, PAGE), file.roster, asked.month) }
        : await this.drawn(shown, answered, file, asked, this.pages.language(request))),
      may: request.staff.role !== 'reader',
      csv: `/availability/files/availability.csv?from=${asked.period.from}&to=${asked.period.to}`,
    });
  }

  private async people(
    file: RosterFile,
    { period, kind, centre, q, month }: Asked,
  ): Promise<{ groups: AskedGroup[]; answered: Map<string, Answered> }> {
    const year = fiscalYearOf(month);
    const span = { from: firstDayOf(year), to: lastDayOf(year) };
    const groups = askedPeople(file.roster, file.words, span, { kind, centre, q });
    const ids = groups.flatMap((group) => group.people).map(({ person }) => person.id);
    const answered = await this.queries.answered(ids, askedDays(period, file.cycle));
    return { groups, answered: new Map(answered.map((one) => [one.personId, one])) };
  }

  private async drawn(
    groups: readonly AskedGroup[],
    answered: ReadonlyMap<string, Answered>,
    file: RosterFile,
    { month, page }: Asked,
    language: 'ja' | 'en',
  ) {
    const monthDays = [...eachDay(month, lastOfMonth(month))];
    const ids = groups.flatMap((group) => group.people).map(({ person }) => person.id);
    const letters = await this.queries.availabilityLetters(ids, monthDays);
    const onPage = peoplePage(groups, page, PAGE);
    const pageIds = onPage.flatMap((group) => group.people).map(({ person }) => person.id);
    const comments = await this.queries.between(pageIds, month, lastOfMonth(month), { commented: true });
    const days = daysOfMonth(month, file.cycle, answeredWeekends(letters, monthDays));
    const data: GridData = { groups: onPage, days, letters, monthDays, answered, comments };
    const label = fill(text('{month}の日程回答', 'Availability in {month}'), { month: monthName(month) });
    return {
      grid: gridHtml(gridInput(label, data), language),
      comments: commentLines(data, language),
      notes: days.flatMap(({ long, holiday, note }) =>
        holiday || note ? [{ day: long, name: (holiday ?? note)! }] : [],
      ),
    };
  }
}

function askedFor(query: Record<string, unknown>, { cycle, day }: RosterFile): Asked {
  const of = (name: string) => (typeof query[name] === 'string' ? query[name].trim().slice(0, 100) : '');
  const month = readMonth(query['month']) ?? firstMonth(day, cycle);
  const safe = month > date('2049-12-01') || month < date('1971-01-01') ? firstMonth(day, cycle) : month;
  const periods = periodsOf(safe, cycle);
  return {
    month: safe,
    period: periods.find(({ id }) => id === of('period')) ?? periods[0]!,
    show: shows.find((show) => show === of('show')) ?? 'all',
    kind: of('kind'),
    centre: of('centre'),
    q: of('q'),
    page: Math.max(1, Math.min(1000, Number.parseInt(of('page'), 10) || 1)),
  };
}

function addressOf({ month, period, show, kind, centre, q }: Asked, changes: Partial<Record<string, string>>): string {
  const parts = { month: monthKey(month), period: period.id, show, kind, centre, q, ...changes };
  const used = Object.entries(parts).filter(
    (part): part is [string, string] =>
      Boolean(part[1]) && part[1] !== 'all' && !(part[0] === 'period' && part[1] === 'month'),
  );
  return `/availability?${new URLSearchParams(used).toString()}`;
}

const paging = (page: number, total: number) => ({
  page,
  pages: Math.max(1, Math.ceil(total / PAGE)),
  previousPage: page - 1,
  nextPage: page * PAGE < total ? page + 1 : 0,
});
