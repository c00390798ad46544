import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { FixedClock } from '../../src/clock/clock.service.ts';
import { hashOf } from '../../src/links/link.ts';
import { Links } from '../../src/links/links.service.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

const clock = new FixedClock('2027-06-01T00:00:00Z');
const expiresAt = DateTime.fromISO('2027-07-01T00:00:00Z', { zone: 'utc' });
let fresh: FreshDatabase;
let tx: EntityManager;
let links: Links;

beforeAll(async () => {
  fresh = await freshDatabase();
  tx = fresh.dataSource.manager;
  links = new Links(clock);
});
beforeEach(() => clock.set('2027-06-01T00:00:00Z'));
afterAll(() => fresh.drop());

describe('a link', () => {
  test('opens any number of times what it was issued for, and opening it leaves the table as it was', async () => {
    const token = await links.issue(tx, { purpose: 'office', subject: 'office/aimec', expiresAt });
    const before = await tx.query('select * from link order by id');
    for (let n = 0; n < 100; n++) expect((await links.open(tx, 'office', token))?.subject).toBe('office/aimec');
    expect(await tx.query('select * from link order by id')).toEqual(before);
  });

  test('has at least 128 random bits, of which only the SHA-256 is stored', async () => {
    const token = await links.issue(tx, { purpose: 'office', subject: 'office/hidden', expiresAt });
    expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
    const [row] = await tx.query(`select * from link where subject = 'office/hidden'`);
    expect(row.hash).toEqual(hashOf(token));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('does not open for another purpose', async () => {
    const token = await links.issue(tx, { purpose: 'participant', subject: 'invitation/1', expiresAt });
    expect(await links.open(tx, 'office', token)).toBeUndefined();
    expect(await links.open(tx, 'sign-in', token)).toBeUndefined();
  });

  test('opens until it expires and not from then on; that it was a link is still known', async () => {
    const token = await links.issue(tx, { purpose: 'office', subject: 'office/late', expiresAt });
    clock.set('2027-06-30T23:59:59Z');
    expect((await links.open(tx, 'office', token))?.subject).toBe('office/late');
    clock.set('2027-07-01T00:00:00Z');
    expect(await links.open(tx, 'office', token)).toBeUndefined();
    expect(await links.known(tx, 'office', token)).toMatchObject({ subject: 'office/late', expired: true });
  });

  test.each(['', 'x', 'A'.repeat(27), 'A'.repeat(100_000), '見本', "' or true --"])(
    'with a token nobody issued (%#) is nothing',
    async (token) => {
      expect(await links.open(tx, 'office', token)).toBeUndefined();
      expect(await links.known(tx, 'office', token)).toBeUndefined();
    },
  );

  test('that was revoked looks exactly like one that never was', async () => {
    const token = await links.issue(tx, { purpose: 'office', subject: 'office/gone', expiresAt });
    const { id } = (await links.open(tx, 'office', token))!;
    await links.revoke(tx, { id });
    expect(await links.open(tx, 'office', token)).toEqual(await links.open(tx, 'office', 'never-issued'));
    expect(await links.known(tx, 'office', token)).toEqual(await links.known(tx, 'office', 'never-issued'));
    await links.revoke(tx, { id });
  });

  test('goes with all links of its subject, and no others go', async () => {
    const gone = await links.issue(tx, { purpose: 'office', subject: 'office/a', expiresAt });
    const alsoGone = await links.issue(tx, { purpose: 'office', subject: 'office/a', expiresAt });
    const other = await links.issue(tx, { purpose: 'office', subject: 'office/b', expiresAt });
    const otherPurpose = await links.issue(tx, { purpose: 'participant', subject: 'office/a', expiresAt });
    await links.revoke(tx, { purpose: 'office', subject: 'office/a' });
    expect(await Promise.all([gone, alsoGone, other].map((token) => links.open(tx, 'office', token)))).toEqual([
      undefined,
      undefined,
      expect.objectContaining({ subject: 'office/b' }),
    ]);
    expect(await links.open(tx, 'participant', otherPurpose)).toBeDefined();
  });

  test('that works once works for one of ten who try at the same time', async () => {
    const token = await links.issue(tx, { purpose: 'sign-in', subject: 'staff/1', expiresAt });
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => fresh.dataSource.transaction((own) => links.consume(own, 'sign-in', token))),
    );
    expect(tries.filter((open) => open !== undefined)).toHaveLength(1);
    expect(await links.consume(tx, 'sign-in', token)).toBeUndefined();
  });
});
