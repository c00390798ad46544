import { beforeEach, describe, expect, test } from '@jest/globals';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { compose } from '../../src/mail/mime.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import {
  actor,
  another,
  codeOf,
  drain,
  house,
  later,
  mailOf,
  outbox,
  put,
  queries,
  server,
  useHouse,
} from './house.ts';
import { invitation, notice } from './sample.ts';
import type { Treatment } from './smtp.ts';

useHouse();

describe('a mail that is put', () => {
  test('leaves as the bytes that were stored with it, by its own envelope, once', async () => {
    const id = await put(invitation());
    expect((await mailOf(id)).state).toBe('queued');
    await drain();
    await drain();
    expect(await mailOf(id)).toMatchObject({
      state: 'sent',
      attempts: 1,
      dueAt: null,
      settledAt: new Date('2027-06-01T00:00:00Z'),
    });
    expect(server.taken.map(({ from, to }) => [from, to])).toEqual([
      ['bounce+k7q2m4xt.0@visits.example.org', 'taro@example.org'],
    ]);
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
    expect(await codeOf(put(notice({ to: { name: '', address: 'a@example.org, b@example.org' } })))).toBe(
      'mail.not-sendable',
    );
    expect((await queries.list()).total).toBe(0);
  });

  test('tells staff what it looks like to its reader', async () => {
    const { mail, message } = (await queries.one(await put(invitation())))!;
    expect(mail).toMatchObject({
      personId: 'kaku-taro',
      releaseId: 'release-1',
      calendarMethod: 'REQUEST',
      occasion: 'real',
    });
    expect(message).toMatchObject({
      subject: '【ご出席のお願い】現地視察 7月9日(金)',
      to: '架空 太郎 <taro@example.org>',
    });
    expect(message.calendars[0]!.content.toString()).toContain('METHOD:REQUEST');
  });

  test('can be looked at before, and nothing is stored by that', async () => {
    const preview = await outbox.preview(invitation());
    expect([preview.state, preview.message.raw.equals(await compose(invitation()))]).toEqual(['queued', true]);
    expect((await queries.list()).total).toBe(0);
  });
});

describe('staff', () => {
  test('pause everything and resume it', async () => {
    await house.get(MailPolicy).set({ paused: true }, actor);
    const id = await put(invitation());
    await drain();
    expect([server.attempts, (await mailOf(id)).state]).toEqual([[], 'queued']);
    await house.get(MailPolicy).set({ paused: false }, actor);
    await drain();
    expect((await mailOf(id)).state).toBe('sent');
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
    const waiting = await house.database.query(
      `select distinct attempts, first_tried_at from mail where state = 'queued'`,
    );
    expect(waiting).toEqual([{ attempts: 0, first_tried_at: null }]);
  });

  test('send again what failed, unless something newer about the same matter exists', async () => {
    server.treat = (_, attempt) => (attempt === 1 ? { at: 'RCPT', code: 550 } : 'take');
    const [old, newer, other] = [
      await put(another('a')),
      await put(another('a', { revision: 1 })),
      await put(another('b')),
    ];
    await drain();
    expect(await codeOf(outbox.retry([old], actor))).toBe('mail.newer-one-exists');
    expect(await codeOf(outbox.retry([other, newer], actor))).toBe('mail.not-failed');
    expect((await mailOf(other)).state).toBe('failed');
    await outbox.retry([other], actor);
    await drain();
    expect((await mailOf(other)).state).toBe('sent');
  });

  test('send a notice again of which it is not known whether it arrived', async () => {
    server.treat = (_, attempt) => (attempt === 1 ? 'cut in the message' : 'take');
    const id = await put(notice());
    await drain();
    await outbox.retry([id], actor);
    await drain();
    expect((await mailOf(id)).state).toBe('sent');
  });

  test('withdraw what has not left, all of the named or none', async () => {
    const sent = await put(another('a'));
    await drain();
    const waiting = await put(another('b'));
    expect(await codeOf(outbox.withdraw([sent, waiting], actor))).toBe('mail.not-waiting');
    expect(await codeOf(outbox.withdraw([waiting, '00000000-0000-4000-8000-000000000000'], actor))).toBe(
      'mail.unknown',
    );
    await outbox.withdraw([waiting], actor);
    await drain();
    expect([(await mailOf(waiting)).state, server.subjects()]).toEqual(['withdrawn', ['a']]);
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
    const names = async (filter: Parameters<OutboxQueries['list']>[0]) =>
      (await queries.list(filter)).mails.map((mail) => mail.toName);
    expect(await names({ releaseId: 'first' })).toEqual(['b1', 'a2', 'a1']);
    expect(await names({ states: ['failed'] })).toEqual(['b1']);
    expect(await names({ states: ['queued', 'retry'] })).toEqual([]);
    expect(await names({ personId: 'a2' })).toEqual(['a2']);
    expect(await names({ size: 3 })).toEqual(['a3', 'b1', 'a2']);
    expect(await names({ size: 3, page: 2 })).toEqual(['a1']);
    expect((await queries.list({ size: 3, page: 2 })).total).toBe(4);
    expect(await queries.counts({ releaseId: 'first' })).toEqual({
      queued: 0,
      held: 0,
      sending: 0,
      sent: 2,
      retry: 0,
      uncertain: 0,
      failed: 1,
      withdrawn: 0,
      'kept-back': 0,
    });
  });
});

describe('sending again to only those who failed', () => {
  const refusing = ['a@one.example.org', 'b@one.example.org', 'c@two.example.org', 'd@two.example.org'];
  const putTo = (address: string, changes = {}) =>
    put(another(address.replace('@', '.'), { to: { name: '架空', address }, ...changes }));

  beforeEach(async () => {
    server.treat = (to, attempt) =>
      refusing.includes(to) && attempt === 1 ? { at: 'RCPT', code: 552, reply: `no ${to}` } : 'take';
  });
  const sentTo = () => server.taken.map(({ to }) => to).sort();

  test('reaches all of them, and nobody whom the first mail had reached', async () => {
    for (const address of [...refusing, 'x@one.example.org']) await putTo(address);
    await drain();
    expect([sentTo(), (await queries.counts()).failed]).toEqual([['x@one.example.org'], 4]);
    await allow();
    expect(await outbox.retryFailed({}, actor)).toBe(4);
    await drain();
    expect(sentTo()).toEqual([...refusing, 'x@one.example.org']);
    expect(await outbox.retryFailed({}, actor)).toBe(0);
  });

  test('of one release, or of one domain, leaves the others', async () => {
    for (const address of refusing) await putTo(address, { releaseId: /^[ac]/.test(address) ? 'first' : 'second' });
    await drain();
    await allow();
    expect(await outbox.retryFailed({ releaseId: 'first', destination: 'two.example.org' }, actor)).toBe(1);
    await drain();
    expect(sentTo()).toEqual(['c@two.example.org']);
    expect(await outbox.retryFailed({ releaseId: 'second' }, actor)).toBe(2);
    await drain();
    expect(sentTo()).toEqual(['b@one.example.org', 'c@two.example.org', 'd@two.example.org']);
    expect(await outbox.retryFailed({ destination: 'two.example.org' }, actor)).toBe(0);
    expect(await outbox.retryFailed({ destination: 'one.example.org' }, actor)).toBe(1);
  });

  test('leaves what a newer mail has overtaken, and what is over', async () => {
    await putTo('a@one.example.org');
    await putTo('b@one.example.org', { notAfter: house.clock.now().plus({ hours: 1 }) });
    await drain();
    await allow();
    await putTo('a@one.example.org', { revision: 1 });
    later(61);
    expect(await outbox.retryFailed({}, actor)).toBe(0);
    await drain();
    expect(server.taken).toHaveLength(1);
  });

  /** What stopped a domain is not what is looked at here */
  const allow = () => house.database.query('truncate mail_destination');
});

describe('a newer message', () => {
  test('takes the place of older ones that have not left, and tells which they were', async () => {
    server.treat = () => ({ at: 'RCPT', code: 451 });
    const tried = await put(another('a'));
    await drain();
    const waiting = await put(another('a', { revision: 1 }));
    const other = await put(another('b'));
    const gone = await house.database.transaction((tx) => outbox.withdrawWaiting(tx, 'a'));
    expect(gone).toEqual([
      { id: tried, revision: 0 },
      { id: waiting, revision: 1 },
    ]);
    expect((await mailOf(other)).state).toBe('queued');
  });

  test('leaves alone what is being handed over', async () => {
    const gone: unknown[] = [];
    server.treat = async (): Promise<Treatment> => {
      gone.push(...(await house.database.transaction((tx) => outbox.withdrawWaiting(tx, 'a'))));
      return 'take';
    };
    const first = await put(another('a'));
    const second = await put(another('a', { revision: 1 }));
    await drain();
    expect(gone).toEqual([{ id: second, revision: 1 }]);
    expect([(await mailOf(first)).state, server.taken.length]).toEqual(['sent', 1]);
  });

  test('leaves alone what may have arrived', async () => {
    server.treat = () => 'take and cut';
    const uncertain = await put(another('a'));
    await drain();
    expect(await house.database.transaction((tx) => outbox.withdrawWaiting(tx, 'a'))).toEqual([]);
    expect((await mailOf(uncertain)).state).toBe('uncertain');
  });
});
