import { afterAll, expect, it } from '@jest/globals';
import { migrations } from '../../ormconfig.ts';
import { freshDatabase } from '../support/database.ts';

const fresh = await freshDatabase();
afterAll(() => fresh.drop());

it('is migrated and has the queue', async () => {
  const [found] = await fresh.dataSource.query(
    `select (select count(*)::int from migration) as migrations, to_regclass('pgboss.job') is not null as queue`,
  );
  expect(found).toEqual({ migrations: migrations.length, queue: true });
});
