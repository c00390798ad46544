import type { EntitySchema, MigrationInterface, MixedList } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { SnakeCaseNaming } from './naming.ts';

export interface Schema {
  readonly entities: MixedList<Function | string | EntitySchema>;
  readonly migrations: (new () => MigrationInterface)[];
}

/** How every DataSource of the house is set up; `synchronize` is never on. */
export const databaseOptions = (
  url: string | undefined,
  { entities, migrations }: Schema,
  pool = 10,
): PostgresDataSourceOptions => ({
  type: 'postgres',
  ...(url === undefined ? {} : { url }),
  applicationName: 'meguri',
  entities: entities as Function[],
  migrations,
  migrationsTableName: 'migration',
  migrationsTransactionMode: 'each',
  migrationsRun: false,
  synchronize: false,
  // without these two TypeORM runs `create extension` at every start
  installExtensions: false,
  uuidExtension: 'pgcrypto',
  namingStrategy: new SnakeCaseNaming(),
  logging: false,
  poolSize: pool,
  connectTimeoutMS: 10_000,
});
