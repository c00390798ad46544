import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.ts';
import { ConfigFaults, onAddress, type Config } from '../config/config.ts';
import { configFromEnvironment, startedByNpm } from '../config/environment.service.ts';
import { migrate } from '../database/migrate.service.ts';
import { FirstRun } from './first-run.service.ts';
import { findDatabase, UnreachableDatabase, type Ground } from './house.service.ts';
import { guardHttp, httpAdapter } from './http.service.ts';
import { Log } from './log.service.ts';
import { welcome } from './welcome.service.ts';

const STARTS_WITHIN = 60_000;
const STOP_WITHIN = 40_000;

/** Something that the person who started us can put right: said in full, without a stack. */
class CannotStart extends Error {}

/** The life of the process: from its configuration to the last connection closed. */
export async function run(role?: 'worker'): Promise<void> {
  // whoever read our output is gone: no reason to fall
  process.stdout.on('error', () => undefined);
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of opened.splice(0).reverse()) await step();
  };
  stopOnSignals(close);
  try {
    const config = configFromEnvironment();
    await start(role ? { ...config, role } : config, opened);
  } catch (error) {
    await close().catch(() => undefined);
    sayFault(error);
    process.exit(1);
  }
}

async function start(given: Config, opened: (() => Promise<void>)[]): Promise<void> {
  const serves = given.role !== 'worker';
  const ground = await findDatabase(given);
  if (ground.embedded) opened.push(() => ground.embedded!.stop());
  if (serves) await claim(ground);
  const config = serves ? await findPort(ground.config) : ground.config;
  await migrate(config.databaseUrl!);

  const logger = new Log(config);
  const options = { logger, abortOnError: false, return503OnClosing: true } as const;
  const root = AppModule.forRoot(config);
  if (!serves) {
    const worker = await NestFactory.createApplicationContext(root, options);
    opened.push(() => worker.close());
    logger.log({ msg: 'working', role: config.role });
    return;
  }
  const app = await NestFactory.create<NestFastifyApplication>(root, httpAdapter(config), options);
  opened.push(() => app.close());
  guardHttp(app, config);
  await app.init();
  if (ground.embedded && (await app.get(FirstRun, { strict: false }).loadIfEmpty())) {
    say('見本の年度を読み込みました / the sample programme is loaded');
  }
  await app.listen(config.port, config.host);
  await ground.embedded?.announce(config.baseUrl);
  if (ground.embedded) await welcome(app, config, ground.embedded.folder);
  else logger.log({ msg: 'serving', role: config.role, address: config.baseUrl, host: config.host, port: config.port });
}

/** Two applications on the same embedded data would both send the mails of one mailbox: the second says where the first is. */
async function claim({ embedded, config }: Ground): Promise<void> {
  let other = await embedded?.claim();
  // one that is just starting has no address yet; when it falls, the data are ours
  for (const until = Date.now() + STARTS_WITHIN; other === '' && Date.now() < until; await sleep(200)) {
    other = await embedded?.claim();
  }
  if (other === undefined) return;
  throw new CannotStart(
    `巡りはこのデータ(${config.dataDir})ですでに動いています: ${other}\n` +
      `Meguri is already running on these data (${config.dataDir}): ${other}`,
  );
}

/** For trial the next free port will do; what was configured is known to others and must be free. */
async function findPort(config: Config): Promise<Config> {
  const mayMove = config.embeddedDatabase && !config.portGiven && !config.baseUrlGiven;
  for (let port = config.port; port <= config.port + (mayMove ? 100 : 0); port++) {
    if (!(await isTaken(port, config.host))) {
      if (port === config.port) return config;
      say(`ポート ${config.port} は使用中なので ${port} を使います / port ${config.port} is taken, using ${port}`);
      return onAddress(config, `http://localhost:${port}`);
    }
  }
  throw new CannotStart(
    `PORT: ポート ${config.port} は別のプログラムが使っています。別の番号にしてください\n` +
      `PORT: another program uses port ${config.port}; choose another number`,
  );
}

/** Asked both ways: some systems let two programs listen on one port when one of them names an address and the other does not. */
async function isTaken(port: number, host: string): Promise<boolean> {
  const answers = await new Promise<boolean>((done) => {
    const socket = connect({ port, host: 'localhost', timeout: 1_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
  if (answers) return true;
  return await new Promise<boolean>((done, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? done(true) : fail(listenFault(error)),
    );
    probe.listen(port, host, () => probe.close(() => done(false)));
  });
}

function listenFault(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EACCES') {
    return new CannotStart(
      `PORT: このポートは使う権限がありません / no permission to listen on this port (${error.message})`,
    );
  }
  return new CannotStart(`HOST: ここでは待ち受けられません / cannot listen there (${error.message})`);
}

/**
 * Ends gracefully at the first signal, at a fault that nobody caught, and when npm dies: a SIGTERM to `npm start` reaches only npm. Ctrl-C comes twice,
 * from the terminal and from npm, so that only a later second one means "at once".
 */
function stopOnSignals(close: () => Promise<void>): void {
  let since: number | undefined;
  const stop = (code: number) => {
    if (since !== undefined) return;
    since = Date.now();
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        sayFault(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  process.on('SIGINT', () => (since !== undefined && Date.now() - since > 1_000 ? process.exit(130) : stop(0)));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      new Logger('Process').fatal({ msg: event, error });
      stop(1);
    });
  }
  if (!startedByNpm()) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(0), 500).unref();
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function sayFault(error: unknown): void {
  const complain = (line: string) => process.stderr.write(`${line}\n`);
  if (error instanceof ConfigFaults) {
    complain('設定に誤りがあります / The configuration has faults:');
    for (const fault of error.faults) complain(`  ${fault.ja}\n  ${fault.en}`);
  } else if (error instanceof CannotStart || error instanceof UnreachableDatabase) complain(error.message);
  else new Log({ logLevel: 'info', logFormat: 'lines' }, process.stderr).fatal(error, 'Start');
}
