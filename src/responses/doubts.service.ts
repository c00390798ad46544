import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { AnswerDoubtEntity } from './answer-doubt.entity.ts';
import { AnswerEntity } from './answer.entity.ts';
import { currentAnswer } from './answer.ts';
import type { DoubtReason } from './doubt.ts';
import { responseRefusals } from './refusals.ts';
import { ResponseQueries } from './responses.queries.ts';

/** Answers that a machine may have given: kept, shown as such, and settled by a person (itip G2) */
@Injectable()
export class Doubts {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly attendees: Attendees,
    private readonly answers: ResponseQueries,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** @param answerIds of one attendee; those about which somebody has decided before are left as they are */
  async raise(
    tx: EntityManager,
    attendee: Attendee,
    meeting: Meeting,
    answerIds: readonly string[],
    reason: DoubtReason,
  ): Promise<void> {
    const raisedAt = this.clock.now().toJSDate();
    const rows = answerIds.map((answerId) => ({ answerId, reason, raisedAt }));
    await tx.createQueryBuilder().insert().into(AnswerDoubtEntity).values(rows).orIgnore().execute();
    await this.follow(tx, attendee, meeting);
  }

  /**
   * Says whether a person gave an answer, and with it the earlier ones in the same doubt.
   * @throws Refusal where there is no such doubt or somebody has settled it
   */
  async settle(answerId: string, counts: boolean, actor: Actor): Promise<{ meetingId: string }> {
    return this.attendees.nobodyTwice(async (tx) => {
      const answer = /^\d{1,18}$/.test(answerId) ? await tx.findOneBy(AnswerEntity, { id: answerId }) : null;
      if (!answer) throw Refusal.of(responseRefusals, 'responses.doubt-settled');
      const attendee = await this.meetings.attendee(answer.attendeeId, tx);
      const meeting = await this.meetings.locked(attendee.meetingId, tx);
      const doubts = await tx.find(AnswerDoubtEntity, { where: { answerId }, lock: { mode: 'pessimistic_write' } });
      if (doubts[0]?.settledAt !== null) throw Refusal.of(responseRefusals, 'responses.doubt-settled');
      const settled = { settledAt: this.clock.now().toJSDate(), settledBy: actor.name };
      await tx.update(AnswerDoubtEntity, { answerId }, { ...settled, counts });
      const earlier: { id: string }[] = await tx.query(
        `select a.id from answer a join answer_doubt d on d.answer_id = a.id
          where a.attendee_id = $1 and a.id < $2 and d.settled_at is null`,
        [answer.attendeeId, answerId],
      );
      const ids = earlier.map((one) => one.id);
      if (ids.length > 0) await tx.update(AnswerDoubtEntity, { answerId: In(ids) }, { ...settled, counts: false });
      await this.follow(tx, attendee, meeting);
      await this.trail.record(tx, {
        actor,
        verb: counts ? 'responses.believe' : 'responses.dismiss',
        subject: `meeting/${meeting.id}`,
        after: { person: attendee.personId, attendance: answer.attendance },
      });
      return { meetingId: meeting.id };
    });
  }

  /** The attendance that follows from what counts now */
  private async follow(tx: EntityManager, attendee: Attendee, meeting: Meeting): Promise<void> {
    const history = (await this.answers.historyOf([attendee.id], tx)).get(attendee.id) ?? [];
    const attendance = currentAnswer(history, meeting.revision)?.attendance ?? 'unanswered';
    const now = await this.meetings.attendee(attendee.id, tx);
    if (now.attendance !== attendance) await this.attendees.attend(tx, attendee.id, attendance);
  }
}
