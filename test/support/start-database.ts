import 'reflect-metadata';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.service.ts';
import { EmbeddedPostgres } from '../../src/embedded/embedded-postgres.service.ts';

const PREFIX = 'meguri-test-';

declare global {
  // both projects that need a database run this; they share one server
  var testServer: Promise<{ server: EmbeddedPostgres; folder: string }> | undefined;
}

export default async function startDatabase(): Promise<void> {
  await (globalThis.testServer ??= start());
}

async function start(): Promise<{ server: EmbeddedPostgres; folder: string }> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  // root's server runs as another account, which has to get in
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'starter'), String(process.pid));
  const server = await EmbeddedPostgres.start({ folder, throwaway: true });
  const template = new URL(server.maintenanceUrl);
  template.pathname = '/meguri_template';
  const client = new Client({ connectionString: server.maintenanceUrl });
  await client.connect();
  await client.query('create database meguri_template');
  await client.end();
  await migrate(template.href);
  process.env['MEGURI_TEST_SERVER'] = server.maintenanceUrl;
  return { server, folder };
}

/** A run that was interrupted had no chance to stop its server: the next one does it. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      if ((await stat(folder)).uid !== (process.getuid?.() ?? 0)) continue;
      if (isAlive(Number(await readFile(join(folder, 'starter'), 'utf8')))) continue;
      const pid = Number(
        (await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
      );
      if (await isPostgres(pid)) process.kill(pid, 'SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    } catch {
      // somebody else's, or being made just now
    }
  }
}

/** The number may by now be another program's. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!(pid > 1) || !isAlive(pid)) return false;
  return process.platform !== 'linux' || (await readFile(`/proc/${pid}/comm`, 'utf8')).trim() === 'postgres';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
