import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import { conferencePrices } from './conference-price.ts';
import { pricesOf, type DayPrice, type PriceGround } from './day-price.ts';
import type { Instance, Plan } from './instance.ts';
import { PlanEntity } from './plan.entity.ts';
import { alternativesIn, builtYear, conferenceDaysIn } from './questions.service.ts';
import { planningRefusals } from './refusals.ts';
import { standingPlan, withoutFixedDays, withoutFixedHearings } from './standing-plan.ts';
import { YearFactsReader } from './year-facts.service.ts';
import { calledIn } from './year-titles.ts';

/** A year or plan that was asked about, beside the warm thread that answers, and the answers for good */
interface Known {
  readonly ground: Promise<PriceGround>;
  readonly prices: Map<string, Promise<DayPrice[]>>;
}

const KEPT = 6;

/** The price of each day for one meeting, all else as it is: of a plan, or of the year as it stands */
@Injectable()
export class DayPrices {
  private readonly known = new Map<string, Known>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly facts: YearFactsReader,
  ) {}

  /**
   * Every start in the meeting's window, in the order of time.
   * @param planId left out: the year as it stands, set by hand or not
   * @throws Refusal where there is no such plan, or the meeting is not planned
   */
  async of(cycleId: string, meetingKey: string, planId?: string, signal?: AbortSignal): Promise<DayPrice[]> {
    const fixed = planId ? undefined : await this.fixedByStaff(cycleId, meetingKey);
    const key = planId ? `plan ${planId}` : `year ${cycleId} ${await this.lastDeed()} ${fixed ?? ''}`;
    const known = this.recall(key, () => (planId ? this.ofPlan(planId) : this.ofYear(cycleId, fixed)));
    const ground = await known.ground;
    // an answer that somebody may take back is nobody else's
    if (signal) return this.asked(key, ground, meetingKey, signal);
    const asked = known.prices.get(meetingKey) ?? this.asked(key, ground, meetingKey);
    known.prices.set(meetingKey, asked);
    asked.catch(() => known.prices.delete(meetingKey));
    return asked;
  }

  private async asked(key: string, ground: PriceGround, meetingKey: string, signal?: AbortSignal): Promise<DayPrice[]> {
    const { instance, plan, called } = ground;
    const read = async () => ({ instance, plan, called });
    const about = { key, read };
    if (instance.conferences.some(({ id }) => id === meetingKey))
      return conferencePrices(ground, meetingKey, await conferenceDaysIn(about, meetingKey, signal ? { signal } : {}));
    if (!instance.meetings.some(({ id }) => id === meetingKey))
      throw Refusal.of(planningRefusals, 'planning.unknown-meeting', { meeting: meetingKey });
    const found = await alternativesIn(about, meetingKey, { parts: true, ...(signal ? { signal } : {}) });
    return pricesOf(ground, meetingKey, found);
  }

  private recall(key: string, read: () => Promise<PriceGround>): Known {
    const known = this.known.get(key) ?? { ground: read(), prices: new Map() };
    this.known.delete(key);
    this.known.set(key, known);
    for (const oldest of this.known.keys()) if (this.known.size > KEPT) this.known.delete(oldest);
    known.ground.catch(() => this.known.delete(key));
    return known;
  }

  private async ofPlan(planId: string): Promise<PriceGround> {
    const row = await this.database.manager.findOneBy(PlanEntity, { id: planId });
    if (!row) throw Refusal.of(planningRefusals, 'planning.unknown');
    if (!row.plan) throw Refusal.of(planningRefusals, 'planning.not-ready');
    const facts = await this.facts.namesOf(row.cycleId);
    const instance = withoutFixedDays(row.instance as Instance);
    const plan = row.plan as Plan;
    return { facts, instance, plan, decided: plan, called: calledIn(facts) };
  }

  /** What staff fixed stays, whatever people say; only the meeting that is asked about may be elsewhere. */
  private async ofYear(cycleId: string, free: string | undefined): Promise<PriceGround> {
    const facts = await this.facts.ofCycle(cycleId);
    const meetings = facts.meetings.map((one) => (one.key === free ? { ...one, fixedByStaff: false } : one));
    const { instance: given } = await builtYear({ ...facts, meetings });
    const instance = withoutFixedHearings(given, free);
    // each step takes some tens of milliseconds, in which nobody else is served
    await breath();
    const decided = instance.reference ?? { assignments: {}, panels: {} };
    return { facts, instance, plan: standingPlan(instance), decided, called: calledIn(facts) };
  }

  /** @returns its key, where staff fixed its day, or that of one of its parts */
  private async fixedByStaff(cycleId: string, key: string): Promise<string | undefined> {
    const rows: unknown[] = await this.database.query(
      `select 1 from meeting m left join meeting w on w.id = m.part_of
        where m.cycle_id = $1 and $2 in (m.key, w.key) and m.fixed_by_staff`,
      [cycleId, key],
    );
    return rows.length ? key : undefined;
  }

  /** Nothing changes without an entry in the trail: while the last one is the same, so is the year. */
  private async lastDeed(): Promise<string> {
    // numbers are given before entries can be read: one that comes late is counted
    const [last]: [{ number: string | null; count: string }] = await this.database.query(
      `select max(number) as number, count(*) as count from trail where number > (select max(number) - 200 from trail)`,
    );
    return `${last.number ?? 'none'} ${last.count}`;
  }
}
