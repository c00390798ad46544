import { Injectable } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Jobs } from '../../src/jobs/jobs.service.ts';
import { mailFailed, mailSent } from '../../src/mail/mail.facts.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { startMachinery, until, type Machinery } from './machinery.ts';
import { invitation, notice } from './sample.ts';
import { startServer, type TestServer } from './smtp.ts';

const heard: string[] = [];

@Injectable()
class Listener {
  constructor(jobs: Jobs) {
    jobs.on(mailSent, 'test', async ({ mailId, invitationId }) => void heard.push(`sent ${invitationId} ${mailId}`));
    jobs.on(
      mailFailed,
      'test',
      async ({ mailId, invitationId }) => void heard.push(`failed ${invitationId} ${mailId}`),
    );
  }
}

let server: TestServer;
let house: Machinery;

beforeAll(async () => {
  server = await startServer();
  house = await startMachinery({ config: { smtpUrl: server.url, embeddedMailbox: false }, providers: [Listener] });
});
afterAll(async () => {
  await house.stop();
  await server.stop();
});

test('rooms above hear of the mails of invitations that went and of those that failed, and of no others', async () => {
  server.treat = (to) =>
    to.startsWith('bad') ? { at: 'RCPT', code: 550 } : to.startsWith('later') ? { at: 'RCPT', code: 451 } : 'take';
  const ids: Record<string, string> = {};
  for (const name of ['good', 'later', 'bad'])
    ids[name] = await house.database.transaction((tx) =>
      house.get(Outbox).put(
        tx,
        invitation({
          to: { name, address: `${name}@example.org` },
          invitationId: name,
          orderingKey: name,
          messageId: `<${name}@example.org>`,
        }),
      ),
    );
  await house.database.transaction((tx) => house.get(Outbox).put(tx, notice()));
  const settled = `select count(*)::int as n from mail where state in ('sent', 'failed', 'retry')`;
  await until('all were tried', async () => (await house.database.query(settled))[0].n === 4);
  await until('both were heard', () => heard.length === 2);
  expect(heard.sort()).toEqual([`failed bad ${ids['bad']}`, `sent good ${ids['good']}`]);
});
