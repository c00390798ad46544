import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { domainOf } from './address.ts';
import { SEND_QUEUE, type MailState } from './delivery.ts';
import { MailPolicy } from './mail-policy.service.ts';
import { faultOf, type OutgoingMail } from './message.ts';
import { compose } from './mime.ts';
import { readMessage, type ReadMessage } from './reading.ts';
import { mailRefusals } from './refusals.ts';
import { Signature } from './signature.service.ts';
import { markRehearsal, mayLeave, type Policy } from './rehearsal.ts';

/** A mail as it would be put now. */
export interface MailPreview {
  readonly state: 'queued' | 'kept-back';
  readonly message: ReadMessage;
}

/**
 * Mail that is to leave. A mail is put in the transaction of what it tells of: either both happened or neither. Its bytes are made here
 * and never again, so that a second attempt is the same mail.
 */
@Injectable()
export class Outbox {
  /** Transactions that have woken the sender already: one job is enough for a release of 500 mails */
  readonly #woken = new WeakSet<EntityManager>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    private readonly policy: MailPolicy,
    private readonly signature: Signature,
  ) {}

  /**
   * Putting the same kind of mail for the same invitation and revision again changes nothing and returns the first one's id: handlers
   * of facts may repeat themselves.
   * @returns the mail's id
   * @throws Refusal mail.not-sendable
   */
  async put(tx: EntityManager, mail: OutgoingMail): Promise<string> {
    const { written, state, occasion } = this.#asThingsStand(mail, await this.policy.get(tx));
    const { date: _, notAfter: __, ...draft } = written;
    const bytes = await this.signature.sign(await compose(written));
    const now = this.clock.now().toJSDate();
    const settled = state === 'kept-back';
    const values = [
      newId(),
      state,
      written.kind,
      written.invitationId ?? null,
      written.revision ?? null,
      occasion,
      written.personId ?? null,
      written.officeId ?? null,
      written.releaseId ?? null,
      written.language,
      written.to.name,
      written.to.address,
      domainOf(written.to.address),
      written.from.address,
      written.envelopeFrom,
      written.subject,
      written.messageId,
      written.calendar?.method ?? null,
      written.evenInRehearsal ?? false,
      bytes,
      written.stampedWhenSent ? JSON.stringify(draft) : null,
      written.orderingKey,
      now,
      written.notAfter?.toJSDate() ?? null,
      settled ? null : now,
      settled ? now : null,
    ];
    const id = await this.#insert(tx, written, occasion, values);
    if (!settled) await this.#wake(tx);
    return id;
  }

  /** What a mail would look like to its reader, and whether it would leave, if it were put now. Nothing is stored. */
  async preview(mail: OutgoingMail): Promise<MailPreview> {
    const { written, state } = this.#asThingsStand(mail, await this.policy.get());
    return { state, message: await readMessage(await compose(written)) };
  }

  /**
   * Mails of a key that have not left give way to a newer one. What may have left stays: `sending`, `uncertain`, and whatever was
   * tried before (a server that answered «later» has not taken it, so `retry` gives way too).
   * @returns those that were withdrawn, oldest first
   */
  async withdrawWaiting(tx: EntityManager, orderingKey: string): Promise<{ id: string; revision: number | null }[]> {
    return tx.query(
      `with waiting as (select id, place from mail where ordering_key = $1 and state in ('queued', 'held', 'retry') order by place for update),
            gone as (update mail m set state = 'withdrawn', due_at = null, settled_at = $2 from waiting w where m.id = w.id
                      returning m.id, m.revision, m.place)
       select id, revision from gone order by place`,
      [orderingKey, this.clock.now().toJSDate()],
    );
  }

  /** Staff take back mails that have not left. All of them or none. @throws Refusal mail.not-waiting */
  async withdraw(ids: readonly string[], actor: Actor): Promise<void> {
    await this.#decide(ids, actor, 'mail.withdraw', async (tx, { id, state }, now) => {
      if (!waiting.has(state)) throw Refusal.of(mailRefusals, 'mail.not-waiting');
      await tx.query(`update mail set state = 'withdrawn', due_at = null, settled_at = $2 where id = $1`, [id, now]);
    });
  }

  /** Staff keep mails that have not left where they are, until they approve them. All or none. @throws Refusal mail.not-waiting */
  async hold(ids: readonly string[], actor: Actor): Promise<void> {
    await this.#decide(ids, actor, 'mail.hold', async (tx, { id, state }) => {
      if (!waiting.has(state)) throw Refusal.of(mailRefusals, 'mail.not-waiting');
      await tx.query(`update mail set state = 'held', due_at = null where id = $1`, [id]);
    });
  }

  /** Lets go what was held. All or none. @throws Refusal mail.not-held */
  async approve(ids: readonly string[], actor: Actor): Promise<void> {
    await this.#decide(ids, actor, 'mail.approve', async (tx, { id, state }, now) => {
      if (state !== 'held') throw Refusal.of(mailRefusals, 'mail.not-held');
      await tx.query(`update mail set state = 'queued', due_at = $2 where id = $1`, [id, now]);
    });
  }

  /**
   * Staff have failed mails, or notices of which it is not known whether they arrived, tried once more, with the same bytes. All or none.
   * @throws Refusal mail.not-failed, mail.newer-one-exists
   */
  async retry(ids: readonly string[], actor: Actor): Promise<void> {
    await this.#decide(ids, actor, 'mail.retry', async (tx, { id, state, dueAt }, now) => {
      if (state !== 'failed' && !(state === 'uncertain' && dueAt === null))
        throw Refusal.of(mailRefusals, 'mail.not-failed');
      await this.#refuseWhereNewerExists(tx, id);
      await queueAgain(tx, id, now);
    });
  }

  /**
   * Sends again to only those whose mail failed: all of them, those of one release, or those of one domain. What a newer mail has overtaken
   * stays as it is.
   * @returns how many
   */
  async retryFailed(which: { releaseId?: string; destination?: string }, actor: Actor): Promise<number> {
    const rows: { id: string }[] = await this.database.query(
      `select id from mail m where state = 'failed' and ($1::text is null or release_id = $1) and ($2::text is null or destination = $2)
          and (not_after is null or not_after >= $3)
          and not exists (select 1 from mail n where n.ordering_key = m.ordering_key and n.place > m.place
                            and n.state not in ('withdrawn', 'kept-back'))
        order by id`,
      [which.releaseId ?? null, which.destination ?? null, this.clock.now().toJSDate()],
    );
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await this.retry(ids, actor);
    return ids.length;
  }

  /** Mail to a domain that had stopped us may leave again. @throws Refusal mail.not-stopped */
  async resumeDestination(destination: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [before]: { refusal: string; reply: string }[] = await tx.query(
        `select refusal, reply from mail_destination where destination = $1 and stopped_at is not null for update`,
        [destination],
      );
      if (!before) throw Refusal.of(mailRefusals, 'mail.not-stopped');
      await tx.query(`update mail_destination set stopped_at = null, in_a_row = 0 where destination = $1`, [
        destination,
      ]);
      await this.trail.record(tx, {
        actor,
        verb: 'mail.resume-destination',
        subject: `mail-destination/${destination}`,
        before,
      });
      await this.#wake(tx);
    });
  }

  /**
   * The newest mail of an invitation goes once more, with the same bytes, to somebody who asks for it.
   * @throws Refusal mail.unknown where none has left
   */
  async again(tx: EntityManager, invitationId: string, actor: Actor): Promise<void> {
    const [row]: { id: string; state: MailState }[] = await tx.query(
      `select id, state from mail where invitation_id = $1 and state <> 'withdrawn' order by place desc limit 1 for update`,
      [invitationId],
    );
    if (!row || (row.state !== 'sent' && row.state !== 'failed')) throw Refusal.of(mailRefusals, 'mail.unknown');
    await queueAgain(tx, row.id, this.clock.now().toJSDate());
    await this.trail.record(tx, { actor, verb: 'mail.retry', subject: `mail/${row.id}` });
    await this.#wake(tx);
  }

  /** What staff decide about single mails, written down with who did; where it lets mails go, the sender is told. */
  async #decide(
    ids: readonly string[],
    actor: Actor,
    verb: `mail.${string}`,
    change: (tx: EntityManager, mail: LockedMail, now: Date) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const mail of await lockedMails(tx, ids)) {
        await change(tx, mail, this.clock.now().toJSDate());
        await this.trail.record(tx, { actor, verb, subject: `mail/${mail.id}` });
      }
      await this.#wake(tx);
    });
  }

  #asThingsStand(
    mail: OutgoingMail,
    policy: Policy,
  ): { written: OutgoingMail; state: 'queued' | 'kept-back'; occasion: string } {
    const fault = faultOf(mail);
    if (fault) throw Refusal.of(mailRefusals, 'mail.not-sendable', { reason: fault });
    const evenInRehearsal = mail.evenInRehearsal ?? false;
    const rehearsed = policy.rehearsal && !evenInRehearsal;
    return {
      written: rehearsed ? markRehearsal(mail) : mail,
      state: mayLeave(policy, { address: mail.to.address, evenInRehearsal }) ? 'queued' : 'kept-back',
      occasion: rehearsed ? `rehearsal ${mail.releaseId ?? ''}`.trim() : 'real',
    };
  }

  /**
   * The place in the row of its key is taken by a unique index: where two transactions put for one key, the second waits for the first
   * and stands behind it, so that the order of commits is the order of sending.
   */
  async #insert(tx: EntityManager, mail: OutgoingMail, occasion: string, values: unknown[]): Promise<string> {
    for (;;) {
      const inserted: { id: string }[] = await tx.query(
        `insert into mail (id, state, kind, invitation_id, revision, occasion, person_id, office_id, release_id, language,
                           to_name, to_address, destination, from_address, envelope_from, subject, message_id, calendar_method,
                           even_in_rehearsal, bytes, draft, ordering_key, put_at, not_after, due_at, settled_at, place)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
                 $26, (select coalesce(max(place), 0) + 1 from mail where ordering_key = $22))
         on conflict do nothing returning id`,
        values,
      );
      if (inserted[0]) return inserted[0].id;
      const [same]: { id: string }[] = await tx.query(
        `select id from mail where invitation_id = $1 and revision = $2 and kind = $3 and occasion = $4 and state <> 'withdrawn'`,
        [mail.invitationId ?? null, mail.revision ?? null, mail.kind, occasion],
      );
      if (same) return same.id;
    }
  }

  /** An older mail after a newer one would bring a moved or cancelled meeting back into the calendar (RFC 5546 §2.1.5). */
  async #refuseWhereNewerExists(tx: EntityManager, id: string): Promise<void> {
    const [newer]: unknown[] = await tx.query(
      `select 1 from mail m join mail n on n.ordering_key = m.ordering_key and n.place > m.place
        where m.id = $1 and n.state not in ('withdrawn', 'kept-back') limit 1`,
      [id],
    );
    if (newer) throw Refusal.of(mailRefusals, 'mail.newer-one-exists');
  }

  async #wake(tx: EntityManager): Promise<void> {
    if (this.#woken.has(tx)) return;
    this.#woken.add(tx);
    await this.jobs.send(tx, SEND_QUEUE, {});
  }
}

/** States in which a mail has not left */
const waiting: ReadonlySet<MailState> = new Set(['queued', 'held', 'retry']);

interface LockedMail {
  readonly id: string;
  readonly state: MailState;
  readonly dueAt: Date | null;
}

async function lockedMails(tx: EntityManager, ids: readonly string[]): Promise<LockedMail[]> {
  const rows: LockedMail[] = await tx.query(
    `select id, state, due_at as "dueAt" from mail where id = any($1) order by id for update`,
    [ids],
  );
  if (rows.length < new Set(ids).size) throw Refusal.of(mailRefusals, 'mail.unknown');
  return rows;
}

/** The two days in which it is tried begin anew */
async function queueAgain(tx: EntityManager, id: string, now: Date): Promise<void> {
  await tx.query(
    `update mail set state = 'queued', due_at = $2, settled_at = null, first_tried_at = null where id = $1`,
    [id, now],
  );
}
