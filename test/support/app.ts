import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.ts';
import { Clock, FixedClock } from '../../src/clock/clock.service.ts';
import { onAddress, readConfig, type Config } from '../../src/config/config.ts';
import { guardHttp, httpAdapter } from '../../src/start/http.service.ts';
import { Log } from '../../src/start/log.service.ts';
import { freePort } from './ports.ts';
import { freshDatabase } from './database.ts';

export interface Overrides {
  readonly config?: Partial<Config>;
  /** An instant (`2026-11-21T00:00:00Z`) at which time stands still, or a clock of one's own; real time unless told */
  readonly clock?: string | Clock;
  /** Instead of what the house provides under that token */
  readonly providers?: readonly { readonly provide: unknown; readonly useValue: unknown }[];
}

export interface StartedApp {
  /** Without a slash at the end; the same as `config.baseUrl` */
  readonly url: string;
  readonly config: Config;
  readonly app: NestFastifyApplication;
  readonly dataSource: DataSource;
  /** Shorthand for `app.get(type, { strict: false })` */
  get<T>(type: abstract new (...args: never[]) => T): T;
  /** Until every job that is due has been done; throws when one failed for good or nothing moves for 20 seconds */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole house with its pages, workers and built-in mailbox, on a database of its own without any data. */
export async function startApp(overrides: Overrides = {}): Promise<StartedApp> {
  const fresh = await freshDatabase();
  await fresh.dataSource.destroy();
  const address = `http://127.0.0.1:${await freePort()}`;
  const config: Config = {
    ...onAddress(readConfig({ LOG_LEVEL: 'error', LOG_FORMAT: 'lines' }), address),
    databaseUrl: fresh.url,
    databasePool: 5,
    ...overrides.config,
  };
  const building = Test.createTestingModule({ imports: [AppModule.forRoot(config)] });
  const { clock, providers = [] } = overrides;
  if (clock) building.overrideProvider(Clock).useValue(typeof clock === 'string' ? new FixedClock(clock) : clock);
  for (const { provide, useValue } of providers) building.overrideProvider(provide).useValue(useValue);
  building.setLogger(new Log(config, process.stderr));
  const compiled = await building.compile();
  const app = compiled.createNestApplication<NestFastifyApplication>(httpAdapter(config), { return503OnClosing: true });
  guardHttp(app, config);
  await app.listen(config.port, '127.0.0.1');
  const dataSource = app.get(DataSource, { strict: false });
  return {
    url: config.baseUrl,
    config,
    app,
    dataSource,
    get: (type) => app.get(type as never, { strict: false }),
    settle: () => settle(dataSource),
    stop: async () => {
      await app.close();
      await fresh.drop();
    },
  };
}

/** Waits until the queue has nothing to do now. */
export async function settle(dataSource: DataSource, within = 20_000): Promise<void> {
  for (let until = Date.now() + within, last = -1; ; await sleep(25)) {
    const [found]: [{ open: number; failed: string | null }] = await dataSource.query(
      `select count(*) filter (where state < 'completed' and start_after <= now())::int as open,
              max(name || ': ' || coalesce(output->>'message', '')) filter (where state = 'failed') as failed
       from pgboss.job`,
    );
    if (found.failed) throw new Error(`a job failed: ${found.failed}`);
    if (found.open === 0) return;
    if (found.open !== last) until = Date.now() + within;
    last = found.open;
    if (Date.now() > until) throw new Error(`${found.open} jobs are still open`);
  }
}
