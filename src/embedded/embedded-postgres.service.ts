import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { parsePostmaster, type Postmaster } from './postmaster.ts';
import { give, serverHome, type ServerHome } from './server-home.service.ts';

/** Held shared by everybody who uses the server: whoever gets it alone is the last and stops the server. */
const IN_USE = 7_635_202;
/** Held by the one application that serves these data; its session's name is its address. */
const RUNNING = 7_635_203;
const MAJOR = '18';
const START_WITHIN = 60_000;
const STOP_WITHIN = 20_000;

export interface Options {
  /** Absolute; `postgres`, its password and its log come to lie in it */
  readonly folder: string;
  /** For tests: what is written need not survive the machine's failure */
  readonly throwaway?: boolean;
}

/**
 * A real PostgreSQL for trial and tests, on 127.0.0.1 and a free port. It outlives its starter when that is killed, and the next one takes
 * it up; Ctrl-C does not reach it, so that the application can stop first.
 */
export class EmbeddedPostgres {
  /** Of the database `meguri` */
  readonly url: string;
  /** Of the database `postgres`, for those who make databases of their own */
  readonly maintenanceUrl: string;
  readonly folder: string;
  readonly #session: Client;
  readonly #pid: number;

  private constructor(home: ServerHome, server: Postmaster, session: Client, password: string) {
    this.folder = home.folder;
    this.#pid = server.pid;
    this.#session = session;
    this.maintenanceUrl = address(server.port, password, 'postgres');
    this.url = address(server.port, password, 'meguri');
  }

  static async start(options: Options): Promise<EmbeddedPostgres> {
    const home = await serverHome(options.folder);
    await initialise(home);
    const password = await passwordOf(home);
    for (const until = Date.now() + START_WITHIN; ;) {
      const server = await running(home);
      if (!server) {
        await launch(home, options);
        continue;
      }
      const session = await connect(server, password).catch((error: unknown) => {
        // it is stopping, or another has just started it: look again
        if (Date.now() > until) throw error;
      });
      if (session) return new EmbeddedPostgres(home, server, session, password);
      await sleep(100);
    }
  }

  /**
   * For the application that serves these data: there is one at a time.
   * @returns undefined when we are that one, else the address of the other ('' while it is starting)
   */
  async claim(): Promise<string | undefined> {
    const { rows } = await this.#session.query('select pg_try_advisory_lock($1) as ours', [RUNNING]);
    if (rows[0].ours) return undefined;
    return (await this.servedAt()) ?? '';
  }

  /** The address of the application that serves these data, if one does; '' while it is starting. */
  async servedAt(): Promise<string | undefined> {
    const { rows } = await this.#session.query(
      `select application_name from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and granted and mode = 'ExclusiveLock' and objid = $1 and classid = 0`,
      [RUNNING],
    );
    return rows[0]?.application_name.replace(/^meguri ?/, '');
  }

  /** Lets others who come to the same data know where the application is. */
  async announce(url: string): Promise<void> {
    await this.#session.query("select set_config('application_name', $1, false)", [`meguri ${url}`]);
  }

  /** Stops the server, unless somebody else still uses it. */
  async stop(): Promise<void> {
    const { rows } = await this.#session
      .query('select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) as last', [IN_USE])
      .catch(() => ({ rows: [{ last: true }] }));
    await this.#session.end().catch(() => undefined);
    if (!rows[0].last) return;
    signal(this.#pid, 'SIGINT');
    if (await gone(this.#pid, STOP_WITHIN)) return;
    signal(this.#pid, 'SIGQUIT');
    await gone(this.#pid, STOP_WITHIN);
  }
}

const address = (port: number, password: string, database: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

/** A first initdb goes beside its place and is moved into it whole: a second start at the same time, or a kill, leaves no half. */
async function initialise(home: ServerHome): Promise<void> {
  const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES')
      throw new Error(`${home.data} belongs to another user: start as that user, or set DATA_DIR`);
  });
  if (version?.trim() === MAJOR) return;
  if (version)
    throw new Error(
      `${home.data} was made by PostgreSQL ${version.trim()}, not ${MAJOR}: move it away, or set DATA_DIR`,
    );

  const fresh = `${home.data}.${process.pid}`;
  const password = randomBytes(18).toString('base64url');
  const file = `${fresh}.password`;
  try {
    await mkdir(fresh, { mode: 0o700 });
    await give(fresh, home);
    await writeFile(file, password, { mode: 0o600 });
    await give(file, home);
    await run(home, home.initdb, [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${file}`,
      '--auth=scram-sha-256',
      // the libc of this machine may know no UTF-8 locale; the built-in one is the same everywhere
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ]);
    await rename(file, join(fresh, 'meguri-password'));
    await rename(fresh, home.data);
  } catch (error) {
    if (!existsSync(join(home.data, 'PG_VERSION'))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(file, { force: true });
  }
}

/** It lies inside the data, which only their owner (and root) may enter. */
const passwordOf = (home: ServerHome): Promise<string> => readFile(join(home.data, 'meguri-password'), 'utf8');

async function running(home: ServerHome): Promise<Postmaster | undefined> {
  const file = join(home.data, 'postmaster.pid');
  for (const until = Date.now() + START_WITHIN; ; await sleep(25)) {
    const content = await readFile(file, 'utf8').catch(() => undefined);
    if (content === undefined) return undefined;
    const found = parsePostmaster(content);
    if (found && !(await isPostgres(found.pid))) {
      // left by a server that was killed; its number may by now be another program's, which PostgreSQL would take for itself
      await rm(file, { force: true });
      return undefined;
    }
    if (found?.ready) return found;
    if (Date.now() > until) throw new Error(`PostgreSQL in ${home.data} does not get ready; see ${logOf(home)}`);
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (!alive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'postgres');
  return name.trim() === 'postgres';
}

const logOf = (home: ServerHome): string => join(home.folder, 'postgres.log');

async function launch(home: ServerHome, options: Options): Promise<void> {
  const port = await freePort();
  const log = logOf(home);
  const written = await stat(log).catch(() => ({ size: 0 }));
  if (written.size > 5_000_000) await truncate(log);
  const output = await open(log, 'a', 0o600);
  try {
    const server = start(home, home.postgres, serverArguments(home, port, options), output.fd);
    server.unref();
    const failed = new Promise<true>((done) => server.once('error', () => done(true)).once('exit', () => done(true)));
    for (const until = Date.now() + START_WITHIN; Date.now() < until;) {
      const over = await Promise.race([failed, sleep(25)]);
      const content = await readFile(join(home.data, 'postmaster.pid'), 'utf8').catch(() => '');
      // when ours failed because another was quicker, that one is as good
      const found = parsePostmaster(content);
      if (found && (found.pid === server.pid ? found.ready : over)) return;
      if (over)
        throw new Error(
          `PostgreSQL does not start:\n${(await readFile(log, 'utf8')).split('\n').slice(-8).join('\n')}`,
        );
    }
    throw new Error(`PostgreSQL does not get ready within ${START_WITHIN / 1000} s; see ${log}`);
  } finally {
    await output.close();
  }
}

function serverArguments(home: ServerHome, port: number, { throwaway }: Options): string[] {
  const settings = {
    unix_socket_directories: '',
    max_connections: '200',
    // neither the statement nor the row that broke a rule: both hold names and addresses
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', home.data, '-h', '127.0.0.1', '-p', String(port), ...set];
}

function start(home: ServerHome, program: string, args: string[], output: number | 'pipe'): ChildProcess {
  return spawn(program, args, {
    cwd: home.folder,
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env['SystemRoot'] },
    ...home.account,
  });
}

async function run(home: ServerHome, program: string, args: string[]): Promise<void> {
  const child = start(home, program, args, 'pipe');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
  await new Promise<void>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      code === 0 ? done() : fail(new Error(`${program} failed (${code}):\n${said.trim()}`)),
    );
  });
}

async function connect(server: Postmaster, password: string): Promise<Client> {
  const session = new Client({
    connectionString: address(server.port, password, 'postgres'),
    application_name: 'meguri',
    keepAlive: true,
  });
  // the server was stopped under us: whoever queries next is told
  session.on('error', () => undefined);
  await session.connect();
  await session.query('select pg_advisory_lock_shared($1)', [IN_USE]);
  const { rowCount } = await session.query("select from pg_database where datname = 'meguri'");
  if (!rowCount) {
    await session.query('create database meguri').catch((error: { code?: string }) => {
      if (error.code !== '42P04' && error.code !== '23505') throw error;
    });
  }
  return session;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  // in a container without an init nobody fetches the dead: they keep their number as zombies
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it is gone already
  }
}

async function gone(pid: number, within: number): Promise<boolean> {
  for (const until = Date.now() + within; Date.now() < until; await sleep(25)) if (!alive(pid)) return true;
  return !alive(pid);
}
