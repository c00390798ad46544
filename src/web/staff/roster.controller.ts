import { Controller, Get, NotFoundException, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import type { Noun } from '../../roster/noun.ts';
import { text } from '../../kernel/text.ts';
import { Unsubscribing } from '../../reminders/unsubscribing.service.ts';
import { remindersAddress } from './year-address.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { Pages } from '../page.service.ts';
import { listNames, newAddress, nounOfPart, rosterAddress, rosterTabs, type Listed } from './roster-address.ts';
import { RosterDesk, type RosterFile } from './roster-desk.service.ts';
import { historyView } from './roster-history.ts';
import { listPage, type ListQuery } from './roster-list-page.ts';
import { thingPage } from './roster-pages.ts';
import { searchPage } from './roster-search.ts';
import type { Asked } from './roster-sections.ts';
import { doneWords } from './roster-done.ts';
import { warningList } from './roster-warning-list.ts';

/** The roster to look at: lists, one page for each thing, search, and what needs a look */
@Controller('roster')
@UseGuards(StaffGuard)
export class RosterController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly queries: RosterQueries,
    private readonly meetings: MeetingQueries,
    private readonly unsubscribing: Unsubscribing,
    private readonly pages: Pages,
  ) {}

  @Get()
  async first(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(rosterAddress('centre'), 303);
  }

  @Get('search')
  async search(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('q') q?: string): Promise<void> {
    const file = await this.desk.open(request);
    const search = asked(q);
    await this.pages.render(reply, 'staff/roster-search', {
      tabs: rosterTabs(undefined, file.warnings.length),
      q: search,
      groups: search === '' ? [] : searchPage(search, file),
    });
  }

  @Get('warnings')
  async warnings(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.desk.open(request);
    await this.pages.render(reply, 'staff/roster-warnings', {
      tabs: rosterTabs('warnings', file.warnings.length),
      groups: warningList(file),
    });
  }

  @Get(':part')
  async list(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const noun = listedPart(part);
    const file = await this.desk.open(request);
    const filter: ListQuery = {
      q: asked(query['q']),
      kind: asked(query['kind']),
      of: asked(query['of']),
      vacant: query['vacant'] === 'yes',
      ended: query['ended'] === 'yes',
      page: Math.max(1, Math.min(1000, Number.parseInt(asked(query['page']), 10) || 1)),
    };
    await this.pages.render(reply, 'staff/roster-list', {
      ...listPage(noun, filter, file),
      tabs: rosterTabs(noun, file.warnings.length),
      title: listNames[noun],
      address: rosterAddress(noun),
      add: newAddress(noun),
      may: request.staff.role !== 'reader',
      done: doneWords(query['done']),
    });
  }

  @Get(':part/:id')
  async thing(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Param('id') id: string,
    @Query('done') done?: string,
  ): Promise<void> {
    const noun = listedPart(part);
    const file = await this.desk.open(request);
    const page = thingPage(noun, id, file, await this.asked(noun, id, file));
    if (!page) {
      await this.queries.one(noun, id.slice(0, 100));
      throw new NotFoundException();
    }
    await this.pages.render(reply, 'staff/roster-thing', {
      page,
      crumbs: [
        { label: listNames[noun], href: rosterAddress(noun) },
        { label: page.title, href: rosterAddress(noun, id) },
      ],
      address: rosterAddress(noun, id),
      warnings: file.warnings.filter((one) => one.noun === noun && one.id === id).map((one) => one.text),
      unsubscribed: await this.unsubscribedFrom(noun, id, file),
      history: historyView(await this.queries.history(noun, id), file.words),
      trail: `/trail?subject=${encodeURIComponent(`${noun}/${id}`)}`,
      may: request.staff.role !== 'reader',
      done: doneWords(done),
    });
  }

  /** Who wants no reminders by mail, of which programme and since when; an address where staff switch them on again */
  private async unsubscribedFrom(noun: Noun, id: string, { cycle }: RosterFile) {
    if (noun !== 'person' && noun !== 'office') return [];
    const found = await this.unsubscribing.ofReader(`${noun}/${id}`);
    return found.map(({ programme, by, at }) => {
      const ofYear = cycle?.programme === programme ? cycle : undefined;
      return {
        programme: ofYear?.rules.name ?? text(programme, programme),
        by,
        at: at.toISOString(),
        href: ofYear ? remindersAddress(ofYear, '#unsubscribed') : null,
      };
    });
  }

  /** This year's meetings in which a person, the holder of a post or a centre plays a part */
  private async asked(noun: Noun, id: string, { cycle }: RosterFile): Promise<readonly Asked[]> {
    if (!cycle) return [];
    if (noun === 'person') return this.meetings.askedTo(cycle.id, { personId: id });
    if (noun === 'post') return this.meetings.askedTo(cycle.id, { post: id });
    if (noun !== 'centre') return [];
    return (await this.meetings.ofCycle(cycle.id)).filter((one) => one.centre === id).map((meeting) => ({ meeting }));
  }
}

/** What a query says, kept short; twice the same name counts as nothing */
const asked = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 200) : '');

function listedPart(part: string): Listed {
  const noun = nounOfPart(part);
  if (!noun || noun === 'term') throw new NotFoundException();
  return noun;
}
