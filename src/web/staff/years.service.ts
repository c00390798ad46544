import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../audit/actor.ts';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import type { StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { cycleRefusals } from '../../cycle/refusals.ts';
import { chosenCycle } from './staff-frame.service.ts';
import { YEAR_COOKIE, yearInPath } from './year-address.ts';

/** Which year a staff page is about */
@Injectable()
export class Years {
  constructor(private readonly cycles: CycleQueries) {}

  /** The year that the address names; it is remembered for pages whose address names none. @throws Refusal where it does not exist */
  async named(request: FastifyRequest, reply: FastifyReply): Promise<Cycle> {
    const wanted = yearInPath(request.url);
    if (!wanted) throw Refusal.of(cycleRefusals, 'cycle.unknown');
    const cycle = await this.cycles.chosen(wanted.programme, wanted.fiscalYear);
    this.about(request, reply, cycle);
    return cycle;
  }

  /** The page is about this year although its address does not say so: a meeting, a deadline. */
  about(request: FastifyRequest, reply: FastifyReply, cycle: Cycle): void {
    Object.assign(request, { yearOfPage: cycle });
    void reply.header(
      'set-cookie',
      `${YEAR_COOKIE}=${cycle.programme}.${cycle.fiscalYear}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`,
    );
  }

  /** The year last looked at, or the newest; undefined while there is none */
  async current(request: FastifyRequest): Promise<Cycle | undefined> {
    return chosenCycle(await this.cycles.all(), request);
  }
}

/** Who presses the button, for the trail */
export const staffActor = ({ staff }: StaffRequest): Actor => ({ kind: 'staff', id: staff.id, name: staff.nameJa });
