import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull, QueryFailedError, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import { holderOn, type Person, type Roster } from '../roster/roster.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { meetingActivityOf, type Programme } from '../programme/programme.ts';
import { AttendeeEntity } from './attendee.entity.ts';
import { BookingEntity } from './booking.entity.ts';
import { clockTimes, spansOf } from './meeting-time.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Attendance, Attendee, Meeting, Seat, Side } from './meeting.ts';
import { attendanceChanged } from './meetings.facts.ts';
import { meetingRefusals } from './refusals.ts';
import { postsFor } from './seat-posts.ts';
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

/** Who is asked to a meeting, and the bookings of their time */
@Injectable()
export class Attendees {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly roster: RosterQueries,
    private readonly cycles: CycleQueries,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  async add(meetingId: string, wanted: NewAttendee, actor: Actor): Promise<string> {
    return this.nobodyTwice(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      const roster = await this.roster.wholeRoster(tx);
      const id = await this.put(tx, meeting, roster, { ...wanted, byHand: true });
      await this.book(tx, meetingId);
      await this.trail.record(tx, {
        actor,
        verb: 'attendee.add',
        subject: `meeting/${meetingId}`,
        after: { person: wanted.person },
      });
      await this.jobs.announce(tx, attendanceChanged, { meetingId, attendeeId: id });
      return id;
    });
  }

  async remove(attendeeId: string, actor: Actor): Promise<void> {
    await this.nobodyTwice(async (tx) => {
      const attendee = await this.present(tx, attendeeId);
      await this.lock(tx, attendee.meetingId);
      await this.takeOut(tx, [attendee]);
      await this.trail.record(tx, {
        actor,
        verb: 'attendee.remove',
        subject: `meeting/${attendee.meetingId}`,
        before: { person: attendee.personId },
      });
      await this.jobs.announce(tx, attendanceChanged, { meetingId: attendee.meetingId, attendeeId });
    });
  }

  /** Another person in the same seat */
  async replace(attendeeId: string, person: string, actor: Actor): Promise<string> {
    return this.nobodyTwice(async (tx) => {
      const old = await this.present(tx, attendeeId);
      const meeting = await this.lock(tx, old.meetingId);
      const roster = await this.roster.wholeRoster(tx);
      await this.takeOut(tx, [old]);
      const id = await this.put(tx, meeting, roster, {
        person,
        ...(old.seatId ? { seatId: old.seatId } : {}),
        role: old.role,
        side: old.side,
        required: old.required,
        byHand: true,
      });
      await this.book(tx, meeting.id);
      await this.trail.record(tx, {
        actor,
        verb: 'attendee.replace',
        subject: `meeting/${meeting.id}`,
        before: { person: old.personId },
        after: { person },
      });
      await this.jobs.announce(tx, attendanceChanged, { meetingId: meeting.id, attendeeId: id });
      return id;
    });
  }

  /** Whom the plan puts into seats. Those whom staff put there by hand stay; the others of these seats go. */
  async seat(tx: EntityManager, meetingId: string, seatings: readonly Seating[], actor: Actor): Promise<void> {
    const meeting = await this.lock(tx, meetingId);
    const roster = await this.roster.wholeRoster(tx);
    const seats = await tx.find(SeatEntity, { where: { meetingId } });
    const keys = new Set(seatings.map((seating) => seating.seatKey));
    const planned = seats.filter((seat) => keys.has(seat.key));
    const there = await tx.find(AttendeeEntity, { where: { meetingId, removedAt: IsNull() } });
    const wanted = new Set(seatings.map((seating) => seating.person));
    const going = there.filter(
      (a) => !a.byHand && planned.some((seat) => seat.id === a.seatId) && !wanted.has(a.personId),
    );
    await this.takeOut(tx, going);
    const added: string[] = [];
    for (const { seatKey, person, post } of seatings) {
      const seat = seats.find((s) => s.key === seatKey);
      if (!seat) throw Refusal.of(meetingRefusals, 'meetings.no-such-seat');
      const already = there.find((a) => a.personId === person && !going.includes(a));
      if (already) continue;
      if (
        there.some((a) => a.byHand && a.seatId === seat.id) &&
        seatings.filter((s) => s.seatKey === seatKey).length === 1
      )
        continue;
      await this.put(tx, meeting, roster, { person, seatId: seat.id, post, byHand: false });
      added.push(person);
    }
    await this.book(tx, meetingId);
    if (going.length + added.length > 0)
      await this.trail.record(tx, {
        actor,
        verb: 'meeting.seat',
        subject: `meeting/${meetingId}`,
        before: { people: going.map((a) => a.personId) },
        after: { people: added },
      });
  }

  /** Seats that are for a post get its holder on the meeting's day; a holder of another day leaves. Empty seats of choice get who usually sits there. */
  async fillPosts(tx: EntityManager, meeting: Meeting, actor: Actor): Promise<void> {
    if (!meeting.firstDay || meeting.state !== 'scheduled') return;
    const roster = await this.roster.wholeRoster(tx);
    const seats = await tx.find(SeatEntity, { where: { meetingId: meeting.id } });
    const there = await tx.find(AttendeeEntity, { where: { meetingId: meeting.id, removedAt: IsNull() } });
    const own = there.filter((a) => !a.byHand);
    for (const attendee of own) {
      if (!attendee.post || holderOn(roster, attendee.post, meeting.firstDay)?.id === attendee.personId) continue;
      await this.takeOut(tx, [attendee]);
      const successor = holderOn(roster, attendee.post, meeting.firstDay);
      await this.trail.record(tx, {
        actor,
        verb: 'attendee.replace',
        subject: `meeting/${meeting.id}`,
        before: { person: attendee.personId },
        after: { person: successor?.id ?? null },
      });
      if (successor && attendee.seatId)
        await this.put(
          tx,
          meeting,
          roster,
          { person: successor.id, seatId: attendee.seatId, post: attendee.post, byHand: false },
          true,
        );
    }
    for (const seat of seats) {
      if (there.some((a) => a.seatId === seat.id)) continue;
      const sitting = seat.post
        ? holderOn(roster, seat.post, meeting.firstDay)
        : await this.usual(tx, meeting, seat, roster);
      if (!sitting) continue;
      // somebody whose coming is optional is not asked where they are wanted elsewhere
      if (!seat.required && (await this.isBooked(tx, sitting.id, meeting))) continue;
      const post = seat.post ?? postFor(roster, meeting, sitting.id, seat);
      await this.put(tx, meeting, roster, { person: sitting.id, seatId: seat.id, post, byHand: false }, true);
    }
  }

  /** Who sits in a seat of choice while no plan has chosen: the first choice of the programme, or the officer whom the centre has already */
  private async usual(tx: EntityManager, meeting: Meeting, seat: Seat, roster: Roster): Promise<Person | undefined> {
    const { rules } = await this.cycles.one(meeting.cycleId, tx);
    const rule = meetingActivityOf(rules, meeting.activity)?.seats.find((r) => r.id === seat.rule);
    const day = meeting.firstDay!;
    if (rule?.oneOf) {
      for (const { post: kind } of rule.oneOf) {
        for (const post of postsFor(roster, kind, meeting, seat)) {
          const holder = holderOn(roster, post.id, day);
          if (holder) return holder;
        }
      }
    }
    if (!rule?.assigned || !meeting.centre) return undefined;
    const [row]: { person_id: string }[] = await tx.query(
      `select a.person_id from attendee a join meeting m on m.id = a.meeting_id join seat s on s.id = a.seat_id
        where m.cycle_id = $1 and m.centre = $2 and s.rule = any($3) and a.removed_at is null
        order by m.starts_at desc nulls last limit 1`,
      [meeting.cycleId, meeting.centre, rulesAssigned(rules, rule.assigned)],
    );
    return roster.people.find((person) => person.id === row?.person_id);
  }

  private async isBooked(tx: EntityManager, personId: string, meeting: Meeting): Promise<boolean> {
    const [row]: unknown[] = await tx.query(
      `select 1 from booking where person_id = $1 and gathering_id <> $2 and during && tstzrange($3, $4) limit 1`,
      [personId, meeting.partOf ?? meeting.id, meeting.startsAt, meeting.endsAt],
    );
    return row !== undefined;
  }

  /** After a change of time or place nobody's answer counts any more; the ledger keeps what was said. */
  async askAgain(tx: EntityManager, meetingId: string): Promise<void> {
    await tx.update(AttendeeEntity, { meetingId, removedAt: IsNull() }, { attendance: 'unanswered' });
  }

  /** What an answer means for the list of those who come. Somebody who cannot come is free for other meetings. */
  async attend(tx: EntityManager, attendeeId: string, attendance: Attendance): Promise<void> {
    const attendee = await this.present(tx, attendeeId);
    await tx.update(AttendeeEntity, { id: attendeeId }, { attendance, online: attendance === 'online' });
    await this.book(tx, attendee.meetingId);
    await this.jobs.announce(tx, attendanceChanged, { meetingId: attendee.meetingId, attendeeId });
  }

  /** Writes the bookings of a meeting anew from its time and its attendees. */
  async book(tx: EntityManager, meetingId: string): Promise<void> {
    const meeting = await tx.findOneByOrFail(MeetingEntity, { id: meetingId });
    await tx.delete(BookingEntity, { meetingId });
    if (meeting.state !== 'scheduled' || !meeting.startsAt || !meeting.endsAt) return;
    const { startsAt, endsAt, zone } = meeting;
    const spans = spansOf(
      { firstDay: meeting.firstDay!, lastDay: meeting.lastDay!, ...clockTimes({ startsAt, endsAt, zone }) },
      zone,
    );
    const attendees = await tx.find(AttendeeEntity, { where: { meetingId, removedAt: IsNull() } });
    const rows = attendees
      .filter((attendee) => attendee.attendance !== 'absent' && attendee.attendance !== 'proxy')
      .flatMap((attendee) =>
        spans.map((span) => ({
          id: newId(),
          attendeeId: attendee.id,
          personId: attendee.personId,
          meetingId,
          gatheringId: meeting.partOf ?? meeting.id,
          part: meeting.partOf !== null,
          during: `[${span.from},${span.to})`,
        })),
      );
    if (rows.length > 0) await tx.insert(BookingEntity, rows);
  }

  /**
   * Runs a command in a transaction at whose end nobody may be in two places, and says who would be. The exclusion in the database
   * stays the last word: another transaction may commit in between.
   */
  async nobodyTwice<T>(command: (tx: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(async (tx) => {
        const result = await command(tx);
        const clash = await this.firstClash(tx);
        if (clash) throw Refusal.of(meetingRefusals, 'meetings.two-places', clash);
        return result;
      });
    } catch (error) {
      const constraint =
        error instanceof QueryFailedError ? (error.driverError as { code?: string }) : (error as { code?: string });
      if (constraint.code === '23P01') throw Refusal.of(meetingRefusals, 'meetings.somebody-in-two-places');
      throw error;
    }
  }

  private async firstClash(tx: EntityManager): Promise<{ person: Text; other: Text } | undefined> {
    const [row] = await tx.query<{ person: Text; other: Text }[]>(
      `select p.name as person, m.title as other
         from booking a join booking b on a.person_id = b.person_id and a.during && b.during and a.meeting_id < b.meeting_id
           and (a.gathering_id <> b.gathering_id or (a.part and b.part))
         join person p on p.id = a.person_id
         join meeting m on m.id = b.meeting_id
        limit 1`,
    );
    return row;
  }

  private async put(
    tx: EntityManager,
    meeting: Meeting,
    roster: Roster,
    wanted: NewAttendee & { post?: string | null; byHand: boolean },
    ifNotThere = false,
  ): Promise<string> {
    const person = roster.people.find((p) => p.id === wanted.person);
    if (!person) throw Refusal.of(meetingRefusals, 'meetings.unknown-person', { person: wanted.person });
    const there = await tx.findOne(AttendeeEntity, {
      where: { meetingId: meeting.id, personId: person.id, removedAt: IsNull() },
    });
    if (there && ifNotThere) return there.id;
    if (there)
      throw Refusal.of(meetingRefusals, 'meetings.already-asked', { person: person.name, title: meeting.title });
    const seat: Seat | null = wanted.seatId
      ? await tx.findOneBy(SeatEntity, { id: wanted.seatId, meetingId: meeting.id })
      : null;
    if (wanted.seatId && !seat) throw Refusal.of(meetingRefusals, 'meetings.no-such-seat');
    const id = newId();
    await tx.insert(AttendeeEntity, {
      id,
      meetingId: meeting.id,
      seatId: seat?.id ?? null,
      personId: person.id,
      post: wanted.post === undefined ? postFor(roster, meeting, person.id, seat) : wanted.post,
      role: wanted.role ?? seat?.name ?? { ja: '出席者', en: 'participant' },
      side: wanted.side ?? seat?.side ?? 'visiting',
      required: wanted.required ?? seat?.required ?? false,
      online: wanted.online ?? false,
      byHand: wanted.byHand,
      attendance: 'unanswered',
    });
    return id;
  }

  private async takeOut(tx: EntityManager, attendees: readonly Attendee[]): Promise<void> {
    if (attendees.length === 0) return;
    const ids = attendees.map((attendee) => attendee.id);
    await tx.update(AttendeeEntity, { id: In(ids) }, { removedAt: this.clock.now().toJSDate() });
    await tx.delete(BookingEntity, { attendeeId: In(ids) });
  }

  private async present(tx: EntityManager, id: string): Promise<Attendee> {
    const attendee = await tx.findOne(AttendeeEntity, { where: { id, removedAt: IsNull() } });
    if (!attendee) throw Refusal.of(meetingRefusals, 'meetings.unknown-attendee');
    return attendee;
  }

  private async lock(tx: EntityManager, id: string): Promise<Meeting> {
    const meeting = await tx.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    if (meeting.state === 'cancelled')
      throw Refusal.of(meetingRefusals, 'meetings.cancelled', { title: meeting.title });
    return meeting;
  }
}

const rulesAssigned = (rules: Programme, assignment: string): string[] =>
  rules.activities.flatMap((a) =>
    a.what === 'meeting' ? a.seats.filter((r) => r.assigned === assignment).map((r) => r.id) : [],
  );

/** The post for which somebody comes: the seat's own, else one that they hold at the meeting's centre or its hosts, else any; it says how they are reached. */
function postFor(roster: Roster, meeting: Meeting, person: string, seat: Seat | null): string | null {
  if (seat?.post && meeting.firstDay && holderOn(roster, seat.post, meeting.firstDay)?.id === person) return seat.post;
  const day = meeting.firstDay ?? meeting.windowFrom;
  if (!day) return null;
  const held = roster.posts.filter((post) => holderOn(roster, post.id, day)?.id === person);
  const centre = roster.centres.find((c) => c.id === meeting.centre);
  const near =
    held.find((post) => post.centre === meeting.centre && post.centre !== null) ??
    held.find((post) => post.institution !== null && centre?.hosts.includes(post.institution));
  return (near ?? held[0])?.id ?? null;
}
