import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Actor } from '../../src/audit/actor.ts';
import { CycleQueries } from '../../src/cycle/cycle.queries.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import type { Attendee, Meeting } from '../../src/meetings/meeting.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { browserOf, linkIn, mailTo, signIn } from './people.ts';

let app: StartedApp;
let browser: Browser;
let staff: Page;

const year = '/y/wpi/2027';
const KEY = 'site/bio2q';

const visit = async (): Promise<Meeting> => {
  const cycle = (await app.get(CycleQueries).current())!;
  return app.get(MeetingQueries).named(cycle.id, KEY);
};
const executive = async (): Promise<Attendee> => {
  const { id } = await visit();
  const queries = app.get(MeetingQueries);
  const seat = (await queries.seatsOf([id])).find(({ rule }) => rule === 'executive')!;
  return (await queries.attendeesOf([id])).find(({ seatId }) => seatId === seat.id)!;
};
const nameOf = async (personId: string): Promise<string> => {
  const roster = await app.get(RosterQueries).wholeRoster();
  return roster.people.find((person) => person.id === personId)!.name.ja;
};
const mailsSent = async (): Promise<number> => {
  const [row]: { count: number }[] = await app.dataSource.query(
    `select count(*)::int as count from mail where kind like 'invitation%'`,
  );
  return row!.count;
};
const release = async (): Promise<void> => {
  await staff.goto(`${app.url}${year}/release`);
  await staff.getByRole('button', { name: '選んだ案内の送信へ進む' }).click();
  await staff.getByRole('button', { name: '送信する' }).click();
  await staff.waitForURL(/sent=\d+/);
};

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page: staff } = await browserOf(browser, 'ja-JP', 1440));
  staff.setDefaultTimeout(60_000);
  await app.get(Sample).load();
  const [member] = await app.get(StaffQueries).list();
  const actor: Actor = { kind: 'staff', id: member!.id, name: member!.nameJa };
  await app.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027, staffInCharge: member!.id }, actor);
  await signIn(app, staff);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

describe('a year in which an executive declines', () => {
  let declined: Attendee;

  it('is planned, published and announced', async () => {
    await staff.goto(`${app.url}${year}/plan`);
    await staff.getByRole('button', { name: '計算を始める' }).click();
    await staff.locator('a', { hasText: 'この計画を公開する' }).click({ timeout: 120_000 });
    await staff.getByRole('button', { name: '公開する' }).click();
    await staff.waitForURL('**/release**');
    await release();
    expect((await visit()).state).toBe('scheduled');
  }, 240_000);

  it('says so on the page of today, by the link that the office of the host was sent', async () => {
    declined = await executive();
    const message = await mailTo(app, 'president-office@keio-university.example.org');
    const { page, context } = await browserOf(browser, 'ja-JP', 390);
    await page.goto(linkIn(message, 'o'));
    const asked = page.locator('section.ask', { hasText: 'サイトビジット（Bio2Q）' });
    await asked.locator('label', { hasText: '欠席' }).first().click();
    await page.locator('input[name="givenBy"]').fill('架空 秘書');
    await page.getByRole('button', { name: '確認へ進む' }).click();
    await page.getByRole('button', { name: '回答を確定する' }).click();
    await page.getByText('ご回答を承りました').waitFor();
    await context.close();
    await staff.goto(`${app.url}${year}/today`);
    const task = staff.locator('li.task', { hasText: 'サイトビジット（Bio2Q）' }).first();
    expect(await task.innerText()).toContain('欠席');
    await task.getByRole('link', { name: /立て直しの案/ }).click();
    await staff.waitForURL('**/plan/repairs');
  }, 60_000);

  it('can be mended in up to three ways that differ, each with what changes and who must be told', async () => {
    await staff.locator('.plan-repair').first().waitFor();
    const repairs = staff.locator('.plan-repair');
    const texts = await repairs.allInnerTexts();
    expect(texts.length).toBeGreaterThanOrEqual(1);
    expect(texts.length).toBeLessThanOrEqual(3);
    expect(new Set(texts).size).toBe(texts.length);
    for (const words of texts) expect(words).toMatch(/連絡が必要な人/);
    expect(texts[0]).toContain('サイトビジット（Bio2Q）');
    expect(texts[0]).toContain(await nameOf(declined.personId));
  });

  it('is mended by the first: it becomes a plan that is published like any other, and nothing is mailed', async () => {
    const before = await mailsSent();
    const [first] = await staff.locator('.plan-repair').allInnerTexts();
    await staff.locator('.plan-repair').first().getByRole('button').click();
    await staff.waitForURL('**/publish');
    await staff.getByRole('button', { name: '公開する' }).click();
    await staff.waitForURL('**/release**');
    const now = await executive();
    if (now.personId === declined.personId) expect((await visit()).firstDay).not.toBeNull();
    else expect(first).toContain(await nameOf(now.personId));
    expect(await mailsSent()).toBe(before);
  }, 60_000);

  it('waits for release with messages for those whom it concerns, and for nobody else', async () => {
    await staff.goto(`${app.url}${year}/release`);
    const page = await staff.locator('main').innerText();
    expect(page).toContain('サイトビジット（Bio2Q）');
    for (const other of ['PRIMe', 'SKCM2', 'QUP', 'ASHBi', 'AIMEC', 'ICReDD'])
      expect(page).not.toContain(`サイトビジット（${other}）`);
    await staff.goto(`${app.url}${year}/today`);
    expect(await staff.locator('main').innerText()).not.toContain('立て直しの案を見る');
  });
});
