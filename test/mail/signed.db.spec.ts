import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { verifyDkim } from './dkim.ts';
import { startMachinery, type Machinery } from './machinery.ts';
import { invitation } from './sample.ts';
import { startServer, type TestServer } from './smtp.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let server: TestServer;
let house: Machinery;
beforeAll(async () => {
  server = await startServer();
  house = await startMachinery({
    config: {
      smtpUrl: server.url,
      embeddedMailbox: false,
      role: 'web',
      mailFromDomain: 'visits.example.org',
      dkim: { selector: 'mihon2027', key: privateKey },
    },
  });
  await house.database.query(`update mail_policy set rehearsal = false`);
});
afterAll(async () => {
  await house?.stop();
  await server?.stop();
});

it('A mail is signed before it is stored, so that a second attempt sends the same signed bytes (B8, D1)', async () => {
  server.treat = (_, attempt) => (attempt === 1 ? { at: 'DATA', code: 451 } : 'take');
  const id = await house.database.transaction((tx) => house.get(Outbox).put(tx, invitation()));
  const [stored] = await house.database.query<{ bytes: Buffer }[]>('select bytes from mail where id = $1', [id]);
  await house.get(Sender).drain();
  house.clock.set('2027-06-01T00:10:00Z');
  await house.get(Sender).drain();
  expect(server.attempts).toHaveLength(2);
  const [taken] = server.taken;
  expect(taken!.raw.equals(stored!.bytes)).toBe(true);
  expect(verifyDkim(taken!.raw, publicKey).valid).toBe(true);
});

it('A mail that is stamped when it leaves is signed anew with its stamp (C3)', async () => {
  server.treat = () => 'take';
  const mail = invitation({ invitationId: 'other', orderingKey: 'other', stampedWhenSent: true });
  await house.database.transaction((tx) => house.get(Outbox).put(tx, mail));
  house.clock.set('2027-06-01T02:00:00Z');
  await house.get(Sender).drain();
  const taken = server.taken.at(-1)!;
  expect(taken.raw.toString()).toContain('Date: Tue, 01 Jun 2027 02:00:00 +0000');
  expect(verifyDkim(taken.raw, publicKey).valid).toBe(true);
});
