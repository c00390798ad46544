import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { joinTexts, type Text } from '../kernel/text.ts';
import { Attendees, type Seating } from '../meetings/attendees.service.ts';
import type { MeetingChange } from '../meetings/meeting-change.ts';
import { clockTimes, whenPlanned } from '../meetings/meeting-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { Meetings } from '../meetings/meetings.service.ts';
import { meetingRefusals } from '../meetings/refusals.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import type { DayPrice, HearingThen } from './day-price.ts';
import { DayPrices } from './day-prices.service.ts';
import { planningRefusals } from './refusals.ts';

export interface YearMove {
  readonly meetingKey: string;
  readonly day: CalendarDate;
  readonly half: 'am' | 'pm';
  /** The revision that staff were looking at */
  readonly shown: number;
}

/** How a meeting stood before it was moved */
type Before = Pick<MeetingChange, 'firstDay' | 'lastDay' | 'from' | 'to' | 'mode' | 'fixedByStaff'> & {
  readonly seatings: readonly Seating[];
  /** Of a committee: the hearings that went with it */
  readonly parts?: readonly (Before & { readonly id: string })[];
};

/** Revisions after a move: whatever was changed since is not put back. */
interface After {
  readonly revision: number;
  readonly parts?: readonly { readonly id: string; readonly revision: number }[];
}

const MOVE = 'planning.move';

/**
 * One meeting moved to a day with its price: the people change with the day, a committee takes its hearings along, all or nothing, and
 * nobody is told before release.
 */
@Injectable()
export class YearMoves {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly prices: DayPrices,
    private readonly cycles: CycleQueries,
    private readonly queries: MeetingQueries,
    private readonly meetings: Meetings,
    private readonly attendees: Attendees,
    private readonly trail: Trail,
  ) {}

  /**
   * The day with whoever sits there for the price that was shown; the day is fixed by staff from then on.
   * @throws Refusal where the day is not possible, says who or what forbids it; where the meeting was changed meanwhile
   */
  async move(cycleId: string, { meetingKey, day, half, shown }: YearMove, actor: Actor): Promise<Meeting> {
    const found = await this.prices.of(cycleId, meetingKey);
    const price = found.find((one) => one.date === day && one.half === half);
    const { id, title } = await this.queries.named(cycleId, meetingKey);
    if (!price || price.difference === null) throw impossible(title, price);
    return this.attendees.nobodyTwice(async (tx) => {
      const before = await this.queries.locked(id, tx);
      const seatings = await this.seatingsNow(tx, id, price.seatings);
      const { rules } = await this.cycles.one(cycleId, tx);
      const activity = meetingActivityOf(rules, before.activity)!;
      const when = whenPlanned({ ...activity, halfDays: before.halfDays }, day, half === 'am' ? 0 : 1);
      const parts = await this.standing(tx, price.hearings);
      const after = await this.meetings.setIn(tx, id, { ...when, ...modeOf(before, price) }, actor, shown);
      await this.attendees.seat(tx, id, price.seatings, actor);
      const moved: Meeting[] = [];
      for (const hearing of price.hearings) {
        moved.push(await this.meetings.schedule(tx, hearing.meetingId, hearing.when, undefined, actor));
        await this.attendees.seat(tx, hearing.meetingId, hearing.seatings, actor);
      }
      await this.record(tx, actor, after, moved, { ...standingOf(before), seatings, parts });
      return after;
    });
  }

  /** Puts a meeting back to the day, mode and people that it had before its last move. @throws Refusal where it was changed since */
  async back(cycleId: string, meetingKey: string, shown: number, actor: Actor): Promise<Meeting> {
    return this.attendees.nobodyTwice(async (tx) => {
      const meeting = await this.queries.named(cycleId, meetingKey, tx);
      const before = shown === meeting.revision ? await this.lastMove(meeting, tx) : undefined;
      if (!before) throw Refusal.of(meetingRefusals, 'meetings.changed-meanwhile', { title: meeting.title });
      const { parts = [], ...own } = before;
      const after = await this.putBack(tx, meeting.id, own, actor, shown);
      for (const { id, ...part } of parts) await this.putBack(tx, id, part, actor);
      return after;
    });
  }

  private async putBack(
    tx: EntityManager,
    id: string,
    { seatings, ...change }: Before,
    actor: Actor,
    shown?: number,
  ): Promise<Meeting> {
    const after = await this.meetings.setIn(tx, id, change, actor, shown);
    await this.attendees.seat(tx, id, seatings, actor);
    return after;
  }

  /** How the hearings of a committee stand that go with it */
  private async standing(tx: EntityManager, hearings: readonly HearingThen[]): Promise<(Before & { id: string })[]> {
    const parts: (Before & { id: string })[] = [];
    for (const { meetingId: id, seatings } of hearings) {
      const before = await this.queries.locked(id, tx);
      parts.push({ id, ...standingOf(before), seatings: await this.seatingsNow(tx, id, seatings) });
    }
    return parts;
  }

  /** Whether it stands where it was moved to last, and had a day before */
  async canBePutBack(meeting: Meeting): Promise<boolean> {
    return (await this.lastMove(meeting, this.database.manager)) !== undefined;
  }

  /** Whom the plan, and not staff, put into the seats that are filled anew */
  private async seatingsNow(tx: EntityManager, meetingId: string, coming: readonly Seating[]): Promise<Seating[]> {
    const seats = await this.queries.seatsOf([meetingId], tx);
    const keys = new Set(coming.map(({ seatKey }) => seatKey));
    return (await this.queries.attendeesOf([meetingId], tx)).flatMap(({ seatId, personId, post, byHand }) => {
      const seat = seats.find(({ id, key }) => id === seatId && keys.has(key));
      return seat && !byHand ? [{ seatKey: seat.key, person: personId, post }] : [];
    });
  }

  private async lastMove({ id, revision }: Meeting, tx: EntityManager): Promise<Before | undefined> {
    const [row]: { before: { standing: Before }; after: After }[] = await tx.query(
      `select before, after from trail where subject = $1 and verb = $2 order by number desc limit 1`,
      [`meeting/${id}`, MOVE],
    );
    const standing = row?.before.standing;
    if (!standing?.firstDay || row?.after.revision !== revision) return undefined;
    for (const part of row.after.parts ?? [])
      if ((await this.queries.one(part.id, tx)).revision !== part.revision) return undefined;
    return standing;
  }

  /** The change itself has its own entries; this one knows how to put it back. */
  private async record(
    tx: EntityManager,
    actor: Actor,
    { id, revision }: Meeting,
    moved: readonly Meeting[],
    standing: Before,
  ): Promise<void> {
    const deed = { actor, verb: MOVE, subject: `meeting/${id}` };
    const after: After = { revision, parts: moved.map((part) => ({ id: part.id, revision: part.revision })) };
    await this.trail.record(tx, { ...deed, before: { standing }, after });
  }
}

/** A mode is only changed where the price is for another; a hybrid meeting is on site as well. */
function modeOf({ mode }: Meeting, { online }: DayPrice): Pick<MeetingChange, 'mode'> {
  if (online) return mode === 'online' ? {} : { mode: 'online' };
  return mode === 'online' ? { mode: 'on-site' } : {};
}

function standingOf({
  firstDay,
  lastDay,
  startsAt,
  endsAt,
  zone,
  mode,
  fixedByStaff,
}: Meeting): Omit<Before, 'seatings'> {
  if (!firstDay || !lastDay || !startsAt || !endsAt) return { mode, fixedByStaff };
  return { firstDay, lastDay, ...clockTimes({ startsAt, endsAt, zone }), mode, fixedByStaff };
}

const impossible = (title: Text, price: DayPrice | undefined): Refusal =>
  Refusal.of(planningRefusals, price ? 'planning.cannot-be-then' : 'planning.not-a-day-for-it', {
    title,
    reasons: joinTexts(price?.reasons ?? [], '／', '; '),
  });
