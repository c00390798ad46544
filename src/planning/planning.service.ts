import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { joinTexts } from '../kernel/text.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { Meetings } from '../meetings/meetings.service.ts';
import type { Instance, Plan } from './instance.ts';
import { PlanEntity } from './plan.entity.ts';
import { placementsOf, refusalToPublish } from './publish.ts';
import { LocksCannotHold, planInstance } from './planner.service.ts';
import { planningRefusals } from './refusals.ts';
import { YearFactsReader } from './year-facts.service.ts';
import { yearInstance } from './year-instance.ts';

export const PLAN_QUEUE = 'planning/run';

export interface PlanSettings {
  readonly seed?: number;
  /** seconds */
  readonly timeLimit?: number;
}

@Injectable()
export class Planning {
  private readonly log = new Logger('Planning');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly facts: YearFactsReader,
    private readonly cycles: CycleQueries,
    private readonly meetings: Meetings,
    private readonly meetingQueries: MeetingQueries,
    private readonly attendees: Attendees,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Asks for a plan of the year; it is computed by a job. @returns the id of the run */
  async request(cycleId: string, settings: PlanSettings, actor: Actor): Promise<string> {
    const { seed = 1, timeLimit = 60 } = settings;
    if (!Number.isInteger(seed) || seed < 0 || !Number.isInteger(timeLimit) || timeLimit < 1 || timeLimit > 3600)
      throw Refusal.of(planningRefusals, 'planning.bad-settings');
    return this.database.transaction(async (tx) => {
      await this.cycles.locked(cycleId, tx);
      if (await tx.existsBy(PlanEntity, { cycleId, state: In(['waiting', 'running']) }))
        throw Refusal.of(planningRefusals, 'planning.running-already');
      const id = newId();
      await tx.insert(PlanEntity, {
        id,
        cycleId,
        state: 'waiting',
        seed,
        timeLimit,
        requestedBy: actor.name,
        requestedAt: this.clock.now().toJSDate(),
      });
      await this.jobs.send(tx, PLAN_QUEUE, { planId: id });
      await this.trail.record(tx, {
        actor,
        verb: 'planning.request',
        subject: `plan/${id}`,
        after: { cycleId, seed, timeLimit },
      });
      return id;
    });
  }

  /** The job. Started again after a crash it computes the same plan anew. */
  async run(planId: string, signal: AbortSignal): Promise<void> {
    const plans = this.database.getRepository(PlanEntity);
    const run = await plans.findOneByOrFail({ id: planId });
    if (run.state !== 'waiting' && run.state !== 'running') return;
    const facts = await this.facts.ofCycle(run.cycleId);
    const { instance, notes, unanswered } = yearInstance(facts);
    const basis = Object.fromEntries(facts.meetings.map((meeting) => [meeting.key, meeting.revision]));
    await plans.update(
      { id: planId },
      { state: 'running', instance, basis, notes: [...notes], unanswered: [...unanswered] },
    );
    const began = Date.now();
    const stop = new AbortController();
    const watch = setInterval(() => void this.watchCancel(planId, stop), 700);
    // one after the other, so that no late report stands after the result
    let reported: Promise<unknown> = Promise.resolve();
    try {
      const { plan, unplaced } = await planInstance(instance, {
        timeLimitSeconds: run.timeLimit,
        seed: run.seed,
        threads: 2,
        onProgress: (progress) => {
          reported = reported
            .then(() => plans.update({ id: planId }, progress))
            .catch((error: unknown) => this.log.warn(error));
        },
        signal: AbortSignal.any([signal, stop.signal]),
      });
      await reported;
      // the process is stopping: the job runs again elsewhere, and no half result stands
      if (signal.aborted) throw new Error('stopped before the plan was ready');
      const { cost = null, bound = null, proven = false } = plan;
      const seconds = (Date.now() - began) / 1000;
      await this.end(planId, {
        state: 'ready',
        plan,
        unplaced: [...unplaced],
        cost,
        bound,
        proven,
        seconds,
      });
    } catch (error) {
      await reported;
      if (signal.aborted) throw error;
      if (error instanceof LocksCannotHold) {
        const reasons = error.locks.flatMap((lock) => lock.reasons);
        return await this.end(planId, {
          state: 'failed',
          error: error.message.slice(0, 500),
          notes: [...notes, ...reasons],
        });
      }
      this.log.error(error);
      await this.end(planId, { state: 'failed', error: (error as Error).message.slice(0, 500) });
    } finally {
      clearInterval(watch);
    }
  }

  private async end(planId: string, result: QueryDeepPartialEntity<PlanEntity>): Promise<void> {
    await this.database.manager.update(
      PlanEntity,
      { id: planId },
      { ...result, finishedAt: this.clock.now().toJSDate() },
    );
  }

  /** Stops a run; the best plan so far is kept. */
  async stop(planId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const plan = await this.lock(tx, planId);
      if (plan.state === 'waiting' || plan.state === 'running')
        await tx.update(PlanEntity, { id: planId }, { cancelWanted: true });
      await this.trail.record(tx, { actor, verb: 'planning.stop', subject: `plan/${planId}` });
    });
  }

  async discard(planId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const plan = await this.lock(tx, planId);
      if (plan.state === 'published') throw Refusal.of(planningRefusals, 'planning.published-already');
      if (plan.state === 'waiting' || plan.state === 'running')
        throw Refusal.of(planningRefusals, 'planning.running-already');
      await tx.update(PlanEntity, { id: planId }, { state: 'discarded' });
      await this.trail.record(tx, { actor, verb: 'planning.discard', subject: `plan/${planId}` });
    });
  }

  /**
   * Turns a plan into meetings and their attendees, all or nothing. It sends no mail: what people have to be told waits for release.
   * @throws Refusal where the plan is not ready, where a meeting was changed after it was computed, or where somebody would be in two places
   */
  async publish(planId: string, actor: Actor): Promise<{ meetings: number }> {
    return this.attendees.nobodyTwice(async (tx) => {
      const run = await this.lock(tx, planId);
      const meetings = await this.meetingQueries.ofCycle(run.cycleId, tx);
      refuse(refusalToPublish(run, meetings, (titles) => joinTexts(titles)));
      const facts = await this.facts.ofCycle(run.cycleId, tx);
      const placements = placementsOf(facts, run.instance as Instance, run.plan as Plan);
      for (const { meetingId, when, online, seatings } of placements) {
        if (when)
          await this.meetings.schedule(
            tx,
            meetingId,
            when,
            online === undefined ? undefined : online ? 'online' : 'on-site',
            actor,
          );
        await this.attendees.seat(tx, meetingId, seatings, actor);
      }
      await tx.update(PlanEntity, { id: planId }, { state: 'published', publishedAt: this.clock.now().toJSDate() });
      await this.trail.record(tx, {
        actor,
        verb: 'planning.publish',
        subject: `plan/${planId}`,
        after: { meetings: placements.length },
      });
      return { meetings: placements.filter((placement) => placement.when).length };
    });
  }

  private async watchCancel(planId: string, stop: AbortController): Promise<void> {
    try {
      const run = await this.database.manager.findOne(PlanEntity, {
        where: { id: planId },
        select: { id: true, cancelWanted: true },
      });
      if (run?.cancelWanted) stop.abort();
    } catch (error) {
      this.log.warn(error);
    }
  }

  private async lock(tx: EntityManager, id: string): Promise<PlanEntity> {
    const plan = await tx.findOne(PlanEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return plan;
  }
}
