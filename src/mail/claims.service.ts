import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { delayAfter, type MailState } from './delivery.ts';
import { MailPolicy } from './mail-policy.service.ts';
import { stampedAt, type MailDraft } from './message.ts';
import { compose } from './mime.ts';
import type { Policy } from './rehearsal.ts';
import { Signature } from './signature.service.ts';

/** First key of the advisory locks that tell which senders live; the second is the sender's number */
const SENDERS = 7_635_202;
/**
 * Claimed in one go: they share one commit. After a crash all of them count as uncertain; only those that were handed over and not yet
 * written down arrive twice, and they are few. A notice is claimed alone, see `claim`
 */
const AT_ONCE = 50;
/** In place of a rate that is off */
const NO_LIMIT = 2 ** 31 - 1;

/** A mail that this process may hand over now, and how it stood before. */
export interface ClaimedMail {
  readonly id: string;
  readonly toAddress: string;
  readonly destination: string;
  readonly envelopeFrom: string;
  readonly bytes: Buffer;
  /** Where it is still there the bytes are to be stamped with the time at which they leave, see `stamp` */
  readonly draft: MailDraft | null;
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
    private readonly switches: MailPolicy,
    private readonly signature: Signature,
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
   * us, and of what the rates leave room for (with several senders a minute may see a few more). Up to fifty calendar mails share a
   * commit; a plain notice is claimed alone, because a crash makes everything claimed uncertain and a notice is not sent again by itself.
   * Where a domain has a rate it gets one mail at a time: what it says to the first is known before the next.
   */
  async claim(which: 'all' | 'calendar mails' = 'all'): Promise<ClaimedMail[]> {
    const now = this.clock.now().toJSDate();
    const { mailPerMinute: rate, mailPerMinuteToDomain: rateToDomain } = this.config;
    const countSince = rate || rateToDomain ? new Date(now.getTime() - 60_000) : null;
    return this.#onOwnConnection(async (runner) => {
      const [rows]: [ClaimedMail[], number] = await runner.query(
        `with lately as (select destination, count(*)::int as n from mail where last_tried_at > $5 group by destination),
         due as (
           select id, state, due_at, calendar_method, destination from mail m
            where state in ('queued', 'retry', 'uncertain') and due_at <= $1 and (not_after is null or not_after >= $1)
              and not exists (select 1 from mail o where o.ordering_key = m.ordering_key and o.place < m.place
                                and (o.state in ('queued', 'held', 'sending', 'retry') or (o.state = 'uncertain' and o.due_at is not null))
                             offset 0)
              and not (select paused from mail_policy)
              and destination <> all(array(select destination from mail_destination where stopped_at is not null
                                           union all select destination from lately where n >= $7))
              and ($4 or calendar_method is not null)
            order by due_at, id limit $2 for update skip locked),
         chosen as (
           select *, sum(case when calendar_method is null then $2 else 1 end) over (order by due_at, id) as load,
                  row_number() over (order by due_at, id) + (select coalesce(sum(n), 0) from lately) as in_all,
                  row_number() over (partition by destination order by due_at, id) as of_domain from due)
         update mail m
            set state = 'sending', worker = $3, attempts = attempts + 1, last_tried_at = $1, first_tried_at = coalesce(first_tried_at, $1)
           from chosen c where m.id = c.id and c.load <= $2 and c.in_all <= $6 and (c.of_domain = 1 or $7 = ${NO_LIMIT})
         returning m.id, m.to_address as "toAddress", m.destination, m.envelope_from as "envelopeFrom", m.bytes, m.draft,
                   m.calendar_method as "calendarMethod", m.even_in_rehearsal as "evenInRehearsal", m.attempts,
                   m.first_tried_at as "firstTriedAt", m.not_after as "notAfter", m.worker,
                   c.state as "stateBefore", c.due_at as "dueBefore"`,
        [now, AT_ONCE, this.#worker, which === 'all', countSince, rate || NO_LIMIT, rateToDomain || NO_LIMIT],
      );
      return rows.sort((a, b) => a.dueBefore.getTime() - b.dueBefore.getTime() || (a.id < b.id ? -1 : 1));
    });
  }

  /**
   * The bytes as they leave. An update that keeps its SEQUENCE is written anew right before it is handed over for the first time, and
   * stored: programs drop it where its DTSTAMP is older than their reader's own answer, and that may have been given while it waited
   * (itip C3). From then on they are the same bytes in every attempt.
   * @returns undefined where somebody else has the mail by now
   */
  async stamp({ id, worker, bytes, draft }: ClaimedMail): Promise<Buffer | undefined> {
    if (!draft) return bytes;
    const at = this.clock.now();
    const stamped = await this.signature.sign(await compose(stampedAt(draft, at)));
    const [, stored]: [unknown, number] = await this.database.query(
      `update mail set bytes = $3, draft = null, first_tried_at = $4 where id = $1 and worker = $2 and state = 'sending'`,
      [id, worker, stamped, at.toJSDate()],
    );
    return stored === 1 ? stamped : undefined;
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
      await runner.query('reset enable_sort');
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
    // The first fifty that are due are found along their index, whatever the planner makes of statistics that a release has just overtaken:
    // looking through everything that waits, for each claim, would make a large release slower the larger it is
    await runner.query('set enable_sort = off');
    this.#runner = runner;
    return runner;
  }
}
