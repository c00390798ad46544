import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../clock/clock.service.ts';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import type { StaffMember } from '../../identity/staff.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { centreAnswers, type CentreAnswers } from '../../milestones/answered.ts';
import type { Milestone } from '../../milestones/milestone.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { Roster } from '../../roster/roster.ts';
import { Years } from './years.service.ts';

/** One deadline with what is around it */
export interface MilestoneFile {
  readonly milestone: Milestone;
  readonly cycle: Cycle;
  readonly meeting: Meeting | undefined;
  /** Of the centre's side; of what answers settle */
  readonly answers: CentreAnswers;
  readonly centre: Roster['centres'][number]['name'] | null;
  readonly roster: Roster;
  readonly staff: readonly StaffMember[];
  readonly zone: string;
  readonly now: Date;
}

@Injectable()
export class MilestoneDesk {
  constructor(
    private readonly milestones: MilestoneQueries,
    private readonly meetings: MeetingQueries,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly staff: StaffQueries,
    private readonly years: Years,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where there is no such deadline */
  async open(id: string, request: FastifyRequest, reply: FastifyReply): Promise<MilestoneFile> {
    const milestone = await this.milestones.one(id);
    const [cycle, roster, staff, attendees, [meeting]] = await Promise.all([
      this.cycles.one(milestone.cycleId),
      this.roster.wholeRoster(),
      this.staff.list(),
      this.meetings.attendeesOf(milestone.meetingId ? [milestone.meetingId] : []),
      this.meetings.several(milestone.meetingId ? [milestone.meetingId] : []),
    ]);
    this.years.about(request, reply, cycle);
    return {
      milestone,
      cycle,
      meeting,
      answers: centreAnswers(attendees),
      centre: roster.centres.find((one) => one.id === milestone.centre)?.name ?? null,
      roster,
      staff,
      zone: cycle.rules.zone,
      now: this.clock.now().toJSDate(),
    };
  }
}
