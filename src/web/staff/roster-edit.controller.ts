import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../audit/actor.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Id, type Cells } from '../../roster/cells.ts';
import { cellsOf, rules, type Noun } from '../../roster/noun.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { faultsOf, hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { newAddress, nounOfPart, rosterAddress } from './roster-address.ts';
import { RosterDesk, type RosterFile } from './roster-desk.service.ts';
import { RosterDoings } from './roster-doings.service.ts';
import type { Done } from './roster-done.ts';
import {
  changedMeanwhile,
  completed,
  faultsOfRefusal,
  faultSummary,
  givenCells,
  newIdOf,
  presentHolder,
  seenOf,
} from './roster-edit.ts';
import { cellsFrom, formOf } from './roster-form.ts';
import { staffActor } from './years.service.ts';

type Form = Record<string, unknown>;

/** Adding and correcting everything in the roster: one form for each kind of thing, made from its columns */
@Controller('roster')
@UseGuards(StaffGuard)
export class RosterEditController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly queries: RosterQueries,
    private readonly doings: RosterDoings,
    private readonly pages: Pages,
  ) {}

  @Get('new/:part')
  async newOne(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Query() query: Form,
  ): Promise<void> {
    const noun = nounIn(part);
    const file = await this.desk.open(request);
    await this.form(reply, file, { noun, cells: givenCells(noun, query), forPost: textIn(query, 'for_post') });
  }

  @Post('new/:part')
  async add(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Body() body: Form = {},
  ): Promise<void> {
    const noun = nounIn(part);
    const file = await this.desk.open(request);
    const cells = completed(noun, cellsFrom(noun, body, {}, true), file);
    const forPost = textIn(body, 'for_post');
    const typedId = textIn(body, 'id');
    const shown = { noun, cells: { ...cells, id: typedId }, forPost };
    const parsed = rules[noun].form.safeParse(cells);
    const faults = { ...(typedId ? idFaults(typedId) : {}), ...faultsOf(parsed.error?.issues ?? []) };
    if (!parsed.success || hasFaults(faults)) return this.form(reply, file, { ...shown, faults });
    const id = typedId || newIdOf(noun, cells, file.roster);
    await this.tried(
      reply,
      file,
      shown,
      async (actor) => {
        const added = await this.doings.add(noun, { ...parsed.data, ...(id ? { id } : {}) }, actor);
        if (noun === 'person' && forPost) return newAddress('term', { post: forPost, person: added });
        return noun === 'term' ? done('post', cells['post']!, 'appointed') : done(noun, added, 'added');
      },
      staffActor(request),
    );
  }

  @Get(':part/:id/edit')
  async edit(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Param('id') id: string,
  ): Promise<void> {
    const noun = nounIn(part);
    const cells = await this.cells(noun, id);
    await this.form(reply, await this.desk.open(request), { noun, id, cells, seen: seenOf(cells) });
  }

  @Post(':part/:id/edit')
  async correct(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('part') part: string,
    @Param('id') id: string,
    @Body() body: Form = {},
  ): Promise<void> {
    const noun = nounIn(part);
    const before = await this.cells(noun, id);
    const file = await this.desk.open(request);
    const cells = cellsFrom(noun, body, before, false);
    const shown = { noun, id, cells, before, seen: seenOf(before) };
    if (textIn(body, 'seen') !== shown.seen)
      return this.form(reply, file, { ...shown, faults: { form: changedMeanwhile }, status: 409 });
    const parsed = rules[noun].form.safeParse(cells);
    if (!parsed.success) return this.form(reply, file, { ...shown, faults: faultsOf(parsed.error.issues) });
    await this.tried(
      reply,
      file,
      shown,
      async (actor) => {
        await this.doings.correct(noun, id, parsed.data, actor);
        return noun === 'term' ? done('post', cells['post']!, 'corrected') : done(noun, id, 'corrected');
      },
      staffActor(request),
    );
  }

  /** Does it and leads on; what a room refuses stands at its field, with everything that was typed. */
  private async tried(
    reply: FastifyReply,
    file: RosterFile,
    shown: Shown,
    command: (actor: Actor) => Promise<string>,
    actor: Actor,
  ): Promise<void> {
    try {
      await reply.redirect(await command(actor), 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const faults = faultsOfRefusal(error, ['id', ...rules[shown.noun].columns]);
      await this.form(reply, file, { ...shown, faults, status: error.status });
    }
  }

  private async cells(noun: Noun, id: string): Promise<Cells> {
    return cellsOf(noun, (await this.queries.one(noun, id.slice(0, 100))) as never);
  }

  private async form(reply: FastifyReply, file: RosterFile, shown: Shown): Promise<void> {
    const { noun, id, cells, faults = {}, seen, forPost = '', before = cells } = shown;
    const isNew = id === undefined;
    const groups = formOf(noun, cells, { ...file, isNew, before });
    const post = noun === 'term' ? (cells['post'] ?? '') : '';
    await this.pages.render(
      reply,
      'staff/roster-form',
      {
        noun,
        isNew,
        name: isNew ? rules[noun].name : file.words.name(noun, id),
        kind: rules[noun].name,
        groups,
        faults,
        summary: faultSummary(noun, faults),
        seen,
        forPost,
        action: isNew ? newAddress(noun) : rosterAddress(noun, id, '/edit'),
        back: backOf(noun, id, cells),
        holder: isNew && post ? presentHolder(file.roster, post, file.day) : undefined,
        newPerson: noun === 'term' && isNew ? newAddress('person', post ? { for_post: post } : {}) : undefined,
      },
      { status: shown.status ?? (hasFaults(faults) ? 422 : 200) },
    );
  }
}

interface Shown {
  readonly noun: Noun;
  /** Absent while it is new */
  readonly id?: string;
  readonly cells: Cells;
  /** As it is on record, where that is not what is shown */
  readonly before?: Cells;
  readonly faults?: Faults;
  readonly seen?: string;
  /** A person who is added in order to follow in a post */
  readonly forPost?: string;
  readonly status?: number;
}

function backOf(noun: Noun, id: string | undefined, cells: Cells): string {
  if (noun !== 'term') return rosterAddress(noun, id);
  const { post, person } = cells;
  return post ? rosterAddress('post', post) : person ? rosterAddress('person', person) : rosterAddress('post');
}

const done = (noun: Noun, id: string, what: Done): string => rosterAddress(noun, id, `?done=${what}`);

const idFaults = (id: string): Faults =>
  faultsOf((Id.safeParse(id).error?.issues ?? []).map((issue) => ({ ...issue, path: ['id'] })));

export const textIn = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value.trim().slice(0, 300) : '';
};

export function nounIn(part: string): Noun {
  const noun = nounOfPart(part);
  if (!noun) throw new NotFoundException();
  return noun;
}
