import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import { YearMoves } from '../../planning/year-moves.service.ts';
import { Pages } from '../page.service.ts';
import { boardOf, type YearStanding } from './board.ts';
import { YearStandings } from './board-facts.service.ts';
import { monthView } from './board-month.ts';
import { boardOfPeople, peopleOfYear } from './board-people.ts';
import { addressIn, meetingAddress } from './year-address.ts';
import { drawYearBoard } from './year-board.ts';
import { Years } from './years.service.ts';

/** The wall chart of a year: by centre, by person, by month; printed it fills one A3 page. */
@Controller('y/:programme/:year/year-board')
@UseGuards(StaffGuard)
export class BoardController {
  constructor(
    private readonly years: Years,
    private readonly standings: YearStandings,
    private readonly moves: YearMoves,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('steps') steps?: string,
    @Query('moved') moved?: string,
  ): Promise<void> {
    await this.draw(request, reply, 'staff/board', { steps: steps === 'yes', ...(moved ? { moved } : {}) });
  }

  /** The same on a sheet of its own: nothing around it, whatever the browser makes of printing */
  @Get('print')
  async print(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('steps') steps?: string): Promise<void> {
    await this.draw(request, reply, 'staff/board-print', { steps: steps === 'yes' });
  }

  /** Who is where, how much each has to do, and how often they travel */
  @Get('people')
  async people(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('side') side?: string): Promise<void> {
    await this.drawPeople(request, reply, 'staff/board-people', side);
  }

  @Get('people/print')
  async peoplePrint(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('side') side?: string,
  ): Promise<void> {
    await this.drawPeople(request, reply, 'staff/board-print', side);
  }

  @Get('month')
  async month(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('month') asked?: string): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const year = await this.standings.of(cycle);
    await this.pages.render(reply, 'staff/board-month', {
      ...shared(cycle, year, 'month'),
      view: monthView(year, asked),
    });
  }

  private async drawPeople(
    request: StaffRequest,
    reply: FastifyReply,
    template: string,
    asked: string | undefined,
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const year = await this.standings.of(cycle);
    const everybody = peopleOfYear(year, year.attendees);
    const side = asked === 'centre' ? 'centre' : 'visiting';
    const people = everybody.filter((person) => person.side === side);
    const address = addressIn(cycle, 'year-board', '/people');
    await this.pages.render(reply, template, {
      ...shared(cycle, year, 'people'),
      heading: text('人別の年間予定表', 'Year board by person'),
      board: drawYearBoard(boardOfPeople(year, people), this.pages.language(request)),
      bare: everybody.length === 0,
      people: people.length,
      sides: [
        {
          label: text('訪問・審査する側', 'Who visits and reviews'),
          href: address,
          current: side === 'visiting',
          count: everybody.filter((person) => person.side === 'visiting').length,
        },
        {
          label: text('拠点・ホスト機関', 'Centres and hosts'),
          href: `${address}?side=centre`,
          current: side === 'centre',
          count: everybody.filter((person) => person.side === 'centre').length,
        },
      ],
      back: side === 'centre' ? `${address}?side=centre` : address,
      print: `${address}/print${side === 'centre' ? '?side=centre' : ''}`,
    });
  }

  private async draw(
    request: StaffRequest,
    reply: FastifyReply,
    template: string,
    { steps, moved }: { steps: boolean; moved?: string },
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const year = await this.standings.of(cycle);
    const board = boardOf(year, { steps, drag: request.staff.role !== 'reader' && template === 'staff/board' });
    const address = addressIn(cycle, 'year-board');
    await this.pages.render(reply, template, {
      ...shared(cycle, year, 'centres'),
      heading: text('年間予定表', 'Year board'),
      board: drawYearBoard(board, this.pages.language(request)),
      centres: board.rows.length,
      bare: board.rows.length === 0 && !board.programmeRow,
      steps,
      mayChange: request.staff.role !== 'reader',
      moved: moved ? await this.movedOf(year, moved) : null,
      release: addressIn(cycle, 'release'),
      back: steps ? `${address}?steps=yes` : address,
      print: `${address}/print${steps ? '?steps=yes' : ''}`,
      attendance: addressIn(cycle, 'today').replace(/today$/, 'attendance.csv'),
      problems: year.meetings
        .filter(({ standing }) => standing.broken.length > 0)
        .flatMap(({ meeting, standing }) =>
          standing.broken.map(({ words }) => ({ title: meeting.title, words, href: `/meetings/${meeting.id}` })),
        ),
    });
  }

  /** What was just moved, and whether it can be put back */
  private async movedOf(year: YearStanding, id: string) {
    const found = year.meetings.find(({ meeting }) => meeting.id === id)?.meeting;
    if (!found) return null;
    return {
      id: found.id,
      title: found.title,
      along: year.meetings.filter(({ meeting }) => meeting.partOf === found.id && meeting.state === 'scheduled').length,
      when: found.firstDay && found.lastDay ? dayRange(found.firstDay, found.lastDay) : null,
      seen: found.revision,
      href: meetingAddress(found.id),
      back: await this.moves.canBePutBack(found),
    };
  }
}

type View = 'centres' | 'people' | 'month';

/** What the pages of all views say */
function shared(cycle: Cycle, year: YearStanding, view: View) {
  const address = addressIn(cycle, 'year-board');
  const tab = (label: Text, href: string, its: View) => ({ label, href, current: view === its });
  return {
    year: cycle.fiscalYear,
    programme: cycle.rules.name,
    sample: cycle.sample,
    at: year.now.toISOString(),
    zone: cycle.rules.zone,
    address,
    views: [
      tab(text('拠点別', 'By centre'), address, 'centres'),
      tab(text('人別', 'By person'), `${address}/people`, 'people'),
      tab(text('月別', 'By month'), `${address}/month`, 'month'),
    ],
  };
}
