import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { PgBoss, type Db, type QueueOptions, type SendOptions } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.ts';
import { queueOf, type Fact } from './fact.ts';
import { slotId } from './slot.ts';

/** When a job may run and with what precedence; `singletonKey` with `singletonSeconds` lets one through per so many seconds. */
export type JobOptions = Pick<SendOptions, 'startAfter' | 'singletonKey' | 'singletonSeconds' | 'priority' | 'id'>;

/** How a queue is worked: how often a failed job is tried again, how many run at a time in one process. */
export interface QueueRules {
  /** How often a failed job is tried again; 8 unless told: about 4 minutes with the delays between */
  readonly retries?: number;
  /** Before the first retry, in seconds; it doubles each time, up to an hour. 1 unless told */
  readonly retryAfter?: number;
  /** At a time, in each process that works. 1 unless told */
  readonly atOnce?: number;
  /** A job that takes longer, in seconds, counts as failed. 900 unless told */
  readonly longest?: number;
}

/** `signal` is aborted when the job has taken too long, or when the process is told to stop. */
export type JobHandler<T extends object> = (data: T, job: { id: string; signal: AbortSignal }) => Promise<void>;

interface Registered {
  readonly handler: JobHandler<never>;
  readonly rules: QueueRules;
}

const STOP_WITHIN = 20_000;

/**
 * Work that is done later and surely: jobs in PostgreSQL, sent in the transaction of what they follow from. Every process registers all
 * queues and listeners before it starts, whatever its role, so that a room announces without knowing who listens; only workers work.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Jobs');
  readonly #queues = new Map<string, Registered>();
  readonly #listeners = new Map<string, string[]>();
  readonly #boss: PgBoss;
  readonly #works: boolean;
  #state: 'registering' | 'running' | 'stopped' = 'registering';

  constructor(@Inject(CONFIG) config: Config) {
    this.#works = config.role !== 'web';
    this.#boss = new PgBoss({
      connectionString: config.databaseUrl!,
      application_name: 'meguri jobs',
      max: 4,
      supervise: this.#works,
      schedule: false,
      useListenNotify: this.#works,
      superviseIntervalSeconds: 30,
      monitorIntervalSeconds: 30,
    });
    this.#boss.on('error', (error) => this.#log.error(error));
    this.#boss.on('warning', (warning) => this.#log.warn(warning.message));
  }

  /** Before start only (constructor or onModuleInit of a `*.worker.ts`). One handler per queue. */
  work<T extends object>(queue: string, handler: JobHandler<T>, rules: QueueRules = {}): void {
    if (this.#state !== 'registering') throw new Error(`${queue}: queues are registered before the application starts`);
    if (this.#queues.has(queue)) throw new Error(`${queue}: somebody works this queue already`);
    this.#queues.set(queue, { handler, rules });
  }

  /** Before start only. `listener` is the room that hears; a room hears a fact once. */
  on<T extends Record<string, string>>(
    fact: Fact<T>,
    listener: string,
    handler: (ids: T) => Promise<void>,
    rules: QueueRules = {},
  ): void {
    const queue = queueOf(fact as Fact<never>, listener);
    this.work<T>(queue, (ids) => handler(ids), rules);
    this.#listeners.set(fact.name, [...(this.#listeners.get(fact.name) ?? []), queue]);
  }

  /** The job exists if and when the transaction commits. The queue must be registered. */
  async send(tx: EntityManager, queue: string, data: object, options: JobOptions = {}): Promise<void> {
    if (!this.#queues.has(queue)) throw new Error(`${queue}: nobody works this queue`);
    await this.#boss.send(queue, data, { ...options, db: inTransaction(tx) });
  }

  /** Tells every listener, each by a job of its own. Nobody listening is no fault. */
  async announce<T extends Record<string, string>>(tx: EntityManager, fact: Fact<T>, ids: T): Promise<void> {
    for (const queue of this.#listeners.get(fact.name) ?? []) await this.send(tx, queue, ids);
  }

  /**
   * For ticks: the one job of a queue for a slot (`2027-06-01T09:00`), however many processes ask and how often. Outside any
   * transaction.
   */
  async sendOnce(queue: string, slot: string): Promise<void> {
    if (this.#state !== 'running') return;
    await this.#boss.send(queue, { slot }, { id: slotId(queue, slot) });
  }

  /**
   * Puts off the jobs of a queue that carry this data and that nobody has begun: whoever does their work meanwhile has it alone.
   * @returns how many there were; 0 where somebody else was first
   */
  async putOff(queue: string, data: Readonly<Record<string, string>>, seconds: number): Promise<number> {
    const { rows } = await this.#boss.getDb().executeSql(
      `update pgboss.job set start_after = now() + make_interval(secs => $3)
          where name = $1 and state in ('created', 'retry') and data @> $2::jsonb returning id`,
      [queue, JSON.stringify(data), seconds],
    );
    return rows.length;
  }

  /** Throws when jobs can be neither put nor taken */
  async check(): Promise<void> {
    if (this.#state !== 'running') throw new Error(`the queue is ${this.#state}`);
    await this.#boss.getDb().executeSql('select 1');
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#boss.start();
    const known = new Set((await this.#boss.getQueues()).map((queue) => queue.name));
    for (const [queue, { rules }] of this.#queues) {
      if (known.has(queue)) await this.#boss.updateQueue(queue, rulesOf(rules));
      else await this.#boss.createQueue(queue, { ...rulesOf(rules), notify: true });
    }
    this.#state = 'running';
    if (this.#works) for (const [queue, registered] of this.#queues) await this.#start(queue, registered);
  }

  async #start(queue: string, { handler, rules }: Registered): Promise<void> {
    // a new job wakes the worker at once; polling is for what falls due later: retries and `startAfter`
    const polling = {
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 2,
      localConcurrency: rules.atOnce ?? 1,
    };
    await this.#boss.work<object>(queue, polling, async ([job]) => {
      try {
        await (handler as JobHandler<object>)(job!.data ?? {}, { id: job!.id, signal: job!.signal });
      } catch (error) {
        this.#log.error({ queue, job: job!.id, error });
        throw error;
      }
    });
  }

  /** Not `onApplicationShutdown`: by then TypeORM's connections are closed, and a job that is still running would fail. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#state === 'running') await this.#boss.stop({ graceful: true, timeout: STOP_WITHIN });
    this.#state = 'stopped';
  }
}

/** A job whose process dies is noticed by its missing heartbeat, not after `longest`. */
const rulesOf = (rules: QueueRules): QueueOptions => ({
  retryLimit: rules.retries ?? 8,
  retryDelay: rules.retryAfter ?? 1,
  retryBackoff: true,
  retryDelayMax: 3_600,
  expireInSeconds: rules.longest ?? 900,
  heartbeatSeconds: 20,
});

function inTransaction(tx: EntityManager): Db {
  const runner = tx.queryRunner;
  if (!runner?.isTransactionActive) throw new Error('jobs are sent inside the transaction of what they follow from');
  return {
    executeSql: async (text, values) => {
      const result: { records: unknown[] } = await runner.query(text, values as unknown[], true);
      return { rows: result.records };
    },
  };
}
