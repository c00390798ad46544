import { Logger, RequestMethod } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import { securityHeaders } from '../web/security.ts';
import { limitLinks } from './link-limits.service.ts';
import { redactPath } from './redact.ts';

/** Forms and imported lists, in bytes; what is larger is refused with 413. */
const BODY_LIMIT = 5_000_000;

export const httpAdapter = (config: Config): FastifyAdapter =>
  new FastifyAdapter({
    logger: false,
    trustProxy: typeof config.trustProxy === 'number' ? behind(config.trustProxy) : config.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
  });

const behind = (hops: number) => (_address: string, hop: number) => hop < hops;

/** What every answer carries and every request passes, before any page sees it. */
export function guardHttp(app: NestFastifyApplication, config: Config): void {
  app.enableCsrfProtection({
    ...(config.baseUrlGiven ? { trustedOrigins: [new URL(config.baseUrl).origin] } : {}),
    // sent by mail programs, from wherever they are (RFC 8058); its address is a secret, and it reads no cookie
    exclude: [{ path: 'u/:token', method: RequestMethod.POST }],
  });
  app.useSecurityHeaders(securityHeaders(config.secure));
  const server = app.getHttpAdapter().getInstance();
  logRequests(server);
  letGoWhenClosing(server);
  limitLinks(app);
}

/** Connections that answer a last request while the server closes would stay open for another minute, and the process with them. */
function letGoWhenClosing(server: FastifyInstance): void {
  let closing = false;
  server.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done(null, payload);
  });
}

function logRequests(server: FastifyInstance): void {
  const log = new Logger('Http');
  server.addHook('onResponse', (request, reply, done) => {
    const record = {
      method: request.method,
      path: redactPath(request.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (/^\/(health|ready|assets)\b/.test(request.url)) log.debug(record);
    else log.log(record);
    done();
  });
}
