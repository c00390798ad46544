import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { newId } from '../kernel/ids.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { text, type Text } from '../kernel/text.ts';
import { dayInZone } from '../kernel/zoned-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { Relaxation } from './asks.ts';
import type { Difference } from './compare.ts';
import type { Why } from './explain/why.ts';
import type { Instance, Plan } from './instance.ts';
import { LocksCannotHold } from './locks.ts';
import { fixedCannotHold } from './plan-failure.ts';
import { PlanEntity } from './plan.entity.ts';
import { builtRepairYear, builtYear, compareIn, relaxations, repairs, whyIn } from './questions.service.ts';
import type { CalledAs, Repair } from './questions.ts';
import { planningRefusals } from './refusals.ts';
import { sayChange } from './say-change.ts';
import { standingPlan } from './standing-plan.ts';
import { changeOfAsk } from './year-asks.ts';
import type { YearChange } from './year-change.ts';
import { YearFactsReader } from './year-facts.service.ts';
import type { YearFacts } from './year-facts.ts';
import { calledIn, namesOf, titlesOf, titlesOfPlan, untoldIn } from './year-titles.ts';

export interface LongYearQuestion {
  readonly most?: number;
  readonly timeLimitSeconds?: number;
  readonly signal?: AbortSignal;
}

export interface RepairQuestion extends LongYearQuestion {
  /** What is different beside the year as it is: an illness, a closed day */
  readonly changes?: readonly YearChange[];
  /** Hears of each as soon as it is known; what comes later may replace it */
  readonly onRepair?: (found: YearRepair) => void;
  /** Days on which meetings (a key, an activity, `*`) can only be online: a typhoon */
  readonly storms?: readonly { readonly of: string; readonly day: CalendarDate }[];
}

/** What could be asked for, so that everything can be placed */
export interface YearRelaxation extends Relaxation {
  readonly changes: readonly YearChange[];
  /** Each change as a sentence */
  readonly said: readonly Text[];
}

/** How the announced year could go on with little change */
export interface YearRepair {
  readonly repair: Repair;
  readonly instance: Instance;
  /** What has to be taken over before it can be published: what was asked about beside the year, and fixings that it cannot keep */
  readonly changes: readonly YearChange[];
  /** Revision of each meeting, by key, when it was computed */
  readonly basis: Readonly<Record<string, number>>;
  /** Against the year as it stands */
  readonly differences: readonly Difference[];
  readonly tell: readonly { readonly person: string; readonly name: Text }[];
  readonly text: Text;
  readonly notes: readonly Text[];
  readonly unanswered: readonly string[];
}

const SECONDS = 20;

/** Questions about a year that are answered from its plans, and what follows from the answers */
@Injectable()
export class YearQuestions {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cycles: CycleQueries,
    private readonly facts: YearFactsReader,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** The smallest sets of asks with which everything can be placed, the cheapest first; none where it can. @param planId its copy of the year */
  async relaxations(cycleId: string, options: LongYearQuestion & { planId?: string } = {}): Promise<YearRelaxation[]> {
    const facts = await this.facts.ofCycle(cycleId);
    const instance = options.planId ? (await this.plan(options.planId)).instance : (await builtYear(facts)).instance;
    const names = namesOf(facts.cycle.rules, facts.roster, facts.meetings, facts.seats);
    const found = await this.asked(facts, () =>
      relaxations(instance, { ...within(options, 5), called: calledIn(facts) }),
    );
    return found.map((relaxation) => {
      const changes = relaxation.asks.map((ask) => changeOfAsk(instance, ask));
      return { ...relaxation, changes, said: changes.map((change) => sayChange(change, names)) };
    });
  }

  /** Up to three ways to go on that differ in kind: what is confirmed stays, the rest changes as little as it can. Nothing is written. */
  async repairs(cycleId: string, options: RepairQuestion = {}): Promise<YearRepair[]> {
    const facts = await this.facts.ofCycle(cycleId, undefined, options.changes);
    const { instance, notes, unanswered, storms } = await builtRepairYear(facts, {
      today: dayInZone(this.clock.now().toISO()!, facts.cycle.rules.zone),
      ...(options.storms ? { storms: options.storms } : {}),
    });
    if (!instance.reference) throw Refusal.of(planningRefusals, 'planning.nothing-announced');
    const titles = titlesOfPlan(facts.cycle.rules, facts.roster, facts.meetings, facts.seats);
    const people = new Map(facts.roster.people.map(({ id, name }) => [id, name]));
    const basis = Object.fromEntries(facts.meetings.map((meeting) => [meeting.key, meeting.revision]));
    const was = { key: `announced ${newId()}`, read: async () => ({ instance, plan: standingPlan(instance) }) };
    const called = Object.fromEntries(titles);
    const said = async (repair: Repair): Promise<YearRepair> => ({
      repair,
      instance,
      changes: [...(options.changes ?? []), ...unlockedBy(repair.plan, instance, facts.meetings)],
      basis,
      differences: (await compareIn(was, { instance, plan: repair.plan }, called)).differences,
      tell: repair.tell.map((person) => ({ person, name: people.get(person) ?? text(person, person) })),
      text: repair.text,
      notes,
      unanswered,
    });
    const { onRepair } = options;
    const found = await this.asked(facts, () =>
      repairs(instance, {
        ...within(options, 3),
        storms,
        titles: called,
        untold: untoldIn(facts),
        // one that cannot be described is none; the end of the question says what is wrong
        ...(onRepair ? { onRepair: (repair) => void said(repair).then(onRepair, () => undefined) } : {}),
      }),
    );
    return Promise.all(found.map(said));
  }

  /** Computes repairs and keeps each as a plan that can be published. @returns ids of the rows, the cheapest first */
  async startRepairs(cycleId: string, actor: Actor, options: RepairQuestion = {}): Promise<string[]> {
    const ids: string[] = [];
    for (const repair of await this.repairs(cycleId, options)) ids.push(await this.applyRepair(cycleId, repair, actor));
    return ids;
  }

  /** Keeps a repair as a plan that can be published like any other; nobody is told of anything. @returns the id of the row */
  async applyRepair(cycleId: string, found: YearRepair, actor: Actor): Promise<string> {
    return this.database.transaction(async (tx) => {
      await this.cycles.locked(cycleId, tx);
      const id = newId();
      await this.keepRepair(tx, id, cycleId, found, actor);
      await this.trail.record(tx, {
        actor,
        verb: 'planning.repair',
        subject: `plan/${id}`,
        after: { cycleId, change: found.repair.change, tell: found.repair.tell },
      });
      return id;
    });
  }

  /** Why everything in a plan is as it is, or one thing of it */
  async why(planId: string, of?: string): Promise<Why[]> {
    const plan = await this.database.manager.findOne(PlanEntity, { where: { id: planId }, select: { state: true } });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    return whyIn({ key: `why ${planId}`, read: () => this.planCalled(planId) }, of);
  }

  private async plan(planId: string): Promise<{ instance: Instance; plan: Plan }> {
    const row = await this.database.manager.findOneBy(PlanEntity, { id: planId });
    if (!row) throw Refusal.of(planningRefusals, 'planning.unknown');
    if (!row.instance || !row.plan) throw Refusal.of(planningRefusals, 'planning.not-ready');
    return { instance: row.instance as Instance, plan: row.plan as Plan };
  }

  private async planCalled(planId: string): Promise<{ instance: Instance; plan: Plan; called: CalledAs }> {
    const { cycleId } = await this.database.manager.findOneByOrFail(PlanEntity, { id: planId });
    return { ...(await this.plan(planId)), called: calledIn(await this.facts.namesOf(cycleId)) };
  }

  /** What staff fixed and cannot hold is staff's to put right. */
  private async asked<T>({ meetings }: YearFacts, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LocksCannotHold)) throw error;
      throw fixedCannotHold(error, titlesOf(meetings));
    }
  }

  private async keepRepair(
    tx: EntityManager,
    id: string,
    cycleId: string,
    { repair, instance, changes, basis, text: said, notes, unanswered }: YearRepair,
    actor: Actor,
  ): Promise<void> {
    const { cost = null, bound = null, proven = false } = repair.plan;
    const now = this.clock.now().toJSDate();
    await tx.insert(PlanEntity, {
      id,
      cycleId,
      state: 'ready',
      kind: 'repair',
      name: said.ja.slice(0, 80),
      seed: 1,
      timeLimit: SECONDS,
      instance,
      plan: repair.plan,
      changes: [...changes],
      basis: { ...basis },
      unplaced: undecidedIn(repair.plan).map((of) => ({ of, reasons: [] })),
      notes: [said, ...notes],
      unanswered: [...unanswered],
      cost,
      bound,
      proven,
      requestedBy: actor.name,
      requestedAt: now,
      finishedAt: now,
    });
  }
}

const within = ({ most, timeLimitSeconds = SECONDS, signal }: LongYearQuestion, usually: number) => ({
  most: most ?? usually,
  timeLimitSeconds,
  ...(signal ? { signal } : {}),
});

/** Meetings that staff fixed and that it moves all the same: publishing leaves alone what is fixed */
function unlockedBy(plan: Plan, instance: Instance, meetings: readonly Meeting[]): YearChange[] {
  const locked = new Set(
    instance.locks.flatMap((lock) => {
      if ('conference' in lock) return lock.conference;
      if ('hearing' in lock) return lock.hearing;
      return 'meeting' in lock && lock.start !== undefined ? lock.meeting : [];
    }),
  );
  const isPlaced = (key: string) => plan.meetings[key] ?? plan.conferences[key] ?? plan.hearings[key];
  return meetings
    .filter(({ key, fixedByStaff }) => fixedByStaff && !locked.has(key) && isPlaced(key))
    .map(({ key }) => ({ change: 'unlock', meeting: key }));
}

const undecidedIn = ({ meetings, assignments, panels, conferences, hearings }: Plan): string[] =>
  [meetings, assignments, panels, conferences, hearings].flatMap((things) =>
    Object.entries(things).flatMap(([id, decided]) => (decided === null ? [id] : [])),
  );
