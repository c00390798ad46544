import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
import { Jobs } from '../../jobs/jobs.service.ts';
import { newId } from '../../kernel/ids.ts';
import { sameAddress } from '../address.ts';
import { mailArrived } from '../mail.facts.ts';
import type { Envelope } from './inbound-mail.ts';
import { InboundMessageEntity, type Filing, type InboundChannel } from './inbound-message.entity.ts';

/** Where a mail lies in a mailbox */
export interface MailboxPlace {
  readonly mailbox: string;
  readonly uidValidity: bigint;
  readonly uid: number;
}

/** A mail that came in, as it was stored */
export interface StoredMessage {
  readonly id: string;
  readonly channel: InboundChannel;
  readonly receivedAt: Date;
  readonly envelope: Envelope;
  readonly raw: Buffer;
}

/** Mails that come in. They are stored as they are and announced; what they say is for others to find out. */
@Injectable()
export class Inbound {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  /**
   * When this returns, the mail is stored and will be looked at, whatever happens to this process. The same octets a second time change
   * nothing: a mailbox that was made anew, or a server that did not hear our answer, gives everything again.
   */
  async store(
    raw: Buffer,
    channel: InboundChannel,
    { recipients, sender }: Envelope,
    place?: MailboxPlace,
  ): Promise<{ id: string; known: boolean }> {
    const sha256 = createHash('sha256').update(raw).digest('hex');
    return this.database.transaction(async (tx) => {
      const id = newId();
      const inserted: { id: string }[] = await tx.query(
        `insert into inbound_message (id, sha256, channel, mailbox, uid_validity, uid, envelope_from, recipients, received_at, bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (sha256) do nothing returning id`,
        [
          id,
          sha256,
          channel,
          place?.mailbox ?? null,
          place?.uidValidity.toString() ?? null,
          place?.uid ?? null,
          sender,
          recipients.map((address) => sameAddress(address)),
          this.clock.now().toJSDate(),
          raw,
        ],
      );
      const known = !inserted[0];
      const [{ id: stored }]: [{ id: string }] = known
        ? await tx.query(`select id from inbound_message where sha256 = $1`, [sha256])
        : [{ id }];
      if (place)
        await tx.query(
          `insert into imap_place (mailbox, folder, uid_validity, uid, message_id) values ($1, 'inbox', $2, $3, $4) on conflict do nothing`,
          [place.mailbox, place.uidValidity.toString(), place.uid, stored],
        );
      if (!known) await this.jobs.announce(tx, mailArrived, { messageId: id });
      return { id: stored, known };
    });
  }

  /** Where it goes in the mailbox that it was fetched from, if it was; nothing is moved before this transaction is committed (itip E20). */
  async file(tx: EntityManager, id: string, as: Filing): Promise<void> {
    await tx.update(InboundMessageEntity, { id }, { fileAs: as });
  }

  async one(id: string): Promise<StoredMessage | undefined> {
    const row = await this.database.manager.findOneBy(InboundMessageEntity, { id });
    if (!row) return undefined;
    const { channel, receivedAt, bytes: raw, recipients, envelopeFrom: sender } = row;
    return { id, channel, receivedAt, envelope: { recipients, sender }, raw };
  }
}
