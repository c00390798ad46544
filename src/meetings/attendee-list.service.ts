import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { Roster } from '../roster/roster.ts';
import { AttendeeEntity } from './attendee.entity.ts';
import { BookingEntity } from './booking.entity.ts';
import type { Attendee, Meeting, Seat, Side } from './meeting.ts';
import { meetingRefusals } from './refusals.ts';
import { postFor } from './seat-posts.ts';

/** Somebody who is to be put on the list of a meeting */
export interface Entry {
  readonly person: string;
  readonly seat: Seat | null;
  /** For which they come; undefined: found by `postFor` */
  readonly post?: string | null;
  readonly role?: Text;
  readonly side?: Side;
  readonly required?: boolean;
  readonly online?: boolean;
  readonly byHand: boolean;
}

const participant: Text = { ja: '出席者', en: 'participant' };

/** The rows behind who is asked to a meeting. Somebody who is taken off keeps their row, with all answers. */
@Injectable()
export class AttendeeList {
  readonly #rosters = new WeakMap<EntityManager, Promise<Roster>>();

  constructor(
    private readonly rosters: RosterQueries,
    private readonly clock: Clock,
  ) {}

  /** Read once for each transaction: publishing a plan seats people in some thirty meetings */
  async roster(tx: EntityManager): Promise<Roster> {
    let roster = this.#rosters.get(tx);
    if (!roster) {
      roster = this.rosters.wholeRoster(tx);
      this.#rosters.set(tx, roster);
    }
    return roster;
  }

  async of(tx: EntityManager, meetingId: string): Promise<AttendeeEntity[]> {
    return tx.find(AttendeeEntity, { where: { meetingId, removedAt: IsNull() } });
  }

  /** Ids of the people whom staff took off a meeting */
  async takenOffByHand(tx: EntityManager, meetingId: string): Promise<Set<string>> {
    const rows = await tx.findBy(AttendeeEntity, { meetingId, removedByHand: true });
    return new Set(rows.map((row) => row.personId));
  }

  /** @throws Refusal where they are not on a list, or not any more */
  async present(tx: EntityManager, id: string): Promise<Attendee> {
    const attendee = await tx.findOneBy(AttendeeEntity, { id, removedAt: IsNull() });
    if (!attendee) throw Refusal.of(meetingRefusals, 'meetings.unknown-attendee');
    return attendee;
  }

  /** @returns the new row's id @throws Refusal for an unknown person, and one who is on the list */
  async put(tx: EntityManager, meeting: Meeting, entry: Entry): Promise<string> {
    const roster = await this.roster(tx);
    const person = roster.people.find((p) => p.id === entry.person);
    if (!person) throw Refusal.of(meetingRefusals, 'meetings.unknown-person', { person: entry.person });
    if (await tx.existsBy(AttendeeEntity, { meetingId: meeting.id, personId: person.id, removedAt: IsNull() }))
      throw Refusal.of(meetingRefusals, 'meetings.already-asked', { person: person.name, title: meeting.title });
    const { seat } = entry;
    const side = entry.side ?? seat?.side ?? 'visiting';
    const id = newId();
    await tx.insert(AttendeeEntity, {
      id,
      meetingId: meeting.id,
      seatId: seat?.id ?? null,
      personId: person.id,
      post: entry.post === undefined ? postFor(roster, meeting, person.id, seat, side) : entry.post,
      role: entry.role ?? seat?.name ?? participant,
      side,
      required: entry.required ?? seat?.required ?? false,
      online: entry.online ?? false,
      byHand: entry.byHand,
      attendance: 'unanswered',
    });
    return id;
  }

  async takeOff(tx: EntityManager, attendees: readonly Attendee[], byHand: boolean): Promise<void> {
    if (attendees.length === 0) return;
    const ids = attendees.map((attendee) => attendee.id);
    await tx.update(AttendeeEntity, { id: In(ids) }, { removedAt: this.clock.now().toJSDate(), removedByHand: byHand });
    await tx.delete(BookingEntity, { attendeeId: In(ids) });
  }
}
