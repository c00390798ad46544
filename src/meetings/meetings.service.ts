import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { GeneratedMeeting } from '../cycle/generated-year.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { AttendeeList } from './attendee-list.service.ts';
import { Attendees } from './attendees.service.ts';
import { Bookings } from './bookings.service.ts';
import { undatedMeeting } from './generated-meeting.ts';
import { asksAgain, difference, fieldsOf, heldAfter, setsTime, type MeetingChange } from './meeting-change.ts';
import { partFollowing } from './meeting-parts.ts';
import type { When } from './meeting-time.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Meeting } from './meeting.ts';
import { meetingCancelled, meetingMoved, meetingScheduled } from './meetings.facts.ts';
import { meetingRefusals } from './refusals.ts';
import { SeatEntity } from './seat.entity.ts';
import { timeAfter } from './time-after.ts';

/** Commands on meetings. None of them sends a mail: what people have to be told follows from the difference to what they were last sent. */
@Injectable()
export class Meetings {
  constructor(
    private readonly attendees: Attendees,
    private readonly list: AttendeeList,
    private readonly bookings: Bookings,
    private readonly cycles: CycleQueries,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Writes the meetings of a new year, undated, with their seats. Their parts follow them in the list. */
  async draft(tx: EntityManager, cycleId: string, zone: string, rows: readonly GeneratedMeeting[]): Promise<void> {
    const roster = await this.list.roster(tx);
    const { rules } = await this.cycles.one(cycleId, tx);
    const ids = new Map<string, string>();
    for (const row of [...rows].sort((a, b) => Number(a.partOf !== null) - Number(b.partOf !== null))) {
      const id = newId();
      ids.set(row.key, id);
      const partOf = row.partOf === null ? null : (ids.get(row.partOf) ?? null);
      const its = { id, cycleId, partOf, zone };
      await tx.insert(MeetingEntity, undatedMeeting(row, its, roster, meetingActivityOf(rules, row.activity)));
      if (row.seats.length > 0)
        await tx.insert(
          SeatEntity,
          row.seats.map(({ choices: _, ...seat }, position) => ({ ...seat, id: newId(), meetingId: id, position })),
        );
    }
  }

  /** One meeting set by hand. `shown`: the revision that staff were looking at; another one by now is refused. */
  async set(meetingId: string, change: MeetingChange, actor: Actor, shown?: number): Promise<Meeting> {
    return this.attendees.nobodyTwice((tx) => this.setIn(tx, meetingId, change, actor, shown));
  }

  /** The same as part of a larger change. The caller is in `Attendees.nobodyTwice`. */
  async setIn(
    tx: EntityManager,
    meetingId: string,
    change: MeetingChange,
    actor: Actor,
    shown?: number,
  ): Promise<Meeting> {
    const meeting = await this.lock(tx, meetingId);
    if (shown !== undefined && shown !== meeting.revision)
      throw Refusal.of(meetingRefusals, 'meetings.changed-meanwhile', { title: meeting.title });
    const fixed = setsTime(change) ? { fixedByStaff: change.fixedByStaff ?? true } : {};
    return this.apply(tx, meeting, { ...change, ...fixed }, actor);
  }

  /**
   * A day that the plan chose; staff's own fields (place, link) stay. The caller is in `Attendees.nobodyTwice`.
   * @param held whether a new day is only held until staff fix it; a meeting that stays where it is stays as firm as it is
   */
  async schedule(
    tx: EntityManager,
    meetingId: string,
    when: When,
    mode: 'on-site' | 'online' | undefined,
    actor: Actor,
    held = false,
  ): Promise<Meeting> {
    const meeting = await this.lock(tx, meetingId);
    const { startsAt, endsAt } = await this.time(tx, meeting, when);
    const isNew = !isDeepStrictEqual([startsAt, endsAt], [meeting.startsAt, meeting.endsAt]);
    const hold = held && isNew ? { provisional: true } : {};
    return this.apply(tx, meeting, { ...when, ...(mode ? { mode } : {}), ...hold }, actor);
  }

  /** Days that were held are fixed, all or none. @throws Refusal where one was changed since staff looked at it */
  async fixHeld(held: readonly { readonly id: string; readonly shown: number }[], actor: Actor): Promise<void> {
    await this.attendees.nobodyTwice(async (tx) => {
      for (const { id, shown } of held) await this.setIn(tx, id, { provisional: false }, actor, shown);
    });
  }

  /** Staff's own day for a meeting (`null`: the planner may move it again), as part of a larger change. The caller is in `Attendees.nobodyTwice`. */
  async pin(tx: EntityManager, meetingId: string, when: When | null, actor: Actor): Promise<Meeting> {
    const meeting = await this.lock(tx, meetingId);
    return this.apply(tx, meeting, { ...when, fixedByStaff: when !== null }, actor);
  }

  /** From when to when a meeting may be planned; a day that it has already stays. */
  async setWindow(
    tx: EntityManager,
    meetingId: string,
    window: { readonly from: CalendarDate; readonly to: CalendarDate },
    actor: Actor,
  ): Promise<void> {
    const meeting = await this.lock(tx, meetingId);
    refuse(notCancelled(meeting));
    const before = { windowFrom: meeting.windowFrom, windowTo: meeting.windowTo };
    const after = { windowFrom: window.from, windowTo: window.to };
    if (isDeepStrictEqual(before, after)) return;
    await tx.update(MeetingEntity, { id: meetingId }, after);
    await this.record(tx, actor, 'meeting.set', meetingId, before, after);
  }

  /** A meeting and its parts */
  async cancel(meetingId: string, actor: Actor): Promise<void> {
    await this.attendees.nobodyTwice(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      refuse(notCancelled(meeting));
      const parts = (await this.partsOf(tx, meetingId)).filter((part) => part.state !== 'cancelled');
      for (const one of [meeting, ...parts]) {
        await tx.update(
          MeetingEntity,
          { id: one.id },
          { state: 'cancelled', revision: one.revision + 1, cancelledWith: one === meeting ? null : meetingId },
        );
        await this.bookings.book(tx, one.id);
        await this.record(tx, actor, 'meeting.cancel', one.id, { state: one.state }, { state: 'cancelled' });
        await this.jobs.announce(tx, meetingCancelled, { meetingId: one.id });
      }
    });
  }

  /**
   * Takes a cancellation back: the meeting is there again, at its time if it had one, with the parts that were cancelled with it. Whoever
   * was told is invited anew.
   */
  async reinstate(meetingId: string, actor: Actor): Promise<void> {
    await this.attendees.nobodyTwice(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      if (meeting.state !== 'cancelled')
        throw Refusal.of(meetingRefusals, 'meetings.not-cancelled', { title: meeting.title });
      await this.refuseWhereWholeIsCancelled(tx, meeting);
      const parts = (await this.partsOf(tx, meetingId)).filter((part) => part.cancelledWith === meetingId);
      for (const one of [meeting, ...parts]) {
        const state = one.startsAt ? 'scheduled' : 'undated';
        await tx.update(MeetingEntity, { id: one.id }, { state, revision: one.revision + 1, cancelledWith: null });
        await this.attendees.askAgain(tx, one.id, actor);
        await this.record(tx, actor, 'meeting.reinstate', one.id, { state: 'cancelled' }, { state });
        await this.jobs.announce(tx, meetingScheduled, { meetingId: one.id });
      }
    });
  }

  private async apply(tx: EntityManager, before: Meeting, change: MeetingChange, actor: Actor): Promise<Meeting> {
    refuse(notCancelled(before));
    if (setsTime(change)) await this.refuseWhereWholeIsCancelled(tx, before);
    const after: Meeting = { ...before, ...(await this.time(tx, before, change)), ...fieldsOf(change) };
    const differences = difference(before, after);
    if (Object.keys(differences.after).length === 0) return before;
    const again = asksAgain(before, after) || before.state !== after.state;
    if (again) after.revision = before.revision + 1;
    Object.assign(after, heldAfter(before, after));
    const { id, ...columns } = after;
    await tx.update(MeetingEntity, { id }, columns);
    if (again) await this.attendees.askAgain(tx, id, actor);
    const first = before.state === 'undated' && after.state === 'scheduled';
    const verb = first ? 'meeting.schedule' : 'meeting.set';
    await this.record(tx, actor, verb, id, differences.before, differences.after);
    if (again && after.state === 'scheduled')
      await this.jobs.announce(tx, first ? meetingScheduled : meetingMoved, { meetingId: id });
    await this.moveParts(tx, before, after, actor);
    return after;
  }

  private async moveParts(tx: EntityManager, before: Meeting, after: Meeting, actor: Actor): Promise<void> {
    if (before.firstDay === after.firstDay && before.provisional === after.provisional) return;
    const parts = await this.partsOf(tx, before.id);
    if (parts.length === 0) return;
    const { rules } = await this.cycles.one(before.cycleId, tx);
    for (const part of parts) {
      const following = partFollowing(part, meetingActivityOf(rules, part.activity), before, after);
      if (following) await this.apply(tx, part, following, actor);
    }
  }

  private async time(tx: EntityManager, before: Meeting, change: MeetingChange): Promise<Partial<Meeting>> {
    if (!setsTime(change)) return {};
    const { rules, fiscalYear } = await this.cycles.one(before.cycleId, tx);
    const activity = meetingActivityOf(rules, before.activity);
    const time = timeAfter(before, change, { fiscalYear, activity, now: this.clock.now().toJSDate() });
    if (time instanceof Refusal) throw time;
    return time;
  }

  private async refuseWhereWholeIsCancelled(tx: EntityManager, part: Meeting): Promise<void> {
    const whole = part.partOf === null ? null : await tx.findOneBy(MeetingEntity, { id: part.partOf });
    if (whole?.state === 'cancelled')
      throw Refusal.of(meetingRefusals, 'meetings.whole-cancelled', { title: part.title, whole: whole.title });
  }

  private async lock(tx: EntityManager, id: string): Promise<MeetingEntity> {
    const meeting = await tx.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    return meeting;
  }

  /** Held until the end of the transaction, in the order of their ids */
  private async partsOf(tx: EntityManager, wholeId: string): Promise<MeetingEntity[]> {
    return tx.find(MeetingEntity, {
      where: { partOf: wholeId },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    verb: string,
    meetingId: string,
    before: object,
    after: object,
  ): Promise<void> {
    await this.trail.record(tx, { actor, verb, subject: `meeting/${meetingId}`, before, after });
  }
}

const notCancelled = (meeting: Meeting) =>
  meeting.state === 'cancelled'
    ? Refusal.of(meetingRefusals, 'meetings.cancelled', { title: meeting.title })
    : undefined;
