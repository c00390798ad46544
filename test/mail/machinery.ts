import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AuditModule } from '../../src/audit/audit.module.ts';
import { ClockModule } from '../../src/clock/clock.module.ts';
import { Clock, FixedClock } from '../../src/clock/clock.service.ts';
import { readConfig, type Config } from '../../src/config/config.ts';
import { ConfigModule } from '../../src/config/config.module.ts';
import { DatabaseModule } from '../../src/database/database.module.ts';
import { IdentityModule } from '../../src/identity/identity.module.ts';
import { JobsModule } from '../../src/jobs/jobs.module.ts';
import { LinksModule } from '../../src/links/links.module.ts';
import { MailModule } from '../../src/mail/mail.module.ts';
import { freshDatabase } from '../support/database.ts';

export interface Machinery {
  readonly app: NestFastifyApplication;
  /** http://127.0.0.1:<port> */
  readonly address: string;
  readonly clock: FixedClock;
  readonly database: DataSource;
  readonly url: string;
  get<T>(type: abstract new (...args: never[]) => T): T;
  stop(): Promise<void>;
}

export interface Setup {
  readonly config?: Partial<Config>;
  readonly at?: string;
  readonly controllers?: Type[];
  readonly providers?: Type[];
  /** An existing database: several processes on one */
  readonly url?: string;
}

/** The rooms of the ground floor, without pages and without ticks: what is sent, and when, is up to the test. */
export async function startMachinery({
  config = {},
  at = '2027-06-01T00:00:00Z',
  controllers = [],
  providers = [],
  url,
}: Setup = {}): Promise<Machinery> {
  const fresh = url === undefined ? await freshDatabase() : undefined;
  await fresh?.dataSource.destroy();
  const databaseUrl = url ?? fresh!.url;
  const full: Config = { ...readConfig({ LOG_LEVEL: 'silent' }), databaseUrl, databasePool: 5, ...config };
  const clock = new FixedClock(at);
  const building = Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(full),
      ClockModule,
      DatabaseModule,
      JobsModule,
      AuditModule,
      LinksModule,
      MailModule,
      IdentityModule,
    ],
    controllers,
    providers,
  });
  const compiled = await building.overrideProvider(Clock).useValue(clock).compile();
  const app = compiled.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return {
    app,
    address: await app.getUrl(),
    clock,
    database: app.get(DataSource, { strict: false }),
    url: databaseUrl,
    get: (type) => app.get(type as never, { strict: false }),
    stop: async () => {
      await app.close();
      await fresh?.drop();
    },
  };
}

/** @throws when it does not come true within half a minute */
export async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !(await isTrue());) {
    if (Date.now() > end) throw new Error(`still not so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
