import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { Links } from '../../src/links/links.service.ts';
import { expectSound, linkIn, postOf, to, type Arrived, type Post } from '../invitations/post.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { formIn, seen, visitorOf, type Visitor } from './visitor.ts';

let year: Year;
let post: Post;
let visitor: Visitor;
let mails: Arrived[];

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  visitor = visitorOf(year);
  await post.rehearse(false);
  await year.set('site/qup', '2027-07-08');
  await year.add('site/qup', 'exempla-martin');
  mails = await post.release();
});
afterAll(async () => year?.house.stop());

const director = { person: 'hinagata-yu', address: 'yu.hinagata@qup.example.org' };
const overseas = { person: 'exempla-martin', address: 'exempla.martin@overseas.example.org' };
const linkOf = (address: string) => linkIn(to(mails, address));
const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
const stands = async (person = director.person) => (await year.attendee('site/qup', person)).attendance;
const ledger = async (person = director.person) =>
  query<Record<string, unknown>>(
    `select a.* from answer a join attendee t on t.id = a.attendee_id where t.person_id = $1 order by a.id`,
    [person],
  );
/** Sends the form of a person's page with these fields */
const answer = async (fields: Record<string, string>, who = director) => {
  const link = linkOf(who.address);
  const { id } = await year.attendee('site/qup', who.person);
  const named = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${name}-${id}`, value]));
  year.later();
  return visitor.answer(link, { ...formIn((await visitor.get(link)).html), ...named });
};
const state = () =>
  query(`select (select count(*) from answer) as answers, (select count(*) from mail) as mails, (select count(*) from trail) as trail,
    (select count(*) from link) as links, (select json_agg(a order by id) from attendee a) as attendees,
    (select json_agg(i order by id) from invitation i) as invitations, (select count(*) from pgboss.job where name not like 'mail/%') as jobs`);

describe('Opening the link', () => {
  it('G1: changes nothing, a hundred times, by scanners and people, GET and HEAD', async () => {
    const link = linkOf(director.address);
    const before = await state();
    const agents = [
      'Mozilla/5.0 Chrome/140.0',
      'Barracuda Sentinel (EE)',
      'Mimecast',
      'Microsoft Office/16.0',
      'python-requests/2.31',
      '',
    ];
    const paths = [link, `${link}?answer=attending`, `${link}/not-you`, `${link}?saved`];
    for (let round = 0; round < 10; round++) {
      const ten = Array.from({ length: 10 }, (_, n) =>
        visitor.get(paths[n % paths.length]!, agents[(round + n) % agents.length]),
      );
      for (const { status } of await Promise.all(ten)) expect(status).toBe(200);
    }
    expect((await visitor.head(link)).status).toBe(200);
    expect(await state()).toEqual(before);
  });

  it('shows whose it is, what they are asked to, until when and whom to call; kept and indexed nowhere (G5)', async () => {
    const page = await visitor.get(linkOf(director.address));
    const html = seen(page.html);
    for (const part of [
      '雛形 優',
      'y***@qup.example.org',
      'QUP',
      '2027年7月8日(木) 10:00～17:00（日本時間）',
      '2027年5月27日(木) 17:00',
      '03-0000-090',
    ])
      expect(html).toContain(part);
    expect(html).not.toContain(director.address);
    expect(page.header('cache-control')).toBe('no-store');
    expect(page.header('x-robots-tag')).toContain('noindex');
    expect(page.html).not.toMatch(/(src|href)="https?:\/\/(?!127\.0\.0\.1)/);
  });

  it('speaks the reader’s language, and tells those who live elsewhere both times', async () => {
    const html = seen((await visitor.get(linkOf(overseas.address))).html);
    expect(html).toContain('Will you attend?');
    expect(html).toContain('Thu 8 July 2027, 10:00–17:00 (Japan time, UTC+9)');
    expect(html).toMatch(/In your time zone: Wed 7 July 2027, 21:00 – Thu 8 July 2027, 04:00 \(.+UTC−4\)/);
    expect(seen((await visitor.get(`${linkOf(overseas.address)}?lang=ja`)).html)).toContain('ご出欠');
  });

  it('G4: that somebody changed, or made up, tells nothing: the same page for all', async () => {
    const real = linkOf(director.address);
    const revoked = await year.house.dataSource.transaction(async (tx) => {
      const links = year.house.get(Links);
      const its = { purpose: 'participant', subject: 'x/y' } as const;
      const token = await links.issue(tx, { ...its, expiresAt: year.clock.now().plus({ days: 9 }) });
      await links.revoke(tx, its);
      return token;
    });
    const pages = [];
    for (const path of [
      `${real}x`,
      `/a/${'x'.repeat(27)}`,
      `/a/${revoked}`,
      real.replace('/a/', '/o/'),
      '/a/%00',
      '/a/../o',
    ]) {
      const { status, html } = await visitor.get(path);
      expect([path, status]).toEqual([path, 404]);
      pages.push(seen(html).replaceAll(path, ''));
    }
    expect(new Set(pages.slice(0, 4)).size).toBe(1);
    expect(pages[0]).toContain('このリンクは有効ではありません');
    expect((await visitor.answer(`/a/${'x'.repeat(27)}`, {})).status).toBe(404);
  });
});

describe('Answering', () => {
  it.each([
    ['attending', {}, {}],
    ['late', { lateFrom: '10:30' }, { late_from: '10:30' }],
    ['leaving', { leavingAt: '15:30' }, { leaving_at: '15:30' }],
    ['online', {}, {}],
    ['proxy', { proxyName: '見本 代理', proxyTitle: '副拠点長' }, { proxy_name: '見本 代理', proxy_title: '副拠点長' }],
    ['undecided', {}, {}],
    ['absent', {}, {}],
  ] as const)(
    '%s is kept with its parts, who gave it and how, and comes back on the page',
    async (attendance, fields, kept) => {
      const page = await answer({
        attendance,
        ...fields,
        accompanying: '同行 一\n同行 二',
        remarks: `備考：${attendance}`,
      });
      expect([page.status, page.location]).toEqual([303, `${linkOf(director.address)}?saved`]);
      expect((await ledger()).at(-1)).toMatchObject({
        attendance,
        ...kept,
        accompanying: ['同行 一', '同行 二'],
        remarks: `備考：${attendance}`,
        channel: 'link',
        given_by: '雛形 優',
        agent: 'Firefox, Windows',
        revision: (await year.meeting('site/qup')).revision,
      });
      expect(await stands()).toBe(attendance);
      const shown = (await visitor.get(page.location!)).html;
      expect(seen(shown)).toContain('ご回答を承りました');
      const { id } = await year.attendee('site/qup', director.person);
      const form = formIn(shown);
      expect(form).toMatchObject({ [`attendance-${id}`]: attendance, [`remarks-${id}`]: `備考：${attendance}` });
      for (const [name, value] of Object.entries(fields)) expect(form[`${name}-${id}`]).toBe(value);
      expect(shown).toMatch(/<details class="answer-more" open>/);
    },
  );

  it('frees the time of who is absent or sends a proxy', async () => {
    const booked = () => query(`select 1 from booking where person_id = $1`, [director.person]);
    expect(await stands()).toBe('absent');
    expect(await booked()).toEqual([]);
    await answer({ attendance: 'attending' });
    expect(await booked()).toHaveLength(1);
  });

  it('G3: is confirmed by a mail that says what was recorded and asks nothing of a calendar', async () => {
    await post.arrived();
    await answer({ attendance: 'late', lateFrom: '11:00', remarks: '新幹線の都合' });
    const receipt = to(await post.arrived(), director.address);
    expectSound(receipt);
    expect(receipt.calendar).toBeUndefined();
    for (const part of ['途中から出席', '11:00', '新幹線の都合', '2027年7月8日(木)'])
      expect(receipt.text).toContain(part);
    expect(linkIn(receipt)).toBe(linkOf(director.address));
  });

  it('twice the same is one answer, and one receipt', async () => {
    const before = (await ledger()).length;
    await answer({ attendance: 'late', lateFrom: '11:00', remarks: '新幹線の都合' });
    expect(await ledger()).toHaveLength(before);
    expect(await post.arrived()).toEqual([]);
  });

  it.each([
    ['no answer', { attendance: '' }, 'attendance', '出欠を選んでください', 'Please choose an answer'],
    ['an unknown answer', { attendance: 'dancing' }, 'attendance', '出欠を選んでください', 'Please choose an answer'],
    [
      'late without a time',
      { attendance: 'late', lateFrom: '' },
      'lateFrom',
      '到着時刻を',
      'Please give the time of arrival',
    ],
    [
      'late before the meeting begins',
      { attendance: 'late', lateFrom: '09:30' },
      'lateFrom',
      '会議の時間（10:00～17:00）の間',
      'while the meeting lasts (10:00–17:00)',
    ],
    [
      'leaving after its end',
      { attendance: 'leaving', leavingAt: '17:30' },
      'leavingAt',
      '会議の時間（10:00～17:00）の間',
      'while the meeting lasts (10:00–17:00)',
    ],
    [
      'a proxy without a name',
      { attendance: 'proxy', proxyName: '' },
      'proxyName',
      '代理の方のお名前を',
      'the name of the person who stands in',
    ],
    [
      'remarks without end',
      { attendance: 'attending', remarks: 'あ'.repeat(2001) },
      'remarks',
      '備考は2,000字以内',
      'remarks to 2,000 characters',
    ],
    [
      'a crowd',
      { attendance: 'attending', accompanying: '甲\n'.repeat(60) },
      'accompanying',
      '50名まで',
      'at most 50 people',
    ],
  ] as const)(
    '%s comes back with its fault at the field in both languages, and keeps nothing',
    async (_, fields, field, ja, en) => {
      const before = (await ledger()).length;
      const { id } = await year.attendee('site/qup', director.person);
      const page = await answer(fields);
      expect(page.status).toBe(422);
      expect(seen(page.html)).toContain(ja);
      expect(page.html).toContain(`href="#${field}-${id}"`);
      expect(page.html).toContain(`id="${field}-${id}"`);
      const named = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${name}-${id}`, value]));
      const { html } = await visitor.answer(`${linkOf(director.address)}?lang=en`, named);
      expect(seen(html)).toContain(en);
      expect(await ledger()).toHaveLength(before);
    },
  );

  it('shows markup in names and remarks as the text that it is, on the page and in the mail', async () => {
    const nasty = '<script>alert(1)</script>"\'&{{7*7}}{% t %}';
    await answer({ attendance: 'proxy', proxyName: nasty, remarks: nasty, accompanying: nasty });
    const { html } = await visitor.get(linkOf(director.address));
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const receipt = to(await post.arrived(), director.address);
    expect(receipt.message.html).not.toContain('<script>');
    expect(receipt.text).toContain(nasty);
  });

  it('from another site is refused', async () => {
    const before = (await ledger()).length;
    const response = await fetch(`${year.house.url}${linkOf(director.address)}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
        origin: 'https://elsewhere.example.org',
      },
      body: `attendance-${(await year.attendee('site/qup', director.person)).id}=absent`,
    });
    expect(response.status).toBe(403);
    expect(await ledger()).toHaveLength(before);
  });

  it('says for nobody but its own person, whatever the form says', async () => {
    const { id } = await year.attendee('site/qup', overseas.person);
    const page = await answer({ attendance: 'attending' });
    expect(page.status).toBe(303);
    const link = linkOf(director.address);
    await visitor.answer(link, {
      ...formIn((await visitor.get(link)).html),
      [`attendance-${id}`]: 'absent',
      [`revision-${id}`]: '1',
    });
    expect(await stands(overseas.person)).toBe('unanswered');
  });

  it('“online” shows the link to join, also where the meeting is on site, and asks nobody again', async () => {
    await year.set('site/qup', { onlineUrl: 'https://meet.example.org/qup' });
    await post.release().catch(() => []);
    await answer({ attendance: 'online' });
    expect(seen((await visitor.get(linkOf(director.address))).html)).toContain('接続先：');
    expect((await post.pending()).map((mail) => mail.recipient.address)).not.toContain(director.address);
    await post.arrived();
  });

  it('is refused without telling where else somebody is expected', async () => {
    await answer({ attendance: 'absent' });
    await year.set('site/bio2q', '2027-07-09');
    const other = await year.add('site/bio2q', director.person);
    await year.house.get(Attendees).remove((await year.attendee('site/bio2q', 'kaku-taro')).id, year.actor);
    await year.set('site/bio2q', '2027-07-08');
    const page = await answer({ attendance: 'attending', remarks: '残したい文' });
    expect(page.status).toBe(409);
    expect(seen(page.html)).toContain('別の予定が入っています');
    expect(page.html).not.toMatch(/bio2q/i);
    expect(page.html).toContain('残したい文');
    expect(await stands()).toBe('absent');
    await year.house.get(Attendees).remove(other, year.actor);
  });
});

describe('The ledger', () => {
  it('only grows, whoever tries', async () => {
    const tries = ['update answer set remarks = $$x$$', 'delete from answer', 'truncate answer cascade'];
    for (const sql of tries) await expect(query(sql)).rejects.toThrow('the ledger of answers only grows');
    expect((await ledger()).length).toBeGreaterThan(8);
  });
});

describe('When things change after the invitation', () => {
  it('a form that was opened before is refused with the reason, and keeps what was typed', async () => {
    await post.release().catch(() => []);
    await answer({ attendance: 'attending' });
    const link = linkOf(director.address);
    const old = formIn((await visitor.get(link)).html);
    await year.set('site/qup', '2027-07-09');
    await post.release();
    const { id } = await year.attendee('site/qup', director.person);
    const page = await visitor.answer(link, { ...old, [`attendance-${id}`]: 'absent', [`remarks-${id}`]: '出張' });
    expect(page.status).toBe(409);
    expect(seen(page.html)).toContain('日時または場所が変わりました');
    expect(page.html).toContain('出張');
    expect(seen(page.html)).toContain('2027年7月9日(金)');
    expect(await stands()).toBe('unanswered');
  });

  it('an answer to the earlier time is shown as such and counts no more', async () => {
    const html = seen((await visitor.get(linkOf(director.address))).html);
    expect(html).toContain('変更前の日程へのご回答：');
    expect(html).not.toContain('現在のご回答');
    await answer({ attendance: 'attending' });
    expect(seen((await visitor.get(linkOf(director.address))).html)).toContain('現在のご回答');
  });

  it('a draft of staff is not shown; the page says that something is being rearranged, and takes no answer', async () => {
    const link = linkOf(director.address);
    const old = formIn((await visitor.get(link)).html);
    const { id } = await year.attendee('site/qup', director.person);
    await year.set('site/qup', '2027-07-12');
    const page = await visitor.get(link);
    expect(page.status).toBe(200);
    expect(seen(page.html)).toContain('日程などを調整しています');
    expect(seen(page.html)).toContain('7月9日');
    expect(seen(page.html)).not.toContain('7月12日');
    expect(page.html).not.toContain('<form method="post" action="/a/');
    expect((await visitor.answer(link, { ...old, [`attendance-${id}`]: 'absent' })).status).toBe(409);
    await year.set('site/qup', '2027-07-09');
    expect(seen((await visitor.get(link)).html)).not.toContain('日程などを調整しています');
  });

  it('an answer stands where the meeting comes back before anybody was told', async () => {
    await answer({ attendance: 'late', lateFrom: '10:45', remarks: '東京から' });
    await post.arrived();
    await year.house.settle();
    const before = (await ledger()).length;
    await year.set('site/qup', '2027-07-13');
    await year.house.settle();
    expect(await stands()).toBe('unanswered');
    await year.set('site/qup', '2027-07-09');
    await year.house.settle();
    expect(await stands()).toBe('late');
    expect(await ledger()).toHaveLength(before + 1);
    expect((await ledger()).at(-1)).toMatchObject({ late_from: '10:45', remarks: '東京から', channel: 'link' });
    const html = seen((await visitor.get(linkOf(director.address))).html);
    expect(html).toContain('現在のご回答');
    expect(await post.pending()).toEqual([]);
    expect(await post.arrived()).toEqual([]);
  });

  it('also of somebody who gave way to another for that other day, and came back with it', async () => {
    await answer({ attendance: 'attending', remarks: '前泊' });
    await post.arrived();
    await year.house.settle();
    const { id: meetingId } = await year.meeting('site/qup');
    const attendees = year.house.get(Attendees);
    const exchanged = async (day: string, goes: string, comes: string) => {
      const [seat] = await query<{ key: string }>(
        `select s.key from seat s join attendee a on a.seat_id = s.id where a.meeting_id = $1 and a.person_id = $2 and a.removed_at is null`,
        [meetingId, goes],
      );
      await attendees.nobodyTwice(async (tx) => {
        const change = { firstDay: date(day) };
        await year.house.get(Meetings).setIn(tx, meetingId, change, year.actor);
        const seating = { seatKey: seat!.key, person: comes, post: null };
        await attendees.seat(tx, meetingId, [seating], year.actor);
      });
      await year.house.settle();
    };
    await exchanged('2027-07-13', director.person, 'mihon-hanako');
    expect(
      await query(`select 1 from attendee where person_id = $1 and removed_at is null and meeting_id = $2`, [
        director.person,
        meetingId,
      ]),
    ).toEqual([]);
    await exchanged('2027-07-09', 'mihon-hanako', director.person);
    expect(await stands()).toBe('attending');
    expect((await ledger()).at(-1)).toMatchObject({ remarks: '前泊', channel: 'link' });
    expect(await post.arrived()).toEqual([]);
  });

  it('but not where they were told in between, and asked again', async () => {
    await year.set('site/qup', '2027-07-13');
    await post.release();
    year.later();
    await year.set('site/qup', '2027-07-09');
    await year.house.settle();
    expect(await stands()).toBe('unanswered');
    year.later();
    await post.release();
    await year.house.settle();
    expect(await stands()).toBe('unanswered');
    expect(seen((await visitor.get(linkOf(director.address))).html)).toContain('変更前の日程へのご回答');
  });

  it('neither that somebody is taken off nor that all is cancelled is told before it is released', async () => {
    const link = linkOf(overseas.address);
    await year.house.get(Attendees).remove((await year.attendee('site/qup', overseas.person)).id, year.actor);
    expect(seen((await visitor.get(`${link}?lang=en`)).html)).toContain('is being rearranged');
    await post.release();
    const gone = seen((await visitor.get(`${link}?lang=en`)).html);
    expect(gone).toContain('This invitation has been withdrawn');
    const { id } = await year.meeting('site/qup');
    await year.house.get(Meetings).cancel(id, year.actor);
    expect(seen((await visitor.get(linkOf(director.address))).html)).not.toContain('中止');
    await post.release();
    const page = await visitor.get(linkOf(director.address));
    expect(seen(page.html)).toContain('この会議は中止になりました');
    expect(page.html).not.toContain('<form method="post" action="/a/');
    expect((await visitor.answer(linkOf(director.address), {})).status).toBe(409);
    expect(seen((await visitor.get(`${link}?lang=en`)).html)).toContain('This invitation has been withdrawn');
    await year.house.get(Meetings).reinstate(id, year.actor);
    mails = await post.release();
    expect(seen((await visitor.get(linkOf(director.address))).html)).toContain('ご出欠');
  });

  it('of a meeting that is over the page can be read, and an expired link as well', async () => {
    year.clock.set('2027-07-09T09:00:00Z');
    const over = await visitor.get(linkOf(director.address));
    expect(over.status).toBe(200);
    expect(seen(over.html)).toContain('この会議は終了しました');
    expect((await visitor.answer(linkOf(director.address), {})).status).toBe(410);
    await query(`update link set expires_at = '2027-07-01' where purpose = 'participant'`);
    year.clock.set('2027-07-02T00:00:00Z');
    const expired = await visitor.get(linkOf(director.address));
    expect([expired.status, seen(expired.html).includes('このリンクの期限が過ぎました')]).toEqual([200, true]);
    expect((await visitor.answer(linkOf(director.address), {})).status).toBe(410);
  });
});
