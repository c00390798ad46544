import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Availability } from '../../src/availability/availability.service.ts';
import { Releases } from '../../src/invitations/releases.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import type { Asked } from './year-house.ts';
import { fieldIn, plain, wordsOf, YearHouse } from './year-house.ts';

const visit = 'pdpo/aimec';
let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
  await house.app.get(Meetings).set(house.ids[visit]!, { firstDay: '2028-03-02' }, house.actor);
  await house.app.settle();
  await house.app.get(Releases).release(house.cycleId, 'all', house.actor);
  await house.app.settle();
});
afterAll(() => house.app.stop());

const meeting = (key = visit) => house.app.get(MeetingQueries).one(house.ids[key]!);
const path = (rest = '', key = visit) => `/meetings/{${key}}${rest}`;
const fields =
  'firstDay lastDay from to onlineUrl place.ja place.en room.ja room.en access.ja access.en note.ja note.en seen'.split(
    ' ',
  );

/** The form as the page shows it, with some fields typed anew */
async function form(
  more: Record<string, string> = {},
  key = visit,
  asked: Asked = {},
): Promise<Record<string, string>> {
  const { body } = await house.get(path('/edit', key), asked);
  const typed = Object.fromEntries(fields.map((field) => [field, fieldIn(body, field)]));
  const mode = /<option value="([\w-]+)" selected>/.exec(body)![1]!;
  return { ...typed, mode, staffInCharge: '', step: 'check', ...more };
}

describe('the page of a meeting', () => {
  it('says when, where, who and why, in both languages', async () => {
    const ja = wordsOf((await house.get(path())).body);
    for (const part of [
      'PD・PO訪問（AIMEC）',
      '2028年3月2日(木) 10:00～12:30（日本時間）',
      '東北大学 変動海洋エコシステム高等研究所',
      '研究担当理事',
      '海洋研究開発機構',
    ])
      expect(ja).toContain(part);
    const en = wordsOf((await house.get(path(), { language: 'en' })).body);
    for (const part of [
      'PD/PO visit (AIMEC)',
      'Thu 2 March 2028, 10:00–12:30 (Japan time)',
      'Executive for research',
      'Vacant',
    ])
      expect(en).toContain(part);
  });

  it.each(['', '/answers', '/deadlines', '/mails', '/trail', '/edit', '/cancel', '/people/add', '/attendance'])(
    'has a part %j, for those who signed in',
    async (rest) => {
      expect((await house.get(path(rest))).statusCode).toBe(200);
      expect((await house.get(path(rest), { as: null })).statusCode).toBe(303);
    },
  );

  it.each([
    '?done=constructor',
    '?done=set&done=set',
    '/trail?before=1&before=2',
    '/trail?before=x',
    '/people/add?seat=x&seat=y',
  ])('bears an address that was tampered with: %s', async (rest) => {
    const { statusCode, body } = await house.get(path(rest));
    expect([statusCode, body.includes('[native code]')]).toEqual([200, false]);
  });

  it('that does not exist is not found', async () => {
    expect((await house.get('/meetings/nothing')).statusCode).toBe(404);
    expect((await house.get('/meetings/11111111-1111-4111-8111-111111111111/edit')).statusCode).toBe(404);
  });

  it('shows readers everything and no button', async () => {
    for (const rest of ['', '/deadlines', '/edit', '/cancel']) {
      const { statusCode, body } = await house.get(path(rest), { as: 'reader' });
      expect(statusCode).toBe(200);
      expect(body.slice(body.indexOf('<main'))).not.toMatch(/<form[^>]*method="post"/);
    }
    expect((await house.get(path(), { as: 'reader' })).body).not.toContain('/edit"');
    const before = await meeting();
    for (const [rest, body] of [
      ['/edit', await form({ 'room.ja': 'x', step: 'save' })],
      ['/cancel', {}],
      ['/free', {}],
      ['/people', {}],
    ] as const)
      expect((await house.post(path(rest), body, { as: 'reader' })).statusCode).toBe(403);
    expect(await meeting()).toEqual(before);
  });

  it('lists the mails as they were sent, to people and to offices, and what was done', async () => {
    const { body } = await house.get(path('/mails'));
    expect(body.match(/href="\/mailbox\/out\/[0-9a-f-]{36}"/g)!.length).toBeGreaterThan(3);
    expect(wordsOf(body)).toContain('窓口への案内');
    expect(wordsOf((await house.get(path('/trail'))).body)).toContain('日程を決定');
  });
});

describe('setting a meeting by hand', () => {
  it('shows what follows before anything is saved', async () => {
    await house.app
      .get(Availability)
      .say(
        'kaku-taro',
        [{ from: '2028-03-07', to: '2028-03-07', half: 'all', state: 'x', comment: '<i>学会</i>' }],
        'staff',
        house.actor,
      );
    const answer = await house.post(
      path('/edit'),
      await form({ firstDay: '2028-03-07', 'room.ja': '第3会議室', 'room.en': 'Room 3' }),
    );
    const words = wordsOf(answer.body);
    expect(answer.statusCode).toBe(200);
    for (const part of [
      '2028年3月7日(火) 10:00～12:30（日本時間）',
      '第3会議室 / Room 3',
      '日程回答で×の方が1名います。',
      '架空 太郎さん',
      '案内済みの5名に変更の連絡が必要です',
      '旅行・宿泊の手配',
    ])
      expect(words).toContain(part);
    expect(answer.body).toContain('&lt;i&gt;学会&lt;/i&gt;');
    expect(await meeting()).toMatchObject({ firstDay: '2028-03-02', revision: 1 });
  });

  it('saves what was confirmed, and says where it is sent from', async () => {
    const typed = await form({ firstDay: '2028-03-07', 'room.ja': '第3会議室', 'room.en': 'Room 3', step: 'save' });
    const answer = await house.post(path('/edit'), typed);
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `/meetings/${house.ids[visit]}?done=set`]);
    expect(await meeting()).toMatchObject({
      firstDay: '2028-03-07',
      room: { en: 'Room 3' },
      fixedByStaff: true,
      revision: 2,
    });
    const page = await house.followed(answer);
    expect(wordsOf(page.body)).toContain('日時の変更が5名にまだ伝わっていません');
    expect(page.body).toContain('href="/y/wpi/2027/release"');
  });

  it('holds the day where that is ticked, says what follows, and shows it until it is fixed', async () => {
    const ticked = await house.post(path('/edit'), await form({ provisional: 'yes' }));
    expect(wordsOf(ticked.body)).toContain('「日程確保のお願い」として案内し、予定表には仮の予定として入ります。');
    expect((await house.post(path('/edit'), await form({ provisional: 'yes', step: 'save' }))).statusCode).toBe(303);
    expect(await meeting()).toMatchObject({ provisional: true });
    expect(wordsOf((await house.get(path(''))).body)).toContain('仮押さえ');
    const fixing = await form({ provisional: '', step: 'check' });
    expect(wordsOf((await house.post(path('/edit'), fixing)).body)).toContain('仮押さえへの回答は履歴に残り');
    await house.post(path('/edit'), { ...fixing, step: 'save' });
    expect(await meeting()).toMatchObject({ provisional: false });
    expect(wordsOf((await house.get(path(''))).body)).not.toContain('仮押さえ');
  });

  it('refuses a second press of the same form, and one that was made from another state, and keeps what was typed', async () => {
    const typed = await form({ 'note.ja': '北門から', 'note.en': 'North gate', step: 'save' });
    expect((await house.post(path('/edit'), typed)).statusCode).toBe(303);
    const again = await house.post(path('/edit'), { ...typed, 'note.ja': '南門から' });
    expect(again.statusCode).toBe(409);
    const words = wordsOf(again.body);
    expect(words).toContain('別の担当者が「PD・PO訪問（AIMEC）」を変更しました');
    expect(fieldIn(again.body, 'note.ja')).toBe('南門から');
    expect(words).toContain('北門から / North gate');
    expect(await meeting()).toMatchObject({ note: { ja: '北門から' } });
    const afterwards = await house.post(path('/edit'), {
      ...typed,
      'note.ja': '南門から',
      seen: fieldIn(again.body, 'seen'),
    });
    expect(afterwards.statusCode).toBe(303);
  });

  it('says at the fields what is wrong, all at once, in both languages, and saves nothing', async () => {
    const wrong = {
      firstDay: '2028-03-07',
      to: '09:00',
      onlineUrl: 'javascript:alert(1)',
      'room.ja': '<script>alert(1)</script>',
      step: 'save',
    };
    const before = await meeting();
    for (const [language, sentences] of [
      [
        'ja',
        [
          '入力内容に誤りが2件あります',
          '終了が開始より前になっています。',
          'https:// で始まるものを入力してください。',
        ],
      ],
      ['en', ['2 entries need correcting', 'It would end before it begins.', 'begins with https://.']],
    ] as const) {
      const answer = await house.post(path('/edit'), await form(wrong), { language });
      expect(answer.statusCode).toBe(422);
      for (const sentence of sentences) expect(wordsOf(answer.body)).toContain(sentence);
      expect(answer.body).not.toContain('<script>alert');
      expect(fieldIn(answer.body, 'room.ja')).toBe('<script>alert(1)</script>');
    }
    expect(await meeting()).toEqual(before);
  });

  it('goes back to the form with everything that was typed', async () => {
    const answer = await house.post(path('/edit'), await form({ firstDay: '2028-03-09', step: 'back' }));
    expect([answer.statusCode, fieldIn(answer.body, 'firstDay')]).toEqual([200, '2028-03-09']);
  });

  it('does nothing where nothing differs', async () => {
    const before = await meeting();
    const answer = await house.post(path('/edit'), await form());
    expect(answer.headers['location']).toBe(`/meetings/${house.ids[visit]}?done=same`);
    expect(await meeting()).toEqual(before);
  });

  it('gives a meeting its first day with the hours that the form showed', async () => {
    const typed = await form({ firstDay: '2027-06-24', step: 'save' }, 'site/qup');
    expect([typed['from'], typed['to']]).toEqual(['10:00', '17:00']);
    await house.post(path('/edit', 'site/qup'), typed);
    const { firstDay, lastDay, state } = await meeting('site/qup');
    expect([firstDay, lastDay, state]).toEqual(['2027-06-24', '2027-06-24', 'scheduled']);
  });

  it('says who would be in two places, before and when it is saved', async () => {
    const typed = await form({ firstDay: '2028-03-07', step: 'save' }, 'pdpo/qup');
    const refused = await house.post(path('/edit', 'pdpo/qup'), typed);
    expect(refused.statusCode).toBe(409);
    expect(plain(refused.body)).toContain('架空 太郎さんは同じ時間に');
    expect(fieldIn(refused.body, 'firstDay')).toBe('2028-03-07');
    expect(await meeting('pdpo/qup')).toMatchObject({ state: 'undated' });
  });

  it('lets the planner move it again', async () => {
    const answer = await house.post(path('/free'), {});
    expect(answer.headers['location']).toBe(`/meetings/${house.ids[visit]}?done=freed`);
    expect(await meeting()).toMatchObject({ fixedByStaff: false });
  });
});

describe('cancelling', () => {
  it('asks first, with who has to be told, and takes the parts of a committee along', async () => {
    await house.app.get(Meetings).set(house.ids['committee']!, { firstDay: '2027-10-28' }, house.actor);
    const ask = await house.get(path('/cancel', 'committee'));
    expect(wordsOf(ask.body)).toContain('この会議の中で行う8件も中止になります。');
    expect(await meeting('committee')).toMatchObject({ state: 'scheduled' });
    const seen = fieldIn(ask.body, 'seen');
    expect((await house.post(path('/cancel', 'committee'), { seen })).statusCode).toBe(303);
    expect([(await meeting('committee')).state, (await meeting('hearing/qup')).state]).toEqual([
      'cancelled',
      'cancelled',
    ]);
    const again = await house.post(path('/cancel', 'committee'), { seen });
    expect(again.statusCode).toBe(409);
    expect(wordsOf(again.body)).toContain('この会議はすでに中止されています。');
  });

  it('leaves nothing to change but taking it back', async () => {
    const { body } = await house.get(path('', 'committee'));
    expect(body).toContain('/reinstate"');
    expect(body).not.toContain('/edit"');
    expect(wordsOf((await house.get(path('/edit', 'committee'))).body)).toContain('中止された会議です');
    const part = await house.post(path('/reinstate', 'hearing/qup'), {
      seen: fieldIn((await house.get(path('/reinstate', 'hearing/qup'))).body, 'seen'),
    });
    expect(part.statusCode).toBe(409);
    expect(plain(part.body)).toContain('が中止されているため');
  });

  it('is taken back after asking, and refuses what somebody else has changed meanwhile', async () => {
    const ask = await house.get(path('/reinstate', 'committee'), { language: 'en' });
    expect(wordsOf(ask.body)).toContain('Take the cancellation back?');
    expect((await house.post(path('/reinstate', 'committee'), { seen: 'old' })).statusCode).toBe(409);
    const answer = await house.post(path('/reinstate', 'committee'), { seen: fieldIn(ask.body, 'seen') });
    expect(answer.statusCode).toBe(303);
    expect([(await meeting('committee')).state, (await meeting('hearing/qup')).state]).toEqual([
      'scheduled',
      'undated',
    ]);
  });
});
