import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { newId, newToken } from '../kernel/ids.ts';
import { hashOf, type KnownLink, type LinkPurpose, type OpenLink } from './link.ts';

export interface NewLink {
  readonly purpose: LinkPurpose;
  readonly subject: string;
  readonly expiresAt: DateTime;
}

/**
 * Links that are mailed. The token is given out once, when the link is issued, and is not kept. A token that was never issued, one for
 * another purpose and a revoked one get the same answer: nothing.
 */
@Injectable()
export class Links {
  constructor(private readonly clock: Clock) {}

  /** @returns the token, to be put into an address and nowhere else */
  async issue(tx: EntityManager, { purpose, subject, expiresAt }: NewLink): Promise<string> {
    const token = newToken();
    await tx.query(
      `insert into link (id, purpose, subject, hash, nonce_key, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), purpose, subject, hashOf(token), randomBytes(32), this.now(), expiresAt.toJSDate()],
    );
    return token;
  }

  /** Reads only, so that a GET may use it any number of times. */
  async open(tx: EntityManager, purpose: LinkPurpose, token: string): Promise<OpenLink | undefined> {
    const known = await this.known(tx, purpose, token);
    return known && !known.expired ? { id: known.id, subject: known.subject } : undefined;
  }

  /** Like `open`, but also tells of a link whose time is over: its page shows the present state and offers a new link. */
  async known(tx: EntityManager, purpose: LinkPurpose, token: string): Promise<KnownLink | undefined> {
    const hash = hashOf(token);
    const [row]: { id: string; subject: string; hash: Buffer; nonceKey: Buffer; expiresAt: Date }[] = await tx.query(
      `select id, subject, hash, nonce_key as "nonceKey", expires_at as "expiresAt" from link where hash = $1 and purpose = $2 and revoked_at is null`,
      [hash, purpose],
    );
    if (!row || !timingSafeEqual(row.hash, hash)) return undefined;
    return { id: row.id, subject: row.subject, nonceKey: row.nonceKey, expired: row.expiresAt <= this.now() };
  }

  /** Opens a link that works once. Of any number who try at the same time one gets it. */
  async consume(tx: EntityManager, purpose: LinkPurpose, token: string): Promise<OpenLink | undefined> {
    const open = await this.open(tx, purpose, token);
    if (!open) return undefined;
    const [, consumed]: [unknown, number] = await tx.query(
      `update link set revoked_at = $2 where id = $1 and revoked_at is null`,
      [open.id, this.now()],
    );
    return consumed === 1 ? open : undefined;
  }

  /** When the newest link of a subject was issued. Others who ask at the same time wait, so that one is issued for all of them. */
  async issuedLast(tx: EntityManager, purpose: LinkPurpose, subject: string): Promise<Date | undefined> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`link/${purpose}/${subject}`]);
    const [row]: { at: Date | null }[] = await tx.query(
      `select max(created_at) as at from link where purpose = $1 and subject = $2`,
      [purpose, subject],
    );
    return row?.at ?? undefined;
  }

  /**
   * Uses up what a form was sealed with. Of any number who send the same form one does it.
   * @param spent what `readNonce` gave
   * @returns whether it was still unused
   */
  async spend(tx: EntityManager, linkId: string, spent: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `insert into spent_nonce (link_id, nonce, at) values ($1, $2, $3) on conflict do nothing returning nonce`,
      [linkId, spent, this.now()],
    );
    return rows.length === 1;
  }

  /** One link by its id, or all of a subject: somebody who left, a new address, a cancelled meeting. Revoking twice does no harm. */
  async revoke(tx: EntityManager, which: { id: string } | { purpose: LinkPurpose; subject: string }): Promise<void> {
    if ('id' in which) {
      await tx.query(`update link set revoked_at = $2 where id = $1 and revoked_at is null`, [which.id, this.now()]);
      return;
    }
    await tx.query(`update link set revoked_at = $3 where purpose = $1 and subject = $2 and revoked_at is null`, [
      which.purpose,
      which.subject,
      this.now(),
    ]);
  }

  private now(): Date {
    return this.clock.now().toJSDate();
  }
}
