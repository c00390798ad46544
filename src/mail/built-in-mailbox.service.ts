import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { DataSource } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { sameAddress } from './address.ts';
import { readMessage } from './reading.ts';

const LARGEST = 10 * 1024 * 1024;

/**
 * An SMTP server of our own on a free port of this machine that takes every mail and lets none out: for trial, where SMTP_URL is not
 * set. What it has acknowledged is in the database.
 */
@Injectable()
export class BuiltInMailbox implements OnApplicationShutdown {
  readonly #log = new Logger('BuiltInMailbox');
  #server: SMTPServer | undefined;
  #opened: Promise<string> | undefined;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Starts it at the first call. @returns its address, smtp://127.0.0.1:<port> */
  async open(): Promise<string> {
    this.#opened ??= this.#listen().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #listen(): Promise<string> {
    const server = new SMTPServer({
      name: 'mailbox.localhost',
      disabledCommands: ['STARTTLS', 'AUTH'],
      size: LARGEST,
      closeTimeout: 2_000,
      onData: (stream, session, callback) => {
        this.#take(stream, session).then(
          () => callback(),
          (error: unknown) => {
            this.#log.error(error);
            callback(Object.assign(new Error('could not be stored, try again later'), { responseCode: 451 }));
          },
        );
      },
    });
    this.#server = server;
    // A client that goes away in the middle of a message is its own affair
    server.on('error', (error: Error) => this.#log.warn(error.message));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw Object.assign(new Error('too large'), { responseCode: 552 });
    const raw = Buffer.concat(chunks);
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    // A message that nobody can take apart is kept all the same
    const read = await readMessage(raw).catch(() => undefined);
    await this.database.transaction(async (tx) => {
      for (const to of session.envelope.rcptTo) {
        await tx.query(
          `insert into received_mail (at, envelope_from, envelope_to, raw, subject, "from", "to") values ($1, $2, $3, $4, $5, $6, $7)`,
          [
            this.clock.now().toJSDate(),
            from,
            sameAddress(to.address),
            raw,
            read?.subject ?? '',
            read?.from ?? '',
            read?.to ?? '',
          ],
        );
      }
    });
  }

  /** Last of all: whoever is still sending gets to finish */
  async onApplicationShutdown(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#opened = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
