import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { Text } from '../kernel/text.ts';
import { AnswerDoubtEntity } from './answer-doubt.entity.ts';
import { AnswerEntity } from './answer.entity.ts';
import type { Answer } from './answer.ts';
import type { DoubtReason } from './doubt.ts';

/** Given after the rehearsal in which these people were asked for the first time; `t` is the attendee */
const inEarnest = '(t.rehearsed_until is null or a.at > t.rehearsed_until)';

/** An answer that waits for somebody to say whether a person gave it */
export interface Doubted {
  readonly answerId: string;
  readonly reason: DoubtReason;
  readonly raisedAt: Date;
  readonly attendance: Answer['attendance'];
  readonly attendeeId: string;
  readonly personId: string;
  readonly meetingId: string;
  readonly title: Text;
}

@Injectable()
export class ResponseQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * Everything that was said of these people at their meetings, in the order in which it was said, by attendee. What was said in a rehearsal that is over stays
   * in the ledger and is not among it.
   */
  async historyOf(
    attendeeIds: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<Map<string, Answer[]>> {
    if (attendeeIds.length === 0) return new Map();
    const rows = await tx
      .createQueryBuilder(AnswerEntity, 'a')
      .innerJoin('attendee', 't', 't.id = a.attendee_id')
      .where('a.attendee_id in (:...ids)', { ids: [...attendeeIds] })
      .andWhere(inEarnest)
      .orderBy('coalesce(a.answered_at, a.at)', 'ASC')
      .addOrderBy('a.id', 'ASC')
      .getMany();
    const doubts = await this.doubtsAbout(rows, tx);
    const anew = await this.askedAnew(attendeeIds, tx);
    const answers = rows.map((row): Answer => {
      const doubt = doubts.get(row.id);
      const askedAt = anew.get(row.attendeeId);
      return { ...row, ...(doubt ? { doubt } : {}), ...(askedAt && row.at <= askedAt ? { askedAnew: true } : {}) };
    });
    return Map.groupBy(answers, (answer) => answer.attendeeId);
  }

  private async askedAnew(attendeeIds: readonly string[], tx: EntityManager): Promise<Map<string, Date>> {
    const rows: { id: string; at: Date }[] = await tx.query(
      `select id, asked_anew_at as at from attendee where id = any($1) and asked_anew_at is not null`,
      [attendeeIds],
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  private async doubtsAbout(rows: readonly { id: string }[], tx: EntityManager) {
    if (rows.length === 0) return new Map<string, never>();
    const doubts = await tx.findBy(AnswerDoubtEntity, { answerId: In(rows.map((row) => row.id)) });
    return new Map(doubts.map(({ answerId, reason, counts }) => [answerId, { reason, counts }] as const));
  }

  /** Answers of a cycle that a machine may have given and that nobody has looked at, oldest first */
  async doubted(cycleId: string, tx: EntityManager = this.database.manager): Promise<Doubted[]> {
    return tx.query(
      `select d.answer_id as "answerId", d.reason, d.raised_at as "raisedAt", a.attendance, t.id as "attendeeId",
              t.person_id as "personId", m.id as "meetingId", m.title
         from answer_doubt d join answer a on a.id = d.answer_id join attendee t on t.id = a.attendee_id
         join meeting m on m.id = t.meeting_id
        where m.cycle_id = $1 and d.settled_at is null and a.revision = m.revision and t.removed_at is null and ${inEarnest}
          and (t.asked_anew_at is null or a.at > t.asked_anew_at)
          and not exists (select 1 from answer later where later.attendee_id = a.attendee_id and later.id > a.id
                            and later.revision = a.revision)
        order by d.raised_at, d.answer_id`,
      [cycleId],
    );
  }

  /** The newest answers of a cycle, for the page "today" */
  async latest(cycleId: string, count: number): Promise<(Answer & { meetingId: string; personId: string })[]> {
    return this.database.manager
      .createQueryBuilder()
      .select([
        'a.id as id',
        'a.attendee_id as "attendeeId"',
        'a.attendance as attendance',
        'a.channel as channel',
        'a.given_by as "givenBy"',
        'a.at as at',
        'a.remarks as remarks',
        'a.proxy_name as "proxyName"',
        't.meeting_id as "meetingId"',
        't.person_id as "personId"',
      ])
      .from('answer', 'a')
      .innerJoin('attendee', 't', 't.id = a.attendee_id')
      .innerJoin('meeting', 'm', 'm.id = t.meeting_id')
      .where('m.cycle_id = :cycleId', { cycleId })
      .andWhere(inEarnest)
      .orderBy('a.id', 'DESC')
      .limit(count)
      .getRawMany();
  }
}
