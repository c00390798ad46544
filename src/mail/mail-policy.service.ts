import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { SEND_QUEUE } from './delivery.ts';
import { mailRefusals } from './refusals.ts';
import { rehearsalEntry, type Policy } from './rehearsal.ts';

/** The switches over all mail: rehearsal, and pause. The sender reads them again right before each mail leaves. */
@Injectable()
export class MailPolicy {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly trail: Trail,
    private readonly jobs: Jobs,
  ) {}

  async get(tx: EntityManager = this.database.manager): Promise<Policy> {
    const [row]: Policy[] = await tx.query(
      `select rehearsal, rehearsal_addresses as "rehearsalAddresses", paused, array(select address from mail_stop) as stopped
           from mail_policy`,
    );
    return row!;
  }

  /** Changes what is given and leaves the rest. @throws Refusal mail.rehearsal-entry */
  async set(changes: Partial<Policy>, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(`select id from mail_policy for update`);
      const before = await this.get(tx);
      const after: Policy = {
        ...before,
        ...changes,
        ...(changes.rehearsalAddresses ? { rehearsalAddresses: entries(changes.rehearsalAddresses) } : {}),
      };
      await tx.query(`update mail_policy set rehearsal = $1, rehearsal_addresses = $2, paused = $3`, [
        after.rehearsal,
        after.rehearsalAddresses,
        after.paused,
      ]);
      await this.trail.record(tx, { actor, verb: 'mail.set-policy', subject: 'mail-policy', before, after });
      if (before.paused && !after.paused) await this.jobs.send(tx, SEND_QUEUE, {});
    });
  }
}

function entries(values: readonly string[]): string[] {
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  return [
    ...new Set(
      given.map((value) => {
        const entry = rehearsalEntry(value);
        if (entry === undefined) throw Refusal.of(mailRefusals, 'mail.rehearsal-entry', { entry: value });
        return entry;
      }),
    ),
  ].sort();
}
