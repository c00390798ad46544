import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { entities, migrations } from '../../ormconfig.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { databaseOptions } from './options.ts';

/** The DataSource of the application: `@InjectDataSource() private readonly database: DataSource`. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        ...databaseOptions(config.databaseUrl, { entities, migrations }, config.databasePool),
        retryAttempts: 2,
        retryDelay: 1_000,
      }),
    }),
  ],
})
export class DatabaseModule {}
