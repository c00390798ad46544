import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { meetingActivityOf, type Programme } from '../programme/programme.ts';
import { holderOn, type Roster } from '../roster/roster.ts';
import { AttendeeEntity } from './attendee.entity.ts';
import { AttendeeList } from './attendee-list.service.ts';
import { Bookings } from './bookings.service.ts';
import { joinsOnline } from './joins-online.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Attendee, Meeting, Seat } from './meeting.ts';
import { postFor, postsFor } from './seat-posts.ts';
import { SeatEntity } from './seat.entity.ts';

/** One meeting whose seats are being filled */
interface Filling {
  readonly meeting: Meeting;
  readonly cycle: Cycle;
  readonly roster: Roster;
  readonly seats: readonly Seat[];
  readonly actor: Actor;
  readonly gone: string[];
  readonly added: string[];
}

/**
 * Who sits where without anybody having chosen: the holder of a post on the meeting's day, and who usually sits in a seat of choice. It is
 * done once, at the end of a command, when all meetings that it moves stand where they will: whoever yields to another meeting must not do
 * so because of a time that the other is about to leave.
 */
@Injectable()
export class SeatFilling {
  readonly #wanted = new WeakMap<EntityManager, Map<string, Actor>>();

  constructor(
    private readonly list: AttendeeList,
    private readonly bookings: Bookings,
    private readonly cycles: CycleQueries,
    private readonly trail: Trail,
  ) {}

  /** Opens the list of meetings of a transaction; `Attendees.nobodyTwice` does it */
  begin(tx: EntityManager): void {
    this.#wanted.set(tx, new Map());
  }

  /** A meeting whose day or hours are others, or that has people who may yield */
  fillLater(tx: EntityManager, meetingId: string, actor: Actor): void {
    const wanted = this.#wanted.get(tx);
    if (!wanted) throw new Error('seats are filled at the end of Attendees.nobodyTwice: run the command in it');
    wanted.set(meetingId, actor);
  }

  /** First all who must come, then those whose coming is optional: these are not asked where they are wanted elsewhere. */
  async finish(tx: EntityManager): Promise<void> {
    const fillings = await this.fillings(tx);
    for (const filling of fillings) {
      await this.successors(tx, filling);
      await this.fill(tx, filling, true);
    }
    for (const filling of fillings) {
      await this.joining(tx, filling);
      await this.yielding(tx, filling);
      await this.fill(tx, filling, false);
      const { meeting, actor, gone, added } = filling;
      if (gone.length + added.length > 0)
        await this.trail.record(tx, {
          actor,
          verb: 'meeting.seat',
          subject: `meeting/${meeting.id}`,
          before: { people: gone },
          after: { people: added },
        });
    }
  }

  private async fillings(tx: EntityManager): Promise<Filling[]> {
    const wanted = this.#wanted.get(tx) ?? new Map<string, Actor>();
    this.#wanted.delete(tx);
    if (wanted.size === 0) return [];
    const ids = [...wanted.keys()];
    const meetings = await tx.findBy(MeetingEntity, { id: In(ids), state: 'scheduled' });
    const seats = await tx.find(SeatEntity, { where: { meetingId: In(ids) }, order: { position: 'ASC' } });
    const cycles = new Map<string, Cycle>();
    for (const { cycleId } of meetings)
      if (!cycles.has(cycleId)) cycles.set(cycleId, await this.cycles.one(cycleId, tx));
    const roster = await this.list.roster(tx);
    return meetings
      .toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime() || a.key.localeCompare(b.key))
      .map((meeting) => ({
        meeting,
        cycle: cycles.get(meeting.cycleId)!,
        roster,
        seats: seats.filter((seat) => seat.meetingId === meeting.id),
        actor: wanted.get(meeting.id)!,
        gone: [],
        added: [],
      }));
  }

  /** Who came for a post that is another's on the meeting's day leaves it to them. Whom staff put there stays. */
  private async successors(tx: EntityManager, filling: Filling): Promise<void> {
    const { meeting, roster, seats, actor } = filling;
    const there = await this.list.of(tx, meeting.id);
    for (const attendee of there) {
      if (attendee.byHand || !attendee.post) continue;
      const holder = holderOn(roster, attendee.post, meeting.firstDay!);
      if (holder?.id === attendee.personId) continue;
      await this.list.takeOff(tx, [attendee], false);
      const seat = seats.find((one) => one.id === attendee.seatId) ?? null;
      const successor = there.some((other) => other.personId === holder?.id) ? undefined : holder;
      if (successor && seat)
        await this.list.put(tx, meeting, {
          person: successor.id,
          seat,
          post: attendee.post,
          online: this.joins(filling, seat, successor.id) ?? false,
          byHand: false,
        });
      await this.trail.record(tx, {
        actor,
        verb: 'attendee.replace',
        subject: `meeting/${meeting.id}`,
        before: { person: attendee.personId },
        after: { person: successor?.id ?? null },
      });
    }
    await this.bookings.book(tx, meeting.id);
  }

  private joins({ meeting, cycle: { rules }, roster }: Filling, seat: Seat, person: string): boolean | undefined {
    return joinsOnline(rules, meetingActivityOf(rules, meeting.activity), seat, roster, person);
  }

  /** Who was on the list before joins as the programme has it by now, unless staff put them there or said otherwise. */
  private async joining(tx: EntityManager, filling: Filling): Promise<void> {
    const { meeting, seats } = filling;
    for (const { id, seatId, personId, online, byHand, askedAnewAt } of await this.list.of(tx, meeting.id)) {
      const seat = byHand || askedAnewAt ? undefined : seats.find((one) => one.id === seatId);
      const joins = seat && this.joins(filling, seat, personId);
      if (joins !== undefined && joins !== online) await tx.update(AttendeeEntity, { id }, { online: joins });
    }
  }

  /** Those who were asked without being needed go where they are wanted elsewhere by now, unless staff asked them. */
  private async yielding(tx: EntityManager, filling: Filling): Promise<void> {
    const { meeting, gone } = filling;
    const optional = (await this.list.of(tx, meeting.id)).filter((attendee) => !attendee.required && !attendee.byHand);
    const elsewhere = await this.bookings.elsewhere(tx, meeting, personsOf(optional));
    const yielding = optional.filter((attendee) => elsewhere.has(attendee.personId));
    await this.list.takeOff(tx, yielding, false);
    gone.push(...personsOf(yielding));
  }

  private async fill(tx: EntityManager, filling: Filling, required: boolean): Promise<void> {
    const { meeting, roster, seats, added } = filling;
    const there = await this.list.of(tx, meeting.id);
    const notAgain = await this.list.takenOffByHand(tx, meeting.id);
    const asked = new Set(personsOf(there));
    const chosen: { seat: Seat; person: string }[] = [];
    for (const seat of seats) {
      if (seat.required !== required || there.some((attendee) => attendee.seatId === seat.id)) continue;
      const person = seat.post
        ? holderOn(roster, seat.post, meeting.firstDay!)?.id
        : await this.usual(tx, filling, seat);
      if (!person || asked.has(person) || notAgain.has(person)) continue;
      asked.add(person);
      chosen.push({ seat, person });
    }
    const elsewhere = required
      ? new Set<string>()
      : await this.bookings.elsewhere(
          tx,
          meeting,
          chosen.map(({ person }) => person),
        );
    const free = chosen.filter(({ person }) => !elsewhere.has(person));
    for (const { seat, person } of free) {
      const post = seat.post ?? postFor(roster, meeting, person, seat, seat.side);
      const online = this.joins(filling, seat, person) ?? false;
      await this.list.put(tx, meeting, { person, seat, post, online, byHand: false });
      added.push(person);
    }
    if (free.length > 0) await this.bookings.book(tx, meeting.id);
  }

  /**
   * Who sits in a seat of choice while nobody has chosen: the first choice of the programme, or the officer whom the centre has already in
   * this year. A first choice who is wanted elsewhere is taken all the same: staff are told of the clash by name, and choose.
   */
  private async usual(tx: EntityManager, { meeting, cycle, roster }: Filling, seat: Seat): Promise<string | undefined> {
    const rule = meetingActivityOf(cycle.rules, meeting.activity)?.seats.find((one) => one.id === seat.rule);
    for (const { post: kind } of rule?.oneOf ?? [])
      for (const post of postsFor(roster, kind, meeting, seat)) {
        const holder = holderOn(roster, post.id, meeting.firstDay!);
        if (holder) return holder.id;
      }
    if (!rule?.assigned || !meeting.centre) return undefined;
    const [row]: { personId: string }[] = await tx.query(
      `select a.person_id as "personId" from attendee a join meeting m on m.id = a.meeting_id join seat s on s.id = a.seat_id
        where m.cycle_id = $1 and m.centre = $2 and s.rule = any($3) and a.removed_at is null and m.state <> 'cancelled'
        order by m.starts_at desc nulls last limit 1`,
      [meeting.cycleId, meeting.centre, rulesAssigned(cycle.rules, rule.assigned)],
    );
    return row?.personId;
  }
}

const personsOf = (attendees: readonly Attendee[]): string[] => attendees.map((attendee) => attendee.personId);

/** Ids of all seats of the programme that one assignment fills */
const rulesAssigned = (rules: Programme, assignment: string): string[] =>
  rules.activities.flatMap((activity) =>
    activity.what === 'meeting'
      ? activity.seats.filter((rule) => rule.assigned === assignment).map((rule) => rule.id)
      : [],
  );
