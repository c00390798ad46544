import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import type { ClaimedMail } from './claims.service.ts';
import { EQUAL_REFUSALS, isAboutUs, kindOfRefusal, verdictOn, type Attempt } from './delivery.ts';

/** Hours after the first attempt in which a mail is tried again (RFC 5321 §4.5.4.1 has four to five days; by then ours are stale) */
const TRIED_FOR_HOURS = 48;

type Taken = Extract<Attempt, { readonly ended: 'accepted' }>;
type Refused = Extract<Attempt, { readonly ended: 'refused' }>;

export interface Outcome<Ended extends Attempt = Attempt> {
  readonly mail: ClaimedMail;
  readonly attempt: Ended;
}

const isTaken = (outcome: Outcome): outcome is Outcome<Taken> => outcome.attempt.ended === 'accepted';

/**
 * Writes down how attempts ended. Whoever thought this process dead may have called a mail uncertain meanwhile; what the process knows
 * is better, unless somebody else has the mail by now.
 */
@Injectable()
export class Outcomes {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * All of them in one commit.
   * @param outcomes in the order in which they came about
   * @returns domains that have stopped us with them: nothing more is to be handed over there until staff say so
   */
  async settle(outcomes: readonly Outcome[]): Promise<string[]> {
    // As a rule: one statement, which needs no transaction around it
    if (outcomes.every(isTaken)) {
      await this.#taken(this.database.manager, outcomes);
      return [];
    }
    return this.database.transaction(async (tx) => {
      const stopped = new Set<string>();
      let taken: Outcome<Taken>[] = [];
      for (const outcome of outcomes) {
        if (isTaken(outcome)) {
          taken.push(outcome);
          continue;
        }
        await this.#taken(tx, taken);
        taken = [];
        await this.#notTaken(tx, outcome);
        const { mail, attempt } = outcome;
        if (isForGood(attempt) && (await this.#stops(tx, mail.destination, attempt))) stopped.add(mail.destination);
      }
      await this.#taken(tx, taken);
      return [...stopped];
    });
  }

  /** A domain that takes a mail has no refusals in a row any more (itip D7). */
  async #taken(tx: EntityManager, outcomes: readonly Outcome<Taken>[]): Promise<void> {
    if (outcomes.length === 0) return;
    await tx.query(
      `with taken as (
         update mail m set state = 'sent', due_at = null, settled_at = $1, reply = v.reply,
                server_message_id = coalesce(v.server_message_id, m.server_message_id)
           from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[]) as v(id, worker, reply, server_message_id)
          where m.id = v.id and m.worker = v.worker and m.state in ('sending', 'uncertain')
          returning m.destination)
       update mail_destination d set in_a_row = 0
        where d.in_a_row > 0 and d.stopped_at is null and d.destination in (select destination from taken)`,
      [
        this.clock.now().toJSDate(),
        outcomes.map(({ mail }) => mail.id),
        outcomes.map(({ mail }) => mail.worker),
        outcomes.map(({ attempt }) => attempt.reply),
        outcomes.map(({ attempt }) => attempt.serverMessageId ?? null),
      ],
    );
  }

  async #notTaken(tx: EntityManager, { mail, attempt }: Outcome): Promise<void> {
    const now = this.clock.now().toMillis();
    const tried = mail.firstTriedAt.getTime() + TRIED_FOR_HOURS * 3_600_000;
    const { state, dueAt } = verdictOn(attempt, {
      attempts: mail.attempts,
      hasCalendar: mail.calendarMethod !== null,
      now,
      notAfter: Math.min(tried, mail.notAfter?.getTime() ?? Infinity),
      chance: Math.random(),
    });
    await tx.query(
      `update mail set state = $3, due_at = $4, settled_at = $5, reply = $6
        where id = $1 and worker = $2 and state in ('sending', 'uncertain')`,
      [
        mail.id,
        mail.worker,
        state,
        dueAt === undefined ? null : new Date(dueAt),
        state === 'failed' ? new Date(now) : null,
        'reply' in attempt ? attempt.reply : attempt.reason,
      ],
    );
  }

  /** Counts refusals for good in a row, by domain (itip D7). @returns whether nothing more is to go there */
  async #stops(tx: EntityManager, destination: string, { code, reply }: Refused): Promise<boolean> {
    const kind = kindOfRefusal(code, reply);
    const [row]: { stopped: boolean }[] = await tx.query(
      `insert into mail_destination as d (destination, refusal, in_a_row, reply, stopped_at)
       values ($1, $2, 1, $3, case when $4 then $5::timestamptz end)
       on conflict (destination) do update set
         refusal = $2, reply = $3, in_a_row = case when d.refusal = $2 then d.in_a_row + 1 else 1 end,
         stopped_at = case when d.stopped_at is not null then d.stopped_at
                           when $4 or (d.refusal = $2 and d.in_a_row + 1 >= $6) then $5::timestamptz end
       returning stopped_at is not null as stopped`,
      [destination, kind, reply.slice(0, 500), isAboutUs(kind), this.clock.now().toJSDate(), EQUAL_REFUSALS],
    );
    return row!.stopped;
  }
}

const isForGood = (attempt: Attempt): attempt is Refused =>
  attempt.ended === 'refused' && attempt.code >= 500 && attempt.code !== 503;
