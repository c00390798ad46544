import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { expectSound, postOf, type Arrived, type Post } from '../invitations/post.ts';
import { madeRun } from './made-plan.ts';
import { wordsOf, YearHouse } from './year-house.ts';

jest.setTimeout(120_000);

const plans = '/y/wpi/2027/plan';

let house: YearHouse;
let post: Post;
beforeAll(async () => {
  house = await YearHouse.open('2027-04-20T01:00:00Z');
  post = postOf({ house: house.app, cycleId: house.cycleId, actor: house.actor });
  await post.rehearse(false);
}, 180_000);
afterAll(async () => house?.app.stop());

const all = async () =>
  (await house.app.get(MeetingQueries).ofCycle(house.cycleId)).filter(({ state }) => state === 'scheduled');
const contentOf = (mail: Arrived): string => mail.message.calendars[0]!.content.toString().replace(/\r\n[ \t]/g, '');
const entries = (mails: readonly Arrived[]) => mails.filter(({ calendar }) => calendar);
const site = (mails: readonly Arrived[]) =>
  entries(mails).find(({ to, subject }) => to === 'taro.kaku@pd.example.org' && /サイトビジット（QUP）/.test(subject))!;

describe('a plan that is published as provisional', () => {
  let held: Arrived[];

  it('asks on the page whether days are announced as provisional first, in both languages', async () => {
    const run = await madeRun(house.app, house.cycleId);
    const [ja, en] = [
      await house.get(`${plans}/${run}/publish`),
      await house.get(`${plans}/${run}/publish`, { language: 'en' }),
    ];
    expect(ja.body).toMatch(/<input type="checkbox" name="held" value="yes">/);
    expect(wordsOf(ja.body)).toContain('まず仮押さえとして案内する');
    expect(wordsOf(en.body)).toContain('Announce new days as provisional first');
    const done = await house.post(`${plans}/${run}/publish`, { held: 'yes' });
    expect(done.statusCode).toBe(303);
    const scheduled = await all();
    expect(scheduled.length).toBeGreaterThan(15);
    for (const { key, provisional } of scheduled) expect({ key, provisional }).toEqual({ key, provisional: true });
    // the letters are there to be read before anything is sent
    const release = wordsOf((await house.followed(done)).body);
    expect(release.includes('仮の予定を追加し、都合を確認')).toBe(true);
    expect(await post.arrived()).toEqual([]);
  });

  it('goes out as requests to keep the days free, tentative and without hours', async () => {
    held = await post.release();
    for (const mail of held) expectSound(mail);
    expect(entries(held).length).toBeGreaterThan(30);
    for (const mail of entries(held)) expect(contentOf(mail)).toContain('\r\nSTATUS:TENTATIVE\r\n');
    const mail = site(held);
    expect(mail.subject).toContain('【日程確保のお願い】');
    expect(contentOf(mail)).toMatch(/\r\nDTSTART;VALUE=DATE:2027\d{4}\r\n/);
    expect(mail.calendar).toMatchObject({ method: 'REQUEST', sequence: 0, summary: expect.stringMatching(/^【仮】/) });
  });

  it('is fixed on one page, all or those that are chosen, and then told as firm', async () => {
    expect(wordsOf((await house.get(plans)).body)).toContain('仮押さえの日程を確定する');
    const page = await house.get(`${plans}/held`);
    const values = [...page.body.matchAll(/name="meeting" value="([^"]+)"/g)].map(([, value]) => value!);
    const wholes = (await all()).filter(({ partOf }) => partOf === null);
    expect(new Set(values.map((value) => value.split(' ')[0]))).toEqual(new Set(wholes.map(({ id }) => id)));
    expect(wordsOf((await house.get(`${plans}/held`, { language: 'en' })).body)).toContain('Fix provisional days');
    const none = await house.post(`${plans}/held`, {});
    expect([none.statusCode, wordsOf(none.body)]).toEqual([422, expect.stringContaining('選んでください')]);

    const [first] = wholes.filter(({ activity }) => activity === 'site');
    const stale = await house.post(`${plans}/held`, { meeting: `${first!.id} ${first!.revision + 7}` });
    expect(stale.statusCode).toBe(409);
    const one = await house.post(`${plans}/held`, { meeting: `${first!.id} ${first!.revision}` });
    expect(one.statusCode).toBe(303);
    expect((await all()).filter(({ provisional }) => !provisional).map(({ id }) => id)).toEqual([first!.id]);
    const rest = values.filter((value) => !value.startsWith(first!.id));
    const body = new URLSearchParams(rest.map((value) => ['meeting', value])).toString();
    const fixed = await house.posted(`${plans}/held`, body);
    expect(fixed.statusCode).toBe(303);
    expect((await all()).filter(({ provisional }) => provisional)).toEqual([]);
    expect(await post.arrived()).toEqual([]);
    house.clock.set(house.clock.now().plus({ minutes: 1 }).toISO()!);
    const mails = await post.release();
    for (const mail of mails) expectSound(mail);
    for (const mail of entries(mails)) expect(contentOf(mail)).toContain('\r\nSTATUS:CONFIRMED\r\n');
    const before = site(held).calendar!;
    const after = mails.find(({ calendar }) => calendar?.uid === before.uid)!;
    expect(after.subject).toContain('【日程確定】');
    expect(after.calendar).toMatchObject({ method: 'REQUEST', sequence: 1 });
    expect(contentOf(after)).toMatch(/\r\nDTSTART:2027\d{4}T010000Z\r\n/);
    expect(wordsOf((await house.get(plans)).body)).not.toContain('仮押さえの日程を確定する');
  });

  it('leaves firm what stays where it is; only what moves is held again', async () => {
    const run = await madeRun(house.app, house.cycleId);
    await house.post(`${plans}/${run}/publish`, { held: 'yes' });
    expect((await all()).filter(({ provisional }) => provisional)).toEqual([]);
    const firm = await madeRun(house.app, house.cycleId, { shift: 1 });
    await house.post(`${plans}/${firm}/publish`, {});
    expect((await all()).filter(({ provisional }) => provisional)).toEqual([]);
  });

  it('is for staff who may change the year', async () => {
    const page = await house.get(`${plans}/held`, { as: 'reader' });
    expect([page.statusCode, page.body.includes('<form method="post" action="/y/wpi/2027/plan/held"')]).toEqual([
      200,
      false,
    ]);
    expect((await house.post(`${plans}/held`, {}, { as: 'reader' })).statusCode).toBe(403);
  });
});
