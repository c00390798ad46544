import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Actor } from '../../src/audit/actor.ts';
import { Trail } from '../../src/audit/audit.service.ts';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { Clock, FixedClock } from '../../src/clock/clock.service.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { Centres } from '../../src/roster/centres.service.ts';
import { Conflicts } from '../../src/roster/conflicts.service.ts';
import { Institutions } from '../../src/roster/institutions.service.ts';
import { Offices } from '../../src/roster/offices.service.ts';
import { People } from '../../src/roster/people.service.ts';
import { Posts } from '../../src/roster/posts.service.ts';
import { RosterImport } from '../../src/roster/roster-import.service.ts';
import { RosterModule } from '../../src/roster/roster.module.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { holderOn, type Person, type Roster } from '../../src/roster/roster.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { csv, rosterOf, sampleRoster } from './sample-files.ts';

const hanako: Actor = { kind: 'staff', id: 's1', name: '見本 一子' };
const clock = new FixedClock('2026-11-21T00:00:00Z');

interface Rooms {
  readonly people: People;
  readonly posts: Posts;
  readonly centres: Centres;
  readonly institutions: Institutions;
  readonly offices: Offices;
  readonly conflicts: Conflicts;
  readonly imports: RosterImport;
  readonly queries: RosterQueries;
  readonly trail: TrailQueries;
}

/** Wired by Nest as in the house, with a clock that stands still */
async function roomsIn({ dataSource }: FreshDatabase): Promise<Rooms> {
  const machinery = [
    { provide: getDataSourceToken(), useValue: dataSource },
    { provide: Trail, useValue: new Trail(clock) },
    { provide: TrailQueries, useValue: new TrailQueries(dataSource) },
    { provide: Clock, useValue: clock },
  ];
  class Machinery {}
  const house = await Test.createTestingModule({
    imports: [{ module: Machinery, global: true, providers: machinery, exports: machinery }, RosterModule],
  }).compile();
  return {
    posts: house.get(Posts),
    trail: house.get(TrailQueries),
    people: house.get(People),
    centres: house.get(Centres),
    institutions: house.get(Institutions),
    offices: house.get(Offices),
    conflicts: house.get(Conflicts),
    imports: house.get(RosterImport),
    queries: house.get(RosterQueries),
  };
}

/** The sentence of the refusal, in English */
async function refused(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).text.ja).not.toMatch(/[{}]/);
  return (error as Refusal).text.en;
}

const person = (name: string, more: Partial<Person> = {}): Omit<Person, 'id'> => ({
  name: { ja: `架空 ${name}`, en: `${name} KAKU` },
  kana: 'かくう',
  honorific: { ja: '先生', en: 'Prof.' },
  aliases: [],
  language: 'ja',
  zone: 'Asia/Tokyo',
  telephone: '',
  addresses: [],
  fields: {},
  dutiesAccepted: 1,
  employer: null,
  overseas: false,
  ...more,
});

let fresh: FreshDatabase;
let rooms: Rooms;
beforeAll(async () => {
  fresh = await freshDatabase();
  rooms = await roomsIn(fresh);
  await rooms.imports.apply(sampleRoster(), hanako);
});
afterAll(() => fresh.drop());
const whole = (): Promise<Roster> => rooms.queries.wholeRoster();

describe('the sample roster in the database', () => {
  test('is the one in the files, thing by thing', async () => {
    const files = rosterOf(sampleRoster());
    const read = await whole();
    const sorted = <T extends { id: string }>(things: readonly T[]) =>
      [...things].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const part of Object.keys(files) as (keyof Roster)[])
      expect(sorted<{ id: string }>(read[part])).toEqual(sorted<{ id: string }>(files[part]));
  });

  test('goes out and comes back unchanged, byte for byte', async () => {
    const out = await rooms.imports.export();
    expect(out.map((file) => file.name)).toEqual([
      'institutions.csv',
      'centres.csv',
      'people.csv',
      'offices.csv',
      'posts.csv',
      'terms.csv',
      'conflicts.csv',
    ]);
    expect(Array.from(out[0]!.bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const seen = await rooms.imports.preview(out);
    expect(seen.counts).toEqual({ added: 0, changed: 0, fault: 0, unchanged: seen.rows.length });
    const before = (await rooms.trail.page({ size: 1 })).entries[0]!.number;
    await rooms.imports.apply(out, hanako);
    expect((await rooms.trail.page({ size: 1 })).entries[0]!.number).toBe(before);
    expect(await rooms.imports.export()).toEqual(out);
  });
});

describe('people', () => {
  test('are added, corrected and ended, with what was done in the trail', async () => {
    const id = await rooms.people.add(person('Hajime', { addresses: ['a@example.org', 'b@example.org'] }), hanako);
    clock.set('2026-11-22T00:00:00Z');
    await rooms.people.correct(
      id,
      person('Hajime', { addresses: ['c@example.org', 'b@example.org'], telephone: '03-0000-0801' }),
      hanako,
    );
    await rooms.people.end(id, date('2027-03-31'), hanako);
    expect(await rooms.queries.one('person', id)).toMatchObject({
      addresses: ['c@example.org', 'b@example.org'],
      endedOn: '2027-03-31',
    });
    const history = await rooms.queries.history('person', id);
    expect(history.map(({ by, verb }) => [by, verb])).toEqual([
      ['見本 一子', 'roster.end'],
      ['見本 一子', 'roster.correct'],
      ['見本 一子', 'roster.add'],
    ]);
    expect(history[1]!.changes).toEqual([
      { column: 'telephone', before: '', after: '03-0000-0801' },
      { column: 'addresses', before: 'a@example.org; b@example.org', after: 'c@example.org; b@example.org' },
    ]);
  });

  test('are still found by an address that they no longer use, after those who use it now', async () => {
    const [first, second] = [
      await rooms.people.add(person('Ichi', { addresses: ['shared@example.org'] }), hanako),
      await rooms.people.add(person('Ni', { addresses: ['shared@example.org'] }), hanako),
    ];
    await rooms.people.correct(first, person('Ichi', { addresses: ['new@example.org'] }), hanako);
    expect(await rooms.queries.peopleOfAddress('shared@example.org')).toEqual([second, first]);
    expect(await rooms.queries.peopleOfAddress('nobody@example.org')).toEqual([]);
    // and may use it again
    await rooms.people.correct(first, person('Ichi', { addresses: ['shared@example.org', 'new@example.org'] }), hanako);
    expect((await rooms.queries.one('person', first)).addresses).toEqual(['shared@example.org', 'new@example.org']);
  });

  test('need an id that is free and an address that is one', async () => {
    expect(await refused(rooms.people.add({ ...person('Taro'), id: 'kaku-taro' }, hanako))).toBe(
      'There is already a person with the id “kaku-taro”.',
    );
    expect(await refused(rooms.people.add({ ...person('Taro'), id: '__proto__' }, hanako))).toMatch(/cannot be used/);
    expect(
      await refused(rooms.people.add(person('Taro', { addresses: ['a@example.org, b@example.org'] }), hanako)),
    ).toMatch(/^Addresses: .*exactly one address/);
    expect(await refused(rooms.people.add(person('Taro', { employer: 'nowhere' }), hanako))).toBe(
      'Employer: the roster has no institution “nowhere”. Add it first.',
    );
    expect(await refused(rooms.people.correct('nobody', person('Taro'), hanako))).toBe(
      'The roster has no person “nobody”.',
    );
  });

  test('who leave give up their posts on that day, unless one is still to come', async () => {
    const id = await rooms.people.add(person('Saru'), hanako);
    const post = await rooms.posts.add(
      {
        kind: 'programme-officer',
        title: { ja: 'PO', en: 'PO' },
        centre: null,
        institution: null,
        reach: 'own',
        secretaryAddress: null,
        office: null,
        rank: 50,
      },
      hanako,
    );
    await rooms.posts.appoint({ post, person: id, from: date('2026-04-01'), to: date('2026-12-31') }, hanako);
    const later = await rooms.posts.appoint({ post, person: id, from: date('2027-01-01'), to: null }, hanako);
    expect(await refused(rooms.people.end(id, date('2026-11-30'), hanako))).toMatch(
      /^A term begins after Mon 30 November 2026 \(PO: Saru KAKU from Fri 1 January 2027\)/,
    );
    expect(await refused(rooms.posts.withdrawTerm(later, date('2027-01-01'), hanako))).toMatch(/^This term began/);
    await rooms.posts.withdrawTerm(later, date('2026-11-21'), hanako);
    await rooms.people.end(id, date('2026-11-30'), hanako);
    expect((await whole()).terms.filter((term) => term.post === post).map(({ from, to }) => [from, to])).toEqual([
      ['2026-04-01', '2026-11-30'],
    ]);
    expect(
      await refused(rooms.posts.appoint({ post, person: id, from: date('2027-04-01'), to: null }, hanako)),
    ).toMatch(/ended on Mon 30 November 2026/);
  });
});

describe('posts', () => {
  const president = 'host-head-hiroshima-university';

  test('have one holder at a time: the refusal says who and from when to when', async () => {
    expect(
      await refused(
        rooms.posts.appoint(
          { post: president, person: 'kaku-taro', from: date('2028-03-31'), to: date('2028-03-31') },
          hanako,
        ),
      ),
    ).toMatch(
      /^President is held by .+ from Sat 1 April 2023 to Fri 31 March 2028: two people cannot hold one post at one time\.$/,
    );
  });

  test('and the database itself refuses it, whoever writes', async () => {
    const insert = (id: string, from: string, to: string | null) =>
      fresh.dataSource.query(
        `insert into post_term (id, post_id, person_id, from_day, to_day) values ($1, $2, 'kaku-taro', $3, $4)`,
        [id, president, from, to],
      );
    await expect(insert('x', '2032-03-31', null)).rejects.toThrow(/one_holder_of_a_post_at_a_time/);
    await expect(insert('x', '2040-04-02', '2040-04-01')).rejects.toThrow(/a_term_ends_no_sooner_than_it_begins/);
  });

  test('get a successor before the day, in one command: the present holder goes on until the day before', async () => {
    const post = 'executive-for-research-hiroshima-university';
    const before = holderOn(await whole(), post, date('2027-10-01'))!.id;
    await rooms.posts.succeed({ post, person: 'kaku-taro', from: date('2027-10-01'), to: null }, hanako);
    const roster = await whole();
    expect(holderOn(roster, post, date('2027-09-30'))!.id).toBe(before);
    expect(holderOn(roster, post, date('2027-10-01'))!.id).toBe('kaku-taro');
    const views = await rooms.queries.views(date('2027-06-01'));
    expect(views.post(post)).toMatchObject({
      holder: { id: before },
      next: { person: { id: 'kaku-taro' }, when: 'future' },
    });
    expect((await rooms.queries.history('post', post)).slice(0, 2).map((entry) => entry.verb)).toEqual([
      'roster.succeed',
      'roster.succeed',
    ]);
    // a second successor on the same day is refused, and nothing of the attempt stays
    expect(
      await refused(rooms.posts.succeed({ post, person: before, from: date('2027-10-01'), to: null }, hanako)),
    ).toMatch(/no fixed end/);
    expect((await whole()).terms.filter((term) => term.post === post)).toEqual(
      roster.terms.filter((term) => term.post === post),
    );
  });

  test('that were vacant are filled by a successor too', async () => {
    const post = await rooms.posts.add(
      {
        kind: 'programme-officer',
        title: { ja: 'PO', en: 'PO' },
        centre: null,
        institution: null,
        reach: 'own',
        secretaryAddress: null,
        office: null,
        rank: 51,
      },
      hanako,
    );
    await rooms.posts.succeed({ post, person: 'kaku-taro', from: date('2027-04-01'), to: null }, hanako);
    await rooms.posts.end(post, date('2028-03-31'), hanako);
    expect((await whole()).terms.find((term) => term.post === post)).toMatchObject({
      from: '2027-04-01',
      to: '2028-03-31',
    });
    expect(await rooms.queries.one('post', post)).toMatchObject({ endedOn: '2028-03-31' });
  });

  test('of which two staff change one at once end with one holder', async () => {
    const post = 'executive-hiroshima-university';
    const results = await Promise.allSettled(
      ['kaku-taro', 'mihon-hanako'].map((who) =>
        rooms.posts.succeed({ post, person: who, from: date('2027-07-01'), to: null }, hanako),
      ),
    );
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((results.find((result) => result.status === 'rejected') as PromiseRejectedResult).reason).toBeInstanceOf(
      Refusal,
    );
  });

  test('cannot be reached through a secretary without an address: said by the form and by the table', async () => {
    const post = await rooms.queries.one('post', president);
    const { id: _, ...rest } = { ...post, reach: 'secretary' as const, secretaryAddress: null };
    expect(await refused(rooms.posts.correct(president, rest, hanako))).toMatch(/^Secretary's address: /);
    await expect(
      fresh.dataSource.query(`update post set secretary_address = null where id = $1`, [president]),
    ).rejects.toThrow(/a_post_reached_by_a_secretary_has_their_address/);
  });
});

describe('centres, institutions and offices', () => {
  test('a centre changes its hosts and keeps their order', async () => {
    const { id: _, ...aimec } = await rooms.queries.one('centre', 'aimec');
    await rooms.centres.correct('aimec', { ...aimec, hosts: ['jamstec', 'tohoku-university', 'nims'] }, hanako);
    expect((await rooms.queries.one('centre', 'aimec')).hosts).toEqual(['jamstec', 'tohoku-university', 'nims']);
    expect(await refused(rooms.institutions.end('nims', date('2027-03-31'), hanako))).toBe(
      'National Institute for Materials Science (NIMS) hosts AIMEC. Change the hosts of that centre first.',
    );
    await rooms.centres.correct('aimec', aimec, hanako);
    expect((await whole()).centres.find((centre) => centre.id === 'aimec')!.hosts).toEqual([
      'tohoku-university',
      'jamstec',
    ]);
  });

  test('an acronym is of one centre', async () => {
    const { id: _, ...aimec } = await rooms.queries.one('centre', 'aimec');
    expect(await refused(rooms.centres.add(aimec, hanako))).toBe('There is already a centre with the acronym “AIMEC”.');
  });

  test('an office that is the only way to a post does not end before that is changed', async () => {
    expect(await refused(rooms.offices.end('centre-office-skcm2', date('2027-03-31'), hanako))).toBe(
      'SKCM2 Administrative Office is the only way to reach Administrative Director. Change how that post is reached first.',
    );
    await rooms.offices.end('centre-office-icredd', date('2027-03-31'), hanako);
    expect(await rooms.queries.one('office', 'centre-office-icredd')).toMatchObject({ endedOn: '2027-03-31' });
  });

  test('a centre that closes takes its posts, their holders’ terms and its office with it', async () => {
    await rooms.centres.end('itbm', date('2027-03-31'), hanako);
    const roster = await whole();
    const posts = roster.posts.filter((post) => post.centre === 'itbm');
    expect(posts.map((post) => post.endedOn)).toEqual(['2027-03-31', '2027-03-31']);
    expect(posts.map((post) => holderOn(roster, post.id, date('2027-04-01')))).toEqual([undefined, undefined]);
    expect(roster.centres.find((centre) => centre.id === 'itbm')).toMatchObject({ endedOn: '2027-03-31' });
  });

  test('a host that no centre has any more may end', async () => {
    await rooms.institutions.end('riken', date('2027-03-31'), hanako);
    expect(await rooms.queries.one('institution', 'riken')).toMatchObject({ endedOn: '2027-03-31' });
  });
});

describe('conflicts of interest', () => {
  test('are added, ended and, where entered by mistake, withdrawn', async () => {
    const id = await rooms.conflicts.add(
      {
        person: 'kaku-taro',
        centre: 'qup',
        institution: null,
        kind: 'declared',
        from: date('2026-04-01'),
        to: null,
        note: '',
      },
      hanako,
    );
    expect(await refused(rooms.conflicts.end(id, date('2026-03-31'), hanako))).toMatch(/is before the first/);
    await rooms.conflicts.end(id, date('2027-03-31'), hanako);
    const views = await rooms.queries.views(date('2027-04-01'));
    expect(views.person('kaku-taro')!.conflicts.map(({ with: of, when }) => [of.en, when])).toEqual([['QUP', 'past']]);
    await rooms.conflicts.withdraw(id, hanako);
    expect(await refused(rooms.queries.one('conflict', id))).toMatch(/no conflict of interest/);
    expect((await rooms.trail.page({ subject: `conflict/${id}` })).entries.map((entry) => entry.verb)).toEqual([
      'roster.withdraw',
      'roster.end',
      'roster.add',
    ]);
  });
});

describe('lists', () => {
  test('find people by any spelling, by address, by post and by centre', async () => {
    const views = await rooms.queries.views(date('2027-06-01'));
    const found = (filter: Parameters<typeof views.people>[0]) => views.people(filter).map((view) => view.person.id);
    expect(found({ search: '高架' })).toEqual(['takaka-tamaki']);
    expect(found({ search: '模浜' })).toEqual(['mohama-minoru']);
    expect(found({ search: 'minoru mohama' })).toEqual(['mohama-minoru']);
    expect(found({ search: 'もはま' })).toEqual(['mohama-minoru']);
    expect(found({ search: 'taro.kaku@pd' })).toEqual(['kaku-taro']);
    expect(found({ search: 'nobody at all' })).toEqual([]);
    expect(found({ kind: 'programme-director' })).toEqual(['kaku-taro']);
    expect(found({ centre: 'qup' })).toHaveLength(3);
    expect(found({ centre: 'qup', kind: 'centre-director' })).toHaveLength(2);
    expect(found({}).length).toBeGreaterThan(150);
  });

  test('show a centre with its hosts, holders and office', async () => {
    const view = (await rooms.queries.views(date('2027-06-30'))).centre('qup')!;
    expect(view.hosts.map((host) => host.id)).toEqual(['kek']);
    expect(view.offices.map((office) => office.id)).toEqual(['centre-office-qup']);
    expect(view.posts.map(({ post, holder, next }) => [post.kind, Boolean(holder), Boolean(next)])).toEqual([
      ['administrative-director', true, false],
      ['centre-director', true, true],
    ]);
    expect((await rooms.queries.views(date('2027-06-30'))).centre('nowhere')).toBeUndefined();
  });

  test('show an office with the posts for which it answers', async () => {
    const view = (await rooms.queries.views(date('2027-06-30'))).office('host-office-kek')!;
    expect(view.of.ja).toBe('高エネルギー加速器研究機構');
    expect(view.posts.map(({ post }) => post.kind)).toEqual(['executive', 'executive-for-research', 'host-head']);
  });
});

describe('an import', () => {
  const row = (telephone: string) => csv('people.csv', `id,telephone\nmihon-hanako,${telephone}\nkaku-taro,x\n`);

  test('with a fault writes nothing, and says the first', async () => {
    expect(await refused(rooms.imports.apply([row('03-0000-0850')], hanako))).toMatch(
      /^Nothing was written. Faults in the files: 1. The first: people.csv, line 3, Telephone “x”: /,
    );
    expect((await rooms.queries.one('person', 'mihon-hanako')).telephone).toBe('03-0000-0002');
  });

  test('may skip the faulty rows', async () => {
    const seen = await rooms.imports.apply([row('03-0000-0850')], hanako, { skipFaulty: true });
    expect(seen.counts).toEqual({ added: 0, changed: 1, unchanged: 0, fault: 1 });
    expect((await rooms.queries.one('person', 'mihon-hanako')).telephone).toBe('03-0000-0850');
    expect((await rooms.queries.one('person', 'kaku-taro')).telephone).toBe('03-0000-0001');
  });

  test('writes only what was looked at', async () => {
    const files = [csv('people.csv', 'id,telephone\nkaku-taro,03-0000-0851\n')];
    const { fingerprint } = await rooms.imports.preview(files);
    await rooms.imports.set('person', 'kaku-taro', { telephone: '03-0000-0852' }, hanako);
    expect(await refused(rooms.imports.apply(files, hanako, { seen: fingerprint }))).toMatch(/has changed since/);
    const again = await rooms.imports.preview(files);
    await rooms.imports.apply(files, hanako, { seen: again.fingerprint });
    expect((await rooms.queries.one('person', 'kaku-taro')).telephone).toBe('03-0000-0851');
  });

  test('may hand a post on within one file, in whatever order its lines stand', async () => {
    const roster = await whole();
    const term = roster.terms.find((one) => one.post === 'host-head-keio-university')!;
    await rooms.imports.apply(
      [
        csv(
          'terms.csv',
          `id,post,person,from,to\n,${term.post},kaku-taro,2028-05-28,\n${term.id},${term.post},${term.person},${term.from},2028-05-27\n`,
        ),
      ],
      hanako,
    );
    expect(holderOn(await whole(), term.post, date('2028-05-28'))!.id).toBe('kaku-taro');
  });

  test('of Shift_JIS keeps the characters of names', async () => {
    const head = [...'id,name_ja\nkaku-taro,'].map((c) => c.charCodeAt(0));
    const bytes = Uint8Array.from([...head, 0xfb, 0xfc, 0x8b, 0xf3, 0x20, 0x91, 0xbe, 0x98, 0x59]);
    const seen = await rooms.imports.apply([{ name: 'people.csv', bytes }], hanako);
    expect(seen.files[0]!.encoding).toBe('shift_jis');
    expect((await rooms.queries.one('person', 'kaku-taro')).name.ja).toBe('髙空 太郎');
  });

  test('sets single cells at the terminal, of what is there and of what is new', async () => {
    await rooms.imports.set(
      'institution',
      'made-up-university',
      { name_ja: '架空大学', name_en: 'Kaku University', latitude: '35', longitude: '-139.5' },
      hanako,
    );
    await rooms.imports.set('institution', 'made-up-university', { city_ja: '架空市' }, hanako);
    expect(await rooms.imports.cells('institution', 'made-up-university')).toMatchObject({
      name_ja: '架空大学',
      city_ja: '架空市',
      longitude: '-139.5',
    });
    expect(
      await refused(rooms.imports.set('institution', 'made-up-university', { latitude: 'north' }, hanako)),
    ).toMatch(/Latitude “north”/);
  });
});
