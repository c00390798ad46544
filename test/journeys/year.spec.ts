import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { CycleQueries } from '../../src/cycle/cycle.queries.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { browserOf, linkIn, mailTo, property, signIn } from './people.ts';

let app: StartedApp;
let browser: Browser;
let staff: Page;

const year = '/y/wpi/2027';
const meetingNamed = async (key: string): Promise<Meeting> => {
  const cycle = (await app.get(CycleQueries).current())!;
  return app.get(MeetingQueries).named(cycle.id, key);
};
/** Address of whoever holds a post on the meeting's day */
const addressOf = async (post: string): Promise<string> => {
  const roster = await app.get(RosterQueries).wholeRoster();
  const term = roster.terms.find(
    (t) => t.post === post && t.from <= '2027-09-01' && (t.to === null || t.to >= '2027-09-01'),
  )!;
  return roster.people.find((person) => person.id === term.person)!.addresses[0]!;
};

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page: staff } = await browserOf(browser, 'ja-JP', 1440));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

describe('a year, from an empty database to answers', () => {
  it('begins with a sample programme, loaded once', async () => {
    const sample = app.get(Sample);
    expect(await sample.loadIfEmpty()).toBe(true);
    expect(await sample.loadIfEmpty()).toBe(false);
  }, 120_000);

  it('lets staff in by a one-time link, and only once', async () => {
    await signIn(app, staff);
    await staff.waitForURL('**/new-year');
    expect(await staff.locator('h1').innerText()).toContain('新年度');
  });

  it('is set up from last year’s windows, with a reason for every row', async () => {
    await staff.goto(`${app.url}/new-year`);
    await staff.locator('#fiscalYear').selectOption('2027');
    await staff.getByRole('button', { name: 'この年度を表示' }).click();
    await staff.getByRole('button', { name: '次へ：会議と期限' }).click();
    expect(await staff.locator('main').innerText()).toContain('5年目のため中間評価');
    await staff.getByRole('button', { name: /^次へ/ }).click();
    await staff.locator('#staffInCharge').selectOption({ index: 1 });
    await staff.getByRole('button', { name: 'この年度を作成する' }).click();
    await staff.waitForURL('**/plan');
    expect((await meetingNamed('site/aimec')).state).toBe('undated');
  });

  it('is planned, says how good the plan is, and is published without a mail', async () => {
    await staff.goto(`${app.url}${year}/plan`);
    await staff.getByRole('button', { name: '計算を始める' }).click();
    await staff.locator('a', { hasText: '公開' }).first().waitFor({ timeout: 120_000 });
    await staff.locator('a', { hasText: '公開' }).first().click();
    await staff.getByRole('button', { name: '公開する' }).click();
    await staff.waitForURL('**/release**');
    const visit = await meetingNamed('site/aimec');
    expect(visit.state).toBe('scheduled');
    const [sent]: { count: number }[] = await app.dataSource.query('select count(*)::int as count from mail');
    expect(sent!.count).toBe(0);
  }, 180_000);

  it('shows on the year board in both languages, every visit on its day', async () => {
    await staff.goto(`${app.url}${year}/year-board`);
    const japanese = await staff.locator('main').innerText();
    expect(japanese).toContain('AIMEC');
    expect(japanese).toContain('中間評価');
    await staff.goto(`${app.url}${year}/year-board?lang=en`);
    expect(await staff.locator('main').innerText()).toContain('Interim evaluation');
    const { firstDay } = await meetingNamed('site/aimec');
    const bar = staff.locator(`svg a[href="/meetings/${(await meetingNamed('site/aimec')).id}"]`).first();
    expect(await bar.count()).toBe(1);
    expect(await bar.locator('title').first().textContent()).toContain(String(Number(firstDay!.slice(8))));
    await staff.goto(`${app.url}${year}/year-board?lang=ja`);
  });

  it('is released: everybody gets one invitation, each in their language, with a telephone and a day to answer by', async () => {
    await staff.goto(`${app.url}${year}/release`);
    await staff.getByRole('link', { name: /見る/ }).first().click();
    expect(await staff.locator('main').innerText()).toContain('03-0000-09');
    await staff.goto(`${app.url}${year}/release`);
    await staff.getByRole('button', { name: '選んだ案内の送信へ進む' }).click();
    await staff.getByRole('button', { name: '送信する' }).click();
    await staff.waitForURL(/sent=\d+/);
    const message = await mailTo(app, await addressOf('centre-director-aimec'), /サイトビジット/);
    expect(message.subject).toMatch(/^【試行】.*サイトビジット（AIMEC）/);
    expect(message.text).toMatch(/回答期限：\d{4}年\d+月\d+日\([月火水木金]\) \d{2}:\d{2}（日本時間）/);
    expect(message.text).toMatch(/担当：見本事務局.*電話 03-0000-09/);
    expect(property(message, 'METHOD')).toBe('REQUEST');
    expect(property(message, 'SEQUENCE')).toBe('0');
    expect(property(message, 'ATTENDEE')).toBe(`mailto:${await addressOf('centre-director-aimec')}`);
  }, 120_000);

  it('is accepted by a centre director on a phone, and staff see it at once', async () => {
    const message = await mailTo(app, await addressOf('centre-director-aimec'), /サイトビジット/);
    const { page, context } = await browserOf(browser, 'ja-JP', 390);
    await page.goto(linkIn(message, 'a'));
    await page.locator('label', { hasText: '出席' }).first().click();
    await page.getByRole('button', { name: '確認へ進む' }).click();
    await page.getByRole('button', { name: '回答を確定する' }).click();
    await page.getByText('ご回答を承りました').waitFor();
    await context.close();
    await staff.goto(`${app.url}/meetings/${(await meetingNamed('site/aimec')).id}`);
    const row = staff.locator('tr', { hasText: '拠点長' }).first();
    expect(await row.innerText()).toContain('出席');
    expect((await mailTo(app, await addressOf('centre-director-aimec'), /回答|受付|承り/)).calendars).toHaveLength(0);
  });

  it('is answered by one host’s office for its president: a proxy, with a name; the other host stays open', async () => {
    const message = await mailTo(app, 'president-office@tohoku-university.example.org');
    const { page, context } = await browserOf(browser, 'ja-JP', 390);
    await page.goto(linkIn(message, 'o'));
    const visit = page.locator('section.ask', { hasText: 'サイトビジット（AIMEC）' });
    await visit.locator('label', { hasText: '代理出席' }).first().click();
    await page.locator('input[name="givenBy"]').fill('架空 秘書');
    await page.getByRole('button', { name: '確認へ進む' }).click();
    await page.getByText('代理の方のお名前を入力してください').first().waitFor();
    await visit.locator('input[name^="proxyName"]').first().fill('見本 代理');
    await page.getByRole('button', { name: '確認へ進む' }).click();
    await page.getByRole('button', { name: '回答を確定する' }).click();
    await page.getByText('ご回答を承りました').waitFor();
    await context.close();
    await staff.goto(`${app.url}/meetings/${(await meetingNamed('site/aimec')).id}`);
    const text = await staff.locator('main').innerText();
    expect(text).toContain('代理出席');
    expect(text).toContain('見本 代理');
    const answers: { attendance: string; given_by: string; channel: string }[] = await app.dataSource.query(
      `select attendance, given_by, channel from answer order by id`,
    );
    expect(answers).toEqual([
      { attendance: 'attending', given_by: expect.any(String), channel: 'link' },
      { attendance: 'proxy', given_by: '架空 秘書', channel: 'office-link' },
    ]);
  });

  it('shows nobody a page that is not theirs', async () => {
    const { page, context } = await browserOf(browser, 'en-GB');
    for (const path of [`${year}/today`, '/roster', '/mailbox', `/meetings/${(await meetingNamed('site/aimec')).id}`]) {
      await page.goto(app.url + path);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    }
    const refused = await page.goto(`${app.url}/a/not-a-token-of-anybody`);
    expect(refused!.status()).toBe(404);
    await context.close();
  });
});

describe('a meeting that staff move by hand', () => {
  it('reaches everybody concerned as an update of the same entry, and nobody else', async () => {
    const director = await addressOf('centre-director-icredd');
    const before = await mailTo(app, director, /サイトビジット/);
    const visit = await meetingNamed('site/icredd');
    await staff.goto(`${app.url}/meetings/${visit.id}/edit`);
    const day = visit.firstDay === '2027-09-21' ? '2027-09-22' : '2027-09-21';
    await staff.locator('#firstDay').fill(day);
    await staff.locator('#lastDay').fill(day);
    await staff.getByRole('button', { name: '変更の影響を確認する' }).click();
    expect(await staff.locator('main').innerText()).toContain('だれに伝わるか');
    await staff.getByRole('button', { name: 'この内容で保存する' }).click();
    await staff.waitForURL(`**/meetings/${visit.id}**`);

    const { page, context } = await browserOf(browser, 'ja-JP', 390);
    await page.goto(linkIn(before, 'a'));
    await page.getByText('日程などを調整しています').waitFor();
    await context.close();

    const [{ count: released }] = await app.dataSource.query<[{ count: number }]>(
      `select count(*)::int as count from mail where kind like 'invitation%'`,
    );
    await staff.goto(`${app.url}${year}/release`);
    await staff.getByRole('button', { name: '選んだ案内の送信へ進む' }).click();
    await staff.getByRole('button', { name: '送信する' }).click();
    await staff.waitForURL(/sent=\d+/);
    const after = await mailTo(app, director, /日時変更/);
    expect(property(after, 'UID')).toBe(property(before, 'UID'));
    expect(property(after, 'SEQUENCE')).toBe('1');
    expect(property(after, 'DTSTART')).toBe(`${day.replaceAll('-', '')}T010000Z`);
    const attendees = await app.get(MeetingQueries).attendeesOf([visit.id]);
    const [{ count: now }] = await app.dataSource.query<[{ count: number }]>(
      `select count(*)::int as count from mail where kind like 'invitation%'`,
    );
    expect(now - released).toBeLessThanOrEqual(attendees.length);
    const [{ count: others }] = await app.dataSource.query<[{ count: number }]>(
      `select count(*)::int as count from mail m join invitation i on i.id::text = m.invitation_id where m.revision > 0 and i.meeting_id <> $1`,
      [visit.id],
    );
    expect(others).toBe(0);
  }, 120_000);
});
