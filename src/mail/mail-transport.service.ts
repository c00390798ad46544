import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.ts';
import { BuiltInMailbox } from './built-in-mailbox.service.ts';
import { SmtpLine } from './smtp-line.service.ts';

/** To one server two connections are welcome nearly everywhere; `?maxConnections=` in SMTP_URL says otherwise */
const LINES = 2;
const VERIFY_WITHIN = 5_000;

/** The way out: the server of SMTP_URL, or the built-in mailbox. */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  #lines: SmtpLine[] | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly mailbox: BuiltInMailbox,
  ) {}

  /** Connections are made when the first mail needs them. */
  async lines(): Promise<readonly SmtpLine[]> {
    if (!this.#lines) {
      const url = await this.#url();
      const wanted = Number(new URL(url).searchParams.get('maxConnections') ?? LINES);
      const count = Number.isInteger(wanted) && wanted >= 1 && wanted <= 50 ? wanted : LINES;
      this.#lines ??= Array.from({ length: count }, () => new SmtpLine(url));
    }
    return this.#lines;
  }

  /** For /ready. @returns why mail cannot be handed over now, without addresses or passwords; undefined when it can */
  async verify(): Promise<string | undefined> {
    let line: SmtpLine | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      const opened = new SmtpLine(await this.#url());
      line = opened;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${VERIFY_WITHIN / 1000} s`)), VERIFY_WITHIN);
      });
      await Promise.race([opened.verify(), late]);
      return undefined;
    } catch (error) {
      const { code, command, responseCode, message } = error as {
        code?: string;
        command?: string;
        responseCode?: number;
        message: string;
      };
      return code ? [code, command, responseCode].filter(Boolean).join(' ') : message;
    } finally {
      clearTimeout(timer);
      line?.close();
    }
  }

  async #url(): Promise<string> {
    return this.config.smtpUrl ?? (await this.mailbox.open());
  }

  onApplicationShutdown(): void {
    for (const line of this.#lines ?? []) line.close();
    this.#lines = undefined;
  }
}
