import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AnswerEntity } from './answer.entity.ts';
import type { Answer } from './answer.ts';

/** Given after the rehearsal in which these people were asked for the first time; `t` is the attendee */
const inEarnest = '(t.rehearsed_until is null or a.at > t.rehearsed_until)';

@Injectable()
export class ResponseQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * Everything that was said of these people at their meetings, oldest first, by attendee. What was said in a rehearsal that is over stays
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
      .orderBy('a.id', 'ASC')
      .getMany();
    return Map.groupBy(rows, (row) => row.attendeeId);
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
