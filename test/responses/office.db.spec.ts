import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Attendees } from '../../src/meetings/attendees.service.ts';
import { Meetings } from '../../src/meetings/meetings.service.ts';
import { expectSound, linkIn, postOf, recipients, to, type Arrived, type Post } from '../invitations/post.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { formIn, seen, visitorOf, type Visitor } from './visitor.ts';

let year: Year;
let post: Post;
let visitor: Visitor;
let mails: Arrived[];

const centre = 'office@aimec.example.org';
const tohoku = 'president-office@tohoku-university.example.org';
const jamstec = 'president-office@jamstec.example.org';
/** President of Tohoku University; of JAMSTEC; director and administrative director of the centre */
const heads = { tohoku: 'reidai-nozomi', jamstec: 'yorei-shigeru' };
const [director, administrator] = ['sanko-misao', 'hanrei-ichiro'];

beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  visitor = visitorOf(year);
  await post.rehearse(false);
  await year.set('site/aimec', '2027-07-08');
  await year.set('committee', '2027-10-26');
  await year.set('hearing/aimec', { firstDay: '2027-10-26', from: '10:30' });
  mails = await post.release();
});
afterAll(async () => year?.house.stop());

const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> => year.house.dataSource.query(sql, values);
const linkOf = (address: string) => linkIn(to(mails, address));
const open = async (address: string) => (await visitor.get(linkOf(address))).html;
const idOf = async (key: string, person: string) => (await year.attendee(key, person)).id;
const stands = async (key: string, person: string) => (await year.attendee(key, person)).attendance;
const count = async () => (await query<{ n: number }>('select count(*)::int as n from answer'))[0]!.n;
const by = { givenBy: '見本 事務' };

describe('The page of an office', () => {
  it('has all of its people at all of their meetings, and nobody else’s', async () => {
    const html = seen(await open(centre));
    for (const part of [
      '参考 操',
      '凡例 一郎',
      'AIMEC',
      '2027年7月8日(木)',
      '2027年10月26日(火) 10:30～11:30',
      '未回答のご出欠：',
    ])
      expect(html).toContain(part);
    for (const other of ['例題 望', '用例 茂', '架空 太郎']) expect(html).not.toContain(other);
    const host = seen(await open(tohoku));
    expect(host).toContain('例題 望');
    for (const other of ['参考 操', '用例 茂']) expect(host).not.toContain(other);
  });

  it('says what the centre owes by when', async () => {
    expect(seen(await open(centre))).toMatch(/2027年5月27日\(木\).*自己評価書/);
    expect(seen(await open(tohoku))).not.toContain('自己評価書');
    expect(seen(await open(centre))).toContain('改善意見への回答');
  });

  it('has nothing of what was not released', async () => {
    await year.set('pdpo/aimec', '2028-01-18');
    await year.add('site/aimec', 'kinyu-umeko');
    expect(await open(centre)).not.toMatch(/2028年1月18日|PD・PO訪問/);
    expect(await open(tohoku)).not.toContain('記入 梅子');
  });

  it('saves what is filled in under the name of who did, and mails one receipt for all', async () => {
    const [site, hearing] = [await idOf('site/aimec', director), await idOf('hearing/aimec', director)];
    const admin = await idOf('site/aimec', administrator);
    year.later();
    const page = await visitor.answer(linkOf(centre), {
      ...formIn(await open(centre)),
      ...by,
      [`attendance-${site}`]: 'late',
      [`lateFrom-${site}`]: '11:00',
      [`attendance-${hearing}`]: 'proxy',
      [`proxyName-${hearing}`]: '見本 副拠点長',
      [`attendance-${admin}`]: 'online',
      [`accompanying-${admin}`]: '見本 係長',
    });
    expect([page.status, page.location]).toEqual([303, `${linkOf(centre)}?saved=3`]);
    const rows = await query<{ given_by: string; channel: string }>('select given_by, channel from answer');
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toEqual({ given_by: '見本 事務', channel: 'office-link' });
    expect(await stands('hearing/aimec', director)).toBe('proxy');
    const receipts = await post.arrived();
    expect(recipients(receipts)).toEqual([centre]);
    expectSound(receipts[0]!);
    for (const part of ['途中から出席', '11:00', '見本 副拠点長', '見本 係長', '見本 事務'])
      expect(receipts[0]!.text).toContain(part);
    const html = await open(centre);
    expect(seen(html)).toContain('見本 事務');
    expect(formIn(html)).toMatchObject({ [`attendance-${site}`]: 'late', [`lateFrom-${site}`]: '11:00' });
  });

  it('saves all or nothing: one fault, and nothing is kept, and everything typed is still there', async () => {
    const before = await count();
    const [site, hearing] = [await idOf('site/aimec', director), await idOf('hearing/aimec', director)];
    const filled = {
      ...formIn(await open(centre)),
      ...by,
      [`attendance-${site}`]: 'attending',
      [`remarks-${site}`]: '残したい文',
      [`attendance-${hearing}`]: 'late',
      [`lateFrom-${hearing}`]: '09:00',
    };
    const page = await visitor.answer(linkOf(centre), filled);
    expect(page.status).toBe(422);
    expect(await count()).toBe(before);
    expect(seen(page.html)).toContain('会議の時間（10:30～11:30）の間');
    const back = formIn(page.html);
    for (const [name, value] of Object.entries(filled))
      if (name !== 'nonce') expect([name, back[name]]).toEqual([name, value]);
    const unnamed = await visitor.answer(linkOf(centre), {
      ...filled,
      [`lateFrom-${hearing}`]: '10:45',
      givenBy: ' \u0000 ',
    });
    expect([unnamed.status, await count()]).toEqual([422, before]);
    expect(seen(unnamed.html)).toContain('ご回答者のお名前を入力してください');
    expect(seen((await visitor.answer(`${linkOf(centre)}?lang=en`, { givenBy: '' })).html)).toContain(
      'Please give your name',
    );
    expect(seen((await visitor.answer(`${linkOf(centre)}?lang=en`, by)).html)).toContain('No answer was chosen');
  });

  it('does not overwrite what somebody has said for themselves since it was opened', async () => {
    const link = linkIn(
      to(
        mails.filter((mail) => mail.calendar?.starts === '20270708'),
        'misao.sanko@aimec.example.org',
      ),
    );
    const [site, admin] = [await idOf('site/aimec', director), await idOf('site/aimec', administrator)];
    const stale = formIn(await open(centre));
    expect(stale[`attendance-${site}`]).toBe('late');
    year.later();
    await visitor.answer(link, { ...formIn((await visitor.get(link)).html), [`attendance-${site}`]: 'absent' });
    year.later();
    const page = await visitor.answer(linkOf(centre), { ...stale, ...by, [`attendance-${admin}`]: 'attending' });
    expect(page.location).toBe(`${linkOf(centre)}?saved=1`);
    expect([await stands('site/aimec', director), await stands('site/aimec', administrator)]).toEqual([
      'absent',
      'attending',
    ]);
    await post.arrived();
  });

  it('says so where nothing was changed', async () => {
    const page = await visitor.answer(linkOf(centre), { ...formIn(await open(centre)), ...by });
    expect(page.location).toBe(`${linkOf(centre)}?saved=0`);
    expect(seen((await visitor.get(page.location!)).html)).toContain('変更はありませんでした');
    expect(await post.arrived()).toEqual([]);
  });

  it('shows markup as the text that it is', async () => {
    const site = await idOf('site/aimec', director);
    const nasty = '<script>alert(1)</script>';
    year.later();
    await visitor.answer(linkOf(centre), {
      ...formIn(await open(centre)),
      givenBy: nasty,
      [`attendance-${site}`]: 'proxy',
      [`proxyName-${site}`]: nasty,
      [`remarks-${site}`]: nasty,
    });
    expect(await open(centre)).not.toContain(nasty);
    expect(seen(await open(centre))).toContain(nasty);
    expect(to(await post.arrived(), centre).message.html).not.toContain(nasty);
  });
});

describe('In an alliance', () => {
  it('one host’s yes does not close the other’s', async () => {
    const id = await idOf('site/aimec', heads.tohoku);
    year.later();
    await visitor.answer(linkOf(tohoku), { ...formIn(await open(tohoku)), ...by, [`attendance-${id}`]: 'attending' });
    expect(seen(await open(tohoku))).toContain('東北大学');
    expect([await stands('site/aimec', heads.tohoku), await stands('site/aimec', heads.jamstec)]).toEqual([
      'attending',
      'unanswered',
    ]);
    expect(seen(await open(jamstec))).toContain('未回答のご出欠：');
    expect(seen(await open(jamstec))).toContain('海洋研究開発機構');
    await post.arrived();
  });
});

describe('Forged forms', () => {
  it('answer for nobody of another office, and keep nothing of what came with them', async () => {
    const before = await count();
    const theirs = await idOf('site/aimec', heads.jamstec);
    const mine = await idOf('hearing/aimec', heads.tohoku);
    for (const id of [theirs, '00000000-0000-4000-8000-000000000000', "x' or 1=1 --"]) {
      const page = await visitor.answer(linkOf(tohoku), {
        ...by,
        [`attendance-${mine}`]: 'absent',
        [`revision-${mine}`]: '1',
        [`attendance-${id}`]: 'absent',
        [`revision-${id}`]: '1',
      });
      expect(page.status).toBe(403);
      expect(seen(page.html)).toContain('このリンクでは回答できない方が含まれている');
      expect(page.html).not.toContain('用例 茂');
    }
    expect(await count()).toBe(before);
    expect(await stands('site/aimec', heads.jamstec)).toBe('unanswered');
  });

  it('do not answer for a revision that there is not', async () => {
    const before = await count();
    const mine = await idOf('hearing/aimec', heads.tohoku);
    for (const revision of ['0', '99', 'x', ''])
      expect(
        (
          await visitor.answer(linkOf(tohoku), {
            ...by,
            [`attendance-${mine}`]: 'absent',
            [`revision-${mine}`]: revision,
          })
        ).status,
      ).toBe(409);
    expect(await count()).toBe(before);
  });
});

describe('When things change after the notice', () => {
  it('a form that was opened before is refused with what it said, and nothing of it is kept', async () => {
    const before = await count();
    const [site, hearing] = [await idOf('site/aimec', heads.jamstec), await idOf('hearing/aimec', heads.jamstec)];
    const old = formIn(await open(jamstec));
    const chosen = { ...old, ...by, [`attendance-${site}`]: 'attending', [`attendance-${hearing}`]: 'attending' };
    await year.set('site/aimec', '2027-07-15');
    const drafted = await visitor.answer(linkOf(jamstec), chosen);
    expect(drafted.status).toBe(422);
    expect(seen(drafted.html)).toContain('日時または場所が変わりました');
    expect(seen(drafted.html)).not.toContain('7月15日');
    await post.release();
    const told = await visitor.answer(linkOf(jamstec), chosen);
    expect(told.status).toBe(409);
    expect(seen(told.html)).toContain('2027年7月15日(木)');
    expect(await count()).toBe(before);
  });

  it('a draft leaves the page as it was, without that meeting’s questions', async () => {
    await year.set('site/aimec', '2027-07-20');
    const html = seen(await open(jamstec));
    expect(html).toContain('日程などを調整しています');
    expect(html).toContain('7月15日');
    expect(html).not.toContain('7月20日');
    // from what is due before a visit its new day could be told
    expect(seen(await open(centre))).not.toContain('自己評価書');
    await year.set('site/aimec', '2027-07-15');
    expect(seen(await open(centre))).toContain('自己評価書');
    expect(seen(await open(jamstec))).not.toContain('日程などを調整しています');
  });

  it('somebody whom staff replace stays on it, without questions, until that is told', async () => {
    const id = await idOf('site/aimec', administrator);
    const old = formIn(await open(centre));
    await year.house.get(Attendees).replace(id, 'kadai-misao', year.actor);
    const html = seen(await open(centre));
    expect(html).toContain('凡例 一郎');
    expect(html).toContain('この方については、あらためてご案内いたします');
    expect(html).not.toContain('仮題 操');
    const page = await visitor.answer(linkOf(centre), { ...old, ...by, [`attendance-${id}`]: 'absent' });
    expect(page.status).toBe(403);
    await post.release();
    // who comes on the centre's side for no post of their own is the centre office's
    expect(seen(await open(centre))).toContain('仮題 操');
    expect(seen(await open(centre))).not.toContain('サイトビジット 凡例 一郎');
  });

  it('a cancelled meeting is shown as such once that is told, and a withdrawn link opens nothing', async () => {
    await year.house.get(Meetings).cancel((await year.meeting('site/aimec')).id, year.actor);
    expect(seen(await open(centre))).not.toContain('中止');
    await post.release();
    expect(seen(await open(centre))).toContain('この会議は中止になりました');
    expect((await visitor.get(`${linkOf(centre)}/not-you`)).status).toBe(200);
    await query(`update link set revoked_at = now() where subject like '%/centre-office-aimec'`);
    expect((await visitor.get(linkOf(centre))).status).toBe(404);
    expect((await visitor.get(`${linkOf(centre)}/not-you`)).status).toBe(404);
    expect((await visitor.answer(linkOf(centre), by)).status).toBe(404);
  });

  it('an expired link shows the present state and takes no answer', async () => {
    await query(`update link set expires_at = $1`, [year.clock.now().minus({ days: 1 }).toJSDate()]);
    const page = await visitor.get(linkOf(tohoku));
    expect([page.status, seen(page.html).includes('このリンクの期限が過ぎました')]).toEqual([200, true]);
    const mine = await idOf('hearing/aimec', heads.tohoku);
    expect((await visitor.answer(linkOf(tohoku), { ...by, [`attendance-${mine}`]: 'absent' })).status).toBe(410);
  });
});

it('Two offices that save at the same time both succeed, whatever the order of their people', async () => {
  await query(`update link set expires_at = '2028-04-30', revoked_at = null`);
  await year.house.get(Meetings).reinstate((await year.meeting('site/aimec')).id, year.actor);
  mails = [...(await post.release()), ...mails];
  const latest = (address: string) => linkIn(mails.find((mail) => mail.to === address)!);
  const forms: [string, Record<string, string>][] = [];
  for (const [address, person] of [
    [tohoku, heads.tohoku],
    [jamstec, heads.jamstec],
    [centre, director],
  ] as const) {
    const link = latest(address);
    const ids = [await idOf('site/aimec', person), await idOf('hearing/aimec', person)];
    const form = formIn((await visitor.get(link)).html);
    forms.push([
      link,
      {
        ...form,
        ...by,
        [`attendance-${ids[0]}`]: 'undecided',
        [`attendance-${ids[1]}`]: 'undecided',
        [`remarks-${ids[1]}`]: '同時',
      },
    ]);
  }
  year.later();
  const pages = await Promise.all(forms.map(([link, form]) => visitor.answer(link, form)));
  expect(pages.map((page) => [page.status, page.location?.endsWith('saved=2')])).toEqual([
    [303, true],
    [303, true],
    [303, true],
  ]);
});
