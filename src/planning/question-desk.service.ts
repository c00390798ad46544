import { Worker } from 'node:worker_threads';
import { LocksCannotHold } from './locks.ts';
import type { Answer, Asked, Question, Repair, Reply } from './questions.ts';

/** What a question is about: always the same under the same key */
export interface Matter {
  readonly key: string;
  /** Only called where the thread does not know it yet */
  json(): Promise<string> | string;
}

interface Waiting {
  readonly id: number;
  readonly question: Question;
  readonly about: Matter;
  readonly onPart: ((part: Repair) => void) | undefined;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: Error) => void;
  /** Times that its thread died under it */
  deaths: number;
}

const file = import.meta.url.endsWith('.ts') ? './questions.thread.ts' : './questions.thread.js';

const takenBack = () => new DOMException('the question was taken back', 'AbortError');

/** One thread and the questions that wait for it, answered one after the other. A thread that dies is started again. */
export class Desk {
  private worker: Worker | undefined;
  private readonly queue: Waiting[] = [];
  /** What the thread works on, or what is being read for it */
  private current: Waiting | undefined;
  /** Keys that this thread was told */
  private told = new Set<string>();
  private ids = 0;

  /**
   * @param signal ends it: a computation hears nothing until it is done, so its thread is ended with it
   * @throws AbortError, RangeError, or what the reading of the matter throws
   */
  ask(
    about: Matter,
    question: Question,
    { signal, onPart }: { signal?: AbortSignal | undefined; onPart?: ((part: Repair) => void) | undefined },
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(takenBack());
      const cancel = () => this.cancel(waiting);
      const end = () => signal?.removeEventListener('abort', cancel);
      const waiting: Waiting = {
        id: ++this.ids,
        question,
        about,
        onPart,
        deaths: 0,
        done: (answer) => (end(), resolve(answer)),
        failed: (error) => (end(), reject(error)),
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.queue.push(waiting);
      void this.next();
    });
  }

  async close(): Promise<void> {
    const all = this.current ? [this.current, ...this.queue] : this.queue;
    this.queue.length = 0;
    for (const waiting of all) waiting.failed(takenBack());
    await this.dismiss();
  }

  private async next(): Promise<void> {
    if (this.current) return;
    this.current = this.queue.shift();
    if (this.current) await this.tell(this.current);
    // an idle thread keeps no process alive
    else this.worker?.unref();
  }

  private async tell(one: Waiting, isForgotten = false): Promise<void> {
    const { id, question, about } = one;
    const { key } = about;
    try {
      const json = this.told.has(key) && !isForgotten ? undefined : await about.json();
      if (this.current !== one) return;
      const worker = this.thread();
      this.told.add(key);
      worker.ref();
      const asked: Asked = { id, question, subject: { key, ...(json === undefined ? {} : { json }) } };
      worker.postMessage(asked, []);
    } catch (error) {
      if (this.current === one) this.end(() => one.failed(error as Error));
    }
  }

  private thread(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(new URL(file, import.meta.url));
    this.worker = worker;
    this.told = new Set();
    worker.on('message', (reply: Reply) => this.worker === worker && this.hear(reply));
    worker.on('error', (error: Error) => this.worker === worker && this.died(error));
    worker.on('exit', () => this.worker === worker && this.died(new Error('the thread for questions ended')));
    return worker;
  }

  private hear(reply: Reply): void {
    const one = this.current;
    if (!one || one.id !== reply.id) return;
    if (reply.reply === 'part') one.onPart?.(reply.part);
    else if (reply.reply === 'forgotten') void this.tell(one, true);
    else if (reply.reply === 'answer') this.end(() => one.done(reply.answer));
    else {
      const error = errorOf(reply);
      this.end(() => one.failed(error));
    }
  }

  private end(settle: () => void): void {
    this.current = undefined;
    settle();
    void this.next();
  }

  /** Out of memory, most likely: once more in a new thread; a question that ends two threads is not asked again. */
  private died(error: Error): void {
    this.worker = undefined;
    this.told = new Set();
    const one = this.current;
    if (!one) return;
    if (++one.deaths > 1) this.end(() => one.failed(error));
    else void this.tell(one);
  }

  private cancel(one: Waiting): void {
    if (this.current === one) {
      void this.dismiss();
      this.end(() => one.failed(takenBack()));
      return;
    }
    const at = this.queue.indexOf(one);
    if (at >= 0) this.queue.splice(at, 1);
    one.failed(takenBack());
  }

  private async dismiss(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    this.current = undefined;
    this.told = new Set();
    await worker?.terminate();
  }
}

function errorOf({ name, message, locks }: Extract<Reply, { reply: 'failed' }>): Error {
  if (locks) return new LocksCannotHold(locks);
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}
