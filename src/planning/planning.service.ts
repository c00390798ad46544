import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
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
import { planFailure } from './plan-failure.ts';
import { PlanEntity } from './plan.entity.ts';
import { PLAN_QUEUE } from './plan-runs.service.ts';
import { placementsOf, refusalToPublish } from './publish.ts';
import { planningRefusals } from './refusals.ts';
import { readChanges, Order, type YearChange } from './year-change.ts';
import { YearFactsReader } from './year-facts.service.ts';
import { orderedParts } from './weights.ts';
import { refuseOrder } from './year-rules.service.ts';

export interface PlanSettings {
  readonly seed?: number | undefined;
  /** seconds */
  readonly timeLimit?: number | undefined;
  /** What staff call it */
  readonly name?: string | undefined;
  /** How the copy of the year differs for which it is computed */
  readonly changes?: readonly YearChange[] | undefined;
  /** Parts of the cost, level by level; left out: as the year has it */
  readonly order?: readonly (readonly string[])[] | undefined;
}

/** Runs of one year that are computed or wait */
const MOST_UNFINISHED = 6;
const MOST_OF_NAME = 80;
/** A run that nobody has been computing for so long (minutes) is given up. */
const GIVEN_UP_AFTER = 15;

@Injectable()
export class Planning {
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

  /** Asks for a plan of the year, or of a copy with changes; it is computed by a job. @returns the id of the run */
  async request(cycleId: string, settings: PlanSettings, actor: Actor): Promise<string> {
    const { seed = 1, timeLimit = 60 } = settings;
    if (!Number.isInteger(seed) || seed < 0 || !Number.isInteger(timeLimit) || timeLimit < 1 || timeLimit > 3600)
      throw Refusal.of(planningRefusals, 'planning.bad-settings');
    const name = readName(settings.name);
    const changes = readChanges(settings.changes ?? []);
    const order = Order.safeParse(settings.order ?? []);
    if (!order.success) throw Refusal.of(planningRefusals, 'planning.bad-order');
    return this.database.transaction(async (tx) => {
      const { rules } = await this.cycles.locked(cycleId, tx);
      refuseOrder(order.data, orderedParts(rules));
      await this.giveUpDead(tx, cycleId);
      const unfinished = await tx.countBy(PlanEntity, { cycleId, state: In(['waiting', 'running']) });
      if (unfinished >= MOST_UNFINISHED)
        throw Refusal.of(planningRefusals, 'planning.too-many', { most: MOST_UNFINISHED });
      const id = newId();
      const asked = { name, seed, timeLimit, changes, order: order.data };
      await tx.insert(PlanEntity, {
        id,
        cycleId,
        state: 'waiting',
        ...asked,
        requestedBy: actor.name,
        requestedAt: this.clock.now().toJSDate(),
      });
      await this.jobs.send(tx, PLAN_QUEUE, { planId: id });
      await this.record(tx, actor, 'planning.request', id, { cycleId, ...asked });
      return id;
    });
  }

  async rename(planId: string, name: string, actor: Actor): Promise<void> {
    const read = readName(name);
    await this.database.transaction(async (tx) => {
      const plan = await this.lock(tx, planId);
      await tx.update(PlanEntity, { id: planId }, { name: read });
      await this.record(tx, actor, 'planning.rename', planId, { name: read }, { name: plan.name });
    });
  }

  /** Stops a run; the best plan so far is kept. */
  async stop(planId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const plan = await this.lock(tx, planId);
      if (plan.state === 'waiting' || plan.state === 'running')
        await tx.update(PlanEntity, { id: planId }, { cancelWanted: true });
      await this.record(tx, actor, 'planning.stop', planId);
    });
  }

  /** Throws a plan away, with the copy of the year for which it was computed. */
  async discard(planId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const plan = await this.lock(tx, planId);
      if (plan.state === 'published') throw Refusal.of(planningRefusals, 'planning.published-already');
      if (plan.state === 'waiting' || plan.state === 'running')
        throw Refusal.of(planningRefusals, 'planning.running-already');
      await tx.update(PlanEntity, { id: planId }, { state: 'discarded' });
      await this.record(tx, actor, 'planning.discard', planId);
    });
  }

  /**
   * Turns a plan into meetings and their attendees, all or nothing. It sends no mail: what people have to be told waits for release.
   * @param options `held`: new days are only held, and people are asked to keep them free until staff fix them
   * @throws Refusal where the plan is not ready, was computed for a copy whose changes the year does not have, where a meeting was changed
   * after it was computed, or where somebody would be in two places
   */
  async publish(planId: string, actor: Actor, { held = false } = {}): Promise<{ meetings: number }> {
    return this.attendees.nobodyTwice(async (tx) => {
      const run = await this.lock(tx, planId);
      const meetings = await this.meetingQueries.ofCycle(run.cycleId, tx);
      refuse(refusalToPublish(run, meetings, (titles) => joinTexts(titles)));
      const facts = await this.facts.ofCycle(run.cycleId, tx);
      const placements = placementsOf(facts, run.instance as Instance, run.plan as Plan);
      for (const { meetingId, when, online, seatings } of placements) {
        const mode = online === undefined ? undefined : online ? 'online' : 'on-site';
        if (when) await this.meetings.schedule(tx, meetingId, when, mode, actor, held);
        await this.attendees.seat(tx, meetingId, seatings, actor);
      }
      await tx.update(PlanEntity, { id: planId }, { state: 'published', publishedAt: this.clock.now().toJSDate() });
      await this.record(tx, actor, 'planning.publish', planId, {
        meetings: placements.length,
        ...(held ? { held } : {}),
      });
      return { meetings: placements.filter((placement) => placement.when).length };
    });
  }

  /** What no process computes any more, although the queue tried again, does not stand in the way of others. */
  private async giveUpDead(tx: EntityManager, cycleId: string): Promise<void> {
    const failure = planFailure('planning.given-up');
    await tx.query(
      `update plan set state = 'failed', error = $2, failure = $3, finished_at = $4
        where cycle_id = $1 and state = 'running' and seen_at < now() - make_interval(mins => $5)`,
      [cycleId, failure.code, JSON.stringify(failure), this.clock.now().toJSDate(), GIVEN_UP_AFTER],
    );
  }

  private async lock(tx: EntityManager, id: string): Promise<PlanEntity> {
    const plan = await tx.findOne(PlanEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return plan;
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    verb: string,
    planId: string,
    after?: object,
    before?: object,
  ): Promise<void> {
    await this.trail.record(tx, { actor, verb, subject: `plan/${planId}`, before, after });
  }
}

function readName(name = ''): string {
  const read = name.trim();
  if (read.length > MOST_OF_NAME || /[\r\n]/.test(read))
    throw Refusal.of(planningRefusals, 'planning.bad-name', { most: MOST_OF_NAME });
  return read;
}
