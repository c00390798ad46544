import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { NoFilesInterceptor } from '@nestjs/platform-fastify/multipart';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../audit/actor.ts';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { Unsubscribing, type UnsubscribeLink } from '../../reminders/unsubscribing.service.ts';
import { responseRefusals } from '../../responses/refusals.ts';
import { Pages } from '../page.service.ts';
import { NONCE } from './confirmation.ts';
import { LinkForms } from './link-forms.service.ts';
import { privatePage } from './private-page.ts';

type Typed = Readonly<Record<string, unknown>>;

/** One field, whether a mail program sends it as a form or, as most do, as multipart/form-data */
const fewFields = { limits: { files: 0, fields: 5, fieldSize: 1000 } };

/**
 * Where the header List-Unsubscribe of a reminder leads. GET shows what would stop and changes nothing. The POST of a mail program
 * (RFC 8058: this one field, no cookies, from anywhere) stops it at once; a person presses the button of the page, which is sealed.
 */
@Controller('u/:token')
export class UnsubscribeController {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    private readonly cycles: CycleQueries,
    private readonly staff: StaffQueries,
    private readonly forms: LinkForms,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Res() reply: FastifyReply, @Query('done') done?: string): Promise<void> {
    await this.page(reply, token, await this.opened(token), done !== undefined);
  }

  /** A mail program is answered in place: RFC 8058 §3.1 lets it follow no redirect. */
  @Post()
  @HttpCode(200)
  @UseInterceptors(NoFilesInterceptor(fewFields))
  async switchOff(@Param('token') token: string, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    const opened = await this.opened(token);
    const oneClick = body['List-Unsubscribe'] === 'One-Click';
    if (!oneClick && !this.forms.isSealed(opened.link, body)) return this.page(reply, token, opened, false, 422);
    await this.unsubscribing.switchOff(opened.of, actorOf(opened));
    if (oneClick) return this.page(reply, token, { ...opened, off: true }, true);
    await reply.redirect(`/u/${token}?done`, 303);
  }

  @Post('again')
  async switchOn(@Param('token') token: string, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    const opened = await this.opened(token);
    if (!this.forms.isSealed(opened.link, body)) return this.page(reply, token, opened, false, 422);
    await this.unsubscribing.switchOn(opened.of, actorOf(opened));
    await reply.redirect(`/u/${token}?done`, 303);
  }

  private async opened(token: string): Promise<UnsubscribeLink> {
    const opened = await this.unsubscribing.behind(token);
    if (!opened) throw Refusal.of(responseRefusals, 'responses.unknown-link');
    return opened;
  }

  private async page(
    reply: FastifyReply,
    token: string,
    { link, of, reader, off }: UnsubscribeLink,
    done: boolean,
    status = 200,
  ): Promise<void> {
    const language = this.pages.language(reply.request, reader.language);
    privatePage(reply);
    const cycle = (await this.cycles.all()).find((one) => one.programme === of.programme);
    const inCharge = cycle?.staffInCharge ? await this.staff.one(cycle.staffInCharge) : undefined;
    const data = {
      name: reader.name,
      isOffice: of.subject.startsWith('office/'),
      programme: cycle?.rules.name ?? { ja: of.programme, en: of.programme },
      off,
      done,
      again: status === 422,
      action: `/u/${token}`,
      nonceName: NONCE,
      nonce: this.forms.seal(link),
      contact: inCharge && {
        name: language === 'ja' ? inCharge.nameJa : inCharge.nameEn,
        telephone: inCharge.telephone,
        email: inCharge.email,
      },
    };
    await this.pages.render(reply, 'respond/unsubscribe', data, { status, language });
  }
}

const actorOf = ({ link, reader }: UnsubscribeLink): Actor => ({ kind: 'link', id: link.id, name: reader.name.ja });
