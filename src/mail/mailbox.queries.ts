import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { sameAddress } from './address.ts';
import { ReceivedMailEntity } from './received-mail.entity.ts';
import { readMessage, type ReadMessage } from './reading.ts';

/** A mail in the built-in mailbox, without its bytes */
export interface ReceivedMail {
  /** Decimal digits; grows in the order of arrival */
  readonly id: string;
  readonly at: Date;
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  readonly subject: string;
  /** As the headers name them */
  readonly from: string;
  readonly to: string;
}

const columns = [
  'id',
  'at',
  'envelopeFrom',
  'envelopeTo',
  'subject',
  'from',
  'to',
] as const satisfies readonly (keyof ReceivedMail)[];
const select = Object.fromEntries(columns.map((column) => [column, true]));

/** What arrived in the built-in mailbox. */
@Injectable()
export class MailboxQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /**
   * Newest first
   * @param filter.recipient an address
   * @param filter.page from 1
   * @param filter.size 50 unless told, at most 500
   */
  async list(
    filter: { recipient?: string; page?: number; size?: number } = {},
  ): Promise<{ mails: ReceivedMail[]; total: number }> {
    const take = Math.min(filter.size ?? 50, 500);
    const [rows, total] = await this.database.manager.findAndCount(ReceivedMailEntity, {
      select,
      where: filter.recipient === undefined ? {} : { envelopeTo: sameAddress(filter.recipient) },
      order: { id: 'desc' },
      take,
      skip: ((filter.page ?? 1) - 1) * take,
    });
    return { mails: rows.map((row) => plain(row)), total };
  }

  /** Who has got mail, by address, with how many */
  async recipients(): Promise<{ address: string; mails: number }[]> {
    return this.database.query(
      `select envelope_to as address, count(*)::int as mails from received_mail group by envelope_to order by envelope_to`,
    );
  }

  async one(id: string): Promise<{ mail: ReceivedMail; message: ReadMessage } | undefined> {
    const row = await this.database.manager.findOneBy(ReceivedMailEntity, { id });
    return row ? { mail: plain(row), message: await readMessage(row.raw) } : undefined;
  }
}

const plain = (row: ReceivedMailEntity): ReceivedMail =>
  Object.fromEntries(columns.map((column) => [column, row[column]])) as unknown as ReceivedMail;
