import { Worker } from 'node:worker_threads';
import type { Text } from '../kernel/text.ts';
import type { Instance, Plan } from './instance.ts';
import { LocksCannotHold } from './locks.ts';
import type { Found } from './search/anneal.ts';
import type { Explained, ThreadNews, ThreadTask, WaitForTask } from './plan.thread.ts';

export interface PlannerOptions {
  readonly timeLimitSeconds: number;
  readonly seed: number;
  /** 1: search and proof one after the other; 2 and more: side by side */
  readonly threads: number;
  /** Heap of the proof's thread, in megabytes; a proof that needs more ends, and the plan stays unproven. Default: Node's own */
  readonly proofMegabytes?: number;
  /** Whenever something better, or a better bound, is known: seconds since the beginning, cost and bound of the whole plan */
  readonly onProgress?: (progress: { seconds: number; cost: number; bound: number }) => void;
  /** Ends the run; the best plan so far is the result */
  readonly signal?: AbortSignal;
}

export interface Planned {
  /** With its cost, a bound below which no plan can be, and whether it is proven to be a best one (cost − bound < 1) */
  readonly plan: Plan;
  /** What could not be placed, and why */
  readonly unplaced: readonly { of: string; reasons: Text[] }[];
}

export { LocksCannotHold };

const file = import.meta.url.endsWith('.ts') ? './plan.thread.ts' : './plan.thread.js';
const thread = (workerData: ThreadTask | WaitForTask, megabytes?: number) =>
  new Worker(new URL(file, import.meta.url), {
    workerData,
    ...(megabytes ? { resourceLimits: { maxOldGenerationSizeMb: megabytes } } : {}),
  });

/** A thread that has loaded what it needs and waits for its task */
interface ReadyThread {
  readonly worker: Worker;
  /** Raised when the task was posted */
  readonly flag: Int32Array;
}

let ready: ReadyThread | undefined;

/**
 * Starts a thread ahead of the next plan, so that loading it does not delay the first one: worth it while something else has still to be
 * read. Nothing happens where one stands ready; it keeps no process alive.
 */
export function readyPlanner(): void {
  if (ready) return;
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = thread({ task: 'wait', flag });
  worker.unref();
  const mine = { worker, flag };
  const gone = () => {
    if (ready === mine) ready = undefined;
  };
  worker.on('error', gone).on('exit', gone);
  ready = mine;
}

function threadFor(task: ThreadTask): Worker {
  if (!ready) return thread(task);
  const { worker, flag } = ready;
  ready = undefined;
  worker.removeAllListeners().ref();
  worker.postMessage(task, []);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  return worker;
}

/** Time to say which locks cannot hold, after the planning itself */
const SECONDS_FOR_LOCKS = 20;

/**
 * The best plan that is found in the time given, proven where it can be. All work is done in threads of their own, which judge every plan
 * by all rules before it is believed; this one only listens. The same instance and seed give the same plan, given time to prove it.
 * @param instance one without faults (instance-faults.ts)
 * @throws LocksCannotHold where no plan keeps what is fixed
 */
export async function planInstance(instance: Instance, options: PlannerOptions): Promise<Planned> {
  const run = await new Run(instance, options).result();
  const { plan, bound } = run;
  const explained = run.explained ?? (await explain(instance, plan));
  if (!explained.valid) {
    if (explained.locks.length) throw new LocksCannotHold(explained.locks);
    throw new Error('the planner made a plan that breaks a rule');
  }
  const { cost, unplaced } = explained;
  const proven = cost - bound < 1;
  return { plan: { ...plan, cost, bound: proven ? cost : bound, proven }, unplaced };
}

interface Best {
  readonly plan: Plan;
  readonly cost: number;
  readonly valid: boolean;
}

/** One run of the threads, until the best plan is proven, the time is up, or somebody stops it */
class Run {
  private readonly began = Date.now();
  private readonly workers: Worker[] = [];
  private best: Best | undefined;
  private bound = 0;
  /** Of the proven plan */
  private explained: Explained | undefined;
  private over = false;
  private stopped = false;
  private running = 0;
  /** Search and proof are told what the other finds. */
  private exchanging = false;
  private finish: () => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  private readonly instance: Instance;
  private readonly options: PlannerOptions;

  constructor(instance: Instance, options: PlannerOptions) {
    this.instance = instance;
    this.options = options;
  }

  async result(): Promise<{ plan: Plan; bound: number; explained: Explained | undefined }> {
    const { signal, timeLimitSeconds } = this.options;
    const timer = setTimeout(() => this.stop(), timeLimitSeconds * 1000);
    const stop = () => this.stop();
    try {
      await new Promise<void>((resolve, reject) => {
        this.finish = resolve;
        this.fail = reject;
        const { seed, timeLimitSeconds: seconds, threads } = this.options;
        this.begin({ task: threads > 1 ? 'search' : 'both', instance: this.instance, seed, seconds });
        if (signal?.aborted) this.stop();
        else signal?.addEventListener('abort', stop, { once: true });
      });
    } finally {
      this.over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      await Promise.all(this.workers.map((worker) => worker.terminate()));
    }
    return { plan: this.best!.plan, bound: Math.min(this.bound, this.best!.cost), explained: this.explained };
  }

  private begin(task: ThreadTask): void {
    const worker = task.task === 'prove' ? thread(task, this.options.proofMegabytes) : threadFor(task);
    this.workers.push(worker);
    this.running++;
    worker.on('message', (news: ThreadNews) => this.over || this.hear(news, worker));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      // a proof that fails (WebAssembly out of memory) leaves the plan unproven, no more
      if (!this.best && worker === this.workers[0]) {
        this.fail(error);
        return;
      }
      process.emitWarning(`A thread of the planner ended early: ${error.code ?? error.message}`);
      // and the proof goes on without a search that failed
      if (this.best && worker === this.workers[0]) this.workers[1]?.postMessage(this.best);
    });
    worker.on('exit', () => {
      this.running--;
      if (this.running > 0 || this.over) return;
      if (this.best) this.finish();
      else this.fail(new Error('the planner ended without a plan'));
    });
  }

  private hear(news: ThreadNews, from: Worker): void {
    if (news.news === 'plan') {
      if (this.consider(news)) this.share(news, from);
      this.beginProof(news);
    } else if (news.news === 'bound') this.bound = Math.max(this.bound, news.bound);
    else if (news.news === 'apart') {
      this.exchanging = true;
      if (this.best?.valid) from.postMessage(foundOf(this.best), []);
    } else if (news.news === 'searched') this.workers[1]?.postMessage(news.found);
    else if (news.news === 'proven') {
      // of several best plans always the same one
      this.best = { plan: news.plan, cost: news.cost, valid: true };
      this.bound = news.bound;
      this.explained = news.explained;
      this.finish();
    } else if (news.news === 'infeasible') {
      if (this.best && !this.best.valid) this.finish();
    } else return;
    if (this.best?.valid)
      this.options.onProgress?.({
        seconds: (Date.now() - this.began) / 1000,
        cost: this.best.cost,
        bound: Math.min(this.bound, this.best.cost),
      });
    if (this.stopped && this.best) this.finish();
  }

  /** The proof's thread begins with the search's first plan, which need not share the processors with it. */
  private beginProof({ cost, plan }: Found): void {
    const { seed, timeLimitSeconds, threads } = this.options;
    if (threads < 2 || this.workers.length > 1 || this.stopped) return;
    const seconds = Math.max(0.1, timeLimitSeconds - (Date.now() - this.began) / 1000);
    this.begin({ task: 'prove', instance: this.instance, seed, seconds, first: { cost, plan } });
  }

  /** @returns whether it is the best so far */
  private consider(found: Best): boolean {
    const { best } = this;
    if (best && (found.valid !== best.valid ? best.valid : found.cost >= best.cost)) return false;
    this.best = found;
    return found.valid;
  }

  /** The search goes on from what the proof found; a proof hears of the search's plans only where it asks for them. */
  private share(found: Best, from: Worker): void {
    for (const worker of this.workers)
      if (worker !== from && (this.exchanging || worker === this.workers[0])) worker.postMessage(foundOf(found), []);
  }

  /** Ends the run with the best so far; without one, with the first. */
  private stop(): void {
    this.stopped = true;
    if (this.best) this.finish();
  }
}

const foundOf = ({ cost, plan }: Best): Found => ({ cost, plan });

function explain(instance: Instance, plan: Plan): Promise<Explained> {
  const worker = thread({ task: 'explain', instance, plan, seconds: SECONDS_FOR_LOCKS });
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (news: ThreadNews) => {
      if (news.news === 'explained') resolve(news.explained);
    });
  });
}
