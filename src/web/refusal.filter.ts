import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { emptyFrame } from './frame.ts';
import { Pages } from './page.service.ts';
import { refusedByRoom, refusedByStatus, type Refused } from './refused.ts';

/**
 * The last word on every request that did not succeed: a page in the reader's language (or JSON for programs) with
 * what happened and what to do next. A fault of ours shows a reference that the log has too, and never its cause.
 */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('web');

  constructor(private readonly pages: Pages) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    const refused = refusedOf(thrown);
    const reference = refused.status >= 500 && refused.status !== 503 ? newId() : undefined;
    // The route, not the address: addresses of emailed links carry a token.
    if (reference)
      this.logger.error({ reference, method: request.method, route: request.routeOptions?.url, err: thrown });
    if (reply.sent) return;
    void reply.header('cache-control', 'no-store');
    const language = this.pages.language(request);
    if (wantsJson(request)) {
      const { status, code, title, text, next } = refused;
      void reply
        .status(status)
        .type('application/problem+json; charset=utf-8')
        .send({ status, code, title: title[language], detail: text[language], text, next, reference });
      return;
    }
    await this.answer(reply, refused, reference);
  }

  /** Where even the frame cannot be read (no database), the page comes without one. */
  private async answer(reply: FastifyReply, refused: Refused, reference: string | undefined): Promise<void> {
    const data = { refused, reference };
    try {
      await this.pages.render(reply, 'refused', data, { status: refused.status });
    } catch (error) {
      this.logger.error({ reference, during: 'refused page', err: error });
      await this.pages.render(reply, 'refused', data, { status: refused.status, frame: emptyFrame });
    }
  }
}

function refusedOf(thrown: unknown): Refused {
  if (thrown instanceof Refusal) return refusedByRoom(thrown.status, thrown.code, thrown.text);
  if (thrown instanceof HttpException) return refusedByStatus(thrown.getStatus());
  // Fastify's own errors (body too large, broken JSON, unknown media type) carry the status that they mean.
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode;
  return refusedByStatus(typeof status === 'number' && status >= 400 && status < 500 ? status : 500);
}

/** A program says that it takes JSON and does not say that it takes pages. */
function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '';
  return request.url.startsWith('/api/') || (/\bjson\b/.test(accept) && !accept.includes('text/html'));
}
