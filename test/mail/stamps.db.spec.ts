import { describe, expect, test } from '@jest/globals';
import { Claims } from '../../src/mail/claims.service.ts';
import { MailPolicy } from '../../src/mail/mail-policy.service.ts';
import { stampedAt, type OutgoingMail } from '../../src/mail/message.ts';
import { compose } from '../../src/mail/mime.ts';
import { readMessage } from '../../src/mail/reading.ts';
import { actor, another, drain, house, later, mailOf, outbox, put, queries, server, useHouse } from './house.ts';
import { calendar, instant, invitation } from './sample.ts';

useHouse();

/** An update of the text only, for somebody who has answered: it keeps the SEQUENCE. */
const update: OutgoingMail = invitation({
  revision: 1,
  messageId: '<inv-1.1@visits.example.org>',
  calendar: { method: 'REQUEST', content: calendar().replace(/^(DTSTAMP)(:.*)\r$/m, '$1$2\r\nLAST-MODIFIED$2\r') },
  stampedWhenSent: true,
});
const bytesAsOf = (iso: string): Promise<Buffer> => compose(stampedAt(update, instant(iso)));
const stampsIn = async (raw: Buffer): Promise<string[]> =>
  (await readMessage(raw)).calendars.flatMap(({ content }) =>
    content.toString().match(/^(DTSTAMP|LAST-M).*(?=\r$)/gm)!,
  );

describe('C3: an update that keeps its SEQUENCE', () => {
  test('that waited is stamped with the time at which it leaves: later than what its reader answered meanwhile', async () => {
    const id = await put(update);
    await outbox.hold([id], actor);
    later(90);
    await outbox.approve([id], actor);
    await drain();
    const { raw } = server.taken[0]!;
    const stamps = ['DTSTAMP:20270601T013000Z', 'LAST-MODIFIED:20270601T013000Z'];
    expect(await stampsIn(raw)).toEqual([...stamps, ...stamps]);
    expect(raw.equals(await bytesAsOf('2027-06-01T01:30:00Z'))).toBe(true);
    expect(raw.toString()).toContain('Date: Tue, 01 Jun 2027 01:30:00 +0000');
    expect((await queries.one(id))!.message.raw.equals(raw)).toBe(true);
  });

  test('is stamped once: every further attempt sends the bytes of the first (D1)', async () => {
    server.treat = (_, attempt) => (attempt === 1 ? 'take and cut' : 'take');
    const id = await put(update);
    later(5);
    await drain();
    later(5);
    await drain();
    expect((await mailOf(id)).state).toBe('sent');
    const first = await bytesAsOf('2027-06-01T00:05:00Z');
    expect(server.taken.map(({ raw }) => raw.equals(first))).toEqual([true, true]);
  });

  test('whose sender died before it handed anything over is stamped when it leaves after all', async () => {
    const id = await put(update);
    await house.database.query(`update mail set state = 'sending', worker = 1, attempts = 1, first_tried_at = now()`);
    await drain();
    expect((await mailOf(id)).state).toBe('uncertain');
    later(10);
    await drain();
    expect(server.taken.map(({ raw }) => raw)).toEqual([await bytesAsOf('2027-06-01T00:10:00Z')]);
  });

  test('is not handed over by one whom others thought dead while it was being stamped', async () => {
    await put(update);
    const claims = house.get(Claims);
    const [mail] = await claims.claim();
    expect(await claims.stamp({ ...mail!, worker: mail!.worker - 1 })).toBeUndefined();
    expect(await claims.stamp(mail!)).toEqual(await bytesAsOf('2027-06-01T00:00:00Z'));
    await claims.release();
  });

  test('says that it is a rehearsal where it was put in one', async () => {
    await house.get(MailPolicy).set({ rehearsal: true, rehearsalAddresses: ['taro@example.org'] }, actor);
    await put(update);
    later(5);
    await drain();
    const { subject, text } = await readMessage(server.taken[0]!.raw);
    expect([subject, text]).toEqual([expect.stringMatching(/^【試行】/), expect.stringMatching(/^これは試行/)]);
  });
});

test('A mail with a SEQUENCE of its own keeps the stamp of its release, however long it waited', async () => {
  const mail = another('a');
  await put(mail);
  later(90);
  await drain();
  expect(server.taken[0]!.raw.equals(await compose(mail))).toBe(true);
});
