import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../config/config.ts';
import { endedSessionCookie, pathOfOurs, sessionCookie, sessionTokenIn } from '../../identity/session.ts';
import { Sessions } from '../../identity/sessions.service.ts';
import { SignIn } from '../../identity/sign-in.service.ts';
import { Pages } from '../page.service.ts';

/** Signing in by a mailed link. The link's GET changes nothing: mail scanners open links; its button is a POST. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('sign-in')
  async form(@Res() reply: FastifyReply, @Query('to') to?: string): Promise<void> {
    await this.pages.render(reply, 'staff/sign-in', { to: pathOfOurs(to) ?? '', mailbox: this.config.embeddedMailbox });
  }

  @Post('sign-in')
  async ask(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body() body?: { email?: unknown; to?: unknown },
  ): Promise<void> {
    const email = typeof body?.email === 'string' ? body.email.slice(0, 320) : '';
    const returnTo = typeof body?.to === 'string' ? pathOfOurs(body.to) : undefined;
    await this.signIn.request(email, { origin: request.ip, ...(returnTo ? { returnTo } : {}) });
    await reply.redirect('/sign-in/sent', 303);
  }

  /** The same whether the address is known or not */
  @Get('sign-in/sent')
  async sent(@Res() reply: FastifyReply): Promise<void> {
    await this.pages.render(reply, 'staff/sign-in-sent', { mailbox: this.config.embeddedMailbox });
  }

  @Get('sign-in/:token')
  async opened(@Param('token') token: string, @Res() reply: FastifyReply, @Query('to') to?: string): Promise<void> {
    const usable = await this.signIn.isUsable(token);
    void reply.header('cache-control', 'no-store');
    const data = { token, usable, to: pathOfOurs(to) ?? '' };
    await this.pages.render(reply, 'staff/sign-in-link', data, { status: usable ? 200 : 410 });
  }

  @Post('sign-in/:token')
  async press(
    @Param('token') token: string,
    @Res() reply: FastifyReply,
    @Body() body?: { to?: unknown },
  ): Promise<void> {
    const session = await this.signIn.consume(token);
    void reply.header('set-cookie', sessionCookie(session, this.config.secure));
    await reply.redirect((typeof body?.to === 'string' && pathOfOurs(body.to)) || '/', 303);
  }

  @Post('sign-out')
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = sessionTokenIn(request.headers.cookie);
    if (token) await this.sessions.end(token);
    void reply.header('set-cookie', endedSessionCookie(this.config.secure));
    await reply.redirect('/sign-in', 303);
  }
}
