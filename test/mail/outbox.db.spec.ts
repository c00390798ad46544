import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { MailTransport } from '../../src/mail/mail-transport.service.ts';
import type { OutgoingMail } from '../../src/mail/message.ts';
import { compose } from '../../src/mail/mime.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { Sender } from '../../src/mail/sender.service.ts';
import { startMachinery, until, type Machinery } from './machinery.ts';
import { invitation, notice } from './sample.ts';
import { startServer, type TestServer, type Treatment } from './smtp.ts';

const actor: Actor = { kind: 'staff', id: 'b7e1', name: '見本 花子' };
let house: Machinery;
let server: TestServer;
let outbox: Outbox;
let queries: OutboxQueries;

beforeAll(async () => {
  server = await startServer();
  // Alone at work: what is sent when is up to the tests, which call drain()
  house = await startMachinery({ config: { smtpUrl: server.url, embeddedMailbox: false, role: 'web' } });
  outbox = house.get(Outbox);
  queries = house.get(OutboxQueries);
});
beforeEach(async () => {
  await house.database.query('truncate mail');
  await house.database.query(`update mail_policy set rehearsal = false, rehearsal_addresses = '{}', paused = false`);
  house.clock.set('2027-06-01T00:00:00Z');
  server.taken.length = 0;
  server.attempts.length = 0;
  server.treat = () => 'take';
});
afterAll(async () => {
  await house.stop();
  await server.stop();
});

const put = (mail: OutgoingMail): Promise<string> => house.database.transaction((tx) => outbox.put(tx, mail));
const drain = (): Promise<void> => house.get(Sender).drain();
const stateOf = async (id: string) => (await queries.one(id))!.mail;
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const later = (minutes: number): void => house.clock.set(house.clock.now().plus({ minutes }).toISO()!);
/** An invitation of its own: other person, other key */
const another = (name: string, changes: Partial<OutgoingMail> = {}): OutgoingMail =>
  invitation({
    to: { name, address: `${name}@example.org` },
    invitationId: name,
    orderingKey: name,
    messageId: `<${name}@visits.example.org>`,
    subject: name,
    ...changes,
  });

describe('a mail that is put', () => {
  test('leaves as the bytes that were stored with it, by its own envelope, once', async () => {
    const id = await put(invitation());
    expect((await stateOf(id)).state).toBe('queued');
    await drain();
    await drain();
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 1, dueAt: null, settledAt: new Date('2027-06-01T00:00:00Z') });
    expect(server.taken.map(({ from, to }) => [from, to])).toEqual([['bounce+k7q2m4xt.0@visits.example.org', 'taro@example.org']]);
    expect(server.taken[0]!.raw.equals(await compose(invitation()))).toBe(true);
  });

  test('does not exist when its transaction did not come about', async () => {
    const failing = house.database.transaction(async (tx) => {
      await outbox.put(tx, invitation());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await drain();
    expect([(await queries.list()).total, server.attempts]).toEqual([0, []]);
  });

  test('and put again for the same invitation, revision and kind is the same mail; for the next revision another', async () => {
    const id = await put(invitation());
    expect(await put(invitation({ text: 'repeated' }))).toBe(id);
    expect(await put(invitation({ revision: 1 }))).not.toBe(id);
    expect(await put(invitation({ kind: 'reminder' }))).not.toBe(id);
    expect((await queries.list()).total).toBe(3);
  });

  test('is refused whole when it could not be sent', async () => {
    expect(await codeOf(put(notice({ to: { name: '', address: 'a@example.org, b@example.org' } })))).toBe('mail.not-sendable');
    expect((await queries.list()).total).toBe(0);
  });

  test('tells staff what it looks like to its reader', async () => {
    const { mail, message } = (await queries.one(await put(invitation())))!;
    expect(mail).toMatchObject({ personId: 'kaku-taro', releaseId: 'release-1', calendarMethod: 'REQUEST', occasion: 'real' });
    expect(message).toMatchObject({ subject: '【ご出席のお願い】現地視察 7月9日(金)', to: '架空 太郎 <taro@example.org>' });
    expect(message.calendars[0]!.content.toString()).toContain('METHOD:REQUEST');
  });

  test('can be looked at before, and nothing is stored by that', async () => {
    const preview = await outbox.preview(invitation());
    expect([preview.state, preview.message.raw.equals(await compose(invitation()))]).toEqual(['queued', true]);
    expect((await queries.list()).total).toBe(0);
  });
});

describe('a server', () => {
  test.each(['RCPT', 'DATA'] as const)('that says «later» at %s gets the same bytes again after five minutes and not before', async (at) => {
    server.treat = (_, attempt) => (attempt === 1 ? { at, code: 451 } : 'take');
    const id = await put(invitation());
    await drain();
    expect(await stateOf(id)).toMatchObject({ state: 'retry', attempts: 1, reply: expect.stringContaining('451') });
    later(4.9);
    await drain();
    expect(server.attempts).toHaveLength(1);
    later(2);
    await drain();
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(server.taken[0]!.raw.equals(await compose(invitation()))).toBe(true);
  });

  test('that says «later» for two days makes the mail fail', async () => {
    server.treat = () => ({ at: 'RCPT', code: 450 });
    const id = await put(invitation());
    for (let hours = 0; hours < 60; hours++) {
      await drain();
      later(60);
    }
    expect((await stateOf(id)).state).toBe('failed');
    expect(server.attempts.length).toBeGreaterThan(8);
    expect(server.attempts.length).toBeLessThan(30);
  });

  test.each(['RCPT', 'DATA'] as const)('that says «no» at %s is not asked again', async (at) => {
    server.treat = () => ({ at, code: 550 });
    const id = await put(invitation());
    await drain();
    later(10_000);
    await drain();
    expect(await stateOf(id)).toMatchObject({ state: 'failed', attempts: 1, dueAt: null, reply: expect.stringContaining('550') });
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
    const states = () => Promise.all(ids.map(async (id) => (await stateOf(id)).state));
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
      expect(await stateOf(id)).toMatchObject({ state: 'uncertain', attempts: 1 });
      later(2);
      await drain();
      expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
      const bytes = await compose(invitation());
      expect(server.taken.map(({ raw }) => raw.equals(bytes))).toEqual(treatment === 'take and cut' ? [true, true] : [true]);
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
      expect(await stateOf(id)).toMatchObject({ state: 'uncertain', attempts: 1, dueAt: null });
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
    expect([(await stateOf(second)).state, (await stateOf(other)).state, server.subjects()]).toEqual(['queued', 'sent', ['b']]);
    later(10);
    await drain();
    expect((await stateOf(first)).state).toBe('sent');
    expect(server.subjects()).toEqual(['b', 'a', 'a1']);
  });

  test('go on after one that failed, and after a notice that may or may not have arrived', async () => {
    server.treat = (_, attempt) => (attempt === 1 ? { at: 'RCPT', code: 550 } : attempt === 2 ? 'cut in the message' : 'take');
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

describe('rehearsal', () => {
  const rehearse = (...rehearsalAddresses: string[]) => house.get(MailPolicy).set({ rehearsal: true, rehearsalAddresses }, actor);

  test('lets marked mail out to listed addresses and keeps everything else back', async () => {
    await rehearse('Hanako@example.org', '@test.example.org');
    const names = ['hanako@example.org', 'x@test.example.org', 'taro@example.org', 'x@sub.test.example.org'];
    const ids = [];
    for (const address of names) ids.push(await put(another(address.replace('@', '.'), { to: { name: '架空', address } })));
    await drain();
    expect(server.taken.map(({ to }) => to).sort()).toEqual(names.slice(0, 2));
    expect(await Promise.all(ids.map(async (id) => (await stateOf(id)).state))).toEqual(['sent', 'sent', 'kept-back', 'kept-back']);
    const marked = (await queries.one(ids[0]!))!.message;
    expect(marked.subject).toMatch(/^【試行】/);
    expect(marked.text).toMatch(/^これは試行（リハーサル）のメールです。/);
    expect((await queries.one(ids[2]!))!.message.subject).toMatch(/^【試行】/);
  });

  test('that begins while a mail waits holds it, listed or not as the list says then', async () => {
    const ids = [await put(another('taro')), await put(another('hanako'))];
    await rehearse('hanako@example.org');
    await drain();
    expect(await Promise.all(ids.map(async (id) => (await stateOf(id)).state))).toEqual(['kept-back', 'sent']);
    expect(server.attempts).toEqual(['hanako@example.org']);
  });

  test('that is over does not let out what was kept back, and what was rehearsed can be mailed in earnest, once', async () => {
    await rehearse('taro@example.org');
    const rehearsed = await put(invitation());
    const keptBack = await put(another('jiro'));
    await drain();
    await house.get(MailPolicy).set({ rehearsal: false }, actor);
    const real = await put(invitation());
    const realToo = await put(another('jiro'));
    expect(await put(invitation())).toBe(real);
    await drain();
    expect(new Set([rehearsed, keptBack, real, realToo]).size).toBe(4);
    expect((await stateOf(keptBack)).state).toBe('kept-back');
    expect(server.taken.map(({ to }) => to).sort()).toEqual(['jiro@example.org', 'taro@example.org', 'taro@example.org']);
    const ids = server.taken.map(({ raw }) => /^Message-ID: (.*)\r\n/m.exec(raw.toString())![1]);
    expect(new Set(ids).size).toBe(3);
  });

  test('does not hold the mail that its reader has just asked for, nor mark it', async () => {
    await rehearse();
    await put(notice({ evenInRehearsal: true }));
    await drain();
    expect(server.taken[0]!.raw.equals(await compose(notice()))).toBe(true);
  });

  test('is written down with who switched it, and takes no entry that is no address', async () => {
    await rehearse('taro@example.org');
    expect(await codeOf(rehearse('taro'))).toBe('mail.rehearsal-entry');
    expect(await house.get(MailPolicy).get()).toEqual({ rehearsal: true, rehearsalAddresses: ['taro@example.org'], paused: false });
    const { entries } = await house.get(TrailQueries).page({ subject: 'mail-policy', size: 1 });
    expect(entries[0]).toMatchObject({ actor, verb: 'mail.set-policy', before: { rehearsal: false }, after: { rehearsal: true } });
  });
});

describe('staff', () => {
  test('pause everything and resume it', async () => {
    await house.get(MailPolicy).set({ paused: true }, actor);
    const id = await put(invitation());
    await drain();
    expect([server.attempts, (await stateOf(id)).state]).toEqual([[], 'queued']);
    await house.get(MailPolicy).set({ paused: false }, actor);
    await drain();
    expect((await stateOf(id)).state).toBe('sent');
  });

  test('pause in the middle of a batch, and what had been claimed is again as it was', async () => {
    for (let n = 0; n < 40; n++) await put(another(`p${n}`));
    server.treat = async (_, attempt): Promise<Treatment> => {
      if (server.attempts.length === 3 && attempt === 1) await house.get(MailPolicy).set({ paused: true }, actor);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return 'take';
    };
    await drain();
    const counts = await queries.counts();
    expect(counts.sending).toBe(0);
    expect(counts.sent + counts.queued).toBe(40);
    expect(counts.sent).toBeLessThan(12);
    const waiting = await house.database.query(`select distinct attempts, first_tried_at from mail where state = 'queued'`);
    expect(waiting).toEqual([{ attempts: 0, first_tried_at: null }]);
  });

  test('send again what failed, unless something newer about the same matter exists', async () => {
    server.treat = (_, attempt) => (attempt === 1 ? { at: 'RCPT', code: 550 } : 'take');
    const [old, newer, other] = [await put(another('a')), await put(another('a', { revision: 1 })), await put(another('b'))];
    await drain();
    expect(await codeOf(outbox.retry([old], actor))).toBe('mail.newer-one-exists');
    expect(await codeOf(outbox.retry([other, newer], actor))).toBe('mail.not-failed');
    expect((await stateOf(other)).state).toBe('failed');
    await outbox.retry([other], actor);
    await drain();
    expect((await stateOf(other)).state).toBe('sent');
  });

  test('send a notice again of which it is not known whether it arrived', async () => {
    server.treat = (_, attempt) => (attempt === 1 ? 'cut in the message' : 'take');
    const id = await put(notice());
    await drain();
    await outbox.retry([id], actor);
    await drain();
    expect((await stateOf(id)).state).toBe('sent');
  });

  test('withdraw what has not left, all of the named or none', async () => {
    const sent = await put(another('a'));
    await drain();
    const waiting = await put(another('b'));
    expect(await codeOf(outbox.withdraw([sent, waiting], actor))).toBe('mail.not-waiting');
    expect(await codeOf(outbox.withdraw([waiting, '00000000-0000-4000-8000-000000000000'], actor))).toBe('mail.unknown');
    await outbox.withdraw([waiting], actor);
    await drain();
    expect([(await stateOf(waiting)).state, server.subjects()]).toEqual(['withdrawn', ['a']]);
    // The same revision may be mailed after all
    expect(await put(another('b'))).not.toBe(waiting);
  });

  test('see mails by release, person and state, newest first, page by page, and how many are in each state', async () => {
    server.treat = (to) => (to.startsWith('b') ? { at: 'RCPT', code: 550 } : 'take');
    for (const name of ['a1', 'a2', 'b1', 'a3']) {
      await put(another(name, { personId: name, releaseId: name === 'a3' ? 'second' : 'first' }));
      later(1);
    }
    await drain();
    const names = async (filter: Parameters<OutboxQueries['list']>[0]) => (await queries.list(filter)).mails.map((mail) => mail.toName);
    expect(await names({ releaseId: 'first' })).toEqual(['b1', 'a2', 'a1']);
    expect(await names({ states: ['failed'] })).toEqual(['b1']);
    expect(await names({ states: ['queued', 'retry'] })).toEqual([]);
    expect(await names({ personId: 'a2' })).toEqual(['a2']);
    expect(await names({ size: 3 })).toEqual(['a3', 'b1', 'a2']);
    expect(await names({ size: 3, page: 2 })).toEqual(['a1']);
    expect((await queries.list({ size: 3, page: 2 })).total).toBe(4);
    expect(await queries.counts({ releaseId: 'first' })).toEqual({
      queued: 0, sending: 0, sent: 2, retry: 0, uncertain: 0, failed: 1, withdrawn: 0, 'kept-back': 0,
    }); // prettier-ignore
  });
});

describe('a newer message', () => {
  test('takes the place of older ones that have not left, and tells which they were', async () => {
    server.treat = () => ({ at: 'RCPT', code: 451 });
    const tried = await put(another('a'));
    await drain();
    const waiting = await put(another('a', { revision: 1 }));
    const other = await put(another('b'));
    const gone = await house.database.transaction((tx) => outbox.withdrawWaiting(tx, 'a'));
    expect(gone).toEqual([{ id: tried, revision: 0 }, { id: waiting, revision: 1 }]);
    expect((await stateOf(other)).state).toBe('queued');
  });

  test('leaves alone what may have arrived', async () => {
    server.treat = () => 'take and cut';
    const uncertain = await put(another('a'));
    await drain();
    expect(await house.database.transaction((tx) => outbox.withdrawWaiting(tx, 'a'))).toEqual([]);
    expect((await stateOf(uncertain)).state).toBe('uncertain');
  });
});

describe('time', () => {
  test('is over for a mail that was held too long: it fails and is never tried', async () => {
    await house.get(MailPolicy).set({ paused: true }, actor);
    const id = await put(notice({ notAfter: house.clock.now().plus({ minutes: 15 }) }));
    later(16);
    await house.get(MailPolicy).set({ paused: false }, actor);
    await drain();
    expect([(await stateOf(id)).state, server.attempts]).toEqual(['failed', []]);
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
    } finally {
      await worker.stop();
    }
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
    expect(counts.queued).toBeGreaterThan(10);
  });
});
