import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ImapFlow } from 'imapflow';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../config/config.ts';
import { Contacts } from './contacts.service.ts';
import { ImapFiling } from './imap-filing.service.ts';
import { Inbound } from './inbound.service.ts';

const SECOND = 1000;
/** Servers that promise to tell of new mail sometimes do not */
const POLL = 60 * SECOND;
/** Whether what was read is decided by now, and can be put where it belongs */
const SOON = 2 * SECOND;
/** After the connection was lost: soon at first, then up to every five minutes */
const delayAfter = (failures: number): number =>
  Math.min(300, 2 ** Math.min(failures, 10)) * SECOND * (1 + Math.random() / 3);
/** Of a larger mail only the beginning is stored: it is above the limit of reading, and its head tells whom it is about */
const MOST_STORED = 8 * 1024 * 1024;

/**
 * Reads the mailbox in which replies arrive. The server is the queue: how far it has been read is in the database, and a mail is marked as
 * read only after it is stored, and put into a folder of its own after it is decided. When the mailbox has been made anew (another UIDVALIDITY),
 * all of it is read again and what is known is known.
 */
@Injectable()
export class ImapInbox implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('ImapInbox');
  readonly #stopping = new AbortController();
  #client: ImapFlow | undefined;
  #running: Promise<void> | undefined;
  /** Ends a wait: something has arrived, the connection is gone, or the process stops */
  #wake: () => void = () => undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'imapUrl' | 'role'>,
    @InjectDataSource() private readonly database: DataSource,
    private readonly inbound: Inbound,
    private readonly filing: ImapFiling,
    private readonly contacts: Contacts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') return;
    if (this.config.imapUrl) this.start(this.config.imapUrl);
    else await this.contacts.forget('imap');
  }

  start(url: string): void {
    this.#running = this.#untilStopped(url);
  }

  async #untilStopped(url: string): Promise<void> {
    for (let failures = 0; !this.#stopped; failures++) {
      try {
        await this.#session(url, () => (failures = 0));
      } catch (error) {
        if (this.#stopped) return;
        const { message, responseText } = error as Error & { responseText?: string };
        this.#log.warn(`the mailbox cannot be read: ${responseText ?? message}`);
        // the next look says it again
        await this.contacts.failed('imap', responseText ?? message).catch(() => undefined);
      }
      if (!this.#stopped) await this.#wait(delayAfter(failures));
    }
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** One connection, for as long as it lasts */
  async #session(url: string, worked: () => void): Promise<void> {
    const { options, folder, name } = mailboxOf(url);
    // most houses have no mailbox to read, and none of them should wait for this at its start
    const imap = await import('imapflow');
    const client = new imap.ImapFlow(options);
    this.#client = client;
    let gone: Error | undefined;
    const lost = (error?: Error) => {
      gone ??= error ?? new Error('the server closed the connection');
      this.#wake();
    };
    client.on('error', lost);
    client.on('close', () => lost());
    client.on('exists', () => this.#wake());
    try {
      await client.connect();
      while (!this.#stopped && !gone) {
        const woken = this.#nextWake(POLL);
        await this.#look(client, folder, name);
        worked();
        const early = (await this.filing.isAwaited(name)) ? setTimeout(() => this.#wake(), SOON) : undefined;
        // the next command ends it; a server without IDLE is asked again in a minute
        if (client.capabilities.has('IDLE')) client.idle().catch(lost);
        await woken;
        clearTimeout(early);
      }
      if (gone && !this.#stopped) throw gone;
    } finally {
      this.#client = undefined;
      client.close();
    }
  }

  /** Reads what is new, and puts away what is decided. When this returns, the folder that is read is the one that is open. */
  async #look(client: ImapFlow, folder: string, name: string): Promise<void> {
    await this.filing.fileFromReview(client, name);
    const lock = await client.getMailboxLock(folder);
    try {
      await this.#fetchNew(client, name);
      await this.filing.fileFromInbox(client, name);
    } finally {
      lock.release();
    }
    await this.contacts.reached('imap');
  }

  async #fetchNew(client: ImapFlow, mailbox: string): Promise<void> {
    if (!client.mailbox) throw new Error('the folder is not open');
    const { uidValidity } = client.mailbox;
    const last = await this.#progress(mailbox, uidValidity);
    // `n:*` gives the last mail also where its UID is below n (RFC 9051 §6.4.9)
    const found = await client.search({ uid: `${last + 1}:*` }, { uid: true });
    const uids = (found || []).filter((uid) => uid > last).sort((a, b) => a - b);
    for (const uid of uids) {
      if (this.#stopped) return;
      const message = await client.fetchOne(
        String(uid),
        { uid: true, source: { maxLength: MOST_STORED } },
        { uid: true },
      );
      if (message && message.source) {
        const envelope = { recipients: [], sender: null };
        await this.inbound.store(message.source, 'imap', envelope, { mailbox, uidValidity, uid });
        await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      }
      await this.#progressed(mailbox, uidValidity, uid);
    }
  }

  async #progress(mailbox: string, uidValidity: bigint): Promise<number> {
    const [row]: { uidValidity: string; lastUid: string }[] = await this.database.query(
      `select uid_validity as "uidValidity", last_uid as "lastUid" from imap_progress where mailbox = $1`,
      [mailbox],
    );
    return row && BigInt(row.uidValidity) === uidValidity ? Number(row.lastUid) : 0;
  }

  async #progressed(mailbox: string, uidValidity: bigint, uid: number): Promise<void> {
    await this.database.query(
      `insert into imap_progress (mailbox, uid_validity, last_uid) values ($1, $2, $3)
       on conflict (mailbox) do update set uid_validity = excluded.uid_validity, last_uid =
         case when imap_progress.uid_validity = excluded.uid_validity then greatest(imap_progress.last_uid, excluded.last_uid)
              else excluded.last_uid end`,
      [mailbox, uidValidity.toString(), uid],
    );
  }

  async #wait(milliseconds: number): Promise<void> {
    await this.#nextWake(milliseconds);
  }

  /** Begun before a look for new mail, so that what arrives during the look is not overheard */
  async #nextWake(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopped) this.#wake();
    });
  }

  /** Before the database goes */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    this.#client?.close();
    await this.#running;
  }
}

/** imaps://user:password@host:993/Folder; `imap://` encrypts where the server offers it */
function mailboxOf(url: string) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const folder = decodeURIComponent(pathname.replace(/^\//, '')) || 'INBOX';
  const user = decodeURIComponent(username);
  return {
    folder,
    name: `${user}@${hostname}:${port}/${folder}`,
    options: {
      host: hostname,
      port: Number(port || (secure ? 993 : 143)),
      secure,
      auth: { user, pass: decodeURIComponent(password) },
      logger: false as const,
      disableAutoIdle: true,
      connectionTimeout: 30 * SECOND,
      greetingTimeout: 30 * SECOND,
      socketTimeout: 10 * 60 * SECOND,
    },
  };
}
