import { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { DataSource } from 'typeorm';
import { entities, migrations } from '../../ormconfig.ts';
import { databaseOptions } from './options.ts';

/** Any number that no other program uses for its advisory locks on this database */
const MIGRATION_LOCK = 7_635_201;

/**
 * Brings a database to the present schema: our tables, then the queue's. Any number of processes may do it at once: they take turns,
 * and the later ones find nothing left to do.
 *
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string): Promise<string[]> {
  const turn = new Client({ connectionString: url, application_name: 'meguri migrations' });
  await turn.connect();
  try {
    await turn.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = await new DataSource(databaseOptions(url, { entities, migrations }, 2)).initialize();
    try {
      const ran = await dataSource.runMigrations();
      await migrateQueue(url);
      return ran.map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await turn.end();
  }
}

async function migrateQueue(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false, close: true });
}
