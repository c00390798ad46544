import { describe, expect, test } from '@jest/globals';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { compose } from '../../src/mail/mime.ts';
import { actor, another, codeOf, drain, house, mailOf, put, queries, server, statesOf, useHouse } from './house.ts';
import { invitation, notice } from './sample.ts';

useHouse();

describe('rehearsal', () => {
  const rehearse = (...rehearsalAddresses: string[]) =>
    house.get(MailPolicy).set({ rehearsal: true, rehearsalAddresses }, actor);

  test('lets marked mail out to listed addresses and keeps everything else back', async () => {
    await rehearse('Hanako@example.org', '@test.example.org');
    const names = ['hanako@example.org', 'x@test.example.org', 'taro@example.org', 'x@sub.test.example.org'];
    const ids = [];
    for (const address of names)
      ids.push(await put(another(address.replace('@', '.'), { to: { name: '架空', address } })));
    expect(await statesOf(ids)).toEqual(['queued', 'queued', 'kept-back', 'kept-back']);
    await drain();
    expect(server.taken.map(({ to }) => to).sort()).toEqual(names.slice(0, 2));
    expect(await statesOf(ids)).toEqual(['sent', 'sent', 'kept-back', 'kept-back']);
    const marked = (await queries.one(ids[0]!))!.message;
    expect(marked.subject).toMatch(/^【試行】/);
    expect(marked.text).toMatch(/^これは試行（リハーサル）のメールです。/);
    expect((await queries.one(ids[2]!))!.message.subject).toMatch(/^【試行】/);
  });

  test('that begins while a mail waits holds it, listed or not as the list says then', async () => {
    const ids = [await put(another('taro')), await put(another('hanako'))];
    await rehearse('hanako@example.org');
    await drain();
    expect(await statesOf(ids)).toEqual(['kept-back', 'sent']);
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
    expect((await mailOf(keptBack)).state).toBe('kept-back');
    expect(server.taken.map(({ to }) => to).sort()).toEqual([
      'jiro@example.org',
      'taro@example.org',
      'taro@example.org',
    ]);
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
    expect(await house.get(MailPolicy).get()).toEqual({
      rehearsal: true,
      rehearsalAddresses: ['taro@example.org'],
      paused: false,
      stopped: [],
    });
    const { entries } = await house.get(TrailQueries).page({ subject: 'mail-policy', size: 1 });
    expect(entries[0]).toMatchObject({
      actor,
      verb: 'mail.set-policy',
      before: { rehearsal: false },
      after: { rehearsal: true },
    });
  });
});
