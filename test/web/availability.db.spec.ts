import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AvailabilityQueries } from '../../src/availability/availability.queries.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { cookieOf, upload } from './uploading.ts';
import { fieldIn, wordsOf, YearHouse } from './year-house.ts';

let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
});
afterAll(() => house.app.stop());

const said = (id: string, from: CalendarDate, to: CalendarDate = from) =>
  house.app.get(AvailabilityQueries).ofPerson(id, from, to);
const states = async (id: string, from: CalendarDate, to: CalendarDate = from) =>
  (await said(id, from, to)).map(({ day, half, state }) => `${day.slice(8)}${half} ${state}`);

/** The marks of a month as the page shows them, as a browser would send them back */
async function marksOf(path: string): Promise<Record<string, string>> {
  const { body } = await house.get(path);
  const marks = [...body.matchAll(/name="((?:am|pm)-[\d-]+)" value="(\w+)" checked/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  return { ...Object.fromEntries(marks), was: fieldIn(body, 'was'), comment: '', channel: 'staff' };
}

describe('the grid', () => {
  it('shows people by role and half days of a month, in both languages, to readers too', async () => {
    for (const [language, words] of [
      ['ja', '2027年6月'],
      ['en', 'June 2027'],
    ] as const) {
      const { statusCode, body } = await house.get('/availability?month=2027-06', { as: 'reader', language });
      expect(statusCode).toBe(200);
      expect(wordsOf(body)).toContain(words);
      expect(body.match(/<tr><th scope="row"><a href="\/availability\//g)!.length).toBeGreaterThan(100);
      expect(body).not.toContain('href="/availability/files"');
    }
  });

  it('is closed to whoever is not signed in', async () => {
    expect((await house.get('/availability', { as: null })).headers['location']).toBe('/sign-in?to=%2Favailability');
  });

  it('narrows to a role, a centre and a name', async () => {
    const count = async (query: string) =>
      (
        (await house.get(`/availability?month=2027-06&${query}`)).body.match(
          /href="\/availability\/[a-z-]+\?month=/g,
        ) ?? []
      ).length;
    expect(await count('kind=programme-officer')).toBe(10);
    expect(await count('kind=programme-director&q=%E3%81%8B%E3%81%8F%E3%81%86')).toBe(1);
    expect(await count('centre=icredd')).toBeGreaterThan(3);
    expect(await count('q=nobody-at-all')).toBe(0);
  });

  it('lists who has not answered, with how to reach them and where to enter what they say', async () => {
    const { body } = await house.get('/availability?month=2027-06&show=none&period=site');
    expect(wordsOf(body)).toContain('連絡先');
    expect(body).toContain('回答を入力');
    expect(body).not.toContain('grid--people');
    expect(body).not.toContain('/availability/kaku-taro?');
  });

  it('answers queries of any shape', async () => {
    for (const query of [
      'month=2027-13',
      'month=9999-99',
      'month=2090-01',
      'period=x&show=constructor',
      'q=a&q=b',
      'kind=__proto__',
    ])
      expect((await house.get(`/availability?${query}`)).statusCode).toBe(200);
    expect((await house.get('/availability?month=2027-06&q=%22%3E%3Cscript%3Ex')).body).not.toContain('<script>x');
  });
});

describe('the month of one person', () => {
  const path = '/availability/mihon-hanako?month=2027-09';

  it('writes only what was changed, with its comment and how it was told', async () => {
    const marks = await marksOf(path);
    expect(Object.keys(marks).length).toBeGreaterThan(40);
    const unchanged = await house.post(path, marks);
    expect(unchanged.headers['location']).toBe(`${path}&done=0`);
    const before = await states('mihon-hanako', '2027-09-01', '2027-09-13');
    const answer = await house.post(path, {
      ...marks,
      'pm-2027-09-14': 'no',
      comment: '学会 <b>',
      channel: 'telephone',
    });
    expect(answer.statusCode).toBe(303);
    expect(await said('mihon-hanako', '2027-09-14')).toMatchObject([
      { half: 'am' },
      { half: 'pm', state: 'x', comment: '学会 <b>', channel: 'telephone', recordedBy: '見本 一子' },
    ]);
    expect(await states('mihon-hanako', '2027-09-01', '2027-09-13')).toEqual(before);
    const page = await house.followed(answer);
    expect(wordsOf(page.body)).toContain('半日1回分を保存しました。');
    expect(page.body).toContain('学会 &lt;b&gt;');
  });

  it('marks a whole week at a stroke', async () => {
    await house.post(path, { ...(await marksOf(path)), 'week-2027-09-20': 'no', 'am-2027-09-22': 'yes' });
    const week = await states('mihon-hanako', '2027-09-21', '2027-09-24');
    expect(week.filter((one) => one.startsWith('21') || one.startsWith('24'))).toEqual([
      '21am x',
      '21pm x',
      '24am x',
      '24pm x',
    ]);
    // a holiday is left alone
    expect((await states('mihon-hanako', '2027-09-23')).every((one) => !one.endsWith('x'))).toBe(true);
  });

  it('does not undo what somebody else entered meanwhile', async () => {
    const marks = await marksOf(path);
    await house.post('/availability/mihon-hanako/span', {
      from: '2027-09-02',
      to: '',
      half: 'all',
      state: 'x',
      comment: '',
    });
    await house.post(path, { ...marks, 'am-2027-09-03': 'maybe' });
    expect(await states('mihon-hanako', '2027-09-02')).toEqual(['02am x', '02pm x']);
  });

  it('says a comment that is too long, and keeps the marks', async () => {
    const marks = { ...(await marksOf(path)), 'am-2027-09-28': 'no', comment: 'あ'.repeat(301) };
    const { statusCode, body } = await house.post(path, marks, { language: 'en' });
    expect(statusCode).toBe(422);
    expect(wordsOf(body)).toContain('At most 300 characters.');
    expect(body).toMatch(/name="am-2027-09-28" value="no" checked/);
  });

  it('is for staff to change and for readers to see', async () => {
    expect((await house.get(path, { as: 'reader' })).body).not.toContain('この月を保存');
    expect((await house.post(path, {}, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post(path, {}, { as: null })).statusCode).toBe(303);
    expect((await house.get('/availability/nobody')).statusCode).toBe(404);
    expect(
      (await house.post('/availability/nobody/span', { from: '2027-09-02', to: '', half: 'all', state: 'x' }))
        .statusCode,
    ).toBe(404);
  });
});

describe('a stretch of days', () => {
  const path = '/availability/kaku-taro/span?month=2027-06';
  const span = { from: '2027-06-07', to: '2027-06-18', half: 'am', state: 'x', comment: '海外出張', channel: 'staff' };

  it('says every fault at its field, in both languages, and keeps what was typed', async () => {
    for (const [language, words] of [
      ['ja', '終わりは始まり以降の日にしてください。'],
      ['en', 'It cannot end before it begins.'],
    ] as const) {
      const { statusCode, body } = await house.post(path, { ...span, to: '2027-06-01', state: '' }, { language });
      expect(statusCode).toBe(422);
      expect(wordsOf(body)).toContain(words);
      expect(body).toContain('id="to-fault"');
      expect(fieldIn(body, 'to')).toBe('2027-06-01');
    }
  });

  it('is written on its weekdays, shown as one, and taken back', async () => {
    const form = new URLSearchParams(span);
    for (const weekday of ['1', '3']) form.append('weekdays', weekday);
    const answer = await house.app.app.inject({
      method: 'POST',
      url: path,
      headers: {
        cookie: await cookieOf(house.app, 'staff'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: form.toString(),
    });
    expect(answer.headers['location']).toBe('/availability/kaku-taro?month=2027-06&done=4');
    const taken = (await said('kaku-taro', '2027-06-07', '2027-06-18')).filter(({ comment }) => comment === '海外出張');
    expect(taken.map(({ day, half }) => `${day.slice(8)}${half}`)).toEqual(['07am', '09am', '14am', '16am']);
    const again = await house.post(path, { ...span, from: '2027-06-07', to: '2027-06-07', half: 'all', state: 'none' });
    expect(again.statusCode).toBe(303);
    expect(await said('kaku-taro', '2027-06-07')).toEqual([]);
  });
});

describe('a file', () => {
  it('goes out, comes back without a difference, and is written only when that is confirmed', async () => {
    const out = await house.get('/availability/files/availability.csv?from=2027-06-01&to=2027-09-30');
    expect(out.headers['content-disposition']).toBe('attachment; filename="availability.csv"');
    const back = await upload(house, '/availability/files/preview', [['availability.csv', out.rawPayload]]);
    expect(back.statusCode).toBe(200);
    expect(wordsOf(back.body)).toContain('今の回答と同じ内容です');
    const csv = 'name,date,half,state,comment\n架空 太郎,2027-06-29,午後,×,<i>出張</i>\n';
    const preview = await upload(house, '/availability/files/preview', [['a.csv', csv]]);
    expect(preview.body).toContain('&lt;i&gt;出張');
    expect(await said('kaku-taro', '2027-06-29')).not.toMatchObject([{}, { comment: '<i>出張</i>' }]);
    const answer = await house.post('/availability/files/import', { packed: fieldIn(preview.body, 'packed') });
    expect(answer.headers['location']).toBe('/availability/files?done=1.0.1');
    expect(await said('kaku-taro', '2027-06-29')).toMatchObject([{}, { state: 'x', channel: 'import' }]);
  });

  it('with faults says them by line, and writes the rest only if asked to', async () => {
    const csv = 'person,date,state\nnobody,2027-06-01,○\nkaku-taro,2027-06-31,○\nkaku-taro,2027-06-30,△\n';
    const preview = await upload(house, '/availability/files/preview', [['a.csv', csv]]);
    expect(preview.statusCode).toBe(422);
    expect(wordsOf(preview.body)).toContain('「nobody」は名簿にいません。');
    const packed = fieldIn(preview.body, 'packed');
    expect((await house.post('/availability/files/import', { packed })).statusCode).toBe(422);
    expect((await house.post('/availability/files/import', { packed, skip: 'yes' })).statusCode).toBe(303);
    expect(await states('kaku-taro', '2027-06-30')).toEqual(['30am t', '30pm t']);
  });

  it('is not taken from readers, nor when it is too large', async () => {
    expect((await upload(house, '/availability/files/preview', [['a.csv', 'x']], 'reader')).statusCode).toBe(403);
    const large = await upload(house, '/availability/files/preview', [['a.csv', 'x'.repeat(5_000_001)]]);
    expect(large.statusCode).toBe(413);
    expect((await upload(house, '/availability/files/preview', [])).statusCode).toBe(422);
  });
});
