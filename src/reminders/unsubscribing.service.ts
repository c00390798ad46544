import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { KnownLink } from '../links/link.ts';
import { Links } from '../links/links.service.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { Office, Person } from '../roster/roster.ts';
import { ReminderEntity } from './reminder.entity.ts';
import { inTurn } from './reminders.service.ts';
import { isReaderSubject, unsubscribedOf, unsubscribingRefusals, type Unsubscribed } from './unsubscribed.ts';
import { UnsubscribedReaderEntity } from './unsubscribed-reader.entity.ts';

/** Whom a link to switch reminders off is about, and whether they are off */
export interface UnsubscribeLink {
  readonly link: KnownLink;
  readonly of: Unsubscribed;
  readonly reader: Pick<Person | Office, 'name' | 'language'>;
  readonly off: boolean;
}

/**
 * Reminders by mail are switched off and on (RFC 8058; itip G9). It says nothing about any meeting: invitations and what is changed in
 * them still come, nobody has declined, and what is still open goes to the next rung of the ladder.
 */
@Injectable()
export class Unsubscribing {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly roster: RosterQueries,
    private readonly cycles: CycleQueries,
    private readonly outbox: Outbox,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Also by a link whose time is over: who has an old mail may not be told to look for a newer one. Undefined: not one of ours */
  async behind(token: string): Promise<UnsubscribeLink | undefined> {
    const link = await this.links.known(this.database.manager, 'reminders', token);
    const of = link && unsubscribedOf(link.subject);
    const reader = of && (await this.reader(of.subject));
    if (!link || !of || !reader) return undefined;
    const off = await this.database.manager.existsBy(UnsubscribedReaderEntity, { ...of });
    return { link, of, reader, off };
  }

  /** Safe to repeat. Reminders that wait to leave are taken back. @throws Refusal reminders.not-a-reader, reminders.unknown-reader */
  async switchOff(of: Unsubscribed, actor: Actor): Promise<void> {
    await this.known(of.subject);
    await this.database.transaction(async (tx) => {
      const cycles = (await this.cycles.all(tx)).filter(({ programme }) => programme === of.programme);
      const ids = cycles.map(({ id }) => id).sort();
      for (const id of ids) await inTurn(tx, id);
      const row = { ...of, by: actor.name, at: this.clock.now().toJSDate() };
      const { raw } = await tx
        .createQueryBuilder()
        .insert()
        .into(UnsubscribedReaderEntity)
        .values(row)
        .orIgnore()
        .returning(['subject'])
        .execute();
      if ((raw as unknown[]).length === 0) return;
      await this.takeBack(tx, ids, of.subject);
      await this.record(tx, 'reminders.unsubscribe', of, actor);
    });
  }

  /**
   * Safe to repeat. What was missed meanwhile is not made up for.
   * @param of without `rehearsal`: in earnest and in rehearsals
   * @throws Refusal reminders.not-a-reader, reminders.unknown-reader
   */
  async switchOn(of: Omit<Unsubscribed, 'rehearsal'> & Partial<Unsubscribed>, actor: Actor): Promise<void> {
    await this.known(of.subject);
    await this.database.transaction(async (tx) => {
      const { affected } = await tx.delete(UnsubscribedReaderEntity, { ...of });
      if (affected) await this.record(tx, 'reminders.subscribe', of, actor);
    });
  }

  /** In whatever programme, in earnest; for the page of a person or an office */
  async ofReader(subject: string): Promise<{ programme: string; by: string; at: Date }[]> {
    return this.database.manager.find(UnsubscribedReaderEntity, {
      where: { subject, rehearsal: false },
      order: { at: 'ASC' },
    });
  }

  private record(
    tx: EntityManager,
    verb: string,
    { programme, subject, rehearsal }: Parameters<Unsubscribing['switchOn']>[0],
    actor: Actor,
  ) {
    return this.trail.record(tx, { actor, verb, subject, after: { programme, ...(rehearsal ? { rehearsal } : {}) } });
  }

  /** What the mails would have asked for is decided anew, for the next rung. */
  private async takeBack(tx: EntityManager, cycleIds: readonly string[], subject: string): Promise<void> {
    const waiting: { orderingKey: string }[] = await tx.query(
      `select distinct m.ordering_key as "orderingKey" from reminder r join mail m on m.id = r.mail_id
        where r.cycle_id = any($1) and (r.reader = $2 or starts_with(r.reader, $2 || '/'))
          and m.state in ('queued', 'held', 'retry')`,
      [cycleIds, subject],
    );
    for (const { orderingKey } of waiting)
      for (const { id } of await this.outbox.withdrawWaiting(tx, orderingKey))
        await tx.delete(ReminderEntity, { mailId: id });
  }

  private async known(subject: string): Promise<void> {
    if (!isReaderSubject(subject)) throw Refusal.of(unsubscribingRefusals, 'reminders.not-a-reader');
    if (!(await this.reader(subject))) throw Refusal.of(unsubscribingRefusals, 'reminders.unknown-reader');
  }

  private async reader(subject: string): Promise<Person | Office | undefined> {
    const [kind, id] = subject.split('/');
    const { people, offices } = await this.roster.wholeRoster();
    return kind === 'person' ? people.find((one) => one.id === id) : offices.find((one) => one.id === id);
  }
}
