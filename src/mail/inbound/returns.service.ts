import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { systemActor, type Actor } from '../../audit/actor.ts';
import { Trail } from '../../audit/audit.service.ts';
import { Clock } from '../../clock/clock.service.ts';
import { sameAddress } from '../address.ts';
import type { Returned } from './returned.ts';

/** A mail of ours that another mail is about */
export interface MailOfOurs {
  readonly id: string;
  readonly kind: string;
  readonly invitationId: string | null;
  readonly personId: string | null;
  readonly officeId: string | null;
  readonly toName: string;
  readonly toAddress: string;
}

const actor = systemActor('mail');

/** What becomes of mails after the next server has taken them: returned, delayed, called spam. */
@Injectable()
export class Returns {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly trail: Trail,
  ) {}

  /**
   * The mail that an answer or a report is about: by the envelope sender that only it had, by Message-ID, by the address for answers (then
   * the newest).
   */
  async about(
    addresses: readonly string[],
    messageIds: readonly string[],
    tx: EntityManager,
  ): Promise<MailOfOurs | undefined> {
    if (addresses.length + messageIds.length === 0) return undefined;
    const [found]: MailOfOurs[] = await tx.query(
      `select id, kind, invitation_id as "invitationId", person_id as "personId", office_id as "officeId", to_name as "toName",
              to_address as "toAddress"
         from mail where envelope_from = any($1) or message_id = any($2) or from_address = any($1)
        order by case when envelope_from = any($1) then 1 when message_id = any($2) then 2 else 3 end, put_at desc limit 1`,
      [addresses.map((address) => sameAddress(address)), messageIds],
    );
    return found;
  }

  /**
   * Writes down what came back. One that did not arrive has failed, as if the next server had refused it; whatever comes back about a mail that was withdrawn or is being sent
   * again changes nothing.
   * @param reply what the server said, without addresses
   */
  async returned(tx: EntityManager, mailId: string, as: Returned, reply: string): Promise<void> {
    const now = this.clock.now().toJSDate();
    const failed = as !== 'delayed' && as !== 'complaint';
    await tx.query(
      `update mail set returned_as = $2, returned_at = $3, state = case when $4 then 'failed' else state end,
              settled_at = case when $4 then $3 else settled_at end, due_at = case when $4 then null else due_at end,
              reply = case when $4 and $5 <> '' then $5 else reply end
        where id = $1 and state in ('sent', 'uncertain')`,
      [mailId, as, now, failed, reply],
    );
    if (as === 'our-problem') await this.stopDestination(tx, mailId, reply);
  }

  /** The fault is ours, and whatever else goes to the same domain would meet it, too: nothing does, until somebody has looked. */
  private async stopDestination(tx: EntityManager, mailId: string, reply: string): Promise<void> {
    await tx.query(
      `insert into mail_destination as d (destination, refusal, in_a_row, reply, stopped_at)
       select destination, $2, 1, $3, $4 from mail where id = $1
       on conflict (destination) do update set stopped_at = coalesce(d.stopped_at, excluded.stopped_at),
         refusal = excluded.refusal, reply = excluded.reply`,
      [mailId, reply.split(' ')[0] ?? '', reply.slice(0, 500), this.clock.now().toJSDate()],
    );
  }

  /** Nothing more is sent to an address whose owner has called our mail spam, until somebody allows it again. */
  async stop(tx: EntityManager, address: string, reason: string): Promise<void> {
    await tx.query(`insert into mail_stop (address, reason, since) values ($1, $2, $3) on conflict do nothing`, [
      sameAddress(address),
      reason,
      this.clock.now().toJSDate(),
    ]);
    await this.trail.record(tx, { actor, verb: 'mail.stop', subject: 'mail-policy', after: { reason } });
  }

  async resume(tx: EntityManager, address: string, by: Actor): Promise<void> {
    await tx.query(`delete from mail_stop where address = $1`, [sameAddress(address)]);
    await this.trail.record(tx, { actor: by, verb: 'mail.resume', subject: 'mail-policy' });
  }

  async stopped(): Promise<{ address: string; since: Date }[]> {
    return this.database.query(`select address, since from mail_stop order by since`);
  }
}
