import { isAbsolute, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { AppModule } from '../app.module.ts';
import { onAddress, type Config } from '../config/config.ts';
import { configFromEnvironment, projectFolder } from '../config/environment.service.ts';
import { migrate } from '../database/migrate.service.ts';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.service.ts';
import { Log } from './log.service.ts';

const DATABASE_WITHIN = 30_000;

/** A configuration whose database is there and has the present schema. */
export interface Ground {
  readonly config: Config;
  readonly embedded?: EmbeddedPostgres;
}

/** Starts or takes up the embedded server when there is no DATABASE_URL, else waits for the given one. */
export async function findDatabase(config: Config): Promise<Ground> {
  if (config.databaseUrl !== undefined) {
    await waitFor(config.databaseUrl);
    return { config };
  }
  const folder = isAbsolute(config.dataDir) ? config.dataDir : resolve(projectFolder, config.dataDir);
  const embedded = await EmbeddedPostgres.start({ folder });
  return { config: { ...config, databaseUrl: embedded.url }, embedded };
}

/** A database that is started together with us may need a moment. */
async function waitFor(databaseUrl: string): Promise<void> {
  for (const until = Date.now() + DATABASE_WITHIN; ; await sleep(500)) {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const comesLater = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', '57P03'].includes(code ?? '');
      if (!comesLater || Date.now() > until) throw new UnreachableDatabase(message || String(code));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

export class UnreachableDatabase extends Error {
  constructor(reason: string) {
    super(`DATABASE_URL: データベースに接続できません / cannot connect to the database (${reason})`);
  }
}

/** The application without its pages, for the command line. */
export interface House {
  readonly app: INestApplicationContext;
  readonly config: Config;
  close(): Promise<void>;
}

/**
 * Opens the house for a command: the same data as a running `npm start`, whose address is used for links; without one the embedded server
 * runs for the time of the command. Jobs that the command sends are done by the running application, or by the next one.
 *
 * @throws ConfigFaults, UnreachableDatabase
 */
export async function openHouse(): Promise<House> {
  const { config: found, embedded } = await findDatabase(configFromEnvironment());
  try {
    const address = await embedded?.servedAt();
    const config: Config = { ...(address ? onAddress(found, address) : found), role: 'web' };
    await migrate(config.databaseUrl!);
    const logger = new Log({ ...config, logFormat: 'lines' }, process.stderr);
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), { logger, abortOnError: false });
    return {
      app,
      config,
      close: async () => {
        await app.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
