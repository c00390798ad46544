import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import { Trail } from '../../src/audit/audit.service.ts';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { AvailabilityImport } from '../../src/availability/availability-import.service.ts';
import { AvailabilityQueries } from '../../src/availability/availability.queries.ts';
import { Availability } from '../../src/availability/availability.service.ts';
import type { Span } from '../../src/availability/half-days.ts';
import { FixedClock } from '../../src/clock/clock.service.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { RosterImport } from '../../src/roster/roster-import.service.ts';
import { RosterStore } from '../../src/roster/roster-store.service.ts';
import { RosterWriter } from '../../src/roster/roster-writer.service.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { csv, sampleFile, sampleRoster } from '../roster/sample-files.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

const hanako: Actor = { kind: 'staff', id: 's1', name: '見本 一子' };
const clock = new FixedClock('2026-11-21T00:00:00Z');
let fresh: FreshDatabase;
let availability: Availability;
let imports: AvailabilityImport;
let queries: AvailabilityQueries;
let trail: TrailQueries;

beforeAll(async () => {
  fresh = await freshDatabase();
  const { dataSource } = fresh;
  const store = new RosterStore();
  trail = new TrailQueries(dataSource);
  await new RosterImport(dataSource, store, new RosterWriter(store, new Trail(clock), clock)).apply(
    sampleRoster(),
    hanako,
  );
  availability = new Availability(dataSource, new Trail(clock), clock);
  imports = new AvailabilityImport(dataSource, new RosterQueries(dataSource, store, trail), availability);
  queries = new AvailabilityQueries(dataSource);
});
afterAll(() => fresh.drop());

const span = (from: string, to: string, more: Partial<Span> = {}): Span => ({
  from: date(from),
  to: date(to),
  half: 'all',
  state: 'o',
  comment: '',
  ...more,
});
const days = ['2027-06-01', '2027-06-02', '2027-06-03'].map(date);
const letters = async (id: string) => (await queries.availabilityLetters([id], days)).get(id);

describe('what people can', () => {
  test('is nothing before they have said it', async () => {
    expect(await queries.availabilityLetters(['kaku-taro', 'mihon-hanako'], days)).toEqual(
      new Map([
        ['kaku-taro', '------'],
        ['mihon-hanako', '------'],
      ]),
    );
    expect(await queries.unanswered(['kaku-taro', 'mihon-hanako'], days)).toEqual(['kaku-taro', 'mihon-hanako']);
    expect(await queries.availabilityLetters([], days)).toEqual(new Map());
    expect((await queries.availabilityLetters(['kaku-taro'], [])).get('kaku-taro')).toBe('');
  });

  test('is what they said last; the rest stays, and the trail says what it replaced', async () => {
    const first = await availability.say('kaku-taro', [span('2027-06-01', '2027-06-02')], 'staff', hanako);
    expect(first).toEqual({ added: 4, changed: 0, unchanged: 0 });
    const then = await availability.say(
      'kaku-taro',
      [
        span('2027-06-02', '2027-06-02', { half: 'pm', state: 't', comment: '15時まで' }),
        span('2027-06-01', '2027-06-01'),
      ],
      'telephone',
      hanako,
    );
    expect(then).toEqual({ added: 0, changed: 1, unchanged: 2 });
    expect(await letters('kaku-taro')).toBe('ooot--');
    expect(await queries.ofPerson('kaku-taro', days[0]!, days[2]!)).toEqual([
      ...['am', 'pm'].map((half) => ({
        day: days[0],
        half,
        state: 'o',
        comment: '',
        channel: 'staff',
        recordedBy: '見本 一子',
        recordedAt: clock.now().toJSDate(),
      })),
      {
        day: days[1],
        half: 'am',
        state: 'o',
        comment: '',
        channel: 'staff',
        recordedBy: '見本 一子',
        recordedAt: clock.now().toJSDate(),
      },
      {
        day: days[1],
        half: 'pm',
        state: 't',
        comment: '15時まで',
        channel: 'telephone',
        recordedBy: '見本 一子',
        recordedAt: clock.now().toJSDate(),
      },
    ]);
    const [entry] = (await trail.page({ subject: 'availability/kaku-taro' })).entries;
    expect(entry).toMatchObject({
      verb: 'availability.say',
      before: [{ from: '2027-06-02', to: '2027-06-02', half: 'pm', state: 'o' }],
      after: [{ from: '2027-06-02', to: '2027-06-02', half: 'pm', state: 't', comment: '15時まで' }],
    });
  });

  test('is shown as a grid, and counted', async () => {
    const [taro, hana] = await queries.grid(['kaku-taro', 'mihon-hanako'], days);
    expect(taro!.cells.map((cell) => cell?.state ?? null)).toEqual(['o', 'o', 'o', 't', null, null]);
    expect(hana!.cells).toEqual([null, null, null, null, null, null]);
    expect(await queries.answered(['kaku-taro', 'mihon-hanako'], days)).toEqual([
      { personId: 'kaku-taro', answered: 4, asked: 6 },
      { personId: 'mihon-hanako', answered: 0, asked: 6 },
    ]);
  });

  test('can be taken back', async () => {
    expect(
      await availability.unsay('kaku-taro', { from: date('2027-06-01'), to: date('2027-06-03'), half: 'am' }, hanako),
    ).toBe(2);
    expect(await letters('kaku-taro')).toBe('-o-t--');
    expect(await availability.unsay('mihon-hanako', { from: days[0]!, to: days[2]!, half: 'all' }, hanako)).toBe(0);
  });

  test('is refused of somebody unknown, and for days that cannot be', async () => {
    await expect(availability.say('nobody', [span('2027-06-01', '2027-06-01')], 'staff', hanako)).rejects.toThrow(
      /availability.unknown-person/,
    );
    await expect(availability.say('kaku-taro', [span('2027-06-02', '2027-06-01')], 'staff', hanako)).rejects.toThrow(
      /availability.span-not-usable/,
    );
  });

  test('is guarded by the table itself', async () => {
    const insert = (half: string, state: string) =>
      fresh.dataSource.query(
        `insert into availability (person_id, day, half, state, channel, recorded_by, recorded_at) values ('kaku-taro', '2030-01-01', $1, $2, 'staff', 'x', now())`,
        [half, state],
      );
    await expect(insert('am', '?')).rejects.toThrow(/a_half_day_is_free_possible_or_taken/);
    await expect(insert('noon', 'o')).rejects.toThrow(/a_half_day_is_a_morning_or_an_afternoon/);
    await insert('am', 'o');
    await expect(insert('am', 'x')).rejects.toThrow(/availability_pkey/);
  });

  test('written by two at once is one of the two', async () => {
    const whole = (state: 'o' | 'x') =>
      availability.say('mihon-haruko', [span('2027-06-01', '2027-09-30', { state })], 'staff', hanako);
    await Promise.all([whole('o'), whole('x')]);
    expect(['oooooo', 'xxxxxx']).toContain(await letters('mihon-haruko'));
  });
});

describe('a file of answers', () => {
  const file = csv('answers.csv', 'person,date,state\nmihon-hanako,2027-06-01,○\nnobody,2027-06-01,○\n');

  test('with a fault writes nothing, unless the faulty lines are skipped', async () => {
    await expect(imports.apply(file, hanako)).rejects.toThrow(/answers.csv, line 3, Person “nobody”/);
    expect(await letters('mihon-hanako')).toBe('------');
    expect((await imports.preview(file)).faults).toHaveLength(1);
    expect(await imports.apply(file, hanako, { skipFaulty: true })).toMatchObject({ people: 1, added: 2, changed: 0 });
    expect(await letters('mihon-hanako')).toBe('oo----');
  });

  test('of the sample year is read once, and a second time changes nothing', async () => {
    const sample = sampleFile('availability.csv');
    const first = await imports.apply(sample, hanako);
    expect(first.added).toBeGreaterThan(30_000);
    const again = await imports.apply(sample, hanako);
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: first.added + first.changed + first.unchanged });
  });
});
