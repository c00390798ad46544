import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RemindersWorker } from '../../src/reminders/reminders.worker.ts';
import { Reminders } from '../../src/reminders/reminders.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { startYear, type Year } from '../meetings/year.ts';
import { postOf, type Post } from '../invitations/post.ts';

let year: Year;
let post: Post;
let second: StartedApp;
beforeAll(async () => {
  year = await startYear();
  post = postOf(year);
  await post.rehearse(false);
  await year.set('site/aimec', '2027-07-08');
  await year.set('site/qup', '2027-07-13');
  await year.house.settle();
  await post.release();
  second = await startApp({ clock: year.clock, config: { databaseUrl: year.house.config.databaseUrl! } });
});
afterAll(async () => {
  await second?.stop();
  await year?.house.stop();
});

const reminded = async () =>
  year.house.dataSource.query<{ to: string; mails: number }[]>(
    `select to_address as "to", count(*)::int as mails from mail where kind like 'reminder-%' group by to_address order by 1`,
  );

it('five ticks at once in two processes remind everybody once', async () => {
  year.clock.set('2027-05-13T01:00:00Z');
  const ticks = [year.house, second, year.house, second, year.house];
  await Promise.all(ticks.map((house) => house.get(RemindersWorker).tick()));
  await year.house.settle();
  const mails = await reminded();
  expect(mails.length).toBeGreaterThan(4);
  expect(mails.filter((one) => one.mails !== 1)).toEqual([]);
  const [jobs] = await year.house.dataSource.query<{ n: number }[]>(
    `select count(*)::int as n from pgboss.job where name = 'reminders/round'`,
  );
  expect(jobs!.n).toBe(1);
});

it('five rounds at once in two processes remind everybody once', async () => {
  year.clock.set('2027-05-24T01:00:00Z');
  const before = await reminded();
  const rounds = [year.house, second, year.house, second, year.house];
  await Promise.all(rounds.map((house) => house.get(Reminders).remind(year.cycleId)));
  const after = await reminded();
  expect(after.length).toBeGreaterThan(0);
  for (const { to, mails } of after)
    expect(mails - (before.find((one) => one.to === to)?.mails ?? 0)).toBeLessThanOrEqual(1);
  expect(after.reduce((n, one) => n + one.mails, 0)).toBeGreaterThan(before.length);
});
