import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { entities, migrations } from '../../ormconfig.ts';
import { databaseOptions } from '../../src/database/options.ts';

export interface FreshDatabase {
  readonly dataSource: DataSource;
  readonly url: string;
  drop(): Promise<void>;
}

/** The server that start-database.ts started, as superuser */
export function serverUrl(): string {
  const url = process.env['MEGURI_TEST_SERVER'];
  if (!url) throw new Error('no test server: name the file *.db.spec.ts');
  return url;
}

/** An own database with all tables and the queue's, and nothing in them. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const url = await createDatabase('template meguri_template strategy file_copy');
  const dataSource = await new DataSource(databaseOptions(url, { entities, migrations }, 5)).initialize();
  return {
    dataSource,
    url,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await dropDatabase(url);
    },
  };
}

/** @param how what follows `create database <name>`; nothing gives an empty database without any table */
export async function createDatabase(how = ''): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await atServer((client) => client.query(`create database ${name} ${how}`));
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(url: string): Promise<void> {
  await atServer((client) => client.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`));
}

async function atServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
