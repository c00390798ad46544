import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { newId, newToken } from '../kernel/ids.ts';
import { hashOf } from '../links/link.ts';
import { SESSION_HOURS, SESSION_IDLE_HOURS } from './session.ts';
import type { StaffMember } from './staff.ts';

const HOUR = 3_600_000;

/** Who is signed in. The role and whether the account is active are read anew with every request. */
@Injectable()
export class Sessions {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @returns the token for the cookie */
  async begin(tx: EntityManager, staffId: string): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await tx.query(
      `insert into staff_session (id, staff_id, hash, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
      [newId(), staffId, hashOf(token), now.toJSDate(), now.plus({ hours: SESSION_IDLE_HOURS }).toJSDate()],
    );
    return token;
  }

  /** The active member of staff whose session this is */
  async staffOf(token: string): Promise<StaffMember | undefined> {
    const now = this.clock.now().toMillis();
    const [row]: (StaffMember & { session: string; createdAt: Date; expiresAt: Date })[] = await this.database.query(
      `select s.id, s.name_ja as "nameJa", s.name_en as "nameEn", s.email, s.telephone, s.role, s.language, s.active,
              ss.id as session, ss.created_at as "createdAt", ss.expires_at as "expiresAt"
         from staff_session ss join staff s on s.id = ss.staff_id
        where ss.hash = $1 and ss.revoked_at is null and ss.expires_at > $2 and s.active`,
      [hashOf(token), new Date(now)],
    );
    if (!row) return undefined;
    const { session, createdAt, expiresAt, ...staff } = row;
    const until = Math.min(now + SESSION_IDLE_HOURS * HOUR, createdAt.getTime() + SESSION_HOURS * HOUR);
    // Once an hour is enough, and a page that loads ten things does not write ten times
    if (until - expiresAt.getTime() >= HOUR)
      await this.database.query(`update staff_session set expires_at = $2 where id = $1`, [session, new Date(until)]);
    return staff;
  }

  /** Signing out. A token that is unknown or over already is no fault. */
  async end(token: string): Promise<void> {
    await this.database.query(`update staff_session set revoked_at = $2 where hash = $1 and revoked_at is null`, [
      hashOf(token),
      this.clock.now().toJSDate(),
    ]);
  }

  async endAllOf(tx: EntityManager, staffId: string): Promise<void> {
    await tx.query(`update staff_session set revoked_at = $2 where staff_id = $1 and revoked_at is null`, [
      staffId,
      this.clock.now().toJSDate(),
    ]);
  }
}
