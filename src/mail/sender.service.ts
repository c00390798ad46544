import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Claims, type ClaimedMail } from './claims.service.ts';
import { MailTransport } from './mail-transport.service.ts';
import { Outcomes, type Outcome } from './outcomes.service.ts';
import { mayLeave, type Policy } from './rehearsal.ts';
import type { SmtpLine } from './smtp-line.service.ts';

/** How long a look at the switches holds while mails are handed over, in milliseconds */
const LOOK_AGAIN = 250;
/** Mails that were taken within so many milliseconds are written down together. If the process dies before, they arrive twice. */
const TOGETHER = 20;

/** What was claimed in one go, and since when: of domains that stopped us later it may hold mails */
interface Claimed {
  readonly mails: readonly ClaimedMail[];
  /** By the process's own clock, in milliseconds */
  readonly since: number;
}

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
    private readonly outcomes: Outcomes,
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
      const batch = new Batch(this.claims, this.outcomes, this.#log);
      const lines = await this.transport.lines();
      const ended = await Promise.allSettled(lines.map((line) => batch.sendOver(line, () => this.#stopping)));
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed) {
        // Should an outcome not have been written down, its mail must not stay `sending` as long as this process lives
        await this.claims.release().catch(() => undefined);
        throw failed.reason;
      }
    } while (this.#again && !this.#stopping);
  }

  /** Before the jobs and the database go */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await this.#running?.catch(() => undefined);
    await this.claims.release().catch((error: unknown) => this.#log.warn(error));
  }
}

/** One run over everything that is due, on all lines at once. */
class Batch {
  readonly #ledger: Ledger;
  /** Domains that have stopped us, and when that became known */
  readonly #stopped = new Map<string, number>();
  #looked: { readonly at: number; readonly policy: Promise<Policy> } | undefined;

  constructor(
    private readonly claims: Claims,
    outcomes: Outcomes,
    private readonly log: Logger,
  ) {
    this.#ledger = new Ledger(async (list) => {
      for (const destination of await outcomes.settle(list)) {
        log.warn({ msg: 'mail to a domain is stopped', destination });
        this.#stopped.set(destination, performance.now());
      }
    });
  }

  /** The next calendar mails are claimed while these are handed over; a notice never waits claimed, see `claim`. */
  async sendOver(line: SmtpLine, stopping: () => boolean): Promise<void> {
    this.#policy().catch(() => undefined);
    let ahead: Promise<Claimed> = Promise.resolve({ mails: [], since: 0 });
    try {
      while (!stopping()) {
        let claimed = await ahead;
        if (claimed.mails.length === 0) {
          // What waits behind one of these mails can be claimed once it is known how that ended
          await this.#ledger.written();
          claimed = await this.#claim('all');
        }
        if (claimed.mails.length === 0) return;
        ahead = this.#claim('calendar mails');
        ahead.catch(() => undefined);
        await this.#handOver(line, claimed, stopping);
      }
    } finally {
      await this.#ledger.written();
      await this.claims.giveBack((await ahead).mails);
    }
  }

  async #claim(which: 'all' | 'calendar mails'): Promise<Claimed> {
    const since = performance.now();
    return { mails: await this.claims.claim(which), since };
  }

  async #handOver(line: SmtpLine, { mails, since }: Claimed, stopping: () => boolean): Promise<void> {
    for (const [index, mail] of mails.entries()) {
      const policy = await this.#policy();
      if (stopping() || policy.paused) return this.claims.giveBack(mails.slice(index));
      if ((this.#stopped.get(mail.destination) ?? -1) >= since) {
        await this.claims.giveBack([mail]);
        continue;
      }
      if (!mayLeave(policy, { address: mail.toAddress, evenInRehearsal: mail.evenInRehearsal })) {
        await this.claims.keepBack(mail);
        continue;
      }
      const bytes = await this.claims.stamp(mail);
      if (!bytes) continue;
      const attempt = await line.send({ from: mail.envelopeFrom, to: mail.toAddress }, bytes);
      this.#ledger.add({ mail, attempt });
      if (attempt.ended === 'accepted') continue;
      this.log.warn({ mail: mail.id, attempt: mail.attempts, ended: attempt.ended });
      // It may have been the one that stops its domain
      await this.#ledger.written();
    }
  }

  /** Looked at again in good time, so that no line has to wait for it behind a claim */
  async #policy(): Promise<Policy> {
    const now = performance.now();
    const before = this.#looked;
    if (before && now - before.at < LOOK_AGAIN / 2) return before.policy;
    this.#looked = { at: now, policy: this.claims.policy() };
    this.#looked.policy.catch(() => undefined);
    return before && now - before.at < LOOK_AGAIN ? before.policy : this.#looked.policy;
  }
}

/** Groups outcomes into commits. */
class Ledger {
  #waiting: Outcome[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #fault: Error | undefined;

  constructor(private readonly write: (outcomes: readonly Outcome[]) => Promise<void>) {}

  /** That a notice was taken is written down at once: it must not be uncertain longer than need be. */
  add(outcome: Outcome): void {
    if (this.#fault) throw this.#fault;
    this.#waiting.push(outcome);
    if (outcome.mail.calendarMethod === null) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), TOGETHER);
  }

  /** @throws what kept an outcome from being written */
  async written(): Promise<void> {
    this.#flush();
    await this.#writing;
    if (this.#fault) throw this.#fault;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const outcomes = this.#waiting;
      this.#waiting = [];
      if (outcomes.length === 0 || this.#fault) return;
      try {
        await this.write(outcomes);
      } catch (error) {
        this.#fault = error as Error;
      }
    });
  }
}
