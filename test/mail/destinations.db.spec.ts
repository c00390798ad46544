import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MailState } from '../../src/mail/delivery.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { actor, another, codeOf } from './house.ts';
import { startMachinery, type Machinery } from './machinery.ts';
import { startServer, type TestServer } from './smtp.ts';

let server: TestServer;
let house: Machinery;
const rates = { mailPerMinute: 30, mailPerMinuteToDomain: 12 };

beforeAll(async () => {
  server = await startServer();
  house = await startMachinery({ config: { smtpUrl: server.url, embeddedMailbox: false, role: 'web', ...rates } });
});
beforeEach(async () => {
  await house.database.query('truncate mail, mail_destination cascade');
  house.clock.set('2027-06-01T00:00:00Z');
  server.taken.length = 0;
  server.attempts.length = 0;
  server.treat = () => 'take';
});
afterAll(async () => {
  await house.stop();
  await server.stop();
});

const put = (name: string, domain: string) =>
  house.database.transaction((tx) =>
    house.get(Outbox).put(tx, another(name, { to: { name, address: `${name}@${domain}` } })),
  );
const many = async (count: number, domain: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await put(`p${n}-${domain.replaceAll('.', '-')}`, domain));
  return ids;
};
const drain = () => house.get(Sender).drain();
const minutes = (n: number) => house.clock.set(house.clock.now().plus({ minutes: n }).toISO()!);
const counts = () => house.get(OutboxQueries).counts();
const stateOf = async (id: string): Promise<MailState> => (await house.get(OutboxQueries).one(id))!.mail.state;
const attemptsTo = (domain: string) => server.attempts.filter((address) => address.endsWith(`@${domain}`)).length;

describe('rates (D6)', () => {
  test('no more leave in a minute, to one domain and over all, than they allow; the rest follows', async () => {
    await many(20, 'one.example.org');
    for (const domain of ['two.example.org', 'three.example.org', 'four.example.org']) await many(5, domain);
    await drain();
    expect(attemptsTo('one.example.org')).toBe(12);
    expect(server.attempts.length).toBe(27);
    minutes(0.9);
    await drain();
    expect(server.attempts.length).toBe(27);
    minutes(0.2);
    await drain();
    expect(await counts()).toMatchObject({ sent: 35, queued: 0 });
    minutes(1.1);
    await many(12, 'five.example.org');
    await many(12, 'six.example.org');
    await many(12, 'seven.example.org');
    server.attempts.length = 0;
    await drain();
    expect(server.attempts.length).toBe(30);
  });
});

describe('a domain that refuses us (D7)', () => {
  const policy = { at: 'RCPT', code: 550, reply: '5.7.26 this mail is unauthenticated' } as const;

  test('is left alone at the first refusal that is about us; others go on', async () => {
    server.treat = (to) => (to.endsWith('@gmail.example.org') ? policy : 'take');
    await many(8, 'gmail.example.org');
    await many(4, 'univ.example.org');
    await drain();
    expect(attemptsTo('gmail.example.org')).toBeLessThanOrEqual(4);
    expect(await counts()).toMatchObject({ sent: 4, sending: 0 });
    const [stopped, ...others] = await house.get(OutboxQueries).stoppedDestinations();
    expect(others).toEqual([]);
    expect(stopped).toMatchObject({ destination: 'gmail.example.org', refusal: '550 5.7.26' });
    expect(stopped!.failed + stopped!.waiting).toBe(8);
    minutes(90);
    const before = server.attempts.length;
    await drain();
    expect(server.attempts.length).toBe(before);
  });

  test('goes on when staff say so, and only those who failed are written to again', async () => {
    server.treat = (to) => (to.startsWith('p0') ? policy : 'take');
    const ids = await many(3, 'gmail.example.org');
    await drain();
    minutes(2);
    server.treat = () => 'take';
    const failed = (await counts()).failed;
    const outbox = house.get(Outbox);
    await outbox.resumeDestination('gmail.example.org', actor);
    expect(await outbox.retryFailed({ destination: 'gmail.example.org' }, actor)).toBe(failed);
    await drain();
    for (const id of ids) expect(await stateOf(id)).toBe('sent');
    expect(server.taken.length).toBe(3);
    expect(await codeOf(outbox.resumeDestination('gmail.example.org', actor))).toBe('mail.not-stopped');
    const verbs = await house.database.query(
      `select verb from trail where verb like 'mail.%' order by number desc limit 2`,
    );
    expect(verbs).toEqual([{ verb: 'mail.retry' }, { verb: 'mail.resume-destination' }]);
  });

  test('begins to count anew when staff say so: what it had refused before does not stop it again', async () => {
    server.treat = () => ({ at: 'RCPT', code: 550, reply: '5.1.1 user unknown' });
    await many(3, 'gone.example.org');
    await drain();
    expect(await house.get(OutboxQueries).stoppedDestinations()).toHaveLength(1);
    minutes(2);
    await house.get(Outbox).resumeDestination('gone.example.org', actor);
    await put('new-a', 'gone.example.org');
    await drain();
    await put('new-b', 'gone.example.org');
    await drain();
    expect([await counts(), await house.get(OutboxQueries).stoppedDestinations()]).toMatchObject([{ failed: 5 }, []]);
  });

  test('is left alone after three equal refusals in a row, not after three with one taken in between', async () => {
    const unknown = { at: 'RCPT', code: 550, reply: '5.1.1 user unknown' } as const;
    server.treat = (to) => (/^p[013]-/.test(to) ? unknown : 'take');
    for (const n of [0, 1, 2, 3, 4]) {
      await put(`p${n}-a`, 'mixed.example.org');
      await drain();
    }
    expect(await house.get(OutboxQueries).stoppedDestinations()).toEqual([]);
    server.treat = () => unknown;
    for (const n of [0, 1, 2, 3, 4]) {
      await put(`p${n}-b`, 'gone.example.org');
      await drain();
    }
    const [stopped] = await house.get(OutboxQueries).stoppedDestinations();
    expect(stopped).toMatchObject({ destination: 'gone.example.org', refusal: '550 5.1.1', failed: 3, waiting: 2 });
  });

  test('goes on after refusals of several kinds: those are about the addresses', async () => {
    const replies = ['5.1.1 unknown', '5.2.1 disabled', '5.1.1 unknown', '5.2.1 disabled', '5.1.1 unknown'];
    server.treat = (to) => ({ at: 'RCPT', code: 550, reply: replies[Number(to[1])]! });
    for (const n of replies.keys()) {
      await put(`p${n}-a`, 'large.example.org');
      await drain();
    }
    expect([await counts(), await house.get(OutboxQueries).stoppedDestinations()]).toMatchObject([{ failed: 5 }, []]);
  });

  test('a temporary refusal or a lost connection stops nothing', async () => {
    server.treat = (_, attempt) => (attempt < 4 ? { at: 'RCPT', code: 451 } : 'take');
    await many(2, 'grey.example.org');
    for (let n = 0; n < 8; n++) {
      await drain();
      minutes(60);
    }
    expect(await house.get(OutboxQueries).stoppedDestinations()).toEqual([]);
    expect(await counts()).toMatchObject({ sent: 2 });
  });
});

describe('a mail that staff hold', () => {
  test('does not leave, keeps its place before newer ones, and leaves when it is approved', async () => {
    const outbox = house.get(Outbox);
    const first = await house.database.transaction((tx) => outbox.put(tx, another('a', { revision: 0 })));
    const second = await house.database.transaction((tx) =>
      outbox.put(tx, another('a', { revision: 1, messageId: '<a.1@visits.example.org>' })),
    );
    await outbox.hold([first], actor);
    await outbox.hold([first], actor);
    await drain();
    expect([await stateOf(first), await stateOf(second), server.attempts.length]).toEqual(['held', 'queued', 0]);
    expect(await codeOf(outbox.approve([first, second], actor))).toBe('mail.not-held');
    await outbox.approve([first], actor);
    minutes(2);
    await drain();
    expect([await stateOf(first), await stateOf(second)]).toEqual(['sent', 'sent']);
    expect(await codeOf(outbox.hold([first], actor))).toBe('mail.not-waiting');
  });

  test('gives way to a newer one like any that waits, and can be withdrawn', async () => {
    const outbox = house.get(Outbox);
    const held = await put('b', 'example.org');
    await outbox.hold([held], actor);
    const gone = await house.database.transaction((tx) => outbox.withdrawWaiting(tx, 'b'));
    expect(gone.map((one) => one.id)).toEqual([held]);
    const other = await put('c', 'example.org');
    await outbox.hold([other], actor);
    await outbox.withdraw([other], actor);
    expect(await stateOf(other)).toBe('withdrawn');
  });
});
