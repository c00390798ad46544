import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Text } from '../kernel/text.ts';
import type { IncomingState, Settlement } from './incoming.ts';
import type { Reading, ReadingKind } from './reading/reading.ts';
import type { GivenReply, Outcome, Reason } from './reading/verdict.ts';

/** A mail that came in, as a list shows it */
export interface IncomingLine {
  readonly id: string;
  readonly receivedAt: Date;
  /** `received` also where nobody has begun with it */
  readonly state: IncomingState;
  readonly kind: ReadingKind | null;
  readonly outcome: Outcome | null;
  readonly reason: Reason | 'fault' | null;
  readonly subject: string;
  readonly from: string;
  readonly settledAs: Settlement | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  /** About which meeting of whom, where that is known */
  readonly meetingId: string | null;
  readonly meetingTitle: Text | null;
  readonly personId: string | null;
  readonly personName: Text | null;
}

export interface IncomingDetail extends IncomingLine {
  readonly reading: Reading | null;
  readonly reply: GivenReply | null;
  readonly invitationId: string | null;
  readonly mailId: string | null;
  readonly attendeeId: string | null;
  readonly meetingRevision: number | null;
  readonly zone: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** To which our mail had gone */
  readonly invitedAddress: string | null;
}

const columns = `
  m.id, m.received_at as "receivedAt", coalesce(i.state, 'received') as state, i.kind, i.outcome, i.reason,
  coalesce(i.reading->'mail'->>'subject', '') as subject, coalesce(i.reading->'mail'->'from'->>'address', m.envelope_from, '') as "from",
  i.settled_as as "settledAs", i.settled_by as "settledBy", i.settled_at as "settledAt",
  g.id as "meetingId", g.title as "meetingTitle", p.id as "personId",
  p.name as "personName"`;
const tables = `
  inbound_message m left join incoming i on i.id = m.id left join invitation v on v.id = i.invitation_id
  left join mail o on o.id = i.mail_id left join meeting g on g.id = v.meeting_id
  left join person p on p.id = coalesce(v.person_id, o.person_id)`;
/** A mail with which we could not begin is not to be forgotten */
const waiting = `(i.state = 'held' or (coalesce(i.state, 'received') in ('received', 'read') and m.received_at < $1))`;

/** Mails that came in: those that wait for a person, and all. */
@Injectable()
export class TriageQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Those that wait for a person, oldest first; at most 500. @param now unfinished ones are left five minutes to be read */
  async waiting(now: Date): Promise<IncomingLine[]> {
    return this.database.query(`select ${columns} from ${tables} where ${waiting} order by m.received_at limit 500`, [
      fiveMinutesBefore(now),
    ]);
  }

  async waitingCount(now: Date): Promise<number> {
    const [{ count }]: [{ count: number }] = await this.database.query(
      `select count(*)::int as count from inbound_message m left join incoming i on i.id = m.id where ${waiting}`,
      [fiveMinutesBefore(now)],
    );
    return count;
  }

  /** Everything, newest first. @param page from 1 */
  async all(page: number, size: number): Promise<{ lines: IncomingLine[]; total: number }> {
    const lines: IncomingLine[] = await this.database.query(
      `select ${columns} from ${tables} order by m.received_at desc, m.id limit $1 offset $2`,
      [size, (page - 1) * size],
    );
    const [{ count }]: [{ count: number }] = await this.database.query(
      `select count(*)::int as count from inbound_message`,
    );
    return { lines, total: count };
  }

  async one(id: string): Promise<IncomingDetail | undefined> {
    const [row]: IncomingDetail[] = await this.database.query(
      `select ${columns}, i.reading, i.reply, i.invitation_id as "invitationId", i.mail_id as "mailId", a.id as "attendeeId",
              g.revision as "meetingRevision", g.zone, g.starts_at as "startsAt", g.ends_at as "endsAt",
              coalesce(v.sent->'facts'->>'address', o.to_address) as "invitedAddress"
         from ${tables} left join attendee a on a.meeting_id = v.meeting_id and a.person_id = v.person_id and a.removed_at is null
        where m.id = $1`,
      [id],
    );
    return row;
  }
}

const fiveMinutesBefore = (now: Date): Date => new Date(now.getTime() - 300_000);
