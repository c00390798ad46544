import { join } from 'node:path';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Liquid } from 'liquidjs';
import type { Language } from '../kernel/text.ts';
import { Assets } from './assets.service.ts';
import { emptyFrame, FRAMES, sections, type Frame, type Frames } from './frame.ts';
import { chooseLanguage, inLanguage } from './language.ts';
import { createLiquid } from './liquid.ts';
import { projectFolder } from '../config/environment.service.ts';

export interface PageOptions {
  /** The reader's own choice if left out; a person's language on pages from an emailed link is given by the caller as fallback */
  readonly language?: Language;
  /** HTTP status, 200 if left out; 422 for a form that comes back with faults */
  readonly status?: number;
  /** What stands around the page; asked of the doors' Frames if left out */
  readonly frame?: Frame;
}

const aYear = 31_536_000;

/** Pages are Liquid templates under `templates/pages`, said in the reader's language. */
@Injectable()
export class Pages {
  private readonly engine: Liquid;

  constructor(
    private readonly assets: Assets,
    @Optional() @Inject(FRAMES) private readonly frames?: Frames,
  ) {
    // Templates are written beside a running program only from source; what runs from dist keeps what it has parsed.
    const built = import.meta.url.includes('/dist/src/web/');
    this.engine = createLiquid({ root: join(projectFolder, 'templates/pages'), cache: built });
  }

  /** The language in which to answer a request: `?lang=`, else the cookie, else `personal`, else the browser's, else Japanese. */
  language(request: FastifyRequest, personal?: Language): Language {
    return chooseLanguage({
      asked: (request.query as { lang?: unknown } | undefined)?.lang,
      cookie: request.headers.cookie,
      acceptLanguage: personal ?? request.headers['accept-language'],
    });
  }

  /**
   * Answers with a page.
   *
   * @param template under `templates/pages`, `staff/today` or `staff/today.liquid`
   * @param data what the template prints; Texts are said in the reader's language, everything is escaped
   */
  async render(reply: FastifyReply, template: string, data: object = {}, options: PageOptions = {}): Promise<void> {
    const request = reply.request;
    const language = options.language ?? this.language(request);
    const frame = options.frame ?? (await this.frames?.frameOf(request)) ?? emptyFrame;
    const html = await this.html(template, data, { language, frame, path: addressOf(request) });
    const asked = (request.query as { lang?: unknown } | undefined)?.lang;
    if (asked === 'ja' || asked === 'en') {
      void reply.header('set-cookie', `lang=${asked}; Path=/; Max-Age=${aYear}; SameSite=Lax; HttpOnly`);
    }
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache');
    void reply.header('content-language', language);
    void reply
      .status(options.status ?? 200)
      .type('text/html; charset=utf-8')
      .send(html);
  }

  /** The page as text, without a reply */
  async html(
    template: string,
    data: object,
    { language, frame = emptyFrame, path = '/' }: { language: Language; frame?: Frame; path?: string },
  ): Promise<string> {
    const other: Language = language === 'ja' ? 'en' : 'ja';
    const globals = {
      language,
      assets: this.assets.base,
      frame,
      navigation: navigationOf(frame),
      switch: { language: other, href: inLanguage(path, other) },
    };
    return (await this.engine.renderFile(template, data, { globals })) as string;
  }
}

/** The address of which this page is the view: after a form that came back with faults it is the page that had sent it. */
function addressOf(request: FastifyRequest): string {
  if (request.method === 'GET' || request.method === 'HEAD') return request.url;
  const referer = URL.parse(request.headers.referer ?? '');
  return referer?.host === request.headers.host ? `${referer!.pathname}${referer!.search}` : request.url;
}

const navigationOf = (frame: Frame) =>
  (frame.staff?.navigation ?? []).flatMap((entry) => {
    const section = sections.find((s) => s.id === entry.id);
    return section ? [{ ...entry, name: section.name, waiting: entry.waiting ?? 0 }] : [];
  });
