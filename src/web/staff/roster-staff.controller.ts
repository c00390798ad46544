import { Body, Controller, Get, NotFoundException, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForRoles, StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { Staff } from '../../identity/staff.service.ts';
import { staffRoles, type StaffMember } from '../../identity/staff.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { faultsOf, hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { rosterTabs } from './roster-address.ts';
import { RosterDesk } from './roster-desk.service.ts';
import { doneWords } from './roster-done.ts';
import { languageNames } from './roster-words.ts';
import { emptyStaff, roleNames, staffFaults, StaffForm, staffLine, typedStaff } from './staff-form.ts';
import { staffActor } from './years.service.ts';

type Form = Record<string, unknown>;

/** The secretariat's own accounts. Everybody sees who there is; administrators change it. */
@Controller('roster/staff')
@UseGuards(StaffGuard)
export class RosterStaffController {
  constructor(
    private readonly staff: Staff,
    private readonly queries: StaffQueries,
    private readonly desk: RosterDesk,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('done') done?: string): Promise<void> {
    await this.listed(request, reply, { done: doneWords(done) });
  }

  @Get('new')
  @ForRoles('administrator')
  async newOne(@Res() reply: FastifyReply): Promise<void> {
    await this.form(reply, { typed: emptyStaff, faults: {} });
  }

  @Post('new')
  @ForRoles('administrator')
  async add(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Form = {}): Promise<void> {
    const parsed = StaffForm.safeParse(body);
    const typed = typedStaff(body);
    if (!parsed.success) return this.form(reply, { typed, faults: faultsOf(parsed.error.issues) });
    try {
      await this.staff.add(parsed.data, staffActor(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.form(reply, { typed, faults: staffFaults(error), status: error.status });
    }
    await reply.redirect('/roster/staff?done=added', 303);
  }

  @Get(':id/edit')
  @ForRoles('administrator')
  async edit(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const member = await this.one(id);
    await this.form(reply, { member, typed: typedStaff({ ...member }), faults: {} });
  }

  @Post(':id/edit')
  @ForRoles('administrator')
  async change(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Form = {},
  ): Promise<void> {
    const member = await this.one(id);
    const parsed = StaffForm.safeParse(body);
    const typed = typedStaff(body);
    if (!parsed.success) return this.form(reply, { member, typed, faults: faultsOf(parsed.error.issues) });
    try {
      await this.staff.change(id, parsed.data, staffActor(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.form(reply, { member, typed, faults: staffFaults(error), status: error.status });
    }
    await reply.redirect('/roster/staff?done=corrected', 303);
  }

  @Post(':id/deactivate')
  @ForRoles('administrator')
  async deactivate(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.one(id);
    await this.switched(request, reply, () => this.staff.deactivate(id, staffActor(request)), 'deactivated');
  }

  @Post(':id/activate')
  @ForRoles('administrator')
  async activate(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    await this.one(id);
    await this.switched(request, reply, () => this.staff.activate(id, staffActor(request)), 'activated');
  }

  private async switched(
    request: StaffRequest,
    reply: FastifyReply,
    command: () => Promise<void>,
    done: string,
  ): Promise<void> {
    try {
      await command();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.listed(request, reply, { problem: error });
    }
    await reply.redirect(`/roster/staff?done=${done}`, 303);
  }

  private async one(id: string): Promise<StaffMember> {
    const member = /^[0-9a-f-]{36}$/.test(id) ? await this.queries.one(id) : undefined;
    if (!member) throw new NotFoundException();
    return member;
  }

  private async listed(
    request: StaffRequest,
    reply: FastifyReply,
    { done, problem }: { done?: ReturnType<typeof doneWords>; problem?: Refusal },
  ): Promise<void> {
    const { warnings } = await this.desk.open(request);
    await this.pages.render(
      reply,
      'staff/roster-staff',
      {
        tabs: rosterTabs('staff', warnings.length),
        staff: (await this.queries.list()).map((member) => staffLine(member, request.staff.id)),
        may: request.staff.role === 'administrator',
        done,
        problem: problem?.text,
      },
      { status: problem?.status ?? 200 },
    );
  }

  private async form(
    reply: FastifyReply,
    { member, typed, faults, status }: { member?: StaffMember; typed: Form; faults: Faults; status?: number },
  ): Promise<void> {
    await this.pages.render(
      reply,
      'staff/roster-staff-form',
      {
        member,
        typed,
        faults,
        action: member ? `/roster/staff/${member.id}/edit` : '/roster/staff/new',
        roles: staffRoles.map((value) => ({ value, label: roleNames[value] })),
        languages: Object.entries(languageNames).map(([value, label]) => ({ value, label })),
      },
      { status: status ?? (hasFaults(faults) ? 422 : 200) },
    );
  }
}
