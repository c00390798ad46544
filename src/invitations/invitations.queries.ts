import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { InvitationEntity } from './invitation.entity.ts';
import type { SentInvitation } from './itip.ts';
import { ReleaseEntity } from './release.entity.ts';

export interface SentTo {
  readonly id: string;
  readonly meetingId: string;
  readonly personId: string;
  readonly state: 'live' | 'cancelled';
  readonly sent: SentInvitation;
  readonly sentAt: Date;
}

/** What somebody was last told of a meeting, by a mail of their own or through an office that answers for them */
export interface ToldOf {
  readonly meetingId: string;
  readonly personId: string;
  readonly via: 'person' | 'office';
  /** Where `via` is an office */
  readonly officeId: string | null;
  /** ISO 8601 in UTC: when the meeting was to begin, as they were told */
  readonly startsAt: string;
  readonly cancelled: boolean;
  /** ISO 8601 in UTC; null: as soon as possible */
  readonly answerBy: string | null;
  readonly sentAt: Date;
}

@Injectable()
export class InvitationQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** Everything that people were sent about these meetings, newest first */
  async ofMeetings(meetingIds: readonly string[]): Promise<SentTo[]> {
    if (meetingIds.length === 0) return [];
    return this.database.manager.find(InvitationEntity, {
      where: { meetingId: In([...meetingIds]) },
      order: { sentAt: 'DESC' },
    });
  }

  /**
   * Who knows of which meetings of a year: without the letters themselves, since a page reads hundreds.
   * @param meetingId of one meeting only
   */
  async told(cycleId: string, meetingId?: string): Promise<ToldOf[]> {
    return this.database.query(
      `select i.meeting_id as "meetingId", i.person_id as "personId", 'person' as via, null as "officeId",
              i.sent->'facts'->>'startsAt' as "startsAt", i.sent->'facts'->>'status' = 'cancelled' as cancelled,
              i.sent->'facts'->>'answerBy' as "answerBy", i.sent_at as "sentAt"
         from invitation i join meeting m on m.id = i.meeting_id
        where m.cycle_id = $1 and i.state = 'live' and ($2::uuid is null or m.id = $2)
       union all
       select (t.one->'facts'->>'meetingId')::uuid, w.who->>'personId', 'office', n.office_id,
              t.one->'facts'->>'startsAt', t.one->'facts'->>'status' = 'cancelled',
              t.one->'facts'->>'answerBy', n.sent_at
         from office_notice n
        cross join lateral jsonb_array_elements(n.told) as t(one)
        cross join lateral jsonb_array_elements(t.one->'people') as w(who)
        where n.cycle_id = $1 and ($2::uuid is null or t.one->'facts'->>'meetingId' = $2::text)`,
      [cycleId, meetingId ?? null],
    );
  }

  /** When staff let mails go, newest first */
  async releases(cycleId: string): Promise<{ id: string; by: string; mails: number; at: Date }[]> {
    return this.database.manager.find(ReleaseEntity, { where: { cycleId }, order: { at: 'DESC' } });
  }
}
