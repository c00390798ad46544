import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Doubts } from '../../src/responses/doubts.service.ts';
import { ResponseQueries } from '../../src/responses/responses.queries.ts';
import { linkIn, postOf, to, type Arrived, type Post } from '../invitations/post.ts';
import { codeOf, startYear, type Year } from '../meetings/year.ts';
import { formIn, seen, visitorOf, type Visitor } from './visitor.ts';

let year: Year;
let post: Post;
let visitor: Visitor;
let mails: Arrived[];

const director = { person: 'hinagata-yu', address: 'yu.hinagata@qup.example.org' };
const scanner = 'Mimecast Targeted Threat Protection';

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  visitor = visitorOf(year);
  await post.rehearse(false);
  await year.set('site/qup', '2027-07-08');
  mails = await post.release();
});
afterAll(async () => year?.house.stop());

const link = () => linkIn(to(mails, director.address));
const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
const attendee = () => year.attendee('site/qup', director.person);
const answers = async () => Number((await query<{ n: string }>('select count(*) as n from answer'))[0]!.n);
const filled = async (attendance: string, more: Record<string, string> = {}) => {
  const { id } = await attendee();
  const named = Object.fromEntries(Object.entries({ attendance, ...more }).map(([name, v]) => [`${name}-${id}`, v]));
  return { ...formIn((await visitor.get(link())).html), ...named };
};
const confirmationOf = async (attendance: string, more?: Record<string, string>) =>
  visitor.post(link(), await filled(attendance, more));

describe('An answer takes two steps (G2)', () => {
  it('the first shows what was chosen, in both languages, and keeps nothing', async () => {
    const before = await answers();
    const page = await confirmationOf('late', { lateFrom: '10:30', remarks: '新幹線の都合' });
    expect(page.status).toBe(200);
    for (const part of [
      'まだ保存されていません',
      '途中から出席',
      '10:30',
      '新幹線の都合',
      '2027年7月8日(木)',
      '雛形 優',
    ])
      expect(seen(page.html)).toContain(part);
    expect(page.header('cache-control')).toBe('no-store');
    const english = await visitor.post(`${link()}?lang=en`, await filled('late', { lateFrom: '10:30' }));
    for (const part of ['Nothing has been saved yet', 'arriving late', 'Thu 8 July 2027'])
      expect(seen(english.html).toLowerCase()).toContain(part.toLowerCase());
    expect(await answers()).toBe(before);
    expect(await post.arrived()).toEqual([]);
  });

  it('from it one can go back to the form with everything still chosen', async () => {
    const page = await confirmationOf('proxy', { proxyName: '見本 代理', accompanying: '同行 一\r\n同行 二' });
    const back = await visitor.post(link(), { ...formIn(page.html), edit: '1' });
    const { id } = await attendee();
    expect(formIn(back.html)).toMatchObject({
      [`attendance-${id}`]: 'proxy',
      [`proxyName-${id}`]: '見本 代理',
      [`accompanying-${id}`]: '同行 一\r\n同行 二',
    });
  });

  it('the second records it', async () => {
    year.later();
    const page = await confirmationOf('attending');
    const done = await visitor.post(`${link()}/confirm`, formIn(page.html));
    expect([done.status, done.location]).toEqual([303, `${link()}?saved`]);
    expect((await attendee()).attendance).toBe('attending');
  });

  it('pressed twice it is one answer, and the second press sees that it was taken', async () => {
    year.later();
    const form = formIn((await confirmationOf('absent')).html);
    const pages = await Promise.all([1, 2, 3].map(() => visitor.post(`${link()}/confirm`, form)));
    expect(pages.map((page) => [page.status, page.location])).toEqual([1, 2, 3].map(() => [303, `${link()}?saved`]));
    const before = await answers();
    await visitor.answer(link(), await filled('attending'));
    // sent again later it does not bring back what has been changed since
    await visitor.post(`${link()}/confirm`, form);
    expect((await attendee()).attendance).toBe('attending');
    expect(await answers()).toBe(before + 1);
  });
});

describe('A form is good only as it was shown (G8)', () => {
  it('without its seal, with another one, changed on the way, or too old it is refused, and keeps what was typed', async () => {
    const before = await answers();
    const form = await filled('absent', { remarks: '残したい文' });
    const { nonce, ...bare } = form;
    const confirmation = formIn((await visitor.post(link(), form)).html);
    const { id } = await attendee();
    const tries: [string, Record<string, string>][] = [
      [link(), bare],
      [link(), { ...form, nonce: `${nonce}x` }],
      [`${link()}/confirm`, form],
      [`${link()}/confirm`, bare],
      [`${link()}/confirm`, { ...confirmation, [`attendance-${id}`]: 'undecided' }],
      [`${link()}/confirm`, { ...confirmation, [`remarks-${id}`]: '残したい文、変更' }],
    ];
    for (const [path, fields] of tries) {
      const page = await visitor.post(path, fields);
      expect(page.status).toBe(409);
      expect(seen(page.html)).toContain('もう一度お送りください');
      expect(page.html).toContain('残したい文');
    }
    year.later(25 * 60);
    const late = await visitor.post(`${link()}/confirm`, confirmation);
    expect(late.status).toBe(409);
    expect(seen((await visitor.post(`${link()}/confirm?lang=en`, confirmation)).html)).toContain('nothing was saved');
    expect(await answers()).toBe(before);
  });
});

describe('A scanner that answers (G2)', () => {
  it('is kept and does not count; the page, and staff, are told that it waits for a person', async () => {
    year.later();
    await post.arrived();
    await visitor.answer(link(), await filled('absent'), scanner);
    expect((await attendee()).attendance).toBe('attending');
    expect(seen((await visitor.get(link())).html)).toContain('ご回答をお預かりしました');
    expect(seen((await visitor.get(`${link()}?lang=en`)).html)).toContain('answer once more');
    expect(await post.arrived()).toEqual([]);
    const [doubted, ...others] = await year.house.get(ResponseQueries).doubted(year.cycleId);
    expect(others).toEqual([]);
    expect(doubted).toMatchObject({ reason: 'scanner', attendance: 'absent', personId: director.person });
  });

  it('its reader answers once more, and that counts; nothing is left to settle', async () => {
    year.later();
    await visitor.answer(link(), await filled('late', { lateFrom: '11:00' }));
    expect((await attendee()).attendance).toBe('late');
    expect(await year.house.get(ResponseQueries).doubted(year.cycleId)).toEqual([]);
    await post.arrived();
  });

  it('a person settles it: it counts after all, once', async () => {
    year.later();
    await visitor.answer(link(), await filled('absent'), scanner);
    const [doubted] = await year.house.get(ResponseQueries).doubted(year.cycleId);
    const doubts = year.house.get(Doubts);
    await doubts.settle(doubted!.answerId, true, year.actor);
    expect((await attendee()).attendance).toBe('absent');
    expect(await codeOf(doubts.settle(doubted!.answerId, false, year.actor))).toBe('responses.doubt-settled');
    for (const id of ['0', 'x', '99999999999999999999'])
      expect(await codeOf(doubts.settle(id, true, year.actor))).toBe('responses.doubt-settled');
    const verbs = await query<{ verb: string }>(`select verb from trail where verb like 'responses.%' order by number`);
    expect(verbs.at(-1)!.verb).toBe('responses.believe');
  });

  it('or it does not, and what was said before stands', async () => {
    year.later();
    await visitor.answer(link(), await filled('attending'), scanner);
    const [doubted] = await year.house.get(ResponseQueries).doubted(year.cycleId);
    await year.house.get(Doubts).settle(doubted!.answerId, false, year.actor);
    expect((await attendee()).attendance).toBe('absent');
    expect(seen((await visitor.get(link())).html)).not.toContain('ご回答をお預かりしました');
  });

  it('every choice in turn: none of them counts, and what was said before stands', async () => {
    year.later(10);
    await visitor.answer(link(), await filled('online'));
    year.later(10);
    for (const attendance of ['attending', 'absent', 'undecided'])
      await visitor.answer(link(), await filled(attendance));
    expect((await attendee()).attendance).toBe('online');
    const doubted = await year.house.get(ResponseQueries).doubted(year.cycleId);
    expect(doubted.map((one) => [one.reason, one.attendance])).toEqual([['every-choice', 'undecided']]);
    await year.house.get(Doubts).settle(doubted[0]!.answerId, false, year.actor);
    expect((await attendee()).attendance).toBe('online');
    expect((await query(`select 1 from answer_doubt where settled_at is null`)).length).toBe(0);
  });
});

describe('A link whose time is over (G4)', () => {
  it('shows the present state, takes no answer, and mails a new one to the address on file, once', async () => {
    await post.arrived();
    await query(`update link set expires_at = $1 where purpose = 'participant'`, [year.clock.now().toJSDate()]);
    year.later();
    const page = await visitor.get(link());
    expect(page.status).toBe(200);
    for (const part of ['このリンクの期限が過ぎました', '2027年7月8日(木)']) expect(seen(page.html)).toContain(part);
    expect(page.html).not.toContain('name="nonce"');
    expect((await visitor.post(link(), {})).status).toBe(410);
    year.later(60);
    for (let n = 0; n < 3; n++) expect((await visitor.post(`${link()}/renew`, {})).location).toBe(`${link()}?renewed`);
    expect(seen((await visitor.get(`${link()}?renewed`)).html)).toContain('新しいリンクをお送りしました');
    const arrived = await post.arrived();
    expect(arrived.map((mail) => mail.to)).toEqual([director.address]);
    const [mail] = arrived;
    expect(mail!.calendar).toBeUndefined();
    expect(mail!.subject).toContain('【新しいリンクのご案内】');
    const fresh = linkIn(mail!);
    expect(fresh).not.toBe(link());
    expect((await visitor.get(fresh)).html).toContain('name="nonce"');
  });

  it('one that is still good, or none of ours, sends nothing', async () => {
    const [mail] = mails;
    expect(mail).toBeDefined();
    await query(`update link set expires_at = $1`, [year.clock.now().plus({ days: 5 }).toJSDate()]);
    year.later(60);
    await visitor.post(`${link()}/renew`, {});
    expect((await visitor.post(`/a/${'x'.repeat(27)}/renew`, {})).status).toBe(404);
    expect(await post.arrived()).toEqual([]);
  });
});

describe('The entry as a file (H2)', () => {
  it('is the same entry, asks nothing, and getting it changes nothing', async () => {
    const before = await query(`select (select count(*) from answer) as a, (select count(*) from trail) as t`);
    expect(seen((await visitor.get(link())).html)).toContain('予定表に追加');
    const file = await visitor.get(`${link()}/event.ics`);
    expect([file.status, file.header('content-type')]).toEqual([200, 'text/calendar; charset=utf-8; method=PUBLISH']);
    expect(file.html).toContain('METHOD:PUBLISH\r\n');
    expect(file.html).not.toContain('RSVP=TRUE');
    const calendar = to(mails, director.address).message.calendars[0]!.content.toString();
    const line = (text: string, name: string) => new RegExp(`^${name}[:;].*$`, 'm').exec(text)![0];
    for (const name of ['UID', 'SEQUENCE', 'DTSTART', 'DTEND'])
      expect(line(file.html, name)).toBe(line(calendar, name));
    expect(await query(`select (select count(*) from answer) as a, (select count(*) from trail) as t`)).toEqual(before);
    expect((await visitor.get(`/a/${'z'.repeat(27)}/event.ics`)).status).toBe(404);
  });
});

describe('A link that reached somebody else (G7)', () => {
  it('shows whose it is; a press tells staff, once a day, and changes nothing', async () => {
    await post.arrived();
    const before = [await answers(), (await attendee()).attendance];
    const page = await visitor.get(`${link()}/not-you`);
    expect(seen(page.html)).toContain('雛形 優');
    expect(await post.arrived()).toEqual([]);
    for (let n = 0; n < 3; n++)
      expect((await visitor.post(`${link()}/not-you`, {})).location).toBe(`${link()}/not-you?told`);
    const arrived = await post.arrived();
    expect(arrived).toHaveLength(1);
    expect(arrived[0]!.subject).toContain('reached somebody else');
    expect(arrived[0]!.text).toContain(`/meetings/${(await year.meeting('site/qup')).id}`);
    expect(arrived[0]!.text).not.toContain(link());
    expect([await answers(), (await attendee()).attendance]).toEqual(before);
    expect(seen((await visitor.get(`${link()}/not-you?told&lang=en`)).html)).toContain('has been told');
  });
});

describe('Too often (G8)', () => {
  it('is refused for a while, for that link only', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 65; n++) statuses.push((await visitor.post(`/a/${'y'.repeat(27)}`, {})).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([404]));
    expect(new Set(statuses.slice(60))).toEqual(new Set([429]));
    const page = await visitor.post(`/a/${'y'.repeat(27)}`, {});
    expect(seen(page.html)).toContain('しばらくお待ちください');
    expect(Number(page.header('retry-after'))).toBeGreaterThan(0);
    expect((await visitor.get(link())).status).toBe(200);
  });
});
