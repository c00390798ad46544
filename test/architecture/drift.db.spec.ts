import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { entities, migrations } from '../../ormconfig.ts';
import { migrate } from '../../src/database/migrate.service.ts';
import { databaseOptions } from '../../src/database/options.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';

/** Both as SQL that PostgreSQL writes itself, so that the same rule reads the same whoever wrote it. */
interface Shape {
  readonly columns: string[];
  readonly constraints: string[];
  readonly indexes: string[];
}

const open: { url: string; dataSource: DataSource }[] = [];

async function database(prepare: (dataSource: DataSource, url: string) => Promise<unknown>): Promise<DataSource> {
  const url = await createDatabase();
  const dataSource = await new DataSource(databaseOptions(url, { entities, migrations }, 2)).initialize();
  open.push({ url, dataSource });
  await prepare(dataSource, url);
  return dataSource;
}

afterAll(async () => {
  for (const { url, dataSource } of open) {
    await dataSource.destroy();
    await dropDatabase(url);
  }
});

async function shapeOf(dataSource: DataSource): Promise<Shape> {
  const tables = entities.map((entity) => dataSource.getMetadata(entity).tableName);
  const lines = async (sql: string) =>
    (await dataSource.query<{ line: string }[]>(sql, [tables])).map((row) => row.line).sort();
  return {
    columns: await lines(`
      select format('%s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                    case when a.attnotnull then ' not null' else '' end,
                    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
                    case when a.attidentity = '' then '' else ' identity' end) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where n.nspname = 'public' and c.relname = any($1) and a.attnum > 0 and not a.attisdropped`),
    constraints: await lines(`
      select format('%s.%s %s', c.relname, o.conname, pg_get_constraintdef(o.oid)) as line
      from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relname = any($1) and o.contype <> 'n'`),
    indexes: await lines(`
      select indexdef as line from pg_indexes where schemaname = 'public' and tablename = any($1)`),
  };
}

describe('the database that the migrations make', () => {
  let migrated: DataSource;
  beforeAll(async () => {
    migrated = await database((_, url) => migrate(url));
  });

  it('leaves TypeORM nothing to change', async () => {
    const { upQueries } = await migrated.driver.createSchemaBuilder().log();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it('is, column by column and rule by rule, the one that the entities describe', async () => {
    const described = await database(async (dataSource) => {
      await dataSource.query('create extension btree_gist');
      await dataSource.synchronize();
    });
    expect(await shapeOf(migrated)).toEqual(await shapeOf(described));
  });

  it('has a table for every entity, and no other', async () => {
    const rows = await migrated.query<{ name: string }[]>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const tables = entities.map((entity) => migrated.getMetadata(entity).tableName);
    expect(rows.map((row) => row.name).sort()).toEqual([...tables, 'migration'].sort());
  });

  it('is left alone by a second run', async () => {
    expect(await migrate(open[0]!.url)).toEqual([]);
  });
});

it('several processes that start at once on an empty database agree', async () => {
  const url = await createDatabase();
  try {
    const ran = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(ran.map((names) => names.length).sort((a, b) => a - b)).toEqual([0, 0, migrations.length]);
  } finally {
    await dropDatabase(url);
  }
});
