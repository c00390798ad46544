import { Worker } from 'node:worker_threads';
import type { Text } from '../kernel/text.ts';
import type { Instance, Plan } from './instance.ts';
import type { HeldLock } from './locks.ts';
import type { Explained, ThreadNews, ThreadTask } from './plan.thread.ts';

export interface PlannerOptions {
  readonly timeLimitSeconds: number;
  readonly seed: number;
  /** 1: search and proof one after the other; 2 and more: side by side */
  readonly threads: number;
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

/** What staff fixed cannot hold together, whatever the rest of the plan. */
export class LocksCannotHold extends Error {
  readonly locks: readonly HeldLock[];

  constructor(locks: readonly HeldLock[]) {
    super(`no plan keeps what is fixed: ${locks.map((lock) => lock.of).join(', ')}`);
    this.name = 'LocksCannotHold';
    this.locks = locks;
  }
}

const file = import.meta.url.endsWith('.ts') ? './plan.thread.ts' : './plan.thread.js';
const thread = (workerData: ThreadTask) => new Worker(new URL(file, import.meta.url), { workerData });

/** Time to say which locks cannot hold, after the planning itself */
const SECONDS_FOR_LOCKS = 20;

/**
 * The best plan that is found in the time given, proven where it can be. All work is done in threads of their own, which judge every plan
 * by all rules before it is believed; this one only listens. The same instance and seed give the same plan, given time to prove it.
 * @param instance one without faults (instance-faults.ts)
 * @throws LocksCannotHold where no plan keeps what is fixed
 */
export async function planInstance(instance: Instance, options: PlannerOptions): Promise<Planned> {
  const { plan, bound } = await new Run(instance, options).result();
  const explained = await explain(instance, plan);
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
  private readonly workers: Worker[];
  private best: Best | undefined;
  private bound = 0;
  private over = false;
  private stopped = false;
  private running = 0;
  private finish: () => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  private readonly options: PlannerOptions;

  constructor(instance: Instance, options: PlannerOptions) {
    this.options = options;
    const { seed, timeLimitSeconds: seconds, threads } = options;
    const tasks = threads > 1 ? (['search', 'prove'] as const) : (['both'] as const);
    this.workers = tasks.map((task) => thread({ task, instance, seed, seconds }));
  }

  async result(): Promise<{ plan: Plan; bound: number }> {
    const { signal, timeLimitSeconds } = this.options;
    const timer = setTimeout(() => this.stop(), timeLimitSeconds * 1000);
    const stop = () => this.stop();
    try {
      await new Promise<void>((resolve, reject) => {
        this.finish = resolve;
        this.fail = reject;
        for (const worker of this.workers) this.listen(worker);
        if (signal?.aborted) this.stop();
        else signal?.addEventListener('abort', stop, { once: true });
      });
    } finally {
      this.over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      await Promise.all(this.workers.map((worker) => worker.terminate()));
    }
    return { plan: this.best!.plan, bound: Math.min(this.bound, this.best!.cost) };
  }

  private listen(worker: Worker): void {
    this.running++;
    worker.on('message', (news: ThreadNews) => this.over || this.hear(news));
    worker.on('error', (error: Error) => {
      // a proof that fails (WebAssembly out of memory) leaves the plan unproven, no more
      if (!this.best && worker === this.workers[0]) this.fail(error);
      else process.emitWarning(error);
    });
    worker.on('exit', () => {
      this.running--;
      if (this.running > 0 || this.over) return;
      if (this.best) this.finish();
      else this.fail(new Error('the planner ended without a plan'));
    });
  }

  private hear(news: ThreadNews): void {
    if (news.news === 'plan') this.consider(news);
    else if (news.news === 'bound') this.bound = Math.max(this.bound, news.bound);
    else if (news.news === 'searched') this.workers[1]?.postMessage(news.found);
    else if (news.news === 'proven') {
      // of several best plans always the same one
      this.best = { plan: news.plan, cost: news.cost, valid: true };
      this.bound = news.bound;
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

  private consider(found: Best): void {
    const { best } = this;
    if (!best || (found.valid && !best.valid) || (found.valid === best.valid && found.cost < best.cost))
      this.best = found;
  }

  /** Ends the run with the best so far; without one, with the first. */
  private stop(): void {
    this.stopped = true;
    if (this.best) this.finish();
  }
}

function explain(instance: Instance, plan: Plan): Promise<Explained> {
  const worker = thread({ task: 'explain', instance, plan, seconds: SECONDS_FOR_LOCKS });
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (news: ThreadNews) => {
      if (news.news === 'explained') resolve(news.explained);
    });
  });
}
