import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
const MINUTES = 10;
/** Within those minutes, by address: whole offices and their mail's scanners share one */
const PAGES_OF_ONE_ADDRESS = 1200;
const FORMS_OF_ONE_ADDRESS = 300;
/** Within those minutes, by link: an office with twenty people that corrects itself often */
const FORMS_OF_ONE_LINK = 60;

const linkOf = (request: FastifyRequest): string | undefined => /^\/([aou]\/[^/?#]{1,200})/.exec(request.url)?.[1];
const sends = ({ method }: FastifyRequest): boolean => method !== 'GET' && method !== 'HEAD';

/**
 * How often pages behind emailed links may be opened and their forms sent (itip G8). Counted by each process for itself: with several
 * replicas it is so many times as much, which is still far from what guessing a token of 128 bits would take.
 */
export function limitLinks(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  void app.register(rateLimit, { global: false });
  let limits: Limits | undefined;
  server.addHook('onRequest', async (request, reply) => {
    if (linkOf(request) === undefined) return;
    const { byAddress, byLink } = (limits ??= limitsOf(server));
    for (const limit of sends(request) ? [byAddress, byLink] : [byAddress]) {
      const counted = await limit(request);
      if (counted.isAllowed || !counted.isExceeded) continue;
      void reply.header('retry-after', counted.ttlInSeconds);
      throw Object.assign(new Error('too many requests'), { statusCode: 429 });
    }
  });
}

type Limits = ReturnType<typeof limitsOf>;

function limitsOf(server: FastifyInstance) {
  const timeWindow = MINUTES * 60_000;
  return {
    byAddress: server.createRateLimit({
      timeWindow,
      max: (request: FastifyRequest) => (sends(request) ? FORMS_OF_ONE_ADDRESS : PAGES_OF_ONE_ADDRESS),
      keyGenerator: (request) => `${sends(request) ? 'forms' : 'pages'} ${request.ip}`,
    }),
    byLink: server.createRateLimit({
      timeWindow,
      max: FORMS_OF_ONE_LINK,
      keyGenerator: (request) => linkOf(request)!,
    }),
  };
}
