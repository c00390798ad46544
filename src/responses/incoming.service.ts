import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Inbound, type StoredMessage } from '../mail/inbound/inbound.service.ts';
import { failureOf } from '../mail/inbound/delivery-report.ts';
import { Returns, type MailOfOurs } from '../mail/inbound/returns.service.ts';
import { Attendees } from '../meetings/attendees.service.ts';
import { IncomingEntity } from './incoming.entity.ts';
import { stateAfter } from './incoming.ts';
import { KnownInvitations } from './known-invitations.queries.ts';
import { MailAnswers } from './mail-answers.service.ts';
import { MailReader } from './mail-reader.service.ts';
import { keysOf, matchOf, type Match, type Reading } from './reading/reading.ts';
import { verdictOn, type Verdict } from './reading/verdict.ts';

/** As often as a mail is begun anew before it goes to a person as it is */
const MOST_ATTEMPTS = 5;
/** Seconds after which a mail that nobody works on is taken up again */
const FORGOTTEN = 60;

/**
 * Mails that came in, from the octets to what follows from them: received → read → applied, held or ignored. Each step is a commit of its
 * own and can be begun again; whatever cannot be finished ends with a person.
 */
@Injectable()
export class Incoming {
  readonly #log = new Logger('Incoming');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly inbound: Inbound,
    private readonly returns: Returns,
    private readonly reader: MailReader,
    private readonly invitations: KnownInvitations,
    private readonly answers: MailAnswers,
    private readonly attendees: Attendees,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Safe to repeat, also side by side. */
  async handle(messageId: string): Promise<void> {
    const message = await this.inbound.one(messageId);
    if (!message) return;
    const begun = await this.begin(messageId);
    if (begun === 'done') return;
    if (begun === 'given-up') return this.giveUp(messageId);
    const reading = begun ?? (await this.read(message));
    await this.decide(message, reading);
  }

  /** Mails that are stored and not finished, and that no job seems to have: a process died, or a job failed for good. */
  async forgotten(): Promise<string[]> {
    const since = this.clock.now().minus({ seconds: FORGOTTEN }).toJSDate();
    const rows: { id: string }[] = await this.database.query(
      `select m.id from inbound_message m left join incoming i on i.id = m.id
        where m.received_at < $1 and (i.id is null or i.state in ('received', 'read')) order by m.received_at limit 500`,
      [since],
    );
    return rows.map(({ id }) => id);
  }

  /** Each on its own: one that cannot be handled must not keep the others waiting. @throws what the last failure was */
  async takeUpForgotten(): Promise<void> {
    let failure: Error | undefined;
    for (const id of await this.forgotten())
      await this.handle(id).catch((error: unknown) => {
        failure = error as Error;
      });
    if (failure) throw failure;
  }

  private async begin(id: string): Promise<Reading | 'done' | 'given-up' | undefined> {
    await this.database.query(
      `insert into incoming (id, state, attempts) values ($1, 'received', 0) on conflict do nothing`,
      [id],
    );
    const [rows]: [{ reading: Reading | null; attempts: number }[], number] = await this.database.query(
      `update incoming set attempts = attempts + 1 where id = $1 and state in ('received', 'read') returning reading, attempts`,
      [id],
    );
    const [row] = rows;
    if (!row) return 'done';
    return row.attempts > MOST_ATTEMPTS ? 'given-up' : (row.reading ?? undefined);
  }

  private async giveUp(id: string): Promise<void> {
    this.#log.error({ incoming: id }, 'gave up on a mail that came in');
    await this.database.transaction(async (tx) => {
      const [, given]: [unknown, number] = await tx.query(
        `update incoming set state = 'held', outcome = 'held', reason = 'fault', done_at = $2
          where id = $1 and state in ('received', 'read')`,
        [id, this.clock.now().toJSDate()],
      );
      if (given > 0) await this.inbound.file(tx, id, 'review');
    });
  }

  private async read(message: StoredMessage): Promise<Reading> {
    const reading = await this.reader.read(message.raw, message.envelope);
    await this.database.query(
      `update incoming set state = 'read', kind = $2, reading = $3 where id = $1 and state = 'received'`,
      [message.id, reading.kind, JSON.stringify(wellFormed(reading))],
    );
    return reading;
  }

  private async decide(message: StoredMessage, reading: Reading): Promise<void> {
    try {
      await this.attendees.nobodyTwice((tx) => this.settle(tx, message, reading));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // somebody who had declined says yes after all, and is expected elsewhere by now
      await this.database.transaction((tx) => this.settle(tx, message, reading, error));
    }
  }

  /** @param refused why the answer could not be recorded */
  private async settle(tx: EntityManager, message: StoredMessage, reading: Reading, refused?: Refusal): Promise<void> {
    const row = await tx.findOne(IncomingEntity, { where: { id: message.id }, lock: { mode: 'pessimistic_write' } });
    if (row?.state !== 'read') return;
    const keys = keysOf(reading, this.config.mailFromDomain);
    const match = matchOf(keys, await this.invitations.among(keys, tx));
    const addresses = [...reading.mail.recipients, ...(reading.mail.report?.about ?? [])];
    const mail = await this.returns.about(addresses, keys.messageIds, tx);
    const said = verdictOn(trusted(reading, message), { ...match, ours: match.ours || mail !== undefined });
    const verdict = refused
      ? { ...said, ...MailAnswers.refused(refused) }
      : await this.follow(tx, message, reading, said, match, mail);
    const state = stateAfter(verdict.outcome, verdict.reason);
    await this.inbound.file(tx, message.id, state === 'held' ? 'review' : 'processed');
    await tx.update(
      IncomingEntity,
      { id: message.id },
      {
        state,
        outcome: verdict.outcome,
        reason: verdict.reason,
        reply: verdict.reply,
        invitationId: match.invitation?.id ?? (isUuid(mail?.invitationId) ? mail!.invitationId : null),
        mailId: mail?.id ?? null,
        doneAt: this.clock.now().toJSDate(),
      },
    );
  }

  /** What follows from a mail, in the same transaction as the word that it is done. */
  private async follow(
    tx: EntityManager,
    message: StoredMessage,
    reading: Reading,
    verdict: Verdict,
    match: Match,
    mail: MailOfOurs | undefined,
  ): Promise<Verdict> {
    const { report } = reading.mail;
    if (report && mail && reading.kind === 'dsn') {
      if (verdict.reason === 'still-trying') await this.returns.returned(tx, mail.id, 'delayed', '');
      if (verdict.outcome === 'undeliverable' || verdict.outcome === 'our-problem') {
        const failure = failureOf(report);
        const as = failure === 'full-or-busy' ? 'mailbox-full' : failure;
        await this.returns.returned(tx, mail.id, as, [report.status, report.diagnostic].filter(Boolean).join(' '));
      }
    }
    if (verdict.outcome === 'complaint') {
      const address = mail?.toAddress ?? match.invitation?.address;
      if (mail) await this.returns.returned(tx, mail.id, 'complaint', '');
      if (address) await this.returns.stop(tx, address, 'complaint');
    }
    if (verdict.reply && match.invitation && (verdict.outcome === 'applied' || verdict.outcome === 'stale'))
      return this.answers.take(tx, message, match.invitation, verdict, verdict.reply);
    return verdict;
  }
}

/** A server that speaks SMTP to the whole world has nobody before it who checks; what a mail says of its own checks is its sender's word. */
const trusted = (reading: Reading, { channel }: StoredMessage): Reading =>
  channel === 'smtp' ? { ...reading, mail: { ...reading.mail, authentication: null } } : reading;

const isUuid = (id: string | null | undefined): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id ?? '');

/** PostgreSQL's JSON holds neither NUL nor half a surrogate pair */
const wellFormed = (reading: Reading): Reading =>
  JSON.parse(
    JSON.stringify(reading, (_, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
    ),
  ) as Reading;
