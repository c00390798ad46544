import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cycles } from '../../src/cycle/cycle.service.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { fingerprintOf } from '../../src/invitations/pending-mail.ts';
import { InvitationQueries } from '../../src/invitations/invitations.queries.ts';
import { Releases } from '../../src/invitations/releases.service.ts';
import { Outbox } from '../../src/mail/outbox.service.ts';
import { OutboxQueries } from '../../src/mail/outbox.queries.ts';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { codeOf, startYear, type Year } from '../meetings/year.ts';
import { addressesOf, expectSound, postOf, recipients, to, type Arrived, type Post } from './post.ts';

let year: Year;
let post: Post;

const director = 'misao.sanko@aimec.example.org';
const administrator = 'ichiro.hanrei@aimec.example.org';
const pd = 'taro.kaku@pd.example.org';
const tohoku = 'secretary-head@tohoku-university.example.org';
const jamstec = 'secretary-head@jamstec.example.org';
const centreOffice = 'office@aimec.example.org';
const hostOffices = ['president-office@jamstec.example.org', 'president-office@tohoku-university.example.org'];
const aimec = [director, administrator, pd, tohoku, jamstec].sort();
const offices = [centreOffice, ...hostOffices].sort();

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
});
afterAll(async () => year?.house.stop());

const attendees = () => year.house.get(Attendees);
const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
const attend = async (key: string, person: string) => {
  const { id } = await year.attendee(key, person);
  await attendees().nobodyTwice((tx) => attendees().attend(tx, id, 'attending'));
};
const newAddress = (person: string, address: string) =>
  query(`update person_address set address = $2 where person_id = $1 and position = 0 and retired_at is null`, [
    person,
    address,
  ]);
const lastSequence = async (key: string, person: string): Promise<number> => {
  const [row] = await query<{ sequence: number }>(
    `select sequence from invitation where state = 'live' and meeting_id = $1 and person_id = $2`,
    [(await year.meeting(key)).id, person],
  );
  return row!.sequence;
};
const room = (name: string) => ({ room: { ja: name, en: name } });

describe('The first release of a meeting', () => {
  let mails: Arrived[];
  it('reaches each of its people and offices once, and nobody else', async () => {
    await year.set('site/aimec', '2027-07-08');
    expect(addressesOf(await post.pending())).toEqual([...aimec, ...offices].sort());
    mails = await post.release();
    expect(recipients(mails)).toEqual([...aimec, ...offices].sort());
    for (const mail of mails) expectSound(mail);
  });

  it('gives everybody a calendar entry of their own, from an address of its own', () => {
    const entries = mails.flatMap((mail) => mail.calendar ?? []);
    expect(entries).toHaveLength(5);
    expect(new Set(entries.map((entry) => entry.uid)).size).toBe(5);
    expect(new Set(entries.map((entry) => entry.organizer)).size).toBe(5);
    // the visit of an interim evaluation takes two days: one entry over both
    for (const entry of entries) expect(entry).toMatchObject({ method: 'REQUEST', sequence: 0, starts: '20270708' });
  });

  it('says until when an answer is asked for, with weekday, hour and zone, in letter and calendar', () => {
    for (const mail of mails.filter((one) => one.calendar)) {
      expect(mail.text).toContain('2027年5月27日(木) 17:00（日本時間）');
      expect(mail.calendar!.description).toContain('2027年5月27日(木) 17:00（日本時間）');
    }
    expect(to(mails, centreOffice).subject).toContain('2027年5月27日(木)まで');
    expect(to(mails, centreOffice).text).toContain('2027年5月27日(木) 17:00（日本時間）');
  });

  it('goes to the secretary in the name of the president', () => {
    const mail = to(mails, tohoku);
    expect(mail.message.to).toContain('例題 望');
    expect(mail.calendar).toMatchObject({ attendee: tohoku, name: expect.stringContaining('例題 望') });
    expect(mail.text).toContain('秘書ご担当者様');
  });

  it('names all of an office’s people in its one mail, with one link', () => {
    const mail = to(mails, centreOffice);
    expect(mail.text).toContain('参考 操');
    expect(mail.text).toContain('凡例 一郎');
    expect(mail.text).not.toContain('架空 太郎');
    expect(new Set(mail.text.match(/http\S+\/o\/\S+/g))).toHaveProperty('size', 1);
    expect(mail.calendar).toBeUndefined();
  });

  it('leaves nothing to release', async () => {
    expect(await post.pending()).toEqual([]);
    expect(await codeOf(post.release())).toBe('invitations.nothing-to-release');
    expect(await post.arrived()).toEqual([]);
  });

  it('is done once by two who press the button at the same time', async () => {
    await year.set('site/qup', '2027-07-13');
    const both = await Promise.all(
      [1, 2].map(() => codeOf(year.house.get(Releases).release(year.cycleId, 'all', year.actor))),
    );
    expect(both.sort()).toEqual(['done', 'invitations.nothing-to-release']);
    const mails = await post.arrived();
    expect(recipients(mails)).toEqual([...new Set(recipients(mails))]);
    expect(recipients(mails)).toContain('yu.hinagata@qup.example.org');
    expect(recipients(mails)).not.toContain(director);
  });

  it('lets staff send some and keep others, and refuses what is not pending', async () => {
    await year.set('site/icredd', '2027-07-20');
    const pending = await post.pending();
    const one = pending.find((mail) => mail.recipient.address === 'masaru.shisaku@icredd.example.org')!;
    expect(recipients(await post.release([one.key]))).toEqual(['masaru.shisaku@icredd.example.org']);
    expect(await codeOf(post.release([one.key]))).toBe('invitations.not-pending');
    expect((await post.pending()).map((mail) => mail.key).sort()).toEqual(
      pending
        .map((mail) => mail.key)
        .filter((key) => key !== one.key)
        .sort(),
    );
  });

  it('writes no mail to somebody who is reached only through an office', async () => {
    const mails = await post.release();
    expect(recipients(mails).some((address) => address.startsWith('saburo.kamei'))).toBe(false);
    const host = to(mails, 'president-office@hokkaido-university.example.org');
    expect(host.text).toContain('仮名 三郎');
    expect(host.text).not.toContain('ご本人にもご案内を送付');
  });

  it('says of two days the hours of each, and of a committee its hearings', async () => {
    await year.set('committee', '2027-10-26');
    await year.set('hearing/qup', { firstDay: '2027-10-26', from: '10:30' });
    const keys = (await post.pending())
      .filter(({ recipient }) =>
        ['shiro.katei@committee.example.org', 'yu.hinagata@qup.example.org'].includes(recipient.address ?? ''),
      )
      .map((mail) => mail.key);
    const mails = await post.release(keys);
    const member = to(
      mails.filter((mail) => mail.calendar?.starts === '20271026'),
      'shiro.katei@committee.example.org',
    );
    expect(member.text).toContain('10月26日(火) 10:30');
    expect(member.text).toMatch(/2027年10月26日\(火\) 09:30～17:30（日本時間）\s+2027年10月27日\(水\) 09:30～17:30/);
    // a hearing is where its committee is
    const hearing = mails.find((mail) => mail.to.includes('qup') && mail.subject.includes('ヒアリング'))!;
    expect(hearing.text).toContain('東京都内');
    await post.release();
  });
});

describe('A meeting that changes', () => {
  let before: Map<string, Arrived>;
  beforeAll(async () => {
    await year.set('site/prime', '2027-08-03');
    before = new Map((await post.release()).map((mail) => [mail.to, mail]));
  });
  const boss = 'hikaru.reidai@prime.example.org';
  const office = 'office@prime.example.org';

  it('and moves is an update of the same entry with a higher number, for its people only (C1, C4)', async () => {
    year.later();
    await year.set('site/prime', '2027-08-05');
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...before.keys()].sort());
    for (const mail of mails) expectSound(mail);
    const mail = to(mails, boss);
    const first = before.get(boss)!;
    expect(mail.calendar).toMatchObject({
      method: 'REQUEST',
      uid: first.calendar!.uid,
      sequence: 1,
      starts: '20270805T010000Z',
    });
    expect(mail.header('in-reply-to')).toBe(first.message.messageId);
    expect(mail.subject).toContain('日時変更');
    expect(mail.text).toContain('（変更前）2027年8月3日(火)');
    expect(mail.text).toContain('（変更後）2027年8月5日(木)');
    expect(to(mails, office).text).toContain('【変更】');
    expect(await post.pending()).toEqual([]);
  });

  it('in its text only keeps the number for who has answered, and raises it for who has not (C2)', async () => {
    await attend('site/prime', 'reidai-hikaru');
    year.later();
    await year.set('site/prime', room('別室'));
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...before.keys()].sort());
    const answered = to(mails, boss).calendar!;
    expect(answered).toMatchObject({ sequence: 1, uid: before.get(boss)!.calendar!.uid });
    expect(answered.stamp > before.get(boss)!.calendar!.stamp).toBe(true);
    expect(to(mails, pd).calendar).toMatchObject({ sequence: 2 });
    expect(await year.attendee('site/prime', 'reidai-hikaru')).toMatchObject({ attendance: 'attending' });
  });

  it('and back before anybody is told is told to nobody', async () => {
    await year.set('site/prime', '2027-08-06');
    expect((await post.pending()).length).toBeGreaterThan(4);
    await year.set('site/prime', '2027-08-05');
    expect(await post.pending()).toEqual([]);
  });

  it.each([
    [
      'gets another place',
      { place: { ja: '仙台市内の会場', en: 'A venue in Sendai' } },
      '【会場変更】',
      '仙台市内の会場',
    ],
    [
      'goes online',
      { mode: 'online', onlineUrl: 'https://meet.example.org/prime' },
      '【開催方法の変更】',
      'オンライン',
    ],
    ['is on site again', { mode: 'on-site' }, '【開催方法の変更】', '対面'],
  ] as const)('and %s asks its people again, and nobody else (C1)', async (_, change, subject, words) => {
    await attend('site/prime', 'reidai-hikaru');
    const was = await lastSequence('site/prime', 'reidai-hikaru');
    year.later();
    await year.set('site/prime', change);
    const mails = await post.release();
    expect(recipients(mails)).toEqual([...before.keys()].sort());
    for (const mail of mails) expectSound(mail);
    const mail = to(mails, boss);
    expect(mail.subject).toContain(subject);
    expect(mail.text).toContain(`（変更後）${words}`);
    expect(mail.text).toContain('変更に伴い、恐れ入りますが改めてお伺いいたします');
    expect(mail.calendar).toMatchObject({ uid: before.get(boss)!.calendar!.uid, sequence: was + 1 });
    expect(await year.attendee('site/prime', 'reidai-hikaru')).toMatchObject({ attendance: 'unanswered' });
    expect(to(mails, office).text).toContain(`（変更後）${words}`);
  });

  it('tells only those who are added, taken off or replaced, and their offices', async () => {
    await year.add('site/prime', 'mihon-haruko');
    const { id } = await year.attendee('site/prime', 'kinyu-tsukasa');
    await attendees().remove(id, year.actor);
    expect(recipients(await post.pending().then((all) => post.release(all.map((mail) => mail.key))))).toEqual(
      ['haruko.mihon@po.example.org', 'tsukasa.kinyu@prime.example.org', office].sort(),
    );
    const added = await year.attendee('site/prime', 'mihon-haruko');
    await attendees().replace(added.id, 'kamei-makoto', year.actor);
    year.later();
    const mails = await post.release();
    expect(recipients(mails)).toEqual(['haruko.mihon@po.example.org', 'makoto.kamei@po.example.org']);
    expect(to(mails, 'haruko.mihon@po.example.org')).toMatchObject({
      calendar: { method: 'CANCEL', sequence: 1 },
      subject: expect.stringContaining('ご案内の取消'),
    });
    expect(to(mails, 'makoto.kamei@po.example.org').calendar).toMatchObject({ method: 'REQUEST', sequence: 0 });
    for (const mail of mails) expectSound(mail);
  });

  it('is cancelled at the old address and sent anew to the new one, whose links are others (C10)', async () => {
    const uid = before.get(boss)!.calendar!.uid;
    await newAddress('reidai-hikaru', 'reidai@prime.example.org');
    const mails = (await post.release()).filter(({ subject }) => subject.includes('サイトビジット'));
    expect(recipients(mails)).toEqual([boss, 'reidai@prime.example.org'].sort());
    expect(to(mails, boss).calendar).toMatchObject({ method: 'CANCEL', uid });
    expect(to(mails, boss).text).not.toMatch(/\/a\/[\w-]{20}/);
    const anew = to(mails, 'reidai@prime.example.org').calendar!;
    expect(anew).toMatchObject({ method: 'REQUEST', sequence: 0 });
    expect(anew.uid).not.toBe(uid);
    const links = await query<{ open: number }>(
      `select count(*) filter (where revoked_at is null)::int as open from link where subject = $1`,
      [`${(await year.meeting('site/prime')).id}/reidai-hikaru`],
    );
    expect(links[0]!.open).toBe(1);
    expect(await post.pending()).toEqual([]);
  });

  it('is cancelled for everybody, and asked for again under another number (C6, C9)', async () => {
    const { id } = await year.meeting('site/prime');
    await year.house.get(Meetings).cancel(id, year.actor);
    year.later();
    const cancelled = await post.release();
    const entries = cancelled.flatMap((mail) => mail.calendar ?? []);
    expect(entries.every((entry) => entry.method === 'CANCEL')).toBe(true);
    expect(to(cancelled, office).text).toContain('【開催中止】');
    for (const mail of cancelled) {
      expectSound(mail);
      if (mail.calendar) expect(mail.subject).toContain('【開催中止】');
    }
    expect(await post.pending()).toEqual([]);
    await year.house.get(Meetings).reinstate(id, year.actor);
    const again = await post.release();
    expect(recipients(again)).toEqual(recipients(cancelled));
    const uids = new Set(entries.map((entry) => entry.uid));
    for (const mail of again) {
      expectSound(mail);
      if (!mail.calendar) continue;
      expect(mail.calendar).toMatchObject({ method: 'REQUEST', sequence: 0 });
      expect(uids.has(mail.calendar.uid)).toBe(false);
      expect(mail.text).toContain('先に取消のご連絡を差し上げましたが');
    }
  });

  it('between the look at it and the button is not sent unseen', async () => {
    const releases = year.house.get(Releases);
    await year.set('site/prime', room('第3会議室'));
    const seen = fingerprintOf(await post.pending());
    const keys = (await post.pending()).map((mail) => mail.key);
    await year.set('site/prime', room('第4会議室'));
    const press = (print: string) => codeOf(releases.release(year.cycleId, keys, year.actor, print));
    expect(await press(seen)).toBe('invitations.changed-meanwhile');
    expect(await post.arrived()).toEqual([]);
    await post.rehearse(true);
    expect(await press(fingerprintOf(await post.pending()))).toBe('done');
    expect(await press(fingerprintOf(await post.pending()))).toBe('done');
    await post.rehearse(false);
    expect(await press(fingerprintOf(await post.pending()))).toBe('done');
    await post.arrived();
  });
});

describe('While mail waits in the outbox', () => {
  const boss = 'jiro.tokumei@skcm2.example.org';
  const of = (mails: readonly Arrived[], address: string) => mails.filter((mail) => mail.to === address);
  beforeAll(async () => {
    await post.pause(true);
    await year.set('site/skcm2', '2027-08-17');
    await post.release();
  });

  it('a change replaces it: one mail arrives, with the last word (C9)', async () => {
    await year.set('site/skcm2', '2027-08-18');
    await post.release();
    await year.set('site/skcm2', '2027-08-19');
    await post.release();
    await post.pause(false);
    const mails = await post.arrived();
    expect(recipients(mails)).toEqual([...new Set(recipients(mails))]);
    expect(to(mails, boss)).toMatchObject({
      subject: expect.stringContaining('ご出席のお願い'),
      calendar: { sequence: 0, starts: '20270819T010000Z' },
    });
    expect(to(mails, boss).text).not.toContain('変更前');
    expect(to(mails, 'office@skcm2.example.org').text).not.toContain('8月17日');
    for (const mail of mails) expectSound(mail);
  });

  it('somebody who is taken off again hears of nothing (C8)', async () => {
    await post.pause(true);
    await year.add('site/skcm2', 'mogi-umeko');
    await post.release();
    await attendees().remove((await year.attendee('site/skcm2', 'mogi-umeko')).id, year.actor);
    const pending = await post.pending();
    expect(pending).toEqual([expect.objectContaining({ silent: true, problem: null })]);
    expect(await codeOf(year.house.get(Releases).preview(year.cycleId, pending[0]!.key))).toBe(
      'invitations.not-pending',
    );
    expect(await year.house.get(Releases).release(year.cycleId, 'all', year.actor)).toMatchObject({ mails: 0 });
    await post.pause(false);
    expect(await post.arrived()).toEqual([]);
    expect(await post.pending()).toEqual([]);
  });

  it('an update of what they know is told against that, and taken back where it is as they know it', async () => {
    await post.pause(true);
    await year.set('site/skcm2', '2027-08-24');
    await post.release();
    await year.set('site/skcm2', '2027-08-25');
    await post.release();
    await post.pause(false);
    const mail = to(await post.arrived(), boss);
    expect(mail.text).toContain('（変更前）2027年8月19日(木)');
    expect(mail.text).not.toContain('8月24日');
    expect(mail.calendar!.starts).toBe('20270825T010000Z');
    await post.pause(true);
    await year.set('site/skcm2', '2027-08-26');
    await post.release();
    await year.set('site/skcm2', '2027-08-25');
    expect((await post.pending()).every((one) => one.silent)).toBe(true);
    await post.release();
    await post.pause(false);
    expect(await post.arrived()).toEqual([]);
    expect(await post.pending()).toEqual([]);
  });

  it('what staff take back there was never said, and is due again', async () => {
    await post.pause(true);
    await year.set('site/skcm2', '2027-08-27');
    const keys = (await post.pending()).map((mail) => mail.key).sort();
    await post.release();
    const { mails } = await year.house.get(OutboxQueries).list({ states: ['queued'] });
    expect(await post.pending()).toEqual([]);
    const told = async () =>
      (await year.house.get(InvitationQueries).told(year.cycleId, (await year.meeting('site/skcm2')).id)).map(
        (one) => one.startsAt,
      );
    expect(new Set(await told())).toEqual(new Set(['2027-08-27T01:00:00.000Z']));
    await year.house.get(Outbox).withdraw(
      mails.map((mail) => mail.id),
      year.actor,
    );
    expect((await post.pending()).map((mail) => mail.key).sort()).toEqual(keys);
    expect(new Set(await told())).toEqual(new Set(['2027-08-25T01:00:00.000Z']));
    await post.pause(false);
    const again = await post.release();
    expect(to(again, boss).text).toContain('（変更前）2027年8月25日(水)');
    expect(of(again, boss)).toHaveLength(1);
    for (const mail of again) expectSound(mail);
  });

  it('an invitation that staff take back is due as a new one, and a cancellation as one', async () => {
    await post.pause(true);
    await year.add('site/skcm2', 'mogi-umeko');
    await post.release();
    const withdrawAll = async () => {
      const { mails } = await year.house.get(OutboxQueries).list({ states: ['queued'] });
      await year.house.get(Outbox).withdraw(
        mails.map((mail) => mail.id),
        year.actor,
      );
    };
    await withdrawAll();
    expect(await post.pending()).toEqual([expect.objectContaining({ action: 'new' })]);
    await post.release();
    await post.pause(false);
    const first = to(await post.arrived(), 'umeko.mogi@po.example.org').calendar!;
    expect(first.sequence).toBe(0);
    await post.pause(true);
    await attendees().remove((await year.attendee('site/skcm2', 'mogi-umeko')).id, year.actor);
    await post.release();
    await withdrawAll();
    expect(await post.pending()).toEqual([expect.objectContaining({ action: 'cancel', silent: false })]);
    await post.release();
    await post.pause(false);
    expect(to(await post.arrived(), 'umeko.mogi@po.example.org').calendar).toMatchObject({
      method: 'CANCEL',
      uid: first.uid,
    });
  });
});

describe('An office', () => {
  it('whose mailbox is another is told everything there, and its old link opens nothing', async () => {
    const subject = `${year.cycleId}/centre-office-aimec`;
    await query(`update office set address = 'jimu@aimec.example.org' where id = 'centre-office-aimec'`);
    const mails = await post.release();
    expect(recipients(mails)).toEqual(['jimu@aimec.example.org']);
    expect(mails[0]!.text).toContain('参考 操');
    const links = await query(`select 1 from link where subject = $1 and revoked_at is null`, [subject]);
    expect(links).toHaveLength(1);
  });

  it('with an address that cannot be written to keeps nobody else from being told', async () => {
    await query(`update office set address = 'jimu@nowhere' where id = 'centre-office-aimec'`);
    await year.set('site/aimec', room('別室'));
    expect((await post.pending()).filter((mail) => mail.problem)).toEqual([
      expect.objectContaining({ to: 'office', recipient: expect.objectContaining({ address: 'jimu@nowhere' }) }),
    ]);
    expect(recipients(await post.release())).toEqual([...aimec, ...hostOffices].sort());
    await query(`update office set address = 'office@aimec.example.org' where id = 'centre-office-aimec'`);
    expect(recipients(await post.release())).toEqual([centreOffice]);
  });
});

it('Somebody without a mailbox and without an office is named as a problem, and sent nothing', async () => {
  await query(`update person_address set retired_at = now() where person_id = 'shian-ichiro'`);
  await year.add('site/aimec', 'shian-ichiro');
  expect(await post.pending()).toEqual([
    expect.objectContaining({
      recipient: expect.objectContaining({ id: 'shian-ichiro', address: null }),
      wouldLeave: false,
    }),
  ]);
  expect((await post.pending())[0]!.problem!.ja).toContain('登録されていません');
  expect(await codeOf(post.release())).toBe('invitations.nothing-to-release');
  await attendees().remove((await year.attendee('site/aimec', 'shian-ichiro')).id, year.actor);
});

describe('Nothing is written', () => {
  it('while nobody is in charge, who is has left, or cannot be called', async () => {
    const cycles = year.house.get(Cycles);
    const staff = year.house.get(Staff);
    const list = await year.house.get(StaffQueries).list();
    const other = list.find((member) => member.id !== year.actor.id && member.role === 'staff')!;
    await year.set('site/aimec', room('第5会議室'));
    await query(`update cycle set staff_in_charge = null`);
    expect(await codeOf(post.pending())).toBe('invitations.no-staff-in-charge');
    await cycles.putInCharge(year.cycleId, other.id, year.actor);
    await staff.deactivate(other.id, year.actor);
    expect(await codeOf(post.pending())).toBe('invitations.staff-left');
    await staff.activate(other.id, year.actor);
    await query(`update staff set telephone = '' where id = $1`, [other.id]);
    expect(await codeOf(post.release())).toBe('invitations.no-telephone');
    expect(await post.arrived()).toEqual([]);
    await query(`update staff set telephone = '03-0000-0909' where id = $1`, [other.id]);
    const mails = await post.release();
    expect(mails.length).toBeGreaterThan(5);
    for (const mail of mails) expect(mail.text).toContain('03-0000-0909');
  });
});
