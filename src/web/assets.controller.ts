import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Assets } from './assets.service.ts';

const aYear = 'public, max-age=31536000, immutable';

@Controller()
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  /** A page of the version before may still ask for its files after a restart: they get today's, but only for a minute. */
  @Get('assets/:version/*')
  async asset(@Param('version') version: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const name = (request.params as { '*': string })['*'];
    const asset = await this.assets.find(name);
    if (!asset) throw new NotFoundException();
    // a mail is shown in a frame without an origin, to which our own font would otherwise be somebody else's
    if (name.startsWith('font/'))
      void reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    const brotli = asset.brotli && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    void reply.header('content-type', asset.type);
    void reply.header('cache-control', version === this.assets.version ? aYear : 'public, max-age=60');
    if (asset.brotli) void reply.header('vary', 'accept-encoding');
    if (brotli) void reply.header('content-encoding', 'br');
    return reply.send(brotli ? asset.brotli : asset.bytes);
  }

  /** Browsers ask for it even where a page names another icon. */
  @Get('favicon.ico')
  async favicon(@Res() reply: FastifyReply) {
    return reply.status(302).header('location', `${this.assets.base}/mark.svg`).send();
  }
}
