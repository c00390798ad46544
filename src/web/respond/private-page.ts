import type { FastifyReply } from 'fastify';
import type { AnnouncedState } from '../../invitations/announced.queries.ts';

/** Pages behind a link that is a secret: kept nowhere, indexed nowhere, and their address told to nobody (itip G5) */
export function privatePage(reply: FastifyReply): void {
  void reply
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('referrer-policy', 'same-origin');
}

/** HTTP status of an answer that cannot be taken: gone for good, or in conflict with what has happened meanwhile */
export const statusOf = (state: AnnouncedState | 'expired'): number =>
  state === 'over' || state === 'expired' ? 410 : 409;
