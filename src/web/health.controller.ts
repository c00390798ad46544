import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Jobs } from '../jobs/jobs.service.ts';
import type { Way, WayNow } from '../mail/inbound/contact.ts';
import { Contacts } from '../mail/inbound/contacts.service.ts';
import { MailTransport } from '../mail/mail-transport.service.ts';

const WITHIN = 4_000;
/** Whoever asks every second must not cause a connection to the mail server each time */
const MAIL_IS_KNOWN_FOR = 10_000;

/** For whoever watches over the process: no sign-in, no personal data, the same in every language. */
@Controller()
export class HealthController {
  #mail: { readonly asked: number; readonly answer: Promise<string | undefined> } | undefined;

  constructor(
    private readonly jobs: Jobs,
    private readonly transport: MailTransport,
    private readonly contacts: Contacts,
  ) {}

  /** The process lives and answers; nothing else is asked, so that a database that is away does not get it restarted. */
  @Get('health')
  @Header('cache-control', 'no-store')
  health(): { status: 'live' } {
    return { status: 'live' };
  }

  /**
   * 200 when people can be served, else 503 with what is missing: `{ status, checks: { database, queue, mail }, inbound: { imap, listener } }`,
   * each check `ok` or the reason. `inbound` says how the ways stand by which replies come, and since when; one that is down is no reason to
   * take pages away from people, so it changes nothing in the status. Null where the database cannot be asked.
   */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: string; checks: Record<string, string>; inbound: Record<Way, SaidOfWay> | null }> {
    let inbound: Record<Way, SaidOfWay> | null = null;
    const [database, queue, mail] = await Promise.all([
      reasonOf(
        this.contacts.now().then(({ imap, listener }) => (inbound = { imap: said(imap), listener: said(listener) })),
      ),
      reasonOf(this.jobs.check()),
      this.#mailNow(),
    ]);
    const checks = { database: database ?? 'ok', queue: queue ?? 'ok', mail: mail ?? 'ok' };
    const ready = Object.values(checks).every((check) => check === 'ok');
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', checks, inbound };
  }

  #mailNow(): Promise<string | undefined> {
    const now = Date.now();
    if (!this.#mail || now - this.#mail.asked > MAIL_IS_KNOWN_FOR) {
      this.#mail = { asked: now, answer: this.transport.verify() };
    }
    return this.#mail.answer;
  }
}

interface SaidOfWay {
  readonly state: WayNow['state'];
  readonly lastContact: string | null;
  readonly downSince: string | null;
}

/** Without what the other side said: that may name hosts and users */
const said = ({ state, lastContact, since }: WayNow): SaidOfWay => ({
  state,
  lastContact: lastContact?.toISOString() ?? null,
  downSince: since?.toISOString() ?? null,
});

/** Undefined when it worked in time. Where there is a code it says enough, and messages beside one name hosts and users. */
async function reasonOf(check: Promise<unknown>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((done) => {
    timer = setTimeout(() => done(`no answer within ${WITHIN / 1000} s`), WITHIN);
  });
  const answer = check.then(
    () => undefined,
    (error: { code?: string; message?: string }) => error.code || error.message || 'failed',
  );
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
