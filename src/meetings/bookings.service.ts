import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { newId } from '../kernel/ids.ts';
import type { Text } from '../kernel/text.ts';
import { AttendeeEntity } from './attendee.entity.ts';
import { BookingEntity } from './booking.entity.ts';
import { clockTimes, spansOf } from './meeting-time.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Meeting } from './meeting.ts';

/** What meetings take of people's time */
@Injectable()
export class Bookings {
  /** Writes the bookings of a meeting anew from its time and its attendees. Who is absent or sends a proxy is free for other meetings. */
  async book(tx: EntityManager, meetingId: string): Promise<void> {
    const meeting = await tx.findOneByOrFail(MeetingEntity, { id: meetingId });
    await tx.delete(BookingEntity, { meetingId });
    if (meeting.state !== 'scheduled' || !meeting.startsAt || !meeting.endsAt) return;
    const { startsAt, endsAt, zone, halfDays } = meeting;
    const when = { firstDay: meeting.firstDay!, lastDay: meeting.lastDay!, ...clockTimes({ startsAt, endsAt, zone }) };
    const spans = spansOf(when, halfDays, zone);
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

  /** Those of these people who are wanted elsewhere while the meeting is; other meetings of its gathering count only as the constraints say. */
  async elsewhere(tx: EntityManager, meeting: Meeting, personIds: readonly string[]): Promise<Set<string>> {
    if (personIds.length === 0 || !meeting.startsAt) return new Set();
    const rows: { personId: string }[] = await tx.query(
      `select distinct person_id as "personId" from booking
        where person_id = any($1) and meeting_id <> $2 and (gathering_id <> $3 or (part and $4)) and during && tstzrange($5, $6)`,
      [personIds, meeting.id, meeting.partOf ?? meeting.id, meeting.partOf !== null, meeting.startsAt, meeting.endsAt],
    );
    return new Set(rows.map((row) => row.personId));
  }

  /** Somebody who would be in two places as things stand in this transaction, and where */
  async firstClash(tx: EntityManager): Promise<{ person: Text; one: Text; other: Text } | undefined> {
    const [row] = await tx.query<{ person: Text; one: Text; other: Text }[]>(
      `select p.name as person, n.title as one, m.title as other
         from booking a join booking b on a.person_id = b.person_id and a.during && b.during and a.meeting_id < b.meeting_id
           and (a.gathering_id <> b.gathering_id or (a.part and b.part))
         join person p on p.id = a.person_id
         join meeting n on n.id = a.meeting_id
         join meeting m on m.id = b.meeting_id
        limit 1`,
    );
    return row;
  }
}
