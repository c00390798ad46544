import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { ReminderQueries } from '../../src/reminders/reminders.queries.ts';
import { Reminders } from '../../src/reminders/reminders.service.ts';
import { Unsubscribing } from '../../src/reminders/unsubscribing.service.ts';
import { postOf, recipients, to, type Arrived, type Post } from '../invitations/post.ts';
import { verifyDkim } from '../mail/dkim.ts';
import { codeOf, startYear, type Year } from '../meetings/year.ts';
import { formIn, seen } from '../responses/visitor.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const baseUrl = 'https://meguri.example.org';
const pd = 'taro.kaku@pd.example.org';
const director = 'misao.sanko@aimec.example.org';
const centreOffice = 'office@aimec.example.org';
const dubois = 'exemple.dubois@overseas.example.org';
const staff = 'mieko.kaku@secretariat.example.org';

let year: Year;
let post: Post;

const at = (day: string, time = '10:00') => year.clock.set(new Date(`${day}T${time}:00+09:00`).toISOString());
const round = async (): Promise<Arrived[]> => {
  await year.house.get(Reminders).remind(year.cycleId);
  return post.arrived();
};
const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
const pathIn = (mail: Arrived): string => /^<https:\/\/meguri\.example\.org(\/u\/[\w-]{22,})>$/.exec(header(mail))![1]!;
const header = (mail: Arrived): string => mail.header('list-unsubscribe') ?? '';
/** A mail program, wherever it runs: no cookie, and what a browser would say of another site */
const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://mail.example.com' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ask = (
  url: string,
  method: 'GET' | 'HEAD' | 'POST' = 'GET',
  headers: Record<string, string> = {},
  payload = '',
) => year.house.app.inject({ method, url, headers, ...(method === 'POST' ? { payload } : {}) });
const oneClick = (path: string) => ask(path, 'POST', { ...form, ...foreign }, 'List-Unsubscribe=One-Click');
const multipart = (path: string) =>
  ask(
    path,
    'POST',
    { ...foreign, 'content-type': 'multipart/form-data; boundary=grenze' },
    '--grenze\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--grenze--\r\n',
  );
const switchedOff = async () =>
  (await query<{ subject: string }>('select subject from unsubscribed_reader order by subject')).map(
    (one) => one.subject,
  );

async function open(): Promise<void> {
  year = await startYear('2027-04-20T01:00:00Z', { baseUrl, dkim: { selector: 'mihon2027', key: privateKey } });
  post = postOf(year);
  await post.rehearse(false);
  await year.set('site/aimec', '2027-07-08');
  await year.add('site/aimec', 'exemple-dubois');
  await year.house.settle();
  await query(`update milestone set state = 'waived', settled_at = now() where state = 'open'`);
}

describe('A reminder', () => {
  let invited: Arrived[];
  let mails: Arrived[];
  beforeAll(async () => {
    await open();
    invited = await post.release();
    at('2027-05-13', '17:00');
    mails = await round();
  });
  afterAll(async () => year?.house.stop());

  it('can be unsubscribed from by one press, signed with the rest; an invitation cannot (B8, G9)', () => {
    expect(mails.length).toBeGreaterThan(4);
    for (const mail of mails) {
      pathIn(mail);
      expect(mail.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
      const { valid, tags } = verifyDkim(mail.message.raw, publicKey);
      expect(valid).toBe(true);
      expect(tags.get('h')!.split(':')).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']));
    }
    expect(new Set(mails.map(pathIn)).size).toBe(mails.length);
    expect(invited.length).toBeGreaterThan(mails.length);
    for (const mail of invited) expect(mail.message.raw.toString()).not.toMatch(/list-unsubscribe/i);
  });

  it('is a notice without a calendar, in the language of its reader', () => {
    const [ja, en] = [to(mails, pd), to(mails, dubois)];
    for (const [mail, language] of [
      [ja, 'ja'],
      [en, 'en'],
    ] as const) {
      const raw = mail.message.raw.toString();
      expect(raw).not.toMatch(/text\/calendar|METHOD:|BEGIN:VCALENDAR|application\/ics/i);
      expect(raw.match(/^List-Unsubscribe: <\S+>\r$/gm)).toHaveLength(1);
      expect(raw.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/gm)).toHaveLength(1);
      expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
      expect(mail.header('content-language')).toBe(language);
      expect(mail.header('auto-submitted')).toBe('auto-generated');
      expect(mail.header('references')).toBeUndefined();
    }
    expect(ja.subject).toContain('ご確認のお願い');
    expect(en.subject).toContain('[Reminder]');
  });

  it('leads to a page that says what stops, in both languages, and changes nothing by being opened', async () => {
    const path = pathIn(to(mails, director));
    for (let n = 0; n < 20; n++) {
      expect((await ask(path)).statusCode).toBe(200);
      expect((await ask(path, 'HEAD')).statusCode).toBe(200);
    }
    expect(await switchedOff()).toEqual([]);
    const [ja, en] = [await ask(path), await ask(`${path}?lang=en`)];
    expect(seen(ja.body)).toContain('会議のご案内、変更・中止のお知らせ、ご回答の控え');
    expect(seen(ja.body)).toContain('催促メールを止める');
    expect(seen(en.body)).toContain('Stop reminders by mail');
    expect([ja.headers['cache-control'], ja.headers['x-robots-tag'], ja.headers['set-cookie']]).toEqual([
      'no-store',
      'noindex, nofollow',
      undefined,
    ]);
  });

  it('is not stopped by a form that did not come from the page, nor by another word in the header’s field', async () => {
    const path = pathIn(to(mails, director));
    for (const payload of ['', 'List-Unsubscribe=yes', 'nonce=made-up', 'List-Unsubscribe=one-click'])
      expect((await ask(path, 'POST', form, payload)).statusCode).toBe(422);
    expect((await oneClick('/u/AAAAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(404);
    // tokens of other pages open nothing here, and this one opens no other page
    const answering = /\/a\/([\w-]+)/.exec(to(mails, director).text)![1]!;
    expect((await oneClick(`/u/${answering}`)).statusCode).toBe(404);
    expect((await ask(path.replace('/u/', '/a/'))).statusCode).toBe(404);
    expect(await switchedOff()).toEqual([]);
  });

  it('stops by one press of a mail program, without a cookie, from anywhere, however often', async () => {
    const path = pathIn(to(mails, director));
    const answer = await oneClick(path);
    expect([answer.statusCode, answer.headers['location'], answer.headers['set-cookie']]).toEqual([
      200,
      undefined,
      undefined,
    ]);
    expect(seen(answer.body)).toContain('催促メールを停止しています');
    expect((await multipart(path)).statusCode).toBe(200);
    expect(await switchedOff()).toEqual(['person/sanko-misao']);
    const entries = (await year.house.get(TrailQueries).page({ subject: 'person/sanko-misao' })).entries;
    expect(entries.filter(({ verb }) => verb === 'reminders.unsubscribe')).toMatchObject([
      { actor: { kind: 'link', name: '参考 操' }, after: { programme: 'wpi' } },
    ]);
  });

  it('stops by multipart/form-data too, as most mail programs send it', async () => {
    expect((await multipart(pathIn(to(mails, dubois)))).statusCode).toBe(200);
    expect(await switchedOff()).toEqual(['person/exemple-dubois', 'person/sanko-misao']);
  });

  it('other forms behind the same link are still refused from other sites', async () => {
    const path = pathIn(to(mails, director));
    const { body } = await ask(path);
    const again = await ask(
      `${path}/again`,
      'POST',
      { ...form, ...foreign },
      new URLSearchParams(formIn(body)).toString(),
    );
    expect(again.statusCode).toBe(403);
    expect(await switchedOff()).toContain('person/sanko-misao');
  });

  it('that has stopped declines nothing: the next goes to the office, or to staff where there is none', async () => {
    for (const id of ['sanko-misao', 'exemple-dubois'])
      expect((await year.attendee('site/aimec', id)).attendance).toBe('unanswered');
    at('2027-05-24', '17:00');
    const next = await round();
    expect(recipients(next)).not.toContain(director);
    expect(recipients(next)).not.toContain(dubois);
    expect(recipients(next)).toContain(pd);
    expect(to(next, centreOffice).text).toContain('参考 操');
    expect(to(next, staff).text).toContain('Exemple Dubois');
    expect(to(next, staff).text).toContain('wants no reminders by mail');
    expect(to(next, centreOffice).text).not.toContain('催促メール');
    expect(to(next, staff).header('list-unsubscribe')).toBeUndefined();
  });

  it('still lets changes and cancellations through', async () => {
    await year.set('site/aimec', { place: { ja: '別の会場', en: 'Another place' } });
    await year.house.settle();
    const changed = await post.release();
    expect(recipients(changed)).toContain(director);
    expect(to(changed, director).header('list-unsubscribe')).toBeUndefined();
  });

  it('is asked for only so often in a while (G8)', async () => {
    const path = pathIn(to(mails, pd));
    for (let n = 0; n < 60; n++) expect((await ask(path, 'POST', form)).statusCode).toBe(422);
    const refused = await oneClick(path);
    expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(await switchedOff()).not.toContain('person/kaku-taro');
  });

  it('is switched on again on the page, by the button of the page', async () => {
    const path = pathIn(to(mails, director));
    const { body } = await ask(path);
    expect(seen(body)).toContain('催促メールを再開する');
    const answer = await ask(`${path}/again`, 'POST', form, new URLSearchParams(formIn(body)).toString());
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `${path}?done`]);
    expect(await switchedOff()).toEqual(['person/exemple-dubois']);
    const off = await ask(path, 'POST', form, new URLSearchParams(formIn((await ask(path)).body)).toString());
    expect([off.statusCode, off.headers['location']]).toEqual([303, `${path}?done`]);
    expect(await switchedOff()).toEqual(['person/exemple-dubois', 'person/sanko-misao']);
  });
});

describe('Who wants no reminders by mail', () => {
  beforeAll(async () => {
    await open();
    await post.release();
    at('2027-05-13');
  });
  afterAll(async () => year?.house.stop());
  const off = (subject: string, rehearsal = false) =>
    year.house.get(Unsubscribing).switchOff({ programme: 'wpi', subject, rehearsal }, year.actor);
  const on = (subject: string) => year.house.get(Unsubscribing).switchOn({ programme: 'wpi', subject }, year.actor);
  const board = () => year.house.get(ReminderQueries).board(year.cycleId, '2027-05-13');
  const asksFor = async (name: string) =>
    (await board()).coming
      .filter((mail) => mail.reminders.some((one) => one.about.who.ja === name))
      .map((mail) => mail.to?.address ?? 'telephone');

  it('is passed over for the next rung that reads mails, and called where nobody does', async () => {
    expect(await asksFor('参考 操')).toEqual([director]);
    await off('person/sanko-misao');
    expect(await asksFor('参考 操')).toEqual([centreOffice]);
    await off('office/centre-office-aimec');
    expect(await asksFor('参考 操')).toEqual([staff]);
    // another of the same office is still written to
    expect(await asksFor('凡例 一郎')).toEqual(['ichiro.hanrei@aimec.example.org']);
    expect((await board()).unsubscribed.map(({ subject, name, by }) => [subject, name?.ja, by])).toEqual([
      ['person/sanko-misao', '参考 操', year.actor.name],
      ['office/centre-office-aimec', expect.stringContaining('AIMEC'), year.actor.name],
    ]);
    await on('person/sanko-misao');
    await on('office/centre-office-aimec');
    expect(await asksFor('参考 操')).toEqual([director]);
  });

  it('is somebody in the roster', async () => {
    expect(await codeOf(off('year'))).toBe('reminders.not-a-reader');
    expect(await codeOf(off('staff/somebody'))).toBe('reminders.not-a-reader');
    expect(await codeOf(off('person/nobody-at-all'))).toBe('reminders.unknown-reader');
  });

  it('of another programme is reminded in this one', async () => {
    await year.house
      .get(Unsubscribing)
      .switchOff({ programme: 'erc', subject: 'person/kaku-taro', rehearsal: false }, year.actor);
    expect(await asksFor('架空 太郎')).toEqual([pd]);
  });

  it('by a mail that was rehearsed is reminded in earnest', async () => {
    await off('person/kaku-taro', true);
    expect(await asksFor('架空 太郎')).toEqual([pd]);
    await post.rehearse(true);
    expect(await asksFor('架空 太郎')).toEqual([staff]);
    await post.rehearse(false);
    await on('person/kaku-taro');
    expect((await board()).unsubscribed).toEqual([]);
  });

  it('gets none that still waits to leave; what it asked for goes to the next rung', async () => {
    await post.pause(false);
    await round();
    await query(
      `update mail set state = 'retry', due_at = now() + interval '1 day', settled_at = null
        where to_address = $1 and kind = 'reminder-person'`,
      [director],
    );
    await off('person/sanko-misao');
    expect(
      await query(`select state from mail where to_address = $1 and kind = 'reminder-person'`, [director]),
    ).toEqual([{ state: 'withdrawn' }]);
    const next = await round();
    expect(recipients(next)).toEqual([centreOffice]);
    expect(next[0]!.text).toContain('参考 操');
  });
});
