import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { titlesOf } from './year-titles.ts';
import type { Instance } from './instance.ts';
import { planInOrder } from './ordered-plan.service.ts';
import { failureOf } from './plan-failure.ts';
import { PlanEntity } from './plan.entity.ts';
import { planInstance, readyPlanner, type PlannerOptions } from './planner.service.ts';
import { changesOf } from './year-change.ts';
import { builtYear } from './questions.service.ts';
import { YearFactsReader } from './year-facts.service.ts';

export const PLAN_QUEUE = 'planning/run';
/** Runs of one year that compute at once; each takes two threads */
export const AT_ONCE = 2;

/** Seconds until a run that had to wait asks again */
const AGAIN_AFTER = 3;
/** A process that has not been seen for so long (seconds) is dead, and its run is begun anew. Shorter than the queue takes to notice. */
const DEAD_AFTER = 12;
/** How often a running process says that it lives and asks whether it should stop, ms */
const LOOKS_EVERY = 700;

type Claim = PlanEntity | 'later' | 'over';

/** The job that computes a plan */
@Injectable()
export class PlanRuns {
  private readonly log = new Logger('PlanRuns');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly facts: YearFactsReader,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Computes a run that waits, or one whose process died. Where enough runs of its year are under way, it is asked for again later.
   * @param signal the process is stopping: the run waits again, for another process
   * @returns whether it is over; otherwise it will be asked for again
   */
  async run(planId: string, signal: AbortSignal): Promise<boolean> {
    const run = await this.claim(planId);
    if (run === 'over') return true;
    if (run === 'later') {
      const again = { startAfter: AGAIN_AFTER, singletonKey: planId, singletonSeconds: AGAIN_AFTER - 1 };
      await this.database.transaction((tx) => this.jobs.send(tx, PLAN_QUEUE, { planId }, again));
      return false;
    }
    const stop = new AbortController();
    const watch = setInterval(() => void this.watch(run, stop), LOOKS_EVERY);
    try {
      await this.compute(run, signal, stop.signal);
    } finally {
      clearInterval(watch);
    }
    return true;
  }

  /** Of several processes that ask for a run one gets it, and of one year's runs so many as may compute at once. */
  private async claim(planId: string): Promise<Claim> {
    return this.database.transaction(async (tx) => {
      const { cycleId } = await tx.findOneByOrFail(PlanEntity, { id: planId });
      await tx.query('select 1 from cycle where id = $1 for update', [cycleId]);
      const alive: { id: string }[] = await tx.query(
        `select id from plan where cycle_id = $1 and state = 'running' and seen_at > now() - make_interval(secs => $2)`,
        [cycleId, DEAD_AFTER],
      );
      const run = await tx.findOneByOrFail(PlanEntity, { id: planId });
      if (run.state !== 'waiting' && run.state !== 'running') return 'over';
      const isElsewhere = alive.some(({ id }) => id === planId);
      const waitsFor = alive.filter(({ id }) => id !== planId).length;
      if (isElsewhere || waitsFor >= AT_ONCE) return 'later';
      await tx.query(`update plan set state = 'running', attempt = attempt + 1, seen_at = now() where id = $1`, [
        planId,
      ]);
      return { ...run, state: 'running', attempt: run.attempt + 1 };
    });
  }

  private async compute(run: PlanEntity, signal: AbortSignal, stop: AbortSignal): Promise<void> {
    const began = Date.now();
    let meetings: readonly Meeting[] = [];
    // one after the other, so that no late report stands after the result
    let reported: Promise<unknown> = Promise.resolve();
    try {
      readyPlanner();
      const facts = await this.facts.ofCycle(run.cycleId, undefined, run.changes);
      meetings = facts.meetings;
      const { instance, notes, unanswered } = await builtYear(facts);
      const order = orderOf(run, changesOf(facts.changes, 'order').at(-1)?.order);
      const basis = Object.fromEntries(meetings.map((meeting) => [meeting.key, meeting.revision]));
      await this.write(run, { instance, basis, order, notes: [...notes], unanswered: [...unanswered] });
      const result = await planned(instance, order, {
        timeLimitSeconds: run.timeLimit,
        seed: run.seed,
        threads: 2,
        onProgress: (progress) => {
          reported = reported.then(() => this.write(run, progress)).catch((error: unknown) => this.log.warn(error));
        },
        signal: AbortSignal.any([signal, stop]),
      });
      await reported;
      // the process is stopping: the job runs again elsewhere, and no half result stands
      if (signal.aborted) throw new Error('stopped before the plan was ready');
      await this.end(run, { ...result, state: 'ready', seconds: (Date.now() - began) / 1000 });
    } catch (error) {
      await reported;
      if (signal.aborted) {
        await this.write(run, { state: 'waiting' });
        throw error;
      }
      const failure = failureOf(error, titlesOf(meetings));
      if (failure.code !== 'planning.locks-cannot-hold') this.log.error(error);
      await this.end(run, { state: 'failed', error: failure.code, failure });
    }
  }

  private async end(run: PlanEntity, result: QueryDeepPartialEntity<PlanEntity>): Promise<void> {
    await this.write(run, { ...result, finishedAt: this.clock.now().toJSDate() });
  }

  /** Only as long as nobody else has begun the run anew */
  private async write({ id, attempt }: PlanEntity, what: QueryDeepPartialEntity<PlanEntity>): Promise<void> {
    await this.database.manager.update(PlanEntity, { id, attempt, state: 'running' }, what);
  }

  private async watch({ id, attempt }: PlanEntity, stop: AbortController): Promise<void> {
    try {
      const [seen]: [{ cancel_wanted: boolean }[], number] = await this.database.query(
        `update plan set seen_at = now() where id = $1 and attempt = $2 and state = 'running' returning cancel_wanted`,
        [id, attempt],
      );
      if (seen[0]?.cancel_wanted ?? true) stop.abort();
    } catch (error) {
      this.log.warn(error);
    }
  }
}

/** A what-if's own order first, then the one that this run was asked for, then the year's */
function orderOf(run: PlanEntity, ofYear: string[][] | undefined): string[][] {
  const ofCopy = changesOf(run.changes, 'order').at(-1)?.order;
  return ofCopy ?? (run.order.length ? run.order : (ofYear ?? []));
}

async function planned(
  instance: Instance,
  order: readonly (readonly string[])[],
  options: PlannerOptions,
): Promise<QueryDeepPartialEntity<PlanEntity>> {
  if (order.length) {
    const { plan, unplaced, levels } = await planInOrder(instance, order, options);
    const { cost = null, proven = false } = plan;
    return { plan, unplaced: [...unplaced], levels: [...levels], cost, bound: null, proven };
  }
  const { plan, unplaced } = await planInstance(instance, options);
  const { cost = null, bound = null, proven = false } = plan;
  return { plan, unplaced: [...unplaced], cost, bound, proven };
}
