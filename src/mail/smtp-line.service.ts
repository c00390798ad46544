import { createTransport, type Transporter } from 'nodemailer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import { attemptFrom, type Attempt, type SendingError } from './delivery.ts';

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

const SECOND = 1000;

/**
 * One connection to the next mail server, kept open between mails and opened anew when needed. It hands over one mail at a time: only so
 * is it certain to which mail the server's «354 go ahead» belongs, which nodemailer's errors do not tell and its log does.
 */
export class SmtpLine {
  readonly #transporter: Transporter;
  #goAhead = false;

  /** @param url smtp:// or smtps://; its query may set nodemailer's options: ?requireTLS=true&socketTimeout=60000 */
  constructor(url: string) {
    const options: SMTPPoolOptions & { pool: true } = {
      connectionTimeout: 30 * SECOND,
      greetingTimeout: 30 * SECOND,
      // RFC 5321 §4.5.3.2.6 has a client wait ten minutes after the final dot; whoever hangs up earlier sends twice
      socketTimeout: 600 * SECOND,
      maxMessages: 100,
      // Once over a fresh connection where the kept one had died before a byte of the message went out; the rest is ours to decide
      maxRequeues: 1,
      ...(parseConnectionUrl(url) as SMTPPoolOptions),
      pool: true,
      maxConnections: 1,
      transactionLog: true,
      logger: this.#listener(),
    };
    this.#transporter = createTransport(options);
  }

  /** @param bytes the whole message, handed over as it is */
  async send(envelope: Envelope, bytes: Buffer): Promise<Attempt> {
    this.#goAhead = false;
    try {
      const sent = (await this.#transporter.sendMail({
        envelope: { from: envelope.from, to: [envelope.to] },
        raw: bytes,
      })) as {
        response: string;
        serverMessageId?: string;
      };
      const { response: reply, serverMessageId } = sent;
      return { ended: 'accepted', reply, ...(serverMessageId ? { serverMessageId } : {}) };
    } catch (error) {
      return attemptFrom(error as SendingError, this.#goAhead);
    }
  }

  /** Whether a mail could be handed over: connects, signs in, and leaves. @throws with the server's reason */
  async verify(): Promise<void> {
    await this.#transporter.verify();
  }

  close(): void {
    this.#transporter.close();
  }

  #listener() {
    const heard = (entry: { tnx?: string } | undefined, line: unknown) => {
      if (entry?.tnx === 'server' && typeof line === 'string' && line.startsWith('354')) this.#goAhead = true;
    };
    const unheard = () => undefined;
    return { trace: unheard, debug: heard, info: unheard, warn: unheard, error: unheard, fatal: unheard };
  }
}
