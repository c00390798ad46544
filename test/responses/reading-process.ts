import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.ts';
import { Clock, FixedClock } from '../../src/clock/clock.service.ts';
import { readConfig } from '../../src/config/config.ts';

/** A worker of its own that takes in replies until it is killed: `<instant>`; the rest is configured as always */
const names = ['DATABASE_URL', 'IMAP_URL', 'INBOUND_LISTEN', 'MAIL_DOMAIN'] as const;
const given = Object.fromEntries(names.map((name) => [name, process.env[name]]));
const config = readConfig({ ...given, ROLE: 'worker', LOG_LEVEL: 'silent' });
const building = Test.createTestingModule({ imports: [AppModule.forRoot(config)] });
building.overrideProvider(Clock).useValue(new FixedClock(process.argv[2]!));
const worker = await building.compile();
await worker.init();
process.stdout.write('started\n');
