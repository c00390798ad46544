import { spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { schema } from '../../src/config/variables.ts';
import { projectFolder } from '../../src/config/environment.service.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';

// whole processes, beside whatever else the machine does
jest.setTimeout(180_000);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Around {
  readonly variables?: Record<string, string>;
  /** From the project's folder */
  readonly program?: string;
}

/** A command as somebody types it */
function start(words: readonly string[], { variables = {}, program = 'src/start/meguri.mjs' }: Around = {}) {
  const unset = [...Object.keys(schema.shape), 'LANG', 'LC_ALL', 'LC_MESSAGES'];
  const inherited = Object.entries(process.env).filter(([name]) => !unset.includes(name));
  const child = spawn(process.execPath, [join(projectFolder, program), ...words], {
    cwd: projectFolder,
    env: { ...Object.fromEntries(inherited), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, ...said })));
  return { ended, stop: (signal: NodeJS.Signals) => child.kill(signal), closeOutput: () => child.stdout.destroy() };
}

/** Without the look at whether everything is built, which was done before */
const meguri = (words: readonly string[], around: Around = {}): Promise<Ended> =>
  start(words, { program: 'dist/src/cli/main.js', ...around }).ended;

let url: string;
let built: Ended;
beforeAll(async () => {
  // builds what is not built yet
  built = await start(['version']).ended;
  url = await createDatabase();
});
afterAll(() => dropDatabase(url));

describe('npx meguri', () => {
  it('makes the clone runnable and keeps standard output for the answer', () => {
    expect(built).toMatchObject({ code: 0, out: expect.stringMatching(/^meguri \d+\.\d+\.\d+ \(Node \d+[\d.]+\)\n$/) });
  });

  it('opens an empty installation: the first administrator, once, and a link for them', async () => {
    const variables = { DATABASE_URL: url, BASE_URL: 'https://meguri.example.org' };
    const account = ['--email', 'taro@example.org', '--name-ja', '架空 太郎', '--name-en', 'Taro KAKU'];
    const first = await meguri(['first-administrator', ...account, '--json'], { variables });
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    const link = await meguri(['sign-in-link', 'taro@example.org'], { variables });
    expect(link.code).toBe(0);
    expect(link.out).toMatch(/^https:\/\/meguri\.example\.org\/sign-in\/[\w-]{27}\n/);
    const again = await meguri(['first-administrator', ...account], {
      variables: { ...variables, LANG: 'ja_JP.UTF-8' },
    });
    expect(again).toEqual({
      code: 4,
      out: '',
      err: '管理者はすでに登録されています。以後の登録は画面から行ってください。\n',
    });
  });

  it('says every fault of the configuration in the language of the terminal', async () => {
    const { code, out, err } = await meguri(['cycle', 'list'], {
      variables: { PORT: 'x', ROLE: 'boss', LANG: 'ja_JP.UTF-8' },
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/設定に誤りがあります。[\s\S]*PORT: [\s\S]*ROLE: /);
  });

  it('ends with 1 where the database cannot be had, without its password', async () => {
    const variables = { DATABASE_URL: url.replace(/\/\/[^@]*@/, '//nobody:himitsu@') };
    const { code, out, err } = await meguri(['cycle', 'list'], { variables });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('DATABASE_URL');
    expect(err).not.toContain('himitsu');
  });
});

describe('Ctrl-C', () => {
  let silent: Server;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    // takes connections and never says a word
    silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => silent.close(done));
  });

  it('ends with 130, also while the database does not answer', async () => {
    const { port } = silent.address() as AddressInfo;
    const variables = { DATABASE_URL: `postgres://kaku@127.0.0.1:${port}/meguri` };
    const connected = new Promise((done) => silent.once('connection', done));
    const command = start(['cycle', 'list'], { variables, program: 'dist/src/cli/main.js' });
    await connected;
    command.stop('SIGINT');
    expect(await command.ended).toEqual({ code: 130, out: '', err: 'Interrupted.\n' });
  });

  it('is not needed where whoever reads the output has gone', async () => {
    const command = start(['help'], { program: 'dist/src/cli/main.js' });
    command.closeOutput();
    expect(await command.ended).toMatchObject({ code: 0, err: '' });
  });
});
