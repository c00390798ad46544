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
   * Who knows of which meetings of a year, or is about to: a mail that was taken back, or that a rehearsal kept back, has told nobody.
   * Without the letters themselves, since a page reads hundreds.
   * @param meetingId of one meeting only
   */
  async told(cycleId: string, meetingId?: string): Promise<ToldOf[]> {
    return this.database.query(
      `with invited as (
         select i.meeting_id, i.person_id, i.sent_at,
                case when l.state in ('withdrawn', 'kept-back') then i.sent->'before' else i.sent->'facts' end as facts
           from invitation i join meeting m on m.id = i.meeting_id
           left join lateral (select state from mail where ordering_key = 'invitation/' || i.id
                                 and revision = (i.sent->>'revision')::int order by place desc limit 1) l on true
          where m.cycle_id = $1 and i.state = 'live' and ($2::uuid is null or m.id = $2)),
       noticed as (
         select n.office_id, n.sent_at, t.one->'facts' as facts, t.one->'people' as people
           from office_notice n
           left join lateral (select state from mail where ordering_key = 'office/' || n.cycle_id || '/' || n.office_id
                                 and revision = n.revision order by place desc limit 1) l on true
          cross join lateral jsonb_array_elements(
            case when l.state in ('withdrawn', 'kept-back') then n.before else n.told end) as t(one)
          where n.cycle_id = $1 and ($2::uuid is null or t.one->'facts'->>'meetingId' = $2::text))
       select meeting_id as "meetingId", person_id as "personId", 'person' as via, null as "officeId",
              facts->>'startsAt' as "startsAt", facts->>'status' = 'cancelled' as cancelled,
              facts->>'answerBy' as "answerBy", sent_at as "sentAt"
         from invited where jsonb_typeof(facts) = 'object'
       union all
       select (facts->>'meetingId')::uuid, w.who->>'personId', 'office', office_id,
              facts->>'startsAt', facts->>'status' = 'cancelled', facts->>'answerBy', sent_at
         from noticed cross join lateral jsonb_array_elements(people) as w(who)`,
      [cycleId, meetingId ?? null],
    );
  }

  /** When staff let mails go, newest first */
  async releases(cycleId: string): Promise<{ id: string; by: string; mails: number; at: Date }[]> {
    return this.database.manager.find(ReleaseEntity, { where: { cycleId }, order: { at: 'DESC' } });
  }
}
