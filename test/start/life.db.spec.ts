import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { projectFolder } from '../../src/config/environment.service.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { isAlive, Started } from './process.ts';

// whole processes with their databases, beside whatever else the machine does
jest.setTimeout(180_000);

const LINK = /http:\/\/localhost:\d+\/sign-in\/\S+/;

let folder: string;
beforeAll(async () => {
  execFileSync(process.execPath, [join(projectFolder, 'src/start/prepare.mjs')], { stdio: 'ignore' });
  folder = await mkdtemp(join(tmpdir(), '巡り life '));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const serverOf = (data: string) => Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
const ready = async (url: string) => (await fetch(`${url}/ready`)).status;

async function countOf(url: string, table: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(`select count(*)::int as n from ${table}`);
  await client.end();
  return rows[0].n;
}

describe('without any configuration', () => {
  it('serves, is taken up after a kill, and takes its database with it when it ends', async () => {
    const data = join(folder, 'a year');
    const first = Started.main({ DATA_DIR: data });
    const [url] = await first.said(/http:\/\/localhost:\d+/);
    await first.said(/Ctrl-C/);
    expect(await ready(url)).toBe(200);
    expect(first.output).toContain('the sample programme is loaded');
    expect((await fetch(LINK.exec(first.output)![0])).status).toBe(200);
    const server = serverOf(data);

    const second = Started.main({ DATA_DIR: data });
    expect(await second.over).toBe(1);
    expect(second.output).toContain(`already running on these data (${data}): ${url}`);
    expect(await ready(url)).toBe(200);

    expect(await first.stop('SIGKILL')).toBe('SIGKILL');
    expect(isAlive(server)).toBe(true);

    const third = Started.main({ DATA_DIR: data });
    const [again] = await third.said(/http:\/\/localhost:\d+/);
    await third.said(/Ctrl-C/);
    expect(await ready(again)).toBe(200);
    expect(serverOf(data)).toBe(server);
    expect(third.output).not.toContain('the sample programme is loaded');

    expect(await third.stop('SIGTERM')).toBe(0);
    expect(isAlive(server)).toBe(false);
    expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('two first starts at the same moment end in one that runs and one that says so', async () => {
    const data = join(folder, 'race');
    const both = [Started.main({ DATA_DIR: data }), Started.main({ DATA_DIR: data })];
    const loser = await Promise.race(both.map(async (started) => [await started.over, started] as const));
    expect(loser[0]).toBe(1);
    expect(loser[1].output).toContain('already running on these data');
    const winner = both.find((started) => started !== loser[1])!;
    await winner.said(/Ctrl-C/);
    expect(await winner.stop()).toBe(0);
  });

  it('takes the next port when its own is taken', async () => {
    const other = createServer().listen(3000, '127.0.0.1');
    // somebody else may have it already: as good
    await new Promise((done) => other.once('listening', done).once('error', done));
    try {
      const started = Started.main({ DATA_DIR: join(folder, 'port') });
      const [, port] = await started.said(/port 3000 is taken, using (\d+)/);
      await started.said(/Ctrl-C/);
      expect(await ready(`http://localhost:${port}`)).toBe(200);
      expect(await started.stop('SIGINT')).toBe(0);
    } finally {
      other.close();
    }
  });
});

describe('with a configuration', () => {
  it('lists every fault by its variable and stops', async () => {
    const started = Started.main({ PORT: 'x', BASE_URL: 'nowhere', DATABASE_URL: 'mysql://me:hunter2@db/x' });
    expect(await started.over).toBe(1);
    for (const variable of ['PORT', 'BASE_URL', 'DATABASE_URL']) {
      expect(started.output).toContain(`${variable}: must be `);
    }
    expect(started.output).not.toContain('hunter2');
  });

  it('stops at a configured port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const { port } = other.address() as AddressInfo;
    const started = Started.main({ DATA_DIR: join(folder, 'port'), PORT: String(port) });
    expect(await started.over).toBe(1);
    expect(started.output).toContain(`PORT: another program uses port ${port}`);
    other.close();
  });

  it('embeds nothing, loads no sample, prints no link and logs JSON without personal data', async () => {
    const url = await createDatabase();
    const data = join(folder, 'unused');
    const PORT = String(await freePort());
    const shared = { DATABASE_URL: url, SMTP_URL: 'smtp://127.0.0.1:9', DATA_DIR: data, HOST: '127.0.0.1' };
    const web = Started.main({ ...shared, PORT, ROLE: 'web' });
    const worker = Started.worker(shared);
    try {
      await web.said(/"msg":"serving"/);
      await worker.said(/"msg":"working"/);
      await fetch(`http://127.0.0.1:${PORT}/a/k3JhbmRvbS10b2tlbi1vZi1hLWxpbms?email=taro@example.org`);
      await web.said(/"path":"\/a\/…"/);
      for (const line of `${web.output}${worker.output}`.trim().split('\n'))
        expect(JSON.parse(line)).toHaveProperty('level');
      expect(web.output).not.toMatch(/taro|k3JhbmRvbS10b2tlbi1vZi1hLWxpbms/);
      expect(web.output).not.toMatch(LINK);
      expect(existsSync(data)).toBe(false);
      expect(await countOf(url, 'staff')).toBe(0);
      expect((await fetch(`http://127.0.0.1:${PORT}/ready`)).status).toBe(503);
    } finally {
      expect([await web.stop(), await worker.stop()]).toEqual([0, 0]);
      await dropDatabase(url);
    }
  });

  it('answers whom it has begun to serve before it ends, and nobody after', async () => {
    const url = await createDatabase();
    const PORT = String(await freePort());
    // a mail server that never says a word keeps /ready waiting
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await new Promise((done) => silent.once('listening', done));
    const SMTP_URL = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const started = Started.main({ DATABASE_URL: url, SMTP_URL, PORT, HOST: '127.0.0.1' });
    try {
      await started.said(/"msg":"serving"/);
      const answer = fetch(`http://127.0.0.1:${PORT}/ready`);
      for (let n = 0; n < 500 && sockets.size === 0; n++) await sleep(10);
      const over = started.stop('SIGTERM');
      await sleep(300);
      expect((await fetch(`http://127.0.0.1:${PORT}/health`).catch(() => ({ status: 503 }))).status).toBe(503);
      expect(await (await answer).json()).toMatchObject({
        checks: { database: 'ok', mail: expect.not.stringMatching('ok') },
      });
      expect(await over).toBe(0);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
      await dropDatabase(url);
    }
  });

  it('says that a database refuses it', async () => {
    const url = new URL(await createDatabase());
    const wrong = new URL(url);
    wrong.password = 'wrong';
    const started = Started.main({ DATABASE_URL: wrong.href });
    expect(await started.over).toBe(1);
    expect(started.output).toMatch(/^DATABASE_URL: .*cannot connect.*password authentication failed/);
    expect(started.output).not.toContain('at ');
    await dropDatabase(url.href);
  });
});

it('started by npm it ends with npm, even when only npm was told', async () => {
  const data = join(folder, 'npm');
  const shell = `"${process.execPath}" dist/src/main.js & wait`;
  const parent = spawn('sh', ['-c', shell], {
    cwd: projectFolder,
    env: { PATH: process.env['PATH'], DATA_DIR: data, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  parent.stdout.on('data', (chunk) => (output += String(chunk)));
  for (let n = 0; n < 1_000 && !output.includes('Ctrl-C'); n++) await sleep(20);
  const server = serverOf(data);
  parent.kill('SIGKILL');
  for (let n = 0; n < 500 && isAlive(server); n++) await sleep(20);
  expect(isAlive(server)).toBe(false);
});
