import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import {
  delayAfter,
  EQUAL_REFUSALS,
  isAboutUs,
  kindOfRefusal,
  verdictOn,
  type Attempt,
  type MailState,
} from './delivery.ts';
import { mailFailed, mailSent } from './mail.facts.ts';
import { MailPolicy } from './mail-policy.service.ts';
import { mayLeave, type Policy } from './rehearsal.ts';

/** First key of the advisory locks that tell which senders live; the second is the sender's number */
const SENDERS = 7_635_202;
/**
 * Claimed in one go: they share one commit. After a crash all of them count as uncertain; only those that were handed over and not yet
 * written down arrive twice, and they are few. A notice is claimed alone, see `claim`
 */
const AT_ONCE = 50;
/** Hours after the first attempt in which a mail is tried again (RFC 5321 §4.5.4.1 has four to five days; by then ours are stale) */
const TRIED_FOR_HOURS = 48;

/** A mail that this process may hand over now, and how it stood before. */
export interface ClaimedMail {
  readonly id: string;
  readonly invitationId: string | null;
  readonly toAddress: string;
  readonly destination: string;
  readonly envelopeFrom: string;
  readonly bytes: Buffer;
  readonly calendarMethod: string | null;
  readonly evenInRehearsal: boolean;
  readonly attempts: number;
  readonly firstTriedAt: Date;
  readonly notAfter: Date | null;
  readonly stateBefore: MailState;
  readonly dueBefore: Date;
  /** Under which number it was claimed */
  readonly worker: number;
}

export interface Settlement {
  readonly mail: ClaimedMail;
  readonly attempt: Attempt;
}

/**
 * Which process has which mail. `sending` is committed before the connection is made, so that after a crash no mail counts as untried;
 * each sender holds an advisory lock as long as its connection to the database lives, so that any other knows at once that it is gone.
 */
@Injectable()
export class Claims {
  #runner: QueryRunner | undefined;
  #worker = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly switches: MailPolicy,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mailPerMinute' | 'mailPerMinuteToDomain'>,
  ) {}

  /**
   * Settles what others left behind: mails of senders that died become uncertain (calendar mails are due again in a minute, notices wait
   * for a person), mails whose time is over fail.
   */
  async tidy(): Promise<void> {
    const now = this.clock.now().toJSDate();
    await this.#onOwnConnection(async (runner) => {
      await runner.query(
        `update mail m set state = 'uncertain', reply = 'the sending process ended',
                due_at = case when calendar_method is null then null else $2::timestamptz end
          where state = 'sending' and not exists (
            select 1 from pg_locks l
             where l.locktype = 'advisory' and l.classid = $1 and l.objid = m.worker::oid and l.objsubid = 2 and l.granted
               and l.database = (select oid from pg_database where datname = current_database()))`,
        [SENDERS, new Date(now.getTime() + delayAfter('lost', 1, Math.random()))],
      );
      await runner.query(
        `update mail set state = 'failed', due_at = null, settled_at = $1, reply = 'its time was over before it could leave'
          where state in ('queued', 'held', 'retry') and not_after < $1`,
        [now],
      );
    });
  }

  /**
   * The next mails that are due, oldest first: of each ordering key only the first that is unfinished, none to a domain that has stopped
   * us, and of what the rates leave room for. Up to fifty calendar mails share a commit; a plain notice is claimed alone, because a crash
   * makes everything claimed uncertain and a notice is not sent again by itself.
   */
  async claim(which: 'all' | 'calendar mails' = 'all'): Promise<ClaimedMail[]> {
    const now = this.clock.now().toJSDate();
    return this.#onOwnConnection(async (runner) => {
      const most = await this.#room(runner, now);
      if (most === 0) return [];
      const full = await this.#fullDomains(runner, now);
      const [rows]: [ClaimedMail[], number] = await runner.query(
        `with due as (
           select id, state, due_at, calendar_method, destination from mail m
            where state in ('queued', 'retry', 'uncertain') and due_at <= $1 and (not_after is null or not_after >= $1)
              and not exists (select 1 from mail o where o.ordering_key = m.ordering_key and o.place < m.place
                                and (o.state in ('queued', 'held', 'sending', 'retry') or (o.state = 'uncertain' and o.due_at is not null)))
              and not (select paused from mail_policy)
              and not exists (select 1 from mail_destination d where d.destination = m.destination and d.stopped_at is not null)
              and destination <> all($4) and ($6 or calendar_method is not null)
            order by due_at, id limit $2 for update skip locked),
         chosen as (
           select *, sum(case when calendar_method is null then $2 else 1 end) over (order by due_at, id) as load,
                  row_number() over (partition by destination order by due_at, id) as nth from due)
         update mail m
            set state = 'sending', worker = $3, attempts = attempts + 1, last_tried_at = $1, first_tried_at = coalesce(first_tried_at, $1)
           from chosen c where m.id = c.id and c.load <= $2 and ($5 = 0 or c.nth <= $5)
         returning m.id, m.invitation_id as "invitationId", m.to_address as "toAddress", m.destination,
                   m.envelope_from as "envelopeFrom", m.bytes,
                   m.calendar_method as "calendarMethod", m.even_in_rehearsal as "evenInRehearsal", m.attempts,
                   m.first_tried_at as "firstTriedAt", m.not_after as "notAfter", m.worker,
                   c.state as "stateBefore", c.due_at as "dueBefore"`,
        [now, most, this.#worker, full, this.config.mailPerMinuteToDomain && 1, which === 'all'],
      );
      return rows.sort((a, b) => a.dueBefore.getTime() - b.dueBefore.getTime() || (a.id < b.id ? -1 : 1));
    });
  }

  /** How many more may be claimed now. With several senders a minute may see a few more than the rate says. */
  async #room(runner: QueryRunner, now: Date): Promise<number> {
    const { mailPerMinute } = this.config;
    if (mailPerMinute === 0) return AT_ONCE;
    const [row]: { n: number }[] = await runner.query(`select count(*)::int as n from mail where last_tried_at > $1`, [
      minuteBefore(now),
    ]);
    return Math.max(0, Math.min(AT_ONCE, mailPerMinute - row!.n));
  }

  async #fullDomains(runner: QueryRunner, now: Date): Promise<string[]> {
    const { mailPerMinuteToDomain } = this.config;
    if (mailPerMinuteToDomain === 0) return [];
    const rows: { destination: string }[] = await runner.query(
      `select destination from mail where last_tried_at > $1 group by destination having count(*) >= $2`,
      [minuteBefore(now), mailPerMinuteToDomain],
    );
    return rows.map((row) => row.destination);
  }

  /** Mails that were claimed and not begun are again as they were: the process stops, or everything was paused meanwhile. */
  async giveBack(mails: readonly ClaimedMail[]): Promise<void> {
    for (const mail of mails) {
      await this.database.query(
        `update mail set state = $3, due_at = $4, attempts = attempts - 1,
                first_tried_at = case when attempts = 1 then null else first_tried_at end
          where id = $1 and worker = $2 and state = 'sending'`,
        [mail.id, mail.worker, mail.stateBefore, mail.dueBefore],
      );
    }
  }

  /** Claimed and not begun, and rehearsal does not let it out (any more). */
  async keepBack(mail: ClaimedMail): Promise<void> {
    await this.database.query(
      `update mail set state = 'kept-back', due_at = null, settled_at = $3, attempts = attempts - 1
        where id = $1 and worker = $2 and state = 'sending'`,
      [mail.id, mail.worker, this.clock.now().toJSDate()],
    );
  }

  /**
   * Writes down how attempts ended; all of them share one commit.
   * @returns domains that have stopped us with them: nothing more is to be handed over there until staff say so
   */
  async settle(settlements: readonly Settlement[]): Promise<string[]> {
    return this.database.transaction(async (tx) => {
      await this.#settleTaken(tx, settlements);
      for (const settlement of settlements)
        if (settlement.attempt.ended !== 'accepted') await this.#settleOne(tx, settlement);
      return this.#refusals(tx, settlements);
    });
  }

  /** Those that were taken, nearly all as a rule, in one statement */
  async #settleTaken(tx: EntityManager, settlements: readonly Settlement[]): Promise<void> {
    const taken = settlements.flatMap(({ mail, attempt }) => (attempt.ended === 'accepted' ? [{ mail, attempt }] : []));
    if (taken.length === 0) return;
    const [rows]: [{ mailId: string; invitationId: string | null }[], number] = await tx.query(
      `update mail m set state = 'sent', due_at = null, settled_at = $1, reply = v.reply,
              server_message_id = coalesce(v.server_message_id, m.server_message_id)
         from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[]) as v(id, worker, reply, server_message_id)
        where m.id = v.id and m.worker = v.worker and m.state in ('sending', 'uncertain')
        returning m.id as "mailId", m.invitation_id as "invitationId"`,
      [
        this.clock.now().toJSDate(),
        taken.map(({ mail }) => mail.id),
        taken.map(({ mail }) => mail.worker),
        taken.map(({ attempt }) => attempt.reply),
        taken.map(({ attempt }) => attempt.serverMessageId ?? null),
      ],
    );
    for (const { mailId, invitationId } of rows)
      if (invitationId !== null) await this.jobs.announce(tx, mailSent, { mailId, invitationId });
  }

  /** Counts refusals for good in a row, by domain (itip D7). */
  async #refusals(tx: EntityManager, settlements: readonly Settlement[]): Promise<string[]> {
    const taken = new Set(
      settlements.filter((one) => one.attempt.ended === 'accepted').map((one) => one.mail.destination),
    );
    if (taken.size > 0)
      await tx.query(
        `update mail_destination set in_a_row = 0 where destination = any($1) and in_a_row > 0 and stopped_at is null`,
        [[...taken]],
      );
    const stopped: string[] = [];
    for (const { mail, attempt } of settlements) {
      if (attempt.ended !== 'refused' || attempt.code < 500 || attempt.code === 503) continue;
      const kind = kindOfRefusal(attempt.code, attempt.reply);
      const [row]: { stopped: boolean }[] = await tx.query(
        `insert into mail_destination as d (destination, refusal, in_a_row, reply, stopped_at)
         values ($1, $2, 1, $3, case when $4 then $5::timestamptz end)
         on conflict (destination) do update set
           refusal = $2, reply = $3, in_a_row = case when d.refusal = $2 then d.in_a_row + 1 else 1 end,
           stopped_at = case when d.stopped_at is not null then d.stopped_at
                             when $4 or (d.refusal = $2 and d.in_a_row + 1 >= $6) then $5::timestamptz end
         returning stopped_at is not null as stopped`,
        [
          mail.destination,
          kind,
          attempt.reply.slice(0, 500),
          isAboutUs(kind),
          this.clock.now().toJSDate(),
          EQUAL_REFUSALS,
        ],
      );
      if (row!.stopped) stopped.push(mail.destination);
    }
    return [...new Set(stopped)];
  }

  async #settleOne(tx: EntityManager, { mail, attempt }: Settlement): Promise<void> {
    const now = this.clock.now().toMillis();
    const tried = mail.firstTriedAt.getTime() + TRIED_FOR_HOURS * 3_600_000;
    const verdict = verdictOn(attempt, {
      attempts: mail.attempts,
      hasCalendar: mail.calendarMethod !== null,
      now,
      notAfter: Math.min(tried, mail.notAfter?.getTime() ?? Infinity),
      chance: Math.random(),
    });
    const final = verdict.state === 'sent' || verdict.state === 'failed';
    // Whoever thought us dead may have called it uncertain meanwhile; what we know is better, unless somebody else has it by now
    const [, settled]: [unknown, number] = await tx.query(
      `update mail set state = $3, due_at = $4, settled_at = $5, reply = $6, server_message_id = coalesce($7, server_message_id)
        where id = $1 and worker = $2 and state in ('sending', 'uncertain')`,
      [
        mail.id,
        mail.worker,
        verdict.state,
        verdict.dueAt === undefined ? null : new Date(verdict.dueAt),
        final ? new Date(now) : null,
        'reply' in attempt ? attempt.reply : attempt.reason,
        attempt.ended === 'accepted' ? (attempt.serverMessageId ?? null) : null,
      ],
    );
    if (!final || settled !== 1 || mail.invitationId === null) return;
    const ids = { mailId: mail.id, invitationId: mail.invitationId };
    await this.jobs.announce(tx, verdict.state === 'sent' ? mailSent : mailFailed, ids);
  }

  /** The switches as they are now */
  async policy(): Promise<Policy> {
    return this.#onOwnConnection((runner) => this.switches.get(runner.manager));
  }

  /** Gives up the number under which mails were claimed: what is left under it becomes uncertain. */
  async release(): Promise<void> {
    await this.#turn.catch(() => undefined);
    const runner = this.#runner;
    this.#runner = undefined;
    if (!runner || runner.isReleased) return;
    try {
      await runner.query('select pg_advisory_unlock($1, $2)', [SENDERS, this.#worker]);
    } finally {
      await runner.release();
    }
  }

  /** One query at a time, on the connection that holds the lock: while it answers, nobody takes us for dead. */
  async #onOwnConnection<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => work(await this.#connection()));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #connection(): Promise<QueryRunner> {
    if (this.#runner && !this.#runner.isReleased) return this.#runner;
    const runner = this.database.createQueryRunner();
    await runner.connect();
    // Another number each time: what we had under the old one is somebody else's to settle
    for (;;) {
      this.#worker = randomInt(1, 2 ** 31);
      const [row]: { taken: boolean }[] = await runner.query('select pg_try_advisory_lock($1, $2) as taken', [
        SENDERS,
        this.#worker,
      ]);
      if (row!.taken) break;
    }
    this.#runner = runner;
    return runner;
  }
}

export const leaves = (mail: ClaimedMail, policy: Policy): boolean =>
  mayLeave(policy, { address: mail.toAddress, evenInRehearsal: mail.evenInRehearsal });

const minuteBefore = (now: Date): Date => new Date(now.getTime() - 60_000);
