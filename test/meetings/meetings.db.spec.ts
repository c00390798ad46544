import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Jobs } from '../../src/jobs/jobs.service.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import type { Attendance } from '../../src/meetings/meeting.ts';
import { codeOf, refusalOf, startYear, type Year } from './year.ts';

let year: Year;
let announced: string[];

beforeAll(async () => {
  year = await startYear();
  const announce = jest.spyOn(year.house.get(Jobs), 'announce');
  announced = [];
  announce.mockImplementation(async (_tx, { name }, ids) => {
    announced.push(`${name} ${Object.values(ids as object).join(' ')}`);
  });
});
afterAll(async () => year?.house.stop());

const meetings = () => year.house.get(Meetings);
const attendees = () => year.house.get(Attendees);
const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
const trailOf = async (key: string) =>
  query<{ verb: string; name: string; before: never; after: never }>(
    'select verb, actor_name as name, before, after from trail where subject = $1 order by number desc',
    [`meeting/${(await year.meeting(key)).id}`],
  );
const booked = async (key: string) =>
  (
    await query<{ person: string }>('select distinct person_id as person from booking where meeting_id = $1', [
      (await year.meeting(key)).id,
    ])
  )
    .map((row) => row.person)
    .sort();
const attend = async (key: string, person: string, attendance: Attendance) => {
  const { id } = await year.attendee(key, person);
  await attendees().nobodyTwice((tx) => attendees().attend(tx, id, attendance));
};
const since = (before: number) => announced.slice(before).map((line) => line.split(' ')[0]);

describe('A meeting that gets its first day', () => {
  it('has the programme’s hours, who holds each post on that day, and one entry in the trail for each deed', async () => {
    const before = announced.length;
    const meeting = await year.set('site/bio2q', '2027-06-08');
    expect(meeting).toMatchObject({
      state: 'scheduled',
      firstDay: '2027-06-08',
      lastDay: '2027-06-08',
      startsAt: new Date('2027-06-08T01:00:00Z'),
      endsAt: new Date('2027-06-08T08:00:00Z'),
      fixedByStaff: true,
      revision: 1,
    });
    expect(await year.people('site/bio2q')).toEqual(['kaku-taro', 'kasetsu-manabu', 'katei-taro', 'modelo-silva']);
    expect(await booked('site/bio2q')).toEqual(await year.people('site/bio2q'));
    const [seated, scheduled] = await trailOf('site/bio2q');
    expect(scheduled).toMatchObject({ verb: 'meeting.schedule', name: year.actor.name, after: { state: 'scheduled' } });
    expect(scheduled!.before).not.toHaveProperty('title');
    expect(seated).toMatchObject({ verb: 'meeting.seat', before: { people: [] } });
    expect(since(before)).toEqual(['MeetingScheduled']);
  });

  it('comes for the right post, by which they are reached', async () => {
    const posts = (await year.attendees('site/bio2q')).map((one) => [one.personId, one.post, one.side]);
    expect(posts.toSorted((a, b) => a.join().localeCompare(b.join()))).toEqual([
      ['kaku-taro', 'programme-director', 'visiting'],
      ['kasetsu-manabu', 'administrative-director-bio2q', 'centre'],
      ['katei-taro', 'host-head-keio-university', 'centre'],
      ['modelo-silva', 'centre-director-bio2q', 'centre'],
    ]);
  });

  it('is not changed by a form that says what is there already', async () => {
    const { place, room, access, revision } = await year.meeting('site/bio2q');
    const before = announced.length;
    const entries = (await trailOf('site/bio2q')).length;
    await year.set('site/bio2q', {
      firstDay: date('2027-06-08'),
      lastDay: date('2027-06-08'),
      from: '10:00',
      to: '17:00',
      mode: 'on-site',
      place: { ja: place.ja, en: place.en },
      room: { ja: room.ja, en: room.en },
      access,
      onlineUrl: '',
      fixedByStaff: true,
    });
    expect((await year.meeting('site/bio2q')).revision).toBe(revision);
    expect([announced.length, (await trailOf('site/bio2q')).length]).toEqual([before, entries]);
  });

  it('keeps answers when only its room changes, and asks again when its place does', async () => {
    await attend('site/bio2q', 'modelo-silva', 'attending');
    await year.set('site/bio2q', { room: { ja: '小会議室', en: 'Small room' } });
    expect(await year.attendee('site/bio2q', 'modelo-silva')).toMatchObject({ attendance: 'attending' });
    expect((await year.meeting('site/bio2q')).revision).toBe(1);
    await year.set('site/bio2q', { place: { ja: '別館', en: 'Annex' } });
    expect(await year.attendee('site/bio2q', 'modelo-silva')).toMatchObject({ attendance: 'unanswered' });
    expect((await year.meeting('site/bio2q')).revision).toBe(2);
  });

  it('refuses a page that was opened before it moved', async () => {
    const { id } = await year.meeting('site/bio2q');
    expect(await codeOf(meetings().set(id, { from: '11:00' }, year.actor, 1))).toBe('meetings.changed-meanwhile');
    expect(await codeOf(meetings().set(id, { from: '11:00' }, year.actor, 2))).toBe('done');
  });
});

describe('A meeting that moves over the end of a term', () => {
  it('is attended by the successor, and again by the predecessor where it moves back', async () => {
    await year.set('site/qup', '2027-06-15');
    expect(await year.people('site/qup')).toContain('kaso-susumu');
    await attend('site/qup', 'hyohon-saburo', 'attending');
    const before = announced.length;
    await year.set('site/qup', '2027-07-06');
    expect(await year.people('site/qup')).toEqual(expect.arrayContaining(['hinagata-yu', 'hyohon-saburo']));
    expect(await year.people('site/qup')).not.toContain('kaso-susumu');
    expect(await year.attendee('site/qup', 'hinagata-yu')).toMatchObject({
      post: 'centre-director-qup',
      byHand: false,
    });
    expect(await year.attendee('site/qup', 'hyohon-saburo')).toMatchObject({ attendance: 'unanswered' });
    expect((await trailOf('site/qup')).map((entry) => [entry.verb, entry.before, entry.after])).toContainEqual([
      'attendee.replace',
      { person: 'kaso-susumu' },
      { person: 'hinagata-yu' },
    ]);
    expect(since(before)).toEqual(['MeetingMoved']);
    expect(await booked('site/qup')).toEqual(await year.people('site/qup'));
    await year.set('site/qup', '2027-06-30');
    expect(await year.people('site/qup')).toContain('kaso-susumu');
    expect(await year.people('site/qup')).not.toContain('hinagata-yu');
  });

  it('keeps whom staff put there by hand', async () => {
    const { id } = await year.attendee('site/qup', 'kaso-susumu');
    await attendees().replace(id, 'hinagata-yu', year.actor);
    await year.set('site/qup', '2027-06-16');
    expect(await year.people('site/qup')).toContain('hinagata-yu');
    expect(await year.people('site/qup')).not.toContain('kaso-susumu');
    expect(await year.attendee('site/qup', 'hinagata-yu')).toMatchObject({ byHand: true, role: { ja: '拠点長' } });
  });

  it('does not bring back whom staff took off', async () => {
    await attendees().remove((await year.attendee('site/qup', 'hyohon-saburo')).id, year.actor);
    await year.set('site/qup', '2027-06-17');
    expect(await year.people('site/qup')).not.toContain('hyohon-saburo');
    await attendees().add((await year.meeting('site/qup')).id, { person: 'hyohon-saburo' }, year.actor);
    expect(await year.people('site/qup')).toContain('hyohon-saburo');
  });
});

describe('Participants', () => {
  it('are added once, exist, sit in a seat of the meeting, and are not replaced by themselves', async () => {
    const { id } = await year.meeting('site/qup');
    const add = (wanted: Parameters<Attendees['add']>[1]) => codeOf(attendees().add(id, wanted, year.actor));
    expect(await add({ person: 'mihon-haruko', role: { ja: 'オブザーバー', en: 'observer' } })).toBe('done');
    expect(await add({ person: 'mihon-haruko' })).toBe('meetings.already-asked');
    expect(await add({ person: 'nobody' })).toBe('meetings.unknown-person');
    const [seat] = await query<{ id: string }>(`select id from seat where meeting_id <> $1 limit 1`, [id]);
    expect(await add({ person: 'kamei-makoto', seatId: seat!.id })).toBe('meetings.no-such-seat');
    const mine = (await year.attendee('site/qup', 'mihon-haruko')).id;
    expect(await codeOf(attendees().replace(mine, 'mihon-haruko', year.actor))).toBe('meetings.same-person');
    expect(await codeOf(attendees().replace(mine, 'hyohon-saburo', year.actor))).toBe('meetings.already-asked');
    expect(await year.people('site/qup')).toContain('mihon-haruko');
  });

  it('come for a post of the programme on the visiting side, and of the centre or its hosts on the other', async () => {
    // a member of the committee who is also an executive of Tohoku University
    const visiting = await attendees().add((await year.meeting('site/qup')).id, { person: 'kinyu-umeko' }, year.actor);
    await year.set('site/aimec', '2027-08-02');
    const centre = await attendees().add(
      (await year.meeting('site/aimec')).id,
      { person: 'kinyu-umeko', side: 'centre' },
      year.actor,
    );
    const posts = await query<{ id: string; post: string }>('select id, post from attendee where id = any($1)', [
      [visiting, centre],
    ]);
    const post = (id: string) => posts.find((row) => row.id === id)?.post;
    expect(post(visiting)).toMatch(/^committee-member-/);
    expect(post(centre)).toBe('executive-tohoku-university');
    await attendees().remove(centre, year.actor);
  });

  it('are taken off once, of a meeting that is there', async () => {
    const { id } = await year.attendee('site/qup', 'kinyu-umeko');
    const both = await Promise.all([1, 2].map(() => codeOf(attendees().remove(id, year.actor))));
    expect(both.sort()).toEqual(['done', 'meetings.unknown-attendee']);
    expect((await trailOf('site/qup')).filter(({ verb }) => verb === 'attendee.remove')).toHaveLength(2);
  });

  it('are replaced once when two replace them at the same time', async () => {
    const { id } = await year.attendee('site/qup', 'mihon-haruko');
    const both = await Promise.all(
      ['kamei-makoto', 'shisaku-nozomi'].map((person) => codeOf(attendees().replace(id, person, year.actor))),
    );
    expect(both.sort()).toEqual(['done', 'meetings.unknown-attendee']);
    const there = await year.people('site/qup');
    expect(['kamei-makoto', 'shisaku-nozomi'].filter((person) => there.includes(person))).toHaveLength(1);
  });

  it('give up their time when they are absent or send a proxy, and take it again', async () => {
    for (const attendance of ['absent', 'proxy'] as const) {
      await attend('site/qup', 'hinagata-yu', attendance);
      expect(await booked('site/qup')).not.toContain('hinagata-yu');
      await attend('site/qup', 'hinagata-yu', 'undecided');
      expect(await booked('site/qup')).toContain('hinagata-yu');
    }
  });

  it('are online only where staff said so, not because they answered so', async () => {
    await attend('site/qup', 'hinagata-yu', 'online');
    expect(await year.attendee('site/qup', 'hinagata-yu')).toMatchObject({ attendance: 'online', online: false });
  });
});

describe('Nobody is in two places', () => {
  it('says who would be, and where, in both languages', async () => {
    const refusal = await refusalOf(year.set('site/ashbi', '2027-06-17'));
    expect(refusal).toMatchObject({ code: 'meetings.two-places', status: 409 });
    expect(refusal!.text.ja).toMatch(
      /^架空 太郎さんは同じ時間に「.*(QUP|ASHBi).*」と「.*(QUP|ASHBi).*」に出席予定です。$/,
    );
    expect(refusal!.text.en).toMatch(/^Taro KAKU is to attend “.+” and “.+” at the same time\.$/);
    expect((await year.meeting('site/ashbi')).state).toBe('undated');
    expect(await year.people('site/ashbi')).toEqual([]);
  });

  it('also where they are added by hand, or say that they come after all', async () => {
    await year.set('site/prime', '2027-06-22');
    await year.set('site/ashbi', '2027-06-23');
    const { id } = await year.meeting('site/prime');
    await attendees().add(id, { person: 'mogi-umeko' }, year.actor);
    await attend('site/prime', 'mogi-umeko', 'absent');
    expect(await codeOf(year.add('site/ashbi', 'mogi-umeko'))).toBe('done');
    expect(await codeOf(year.set('site/ashbi', { firstDay: date('2027-06-22'), from: '18:00', to: '19:00' }))).toBe(
      'done',
    );
    expect(await codeOf(year.set('site/ashbi', { from: '16:00' }))).toBe('meetings.two-places');
    await attendees().remove((await year.attendee('site/ashbi', 'kaku-taro')).id, year.actor);
    expect(await codeOf(year.set('site/ashbi', { from: '16:00' }))).toBe('done');
    expect(await codeOf(attend('site/prime', 'mogi-umeko', 'attending'))).toBe('meetings.two-places');
    expect(await year.attendee('site/prime', 'mogi-umeko')).toMatchObject({ attendance: 'absent' });
    await year.set('site/ashbi', '2027-06-23');
    expect(await codeOf(attend('site/prime', 'mogi-umeko', 'attending'))).toBe('done');
  });

  it('is kept by the database itself, whatever forgot to look', async () => {
    const [row] = await query<{ attendee_id: string; person_id: string; meeting_id: string }>(
      `select attendee_id, person_id, meeting_id from booking limit 1`,
    );
    const [part] = await query<{ id: string; part_of: string }>(
      `select id, part_of from meeting where key = 'hearing/qup'`,
    );
    const [other] = await query<{ id: string }>(`select id from meeting where key = 'hearing/prime'`);
    const insert = async (rows: [string, string, boolean][]) => {
      const runner = year.house.dataSource.createQueryRunner();
      await runner.startTransaction();
      for (const [meeting, gathering, isPart] of rows)
        await runner.query(
          `insert into booking (id, attendee_id, person_id, meeting_id, gathering_id, part, during)
           values (gen_random_uuid(), $1, $2, $3, $4, $5, '[2027-12-01T01:00Z,2027-12-01T02:00Z)')`,
          [row!.attendee_id, row!.person_id, meeting, gathering, isPart],
        );
      try {
        await runner.query('commit');
        return 'kept';
      } catch (error) {
        return (error as { driverError: { constraint: string } }).driverError.constraint;
      } finally {
        await runner.rollbackTransaction().catch(() => undefined);
        await runner.release();
        await query(`delete from booking where during = '[2027-12-01T01:00Z,2027-12-01T02:00Z)'`);
      }
    };
    const [a, b] = [part!.id, other!.id];
    expect(
      await insert([
        [a, a, false],
        [b, b, false],
      ]),
    ).toBe('nobody_is_in_two_places');
    expect(
      await insert([
        [a, part!.part_of, true],
        [b, part!.part_of, true],
      ]),
    ).toBe('nobody_is_in_two_parts_at_once');
    expect(
      await insert([
        [part!.part_of, part!.part_of, false],
        [a, part!.part_of, true],
      ]),
    ).toBe('kept');
  });

  it('lets two meetings change places in one transaction', async () => {
    const [ashbi, prime] = [await year.meeting('site/ashbi'), await year.meeting('site/prime')];
    const at = (day: string) => ({ firstDay: date(day), lastDay: date(day), from: '10:00', to: '17:00' });
    await attendees().nobodyTwice(async (tx) => {
      await meetings().schedule(tx, ashbi.id, at('2027-06-22'), undefined, year.actor);
      await meetings().schedule(tx, prime.id, at('2027-06-23'), undefined, year.actor);
    });
    expect([(await year.meeting('site/ashbi')).firstDay, (await year.meeting('site/prime')).firstDay]).toEqual([
      '2027-06-22',
      '2027-06-23',
    ]);
  });

  it('is told to one of two who want the same person at the same time, never to both or neither', async () => {
    for (const day of ['2027-09-01', '2027-09-02', '2027-09-03', '2027-09-06']) {
      const both = await Promise.all(['site/skcm2', 'site/icredd'].map((key) => codeOf(year.set(key, day))));
      expect(both.sort()).toEqual(['done', 'meetings.two-places']);
    }
  });

  it('outlives two who move the same meetings in opposite order', async () => {
    const keys = ['site/skcm2', 'site/prime'];
    const ids = await Promise.all(keys.map(async (key) => (await year.meeting(key)).id));
    const at = (day: string) => ({ firstDay: date(day), lastDay: date(day), from: '10:00', to: '17:00' });
    const move = (order: string[], days: string[]) =>
      attendees().nobodyTwice(async (tx) => {
        for (const [index, id] of order.entries())
          await meetings().schedule(tx, id, at(days[index]!), undefined, year.actor);
      });
    await Promise.all([
      move(ids, ['2027-09-08', '2027-09-09']),
      move(ids.toReversed(), ['2027-09-10', '2027-09-13']),
      move(ids, ['2027-09-14', '2027-09-15']),
    ]);
    const days = await Promise.all(keys.map(async (key) => (await year.meeting(key)).firstDay));
    expect([
      ['2027-09-08', '2027-09-09'],
      ['2027-09-13', '2027-09-10'],
      ['2027-09-14', '2027-09-15'],
    ]).toContainEqual(days);
  });
});

describe('A committee with its parts', () => {
  const first = '2027-10-26';

  it('brings the reception along, and leaves hearings to staff', async () => {
    const before = announced.length;
    await year.set('committee', first);
    expect(await year.meeting('committee')).toMatchObject({ firstDay: first, lastDay: '2027-10-27' });
    expect(await year.meeting('reception')).toMatchObject({
      state: 'scheduled',
      startsAt: new Date('2027-10-26T09:00:00Z'),
      endsAt: new Date('2027-10-26T11:00:00Z'),
    });
    expect((await year.meeting('hearing/qup')).state).toBe('undated');
    expect(since(before)).toEqual(['MeetingScheduled', 'MeetingScheduled']);
    expect((await year.people('reception')).length).toBeGreaterThan(20);
  });

  it('may have somebody in it and in one of its hearings, but in no two hearings at once', async () => {
    await year.set('hearing/qup', { firstDay: date(first), from: '10:30' });
    expect((await year.meeting('hearing/qup')).endsAt).toEqual(new Date('2027-10-26T02:15:00Z'));
    expect(await codeOf(year.add('hearing/qup', 'kaku-taro'))).toBe('done');
    expect(await year.people('committee')).toContain('kaku-taro');
    await year.set('hearing/prime', { firstDay: date(first), from: '11:00' });
    expect(await codeOf(year.add('hearing/prime', 'kaku-taro'))).toBe('meetings.two-places');
    await year.set('hearing/prime', { from: '11:15' });
    expect(await codeOf(year.add('hearing/prime', 'kaku-taro'))).toBe('done');
  });

  it('takes its parts along when it moves, each at its hour, and asks all of them again', async () => {
    await attend('hearing/qup', 'kaku-taro', 'attending');
    const before = announced.length;
    await year.set('committee', '2027-11-09');
    expect(await year.meeting('hearing/qup')).toMatchObject({
      firstDay: '2027-11-09',
      startsAt: new Date('2027-11-09T01:30:00Z'),
    });
    expect((await year.meeting('reception')).firstDay).toBe('2027-11-09');
    expect(await year.attendee('hearing/qup', 'kaku-taro')).toMatchObject({ attendance: 'unanswered' });
    expect(since(before)).toEqual(Array(4).fill('MeetingMoved'));
    expect((await trailOf('hearing/qup'))[0]).toMatchObject({ verb: 'meeting.set', after: { firstDay: '2027-11-09' } });
  });

  it('is cancelled and reinstated with its parts, but for what was cancelled before', async () => {
    await attend('committee', 'sanko-susumu', 'attending');
    await meetings().cancel((await year.meeting('hearing/prime')).id, year.actor);
    const before = announced.length;
    await meetings().cancel((await year.meeting('committee')).id, year.actor);
    for (const key of ['committee', 'reception', 'hearing/qup', 'hearing/icredd'])
      expect([key, (await year.meeting(key)).state]).toEqual([key, 'cancelled']);
    expect(await booked('committee')).toEqual([]);
    expect(await codeOf(year.set('hearing/qup', '2027-11-09'))).toBe('meetings.cancelled');
    expect(await codeOf(meetings().reinstate((await year.meeting('hearing/qup')).id, year.actor))).toBe(
      'meetings.whole-cancelled',
    );
    await meetings().reinstate((await year.meeting('committee')).id, year.actor);
    expect((await year.meeting('committee')).state).toBe('scheduled');
    expect((await year.meeting('hearing/qup')).state).toBe('scheduled');
    expect((await year.meeting('hearing/icredd')).state).toBe('undated');
    expect((await year.meeting('hearing/prime')).state).toBe('cancelled');
    expect(await booked('committee')).toEqual(await year.people('committee'));
    expect(await year.attendee('committee', 'sanko-susumu')).toMatchObject({ attendance: 'unanswered' });
    expect(new Set(since(before))).toEqual(new Set(['MeetingCancelled', 'MeetingScheduled']));
    expect(await codeOf(meetings().reinstate((await year.meeting('committee')).id, year.actor))).toBe(
      'meetings.not-cancelled',
    );
  });
});

describe('Somebody whose coming is optional', () => {
  it('is not asked where they are wanted elsewhere, and is once they are free', async () => {
    expect(await year.people('committee')).toContain('kaku-taro');
    await attendees().remove((await year.attendee('hearing/qup', 'kaku-taro')).id, year.actor);
    await year.set('site/aimec', '2027-10-13');
    await year.set('committee', '2027-10-13');
    expect(await year.people('committee')).not.toContain('kaku-taro');
    expect((await year.people('committee')).length).toBeGreaterThan(15);
    await year.set('site/aimec', '2027-08-02');
    await year.set('committee', { from: '10:00' });
    expect(await year.people('committee')).toContain('kaku-taro');
  });

  it('is not taken away from another meeting: staff are told', async () => {
    expect(await codeOf(year.set('site/aimec', '2027-10-13'))).toBe('meetings.two-places');
    expect(await year.people('committee')).toContain('kaku-taro');
  });

  it('stays where staff asked them by hand', async () => {
    const { id } = await year.attendee('committee', 'kaku-taro');
    await attendees().remove(id, year.actor);
    await year.add('committee', 'kaku-taro');
    await year.set('site/aimec', '2027-11-16');
    expect(await codeOf(year.set('committee', '2027-11-16'))).toBe('meetings.two-places');
  });

  it('does not yield to a meeting that leaves in the same transaction', async () => {
    const at = (day: string, last: string) => ({
      firstDay: date(day),
      lastDay: date(last),
      from: '10:00',
      to: '17:00',
    });
    await attendees().remove((await year.attendee('committee', 'kaku-taro')).id, year.actor);
    const { id: committee } = await year.meeting('committee');
    const { id: site } = await year.meeting('site/aimec');
    expect(await year.people('committee')).toContain('mihon-hanako');
    await attendees().replace((await year.attendee('site/aimec', 'kaku-taro')).id, 'mihon-hanako', year.actor);
    await attendees().nobodyTwice(async (tx) => {
      await meetings().schedule(tx, committee, at('2027-11-16', '2027-11-17'), undefined, year.actor);
      await meetings().schedule(tx, site, at('2027-11-18', '2027-11-18'), undefined, year.actor);
    });
    expect(await year.people('committee')).toContain('mihon-hanako');
  });
});

it('A plan’s people come into their seats; whom staff put there stays, and who is not in the plan goes', async () => {
  const { id } = await year.meeting('site/skcm2');
  const seat = (person: string, seatKey = 'lead') =>
    attendees().nobodyTwice((tx) => attendees().seat(tx, id, [{ seatKey, person, post: null }], year.actor));
  expect(await year.people('site/skcm2')).toContain('kaku-taro');
  await seat('shisaku-makoto');
  expect(await year.people('site/skcm2')).not.toContain('kaku-taro');
  const { id: mine } = await year.attendee('site/skcm2', 'shisaku-makoto');
  await attendees().replace(mine, 'mihon-hanako', year.actor);
  await seat('shisaku-makoto');
  expect(await year.people('site/skcm2')).toContain('mihon-hanako');
  expect(await year.people('site/skcm2')).not.toContain('shisaku-makoto');
  expect(await codeOf(seat('shisaku-makoto', 'throne'))).toBe('meetings.no-such-seat');
});
