import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LastMail } from '../invitations/mail-due.ts';
import { InvitationQueries } from '../invitations/invitations.queries.ts';
import { AnsweringAliasEntity } from './answering-alias.entity.ts';
import type { Keys, KnownInvitation } from './reading/reading.ts';

/** An invitation to which an answer may belong, with what it takes to record it */
export interface AnswerableInvitation extends KnownInvitation {
  readonly meetingId: string;
  readonly personId: string;
  /** Which revision of the meeting was announced under which SEQUENCE */
  readonly meetingRevisions: Readonly<Record<string, number>>;
  readonly last: LastMail;
}

@Injectable()
export class KnownInvitations {
  constructor(private readonly invitations: InvitationQueries) {}

  /** Those that one of these keys names. */
  async among(keys: Keys, tx: EntityManager): Promise<AnswerableInvitation[]> {
    const found = await this.invitations.named(
      { tokens: [...keys.tokens, ...keys.saidTokens], uids: keys.uids, messageIds: keys.messageIds },
      tx,
    );
    if (found.length === 0) return [];
    const aliases: { personId: string; address: string }[] = await tx.query(
      `select person_id as "personId", address from answering_alias where person_id = any($1)
       union select person_id, address from person_address where person_id = any($1)`,
      [found.map(({ personId }) => personId)],
    );
    return found.map(({ id, meetingId, personId, sent, last, sentAt }) => ({
      id,
      meetingId,
      personId,
      token: sent.token,
      uid: sent.uid,
      messageIds: sent.messageIds,
      // what has not left was never seen: they answer the one before
      sequence: last !== 'left' && sent.before ? sent.sequence - 1 : sent.sequence,
      sentAt: sentAt.toISOString(),
      address: sent.facts.address ?? '',
      aliases: aliases.filter((one) => one.personId === personId).map(({ address }) => address),
      live: sent.state !== 'cancelled' && sent.state !== 'withdrawn',
      meetingRevisions: sent.meetingRevisions ?? {},
      last,
    }));
  }

  async confirmAlias(tx: EntityManager, personId: string, address: string, by: string, at: Date): Promise<void> {
    await tx
      .createQueryBuilder()
      .insert()
      .into(AnsweringAliasEntity)
      .values({ personId, address, confirmedBy: by, confirmedAt: at })
      .orIgnore()
      .execute();
  }
}
