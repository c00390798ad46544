import { afterAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.ts';

const house = await startApp();
const published = await startApp({
  config: { baseUrl: 'https://meguri.example.org', baseUrlGiven: true, secure: true, trustProxy: 1 },
});
afterAll(async () => {
  await house.stop();
  await published.stop();
});

const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';
const post = (headers: Record<string, string>, body = 'email=nobody%40example.org', at = house) =>
  fetch(`${at.url === published.url ? `http://127.0.0.1:${published.config.port}` : at.url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
    redirect: 'manual',
  });

describe('by plain http', () => {
  it('answers allow nothing inline, and do not send browsers to https', async () => {
    for (const path of ['/health', '/there-is-no-such-page']) {
      const response = await fetch(`${house.url}${path}`);
      expect(policyOf(response)).toContain("default-src 'self'");
      expect(policyOf(response)).toMatch(/style-src 'self'(;|$)/);
      expect(policyOf(response)).not.toMatch(/unsafe-inline|upgrade-insecure-requests/);
      expect(response.headers.get('strict-transport-security')).toBeNull();
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('by https', () => {
  it('browsers are told to stay there', async () => {
    const response = await fetch(`http://127.0.0.1:${published.config.port}/health`);
    expect(policyOf(response)).toContain('upgrade-insecure-requests');
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
  });

  it('a form that comes through the proxy, which knows us by another name, is accepted', async () => {
    expect((await post({ origin: 'https://meguri.example.org' }, undefined, published)).status).not.toBe(403);
  });
});

describe('a form', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://elsewhere.example.org' }],
    [{ origin: 'null' }],
  ] as Record<string, string>[][])('from another site is refused: %j', async (headers) => {
    expect((await post(headers)).status).toBe(403);
  });

  it.each([[{ 'sec-fetch-site': 'same-origin' }], [{ origin: house.url }], [{}]] as Record<string, string>[][])(
    'of our own is taken: %j',
    async (headers) => {
      expect((await post(headers)).status).not.toBe(403);
    },
  );

  it('that is too large is refused', async () => {
    expect((await post({}, `email=${'x'.repeat(6_000_000)}`)).status).toBe(413);
  });
});
