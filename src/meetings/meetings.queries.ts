import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import { AttendeeEntity } from './attendee.entity.ts';
import { clockTimes, spansOf } from './meeting-time.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Attendee, Meeting, Seat } from './meeting.ts';
import { meetingRefusals } from './refusals.ts';
import { SeatEntity } from './seat.entity.ts';

@Injectable()
export class MeetingQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** In order of time; those without a day last */
  async ofCycle(cycleId: string, tx: EntityManager = this.database.manager): Promise<Meeting[]> {
    const rows = await tx.findBy(MeetingEntity, { cycleId });
    return rows.sort(
      (a, b) => (a.startsAt?.getTime() ?? Infinity) - (b.startsAt?.getTime() ?? Infinity) || a.key.localeCompare(b.key),
    );
  }

  /** @throws Refusal where there is no such meeting */
  async one(id: string, tx: EntityManager = this.database.manager): Promise<Meeting> {
    const meeting = await tx.findOneBy(MeetingEntity, { id });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    return meeting;
  }

  /** The same, held until the transaction ends */
  async locked(id: string, tx: EntityManager): Promise<Meeting> {
    const meeting = await tx.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    return meeting;
  }

  /** By id, or by key in a cycle: what staff type on the command line */
  async named(cycleId: string, key: string, tx: EntityManager = this.database.manager): Promise<Meeting> {
    const meeting = await tx.findOneBy(MeetingEntity, { cycleId, key });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    return meeting;
  }

  async several(ids: readonly string[], tx: EntityManager = this.database.manager): Promise<Meeting[]> {
    return ids.length === 0 ? [] : tx.findBy(MeetingEntity, { id: In([...ids]) });
  }

  async seatsOf(meetingIds: readonly string[], tx: EntityManager = this.database.manager): Promise<Seat[]> {
    if (meetingIds.length === 0) return [];
    return tx.find(SeatEntity, { where: { meetingId: In([...meetingIds]) }, order: { position: 'ASC' } });
  }

  /** Those who are asked now */
  async attendeesOf(meetingIds: readonly string[], tx: EntityManager = this.database.manager): Promise<Attendee[]> {
    if (meetingIds.length === 0) return [];
    return tx.find(AttendeeEntity, { where: { meetingId: In([...meetingIds]), removedAt: IsNull() } });
  }

  /** All rows that people have in a meeting's list, those too of which they were taken off: who came back has several */
  async rowsOf(
    meetingId: string,
    personIds: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<Attendee[]> {
    return tx.findBy(AttendeeEntity, { meetingId, personId: In([...personIds]) });
  }

  /** To which meetings of a cycle somebody is asked, or the holders of a post are; in order of time, those without a day last */
  async askedTo(
    cycleId: string,
    whom: { readonly personId: string } | { readonly post: string },
  ): Promise<{ readonly meeting: Meeting; readonly attendee: Attendee }[]> {
    const attendees = await this.database.manager.findBy(AttendeeEntity, { ...whom, removedAt: IsNull() });
    const ids = [...new Set(attendees.map((attendee) => attendee.meetingId))];
    const meetings = (await this.several(ids)).filter((meeting) => meeting.cycleId === cycleId);
    return meetings
      .flatMap((meeting) =>
        attendees
          .filter((attendee) => attendee.meetingId === meeting.id)
          .map((attendee) => ({ meeting, attendee: attendee as Attendee })),
      )
      .sort((a, b) => ((a.meeting.firstDay ?? '9') < (b.meeting.firstDay ?? '9') ? -1 : 1));
  }

  /**
   * Where else these people are expected at the time of a meeting, day by day; other parts of the same gathering count only for a part.
   * @param meeting with the time that is asked about, which need not be stored
   */
  async elsewhere(
    personIds: readonly string[],
    meeting: Meeting,
  ): Promise<{ personId: string; meetingId: string; title: Text }[]> {
    const { id, partOf, firstDay, lastDay, startsAt, endsAt, zone, halfDays } = meeting;
    if (!firstDay || !lastDay || !startsAt || !endsAt) return [];
    const spans = spansOf({ firstDay, lastDay, ...clockTimes({ startsAt, endsAt, zone }) }, halfDays, zone);
    return this.database.query(
      `select distinct b.person_id as "personId", m.id as "meetingId", m.title
         from booking b join meeting m on m.id = b.meeting_id
         join unnest($2::timestamptz[], $3::timestamptz[]) as span(starts, ends) on b.during && tstzrange(span.starts, span.ends)
        where b.person_id = any($1) and b.meeting_id <> $4 and (b.gathering_id <> $5 or ($6 and b.part))`,
      [personIds, spans.map(({ from }) => from), spans.map(({ to }) => to), id, partOf ?? id, partOf !== null],
    );
  }

  async attendee(id: string, tx: EntityManager = this.database.manager): Promise<Attendee> {
    const attendee = await tx.findOneBy(AttendeeEntity, { id });
    if (!attendee) throw Refusal.of(meetingRefusals, 'meetings.unknown-attendee');
    return attendee;
  }
}
