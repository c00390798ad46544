import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { dueDayAlong } from '../cycle/due-days.ts';
import type { GeneratedMilestone } from '../cycle/generated-year.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { workingDayOf } from '../programme/working-days.ts';
import { MilestoneEntity } from './milestone.entity.ts';
import { milestoneChanged } from './milestones.facts.ts';
import { milestoneRefusals } from './refusals.ts';

@Injectable()
export class Milestones {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly meetings: MeetingQueries,
    private readonly cycles: CycleQueries,
    private readonly trail: Trail,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /** Writes the milestones of a new year. Those that count from a meeting have no day until the meeting has one. */
  async draft(tx: EntityManager, cycleId: string, rows: readonly GeneratedMilestone[]): Promise<void> {
    const meetings = new Map((await this.meetings.ofCycle(cycleId, tx)).map((meeting) => [meeting.key, meeting.id]));
    const milestones = rows.map(({ meeting, ...row }) => ({
      ...row,
      id: newId(),
      cycleId,
      meetingId: meeting === null ? null : (meetings.get(meeting) ?? null),
      dueOn: row.due.fixedDay,
    }));
    // a statement takes 65,535 values
    for (let from = 0; from < milestones.length; from += 1000)
      await tx.insert(MilestoneEntity, milestones.slice(from, from + 1000));
  }

  /** The days that count from a meeting, computed anew. Repeating it changes nothing. */
  async followMeeting(meetingId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const meeting = await this.meetings.one(meetingId, tx);
      const isWorking = workingDayOf((await this.cycles.one(meeting.cycleId, tx)).rules);
      const { firstDay, lastDay } = meeting;
      for (const milestone of await tx.findBy(MilestoneEntity, { meetingId })) {
        const dueOn =
          meeting.state === 'scheduled' && firstDay && lastDay
            ? dueDayAlong(milestone.due.offsets, firstDay, lastDay, isWorking)
            : null;
        if (dueOn !== milestone.dueOn) await tx.update(MilestoneEntity, { id: milestone.id }, { dueOn });
      }
    });
  }

  /** Handed in, or not needed this time */
  async settle(id: string, state: 'submitted' | 'waived', note: string, actor: Actor): Promise<void> {
    await this.change(id, { state, note, settledAt: this.clock.now().toJSDate() }, `milestone.${state}`, actor);
  }

  async reopen(id: string, actor: Actor): Promise<void> {
    await this.change(id, { state: 'open', settledAt: null }, 'milestone.reopen', actor);
  }

  async extend(id: string, until: CalendarDate, actor: Actor): Promise<void> {
    await this.change(id, { extendedTo: until }, 'milestone.extend', actor);
  }

  private async change(id: string, values: Partial<MilestoneEntity>, verb: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = await tx.findOne(MilestoneEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!before) throw Refusal.of(milestoneRefusals, 'milestones.unknown');
      await tx.update(MilestoneEntity, { id }, values);
      await this.trail.record(tx, {
        actor,
        verb,
        subject: `milestone/${id}`,
        before: { state: before.state, extendedTo: before.extendedTo },
        after: values,
      });
      await this.jobs.announce(tx, milestoneChanged, { milestoneId: id });
    });
  }
}
