import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { Sender } from '../../src/mail/sender.service.ts';
import { Releases } from '../../src/invitations/releases.service.ts';
import { Incoming } from '../../src/responses/incoming.service.ts';
import { postOf, to, type Arrived } from '../invitations/post.ts';
import { until } from '../mail/machinery.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { startImap, type ImapServer } from '../support/imap.ts';
import { freePort } from '../support/ports.ts';
import { replyTo } from './reply-mail.ts';

// several processes, each of which loads the whole house
jest.setTimeout(300_000);

const REPLIES = 200;
const KILLS = 4;

let year: Year;
let server: ImapServer;
let invitation: Arrived;
let lmtpPort: number;
let child: ChildProcess | undefined;

beforeAll(async () => {
  // works off nothing itself
  year = await startYear('2027-04-20T01:00:00Z', { role: 'web' });
  const post = postOf(year);
  await post.rehearse(false);
  await year.set('site/qup', '2027-07-08');
  await year.house.get(Releases).release(year.cycleId, 'all', year.actor);
  await year.house.get(Sender).drain();
  invitation = to(await post.arrived(), 'yu.hinagata@qup.example.org');
  server = await startImap();
  lmtpPort = await freePort();
});
afterAll(async () => {
  await kill();
  await server?.stop();
  await year?.house.stop();
});

async function start(): Promise<void> {
  year.later(5);
  const program = [
    '--import',
    pathToFileURL(join(import.meta.dirname, '../mail/typescript.mjs')).href,
    join(import.meta.dirname, 'reading-process.ts'),
    year.clock.now().toISO()!,
  ];
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: year.house.config.databaseUrl!,
    IMAP_URL: server.url,
    INBOUND_LISTEN: `lmtp://127.0.0.1:${lmtpPort}`,
    MAIL_DOMAIN: year.house.config.mailFromDomain,
  };
  child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
}
async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const count = async (sql: string): Promise<number> => {
  const [row]: { n: number }[] = await year.house.dataSource.query(`select count(*)::int as n from ${sql}`);
  return row!.n;
};
const stored = () => count('inbound_message');
const decided = () => count(`incoming where state in ('applied', 'held', 'ignored')`);

/** As a mail server in front does: whatever was not acknowledged is delivered again */
async function deliverByLmtp(raw: Buffer): Promise<void> {
  for (;;) {
    const transport = createTransport({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true } as object);
    try {
      return void (await transport.sendMail({ envelope: { from: '', to: invitation.calendar!.organizer }, raw }));
    } catch {
      await sleep(50);
    } finally {
      transport.close();
    }
  }
}

it(`E1, E20: a process that is killed while it takes in ${REPLIES} replies stores each once and counts each answer once`, async () => {
  const said = Array.from({ length: REPLIES }, (_, n) => {
    const at = year.clock.now().plus({ seconds: n }).toISO()!;
    return replyTo(invitation, n % 2 ? 'ACCEPTED' : 'DECLINED', at, `no. ${String(n).padStart(3, '0')}`);
  });
  const byImap = said.filter((_, n) => n % 2 === 0);
  const byLmtp = said.filter((_, n) => n % 2 === 1);
  for (const raw of byImap) server.deliver(raw);
  await start();
  const delivering = (async () => {
    for (const raw of byLmtp) await deliverByLmtp(raw);
  })();
  for (let killed = 0; killed < KILLS; killed++) {
    const before = await decided();
    await until('it gets on', async () => (await decided()) > before + 5);
    await sleep(Math.random() * 300);
    await kill();
    await start();
  }
  await delivering;
  await until('everything is stored', async () => (await stored()) === REPLIES);
  // what the killed processes had in hand is taken up by whoever sweeps
  year.later(5);
  await until('everything is decided', async () => {
    await year.house.get(Incoming).takeUpForgotten();
    return (await decided()) === REPLIES;
  });
  expect(await stored()).toBe(REPLIES);
  expect(await count(`answer where inbound_id is not null`)).toBe(REPLIES);
  expect(await count(`(select distinct inbound_id from answer) as once where inbound_id is not null`)).toBe(REPLIES);
  expect(await count(`incoming where state = 'held'`)).toBe(0);
  // the latest counts, in whatever order they were read
  expect(await year.attendee('site/qup', 'hinagata-yu')).toMatchObject({ attendance: 'attending' });
  // a process that starts puts away what those before it had decided
  await kill();
  await start();
  await until('every mail is put away', () => server.lie('INBOX').length === 0);
  expect(server.lie('Processed').toSorted()).toEqual(byImap.map((raw) => raw.toString('utf8')).toSorted());
});
