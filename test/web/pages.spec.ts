import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Body,
  ConflictException,
  Controller,
  Get,
  Global,
  Module,
  Post,
  Res,
  type LoggerService,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { Refusal, refusals } from '../../src/kernel/refusal.ts';
import { FRAMES, type Frame, type Frames } from '../../src/web/frame.ts';
import { PageModule } from '../../src/web/page.module.ts';
import { Pages } from '../../src/web/page.service.ts';
import { securityHeaders } from '../../src/web/security.ts';

const madeUp = refusals({
  'sample.cancelled': { status: 409, ja: '{title}は中止になりました。', en: '{title} was cancelled.' },
});

const frame: Frame = {
  sample: true,
  rehearsal: { addresses: ['hanako.mihon@example.org'] },
  staff: {
    name: '見本 花子',
    signOutHref: '/sign-out',
    programme: { name: { ja: 'WPI', en: 'WPI' } },
    years: [{ year: 2027, href: '/staff/2027', current: true }],
    navigation: [{ id: 'today', href: '/staff/2027/today', waiting: 3 }],
  },
};

let frameFails = false;
class SampleFrames implements Frames {
  async frameOf(): Promise<Frame> {
    if (frameFails) throw new Error('secret: the database is away');
    return frame;
  }
}

@Global()
@Module({ providers: [{ provide: FRAMES, useClass: SampleFrames }], exports: [FRAMES] })
class FramesModule {}

@Controller()
class SampleController {
  constructor(private readonly pages: Pages) {}

  @Get('page')
  async page(@Res() reply: FastifyReply) {
    await this.pages.render(reply, 'refused', { refused: { title: '<b>題</b>', status: 200 } });
  }

  @Get('refused')
  refused() {
    throw Refusal.of(madeUp, 'sample.cancelled', { title: '<img src=x>' });
  }

  @Post('form')
  async form(@Body() _: unknown, @Res() reply: FastifyReply) {
    await this.pages.render(reply, 'refused', { refused: { title: 'form' } }, { status: 422 });
  }

  @Get('conflict')
  conflict() {
    throw new ConflictException('internal words');
  }

  @Get('broken')
  broken() {
    throw new Error('secret: password=hunter2');
  }
}

@Module({ imports: [PageModule, FramesModule], controllers: [SampleController] })
class SampleModule {}

const lines: string[] = [];
const keep = (...parts: unknown[]) => {
  lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
};
const logger: LoggerService = { log: () => {}, error: keep, warn: keep };

let app: NestFastifyApplication;
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers });

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(SampleModule, new FastifyAdapter(), { logger });
  app.enableCsrfProtection();
  app.useSecurityHeaders(securityHeaders(false));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

describe('a page', () => {
  it('is Japanese unless the browser or the reader prefers English', async () => {
    const title = async (headers: Record<string, string>, url = '/page') => {
      const { body, headers: answered } = await get(url, headers);
      return [/<html lang="(\w+)"/.exec(body)?.[1], answered['content-language']];
    };
    expect(await title({})).toEqual(['ja', 'ja']);
    expect(await title({ 'accept-language': 'fr;q=0.9, en-GB;q=0.8, ja;q=0.5' })).toEqual(['en', 'en']);
    expect(await title({ 'accept-language': 'ja', cookie: 'a=b; lang=en' })).toEqual(['en', 'en']);
    expect(await title({ cookie: 'lang=en' }, '/page?lang=ja')).toEqual(['ja', 'ja']);
    expect(await title({ cookie: 'lang=xx', 'accept-language': 'de' })).toEqual(['ja', 'ja']);
  });

  it('keeps a language that was chosen in a cookie, and only then', async () => {
    expect((await get('/page?lang=en')).headers['set-cookie']).toBe(
      'lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly',
    );
    expect((await get('/page')).headers['set-cookie']).toBeUndefined();
    expect((await get('/page?lang=fr')).headers['set-cookie']).toBeUndefined();
  });

  it('links to itself in the other language and keeps the rest of the address', async () => {
    expect((await get('/page?centre=aimec&lang=ja')).body).toContain(
      'href="/page?centre=aimec&amp;lang=en" hreflang="en"',
    );
  });

  it('links to the page of the form where a form came back with faults', async () => {
    const headers = {
      referer: 'http://localhost:3000/page?x=1',
      host: 'localhost:3000',
      'content-type': 'application/json',
    };
    const answer = await app.inject({ method: 'POST', url: '/form', headers, payload: '{}' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('href="/page?x=1&amp;lang=en"');
  });

  it('shows the frame: programme, year, navigation with what waits, rehearsal and sample notice', async () => {
    const { body } = await get('/page');
    for (const part of [
      '2027年度（令和9年度）',
      '見本 花子',
      '予行中',
      '見本データ（人物は架空）',
      '年度フォローアップ',
    ]) {
      expect(body).toContain(part);
    }
    expect(body).toMatch(/href="\/staff\/2027\/today">今日<span class="count">3/);
  });

  it('escapes what it prints', async () => {
    expect((await get('/page')).body).toContain('<h1>&lt;b&gt;題&lt;/b&gt;</h1>');
  });

  it('has no inline style or script, which the policy would stop', async () => {
    const { body, headers } = await get('/page');
    expect(body).not.toMatch(/<style|\sstyle=|<script(?![^>]* src=)|\son\w+=/);
    expect(headers['content-security-policy']).toMatch(/style-src 'self'(;|$)/);
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });
});

describe('a refusal', () => {
  it('of a room is a page with its status, its sentence and what to do next, in the language of the reader', async () => {
    const ja = await get('/refused');
    expect(ja.statusCode).toBe(409);
    expect(ja.body).toContain('&lt;img src=x&gt;は中止になりました。');
    expect(ja.body).toContain('最新の状態を確かめてください');
    const en = await get('/refused?lang=en');
    expect(en.body).toContain('&lt;img src=x&gt; was cancelled.');
    expect(en.headers['cache-control']).toBe('no-store');
  });

  it('is JSON for a program that wants it', async () => {
    const answer = await get('/refused', { accept: 'application/json', 'accept-language': 'en' });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 409,
      code: 'sample.cancelled',
      detail: '<img src=x> was cancelled.',
      text: { ja: '<img src=x>は中止になりました。', en: '<img src=x> was cancelled.' },
    });
  });

  it('of the framework shows our words, not its own', async () => {
    const { statusCode, body } = await get('/conflict');
    expect(statusCode).toBe(409);
    expect(body).toContain('いまの状態ではできません');
    expect(body).not.toContain('internal words');
  });

  it('is a 404 page where there is no page', async () => {
    const { statusCode, body } = await get('/nowhere');
    expect(statusCode).toBe(404);
    expect(body).toContain('ページが見つかりません');
  });

  it('is a 403 page for a form sent from another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' };
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/form', headers, payload: 'a=b' });
    expect(statusCode).toBe(403);
    expect(body).toContain('この操作は許可されていません');
  });

  it('is a 400 page for a body that cannot be read', async () => {
    const headers = { 'content-type': 'application/json' };
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/form', headers, payload: '{' });
    expect(statusCode).toBe(400);
    expect(body).toContain('読み取れませんでした');
  });

  it('of a fault of ours has a reference that the log has too, and nothing of the cause', async () => {
    lines.length = 0;
    const { statusCode, body } = await get('/broken');
    expect(statusCode).toBe(500);
    const reference = /<code>([\w-]{36})<\/code>/.exec(body)?.[1];
    expect(lines.filter((line) => line.includes(reference!))).toHaveLength(1);
    expect(body).not.toMatch(/secret|hunter2|Error|\bat \S+:\d+/);
  });

  it('still comes where even the frame cannot be read', async () => {
    frameFails = true;
    const { statusCode, body } = await get('/broken').finally(() => (frameFails = false));
    expect(statusCode).toBe(500);
    expect(body).toContain('問題が起きました');
    expect(body).not.toContain('secret');
  });
});

describe('the files of a page', () => {
  const files = async () =>
    [...(await get('/page')).body.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map((m) => m[1]!);

  it('are all there and may be kept for ever', async () => {
    const paths = [...new Set(await files())];
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) {
      const { statusCode, headers } = await get(path);
      expect([path, statusCode, headers['cache-control']]).toEqual([path, 200, 'public, max-age=31536000, immutable']);
    }
  });

  it('of another version are served, but not kept', async () => {
    const { statusCode, headers } = await get('/assets/000000000000/meguri.css');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=60']);
  });

  it('come compressed where the browser takes it', async () => {
    const path = (await files()).find((file) => file.endsWith('.css'))!;
    const { headers, rawPayload } = await get(path, { 'accept-encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBe('br');
    expect(rawPayload.length).toBeLessThan((await get(path)).rawPayload.length / 2);
  });

  it.each([
    '/assets/x/../../package.json',
    '/assets/x/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/x/nothing.css',
    '/assets/x/%zz',
  ])('are only those of the list: %s', async (path) => {
    expect([400, 404]).toContain((await get(path)).statusCode);
  });

  it('hold every style sheet that there is', async () => {
    const css = (await get((await files()).find((file) => file.endsWith('.css'))!)).body;
    const folder = join(import.meta.dirname, '../../src/web/public/css');
    expect(readdirSync(folder).filter((name) => !css.includes(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
  });

  it('name nothing outside this machine', async () => {
    const css = (await get((await files()).find((file) => file.endsWith('.css'))!)).body;
    expect(css).not.toMatch(/url\(\s*['"]?(?:https?:)?\/\//);
    const fonts = [...css.matchAll(/url\((font\/files\/[^)]+)\)/g)].map((m) => m[1]!);
    expect(fonts.length).toBeGreaterThan(100);
    expect((await get(`/assets/x/${fonts[0]}`)).headers['content-type']).toBe('font/woff2');
  });
});
