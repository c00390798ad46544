import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ImapFlow } from 'imapflow';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
import type { Filing } from './inbound-message.entity.ts';

/** As people see them in the mailbox; made where they are missing */
const folders: Readonly<Record<Filing, string>> = { processed: 'Processed', review: 'Review' };
const MOST_AT_ONCE = 500;
/** Whatever is not decided by then waits for the next ordinary look */
const DECIDED_WITHIN = 5 * 60_000;

type Folder = 'inbox' | 'review';

interface Place {
  readonly uid: string;
  readonly messageId: string;
  readonly fileAs: Filing;
}

/**
 * Puts mails where they belong on their server, once what follows from them is committed: into Processed, or into Review while a person
 * has to look, and from there into Processed. Only for people who look into the mailbox: nothing in our house depends on where a mail lies.
 * Therefore a mail that has gone meanwhile, or was moved and we died before we could note it, is no trouble.
 */
@Injectable()
export class ImapFiling {
  readonly #log = new Logger('ImapFiling');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Whether something that was read lately is not yet where it belongs */
  async isAwaited(mailbox: string): Promise<boolean> {
    const since = new Date(this.clock.now().toMillis() - DECIDED_WITHIN);
    const rows: unknown[] = await this.database.query(
      `select from imap_place p join inbound_message m on m.id = p.message_id
        where p.mailbox = $1 and m.received_at > $2 and m.file_as is distinct from p.folder limit 1`,
      [mailbox, since],
    );
    return rows.length > 0;
  }

  /** The folder that is read is open. */
  async fileFromInbox(client: ImapFlow, mailbox: string): Promise<void> {
    await this.file(client, mailbox, 'inbox');
  }

  /** Those whom somebody has settled since. */
  async fileFromReview(client: ImapFlow, mailbox: string): Promise<void> {
    if ((await this.due(this.database.manager, mailbox, 'review')).length === 0) return;
    const lock = await client.getMailboxLock(folders.review).catch((error: Error & { responseStatus?: string }) => {
      if (error.responseStatus !== 'NO') throw error;
      return undefined;
    });
    // somebody has done away with the folder, and with what lay in it
    if (!lock) return this.forget(this.database.manager, mailbox, 'review', '0');
    try {
      await this.file(client, mailbox, 'review');
    } finally {
      lock.release();
    }
  }

  /** Two processes that read one mailbox must not copy a mail twice: where the server cannot move, it would stay doubled. */
  private async file(client: ImapFlow, mailbox: string, from: Folder): Promise<void> {
    if (!client.mailbox) return;
    const validity = client.mailbox.uidValidity.toString();
    await this.database.transaction(async (tx) => {
      await this.forget(tx, mailbox, from, validity);
      const due = await this.due(tx, mailbox, from);
      for (const as of ['processed', 'review'] as const) {
        const places = due.filter((place) => place.fileAs === as);
        if (places.length > 0) await this.move(tx, client, mailbox, places, from, as);
      }
    });
  }

  private async due(tx: EntityManager, mailbox: string, from: Folder): Promise<Place[]> {
    return tx.query(
      `select p.uid, p.message_id as "messageId", m.file_as as "fileAs"
         from imap_place p join inbound_message m on m.id = p.message_id
        where p.mailbox = $1 and p.folder = $2 and m.file_as <> p.folder order by p.uid limit ${MOST_AT_ONCE} for update of p skip locked`,
      [mailbox, from],
    );
  }

  /** A folder that was made anew has other numbers; where it is read at all, it is read again. */
  private async forget(tx: EntityManager, mailbox: string, folder: Folder, validity: string): Promise<void> {
    await tx.query(`delete from imap_place where mailbox = $1 and folder = $2 and uid_validity <> $3`, [
      mailbox,
      folder,
      validity,
    ]);
  }

  private async move(
    tx: EntityManager,
    client: ImapFlow,
    mailbox: string,
    places: readonly Place[],
    from: Folder,
    as: Filing,
  ): Promise<void> {
    const uids = places.map(({ uid }) => uid);
    const moved = await this.moved(client, uids.join(','), folders[as]);
    if (!moved) return this.#log.warn(`mails could not be moved to ${folders[as]}; tried again later`);
    await tx.query(`delete from imap_place where mailbox = $1 and folder = $2 and uid = any($3::bigint[])`, [
      mailbox,
      from,
      uids,
    ]);
    if (as !== 'review') return;
    // where the server does not tell where it has put them, they stay there
    for (const { uid, messageId } of places) {
      const there = moved.uidMap?.get(Number(uid));
      if (there !== undefined && moved.uidValidity !== undefined)
        await tx.query(
          `insert into imap_place (mailbox, folder, uid_validity, uid, message_id) values ($1, 'review', $2, $3, $4) on conflict do nothing`,
          [mailbox, moved.uidValidity.toString(), there, messageId],
        );
    }
  }

  /** A folder that is missing is made when the server says that it cannot move. @returns undefined where it cannot */
  private async moved(client: ImapFlow, uids: string, folder: string) {
    const first = await client.messageMove(uids, folder, { uid: true });
    if (first) return first;
    // some servers say that it exists in words of their own
    await client.mailboxCreate(folder).catch(() => undefined);
    return (await client.messageMove(uids, folder, { uid: true })) || undefined;
  }
}
