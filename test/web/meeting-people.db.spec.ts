import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Availability } from '../../src/availability/availability.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { ResponseQueries } from '../../src/responses/responses.queries.ts';
import { fieldName } from '../../src/web/respond/answer-fields.ts';
import { plain, wordsOf, YearHouse } from './year-house.ts';

const visit = 'pdpo/aimec';
let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
  await house.app.get(Meetings).set(house.ids[visit]!, { firstDay: '2028-03-02' }, house.actor);
  await house.app.get(Meetings).set(house.ids['pdpo/qup']!, { firstDay: '2028-03-09' }, house.actor);
  await house.app.settle();
});
afterAll(() => house.app.stop());

const path = (rest = '', key = visit) => `/meetings/{${key}}${rest}`;
const seat = async (rule: string) =>
  (await house.app.get(MeetingQueries).seatsOf([house.ids[visit]!])).find((one) => one.rule === rule)!;
const attendees = async () => house.app.get(MeetingQueries).attendeesOf([house.ids[visit]!]);
const attendee = async (personId: string) => (await attendees()).find((one) => one.personId === personId)!;

describe('adding a participant', () => {
  it('offers who may fill a seat, with their days, clashes and conflicts of interest', async () => {
    await house.app
      .get(Availability)
      .say(
        'mihon-haruko',
        [{ from: '2028-03-02', to: '2028-03-02', half: 'am', state: 'x', comment: '<u>会議</u>' }],
        'staff',
        house.actor,
      );
    const { id } = await seat('officer');
    const { body } = await house.get(path(`/people/add?seat=${id}`));
    expect(body.match(/name="person"/g)).toHaveLength(10);
    const row = /<tr[^>]*>(?:(?!<\/tr>)[\s\S])*mihon-haruko[\s\S]*?<\/tr>/.exec(body)![0];
    expect(wordsOf(row)).toContain('参加不可');
    expect(row).toContain('&lt;u&gt;会議&lt;/u&gt;');
  });

  it.each(['みほん はるこ', 'haruko', '見本春子', 'waseda'])('finds people in the roster by %s', async (search) => {
    const { body } = await house.get(path(`/people/add?q=${encodeURIComponent(search)}`));
    expect(body).toContain('value="mihon-haruko"');
  });

  it('says where nobody is found, and shows a hostile search as text', async () => {
    const { statusCode, body } = await house.get(path(`/people/add?q=${encodeURIComponent('"><script>x</script>')}`));
    expect(statusCode).toBe(200);
    expect(body).not.toContain('<script>x');
    expect(wordsOf(body)).toContain('該当する方がいません');
  });

  it('puts somebody into a seat, and refuses to ask them twice', async () => {
    const form = { person: 'mihon-haruko', seat: (await seat('officer')).id, q: '見本' };
    const answer = await house.post(path('/people'), form);
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `/meetings/${house.ids[visit]}?done=added`]);
    expect(await attendee('mihon-haruko')).toMatchObject({ seatId: form.seat, byHand: true, required: true });
    const again = await house.post(path('/people'), form);
    expect(again.statusCode).toBe(409);
    expect(wordsOf(again.body)).toContain('見本 春子さんはすでに「PD・PO訪問（AIMEC）」の出席者です。');
  });

  it('takes somebody with a role of their own', async () => {
    const form = { person: 'kamei-makoto', seat: '', roleJa: 'オブザーバー', roleEn: 'Observer', side: 'visiting' };
    expect((await house.post(path('/people'), form)).statusCode).toBe(303);
    expect(await attendee('kamei-makoto')).toMatchObject({
      seatId: null,
      role: { ja: 'オブザーバー' },
      required: false,
    });
  });

  it('comes back with what was typed where something is missing', async () => {
    const answer = await house.post(path('/people'), { seat: '', roleJa: '立会人', q: '架空' }, { language: 'en' });
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer.body)).toContain('Please choose somebody.');
    expect(wordsOf(answer.body)).toContain('Please give the role in both languages');
    expect(answer.body).toContain('value="立会人"');
    expect(answer.body).toContain('value="架空"');
  });

  it('is not for readers', async () => {
    const form = { person: 'reiji-shigeru', seat: (await seat('officer')).id };
    expect((await house.post(path('/people'), form, { as: 'reader' })).statusCode).toBe(403);
    expect(await attendee('reiji-shigeru')).toBeUndefined();
  });
});

describe('an answer that staff heard', () => {
  const answer = async (
    personId: string,
    form: Record<string, string>,
    as: 'administrator' | 'reader' = 'administrator',
  ) => {
    const { id } = await attendee(personId);
    const meeting = await house.app.get(MeetingQueries).one(house.ids[visit]!);
    const named = Object.entries({ revision: String(meeting.revision), ...form }).map(([field, value]) => [
      field === 'by' ? field : fieldName(id, field as 'attendance'),
      value,
    ]);
    return { id, answer: await house.post(path(`/people/${id}/answer`), Object.fromEntries(named), { as }) };
  };
  const history = async (id: string) => (await house.app.get(ResponseQueries).historyOf([id])).get(id) ?? [];

  it('is recorded with every part of it, who said it and who wrote it down', async () => {
    const form = {
      attendance: 'proxy',
      proxyName: '代理 三郎',
      proxyTitle: '副学長',
      accompanying: '随行 一郎\n随行 二郎',
      remarks: '<b>車で</b>',
      by: '学長室 例示様（電話）',
    };
    const { id, answer: said } = await answer('kaku-taro', form);
    expect(said.headers['location']).toBe(`/meetings/${house.ids[visit]}/people/${id}?done=answered`);
    const [recorded] = await history(id);
    expect(recorded).toMatchObject({
      attendance: 'proxy',
      proxyName: '代理 三郎',
      proxyTitle: '副学長',
      accompanying: ['随行 一郎', '随行 二郎'],
      remarks: '<b>車で</b>',
      channel: 'staff',
      givenBy: '学長室 例示様（電話） / 見本 一子',
    });
    expect(await attendee('kaku-taro')).toMatchObject({ attendance: 'proxy' });
    const page = await house.followed(said);
    expect(page.body).toContain('&lt;b&gt;車で&lt;/b&gt;');
    expect(wordsOf((await house.get(path())).body)).toContain('代理：副学長 代理 三郎');
    expect(wordsOf((await house.get(path('/answers'), { language: 'en' })).body)).toContain('entered by staff');
  });

  it('that says the same again adds nothing', async () => {
    const { id, answer: said } = await answer('kaku-taro', {
      attendance: 'proxy',
      proxyName: '代理 三郎',
      proxyTitle: '副学長',
      accompanying: '随行 一郎\n随行 二郎',
      remarks: '<b>車で</b>',
    });
    expect(said.headers['location']).toContain('done=known');
    expect(await history(id)).toHaveLength(1);
  });

  it.each([
    [{ attendance: 'proxy' }, '代理の方のお名前を入力してください。'],
    [{ attendance: 'late', lateFrom: 'noon' }, '到着時刻を「10:30」のように入力してください。'],
    [{ attendance: '' }, '出欠を選んでください。'],
  ])('comes back where it is incomplete: %j', async (form, sentence) => {
    const { id, answer: said } = await answer('kaku-taro', { ...form, remarks: '覚え書き' });
    expect(said.statusCode).toBe(422);
    expect(wordsOf(said.body)).toContain(sentence);
    expect(said.body).toContain('覚え書き');
    expect(await history(id)).toHaveLength(1);
  });

  it('to another time of the meeting is refused, with what is true now and what was typed', async () => {
    const { id, answer: said } = await answer('kaku-taro', { attendance: 'absent', remarks: '出張', revision: '0' });
    expect(said.statusCode).toBe(409);
    expect(wordsOf(said.body)).toContain('日時または場所が変わりました');
    expect(said.body).toContain('出張');
    expect(await history(id)).toHaveLength(1);
  });

  it('is not for readers, nor for participants of another meeting', async () => {
    expect((await answer('kaku-taro', { attendance: 'absent' }, 'reader')).answer.statusCode).toBe(403);
    const { id } = await attendee('kaku-taro');
    expect((await house.get(path(`/people/${id}`, 'pdpo/qup'))).statusCode).toBe(404);
    expect((await house.post(path(`/people/${id}/answer`, 'pdpo/qup'), {})).statusCode).toBe(404);
    const { body } = await house.get(path(`/people/${id}`), { as: 'reader' });
    expect(body).not.toContain(`/people/${id}/answer"`);
  });
});

describe('replacing and removing', () => {
  it('puts another person into the same seat', async () => {
    const { id, seatId } = await attendee('mihon-haruko');
    expect(wordsOf((await house.get(path(`/people/${id}/replace`))).body)).toContain(
      '見本 春子さん（担当プログラムオフィサー）の代わりの方を選ぶ',
    );
    expect((await house.post(path(`/people/${id}/replace`), {})).statusCode).toBe(422);
    expect((await house.post(path(`/people/${id}/replace`), { person: 'mihon-haruko' })).statusCode).toBe(409);
    const answer = await house.post(path(`/people/${id}/replace`), { person: 'sotei-ken' });
    expect(answer.headers['location']).toBe(`/meetings/${house.ids[visit]}?done=replaced`);
    expect(await attendee('sotei-ken')).toMatchObject({ seatId });
    expect(await attendee('mihon-haruko')).toBeUndefined();
    expect(plain((await house.get(path('/trail'))).body)).toContain('見本 春子さんを想定 健さんに交代');
  });

  it('asks before somebody is removed, says that the seat becomes vacant, and bears a second press', async () => {
    const { id } = await attendee('sotei-ken');
    const ask = wordsOf((await house.get(path(`/people/${id}/remove`))).body);
    expect(ask).toContain('必須の席「担当プログラムオフィサー」が空席になります。');
    const press = () => house.post(path(`/people/${id}/remove`), {});
    expect((await press()).headers['location']).toBe(`/meetings/${house.ids[visit]}?done=removed`);
    expect(await attendee('sotei-ken')).toBeUndefined();
    expect((await press()).statusCode).toBe(303);
    expect((await house.get(path(`/people/${id}`))).statusCode).toBe(404);
  });
});

describe('the attendance list', () => {
  it('is a page with everybody and how many will be there', async () => {
    const words = wordsOf((await house.get(path('/attendance'))).body);
    expect(words).toContain('会場 3名');
    expect(words).toContain('同席2名：随行 一郎、随行 二郎');
    expect(wordsOf((await house.get(path('/attendance', 'symposium'))).body)).toContain('出席者はまだいません');
  });

  it('is a spreadsheet for one meeting and for the year', async () => {
    const sheet = async (url: string) => {
      const answer = await house.get(url);
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      return {
        name: answer.headers['content-disposition'],
        rows: parse<Record<string, string>>(answer.rawPayload, { columns: true, bom: true }),
      };
    };
    const one = await sheet(path('/attendance.csv'));
    expect(one.name).toBe('attachment; filename="attendance-pdpo-aimec.csv"');
    expect(new Set(one.rows.map((row) => row['会議']))).toEqual(new Set(['PD・PO訪問（AIMEC）']));
    const year = await sheet('/y/wpi/2027/attendance.csv');
    expect(year.rows.length).toBeGreaterThan(one.rows.length);
    expect([...new Set(year.rows.map((row) => row['会議']))]).toEqual(['PD・PO訪問（AIMEC）', 'PD・PO訪問（QUP）']);
    expect((await house.get(path('/attendance.csv'), { as: null })).statusCode).toBe(303);
  });
});

describe('one person at a meeting on site', () => {
  it('is switched to online and back on their page, by staff who may change', async () => {
    const person = (await attendees())[0]!.personId;
    const { id } = await attendee(person);
    const page = path(`/people/${id}`);
    expect(wordsOf((await house.get(page)).body)).toContain('オンライン参加に切り替える');
    expect((await house.post(`${page}/take-part`, { as: 'online' }, { as: 'reader' })).statusCode).toBe(403);
    expect((await house.post(`${page}/take-part`, { as: 'by telephone' })).statusCode).toBe(404);
    expect((await attendee(person)).online).toBe(false);
    const done = await house.post(`${page}/take-part`, { as: 'online' });
    expect([done.statusCode, done.headers['location']]).toEqual([303, expect.stringContaining('?done=take-part')]);
    const words = wordsOf((await house.get(`${page}?done=take-part`)).body);
    for (const part of ['参加方法を切り替えました', 'オンライン（この方のみ）', '接続先は未定', '対面に戻す'])
      expect(words).toContain(part);
    expect(wordsOf((await house.get(path('/trail'))).body)).toContain('の参加方法を変更');
    await house.post(`${page}/take-part`, { as: 'on-site' });
    expect((await attendee(person)).online).toBe(false);
  });
});
