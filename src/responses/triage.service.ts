import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Inbound } from '../mail/inbound/inbound.service.ts';
import { Returns } from '../mail/inbound/returns.service.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import type { GivenAnswer } from './answer.ts';
import { IncomingEntity } from './incoming.entity.ts';
import { reasonText, type Settlement } from './incoming.ts';
import { KnownInvitations } from './known-invitations.queries.ts';
import { MailAnswers } from './mail-answers.service.ts';
import { responseRefusals } from './refusals.ts';
import { Responses } from './responses.service.ts';
import { TriageQueries, type IncomingDetail } from './triage.queries.ts';

/** What people make of mails that could not be decided: each is one press, and stands on the trail. */
@Injectable()
export class Triage {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly queries: TriageQueries,
    private readonly inbound: Inbound,
    private readonly invitations: KnownInvitations,
    private readonly answers: MailAnswers,
    private readonly responses: Responses,
    private readonly attendees: Attendees,
    private readonly returns: Returns,
    private readonly outbox: Outbox,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /**
   * The answer in it is this person's: it is recorded as if it had come from where they were invited.
   * @param alias the address is theirs, now and whenever they answer from it
   * @returns `proposal` where they ask for another time: then it still waits, now for what is made of that (itip E16)
   * @throws Refusal responses.mail-settled, responses.mail-without-answer, responses.not-recorded, meetings.two-places
   */
  async takeAnswer(id: string, actor: Actor, alias: boolean): Promise<'settled' | 'proposal'> {
    const message = await this.inbound.one(id);
    return this.attendees.nobodyTwice(async (tx) => {
      const row = await this.locked(tx, id);
      const detail = await this.detail(id);
      const reply = row.reply;
      const [invitation] = row.invitationId
        ? await this.invitations.among(
            { tokens: [], saidTokens: [], uids: [await this.uidOf(tx, row.invitationId)], messageIds: [] },
            tx,
          )
        : [];
      if (!message || !reply || !invitation) throw Refusal.of(responseRefusals, 'responses.mail-without-answer');
      if (alias)
        await this.invitations.confirmAlias(tx, invitation.personId, reply.attendee.address, actor.name, this.now());
      if (row.kind === 'counter') {
        await this.askWhatToMakeOf(tx, detail, actor);
        return 'proposal';
      }
      const older = reply.sequence !== null && reply.sequence < invitation.sequence && row.reason !== 'sequence-reset';
      const verdict = {
        outcome: older ? ('stale' as const) : ('applied' as const),
        reason: 'answered' as const,
        reply,
      };
      const taken = await this.answers.take(tx, message, invitation, verdict, reply, actor);
      if (taken.outcome === 'held' || (taken.outcome === 'noted' && taken.reason !== 'superseded'))
        throw Refusal.of(responseRefusals, 'responses.not-recorded', { why: reasonText(taken.reason) });
      await this.settle(tx, detail, alias ? 'alias' : 'answered', actor);
      return 'settled';
    });
  }

  /** It is theirs; what stands beside a proposal is no answer to the present time. */
  private async askWhatToMakeOf(tx: EntityManager, detail: IncomingDetail, actor: Actor): Promise<void> {
    await tx.update(IncomingEntity, { id: detail.id }, { outcome: 'proposal', reason: 'other-time' });
    await this.trail.record(tx, {
      actor,
      verb: 'responses.settle-mail',
      subject: detail.meetingId ? `meeting/${detail.meetingId}` : `incoming/${detail.id}`,
      after: { as: 'alias', ...(detail.personId ? { person: detail.personId } : {}) },
    });
  }

  /** Somebody has read it and says what it means, or has heard it by telephone. @throws Refusal as `Responses.record` */
  async answerFor(id: string, given: GivenAnswer, actor: Actor): Promise<void> {
    const detail = await this.detail(id);
    await this.open(detail);
    const { attendeeId, meetingRevision: revision } = detail;
    if (!attendeeId || revision === null) throw Refusal.of(responseRefusals, 'responses.mail-without-answer');
    const giver = { channel: 'staff', name: `${detail.from} / ${actor.name}`, agent: '', actor } as const;
    await this.responses.record([{ attendeeId, revision, given }], { ...giver, mayAnswerFor: 'everybody' });
    await this.database.transaction(async (tx) => {
      await this.locked(tx, id);
      await this.settle(tx, detail, 'answered', actor);
    });
  }

  /**
   * It is put aside as what it is. Who had called our mail spam may be written to again with `resumed`.
   * @param then what else follows, in the same transaction; nothing where not given
   */
  async putAside(
    id: string,
    as: Exclude<Settlement, 'alias' | 'answered'>,
    actor: Actor,
    then?: (tx: EntityManager) => Promise<void>,
  ): Promise<void> {
    const detail = await this.detail(id);
    await this.database.transaction(async (tx) => {
      await this.locked(tx, id);
      if (as === 'resumed' && detail.outcome === 'complaint' && detail.invitedAddress)
        await this.returns.resume(tx, detail.invitedAddress, actor);
      await then?.(tx);
      await this.settle(tx, detail, as, actor);
    });
  }

  /** The invitation goes once more, octet by octet as it went: whoever has it already sees no change (itip C5, E17). */
  async sendAgain(id: string, actor: Actor): Promise<void> {
    const detail = await this.detail(id);
    if (!detail.invitationId) throw Refusal.of(responseRefusals, 'responses.mail-without-answer');
    await this.database.transaction(async (tx) => {
      await this.locked(tx, id);
      await this.outbox.again(tx, detail.invitationId!, actor);
      await this.settle(tx, detail, 'seen', actor);
    });
  }

  private async detail(id: string): Promise<IncomingDetail> {
    const detail = await this.queries.one(id);
    if (!detail) throw Refusal.of(responseRefusals, 'responses.no-such-mail');
    return detail;
  }

  private async open({ state }: IncomingDetail): Promise<void> {
    if (state !== 'held') throw Refusal.of(responseRefusals, 'responses.mail-settled');
  }

  /** Two people who settle one mail at the same time: the second is told. */
  private async locked(tx: EntityManager, id: string): Promise<IncomingEntity> {
    const row = await tx.findOne(IncomingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (row?.state !== 'held') throw Refusal.of(responseRefusals, 'responses.mail-settled');
    return row;
  }

  private async uidOf(tx: EntityManager, invitationId: string): Promise<string> {
    const [row]: { uid: string }[] = await tx.query(`select uid from invitation where id = $1`, [invitationId]);
    return row?.uid ?? '';
  }

  private async settle(tx: EntityManager, detail: IncomingDetail, as: Settlement, actor: Actor): Promise<void> {
    const state = as === 'alias' || as === 'answered' || detail.outcome === 'applied' ? 'applied' : 'ignored';
    await tx.update(
      IncomingEntity,
      { id: detail.id },
      { state, settledAs: as, settledBy: actor.name, settledAt: this.now() },
    );
    await this.inbound.file(tx, detail.id, 'processed');
    await this.trail.record(tx, {
      actor,
      verb: 'responses.settle-mail',
      subject: detail.meetingId ? `meeting/${detail.meetingId}` : `incoming/${detail.id}`,
      after: { as, ...(detail.personId ? { person: detail.personId } : {}) },
    });
  }

  private now(): Date {
    return this.clock.now().toJSDate();
  }
}
