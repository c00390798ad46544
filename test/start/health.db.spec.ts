import { afterAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../../src/jobs/jobs.service.ts';
import { startApp } from '../support/app.ts';
import { freePort } from '../support/ports.ts';

const house = await startApp();
afterAll(() => house.stop());

const get = async (path: string, from = house) => {
  const response = await fetch(`${from.url}${path}`);
  return { status: response.status, body: await response.json() };
};

describe('a healthy process', () => {
  it('is live', async () => {
    expect(await get('/health')).toEqual({ status: 200, body: { status: 'live' } });
  });

  it('is ready', async () => {
    const checks = { database: 'ok', queue: 'ok', mail: 'ok' };
    const none = { state: 'not configured', lastContact: null, downSince: null };
    const inbound = { imap: none, listener: none };
    expect(await get('/ready')).toEqual({ status: 200, body: { status: 'ready', checks, inbound } });
  });
});

describe('a process whose', () => {
  it('mail server is away is not ready and says so, without naming the server', async () => {
    const broken = await startApp({
      config: { smtpUrl: `smtp://127.0.0.1:${await freePort()}`, embeddedMailbox: false },
    });
    try {
      const { status, body } = await get('/ready', broken);
      expect(status).toBe(503);
      expect(body).toEqual({
        status: 'not ready',
        checks: { database: 'ok', queue: 'ok', mail: expect.stringMatching(/ECONNREFUSED|ESOCKET/) },
        inbound: expect.anything(),
      });
      expect(JSON.stringify(body)).not.toContain('127.0.0.1');
    } finally {
      await broken.stop();
    }
  });

  it('queue has stopped is not ready but live', async () => {
    await house.get(Jobs).beforeApplicationShutdown();
    const { status, body } = await get('/ready');
    expect({ status, checks: body.checks }).toEqual({
      status: 503,
      checks: { database: 'ok', queue: 'the queue is stopped', mail: 'ok' },
    });
    expect((await get('/health')).status).toBe(200);
  });

  it('database is gone is not ready but live', async () => {
    await house.dataSource.destroy();
    const { status, body } = await get('/ready');
    expect({ status, database: body.checks.database === 'ok' }).toEqual({ status: 503, database: false });
    expect(body.inbound).toBeNull();
    expect((await get('/health')).status).toBe(200);
    await house.dataSource.initialize();
  });
});
