import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { readConfig, type Config } from '../../src/config/config.ts';
import { fact } from '../../src/jobs/fact.ts';
import { Jobs } from '../../src/jobs/jobs.service.ts';
import { settle } from '../support/app.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

const meetingMoved = fact<{ meetingId: string }>('MeetingMoved');
const roomPainted = fact<{ roomId: string }>('RoomPainted');

let fresh: FreshDatabase;
let started: Jobs[];
let heard: string[];

beforeAll(async () => {
  Logger.overrideLogger(false);
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
beforeEach(() => {
  started = [];
  heard = [];
});
afterEach(async () => {
  for (const jobs of started) await jobs.beforeApplicationShutdown();
  await fresh.dataSource.query('delete from pgboss.job');
});

const make = (config: Partial<Config> = {}) => new Jobs({ ...readConfig({}), databaseUrl: fresh.url, ...config });

async function start(register: (jobs: Jobs) => void, config: Partial<Config> = {}): Promise<Jobs> {
  const jobs = make(config);
  register(jobs);
  started.push(jobs);
  await jobs.onApplicationBootstrap();
  return jobs;
}

const listening = (jobs: Jobs) => {
  jobs.on(meetingMoved, 'invitations', async ({ meetingId }) => void heard.push(`invitations ${meetingId}`));
  jobs.on(meetingMoved, 'planning', async ({ meetingId }) => void heard.push(`planning ${meetingId}`));
};

describe('a fact', () => {
  it('is heard by every listener once its transaction has committed', async () => {
    const jobs = await start(listening);
    await fresh.dataSource.transaction(async (tx) => {
      await jobs.announce(tx, meetingMoved, { meetingId: 'm1' });
      await sleep(300);
      expect(heard).toEqual([]);
    });
    await settle(fresh.dataSource);
    expect(heard.sort()).toEqual(['invitations m1', 'planning m1']);
  });

  it('of a transaction that failed was never announced', async () => {
    const jobs = await start(listening);
    await fresh.dataSource
      .transaction(async (tx) => {
        await jobs.announce(tx, meetingMoved, { meetingId: 'm2' });
        throw new Error('no');
      })
      .catch(() => undefined);
    await settle(fresh.dataSource);
    expect(heard).toEqual([]);
  });

  it('may be announced without anybody listening', async () => {
    const jobs = await start(listening);
    await fresh.dataSource.transaction((tx) => jobs.announce(tx, roomPainted, { roomId: 'r1' }));
    await settle(fresh.dataSource);
    expect(heard).toEqual([]);
  });

  it('announced by a process that only serves pages is heard in one that works', async () => {
    const web = await start(listening, { role: 'web' });
    await fresh.dataSource.transaction((tx) => web.announce(tx, meetingMoved, { meetingId: 'm3' }));
    await sleep(300);
    expect(heard).toEqual([]);
    await start(listening, { role: 'worker' });
    await settle(fresh.dataSource);
    expect(heard.sort()).toEqual(['invitations m3', 'planning m3']);
  });
});

describe('a job', () => {
  it('that fails is tried again', async () => {
    let tries = 0;
    const jobs = await start((it) =>
      it.work('flaky', async () => {
        if (++tries < 2) throw new Error('not yet');
      }),
    );
    await fresh.dataSource.transaction((tx) => jobs.send(tx, 'flaky', {}));
    for (let n = 0; n < 150 && tries < 2; n++) await sleep(100);
    expect(tries).toBe(2);
  });

  it('may wait for its time', async () => {
    const jobs = await start((it) => it.work('later', async () => void heard.push('later')));
    await fresh.dataSource.transaction((tx) =>
      jobs.send(tx, 'later', {}, { startAfter: new Date(Date.now() + 3_600_000) }),
    );
    await settle(fresh.dataSource);
    expect(heard).toEqual([]);
  });

  it('of a slot is done once, however many ask', async () => {
    const register = (jobs: Jobs) => jobs.work<{ slot: string }>('tick', async ({ slot }) => void heard.push(slot));
    const [one, two] = [await start(register), await start(register)];
    for (const jobs of [one, two, one]) await jobs.sendOnce('tick', '2027-06-01T09:00');
    await two.sendOnce('tick', '2027-06-01T09:01');
    await settle(fresh.dataSource);
    expect(heard.sort()).toEqual(['2027-06-01T09:00', '2027-06-01T09:01']);
  });

  it('that runs when the process stops is finished first', async () => {
    const jobs = await start((it) =>
      it.work('slow', async () => {
        heard.push('begun');
        await sleep(700);
        heard.push('done');
      }),
    );
    await fresh.dataSource.transaction((tx) => jobs.send(tx, 'slow', {}));
    while (heard.length === 0) await sleep(10);
    await jobs.beforeApplicationShutdown();
    expect(heard).toEqual(['begun', 'done']);
  });

  it('outside of a transaction is refused', async () => {
    const jobs = await start(listening);
    await expect(jobs.announce(fresh.dataSource.manager, meetingMoved, { meetingId: 'm4' })).rejects.toThrow(
      'transaction',
    );
  });

  it('for a queue that nobody works is refused', async () => {
    const jobs = await start(listening);
    const sent = fresh.dataSource.transaction((tx) => jobs.send(tx, 'nowhere', {}));
    await expect(sent).rejects.toThrow('nobody works this queue');
  });
});

describe('registering', () => {
  it('ends when the application starts', async () => {
    const jobs = await start(listening);
    expect(() => jobs.work('late', async () => undefined)).toThrow('before the application starts');
  });

  it('the same queue twice is a mistake', () => {
    const jobs = make();
    listening(jobs);
    expect(() => listening(jobs)).toThrow('MeetingMoved/invitations');
  });
});

it('a queue can be asked whether it works', async () => {
  const jobs = await start(listening);
  await expect(jobs.check()).resolves.toBeUndefined();
  await jobs.beforeApplicationShutdown();
  await expect(jobs.check()).rejects.toThrow('stopped');
});
