import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import { AttendeeList } from './attendee-list.service.ts';
import { AttendeeEntity } from './attendee.entity.ts';
import { Bookings } from './bookings.service.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Attendance, Attendee, Meeting, Seat, Side } from './meeting.ts';
import { attendanceChanged } from './meetings.facts.ts';
import { meetingRefusals } from './refusals.ts';
import { SeatFilling } from './seat-filling.service.ts';
import { SeatEntity } from './seat.entity.ts';

/** Who shall sit in a seat, and for which post */
export interface Seating {
  readonly seatKey: string;
  readonly person: string;
  readonly post: string | null;
}

/** Somebody whom staff add: to a seat of the meeting, or with a role of their own */
export interface NewAttendee {
  readonly person: string;
  readonly seatId?: string;
  readonly role?: Text;
  readonly side?: Side;
  readonly required?: boolean;
  readonly online?: boolean;
}

/** PostgreSQL's codes: an exclusion was broken; two transactions waited for each other */
const EXCLUSION_VIOLATION = '23P01';
const DEADLOCK = '40P01';
const ATTEMPTS = 3;

/** Who is asked to a meeting, and the bookings of their time */
@Injectable()
export class Attendees {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly list: AttendeeList,
    private readonly filling: SeatFilling,
    private readonly bookings: Bookings,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** @returns the id of the new attendee */
  async add(meetingId: string, wanted: NewAttendee, actor: Actor): Promise<string> {
    return this.nobodyTwice(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      const { seatId, ...rest } = wanted;
      const seat = await this.seatOf(tx, meeting, seatId ?? null);
      const id = await this.list.put(tx, meeting, { ...rest, seat, byHand: true });
      await this.bookings.book(tx, meetingId);
      await this.record(tx, actor, 'attendee.add', meetingId, { after: { person: wanted.person } });
      await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId: id });
      return id;
    });
  }

  async remove(attendeeId: string, actor: Actor): Promise<void> {
    await this.nobodyTwice(async (tx) => {
      const { attendee } = await this.lockWithMeeting(tx, attendeeId);
      const { meetingId, personId } = attendee;
      await this.list.takeOff(tx, [attendee], true);
      await this.record(tx, actor, 'attendee.remove', meetingId, { before: { person: personId } });
      await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId });
    });
  }

  /** Whoever staff put into these seats is the planner's to choose again. */
  async leaveToPlan(tx: EntityManager, meetingId: string, seatKeys: readonly string[], actor: Actor): Promise<void> {
    const seats = await tx.findBy(SeatEntity, { meetingId, key: In([...seatKeys]) });
    const ids = seats.map((seat) => seat.id);
    const there = (await this.list.of(tx, meetingId)).filter((one) => one.byHand && ids.includes(one.seatId ?? ''));
    if (there.length === 0) return;
    await tx.update(AttendeeEntity, { id: In(there.map((one) => one.id)) }, { byHand: false });
    const people = there.map((one) => one.personId);
    await this.record(tx, actor, 'attendee.leave-to-plan', meetingId, { before: { people } });
  }

  /** Another person in the same seat. @returns the id of the new attendee */
  async replace(attendeeId: string, person: string, actor: Actor): Promise<string> {
    return this.nobodyTwice(async (tx) => {
      const { attendee: old, meeting } = await this.lockWithMeeting(tx, attendeeId);
      if (old.personId === person) {
        const roster = await this.list.roster(tx);
        const { name } = roster.people.find((one) => one.id === person)!;
        throw Refusal.of(meetingRefusals, 'meetings.same-person', { person: name });
      }
      await this.list.takeOff(tx, [old], true);
      const { role, side, required } = old;
      const seat = await this.seatOf(tx, meeting, old.seatId);
      const id = await this.list.put(tx, meeting, { person, seat, role, side, required, byHand: true });
      await this.bookings.book(tx, meeting.id);
      await this.record(tx, actor, 'attendee.replace', meeting.id, {
        before: { person: old.personId },
        after: { person },
      });
      await this.jobs.announce(tx, attendanceChanged, { meetingId: meeting.id, attendeeId: id });
      return id;
    });
  }

  /**
   * One person joins through the link although the meeting is on site, or comes after all (product rule 9). They alone are told, and asked
   * anew: what they said was said of the other way. Nothing is mailed before staff let it go.
   * @throws Refusal where the meeting is held online, or for everybody both ways: then that is how they take part
   */
  async takePart(attendeeId: string, online: boolean, actor: Actor): Promise<void> {
    await this.nobodyTwice(async (tx) => {
      const { attendee, meeting } = await this.lockWithMeeting(tx, attendeeId);
      if (meeting.mode !== 'on-site') throw Refusal.of(meetingRefusals, 'meetings.same-way-for-all');
      if (attendee.online === online) return;
      const { meetingId, personId } = attendee;
      const askedAnewAt = this.clock.now().toJSDate();
      await tx.update(AttendeeEntity, { id: attendeeId }, { online, attendance: 'unanswered', askedAnewAt });
      await this.bookings.book(tx, meetingId);
      const way = (isOnline: boolean) => ({ person: personId, mode: isOnline ? 'online' : 'on-site' });
      await this.record(tx, actor, 'attendee.take-part', meetingId, { before: way(!online), after: way(online) });
      await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId });
    });
  }

  /**
   * Whom the plan puts into seats. Those whom staff put there by hand stay; the others of these seats go. The caller is in `nobodyTwice`.
   * @throws Refusal where the meeting has no such seat
   */
  async seat(tx: EntityManager, meetingId: string, seatings: readonly Seating[], actor: Actor): Promise<void> {
    const meeting = await this.lock(tx, meetingId);
    const seats = await tx.findBy(SeatEntity, { meetingId });
    const seatOf = new Map(seats.map((seat) => [seat.key, seat]));
    const planned = new Set(seatings.map(({ seatKey }) => seatOf.get(seatKey)?.id));
    if (planned.has(undefined)) throw Refusal.of(meetingRefusals, 'meetings.no-such-seat');
    const there = await this.list.of(tx, meetingId);
    const wanted = new Set(seatings.map((seating) => seating.person));
    const going = there.filter((a) => !a.byHand && planned.has(a.seatId ?? '') && !wanted.has(a.personId));
    await this.list.takeOff(tx, going, false);
    const staying = there.filter((attendee) => !going.includes(attendee));
    const added: string[] = [];
    for (const { seatKey, person, post } of seatings) {
      const seat = seatOf.get(seatKey)!;
      const alone = seatings.filter((other) => other.seatKey === seatKey).length === 1;
      const takenByHand = alone && staying.some((a) => a.byHand && a.seatId === seat.id);
      if (takenByHand || staying.some((a) => a.personId === person)) continue;
      const attendeeId = await this.list.put(tx, meeting, { person, seat, post, byHand: false });
      await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId });
      added.push(person);
    }
    await this.bookings.book(tx, meetingId);
    this.filling.fillLater(tx, meetingId, actor);
    for (const { id } of going) await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId: id });
    if (going.length + added.length > 0)
      await this.record(tx, actor, 'meeting.seat', meetingId, {
        before: { people: going.map((a) => a.personId) },
        after: { people: added },
      });
  }

  /** A meeting has another time: its seats are filled for it, and nobody's answer counts any more; the ledger keeps what was said. */
  async askAgain(tx: EntityManager, meetingId: string, actor: Actor): Promise<void> {
    await tx.update(AttendeeEntity, { meetingId, removedAt: IsNull() }, { attendance: 'unanswered' });
    await this.bookings.book(tx, meetingId);
    this.filling.fillLater(tx, meetingId, actor);
  }

  /** What was said of these people so far was said in a rehearsal: they are asked for the first time. The caller is in `nobodyTwice`. */
  async forgetRehearsal(tx: EntityManager, attendeeIds: readonly string[]): Promise<void> {
    if (attendeeIds.length === 0) return;
    const which = { id: In([...attendeeIds]) };
    await tx.update(AttendeeEntity, which, {
      attendance: 'unanswered',
      answeredRevision: null,
      rehearsedUntil: this.clock.now().toJSDate(),
    });
    const rows = await tx.find(AttendeeEntity, { where: which, select: { id: true, meetingId: true } });
    for (const meetingId of new Set(rows.map((row) => row.meetingId))) await this.bookings.book(tx, meetingId);
  }

  /** What an answer means for the list of those who come. Somebody who cannot come is free for other meetings. */
  async attend(tx: EntityManager, attendeeId: string, attendance: Attendance): Promise<void> {
    const { meetingId } = await this.list.present(tx, attendeeId);
    const { revision } = await tx.findOneByOrFail(MeetingEntity, { id: meetingId });
    const answeredRevision = attendance === 'unanswered' ? null : revision;
    await tx.update(AttendeeEntity, { id: attendeeId }, { attendance, answeredRevision });
    await this.bookings.book(tx, meetingId);
    await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId });
  }

  /**
   * Runs a command in a transaction at whose end all seats are filled and nobody may be in two places, and says who would be. The
   * exclusions in the database stay the last word, since another transaction may commit in between; then the command runs once more and
   * finds who it is. It must therefore not touch anything but the transaction.
   */
  async nobodyTwice<T>(command: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.database.transaction(async (tx) => {
          this.filling.begin(tx);
          const result = await command(tx);
          await this.filling.finish(tx);
          const clash = await this.bookings.firstClash(tx);
          if (clash) throw Refusal.of(meetingRefusals, 'meetings.two-places', clash);
          return result;
        });
      } catch (error) {
        const code = sqlStateOf(error);
        if (code !== EXCLUSION_VIOLATION && code !== DEADLOCK) throw error;
        if (attempt < ATTEMPTS) continue;
        if (code === DEADLOCK) throw error;
        throw Refusal.of(meetingRefusals, 'meetings.somebody-in-two-places');
      }
  }

  private async seatOf(tx: EntityManager, meeting: Meeting, seatId: string | null): Promise<Seat | null> {
    if (seatId === null) return null;
    const seat = await tx.findOneBy(SeatEntity, { id: seatId, meetingId: meeting.id });
    if (!seat) throw Refusal.of(meetingRefusals, 'meetings.no-such-seat');
    return seat;
  }

  /** Of two commands on one attendee the second sees what the first has done. */
  private async lockWithMeeting(tx: EntityManager, id: string): Promise<{ attendee: Attendee; meeting: Meeting }> {
    const meeting = await this.lock(tx, (await this.list.present(tx, id)).meetingId);
    return { meeting, attendee: await this.list.present(tx, id) };
  }

  private async lock(tx: EntityManager, id: string): Promise<Meeting> {
    const meeting = await tx.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    if (meeting.state === 'cancelled')
      throw Refusal.of(meetingRefusals, 'meetings.cancelled', { title: meeting.title });
    return meeting;
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    verb: string,
    meetingId: string,
    what: { before?: object; after?: object },
  ): Promise<void> {
    await this.trail.record(tx, { actor, verb, subject: `meeting/${meetingId}`, ...what });
  }
}

/** TypeORM wraps errors of queries, and not those of a commit */
const sqlStateOf = (error: unknown): string | undefined =>
  (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string }).code;
