import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Actor } from '../../src/audit/actor.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { daysBetween } from '../../src/kernel/calendar-date.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { computedRun } from '../web/made-plan.ts';
import { browserOf, signIn } from './people.ts';

let app: StartedApp;
let browser: Browser;
let staff: Page;
let cycleId: string;

const board = '/y/wpi/2027/year-board';

const meeting = (key: string): Promise<Meeting> => app.get(MeetingQueries).named(cycleId, key);
const hearings = async () =>
  (await app.get(MeetingQueries).ofCycle(cycleId)).filter(({ activity }) => activity === 'hearing');
const mails = async (): Promise<number> => {
  const [row]: { count: number }[] = await app.dataSource.query('select count(*)::int as count from mail');
  return row!.count;
};
const bar = async (key: string): Promise<Locator> =>
  staff.locator(`.year-board-weeks a[data-meeting="${(await meeting(key)).id}"]`);
/** What the card says while a bar is held, once prices are there */
const card = async (): Promise<string> => {
  await staff.locator('#board-tip:visible strong').filter({ hasNotText: '調べています' }).first().waitFor();
  return staff.locator('#board-tip').innerText();
};

interface Start {
  readonly day: string;
  readonly difference?: number;
  readonly here: boolean;
}
const startsOf = async (key: string): Promise<Start[]> => {
  const { id } = await meeting(key);
  const answer = await staff.request.get(`${app.url}${board}/prices/${id}`);
  return ((await answer.json()) as { starts: Start[] }).starts;
};
/** Where the mouse holds a bar, and how far it goes for another day */
async function grip(key: string) {
  const weeks = staff.locator('.year-board-weeks[data-first]');
  const box = (await weeks.boundingBox())!;
  const count = Number(await weeks.getAttribute('data-days'));
  const own = (await (await bar(key)).locator('rect').first().boundingBox())!;
  const perDay = box.width / count;
  // in the middle of a day, so that whole days lead to whole days
  const day = Math.floor((own.x + own.width / 2 - box.x) / perDay);
  return { x: box.x + (day + 0.5) * perDay, y: own.y + own.height / 2, perDay };
}

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ clock: '2026-11-21T00:00:00Z' }), openBrowser()]);
  ({ page: staff } = await browserOf(browser, 'ja-JP', 1600));
  staff.setDefaultTimeout(60_000);
  await app.get(Sample).load();
  const [member] = await app.get(StaffQueries).list();
  const actor: Actor = { kind: 'staff', id: member!.id, name: member!.nameJa };
  cycleId = await app.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
  await app.get(Planning).publish(await computedRun(app, cycleId, actor), actor);
  await signIn(app, staff);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

describe.each(['site/qup', 'committee'])('the bar of %s on the year board', (key) => {
  it('shows while the mouse holds it what each day costs and why, and moves it on drop as a draft', async () => {
    const before = await meeting(key);
    const heard = await hearings();
    const other = (await startsOf(key)).find(({ difference, here }) => difference !== undefined && !here)!;
    await staff.goto(`${app.url}${board}`);
    await (await bar(key)).scrollIntoViewIfNeeded();
    const { x, y, perDay } = await grip(key);
    await staff.mouse.move(x, y);
    await staff.mouse.down();
    await staff.mouse.move(x + 8, y);
    expect(await card()).toMatch(/点|いまの日|不可|選べません/);
    const days = daysBetween(before.firstDay!, other.day as never);
    await staff.mouse.move(x + days * perDay, y, { steps: 12 });
    const words = await card();
    expect(words).toMatch(/[+−]\d+点|費用は同じ/);
    if (key === 'committee') expect(words).toContain(`一緒に移る会議：${heard.length}件`);
    expect((await meeting(key)).firstDay).toBe(before.firstDay);
    await staff.mouse.up();
    await staff.waitForURL(/moved=/);
    expect((await meeting(key)).firstDay).toBe(other.day);
    expect(await staff.locator('main').innerText()).toContain('下書き');
    for (const one of key === 'committee' ? await hearings() : [])
      expect(daysBetween(other.day as never, one.firstDay!)).toBeLessThan(2);
  }, 120_000);

  it('is put back by one button, with all that went along, and nobody was mailed', async () => {
    const [sent, now] = [await mails(), await meeting(key)];
    await staff.locator('form[action$="/year-board/back"] button').click();
    await staff.waitForLoadState();
    const after = await meeting(key);
    expect(after.firstDay).not.toBe(now.firstDay);
    expect(after.fixedByStaff).toBe(false);
    expect(await mails()).toBe(sent);
    if (key !== 'committee') return;
    const spread = (await hearings()).map((one) => daysBetween(after.firstDay!, one.firstDay!));
    expect(Math.max(...spread)).toBeLessThan(2);
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it('moves by keyboard: taken, led to the next possible day, let go of, or put down', async () => {
    const before = await meeting(key);
    await staff.goto(`${app.url}${board}`);
    await (await bar(key)).focus();
    await staff.keyboard.press('m');
    await card();
    await staff.keyboard.press('Shift+ArrowRight');
    await staff.keyboard.press('Escape');
    expect(await staff.locator('#board-tip').isVisible()).toBe(false);
    const starts = await startsOf(key);
    const isLater = ({ day, difference }: Start) => difference !== undefined && day > before.firstDay!;
    const [arrow, next] = starts.some(isLater)
      ? ['Shift+ArrowRight', starts.find(isLater)!]
      : [
          'Shift+ArrowLeft',
          starts.findLast(({ day, difference }) => difference !== undefined && day < before.firstDay!)!,
        ];
    await (await bar(key)).focus();
    await staff.keyboard.press('m');
    await card();
    await staff.keyboard.press(arrow);
    expect(await card()).toMatch(/[+−]\d+点|費用は同じ/);
    await staff.keyboard.press('Enter');
    await staff.waitForURL(/moved=/);
    expect((await meeting(key)).firstDay).toBe(next.day);
    await staff.locator('form[action$="/year-board/back"] button').click();
    await staff.waitForLoadState();
    expect((await meeting(key)).firstDay).toBe(before.firstDay);
  }, 120_000);

  it('without script is moved on a page with all days, their prices and reasons', async () => {
    const before = await meeting(key);
    const { cookies } = await staff.context().storageState();
    const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
    await context.addCookies(cookies.filter(({ name }) => name !== 'lang'));
    const page = await context.newPage();
    await page.goto(`${app.url}${board}`);
    await page.locator('details.year-board-table > summary').click();
    await page.locator(`a[href$="/year-board/move/${before.id}"]`).click();
    expect(await page.locator('main').innerText()).toContain('Days that are not possible, and why');
    const choices = page.locator('input[name="start"]:not(:checked)');
    const [day] = (await choices.first().getAttribute('value'))!.split(' ');
    await choices.first().check();
    await page.getByRole('button', { name: 'Move it there' }).click();
    await page.waitForURL(/moved=/);
    expect((await meeting(key)).firstDay).toBe(day);
    await page.locator('form[action$="/year-board/back"] button').click();
    expect((await meeting(key)).firstDay).toBe(before.firstDay);
    await context.close();
  }, 120_000);
});
