import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Claims, leaves, type ClaimedMail, type Settlement } from './claims.service.ts';
import { MailTransport } from './mail-transport.service.ts';
import type { SmtpLine } from './smtp-line.service.ts';

/** How long a look at the switches holds while mails of one claim are handed over, in milliseconds */
const LOOK_AGAIN = 250;

/**
 * Sends what is due. The table is the queue: jobs and ticks only wake it. Any number of processes may send; a process that is told to stop
 * finishes the mails that it is handing over, writes down how they ended, and gives back the rest.
 */
@Injectable()
export class Sender implements BeforeApplicationShutdown {
  readonly #log = new Logger('Sender');
  #running: Promise<void> | undefined;
  #again = false;
  #stopping = false;

  constructor(
    private readonly claims: Claims,
    private readonly transport: MailTransport,
  ) {}

  /** Returns at once. What goes wrong is logged, and tried again with the next tick. */
  wake(): void {
    this.drain().catch((error: unknown) => this.#log.error(error));
  }

  /** Resolves when nothing is due any more, or the process stops. */
  async drain(): Promise<void> {
    if (this.#stopping) return;
    if (this.#running) {
      // Something may have become due behind the back of the lines that are running
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#untilNothingIsDue().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Like `drain`, but a large batch goes on by itself after so many seconds. */
  async drainFor(seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let left = false;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, seconds * 1000);
    });
    const drained = this.drain();
    drained.catch((error: unknown) => left && this.#log.error(error));
    await Promise.race([drained, over]).finally(() => {
      left = true;
      clearTimeout(timer);
    });
  }

  async #untilNothingIsDue(): Promise<void> {
    do {
      this.#again = false;
      await this.claims.tidy();
      const lines = await this.transport.lines();
      const ended = await Promise.allSettled(lines.map((line) => this.#work(line)));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) {
        // Should an outcome not have been written down, its mail must not stay `sending` as long as this process lives
        await this.claims.release().catch(() => undefined);
        throw failed.reason;
      }
    } while (this.#again && !this.#stopping);
  }

  /** The next calendar mails are claimed while these are handed over; a notice never waits claimed, see `claim`. */
  async #work(line: SmtpLine): Promise<void> {
    let ahead: Promise<ClaimedMail[]> = Promise.resolve([]);
    try {
      while (!this.#stopping) {
        const claimed = await ahead;
        const mails = claimed.length > 0 ? claimed : await this.claims.claim();
        if (mails.length === 0) return;
        ahead = this.claims.claim('calendar mails');
        ahead.catch(() => undefined);
        await this.#handOver(line, mails);
      }
    } finally {
      await this.claims.giveBack(await ahead);
    }
  }

  /** Outcomes are written down while the next mail is on its way, and all before the next claim. */
  async #handOver(line: SmtpLine, mails: readonly ClaimedMail[]): Promise<void> {
    const stopped = new Set<string>();
    const ledger = new Ledger(async (settlements) => {
      for (const destination of await this.claims.settle(settlements)) {
        if (!stopped.has(destination)) this.#log.warn({ msg: 'mail to a domain is stopped', destination });
        stopped.add(destination);
      }
    });
    let policy = await this.claims.policy();
    let looked = performance.now();
    for (const [index, mail] of mails.entries()) {
      if (performance.now() - looked > LOOK_AGAIN) {
        policy = await this.claims.policy();
        looked = performance.now();
      }
      if (this.#stopping || policy.paused) {
        await this.claims.giveBack(mails.slice(index));
        break;
      }
      if (stopped.has(mail.destination)) {
        await this.claims.giveBack([mail]);
        continue;
      }
      if (!leaves(mail, policy)) {
        await this.claims.keepBack(mail);
        continue;
      }
      const attempt = await line.send({ from: mail.envelopeFrom, to: mail.toAddress }, mail.bytes);
      if (attempt.ended !== 'accepted') this.#log.warn({ mail: mail.id, attempt: mail.attempts, ended: attempt.ended });
      ledger.add({ mail, attempt });
    }
    await ledger.written();
  }

  /** Before the jobs and the database go */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await this.#running?.catch(() => undefined);
    await this.claims.release().catch((error: unknown) => this.#log.warn(error));
  }
}

/** Groups what is settled while a commit is under way into the next commit. */
class Ledger {
  #waiting: Settlement[] = [];
  #writing: Promise<void> = Promise.resolve();
  #fault: Error | undefined;

  constructor(private readonly write: (settlements: readonly Settlement[]) => Promise<void>) {}

  add(settlement: Settlement): void {
    this.#waiting.push(settlement);
    this.#writing = this.#writing.then(async () => {
      const settlements = this.#waiting;
      this.#waiting = [];
      if (settlements.length === 0) return;
      try {
        await this.write(settlements);
      } catch (error) {
        this.#fault = error as Error;
      }
    });
  }

  /** @throws what kept an outcome from being written */
  async written(): Promise<void> {
    await this.#writing;
    if (this.#fault) throw this.#fault;
  }
}
