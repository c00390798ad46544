import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { cookieOf } from './uploading.ts';
import { fieldIn, wordsOf, YearHouse } from './year-house.ts';

let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
});
afterAll(() => house.app.stop());

const one = <N extends 'person' | 'centre' | 'post' | 'conflict'>(noun: N, id: string) =>
  house.app.get(RosterQueries).one(noun, id);
const roster = () => house.app.get(RosterQueries).wholeRoster();
const answered = (answer: { statusCode: number; headers: Record<string, unknown> }) => [
  answer.statusCode,
  answer.headers['location'],
];

const somebody = {
  name_ja: '架空 新太',
  name_en: 'Arata KAKU',
  language: 'ja',
  duties_accepted: '3',
  addresses: 'arata@example.org\r\narata..kaku@example.org',
  'fields.physics': '3',
};

describe('the roster', () => {
  it.each(['centres', 'people', 'posts', 'offices', 'institutions', 'conflicts', 'staff', 'warnings', 'files'])(
    'shows %s in both languages, also to readers',
    async (part) => {
      for (const language of ['ja', 'en'] as const) {
        const { statusCode, body } = await house.get(`/roster/${part}`, { as: 'reader', language });
        expect(statusCode).toBe(200);
        expect(body).toContain(language === 'ja' ? '<h1>名簿</h1>' : '<h1>Roster</h1>');
        expect(body).not.toContain('/roster/new/');
      }
    },
  );

  it('begins with the centres, and is closed to whoever is not signed in', async () => {
    expect(answered(await house.get('/roster'))).toEqual([303, '/roster/centres']);
    expect(answered(await house.get('/roster/people', { as: null }))).toEqual([303, '/sign-in?to=%2Froster%2Fpeople']);
  });

  it('has a page for each thing, and says where there is none', async () => {
    expect(wordsOf((await house.get('/roster/people/kaku-taro', { language: 'en' })).body)).toContain(
      'Programme Director',
    );
    expect((await house.get('/roster/people/nobody')).statusCode).toBe(404);
    expect((await house.get('/roster/nothings')).statusCode).toBe(404);
    expect((await house.get('/roster/terms')).statusCode).toBe(404);
  });

  it('is searched by any spelling, and shows a hostile search as text', async () => {
    const found = await house.get(`/roster/search?q=${encodeURIComponent('カクウ 太郎')}`);
    expect(found.body).toContain('/roster/people/kaku-taro');
    const hostile = await house.get(`/roster/search?q=${encodeURIComponent('"><script>x</script>')}`);
    expect(hostile.statusCode).toBe(200);
    expect(hostile.body).not.toContain('<script>x');
  });

  it('answers queries of any shape', async () => {
    for (const query of ['q=a&q=b', 'page=-1', 'page=x', 'of=constructor&kind=__proto__', 'done=constructor'])
      expect((await house.get(`/roster/people?${query}`)).statusCode).toBe(200);
  });
});

describe('adding somebody', () => {
  it('keeps what was typed and says every fault at its field, in the reader’s language', async () => {
    const wrong = { ...somebody, name_en: '', addresses: 'a@b', overseas: 'yes', name_ja: '<script>架空</script>' };
    for (const [language, missing] of [
      ['ja', '氏名（ローマ字）：入力してください。'],
      ['en', 'Name (roman letters): Please fill this in.'],
    ] as const) {
      const { statusCode, body } = await house.post('/roster/new/people', wrong, { language });
      expect(statusCode).toBe(422);
      expect(wordsOf(body)).toContain(missing);
      expect(body).toContain('id="zone-fault"');
      expect(body).toContain('id="addresses-fault"');
      expect(fieldIn(body, 'name_ja')).toBe('<script>架空</script>');
      expect(body).not.toContain('<script>架空');
    }
    expect((await roster()).people.some((person) => person.name.ja.includes('<script>'))).toBe(false);
  });

  it('gives an id, warns of an address that may not work, and keeps a history', async () => {
    const added = await house.post('/roster/new/people', somebody);
    expect(answered(added)).toEqual([303, '/roster/people/kaku-arata?done=added']);
    expect(await one('person', 'kaku-arata')).toMatchObject({
      addresses: ['arata@example.org', 'arata..kaku@example.org'],
      fields: { physics: 3 },
      zone: 'Asia/Tokyo',
    });
    const page = wordsOf((await house.followed(added)).body);
    expect(page).toContain('登録しました。');
    expect(page).toContain('届かないことがあります');
    expect(page).toContain('変更の履歴');
    expect(wordsOf((await house.get('/roster/warnings')).body)).toContain('arata..kaku@example.org');
  });

  it('refuses an id that is taken, at its field', async () => {
    const { statusCode, body } = await house.post('/roster/new/people', { ...somebody, id: 'kaku-arata' });
    expect(statusCode).toBe(409);
    expect(body).toContain('id="id-fault"');
    expect((await house.post('/roster/new/people', { ...somebody, id: '名前' })).statusCode).toBe(422);
  });

  it('is for staff and not for readers', async () => {
    expect((await house.post('/roster/new/people', somebody, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post('/roster/new/people', somebody, { as: null })).statusCode).toBe(303);
    expect(
      answered(await house.post('/roster/new/people', { ...somebody, name_en: 'Jiro KAKU' }, { as: 'staff' }))[0],
    ).toBe(303);
  });
});

describe('correcting', () => {
  it('writes what was changed and leaves the rest', async () => {
    const { body } = await house.get('/roster/centres/icredd/edit');
    const before = await one('centre', 'icredd');
    const form = { ...(await centreForm()), seen: fieldIn(body, 'seen'), building_ja: '新棟' };
    expect(answered(await house.post('/roster/centres/icredd/edit', form))).toEqual([
      303,
      '/roster/centres/icredd?done=corrected',
    ]);
    expect(await one('centre', 'icredd')).toEqual({ ...before, building: { ...before.building, ja: '新棟' } });
  });

  it('notices that somebody else was quicker', async () => {
    const seen = fieldIn((await house.get('/roster/centres/icredd/edit')).body, 'seen');
    await house.post('/roster/centres/icredd/edit', { ...(await centreForm()), seen, room_ja: '第二会議室' });
    const late = await house.post('/roster/centres/icredd/edit', {
      ...(await centreForm()),
      seen,
      room_ja: '第三会議室',
    });
    expect(late.statusCode).toBe(409);
    expect(wordsOf(late.body)).toContain('ほかの人が変更しました');
    expect(fieldIn(late.body, 'room_ja')).toBe('第三会議室');
    const again = { ...(await centreForm()), seen: fieldIn(late.body, 'seen'), room_ja: '第三会議室' };
    expect((await house.post('/roster/centres/icredd/edit', again)).statusCode).toBe(303);
  });

  it('warns of hosts that the scheme does not have', async () => {
    const seen = fieldIn((await house.get('/roster/centres/icredd/edit')).body, 'seen');
    const form = new URLSearchParams({ ...(await centreForm()), seen });
    form.append('hosts', 'kek');
    await house.app.app.inject({
      method: 'POST',
      url: '/roster/centres/icredd/edit',
      headers: {
        cookie: await cookieOf(house.app, 'staff'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: form.toString(),
    });
    expect((await one('centre', 'icredd')).hosts).toEqual(['hokkaido-university', 'kek']);
    expect(wordsOf((await house.get('/roster/centres/icredd', { language: 'en' })).body)).toContain(
      'It has 2 host institutions; the scheme “Standard” has 1.',
    );
  });

  const centreForm = async () => {
    const { acronym, name, scheme, adoptionYear, supportEndYear, city, latitude, longitude, building, room, access } =
      await one('centre', 'icredd');
    return {
      acronym,
      name_ja: name.ja,
      name_en: name.en,
      scheme,
      adoption_year: String(adoptionYear),
      support_end_year: String(supportEndYear),
      gate_year: '',
      hosts: 'hokkaido-university',
      fields: 'chemistry; informatics',
      city_ja: city.ja,
      city_en: city.en,
      latitude: String(latitude),
      longitude: String(longitude),
      building_ja: building.ja,
      building_en: building.en,
      room_ja: room.ja,
      room_en: room.en,
      access_ja: access.ja,
      access_en: access.en,
    };
  };
});

describe('a successor', () => {
  it('is entered before the day in one form, which ends the present term', async () => {
    const form = await house.get('/roster/new/terms?post=programme-officer-1');
    expect(wordsOf(form.body)).toContain('前任者の任期は、後任が就任する前日までになります');
    const sent = { post: 'programme-officer-1', person: 'kaku-arata', from: '2027-10-01', to: '' };
    expect(answered(await house.post('/roster/new/terms', sent))).toEqual([
      303,
      '/roster/posts/programme-officer-1?done=appointed',
    ]);
    const terms = (await roster()).terms.filter((term) => term.post === 'programme-officer-1');
    expect(terms.map(({ person, from, to }) => [person === 'kaku-arata', from, to])).toEqual([
      [false, '2025-04-01', '2027-09-30'],
      [true, '2027-10-01', null],
    ]);
  });

  it('stands at the day where the post is taken then, and can be withdrawn before it begins', async () => {
    const clash = await house.post('/roster/new/terms', {
      post: 'programme-officer-1',
      person: 'mihon-hanako',
      from: '2027-10-01',
      to: '',
    });
    expect(clash.statusCode).toBe(409);
    expect(clash.body).toContain('id="from-fault"');
    const term = (await roster()).terms.find((one) => one.person === 'kaku-arata')!;
    expect(wordsOf((await house.get(`/roster/terms/${term.id}/end`)).body)).toContain('この任期を取り消す');
    expect(answered(await house.post(`/roster/terms/${term.id}/withdraw`, {}))).toEqual([
      303,
      '/roster/posts/programme-officer-1?done=withdrawn',
    ]);
    expect((await roster()).terms.some((one) => one.person === 'kaku-arata')).toBe(false);
  });

  it('may be somebody who is added for it', async () => {
    const added = await house.post('/roster/new/people', {
      ...somebody,
      name_en: 'Saburo KAKU',
      for_post: 'programme-officer-1',
    });
    expect(answered(added)).toEqual([303, '/roster/new/terms?post=programme-officer-1&person=kaku-saburo']);
    expect((await house.followed(added)).body).toContain('<option value="kaku-saburo" selected>');
  });
});

describe('ending', () => {
  it('asks for a day that exists and is not too early, and says what ends along', async () => {
    const page = await house.get('/roster/people/kaku-taro/end');
    expect(wordsOf(page.body)).toContain('あわせて終了するもの');
    for (const day of ['', '2027-02-30']) {
      const { statusCode, body } = await house.post('/roster/people/kaku-taro/end', { day });
      expect(statusCode).toBe(422);
      expect(body).toContain('id="day-fault"');
    }
    const refused = await house.post('/roster/institutions/kek/end', { day: '2028-03-31' }, { language: 'en' });
    expect(refused.statusCode).toBe(409);
    expect(wordsOf(refused.body)).toContain('hosts');
    expect(answered(await house.post('/roster/people/kaku-taro/end', { day: '2027-12-31' }))).toEqual([
      303,
      '/roster/people/kaku-taro?done=ended',
    ]);
    expect(wordsOf((await house.get('/roster/warnings')).body)).toContain('2028年1月1日(土)から空席になり');
  });

  it('of a conflict of interest keeps it, withdrawing takes it back', async () => {
    const conflict = {
      person: 'mihon-hanako',
      centre: 'qup',
      institution: '',
      kind: 'declared',
      from: '',
      to: '',
      note: '',
    };
    const both = await house.post('/roster/new/conflicts', { ...conflict, institution: 'kek' });
    expect(both.statusCode).toBe(422);
    expect(both.body).toContain('id="centre-fault"');
    const added = await house.post('/roster/new/conflicts', conflict);
    const id = /conflicts\/([^?]+)\?done=added/.exec(String(added.headers['location']))![1]!;
    await house.post(`/roster/conflicts/${id}/end`, { day: '2027-05-01' });
    expect(await one('conflict', id)).toMatchObject({ to: '2027-05-01', kind: 'declared' });
    expect(answered(await house.post(`/roster/conflicts/${id}/withdraw`, {}))[0]).toBe(303);
    expect((await house.get(`/roster/conflicts/${id}`)).statusCode).toBe(404);
    expect((await house.post('/roster/people/kaku-arata/withdraw', {})).statusCode).toBe(404);
  });
});
