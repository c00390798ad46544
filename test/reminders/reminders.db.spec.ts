import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import type { Attendance } from '../../src/meetings/meeting.ts';
import { MilestoneQueries } from '../../src/milestones/milestones.queries.ts';
import { Milestones } from '../../src/milestones/milestones.service.ts';
import { ReminderQueries } from '../../src/reminders/reminders.queries.ts';
import { Reminders } from '../../src/reminders/reminders.service.ts';
import { codeOf, startYear, type Year } from '../meetings/year.ts';
import { postOf, type Arrived, type Post } from '../invitations/post.ts';
import { formIn, seen, visitorOf } from '../responses/visitor.ts';
import { localTime } from '../../src/kernel/zoned-time.ts';
import { Doubts } from '../../src/responses/doubts.service.ts';
import { ResponseQueries } from '../../src/responses/responses.queries.ts';

const pd = 'taro.kaku@pd.example.org';
const director = 'misao.sanko@aimec.example.org';
const administrator = 'ichiro.hanrei@aimec.example.org';
const tohoku = 'secretary-head@tohoku-university.example.org';
const jamstec = 'secretary-head@jamstec.example.org';
const centreOffice = 'office@aimec.example.org';
const hostOffices = ['president-office@jamstec.example.org', 'president-office@tohoku-university.example.org'];
const staff = 'mieko.kaku@secretariat.example.org';
const everybody = [administrator, director, jamstec, pd, tohoku].sort();

let year: Year;
let post: Post;

const reminders = () => year.house.get(Reminders);
const queries = () => year.house.get(ReminderQueries);
const at = (day: string, time = '10:00') => year.clock.set(new Date(`${day}T${time}:00+09:00`).toISOString());
const round = async (): Promise<Arrived[]> => {
  await reminders().remind(year.cycleId);
  return post.arrived();
};
const recipients = (mails: readonly Arrived[]) => mails.map((mail) => mail.to).sort();
const to = (mails: readonly Arrived[], address: string): Arrived => {
  const found = mails.filter((mail) => mail.to === address);
  if (found.length !== 1) throw new Error(`${found.length} mails to ${address}, of ${recipients(mails).join()}`);
  return found[0]!;
};
const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
async function attend(key: string, person: string, what: Exclude<Attendance, 'unanswered'>): Promise<void> {
  const { id } = await year.attendee(key, person);
  await year.house.get(Attendees).nobodyTwice((tx) => year.house.get(Attendees).attend(tx, id, what));
  await year.house.settle();
}
const milestone = async (key: string) => {
  const found = (await year.house.get(MilestoneQueries).ofCycle(year.cycleId)).find((one) => one.key === key);
  if (!found) throw new Error(`no milestone ${key}`);
  return found;
};
/** Other things that are due, so that a test is about one thing: everything but answers */
const waiveAll = async () => {
  await query(`update milestone set state = 'waived', settled_at = now() where state = 'open'`);
};

async function open(keys: Readonly<Record<string, string>>): Promise<void> {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
  for (const [key, day] of Object.entries(keys)) await year.set(key, day);
  await year.house.settle();
  await post.release();
}

describe('Answers to a visit', () => {
  let mails: Arrived[];
  beforeAll(async () => {
    await open({ 'site/aimec': '2027-07-08' });
    await waiveAll();
  });
  afterAll(async () => year?.house.stop());

  it('are not asked after before the first step', async () => {
    at('2027-05-13', '09:55');
    expect(await round()).toEqual([]);
  });

  it('are asked after from each person once', async () => {
    at('2027-05-13');
    mails = await round();
    expect(recipients(mails)).toEqual(everybody);
    expect(await round()).toEqual([]);
    at('2027-05-14');
    expect(await round()).toEqual([]);
  });

  it('by a mail without a calendar, with the day and its weekday and zone, the link and whom to call', () => {
    for (const mail of mails) {
      expect(mail.calendar).toBeUndefined();
      expect(mail.message.raw.toString()).not.toMatch(/METHOD:|text\/calendar/i);
      expect(mail.message.attachments).toEqual([]);
      expect(mail.subject).toBe('【ご確認のお願い】サイトビジット（AIMEC）（2027年5月27日(木)まで）');
      expect(mail.text).toContain('2027年5月27日(木) 17:00（日本時間）');
      expect(mail.text).toMatch(/http\S+\/a\/\S+/);
      expect(mail.text).toContain('03-0000-090');
      expect(mail.message.html).toContain('03-0000-090');
      expect(mail.header('auto-submitted')).toBe('auto-generated');
    }
    expect(to(mails, tohoku).text).toContain('秘書ご担当者様');
    expect(to(mails, director).text).not.toContain('秘書ご担当者様');
  });

  it('the link leads to the person’s own page and takes the answer', async () => {
    const path = /http:\/\/[^/]+(\/a\/\S+)/.exec(to(mails, director).text)![1]!;
    const visitor = visitorOf(year);
    const page = await visitor.get(path);
    expect(page.status).toBe(200);
    expect(seen(page.html)).toContain('参考 操');
    expect(Object.keys(formIn(page.html)).length).toBeGreaterThan(0);
    await attend('site/aimec', (await personOf(director))!, 'attending');
  });

  it('are not asked after from those who have answered, who declined among them', async () => {
    await attend('site/aimec', 'kaku-taro', 'absent');
    at('2027-05-24');
    expect(recipients(await round())).toEqual([administrator, jamstec, tohoku].sort());
  });

  it('then climb to the offices, one mail to each for all its people', async () => {
    at('2027-05-27');
    mails = await round();
    expect(recipients(mails)).toEqual([centreOffice, ...hostOffices].sort());
    const text = to(mails, centreOffice).text;
    expect(text).toContain('凡例 一郎');
    expect(text).not.toContain('参考 操');
    expect(new Set(text.match(/http\S+\/o\/\S+/g))).toHaveProperty('size', 1);
    const page = await visitorOf(year).get(/http:\/\/[^/]+(\/o\/\S+)/.exec(text)![1]!);
    expect(seen(page.html)).toContain('凡例 一郎');
  });

  it('then to staff in charge, in one mail with the numbers to call', async () => {
    at('2027-05-31');
    mails = await round();
    expect(recipients(mails)).toEqual([staff]);
    expect(mails[0]!.text).toContain('Ichiro HANREI');
    expect(mails[0]!.text).toContain('03-0000-0163');
    expect(mails[0]!.text).not.toContain('Misao SANKO');
    expect(await queries().calls(year.cycleId)).toEqual([]);
  });

  it('then stand on the telephone list, with numbers, until the answer comes', async () => {
    at('2027-06-02');
    expect(await round()).toEqual([]);
    const calls = await queries().calls(year.cycleId);
    expect(calls.map((call) => call.about.who.ja).sort()).toEqual(['例題 望', '凡例 一郎', '用例 茂'].sort());
    const one = calls.find((call) => call.about.who.ja === '凡例 一郎')!;
    expect(one.telephones.map(({ number }) => number)).toEqual(['03-0000-0163', '03-0000-0064']);
    await attend('site/aimec', (await personOf(administrator))!, 'attending');
    expect((await queries().calls(year.cycleId)).map((call) => call.about.who.ja)).not.toContain('凡例 一郎');
  });

  it('leave a record of each step', async () => {
    const past = await queries().past(year.cycleId, 100);
    const count = (step: string, state: string) =>
      past.filter((one) => one.step === step && one.state === state).length;
    expect([
      count('two-weeks-before', 'sent'),
      count('three-days-before', 'sent'),
      count('on-the-day', 'sent'),
      count('overdue', 'sent'),
      count('telephone', 'listed'),
    ]).toEqual([5, 3, 3, 3, 3]);
  });

  it('the database itself refuses a second reminder of one step', async () => {
    const copy = `insert into reminder select gen_random_uuid(), cycle_id, who, obligation, step, rehearsal, state, reason, reader,
                    mail_id, about, due_at, decided_at, by from reminder where state = 'sent' limit 1`;
    await expect(query(copy)).rejects.toThrow('nobody_is_reminded_twice_of_one_step');
  });

  it('are asked after anew when the visit moves and the change was released', async () => {
    await year.set('site/aimec', '2027-08-05');
    await year.house.settle();
    at('2027-06-14');
    expect(await round()).toEqual([]);
    await post.release();
    at('2027-06-10');
    const due = (await queries().board(year.cycleId)).coming.flatMap((mail) => mail.reminders.map((one) => one.at));
    expect(due.length).toBeGreaterThan(0);
  });
});

async function personOf(address: string): Promise<string | undefined> {
  const [row] = await query<{ id: string }>(
    `select coalesce((select person_id from person_address where address = $1 and retired_at is null limit 1),
                     (select t.person_id from post_term t join post p on p.id = t.post_id where p.secretary_address = $1 limit 1)) as id`,
    [address],
  );
  return row?.id;
}

describe('Nobody is reminded', () => {
  beforeAll(async () => {
    await open({ 'site/aimec': '2027-07-08', 'site/qup': '2027-07-13' });
    await waiveAll();
    at('2027-05-13');
  });
  afterAll(async () => year?.house.stop());
  const wouldGo = async (about: string) =>
    (await queries().board(year.cycleId, '2027-05-13')).coming
      .flatMap((mail) => mail.reminders.map((one) => ({ to: mail.to!.address, ...one })))
      .filter((one) => one.about.what.ja.includes(about) && one.hold === null)
      .map((one) => one.to)
      .sort();
  const held = async () =>
    (await queries().board(year.cycleId, '2027-05-13')).coming
      .flatMap((mail) => mail.reminders.map((one) => `${mail.to!.address} ${one.hold ?? ''}`.trim()))
      .sort();

  // what a test changed it also took back
  beforeEach(async () => {
    const going = await wouldGo('AIMEC');
    if (going.join() !== everybody.join()) throw new Error(`only ${going.join()} would be reminded`);
  });

  it('while the year, the meeting or the person is paused', async () => {
    const { id } = await year.meeting('site/aimec');
    for (const subject of ['year', `meeting/${id}`]) {
      await reminders().pause(year.cycleId, subject, year.actor);
      expect(await wouldGo('AIMEC')).toEqual([]);
      await reminders().resume(year.cycleId, subject, year.actor);
    }
    await reminders().pause(year.cycleId, 'person/kaku-taro', year.actor);
    expect(await wouldGo('AIMEC')).toEqual(everybody.filter((one) => one !== pd));
    await reminders().resume(year.cycleId, 'person/kaku-taro', year.actor);
    expect(await codeOf(reminders().pause(year.cycleId, 'meeting/nothing', year.actor))).toBe(
      'reminders.unknown-subject',
    );
  });

  it('of a meeting that was cancelled, whether they know it yet or not', async () => {
    const { id } = await year.meeting('site/aimec');
    await year.house.get(Meetings).cancel(id, year.actor);
    await year.house.settle();
    expect(await wouldGo('AIMEC')).toEqual([]);
    await year.house.get(Meetings).reinstate(id, year.actor);
    await year.house.settle();
  });

  it('while a change waits for release', async () => {
    const before = (await year.meeting('site/aimec')).place;
    await year.set('site/aimec', { place: { ja: '別の会場', en: 'Another place' } });
    await year.house.settle();
    expect(await wouldGo('AIMEC')).toEqual([]);
    expect(await held()).toContain(`${pd} change-waiting`);
    await year.set('site/aimec', { place: before });
    await year.house.settle();
  });

  it('who does not hold the post any more', async () => {
    const person = (await personOf(director))!;
    await query(`update post_term set to_day = '2027-05-01' where person_id = $1`, [person]);
    expect(await wouldGo('AIMEC')).toEqual(everybody.filter((one) => one !== director));
    expect(await held()).toContain(`${director} post-ended`);
    await query(`update post_term set to_day = null where person_id = $1`, [person]);
  });

  it('at an address that the last mail did not reach', async () => {
    await query(`update mail set state = 'failed', due_at = null where to_address = $1`, [pd]);
    expect(await wouldGo('AIMEC')).toEqual(everybody.filter((one) => one !== pd));
    expect(await held()).toContain(`${pd} bounced`);
    await query(`update mail set state = 'sent' where to_address = $1`, [pd]);
  });

  it('whose owner has called our mail spam', async () => {
    await query(`insert into mail_stop (address, reason, since) values ($1, 'complaint', now())`, [pd]);
    expect(await wouldGo('AIMEC')).toEqual(everybody.filter((one) => one !== pd));
    expect(await held()).toContain(`${pd} stopped`);
    await query(`delete from mail_stop`);
  });

  it('who was taken off', async () => {
    const { id } = await year.attendee('site/aimec', 'kaku-taro');
    await query(`update attendee set removed_at = now() where id = $1`, [id]);
    expect(await wouldGo('AIMEC')).toEqual(everybody.filter((one) => one !== pd));
    await query(`update attendee set removed_at = null where id = $1`, [id]);
  });

  it('while all mail is paused; afterwards the latest step counts, and the one before it is skipped', async () => {
    await post.pause(true);
    expect(await round()).toEqual([]);
    expect(await queries().past(year.cycleId, 10)).toEqual([]);
    at('2027-05-24');
    await post.pause(false);
    const mails = await round();
    expect(to(mails, director).subject).toContain('AIMEC');
    const past = await queries().past(year.cycleId, 100);
    expect(past.filter((one) => one.reason === 'overtaken').map((one) => one.step)).toContain('two-weeks-before');
    expect(past.filter((one) => one.state === 'sent' && one.step === 'two-weeks-before')).toEqual(
      past.filter(
        (one) => one.about.what.ja.includes('QUP') && one.state === 'sent' && one.step === 'two-weeks-before',
      ),
    );
    at('2027-05-13');
    await query(`delete from reminder`);
  });
});

describe('An answer that may be a machine’s', () => {
  let invited: Arrived[];
  beforeAll(async () => {
    year = await startYear();
    post = postOf(year);
    await post.rehearse(false);
    await year.set('site/aimec', '2027-07-08');
    await year.house.settle();
    invited = await post.release();
    await waiveAll();
  });
  afterAll(async () => year?.house.stop());
  const holds = async () =>
    (await queries().board(year.cycleId, '2027-05-14')).coming
      .filter((mail) => mail.to?.address === director)
      .flatMap((mail) => mail.reminders.map((one) => one.hold));

  it('holds the reminder while a person has yet to look at it, who is told so', async () => {
    year.later();
    const visitor = visitorOf(year);
    const path = /http:\/\/[^/]+(\/a\/\S+)/.exec(to(invited, director).text)![1]!;
    const { id } = await year.attendee('site/aimec', (await personOf(director))!);
    const form = formIn((await visitor.get(path)).html);
    await visitor.answer(path, { ...form, [`attendance-${id}`]: 'attending' }, 'Mimecast Targeted Threat Protection');
    expect((await year.attendee('site/aimec', (await personOf(director))!)).attendance).toBe('unanswered');
    expect(await year.house.get(ResponseQueries).doubted(year.cycleId)).toHaveLength(1);
    expect(await holds()).toEqual(['doubted']);
    at('2027-05-13');
    expect(recipients(await round())).toEqual(everybody.filter((one) => one !== director));
  });

  it('nor is anybody called because of it', async () => {
    at('2027-06-02');
    expect((await queries().calls(year.cycleId)).map((call) => call.about.who.ja)).not.toContain('参考 操');
    at('2027-05-14');
  });

  it('that staff reject lets the ladder go on with its latest step', async () => {
    const [doubted] = await year.house.get(ResponseQueries).doubted(year.cycleId);
    await year.house.get(Doubts).settle(doubted!.answerId, false, year.actor);
    await year.house.settle();
    expect(await holds()).toEqual([null]);
    expect(recipients(await round())).toEqual([director]);
  });
});

describe('Reminders of several things', () => {
  beforeAll(async () => {
    await open({ 'site/aimec': '2027-07-08' });
  });
  afterAll(async () => year?.house.stop());

  it('are one mail a day to one reader', async () => {
    await query(`update cycle set created_at = '2027-04-20T00:00:00Z'`);
    at('2027-05-13');
    const mails = await round();
    expect(new Set(recipients(mails)).size).toBe(mails.length);
    expect(to(mails, centreOffice).text).toContain('自己評価書（AIMEC）');
    at('2027-05-13', '15:00');
    expect(await round()).toEqual([]);
  });

  it('a deadline that was submitted is silent, an extended one is asked after by its new day', async () => {
    const report = (await year.house.get(MilestoneQueries).ofCycle(year.cycleId)).find(
      (one) => one.owedBy === 'centre' && one.centre === 'aimec' && one.title.ja.includes('自己評価書'),
    )!;
    const about = async () =>
      (await queries().board(year.cycleId)).coming.flatMap((mail) =>
        mail.reminders.filter((one) => one.about.milestoneId === report.id).map((one) => `${one.step} ${mail.day}`),
      );
    expect(await about()).toContain('on-the-day 2027-05-27');
    await year.house.get(Milestones).extend(report.id, '2027-06-30', year.actor);
    expect(await about()).toContain('two-weeks-before 2027-06-16');
    expect(await about()).not.toContain('on-the-day 2027-05-27');
    await year.house.get(Milestones).settle(report.id, 'submitted', '', year.actor);
    expect(await about()).toEqual([]);
    await year.house.get(Milestones).reopen(report.id, year.actor);
    expect(await about()).toContain('two-weeks-before 2027-06-16');
    await year.house.get(Milestones).settle(report.id, 'waived', '', year.actor);
    expect(await about()).toEqual([]);
  });

  it('who attends is asked after by answers and not once more as a deadline', async () => {
    const { id } = await milestone('who-attends/site/aimec');
    const all = (await queries().board(year.cycleId)).coming.flatMap((mail) => mail.reminders);
    expect(all.filter((one) => one.about.milestoneId === id)).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
  });

  it('that wait in the outbox are taken back when the answer comes, and the rest is asked after anew', async () => {
    const [waiting] = await query<{ id: string }>(
      `update mail set state = 'retry', due_at = now() + interval '1 day', settled_at = null
        where to_address = $1 and kind = 'reminder-person' returning id`,
      [pd],
    ).then((rows) => rows.flat() as { id: string }[]);
    await attend('site/aimec', 'kaku-taro', 'attending');
    const [after] = await query<{ state: string }>('select state from mail where id = $1', [waiting!.id]);
    expect(after!.state).toBe('withdrawn');
    expect(await query('select 1 from reminder where mail_id = $1', [waiting!.id])).toEqual([]);
  });

  it('that wait in the outbox are taken back by the next round when they are paused meanwhile', async () => {
    const [waiting] = await query<{ id: string }>(
      `update mail set state = 'retry', due_at = now() + interval '1 day', settled_at = null
        where to_address = $1 and kind = 'reminder-person' returning id`,
      [director],
    ).then((rows) => rows.flat() as { id: string }[]);
    const state = async () =>
      (await query<{ state: string }>('select state from mail where id = $1', [waiting!.id]))[0]!.state;
    await reminders().round();
    expect(await state()).toBe('retry');
    const person = (await personOf(director))!;
    await reminders().pause(year.cycleId, `person/${person}`, year.actor);
    await reminders().round();
    expect(await state()).toBe('withdrawn');
    await reminders().resume(year.cycleId, `person/${person}`, year.actor);
  });
});

describe('A reader overseas', () => {
  beforeAll(async () => {
    await open({ 'site/aimec': '2027-07-08' });
    await waiveAll();
    await year.add('site/aimec', 'exemple-dubois');
    await year.house.settle();
    await post.release();
  });
  afterAll(async () => year?.house.stop());
  const dubois = 'exemple.dubois@overseas.example.org';

  it('is reminded in the morning of their own clock, in their language, with both times', async () => {
    at('2027-05-13', '16:59');
    expect(recipients(await round())).not.toContain(dubois);
    at('2027-05-13', '17:00');
    const mail = to(await round(), dubois);
    expect(mail.subject).toBe('[Reminder] Site visit (AIMEC), by Thu 27 May 2027');
    expect(mail.text).toContain('Thu 27 May 2027, 17:00 (Japan time, UTC+9)');
    expect(mail.text).toMatch(/Thu 27 May 2027, 10:00 \(.*UTC\+2\)/);
    expect(mail.text).toContain('/a/');
  });

  it('is written to again on the day, since no office answers for them', async () => {
    at('2027-05-27', '17:00');
    expect(recipients(await round())).toContain(dubois);
  });
});

describe('A reader in France', () => {
  beforeAll(async () => {
    // six weeks before, Wednesday 14 July, answers are due, and in France nobody works
    await open({ 'site/aimec': '2027-08-25' });
    await waiveAll();
    await year.add('site/aimec', 'exemple-dubois');
    await year.house.settle();
    await post.release();
  });
  afterAll(async () => year?.house.stop());
  const dubois = 'exemple.dubois@overseas.example.org';
  const days = async (address: string) =>
    (await queries().board(year.cycleId)).coming
      .filter((mail) => mail.to?.address === address)
      .flatMap((mail) => mail.reminders.map((one) => `${one.step} ${mail.day} ${localTime(mail.at, mail.zone).time}`));

  it('is asked after a public holiday of theirs, while everybody else is asked on the day', async () => {
    expect(await days(dubois)).toContain('on-the-day 2027-07-15 10:00');
    expect(await days(pd)).toContain('on-the-day 2027-07-14 10:00');
  });

  it('gets nothing on the holiday, not even what was missed before; that leaves when their next working day begins', async () => {
    at('2027-07-14', '17:00');
    const others = recipients(await round());
    expect(others).toContain(pd);
    expect(others).toContain(centreOffice);
    expect(others).not.toContain(dubois);
    at('2027-07-15', '14:55');
    expect(recipients(await round())).not.toContain(dubois);
    at('2027-07-15', '15:00');
    const mail = to(await round(), dubois);
    expect(mail.text).toContain('Wed 14 July 2027, 17:00 (Japan time, UTC+9)');
  });
});

describe('In a rehearsal', () => {
  beforeAll(async () => {
    await open({ 'site/aimec': '2027-07-08' });
    await waiveAll();
  });
  afterAll(async () => year?.house.stop());

  it('a reminder leaves to listed addresses only, says so, and is sent again in earnest', async () => {
    at('2027-05-13');
    await post.rehearse(true, [director]);
    const rehearsed = await round();
    expect(recipients(rehearsed)).toEqual([director]);
    expect(rehearsed[0]!.subject).toContain('試行');
    await post.rehearse(false);
    expect(recipients(await round())).toEqual(everybody);
  });
});

describe('Staff', () => {
  beforeAll(async () => {
    await open({ 'site/aimec': '2027-07-08' });
    await waiveAll();
    at('2027-05-10');
  });
  afterAll(async () => year?.house.stop());
  const coming = async (address: string) =>
    (await queries().board(year.cycleId)).coming.find((mail) => mail.to?.address === address)!;

  it('see what one will get, as it will arrive', async () => {
    const mail = await coming(pd);
    expect([mail.day, mail.reminders.map((one) => one.step)]).toEqual(['2027-05-13', ['two-weeks-before']]);
    const { state, message } = await queries().preview(year.cycleId, [mail.reminders[0]!.key]);
    expect([state, message.subject]).toEqual([
      'queued',
      '【ご確認のお願い】サイトビジット（AIMEC）（2027年5月27日(木)まで）',
    ]);
    expect(await query('select 1 from reminder')).toEqual([]);
    expect(await codeOf(queries().preview(year.cycleId, ['nobody nothing never']))).toBe('reminders.not-coming');
  });

  it('skip one step for one person, and take it back', async () => {
    const key = (await coming(pd)).reminders[0]!.key;
    await reminders().skip(year.cycleId, key, year.actor);
    expect((await coming(pd)).reminders[0]!.step).toBe('three-days-before');
    expect(await codeOf(reminders().skip(year.cycleId, key, year.actor))).toBe('reminders.not-coming');
    const [past] = await queries().past(year.cycleId, 1);
    expect(past).toMatchObject({ state: 'skipped', reason: 'by-staff', by: year.actor.name });
    await reminders().unskip(year.cycleId, past!.id, year.actor);
    expect((await coming(pd)).reminders[0]!.step).toBe('two-weeks-before');
  });

  it('send one now, and it does not come again on its day', async () => {
    const key = (await coming(pd)).reminders[0]!.key;
    at('2027-05-10', '21:30');
    expect(await reminders().sendNow(year.cycleId, [key], year.actor)).toBe(1);
    expect(recipients(await post.arrived())).toEqual([pd]);
    expect(await codeOf(reminders().sendNow(year.cycleId, [key], year.actor))).toBe('reminders.not-coming');
    at('2027-05-13');
    expect(recipients(await round())).toEqual(everybody.filter((one) => one !== pd));
  });

  it('send nothing to whom it is held, or while mail is paused', async () => {
    const key = (await coming(director)).reminders[0]!.key;
    await reminders().pause(year.cycleId, 'year', year.actor);
    expect(await codeOf(reminders().sendNow(year.cycleId, [key], year.actor))).toBe('reminders.held');
    await reminders().resume(year.cycleId, 'year', year.actor);
    await post.pause(true);
    expect(await codeOf(reminders().sendNow(year.cycleId, [key], year.actor))).toBe('reminders.mail-paused');
    await post.pause(false);
  });
});
