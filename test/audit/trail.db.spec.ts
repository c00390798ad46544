import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemActor, type Actor } from '../../src/audit/actor.ts';
import { Trail } from '../../src/audit/audit.service.ts';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { FixedClock } from '../../src/clock/clock.service.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

const hanako: Actor = { kind: 'staff', id: 'b7e1', name: '見本 花子' };
const clock = new FixedClock('2027-04-01T00:00:00Z');
let fresh: FreshDatabase;
let trail: Trail;
let queries: TrailQueries;

beforeAll(async () => {
  fresh = await freshDatabase();
  trail = new Trail(clock);
  queries = new TrailQueries(fresh.dataSource);
  await fresh.dataSource.transaction(async (tx) => {
    await trail.record(tx, {
      actor: hanako,
      verb: 'meetings.move',
      subject: 'meeting/1',
      before: { day: '2027-07-08' },
      after: { day: '2027-07-09' },
    });
    await trail.record(tx, {
      actor: systemActor('reminders'),
      verb: 'reminders.remind',
      subject: 'meeting/2',
      after: ['a', 'b'],
    });
  });
  clock.set('2027-04-02T00:00:00Z');
  await fresh.dataSource.transaction((tx) =>
    trail.record(tx, { actor: hanako, verb: 'meetings.cancel', subject: 'meeting/1' }),
  );
});
afterAll(() => fresh.drop());

describe('the trail', () => {
  test('says who did what to what and when, before and after, newest first', async () => {
    const { entries } = await queries.page({ subject: 'meeting/1' });
    expect(entries.map((entry) => entry.verb)).toEqual(['meetings.cancel', 'meetings.move']);
    expect(entries[1]).toEqual({
      number: entries[1]!.number,
      at: new Date('2027-04-01T00:00:00Z'),
      actor: hanako,
      verb: 'meetings.move',
      subject: 'meeting/1',
      before: { day: '2027-07-08' },
      after: { day: '2027-07-09' },
    });
  });

  test('keeps lists as lists, and an actor without an id without one', async () => {
    const { entries } = await queries.page({ subject: 'meeting/2' });
    expect(entries.map(({ actor, before, after }) => ({ actor, before, after }))).toEqual([
      { actor: { kind: 'system', name: 'reminders' }, before: null, after: ['a', 'b'] },
    ]);
  });

  test('is read by time: from an instant on, and before one', async () => {
    const day = { from: new Date('2027-04-01T00:00:00Z'), until: new Date('2027-04-02T00:00:00Z') };
    expect((await queries.page(day)).entries.map((entry) => entry.subject)).toEqual(['meeting/2', 'meeting/1']);
    expect((await queries.page({ from: day.until })).entries.map((entry) => entry.verb)).toEqual(['meetings.cancel']);
    expect((await queries.page({ until: day.from })).entries).toEqual([]);
  });

  test('is read page by page to its end, each entry once', async () => {
    const first = await queries.page({ size: 2 });
    const second = await queries.page({ size: 2, before: first.older! });
    expect([first.entries.length, second.entries.length, second.older]).toEqual([2, 1, undefined]);
    expect(new Set([...first.entries, ...second.entries].map((entry) => entry.number)).size).toBe(3);
  });

  test.each([
    ['changed', `update trail set verb = 'nothing'`],
    ['deleted', `delete from trail`],
    ['emptied', `truncate trail`],
  ])('cannot be %s', async (_, statement) => {
    await expect(fresh.dataSource.query(statement)).rejects.toThrow('the trail is only added to');
    expect((await queries.page()).entries).toHaveLength(3);
  });

  test('has no entry of a deed that was rolled back', async () => {
    const failing = fresh.dataSource.transaction(async (tx) => {
      await trail.record(tx, { actor: hanako, verb: 'meetings.move', subject: 'meeting/3' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await queries.page({ subject: 'meeting/3' })).entries).toEqual([]);
  });
});
