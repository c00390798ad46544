import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/refusal.ts';
import { identityRefusals } from './refusals.ts';
import { pathOfOurs, sessionTokenIn } from './session.ts';
import { Sessions } from './sessions.service.ts';
import type { StaffMember, StaffRole } from './staff.ts';

/** A request that passed the guard */
export interface StaffRequest extends FastifyRequest {
  readonly staff: StaffMember;
}

const ROLES = 'identity/roles';

/**
 * On a handler or controller: who may use it, whatever its method. Without it everybody signed in may GET, and all but readers may
 * change: `@ForRoles('administrator')` for accounts, `@ForRoles(...staffRoles)` for a POST that changes nothing for others.
 */
export const ForRoles = (...roles: StaffRole[]): MethodDecorator & ClassDecorator => SetMetadata(ROLES, roles);

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Lets signed-in staff through and puts `staff` on the request; sends everybody else to the sign-in page. */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const token = sessionTokenIn(request.headers.cookie);
    const staff = token ? await this.sessions.staffOf(token) : undefined;
    if (!staff) return turnedAway(request, http.getResponse<FastifyReply>());
    const roles = this.reflector.getAllAndOverride<StaffRole[] | undefined>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (roles && !roles.includes(staff.role)) throw Refusal.of(identityRefusals, 'identity.role-needed');
    if (!roles && staff.role === 'reader' && !readingMethods.includes(request.method))
      throw Refusal.of(identityRefusals, 'identity.reader-cannot-change');
    Object.assign(request, { staff });
    return true;
  }
}

/** A browser is led to the sign-in page and, from a GET, back afterwards; a program is told. */
function turnedAway(request: FastifyRequest, reply: FastifyReply): false {
  const accept = request.headers.accept ?? '';
  if (/\bjson\b/.test(accept) && !accept.includes('text/html'))
    throw Refusal.of(identityRefusals, 'identity.sign-in-needed');
  const wanted = request.method === 'GET' && request.url !== '/' ? pathOfOurs(request.url) : undefined;
  const location = wanted ? `/sign-in?to=${encodeURIComponent(wanted)}` : '/sign-in';
  // Answered here and now: a guard that returns false becomes a 403, and whoever writes that page must find the reply gone
  const headers = reply.getHeaders() as Record<string, string>;
  reply.hijack();
  reply.raw.writeHead(303, { ...headers, location, 'cache-control': 'no-store', 'content-length': '0' });
  reply.raw.end();
  return false;
}
