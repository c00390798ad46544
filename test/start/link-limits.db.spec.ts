import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type StartedApp } from '../support/app.ts';

let house: StartedApp;
beforeAll(async () => {
  house = await startApp();
});
afterAll(() => house?.stop());

/** From an address, each time with another link that nobody has */
async function statuses(method: 'GET' | 'POST', count: number, remoteAddress: string): Promise<Record<number, number>> {
  const counted: Record<number, number> = {};
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };
  for (let n = 0; n < count; n++) {
    const url = `/a/${String(n).padStart(27, 'x')}`;
    const { statusCode } = await house.app.inject({ method, url, remoteAddress, headers });
    counted[statusCode] = (counted[statusCode] ?? 0) + 1;
  }
  return counted;
}

describe('Too often from one address (G8), whatever the links', () => {
  it('forms are refused for a while; its pages, and others’ forms, are not', async () => {
    expect(await statuses('POST', 310, '192.0.2.1')).toEqual({ 404: 300, 429: 10 });
    expect(await statuses('GET', 1, '192.0.2.1')).toEqual({ 404: 1 });
    expect(await statuses('POST', 1, '192.0.2.2')).toEqual({ 404: 1 });
  });

  it('pages are refused for a while; other pages of ours are not', async () => {
    expect(await statuses('GET', 1_210, '192.0.2.3')).toEqual({ 404: 1_200, 429: 10 });
    const { statusCode } = await house.app.inject({ method: 'GET', url: '/health', remoteAddress: '192.0.2.3' });
    expect(statusCode).toBe(200);
  });
});
