import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG, type Config } from '../../config/config.ts';
import { Assets } from '../assets.service.ts';
import { Pages, type PageOptions } from '../page.service.ts';
import { tabsOfMail, type MailTab } from './mail-tabs.ts';
import { sendFramed } from './mail-view.ts';

const PAGE = 50;

/** What all pages about mail share: the ways between them, lists page by page, and letters in their frame */
@Injectable()
export class MailPages {
  readonly size = PAGE;

  constructor(
    private readonly pages: Pages,
    private readonly assets: Assets,
    @Inject(CONFIG) readonly config: Pick<Config, 'embeddedMailbox' | 'takesReplies'>,
  ) {}

  async show(reply: FastifyReply, page: string, data: object, options?: PageOptions): Promise<void> {
    await this.pages.render(reply, `staff/${page}`, data, options);
  }

  /** @param waiting replies that wait for a person, where that is known */
  tabs(current: MailTab, waiting?: number) {
    return tabsOfMail(current, this.config.embeddedMailbox, waiting);
  }

  async framed(reply: FastifyReply, html: string): Promise<void> {
    await sendFramed(reply, html, this.assets.base);
  }

  /** Which page of a list is asked for, from 1 */
  numberIn(asked: string | undefined): number {
    return Math.min(Math.max(Number.parseInt(asked ?? '1', 10) || 1, 1), 10_000);
  }

  paging(page: number, total: number) {
    return {
      page,
      pages: Math.max(1, Math.ceil(total / PAGE)),
      previous: page - 1,
      next: page * PAGE < total ? page + 1 : 0,
    };
  }
}
