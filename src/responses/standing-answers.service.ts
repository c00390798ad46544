import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { AnnouncedQueries } from '../invitations/announced.queries.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { AnswerEntity } from './answer.entity.ts';
import { isBelieved, type Answer } from './answer.ts';
import { ResponseQueries } from './responses.queries.ts';

const actor = systemActor('responses');

/**
 * Answers that stand although their meeting moved: it came back to where it was before anybody had been told. Nobody is asked again by
 * a mail then, so that what they said must not be lost; it is said once more in the ledger, for the meeting as it is now.
 */
@Injectable()
export class StandingAnswers {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly attendees: Attendees,
    private readonly announced: AnnouncedQueries,
    private readonly answers: ResponseQueries,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Safe to repeat: who has answered the meeting as it is now is left alone. */
  async afterMove(meetingId: string): Promise<void> {
    try {
      await this.attendees.nobodyTwice((tx) => this.restore(tx, meetingId));
    } catch (error) {
      // somebody who had sent a proxy is wanted elsewhere by now: then they are asked again
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private async restore(tx: EntityManager, meetingId: string): Promise<void> {
    const meeting = await this.meetings.locked(meetingId, tx);
    if (meeting.state !== 'scheduled') return;
    const open = (await this.meetings.attendeesOf([meetingId], tx)).filter((one) => one.attendance === 'unanswered');
    const history = await this.historyOf(meetingId, open, tx);
    if (history.size === 0) return;
    const knownSince = await this.announced.knownSince(meeting, tx);
    for (const attendee of open) {
      const last = history.get(attendee.personId)?.findLast((one) => isBelieved(one) && !one.askedAnew);
      const since = knownSince.get(attendee.personId);
      if (last && last.revision !== meeting.revision && since && last.at >= since)
        await this.sayAgain(tx, meeting, attendee, last);
    }
  }

  /** What each of them said, by person: who gave way to somebody else and came back is on the list anew. */
  private async historyOf(
    meetingId: string,
    open: readonly Attendee[],
    tx: EntityManager,
  ): Promise<Map<string, Answer[]>> {
    const people = open.map(({ personId }) => personId);
    const rows = await this.meetings.rowsOf(meetingId, people, tx);
    const personOf = new Map(rows.map(({ id, personId }) => [id, personId]));
    const answers = [...(await this.answers.historyOf([...personOf.keys()], tx)).values()].flat();
    answers.sort((a, b) => (a.answeredAt ?? a.at).getTime() - (b.answeredAt ?? b.at).getTime());
    return Map.groupBy(answers, ({ attendeeId }) => personOf.get(attendeeId)!);
  }

  private async sayAgain(tx: EntityManager, meeting: Meeting, attendee: Attendee, last: Answer): Promise<void> {
    const { id: _, doubt: __, ...said } = last;
    await tx.insert(AnswerEntity, {
      ...said,
      attendeeId: attendee.id,
      revision: meeting.revision,
      at: this.clock.now().toJSDate(),
    });
    await this.attendees.attend(tx, attendee.id, last.attendance);
    await this.trail.record(tx, {
      actor,
      verb: 'responses.record',
      subject: `meeting/${meeting.id}`,
      after: { person: attendee.personId, attendance: last.attendance, channel: last.channel },
    });
  }
}
