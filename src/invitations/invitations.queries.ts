import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { MailState } from '../mail/delivery.ts';
import { InvitationEntity } from './invitation.entity.ts';
import type { SentInvitation } from './itip.ts';
import type { LastMail } from './mail-due.ts';
import { ReleaseEntity } from './release.entity.ts';
import { lastMailOf } from './year-due.ts';

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

/** What was said of the meeting as a whole, in the invitation to one of its days */
const SAID = `(facts || coalesce(facts->'day'->'whole', '{}'))`;
/** Where only the days were said, and still are right, any hour of theirs is as its reader knows it */
const BEGINS = `case when (facts->>'hoursToFollow')::boolean and ${SAID}->>'firstDay' = first_day::text
                     then to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                     else ${SAID}->>'startsAt' end`;

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
   * Those to which an answer may belong: by the token of their own address, by UID, by the Message-ID of one of their mails.
   */
  async named(
    keys: {
      readonly tokens: readonly string[];
      readonly uids: readonly string[];
      readonly messageIds: readonly string[];
    },
    tx: EntityManager = this.database.manager,
  ): Promise<(SentTo & { readonly last: LastMail })[]> {
    const rows: (SentTo & { mailState: MailState | null })[] = await tx.query(
      `select i.id, i.meeting_id as "meetingId", i.person_id as "personId", i.state, i.sent,
              greatest(i.sent_at, l.first_tried_at) as "sentAt", l.state as "mailState"
         from invitation i
         left join lateral (select state, first_tried_at from mail where ordering_key = 'invitation/' || i.id
                               and revision = (i.sent->>'revision')::int order by place desc limit 1) l on true
        where i.token = any($1) or i.uid = any($2) or i.id = any(
          select distinct invitation_id::uuid from mail where (message_id = any($3) or server_message_id = any($3))
             and invitation_id ~ '^[0-9a-f]{8}-')`,
      [keys.tokens, keys.uids, keys.messageIds],
    );
    return rows.map(({ mailState, ...row }) => ({ ...row, last: lastMailOf(mailState ?? undefined) }));
  }

  /**
   * Who knows of which meetings of a year, or is about to: a mail that was taken back, or that a rehearsal kept back, has told nobody.
   * Without the letters themselves, since a page reads hundreds.
   * @param meetingId of one meeting only
   */
  async told(cycleId: string, meetingId?: string): Promise<ToldOf[]> {
    return this.database.query(
      `with told as (
         select i.meeting_id, i.person_id, i.sent_at, m.starts_at, m.first_day,
                case when l.state in ('withdrawn', 'kept-back') then i.sent->'before' else i.sent->'facts' end as facts
           from invitation i join meeting m on m.id = i.meeting_id
           left join lateral (select state from mail where ordering_key = 'invitation/' || i.id
                                 and revision = (i.sent->>'revision')::int order by place desc limit 1) l on true
          where m.cycle_id = $1 and i.state = 'live' and ($2::uuid is null or m.id = $2)),
       invited as (
         select distinct on (meeting_id, person_id) * from told where jsonb_typeof(facts) = 'object'
          order by meeting_id, person_id, sent_at desc),
       noticed as (
         select n.office_id, n.sent_at, t.one->'facts' as facts, t.one->'people' as people
           from office_notice n
           left join lateral (select state from mail where ordering_key = 'office/' || n.cycle_id || '/' || n.office_id
                                 and revision = n.revision order by place desc limit 1) l on true
          cross join lateral jsonb_array_elements(
            case when l.state in ('withdrawn', 'kept-back') then n.before else n.told end) as t(one)
          where n.cycle_id = $1 and ($2::uuid is null or t.one->'facts'->>'meetingId' = $2::text))
       select meeting_id as "meetingId", person_id as "personId", 'person' as via, null as "officeId",
              ${BEGINS} as "startsAt", facts->>'status' = 'cancelled' as cancelled,
              facts->>'answerBy' as "answerBy", sent_at as "sentAt"
         from invited
       union all
       select (facts->>'meetingId')::uuid, w.who->>'personId', 'office', office_id,
              ${BEGINS}, facts->>'status' = 'cancelled', facts->>'answerBy', sent_at
         from noticed join meeting on meeting.id = (facts->>'meetingId')::uuid cross join lateral jsonb_array_elements(people) as w(who)`,
      [cycleId, meetingId ?? null],
    );
  }

  /** When staff let mails go, newest first */
  async releases(cycleId: string): Promise<{ id: string; by: string; mails: number; at: Date }[]> {
    return this.database.manager.find(ReleaseEntity, { where: { cycleId }, order: { at: 'DESC' } });
  }
}
