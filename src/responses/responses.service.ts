import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { AnswerEntity } from './answer.entity.ts';
import { currentAnswer, refusalToAnswer, type Channel, type GivenAnswer } from './answer.ts';
import { responseRefusals } from './refusals.ts';

/** What is said of one person at one meeting, and for which revision of the meeting */
export interface Entry {
  readonly attendeeId: string;
  readonly revision: number;
  readonly given: GivenAnswer;
}

export interface Giver {
  readonly channel: Channel;
  /** As they named themselves, or as we know them */
  readonly name: string;
  /** Coarse: "Firefox, Windows" */
  readonly agent: string;
  readonly actor: Actor;
  /** Those for whom this link may answer; staff may for everybody */
  readonly mayAnswerFor: ReadonlySet<string> | 'everybody';
}

/** The ledger of answers. Rows are only added; the attendance of a meeting is what follows from them. */
@Injectable()
export class Responses {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly meetings: MeetingQueries,
    private readonly attendees: Attendees,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes all of these answers or none. An answer that says what is already known adds nothing.
   * @param then done in the same transaction where anything was new: a receipt
   * @returns ids of the attendees whose answer is new
   */
  async record(
    entries: readonly Entry[],
    giver: Giver,
    then?: (tx: EntityManager, changed: readonly string[]) => Promise<void>,
  ): Promise<string[]> {
    return this.attendees.nobodyTwice(async (tx) => {
      const changed: string[] = [];
      for (const entry of [...entries].sort((a, b) => a.attendeeId.localeCompare(b.attendeeId)))
        if (await this.recordOne(tx, entry, giver)) changed.push(entry.attendeeId);
      if (changed.length > 0) await then?.(tx, changed);
      return changed;
    });
  }

  private async recordOne(tx: EntityManager, { attendeeId, revision, given }: Entry, giver: Giver): Promise<boolean> {
    if (giver.mayAnswerFor !== 'everybody' && !giver.mayAnswerFor.has(attendeeId))
      throw Refusal.of(responseRefusals, 'responses.not-your-people');
    const attendee = await this.meetings.attendee(attendeeId, tx);
    const meeting = await this.meetings.locked(attendee.meetingId, tx);
    const now = this.clock.now().toJSDate();
    refuse(refusalToAnswer(meeting, attendee, revision, now));
    const answers = await tx.find(AnswerEntity, { where: { attendeeId }, order: { id: 'ASC' } });
    const before = currentAnswer(answers, meeting.revision);
    if (before && saysTheSame(before, given)) return false;
    await tx.insert(AnswerEntity, {
      ...given,
      attendeeId,
      revision,
      channel: giver.channel,
      givenBy: giver.name,
      agent: giver.agent,
      at: now,
    });
    await this.attendees.attend(tx, attendeeId, given.attendance);
    await this.trail.record(tx, {
      actor: giver.actor,
      verb: 'responses.record',
      subject: `meeting/${meeting.id}`,
      before: before ? { person: attendee.personId, attendance: before.attendance } : undefined,
      after: { person: attendee.personId, attendance: given.attendance, channel: giver.channel },
    });
    return true;
  }
}

const said = (answer: GivenAnswer) =>
  JSON.stringify([
    answer.attendance,
    answer.lateFrom,
    answer.leavingAt,
    answer.proxyName,
    answer.proxyTitle,
    answer.accompanying,
    answer.remarks,
  ]);
const saysTheSame = (a: GivenAnswer, b: GivenAnswer) => said(a) === said(b);
