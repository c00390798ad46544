import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CycleQueries } from '../../src/cycle/cycle.queries.ts';
import { SESSION_COOKIE } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { joinTexts } from '../../src/kernel/text.ts';
import { Programmes } from '../../src/programme/programmes.service.ts';
import { programmeRefusals } from '../../src/programme/refusals.ts';
import { readProgramme } from '../../src/programme/read-programme.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { yamlOf } from '../programme/shipped.ts';
import { startApp, type StartedApp } from '../support/app.ts';

/** The programmes that ship, and one whose file has mistakes */
class WithMistakes extends Programmes {
  override async ids() {
    return [...(await super.ids()), 'broken'];
  }
  override async one(id: string) {
    if (id !== 'broken') return super.one(id);
    const source = yamlOf('wpi').replace('halfDays: 2\n', 'halfDays: two\n').replace('per: centre\n', 'per: center\n');
    const read = readProgramme(source.replace('id: wpi', 'id: broken'), 'broken.yaml');
    if ('programme' in read) throw new Error('the file has no mistake');
    const faults = joinTexts(
      read.faults.map(({ text }) => text),
      '\n',
      '\n',
    );
    throw Refusal.of(programmeRefusals, 'programme.mistakes', { faults });
  }
}

let house: StartedApp;
let staffId: string;
let cookies: Record<'staff' | 'reader', string>;

beforeAll(async () => {
  house = await startApp({
    clock: '2026-11-21T00:00:00Z',
    config: { role: 'web' },
    providers: [{ provide: Programmes, useValue: new WithMistakes() }],
  });
  await house.get(Sample).load();
  await house.get(Staff).add(
    {
      nameJa: '例示 読子',
      nameEn: 'Yomiko REIJI',
      email: 'yomiko.reiji@example.org',
      telephone: '',
      role: 'reader',
      language: 'ja',
    },
    { kind: 'command', name: 'test' },
  );
  const staff = await house.get(StaffQueries).list();
  const signedIn = (id: string) => house.dataSource.transaction((tx) => house.get(Sessions).begin(tx, id));
  staffId = staff.find((member) => member.email === 'niro.mihon@secretariat.example.org')!.id;
  const readerId = staff.find((member) => member.role === 'reader')!.id;
  cookies = { staff: await signedIn(staffId), reader: await signedIn(readerId) };
});
afterAll(async () => house?.stop());

interface Asked {
  readonly as?: 'staff' | 'reader' | 'nobody';
  readonly lang?: 'ja' | 'en';
}
const headersOf = ({ as = 'staff', lang = 'ja' }: Asked) => ({
  'accept-language': lang,
  ...(as === 'nobody' ? {} : { cookie: `${SESSION_COOKIE}=${cookies[as]}` }),
});
const get = (path: string, asked: Asked = {}) =>
  house.app.inject({ method: 'GET', url: path, headers: headersOf(asked) });
const post = (fields: [string, string][], asked: Asked = {}) =>
  house.app.inject({
    method: 'POST',
    url: '/new-year',
    headers: { ...headersOf(asked), 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });

/** What a browser would send: every field of the form as it stands, with one button pressed */
function fieldsIn(html: string): [string, string][] {
  const unescaped = (value: string) =>
    value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  const main = html.slice(html.indexOf('<main'));
  return [
    ...main.matchAll(/<(?:input|select)[^>]*>(?:(?!<\/select>)[\s\S])*?(?:<\/select>|(?=<input|<select|<button|$))/g),
  ].flatMap(([piece]): [string, string][] => {
    const tag = /^<[^>]*>/.exec(piece)![0];
    const name = attribute(tag, 'name');
    if (!name) return [];
    if (tag.startsWith('<select'))
      return [[name, unescaped(/<option value="([^"]*)" selected/.exec(piece)?.[1] ?? '')]];
    if (attribute(tag, 'type') === 'checkbox' && !/\bchecked\b/.test(tag)) return [];
    return [[name, unescaped(attribute(tag, 'value') ?? '')]];
  });
}
const press = (html: string, button: string, value: string, changes: Record<string, string> = {}, asked: Asked = {}) =>
  post(
    [...fieldsIn(html).map(([name, old]): [string, string] => [name, changes[name] ?? old]), [button, value]],
    asked,
  );
const years = () => house.get(CycleQueries).all();

describe('the door', () => {
  it('is closed to whoever is not signed in', async () => {
    expect((await get('/new-year', { as: 'nobody' })).headers.location).toBe('/sign-in?to=%2Fnew-year');
    expect((await post([['go', 'make']], { as: 'nobody' })).headers.location).toBe('/sign-in');
  });

  it('lets readers look and not press', async () => {
    const page = await get('/new-year', { as: 'reader' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/<button[^>]*name="go"/);
    expect((await post([['go', 'make']], { as: 'reader' })).statusCode).toBe(403);
    expect(await years()).toEqual([]);
  });
});

describe('an empty house', () => {
  it('is offered the year after the present one, of the programme into which its centres fall', async () => {
    const { body } = await get('/new-year');
    expect(body).toContain('<option value="wpi" selected>');
    expect(body).toContain('<option value="2027" selected>2027年度（令和9年度）');
    expect(body).toContain('value="2027-06-01"');
    expect(body).toContain('前の年度がないため、プログラムの定義から引き継ぎました。');
  });

  it('sees windows, holidays and options in either language', async () => {
    const { body } = await get('/new-year', { lang: 'en' });
    expect(body).toContain('Marine Day Mon 19 Jul');
    expect(body).toContain('Extension review in year 8');
    expect(body).toContain('84 days');
  });

  it('may look at another programme and year', async () => {
    const { body } = await get('/new-year?programme=j-peaks&year=2028');
    expect(body).toContain('<option value="j-peaks" selected>');
    expect(body).toContain('value="2028-12-01"');
    expect(body).toContain('名簿の拠点は、このプログラムの区分に当てはまりません');
  });
});

describe('what is typed wrongly', () => {
  it('comes back at its field, in both languages, with everything else as it was', async () => {
    const page = (await get('/new-year')).body;
    const changes = { 'from.site': '2027-09-30', 'to.site': '2027-06-01', 'from.pdpo': '2027-12-13' };
    for (const [lang, words] of [
      ['ja', '終了日が開始日より前になっています。'],
      ['en', 'The window ends before it begins.'],
    ] as const) {
      const { statusCode, body } = await press(page, 'go', 'rows', changes, { lang });
      expect(statusCode).toBe(422);
      expect(body).toContain('href="#to.site"');
      expect(body).toMatch(new RegExp(`id="to\\.site-fault">[\\s\\S]{0,300}${words}`));
      expect(body).toContain('value="2027-12-13"');
    }
  });

  it('is shown as text, whatever it is', async () => {
    const page = (await get('/new-year')).body;
    const { statusCode, body } = await press(page, 'go', 'rows', { 'from.site': '"><script>alert(1)</script>' });
    expect(statusCode).toBe(422);
    expect(body).not.toContain('<script>alert');
  });

  it('is a year that is none', async () => {
    for (const year of ['1899', 'next', '2050']) {
      const { statusCode, body } = await get(`/new-year?year=${year}`);
      expect(statusCode).toBe(422);
      expect(body).toContain('年度を西暦4桁（2007～2049）で指定してください。');
    }
  });

  it('is a programme that is not there', async () => {
    const { statusCode, body } = await get('/new-year?programme=../../etc/passwd');
    expect(statusCode).toBe(404);
    expect(body).toContain('「../../etc/passwd」というプログラムはありません。');
  });
});

describe('a programme file with mistakes', () => {
  it('shows each with its line, and lets another programme be chosen', async () => {
    const { statusCode, body } = await get('/new-year?programme=broken', { lang: 'en' });
    expect(statusCode).toBe(422);
    expect(body).toMatch(/<code>broken\.yaml:\d+:\d+ activities\.[^<]*halfDays: found &quot;two&quot;/);
    expect(body).toMatch(/<code>broken\.yaml:\d+:\d+ activities\.[^<]*per: found &quot;center&quot;/);
    expect(body).toContain('broken.yaml (has mistakes)');
    expect(body).toContain('<option value="wpi">');
  });
});

describe('setting up FY2027', () => {
  let rows: string;

  it('shows the rows with their reasons', async () => {
    const page = (await get('/new-year')).body;
    rows = (await press(page, 'go', 'rows', { 'from.site': '2027-06-07' })).body;
    expect(rows).toContain('10年目（支援最終年度）のため最終評価');
    expect(rows).toContain('6月7日(月)～9月30日(木)');
    expect(rows).toContain('2016年度で支援終了のためアカデミー拠点');
  });

  it('says what goes along before a row is dropped', async () => {
    const asked = (await press(rows, 'dropRow', 'site/icredd')).body;
    expect(asked).toContain('「サイトビジット（ICReDD）」を外しますか');
    expect(asked).toContain('次の15件も一緒に外れます：');
    expect(asked).toMatch(/name="dropRow" value="site\/icredd"/);
    rows = (await press(asked, 'dropSure', 'site/icredd')).body;
    expect(rows).not.toMatch(/name="dropRow" value="site\/icredd"/);
    expect(rows).toContain('<del>サイトビジット（ICReDD）</del>');
  });

  it('adds what is held on request, and says what is missing', async () => {
    const wrong = await press(rows, 'addRow', 'yes', { addActivity: 'guest-visit' }, { lang: 'en' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Please choose the centre.');
    rows = (await press(rows, 'addRow', 'yes', { addActivity: 'guest-visit', addCentre: 'ashbi' })).body;
    expect(rows).toContain('事務局が追加');
  });

  it('keeps everything on the way back and forth', async () => {
    const back = (await press(rows, 'go', 'windows')).body;
    expect(back).toContain('value="2027-06-07"');
    rows = (await press(back, 'go', 'rows', {})).body;
    expect(rows).toContain('<del>サイトビジット（ICReDD）</del>');
    expect(rows).toContain('事務局が追加');
  });

  it('wants somebody in charge who may be', async () => {
    const last = (await press(rows, 'go', 'create')).body;
    expect(last).toContain(`<option value="${staffId}" selected>`);
    expect(last).not.toContain('例示 読子');
    for (const nobody of ['', '00000000-0000-4000-8000-000000000000', 'x']) {
      const { statusCode, body } = await press(last, 'go', 'make', { staffInCharge: nobody });
      expect(statusCode).toBe(422);
      expect(body).toContain('年度の担当者を選んでください。');
    }
    expect(await years()).toEqual([]);
  });

  it('creates it as it was chosen and goes on to the plan', async () => {
    const last = (await press(rows, 'go', 'create')).body;
    expect(last).toContain('2027年6月7日(月)～9月30日(木)');
    const { statusCode, headers } = await press(last, 'go', 'make');
    expect([statusCode, headers.location]).toEqual([303, '/y/wpi/2027/plan']);
    const [cycle] = await years();
    expect(cycle).toMatchObject({ programme: 'wpi', fiscalYear: 2027, staffInCharge: staffId });
    const keys = (await house.get(MeetingQueries).ofCycle(cycle!.id)).map(({ key }) => key);
    expect(keys).toContain('guest-visit/ashbi');
    expect(keys).not.toContain('site/icredd');
  });

  it('is refused a second time, and leads to the year that is there', async () => {
    const page = (await get('/new-year?year=2027')).body;
    expect(page).toContain('2027年度（令和9年度）はすでに作成されています');
    expect(page).toContain('href="/y/wpi/2027/year-board"');
    expect((await press(page, 'go', 'rows')).statusCode).toBe(409);
    expect((await press(page, 'go', 'make')).statusCode).toBe(409);
    expect(await years()).toHaveLength(1);
  });

  it('is followed by the next, with its windows', async () => {
    const { body } = await get('/new-year', { lang: 'en' });
    expect(body).toContain('<option value="2028" selected>FY2028 (R10)');
    expect(body).toContain('Window of FY2027');
    expect(body).toContain('value="2028-06-07"');
  });
});
