import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Availability } from '../availability/availability.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { Cycles } from '../cycle/cycle.service.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { joinTexts, type Text } from '../kernel/text.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { whenPlanned } from '../meetings/meeting-time.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { Meetings } from '../meetings/meetings.service.ts';
import { activityOf, meetingActivityOf } from '../programme/programme.ts';
import { PlanEntity } from './plan.entity.ts';
import { planningRefusals } from './refusals.ts';
import { titleOfPart } from './rules/parts.ts';
import { sayChange, type YearNames } from './say-change.ts';
import { refusalOf, takeOverOf, type TakeOver } from './take-over.ts';
import { orderedParts, pointIsAbout, weightedParts, weightsOf, type Weight } from './weights.ts';
import { changesOf, isAbout, merged, readChanges, Order, Percent, type YearChange } from './year-change.ts';
import { keptChanges, YearFactsReader } from './year-facts.service.ts';
import type { YearFacts } from './year-facts.ts';
import { YearRulesEntity } from './year-rules.entity.ts';
import { namesOf } from './year-titles.ts';

/** How the parts of the cost count in a year */
export interface YearWeights {
  readonly pointIsAbout: Text;
  /** Parts level by level; none: all are added up by their weights */
  readonly order: string[][];
  readonly weights: readonly Weight[];
  /** Parts that an order may name */
  readonly parts: readonly { readonly part: string; readonly title: Text }[];
}

export interface WeightsSet {
  /** 100: as the programme says; parts left out stay as they are */
  readonly percents: Readonly<Record<string, number>>;
  readonly order?: readonly (readonly string[])[] | undefined;
}

/** Said with the half days that somebody was asked for */
const ASKED = '事務局より依頼 / asked by staff';
const isWeight = ({ change }: YearChange) => change === 'weight' || change === 'order';

/** What of the rules holds in one year: weights and their order, and what staff decided beside the programme's rules */
@Injectable()
export class YearRules {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly facts: YearFactsReader,
    private readonly cycleQueries: CycleQueries,
    private readonly cycles: Cycles,
    private readonly meetingQueries: MeetingQueries,
    private readonly meetings: Meetings,
    private readonly attendees: Attendees,
    private readonly availability: Availability,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  async weights(cycleId: string): Promise<YearWeights> {
    const { rules } = await this.cycleQueries.one(cycleId);
    const kept = await keptChanges(this.database.manager, cycleId);
    const weights = weightsOf(rules, percentsIn(kept));
    const parts = orderedParts(rules).map((part) => ({ part, title: titleOfPart(part) }));
    return { pointIsAbout: pointIsAbout(weights), order: orderIn(kept), weights, parts };
  }

  async setWeights(cycleId: string, { percents, order }: WeightsSet, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { rules } = await this.cycleQueries.locked(cycleId, tx);
      for (const [part, percent] of Object.entries(percents))
        if (!weightedParts(rules).includes(part) || !Percent.safeParse(percent).success)
          throw Refusal.of(planningRefusals, 'planning.bad-weight', { part: titleOfPart(part) });
      if (order) refuseOrder(order, orderedParts(rules));
      const kept = await keptChanges(tx, cycleId);
      const before = { percents: percentsIn(kept), order: orderIn(kept) };
      const after = {
        percents: without100({ ...before.percents, ...percents }),
        order: order ? order.map((level) => [...level]) : before.order,
      };
      const weights = Object.entries(after.percents).map(([part, percent]): YearChange => ({
        change: 'weight',
        part,
        percent,
      }));
      const ordered: YearChange[] = after.order.length ? [{ change: 'order', order: after.order }] : [];
      await this.keep(tx, cycleId, [...kept.filter((one) => !isWeight(one)), ...weights, ...ordered]);
      await this.record(tx, actor, 'planning.weights', cycleId, after, before);
    });
  }

  /** What staff decided for the year beside weights, as it stands */
  async standing(cycleId: string): Promise<{ changes: YearChange[]; said: Text[] }> {
    const changes = (await keptChanges(this.database.manager, cycleId)).filter((one) => !isWeight(one));
    const names = await this.names(cycleId);
    return { changes, said: changes.map((change) => sayChange(change, names)) };
  }

  /** @param shown how many there were when staff chose one */
  async dropChange(cycleId: string, index: number, shown: number, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.cycleQueries.locked(cycleId, tx);
      const kept = await keptChanges(tx, cycleId);
      const listed = kept.filter((one) => !isWeight(one));
      const gone = listed[index];
      if (!gone || listed.length !== shown) throw Refusal.of(planningRefusals, 'planning.no-such-change');
      await this.keep(
        tx,
        cycleId,
        kept.filter((one) => one !== gone),
      );
      await this.record(tx, actor, 'planning.drop-change', cycleId, undefined, gone);
    });
  }

  /** What everything in changes of the year is called */
  async names(cycleId: string): Promise<YearNames> {
    const { cycle, roster, meetings, seats } = await this.facts.namesOf(cycleId);
    return namesOf(cycle.rules, roster, meetings, seats);
  }

  /** What taking the changes of a what-if plan over would do, before anything is done */
  async plannedTakeOver(planId: string): Promise<TakeOver[]> {
    const plan = await this.database.manager.findOneBy(PlanEntity, { id: planId });
    if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
    const facts = await this.facts.ofCycle(plan.cycleId);
    const names = namesOf(facts.cycle.rules, facts.roster, facts.meetings, facts.seats);
    return plan.changes.map((change) => takeOverOf(change, facts, names));
  }

  /** Writes the changes of a what-if plan into the year, all or none; the plan can then be published. */
  async takeOver(planId: string, actor: Actor): Promise<void> {
    await this.attendees.nobodyTwice(async (tx) => {
      const plan = await tx.findOne(PlanEntity, { where: { id: planId }, lock: { mode: 'pessimistic_write' } });
      if (!plan) throw Refusal.of(planningRefusals, 'planning.unknown');
      if (plan.changes.length === 0 || plan.takenOverAt || !['ready', 'failed'].includes(plan.state))
        throw Refusal.of(planningRefusals, 'planning.nothing-to-take-over');
      const moved = await this.write(tx, plan.cycleId, plan.changes, actor);
      await tx.update(
        PlanEntity,
        { id: planId },
        { takenOverAt: this.clock.now().toJSDate(), basis: { ...plan.basis, ...unchanged(plan.basis, moved) } },
      );
      await this.trail.record(tx, {
        actor,
        verb: 'planning.take-over',
        subject: `plan/${planId}`,
        after: plan.changes,
      });
    });
  }

  /** One change written into the year: something that was asked for and agreed to */
  async applyChange(cycleId: string, typed: YearChange, actor: Actor): Promise<void> {
    await this.applyChanges(cycleId, [typed], actor);
  }

  /** Several that belong together, all or none; each has an entry of its own in the trail. */
  async applyChanges(cycleId: string, typed: readonly YearChange[], actor: Actor): Promise<void> {
    const changes = readChanges(typed);
    await this.attendees.nobodyTwice(async (tx) => {
      await this.write(tx, cycleId, changes, actor);
      for (const change of changes) await this.record(tx, actor, 'planning.apply-change', cycleId, change);
    });
  }

  /** @returns revisions of the meetings that were moved by it, before and after */
  private async write(
    tx: EntityManager,
    cycleId: string,
    changes: readonly YearChange[],
    actor: Actor,
  ): Promise<Moved[]> {
    await this.cycleQueries.locked(cycleId, tx);
    const facts = await this.facts.ofCycle(cycleId, tx);
    const refusals = changes.map((change) => refusalOf(change, facts)).filter((one) => one !== null);
    if (refusals.length > 0)
      throw Refusal.of(planningRefusals, 'planning.cannot-take-over', { what: joinTexts(refusals, ' ', ' ') });
    const kept: YearChange[] = [];
    for (const change of changes) {
      if (change.change === 'half-days') {
        const { person, from, to, half, state } = change;
        await this.availability.write(tx, person, [{ from, to, half, state, comment: ASKED }], 'staff', actor);
      } else if (change.change === 'window') await this.setWindows(tx, facts, change, actor);
      else if (change.change === 'unlock' || change.change === 'fix') await this.pin(tx, facts, change, actor);
      else kept.push(change);
    }
    if (kept.length > 0) await this.keep(tx, cycleId, merged(await keptChanges(tx, cycleId), kept));
    const now = new Map((await this.meetingQueries.ofCycle(cycleId, tx)).map((one) => [one.key, one.revision]));
    return facts.meetings
      .map(({ key, revision }) => ({ key, before: revision, after: now.get(key)! }))
      .filter(({ before, after }) => before !== after);
  }

  private async setWindows(
    tx: EntityManager,
    { cycle, meetings }: YearFacts,
    { of, from, to }: { readonly of: string; readonly from?: CalendarDate; readonly to?: CalendarDate },
    actor: Actor,
  ): Promise<void> {
    for (const meeting of meetings.filter((one) => one.state !== 'cancelled' && isAbout(of, one)))
      await this.meetings.setWindow(
        tx,
        meeting.id,
        { from: from ?? meeting.windowFrom!, to: to ?? meeting.windowTo! },
        actor,
      );
    const activity = activityOf(cycle.rules, of);
    if (activity?.what !== 'meeting' || !activity.window) return;
    const window = { from: from?.slice(5) ?? activity.window.from, to: to?.slice(5) ?? activity.window.to };
    await this.cycles.setWindow(tx, cycle.id, of, window, actor);
  }

  private async pin(
    tx: EntityManager,
    { cycle, meetings }: YearFacts,
    change: Extract<YearChange, { change: 'unlock' | 'fix' }>,
    actor: Actor,
  ): Promise<void> {
    const meeting = meetings.find((one) => one.key === change.meeting)!;
    if (change.change === 'unlock') {
      if (change.seats) await this.attendees.leaveToPlan(tx, meeting.id, change.seats, actor);
      else await this.meetings.pin(tx, meeting.id, null, actor);
      return;
    }
    const activity = meetingActivityOf(cycle.rules, meeting.activity);
    const planned = { halfDays: meeting.halfDays, ...(activity?.hours ? { hours: activity.hours } : {}) };
    await this.meetings.pin(tx, meeting.id, whenPlanned(planned, change.day, change.half === 'am' ? 0 : 1), actor);
  }

  private async keep(tx: EntityManager, cycleId: string, changes: YearChange[]): Promise<void> {
    await tx.upsert(YearRulesEntity, { cycleId, changes }, ['cycleId']);
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    verb: string,
    cycleId: string,
    after: unknown,
    before?: unknown,
  ): Promise<void> {
    await this.trail.record(tx, { actor, verb, subject: `cycle/${cycleId}`, before, after });
  }
}

interface Moved {
  readonly key: string;
  readonly before: number;
  readonly after: number;
}

/** A plan that knew a meeting as it was before its own changes were written knows it as it is now. */
const unchanged = (basis: Readonly<Record<string, number>>, moved: readonly Moved[]): Record<string, number> =>
  Object.fromEntries(moved.filter(({ key, before }) => basis[key] === before).map(({ key, after }) => [key, after]));

const percentsIn = (changes: readonly YearChange[]): Record<string, number> =>
  Object.fromEntries(changesOf(changes, 'weight').map(({ part, percent }) => [part, percent]));
const orderIn = (changes: readonly YearChange[]): string[][] => changesOf(changes, 'order').at(-1)?.order ?? [];
const without100 = (percents: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(percents).filter(([, percent]) => percent !== 100));

/** @throws Refusal where a part is not known, or named twice */
export function refuseOrder(order: readonly (readonly string[])[], known: readonly string[]): void {
  const parts = order.flat();
  const isFine = Order.safeParse(order).success && new Set(parts).size === parts.length;
  if (!isFine || parts.some((part) => !known.includes(part))) throw Refusal.of(planningRefusals, 'planning.bad-order');
}
