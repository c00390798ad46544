import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { startMachinery, until, type Machinery } from './machinery.ts';
import { calendar, invitation, notice } from './sample.ts';
import { startServer, type TestServer, type Treatment } from './smtp.ts';

let house: Machinery;
let server: TestServer;
const running: ChildProcess[] = [];

beforeAll(async () => {
  server = await startServer();
  house = await startMachinery({ config: { smtpUrl: server.url, embeddedMailbox: false, role: 'web' } });
});
beforeEach(async () => {
  await house.database.query('truncate mail, mail_destination cascade');
  house.clock.set('2027-06-01T00:00:00Z');
  server.taken.length = 0;
  server.attempts.length = 0;
});
afterEach(async () => {
  for (const child of running.splice(0)) await kill(child);
});
afterAll(async () => {
  await house.stop();
  await server.stop();
});

const here = import.meta.dirname;
function startSending(): ChildProcess {
  const at = house.clock.now().toISO()!;
  const program = ['--import', pathToFileURL(join(here, 'typescript.mjs')).href, join(here, 'sending-process.ts')];
  const child = spawn(process.execPath, [...program, house.url, server.url, at], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running.push(child);
  return child;
}
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
const putMany = (count: number, revisions: number) =>
  house.database.transaction(async (tx) => {
    for (let n = 0; n < count; n++)
      for (let revision = 0; revision < revisions; revision++)
        await house.get(Outbox).put(
          tx,
          invitation({
            to: { name: '架空', address: `p${n}@example.org` },
            invitationId: `p${n}`,
            orderingKey: `p${n}`,
            revision,
            messageId: `<p${n}.${revision}@visits.example.org>`,
            subject: `p${n}.${revision}`,
            calendar: { method: 'REQUEST', content: calendar().replace('SEQUENCE:0', `SEQUENCE:${revision}`) },
          }),
        );
  });
/** Three mails to each: 2,001 in all */
const PEOPLE = 667;
const KILLS = 6;

/** Drops what repeats itself right after */
const withoutRepeats = (list: readonly string[]): string[] => list.filter((one, n) => one !== list[n - 1]);

describe('a process that is killed while it sends', () => {
  test('leaves no mail behind, loses none, changes no order, and what was sent twice was the same twice', async () => {
    await putMany(PEOPLE, 3);
    server.treat = async (): Promise<Treatment> => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return 'take';
    };
    // Two at once; one is killed at a moment of its own and started again, four times
    let survivor = startSending();
    for (let round = 0; round < KILLS; round++) {
      const victim = startSending();
      const before = server.taken.length;
      await until('it sends', () => server.taken.length > before + 8);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
      await kill(round % 2 ? survivor : victim);
      if (round % 2) survivor = victim;
      house.clock.set(house.clock.now().plus({ minutes: 5 }).toISO()!);
    }
    await kill(survivor);
    for (let round = 0; round < 5; round++) {
      house.clock.set(house.clock.now().plus({ minutes: 5 }).toISO()!);
      await house.get(Sender).drain();
    }
    expect(await house.get(OutboxQueries).counts()).toMatchObject({
      sent: 3 * PEOPLE,
      sending: 0,
      uncertain: 0,
      failed: 0,
    });
    const bytes = new Map<string, string>();
    let twice = 0;
    for (let n = 0; n < PEOPLE; n++) {
      const mails = server.taken.filter(({ to }) => to === `p${n}@example.org`);
      const subjects = mails.map(({ raw }) => /^Subject: (.*)\r\n/m.exec(raw.toString())![1]!);
      expect(withoutRepeats(subjects)).toEqual([`p${n}.0`, `p${n}.1`, `p${n}.2`]);
      for (const [index, { raw }] of mails.entries()) {
        const subject = subjects[index]!;
        expect(raw.toString()).toBe(bytes.get(subject) ?? raw.toString());
        if (bytes.has(subject)) twice++;
        bytes.set(subject, raw.toString());
      }
    }
    expect(bytes.size).toBe(3 * PEOPLE);
    // at most what the killed processes had in hand on two lines each
    expect(twice).toBeLessThanOrEqual(KILLS * 20);
    process.stdout.write(
      `${3 * PEOPLE} mails, ${KILLS} processes killed: ${twice} arrived twice, byte for byte the same\n`,
    );
    // seven processes are started for it, which takes its time where the machine has other things to do
  }, 180_000);

  test('leaves a notice uncertain that it had in hand; others know at once, and it is not sent a second time', async () => {
    const id = await house.database.transaction((tx) => house.get(Outbox).put(tx, notice()));
    let arrived = false;
    server.treat = () => {
      arrived = true;
      return new Promise<Treatment>(() => undefined);
    };
    const child = startSending();
    await until('it is handing over', () => arrived);
    const stateOf = async () => (await house.get(OutboxQueries).one(id))!.mail.state;
    await house.get(Sender).drain();
    expect(await stateOf()).toBe('sending');
    await kill(child);
    await until('its death is noticed', async () => {
      await house.get(Sender).drain();
      return (await stateOf()) === 'uncertain';
    });
    house.clock.set('2027-06-09T00:00:00Z');
    await house.get(Sender).drain();
    expect([await stateOf(), server.attempts.length]).toEqual(['uncertain', 1]);
  });
});
