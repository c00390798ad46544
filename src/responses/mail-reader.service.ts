import { Worker } from 'node:worker_threads';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.ts';
import type { Envelope } from '../mail/inbound/inbound-mail.ts';
import type { ReadNews, ReadTask } from './read-mail.thread.ts';
import { unreadableOf, type Reading } from './reading/reading.ts';

/** One message takes milliseconds; who needs longer means no good (itip E2) */
const LONGEST = 1_000;
/** Time for a new thread to load its code, on a machine that is busy */
const TO_BEGIN = 20_000;
/** From its beginning until its code is there */
const TO_LOAD = 2_000;
const MEGABYTES = 192;

const file = import.meta.url.endsWith('.ts') ? './read-mail.thread.ts' : './read-mail.thread.js';

interface Waiting {
  readonly task: ReadTask;
  readonly done: (reading: Reading | undefined) => void;
}

/**
 * Takes mails apart in a thread of its own, one after the other. What takes too long or too much memory there ends with its thread: it is
 * unreadable, a person sees it, and the next mail gets a new thread.
 */
@Injectable()
export class MailReader implements OnApplicationShutdown {
  readonly #log = new Logger('MailReader');
  #worker: Worker | undefined;
  #ready = false;
  #current: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last = 0;
  readonly #queue: Waiting[] = [];
  /** How many threads had to be given up */
  givenUp = 0;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'mailFromDomain'>) {}

  async read(raw: Buffer, envelope: Envelope): Promise<Reading> {
    const ownDomain = this.config.mailFromDomain;
    const { recipients, sender } = envelope;
    const task = { id: ++this.#last, raw, recipients, sender, ownDomain };
    const reading = await new Promise<Reading | undefined>((done) => {
      this.#queue.push({ task, done });
      this.#next();
    });
    return reading ?? unreadableOf(raw, envelope, ownDomain, 'too-slow');
  }

  #next(): void {
    if (this.#current || this.#queue.length === 0) return;
    this.#current = this.#queue.shift()!;
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(this.#current.task, []);
    this.#timer = setTimeout(() => this.#giveUp('too slow'), this.#ready ? LONGEST : TO_BEGIN);
  }

  #start(): Worker {
    const worker = this.newThread();
    this.#ready = false;
    worker.on('online', () => {
      this.#ready = true;
      // from now on the message itself is what takes time
      if (worker !== this.#worker || !this.#current) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#giveUp('too slow'), LONGEST + TO_LOAD);
    });
    worker.on('message', ({ id, reading }: ReadNews) => {
      if (worker === this.#worker && this.#current?.task.id === id) this.#finish(reading);
    });
    worker.on('error', (error: Error) => worker === this.#worker && this.#giveUp(error.message));
    worker.on('exit', () => worker === this.#worker && this.#giveUp('the thread ended'));
    return worker;
  }

  protected newThread(program = new URL(file, import.meta.url)): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: MEGABYTES, maxYoungGenerationSizeMb: 32 };
    return new Worker(program, { resourceLimits });
  }

  #giveUp(why: string): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = false;
    this.givenUp++;
    this.#log.warn(`a mail could not be read: ${why}`);
    void worker?.terminate();
    this.#finish(undefined);
  }

  #finish(reading: Reading | undefined): void {
    clearTimeout(this.#timer);
    const current = this.#current;
    this.#current = undefined;
    // a thread that waits for mail must not keep the process alive
    this.#worker?.unref();
    current?.done(reading);
    this.#next();
  }

  async onApplicationShutdown(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#timer);
    await worker?.terminate();
    const left = [...(this.#current ? [this.#current] : []), ...this.#queue.splice(0)];
    this.#current = undefined;
    for (const { done } of left) done(undefined);
  }
}
