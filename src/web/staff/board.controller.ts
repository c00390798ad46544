import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Pages } from '../page.service.ts';
import { boardOf } from './board.ts';
import { YearStandings } from './board-facts.service.ts';
import { addressIn } from './year-address.ts';
import { drawYearBoard } from './year-board.ts';
import { Years } from './years.service.ts';

/** The wall chart of a year; printed it fills one A3 page. */
@Controller('y/:programme/:year/year-board')
@UseGuards(StaffGuard)
export class BoardController {
  constructor(
    private readonly years: Years,
    private readonly standings: YearStandings,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('steps') steps?: string): Promise<void> {
    await this.draw(request, reply, { steps: steps === 'yes', print: false });
  }

  /** The same on a sheet of its own: nothing around it, whatever the browser makes of printing */
  @Get('print')
  async print(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('steps') steps?: string): Promise<void> {
    await this.draw(request, reply, { steps: steps === 'yes', print: true });
  }

  private async draw(
    request: StaffRequest,
    reply: FastifyReply,
    { steps, print }: { steps: boolean; print: boolean },
  ): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const year = await this.standings.of(cycle);
    const board = boardOf(year, { steps });
    const address = addressIn(cycle, 'year-board');
    await this.pages.render(reply, print ? 'staff/board-print' : 'staff/board', {
      year: cycle.fiscalYear,
      programme: cycle.rules.name,
      sample: cycle.sample,
      at: year.now.toISOString(),
      zone: cycle.rules.zone,
      board: drawYearBoard(board, this.pages.language(request)),
      centres: board.rows.length,
      bare: board.rows.length === 0 && !board.programmeRow,
      steps,
      address,
      attendance: addressIn(cycle, 'today').replace(/today$/, 'attendance.csv'),
      problems: year.meetings
        .filter(({ standing }) => standing.broken.length > 0)
        .flatMap(({ meeting, standing }) =>
          standing.broken.map(({ words }) => ({ title: meeting.title, words, href: `/meetings/${meeting.id}` })),
        ),
    });
  }
}
