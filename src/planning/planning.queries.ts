import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, Not, type FindOptionsSelect } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import type { Compared } from './compare.ts';
import { compareIn } from './questions.service.ts';
import type { Instance, Plan } from './instance.ts';
import { PlanEntity, type PlanState } from './plan.entity.ts';
import { planningRefusals } from './refusals.ts';
import type { YearChange } from './year-change.ts';
import { YearFactsReader } from './year-facts.service.ts';
import { titlesOfPlan } from './year-titles.ts';

export type PlanRun = PlanEntity;
/** A run without what only the planner and a reader of the whole plan need: a quarter of a megabyte */
export type PlanRunSummary = Omit<PlanRun, 'instance' | 'plan' | 'basis' | 'notes' | 'unanswered'>;

const summary: FindOptionsSelect<PlanEntity> = {
  id: true,
  cycleId: true,
  state: true,
  kind: true,
  name: true,
  changes: true,
  order: true,
  levels: true,
  seed: true,
  timeLimit: true,
  unplaced: true,
  cost: true,
  bound: true,
  proven: true,
  seconds: true,
  error: true,
  failure: true,
  cancelWanted: true,
  requestedBy: true,
  requestedAt: true,
  finishedAt: true,
  publishedAt: true,
  takenOverAt: true,
  attempt: true,
  seenAt: true,
};

export interface PlanStanding {
  readonly id: string;
  readonly state: PlanState;
  /** How many meetings it could not place */
  readonly unplaced: number;
  readonly requestedAt: Date;
}

export interface Comparison extends Compared {
  readonly bound: readonly [number | null, number | null];
  readonly proven: readonly [boolean, boolean];
  /** How the copies of the year differ for which they were computed */
  readonly changes: readonly [readonly YearChange[], readonly YearChange[]];
}

@Injectable()
export class PlanningQueries {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly facts: YearFactsReader,
  ) {}

  /** Newest first, without the discarded */
  async ofCycle(cycleId: string): Promise<PlanRun[]> {
    return this.database.manager.find(PlanEntity, {
      where: { cycleId, state: Not('discarded') },
      order: { requestedAt: 'DESC' },
    });
  }

  /** How far the newest run of a year is, without what it was given and what came out; undefined where none was asked for */
  async standing(cycleId: string): Promise<PlanStanding | undefined> {
    const [row]: PlanStanding[] = await this.database.query(
      `select id, state, jsonb_array_length(unplaced) as unplaced, requested_at as "requestedAt"
         from plan where cycle_id = $1 and state <> 'discarded' order by requested_at desc limit 1`,
      [cycleId],
    );
    return row;
  }

  /** The same, for lists */
  async summaries(cycleId: string): Promise<PlanRunSummary[]> {
    return this.database.manager.find(PlanEntity, {
      select: summary,
      where: { cycleId, state: Not('discarded') },
      order: { requestedAt: 'DESC' },
    });
  }

  /** How far a run is. @throws Refusal where there is no such plan */
  async progress(id: string): Promise<PlanRunSummary> {
    const plan = await this.database.manager.findOne(PlanEntity, { select: summary, where: { id } });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return plan;
  }

  /** What the second plan does otherwise than the first, and what each difference costs. @throws Refusal where one has no plan */
  async compare(first: string, second: string): Promise<Comparison> {
    const [a, b] = [await this.one(first), await this.one(second)];
    if (!a.plan || !b.plan) throw Refusal.of(planningRefusals, 'planning.not-ready');
    const { cycle, roster, meetings } = await this.facts.namesOf(a.cycleId);
    const titles = titlesOfPlan(cycle.rules, roster, meetings);
    const side = ({ instance, plan }: PlanRun) => ({ instance: instance as Instance, plan: plan as Plan });
    const key = `compared ${first}`;
    const compared = await compareIn({ key, read: async () => side(a) }, side(b), Object.fromEntries(titles));
    return {
      ...compared,
      bound: [a.bound, b.bound],
      proven: [a.proven, b.proven],
      changes: [a.changes, b.changes],
    };
  }

  /** @throws Refusal where there is no such plan */
  async one(id: string): Promise<PlanRun> {
    const plan = await this.database.manager.findOneBy(PlanEntity, { id });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return plan;
  }
}
