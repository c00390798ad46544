import { describe, expect, test } from '@jest/globals';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { MailTransport } from '../../src/mail/mail-transport.service.ts';
import { compose } from '../../src/mail/mime.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import {
  actor,
  another,
  drain,
  house,
  later,
  mailOf,
  outbox,
  put,
  queries,
  server,
  statesOf,
  useHouse,
} from './house.ts';
import { startMachinery, until } from './machinery.ts';
import { invitation, notice } from './sample.ts';
import { startServer, type TestServer, type Treatment } from './smtp.ts';

useHouse();

const paused = (now: boolean) => house.get(MailPolicy).set({ paused: now }, actor);
async function fail(): Promise<void> {
  server.treat = () => ({ at: 'RCPT', code: 550 });
  await drain();
  server.treat = () => 'take';
}

describe('a server', () => {
  test.each(['RCPT', 'DATA'] as const)(
    'that says «later» at %s gets the same bytes again after five minutes and not before',
    async (at) => {
      server.treat = (_, attempt) => (attempt === 1 ? { at, code: 451 } : 'take');
      const id = await put(invitation());
      await drain();
      expect(await mailOf(id)).toMatchObject({ state: 'retry', attempts: 1, reply: expect.stringContaining('451') });
      later(4.9);
      await drain();
      expect(server.attempts).toHaveLength(1);
      later(2);
      await drain();
      expect(await mailOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
      expect(server.taken[0]!.raw.equals(await compose(invitation()))).toBe(true);
    },
  );

  test('that says «later» for two days makes the mail fail', async () => {
    server.treat = () => ({ at: 'RCPT', code: 450 });
    const id = await put(invitation());
    for (let hours = 0; hours < 60; hours++) {
      await drain();
      later(60);
    }
    expect((await mailOf(id)).state).toBe('failed');
    expect(server.attempts.length).toBeGreaterThan(8);
    expect(server.attempts.length).toBeLessThan(30);
  });

  test.each(['RCPT', 'DATA'] as const)('that says «no» at %s is not asked again', async (at) => {
    server.treat = () => ({ at, code: 550 });
    const id = await put(invitation());
    await drain();
    later(10_000);
    await drain();
    expect(await mailOf(id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      dueAt: null,
      reply: expect.stringContaining('550'),
    });
    expect(server.attempts).toHaveLength(1);
  });

  test('that says «no» to one mail takes the next ones over the same connection', async () => {
    server.treat = (to) => (to.startsWith('bad') ? { at: 'RCPT', code: 550 } : 'take');
    for (const name of ['a', 'bad1', 'b', 'bad2', 'c']) await put(another(name));
    await drain();
    expect(await queries.counts()).toMatchObject({ sent: 3, failed: 2 });
  });

  test('that cuts the line before it asked for the message has not taken it: again soon, a notice too', async () => {
    let takes = false;
    server.treat = () => (takes ? 'take' : 'cut before 354');
    const ids = [await put(invitation()), await put(notice({ to: { name: '', address: 'jiro@example.org' } }))];
    const states = () => statesOf(ids);
    await drain();
    expect(await states()).toEqual(['retry', 'retry']);
    takes = true;
    later(1);
    await drain();
    expect(await states()).toEqual(['sent', 'sent']);
    expect(server.taken).toHaveLength(2);
  });

  test.each(['cut in the message', 'take and cut'] as const)(
    'that does «%s» leaves a calendar mail uncertain: it is sent again, byte for byte',
    async (treatment) => {
      server.treat = (_, attempt) => (attempt === 1 ? treatment : 'take');
      const id = await put(invitation());
      await drain();
      expect(await mailOf(id)).toMatchObject({ state: 'uncertain', attempts: 1 });
      later(2);
      await drain();
      expect(await mailOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
      const bytes = await compose(invitation());
      expect(server.taken.map(({ raw }) => raw.equals(bytes))).toEqual(
        treatment === 'take and cut' ? [true, true] : [true],
      );
    },
  );

  test.each(['cut in the message', 'take and cut'] as const)(
    'that does «%s» leaves a notice uncertain, and it is not sent again by itself',
    async (treatment) => {
      server.treat = () => treatment;
      const id = await put(notice());
      await drain();
      later(10_000);
      await drain();
      expect(await mailOf(id)).toMatchObject({ state: 'uncertain', attempts: 1, dueAt: null });
      expect(server.attempts).toHaveLength(1);
    },
  );

  test('that is not there costs nothing but time', async () => {
    const gone = await startServer();
    await gone.stop();
    const other = await startMachinery({ config: { smtpUrl: gone.url, embeddedMailbox: false, role: 'web' } });
    try {
      const id = await other.database.transaction((tx) => other.get(Outbox).put(tx, notice()));
      await other.get(Sender).drain();
      const { mail } = (await other.get(OutboxQueries).one(id))!;
      expect(mail).toMatchObject({ state: 'retry', attempts: 1 });
      expect(mail.dueAt!.getTime() - Date.parse('2027-06-01T00:00:00Z')).toBeLessThanOrEqual(20_000);
      expect(await other.get(MailTransport).verify()).toMatch(/^ESOCKET|^ECONN/);
    } finally {
      await other.stop();
    }
  });

  test('that is there is found ready', async () => expect(await house.get(MailTransport).verify()).toBeUndefined());
});

describe('mails of one key', () => {
  test('leave in the order in which they were put, also when they are many and others leave beside them', async () => {
    for (let n = 0; n < 12; n++) {
      await put(another('a', { revision: n, subject: `a${n}` }));
      await put(another('b', { revision: n, subject: `b${n}` }));
    }
    await drain();
    for (const key of ['a', 'b']) {
      const order = server.subjects().filter((subject) => subject.startsWith(key));
      expect(order).toEqual(Array.from({ length: 12 }, (_, n) => `${key}${n}`));
    }
  });

  test.each<[string, Parameters<typeof invitation>[0], TestServer['treat']]>([
    ['«later»', {}, () => ({ at: 'RCPT', code: 451 })],
    ['nothing, having asked for the message', {}, () => 'cut in the message'],
  ])('wait while the first has been answered %s', async (_, changes, treat) => {
    server.treat = treat;
    const first = await put(another('a', changes));
    const second = await put(another('a', { revision: 1, subject: 'a1' }));
    const other = await put(another('b'));
    server.treat = (to, attempt) => (to.startsWith('a') && attempt === 1 ? treat(to, attempt) : 'take');
    await drain();
    await drain();
    expect([(await mailOf(second)).state, (await mailOf(other)).state, server.subjects()]).toEqual([
      'queued',
      'sent',
      ['b'],
    ]);
    later(10);
    await drain();
    expect((await mailOf(first)).state).toBe('sent');
    expect(server.subjects()).toEqual(['b', 'a', 'a1']);
  });

  test('go on after one that failed, and after a notice that may or may not have arrived', async () => {
    server.treat = (_, attempt) =>
      attempt === 1 ? { at: 'RCPT', code: 550 } : attempt === 2 ? 'cut in the message' : 'take';
    await put(another('a'));
    await put(notice({ ...another('a'), calendar: undefined as never, kind: 'notice', subject: 'a-notice' }));
    await put(another('a', { revision: 1, subject: 'a1' }));
    await drain();
    expect(server.subjects()).toEqual(['a1']);
    expect(await queries.counts()).toMatchObject({ failed: 1, uncertain: 1, sent: 1 });
  });

  test('stand in the order of commits where two transactions put at the same time', async () => {
    let release: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun: () => void;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const first = house.database.transaction(async (tx) => {
      await outbox.put(tx, another('a', { subject: 'first' }));
      begun();
      await held;
    });
    await hasBegun;
    const second = put(another('a', { revision: 1, subject: 'second' }));
    await drain();
    expect(server.taken).toEqual([]);
    release!();
    await Promise.all([first, second]);
    await drain();
    expect(server.subjects()).toEqual(['first', 'second']);
  });
});

describe('a domain that refuses us for what we are (D7)', () => {
  test('gets no more than what was on its way, also of what was claimed ahead; others go on', async () => {
    server.treat = (to) => (to.endsWith('@gmail.example.org') ? { at: 'RCPT', code: 550, reply: '5.7.26 no' } : 'take');
    await house.database.transaction(async (tx) => {
      for (let n = 0; n < 240; n++) {
        const address = `p${n}@${n % 2 ? 'gmail' : 'univ'}.example.org`;
        await outbox.put(tx, another(`p${n}`, { to: { name: '架空', address } }));
      }
    });
    await drain();
    const refused = server.attempts.filter((to) => to.endsWith('@gmail.example.org')).length;
    expect(refused).toBeLessThan(8);
    expect(await queries.counts()).toMatchObject({ sent: 120, failed: refused, queued: 120 - refused, sending: 0 });
  });
});

describe('time', () => {
  test('is over for a mail that was held too long: it fails and is never tried', async () => {
    await house.get(MailPolicy).set({ paused: true }, actor);
    const id = await put(notice({ notAfter: house.clock.now().plus({ minutes: 15 }) }));
    later(16);
    await house.get(MailPolicy).set({ paused: false }, actor);
    await drain();
    expect([(await mailOf(id)).state, server.attempts]).toEqual(['failed', []]);
  });
});

describe('a worker', () => {
  test('is woken by the job that came with the mail', async () => {
    const worker = await startMachinery({ url: house.url, config: { smtpUrl: server.url, embeddedMailbox: false } });
    try {
      const ids = await house.database.transaction(async (tx) => [
        await outbox.put(tx, another('a')),
        await outbox.put(tx, another('b')),
      ]);
      await until('both are sent', async () => (await queries.counts()).sent === ids.length);
      expect(server.subjects().sort()).toEqual(['a', 'b']);
    } finally {
      await worker.stop();
    }
  });

  test.each<[string, (id: string) => Promise<void>, (id: string) => Promise<unknown>]>([
    ['approved', (id) => outbox.hold([id], actor), (id) => outbox.approve([id], actor)],
    ['sent again', fail, (id) => outbox.retry([id], actor)],
    ['let go with all others', () => paused(true), () => paused(false)],
    ['wanted again by its reader', drain, () => house.database.transaction((tx) => outbox.again(tx, 'a', actor))],
    [
      'to a domain that takes mail again',
      () => house.database.query(`insert into mail_destination values ('example.org', '550', 3, '', now())`),
      () => outbox.resumeDestination('example.org', actor),
    ],
  ])('is woken when a mail is %s', async (_, before, then) => {
    const id = await put(another('a'));
    await before(id);
    await house.database.query('truncate pgboss.job cascade');
    const worker = await startMachinery({ url: house.url, config: { smtpUrl: server.url, embeddedMailbox: false } });
    try {
      await worker.get(Sender).drain();
      const taken = server.taken.length;
      await then(id);
      await until('it is sent', () => server.taken.length === taken + 1);
    } finally {
      await worker.stop();
    }
    expect((await mailOf(id)).state).toBe('sent');
  });

  test('that is stopped in the middle of a batch finishes what it has in hand and leaves the rest as it was', async () => {
    for (let n = 0; n < 40; n++) await put(another(`s${n}`));
    server.treat = async (): Promise<Treatment> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return 'take';
    };
    const worker = await startMachinery({ url: house.url, config: { smtpUrl: server.url, embeddedMailbox: false } });
    await until('some are sent', () => server.taken.length >= 4);
    await worker.stop();
    const counts = await queries.counts();
    expect([counts.sending, counts.uncertain, counts.sent + counts.queued]).toEqual([0, 0, 40]);
    expect(counts.sent).toBe(server.taken.length);
    expect(counts.sent).toBeLessThan(15);
  });
});
