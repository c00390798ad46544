import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { Language } from '../kernel/text.ts';
import { mailStates, type MailState } from './delivery.ts';
import { MailEntity } from './mail.entity.ts';
import { readMessage, type ReadMessage } from './reading.ts';

/** A mail without its bytes */
export interface MailLine {
  readonly id: string;
  readonly state: MailState;
  readonly kind: string;
  readonly invitationId: string | null;
  readonly revision: number | null;
  /** `real`, or which rehearsal it belonged to */
  readonly occasion: string;
  readonly personId: string | null;
  readonly officeId: string | null;
  readonly releaseId: string | null;
  readonly language: Language;
  readonly toName: string;
  readonly toAddress: string;
  readonly subject: string;
  readonly calendarMethod: string | null;
  readonly messageId: string;
  readonly putAt: Date;
  readonly dueAt: Date | null;
  readonly attempts: number;
  readonly lastTriedAt: Date | null;
  readonly settledAt: Date | null;
  readonly reply: string | null;
}

/** A domain that refuses us */
export interface StoppedDestination {
  readonly destination: string;
  /** `550 5.7.26` */
  readonly refusal: string;
  readonly reply: string;
  readonly stoppedAt: Date;
  readonly failed: number;
  readonly waiting: number;
}

export interface OutboxFilter {
  readonly states?: readonly MailState[];
  readonly releaseId?: string;
  readonly personId?: string;
  readonly officeId?: string;
  readonly invitationId?: string;
  /** From 1 */
  readonly page?: number;
  /** 50 unless told, at most 500 */
  readonly size?: number;
}

const columns = [
  'id',
  'state',
  'kind',
  'invitationId',
  'revision',
  'occasion',
  'personId',
  'officeId',
  'releaseId',
  'language',
  'toName',
  'toAddress',
  'subject',
  'calendarMethod',
  'messageId',
  'putAt',
  'dueAt',
  'attempts',
  'lastTriedAt',
  'settledAt',
  'reply',
] as const satisfies readonly (keyof MailLine)[];

const select = Object.fromEntries(columns.map((column) => [column, true]));

@Injectable()
export class OutboxQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** When the newest mail to somebody was handed over, their receipts aside; undefined where none was */
  async handedOverAt(to: { readonly personId: string } | { readonly officeId: string }): Promise<Date | undefined> {
    const [column, id] = 'personId' in to ? ['person_id', to.personId] : ['office_id', to.officeId];
    const [row]: { at: Date | null }[] = await this.database.query(
      `select max(settled_at) as at from mail where ${column} = $1 and state = 'sent' and kind <> 'receipt'`,
      [id],
    );
    return row?.at ?? undefined;
  }

  /** Newest first */
  async list(filter: OutboxFilter = {}): Promise<{ mails: MailLine[]; total: number }> {
    const { states, page = 1, releaseId, personId, officeId, invitationId } = filter;
    const where: FindOptionsWhere<MailEntity> = {
      ...(states ? { state: In([...states]) } : {}),
      ...(releaseId === undefined ? {} : { releaseId }),
      ...(personId === undefined ? {} : { personId }),
      ...(officeId === undefined ? {} : { officeId }),
      ...(invitationId === undefined ? {} : { invitationId }),
    };
    const take = Math.min(filter.size ?? 50, 500);
    const [rows, total] = await this.database.manager.findAndCount(MailEntity, {
      select,
      where,
      order: { putAt: 'desc', orderingKey: 'asc', place: 'desc' },
      take,
      skip: (page - 1) * take,
    });
    return { mails: rows.map((row) => lineOf(row)), total };
  }

  /** About these invitations, and what these offices were sent; newest first, at most 500 */
  async about(invitationIds: readonly string[], officeIds: readonly string[]): Promise<MailLine[]> {
    const where = [{ invitationId: In([...invitationIds]) }, { officeId: In([...officeIds]), kind: 'office-notice' }];
    const order = { putAt: 'desc', orderingKey: 'asc', place: 'desc' } as const;
    return (await this.database.manager.find(MailEntity, { select, where, order, take: 500 })).map((row) =>
      lineOf(row),
    );
  }

  /** With the message as its reader gets it */
  async one(id: string): Promise<{ mail: MailLine; message: ReadMessage } | undefined> {
    const row = await this.database.manager.findOneBy(MailEntity, { id });
    return row ? { mail: lineOf(row), message: await readMessage(row.bytes) } : undefined;
  }

  /** What has become of mails, by `<ordering key>#<revision>`; of several mails of one revision (a rehearsal, then in earnest) the last */
  async statesOf(
    orderingKeys: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<Map<string, MailState>> {
    const rows: { key: string; revision: number; state: MailState }[] = await tx.query(
      `select distinct on (ordering_key, revision) ordering_key as key, revision, state from mail
        where ordering_key = any($1) and revision is not null order by ordering_key, revision, place desc`,
      [orderingKeys],
    );
    return new Map(rows.map(({ key, revision, state }) => [`${key}#${revision}`, state]));
  }

  /** Which of these addresses, in lower case, the last mail that came to an end did not reach */
  async failing(addresses: readonly string[], tx: EntityManager = this.database.manager): Promise<Set<string>> {
    const rows: { address: string; state: MailState }[] = await tx.query(
      `select distinct on (lower(to_address)) lower(to_address) as address, state from mail
        where lower(to_address) = any($1) and state in ('sent', 'failed')
        order by lower(to_address), settled_at desc nulls last`,
      [addresses],
    );
    return new Set(rows.filter((row) => row.state === 'failed').map((row) => row.address));
  }

  /** Domains to which nothing leaves until staff say so, the latest first */
  async stoppedDestinations(): Promise<StoppedDestination[]> {
    return this.database.query(
      `select d.destination, d.refusal, d.reply, d.stopped_at as "stoppedAt",
              count(m.id) filter (where m.state = 'failed')::int as failed,
              count(m.id) filter (where m.state in ('queued', 'retry'))::int as waiting
         from mail_destination d left join mail m on m.destination = d.destination and m.state in ('failed', 'queued', 'retry')
        where d.stopped_at is not null group by d.destination order by d.stopped_at desc, d.destination`,
    );
  }

  /** How many mails are in each state, those with none included */
  async counts(filter: { releaseId?: string } = {}): Promise<Record<MailState, number>> {
    const rows: { state: MailState; count: number }[] = await this.database.query(
      `select state, count(*)::int as count from mail where $1::text is null or release_id = $1 group by state`,
      [filter.releaseId ?? null],
    );
    const found = new Map(rows.map((row) => [row.state, row.count]));
    return Object.fromEntries(mailStates.map((state) => [state, found.get(state) ?? 0])) as Record<MailState, number>;
  }
}

const lineOf = (row: MailEntity): MailLine =>
  Object.fromEntries(columns.map((column) => [column, row[column]])) as unknown as MailLine;
