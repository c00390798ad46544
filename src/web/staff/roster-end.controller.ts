import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Day } from '../../roster/cells.ts';
import { cellsOf, type Noun } from '../../roster/noun.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { faultsOf, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { rosterAddress } from './roster-address.ts';
import { RosterDesk } from './roster-desk.service.ts';
import { RosterDoings } from './roster-doings.service.ts';
import { endingOf, faultsOfRefusal } from './roster-edit.ts';
import { nounIn, textIn } from './roster-edit.controller.ts';
import { staffActor } from './years.service.ts';

/** Ending what is in the roster, with what ends along with it; and taking back what never came about */
@Controller('roster')
@UseGuards(StaffGuard)
export class RosterEndController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly queries: RosterQueries,
    private readonly doings: RosterDoings,
    private readonly pages: Pages,
  ) {}

  @Get(':part/:id/end')
  async ask(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Param('id') id: string,
  ): Promise<void> {
    await this.page(request, reply, nounIn(part), id, { day: '', faults: {}, status: 200 });
  }

  @Post(':part/:id/end')
  async end(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Param('id') id: string,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const noun = nounIn(part);
    const typed = textIn(body, 'day');
    const day = Day.safeParse(typed);
    if (!day.success) {
      const faults = faultsOf(day.error.issues.map((issue) => ({ ...issue, path: ['day'] })));
      return this.page(request, reply, noun, id, { day: typed, faults, status: 422 });
    }
    try {
      await this.doings.end(noun, id, day.data, staffActor(request));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'roster.unknown') throw error;
      const faults = faultsOfRefusal(error, ['day']);
      return this.page(request, reply, noun, id, { day: typed, faults, status: error.status });
    }
    await reply.redirect(await this.after(noun, id, 'ended'), 303);
  }

  @Post(':part/:id/withdraw')
  async withdraw(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Param('id') id: string,
  ): Promise<void> {
    const noun = nounIn(part);
    if (noun !== 'term' && noun !== 'conflict') throw new NotFoundException();
    const { day } = await this.desk.open(request);
    const next = noun === 'term' ? await this.after(noun, id, 'withdrawn') : `${rosterAddress(noun)}?done=withdrawn`;
    await this.doings.withdraw(noun, id, day, staffActor(request));
    await reply.redirect(next, 303);
  }

  /** A term has no page of its own: one goes back to its post */
  private async after(noun: Noun, id: string, done: 'ended' | 'withdrawn'): Promise<string> {
    const thing = await this.queries.one(noun, id.slice(0, 100));
    const [kind, of] = noun === 'term' && 'post' in thing ? (['post', thing.post] as const) : ([noun, id] as const);
    return rosterAddress(kind, of, `?done=${done}`);
  }

  private async page(
    request: StaffRequest,
    reply: FastifyReply,
    noun: Noun,
    id: string,
    { day, faults, status }: { day: string; faults: Faults; status: number },
  ): Promise<void> {
    const cells = cellsOf(noun, (await this.queries.one(noun, id.slice(0, 100))) as never);
    const file = await this.desk.open(request);
    await this.pages.render(
      reply,
      'staff/roster-end',
      {
        ending: endingOf(noun, id, file),
        day,
        faults,
        action: rosterAddress(noun, id, '/end'),
        withdraw: rosterAddress(noun, id, '/withdraw'),
        back: noun === 'term' ? rosterAddress('post', cells['post']) : rosterAddress(noun, id),
      },
      { status },
    );
  }
}
