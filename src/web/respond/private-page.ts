import type { FastifyReply } from 'fastify';

/** Pages behind a link that is a secret: kept nowhere, indexed nowhere, and their address told to nobody (itip G5) */
export function privatePage(reply: FastifyReply): void {
  void reply
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('referrer-policy', 'same-origin');
}
