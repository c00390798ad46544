import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import type { Seating } from '../meetings/attendees.service.ts';
import type { Alternative } from './explain/alternatives.ts';
import type { PaidOtherwise } from './explain/charges-apart.ts';
import type { Instance, PlacedMeeting, Plan } from './instance.ts';
import { PlanEntity } from './plan.entity.ts';
import { alternativesIn } from './questions.service.ts';
import type { CalledAs } from './questions.ts';
import { seatingsOf, type PublishFacts } from './publish.ts';
import { planningRefusals } from './refusals.ts';
import type { SaidCharge } from './rules/finding.ts';
import { standingPlan, withoutFixedDays } from './standing-plan.ts';
import { YearFactsReader } from './year-facts.service.ts';
import { yearInstance } from './year-instance.ts';
import { calledIn } from './year-titles.ts';

/** What it would cost to have a meeting begin then */
export interface DayPrice {
  readonly date: CalendarDate;
  readonly half: 'am' | 'pm';
  /** Against where it is now, or against the best day where it has none; null: it cannot be then */
  readonly difference: number | null;
  /** It would have to be online */
  readonly online: boolean;
  /** What becomes dearer and what cheaper, the dearest first; the costs add up to the difference */
  readonly parts: readonly PricePart[];
  /** Who would sit in the seats that are chosen by the plan; the others are filled as ever */
  readonly seatings: readonly Seating[];
  /** Who or what forbids it */
  readonly reasons: readonly Text[];
  /** Where it is now */
  readonly current: boolean;
}

export interface PricePart {
  /** What it is paid for: another meeting, a load; null where that is the meeting itself */
  readonly of: Text | null;
  readonly text: Text;
  readonly cost: number;
}

interface Ground {
  readonly facts: PublishFacts;
  readonly instance: Instance;
  readonly plan: Plan;
  /** What of it somebody decided; of the year as it stands the rest is only assumed */
  readonly decided: Pick<Plan, 'assignments' | 'panels'>;
  readonly called: CalledAs;
}

/** A year or plan that was asked about, beside the warm thread that answers, and the answers for good */
interface Known {
  readonly ground: Promise<Ground>;
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

  private async asked(key: string, ground: Ground, meetingKey: string, signal?: AbortSignal): Promise<DayPrice[]> {
    const { instance, plan, called } = ground;
    if (!instance.meetings.some(({ id }) => id === meetingKey))
      throw Refusal.of(planningRefusals, 'planning.unknown-meeting', { meeting: meetingKey });
    const read = async () => ({ instance, plan, called });
    const found = await alternativesIn({ key, read }, meetingKey, { parts: true, ...(signal ? { signal } : {}) });
    return pricesOf(ground, meetingKey, found);
  }

  private recall(key: string, read: () => Promise<Ground>): Known {
    const known = this.known.get(key) ?? { ground: read(), prices: new Map() };
    this.known.delete(key);
    this.known.set(key, known);
    for (const oldest of this.known.keys()) if (this.known.size > KEPT) this.known.delete(oldest);
    known.ground.catch(() => this.known.delete(key));
    return known;
  }

  private async ofPlan(planId: string): Promise<Ground> {
    const row = await this.database.manager.findOneBy(PlanEntity, { id: planId });
    if (!row) throw Refusal.of(planningRefusals, 'planning.unknown');
    if (!row.plan) throw Refusal.of(planningRefusals, 'planning.not-ready');
    const facts = await this.facts.namesOf(row.cycleId);
    const instance = withoutFixedDays(row.instance as Instance);
    const plan = row.plan as Plan;
    return { facts, instance, plan, decided: plan, called: calledIn(facts) };
  }

  /** What staff fixed stays, whatever people say; only the meeting that is asked about may be elsewhere. */
  private async ofYear(cycleId: string, free: string | undefined): Promise<Ground> {
    const facts = await this.facts.ofCycle(cycleId);
    const meetings = facts.meetings.map((one) => (one.key === free ? { ...one, fixedByStaff: false } : one));
    const { instance } = yearInstance({ ...facts, meetings });
    // each step takes some tens of milliseconds, in which nobody else is served
    await breath();
    const decided = instance.reference ?? { assignments: {}, panels: {} };
    return { facts, instance, plan: standingPlan(instance), decided, called: calledIn(facts) };
  }

  /** @returns its key, where staff fixed its day */
  private async fixedByStaff(cycleId: string, key: string): Promise<string | undefined> {
    const rows: unknown[] = await this.database.query(
      'select 1 from meeting where cycle_id = $1 and key = $2 and fixed_by_staff',
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

function pricesOf(ground: Ground, key: string, found: readonly Alternative[]): DayPrice[] {
  const { instance, plan } = ground;
  const now = plan.meetings[key]?.start;
  const differences = found.flatMap((one) => ('difference' in one ? [one] : []));
  // where it is now counts as it is, even where others in its seats would cost less
  const stands = differences.some(({ start }) => start === now);
  const zero = stands ? 0 : Math.min(...differences.map(({ difference }) => difference));
  return found.map((one): DayPrice => {
    const day = instance.days[one.start >> 1]!.date as CalendarDate;
    const when = {
      date: day,
      half: one.start % 2 === 0 ? ('am' as const) : ('pm' as const),
      current: one.start === now,
    };
    if (!('difference' in one))
      return {
        ...when,
        difference: null,
        online: false,
        parts: [],
        seatings: [],
        reasons: one.blocked.map(({ text }) => text),
      };
    return {
      ...when,
      difference: stands && one.start === now ? 0 : one.difference - zero,
      online: one.placed.online === true,
      // of a meeting without a day, or that cannot stay, the parts would say that and nothing else
      parts: !stands || one.start === now ? [] : partsOf(ground, key, one.parts ?? []),
      seatings: seatingsAt(ground, key, one.placed, day),
      reasons: [],
    };
  });
}

const partsOf = ({ called }: Ground, key: string, parts: readonly PaidOtherwise<SaidCharge>[]): PricePart[] =>
  parts.map(({ charge: { where, text }, difference }) => {
    const [of = ''] = where.split(' ');
    return { of: of === key ? null : (called.things?.[of] ?? null), text, cost: difference };
  });

/** Nobody is seated whom only the standing plan assumes: an officer or a panel that was never decided */
function seatingsAt(
  { facts, instance, decided }: Ground,
  key: string,
  placed: PlacedMeeting,
  day: CalendarDate,
): Seating[] {
  const meeting = facts.meetings.find((one) => one.key === key);
  const panelOf = new Map(
    instance.meetings
      .find(({ id }) => id === key)!
      .seats.flatMap((seat) => ('panel' in seat ? [[seat.id, decided.panels[seat.panel] ?? []] as const] : [])),
  );
  const attending = Object.fromEntries(
    Object.entries(placed.attending).map(([seat, people]) => [
      seat,
      people.filter((person) => panelOf.get(seat)?.includes(person)),
    ]),
  );
  return meeting ? seatingsOf(facts, meeting, { ...placed, attending }, instance, decided, day) : [];
}
