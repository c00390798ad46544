import { Injectable } from '@nestjs/common';
import { AvailabilityQueries } from '../../availability/availability.queries.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { PlanningQueries, type PlanRun, type PlanRunSummary } from '../../planning/planning.queries.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { PlanGround, SortBy } from './plan-placements.ts';
import { PlanWhys } from './plan-whys.service.ts';
import { halvesOf, planOf, planView, unansweredIn, type PlanView } from './plan-view.ts';

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Runs of the planner with what they are shown against */
@Injectable()
export class PlanDesk {
  constructor(
    private readonly runs: PlanningQueries,
    private readonly meetings: MeetingQueries,
    private readonly roster: RosterQueries,
    private readonly availability: AvailabilityQueries,
    private readonly whys: PlanWhys,
  ) {}

  /** @throws Refusal where the year has no such run */
  async run(cycle: Cycle, id: string): Promise<PlanRun> {
    return ofYear(cycle, await this.runs.one(known(id)));
  }

  async progress(cycle: Cycle, id: string): Promise<PlanRunSummary> {
    return ofYear(cycle, await this.runs.progress(known(id)));
  }

  async ground(cycle: Cycle): Promise<PlanGround> {
    const meetings = await this.meetings.ofCycle(cycle.id);
    const ids = meetings.map((meeting) => meeting.id);
    return {
      cycle,
      meetings,
      roster: await this.roster.wholeRoster(),
      seats: await this.meetings.seatsOf(ids),
      attendees: await this.meetings.attendeesOf(ids),
    };
  }

  /** @returns undefined for a run that has no plan */
  async view(ground: PlanGround, run: PlanRun, by: SortBy = 'day'): Promise<PlanView | undefined> {
    const read = planOf(run);
    if (!read) return undefined;
    const days = halvesOf(run);
    const letters = await this.availability.availabilityLetters(run.unanswered, days);
    const judged = await this.whys.judgement(run.id, read);
    return planView(ground, run, read, judged, unansweredIn(read, letters, days), by);
  }
}

function known(id: string): string {
  if (!uuid.test(id)) throw Refusal.of(planningRefusals, 'planning.unknown');
  return id;
}

function ofYear<T extends { cycleId: string }>(cycle: Cycle, run: T): T {
  if (run.cycleId !== cycle.id) throw Refusal.of(planningRefusals, 'planning.unknown');
  return run;
}
