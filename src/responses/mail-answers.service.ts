import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { systemActor, type Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { AnnouncedQueries } from '../invitations/announced.queries.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { StoredMessage } from '../mail/inbound/inbound.service.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { AnswerEntity } from './answer.entity.ts';
import { currentAnswer, refusalToAnswer, type Answer, type GivenAnswer } from './answer.ts';
import { giverOf, recordOf } from './incoming.ts';
import type { AnswerableInvitation } from './known-invitations.queries.ts';
import type { GivenReply, Outcome, Reason, Verdict } from './reading/verdict.ts';
import { ResponseQueries } from './responses.queries.ts';

const actor = systemActor('mail');

/** Answers that came by mail, on their way into the ledger. */
@Injectable()
export class MailAnswers {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly attendees: Attendees,
    private readonly announced: AnnouncedQueries,
    private readonly answers: ResponseQueries,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** What a mail comes to whose answer the house refuses */
  static refused(refusal: Refusal): { outcome: Outcome; reason: Reason } {
    const elsewhere = refusal.code === 'meetings.two-places' || refusal.code === 'meetings.somebody-in-two-places';
    return { outcome: 'held', reason: elsewhere ? 'booked-elsewhere' : 'unreadable' };
  }

  /**
   * Records an answer. The caller is in `Attendees.nobodyTwice`. The latest that was given counts, whatever its channel; one to an earlier
   * revision is kept and does not count.
   * @param by whoever of the secretariat has said that it shall be taken; the mail itself where not given
   * @returns the verdict, as it is with what the ledger knows
   */
  async take(
    tx: EntityManager,
    message: StoredMessage,
    invitation: { readonly id: string },
    verdict: Verdict,
    reply: GivenReply,
    by?: Actor,
  ): Promise<Verdict> {
    const { meetingId, personId, meetingRevisions } = invitation as AnswerableInvitation;
    const say = (outcome: Outcome, reason: Reason): Verdict => ({ outcome, reason, reply });
    const told = await this.announced.toPerson(meetingId, personId, tx);
    if (!told || told.state === 'withdrawn' || told.state === 'cancelled') return say('noted', 'withdrawn');
    if (told.state === 'over') return say('noted', 'over');
    // one day's entry says nothing of the other days: a person decides what it means for the meeting
    if (told.byDay && !by) return say('held', 'single-event');
    const meeting = await this.meetings.locked(meetingId, tx);
    const attendee = (await this.meetings.attendeesOf([meetingId], tx)).find((one) => one.personId === personId);
    if (!attendee) return say('noted', 'withdrawn');
    const refusal = refusalToAnswer(meeting, attendee, meeting.revision, this.clock.now().toJSDate());
    if (refusal?.code === 'responses.cancelled') return say('noted', 'withdrawn');
    if (refusal?.code === 'responses.too-late') return say('noted', 'over');
    const older = verdict.outcome === 'stale';
    const stale = older || refusal !== undefined || told.state !== 'open';
    const answered = meetingRevisions[String(reply.sequence)] ?? meeting.revision - 1;
    const revision = stale ? Math.max(0, Math.min(answered, meeting.revision - 1)) : meeting.revision;
    const history = (await this.answers.historyOf([attendee.id], tx)).get(attendee.id) ?? [];
    const given = recordOf(reply, currentAnswer(history, revision));
    if (!given) return stale ? say('stale', older ? 'older-revision' : 'changed-meanwhile') : verdict;
    if (given.attendance === 'proxy' && given.proxyName === '') return say('held', 'unreadable');
    const superseded = await this.append(tx, message, meeting, attendee, {
      revision,
      given,
      reply,
      history,
      stale,
      by,
    });
    if (stale) return say('stale', older ? 'older-revision' : 'changed-meanwhile');
    return superseded ? say('noted', 'superseded') : verdict;
  }

  private async append(
    tx: EntityManager,
    message: StoredMessage,
    meeting: Meeting,
    attendee: Attendee,
    it: {
      readonly revision: number;
      readonly given: GivenAnswer;
      readonly reply: GivenReply;
      readonly history: readonly Answer[];
      readonly stale: boolean;
      readonly by: Actor | undefined;
    },
  ): Promise<boolean> {
    const now = this.clock.now().toJSDate();
    // nobody answers after the mail has arrived, whatever their clock says
    const said = Date.parse(it.reply.at ?? '');
    const answeredAt = new Date(Math.min(Number.isNaN(said) ? Infinity : said, message.receivedAt.getTime()));
    const before = currentAnswer(it.history, it.revision);
    const superseded = !it.stale && before !== undefined && timeOf(before) > answeredAt.getTime();
    await tx.insert(AnswerEntity, {
      ...it.given,
      attendeeId: attendee.id,
      revision: it.revision,
      channel: 'calendar',
      givenBy: it.by ? `${giverOf(it.reply)} / ${it.by.name}` : giverOf(it.reply),
      agent: '',
      at: now,
      answeredAt,
      sequence: it.reply.sequence,
      inboundId: message.id,
    });
    if (!it.stale && !superseded) await this.attendees.attend(tx, attendee.id, it.given.attendance);
    await this.trail.record(tx, {
      actor: it.by ?? actor,
      verb: 'responses.record',
      subject: `meeting/${meeting.id}`,
      before: before ? { person: attendee.personId, attendance: before.attendance } : undefined,
      after: { person: attendee.personId, attendance: it.given.attendance, channel: 'calendar' },
    });
    return superseded;
  }
}

const timeOf = ({ answeredAt, at }: Answer): number => (answeredAt ?? at).getTime();
