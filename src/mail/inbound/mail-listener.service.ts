import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { CONFIG, type Config } from '../../config/config.ts';
import { domainOf } from '../address.ts';
import { Contacts } from './contacts.service.ts';
import { Inbound } from './inbound.service.ts';

/** What is larger is no answer; what is above the limit of reading is stored all the same, for a person */
const LARGEST = 20 * 1024 * 1024;
const MOST_RECIPIENTS = 100;
const HEARTBEAT = 60_000;

/**
 * Takes mail for our own domain, by LMTP from a mail server in front (RFC 2033) or by SMTP. What it has acknowledged is in the database; what
 * it cannot store is for later, and stays with whoever delivers it.
 */
@Injectable()
export class MailListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('MailListener');
  #server: SMTPServer | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'inboundListen' | 'role' | 'mailFromDomain'>,
    private readonly inbound: Inbound,
    private readonly contacts: Contacts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') return;
    if (!this.config.inboundListen) return this.contacts.forget('listener');
    await this.listen(this.config.inboundListen);
    await this.contacts.reached('listener');
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT).unref();
  }

  /** Only a process that lives and reaches the database can take mail. */
  async #beat(): Promise<void> {
    await this.contacts.reached('listener').catch((error: Error) => this.#log.warn(error.message));
  }

  /** @returns where it listens: port 0 takes a free one */
  async listen(address: string): Promise<string> {
    const url = new URL(address);
    const lmtp = url.protocol === 'lmtp:';
    const server = new SMTPServer({
      name: this.config.mailFromDomain,
      lmtp,
      disabledCommands: ['STARTTLS', 'AUTH'],
      size: LARGEST,
      maxClients: 50,
      closeTimeout: 2_000,
      onRcptTo: (recipient, session, callback) => callback(this.refusal(recipient, session)),
      onData: (stream, session, callback) => {
        this.take(stream, session, lmtp).then(
          (answer) => (callback as unknown as (error: null, answer: unknown) => void)(null, answer),
          (error: Error & { responseCode?: number }) => {
            // whoever goes away in the middle will come again; that something is not stored is ours
            if (!error.responseCode) stream.readableEnded ? this.#log.error(error) : this.#log.warn(error.message);
            const code = error.responseCode ?? 451;
            const words = error.responseCode ? error.message : '4.3.0 could not be stored, try again later';
            callback(Object.assign(new Error(words), { responseCode: code }));
          },
        );
      },
    });
    // a client that goes away in the middle of a message is its own affair
    server.on('error', (error: Error) => this.#log.warn(error.message));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(Number(url.port || (lmtp ? 2424 : 25)), url.hostname.replace(/^\[|\]$/g, ''), () => {
        server.off('error', reject);
        resolve();
      });
    });
    return `${url.protocol}//${url.hostname}:${(server.server.address() as AddressInfo).port}`;
  }

  /** Nobody is to relay through us; which of our addresses exist is not told. */
  private refusal({ address }: SMTPServerAddress, { envelope }: SMTPServerSession): Error | undefined {
    const no = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
    if (domainOf(address) !== this.config.mailFromDomain.toLowerCase())
      return no(550, '5.7.1 no mail for this domain here');
    if (envelope.rcptTo.length >= MOST_RECIPIENTS) return no(452, '4.5.3 too many recipients');
    return undefined;
  }

  /** @returns the answer; by LMTP one for each recipient (RFC 2033 §4.2) */
  private async take(
    stream: SMTPServerDataStream,
    { envelope }: SMTPServerSession,
    lmtp: boolean,
  ): Promise<string | string[]> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw Object.assign(new Error('5.3.4 too large'), { responseCode: 552 });
    const recipients = envelope.rcptTo.map(({ address }) => address);
    const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
    const { id } = await this.inbound.store(Buffer.concat(chunks), lmtp ? 'lmtp' : 'smtp', { recipients, sender });
    const words = `2.0.0 stored as ${id}`;
    return lmtp ? recipients.map(() => words) : words;
  }

  /** Before the database goes */
  async beforeApplicationShutdown(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    clearInterval(this.#heartbeat);
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
