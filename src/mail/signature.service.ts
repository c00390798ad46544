import { Inject, Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { CONFIG, type Config } from '../config/config.ts';

/** RFC 6376 §5.4 and RFC 8058 §4: what a reader sees or a program acts on. Headers that a mail does not have are left out. */
const SIGNED =
  'From:Reply-To:To:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'Content-Language:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post';

/**
 * Signs mails with the key of the sender's domain. The signature carries no time of its own and is put on before the bytes are stored, so
 * that every attempt to send a mail sends the same bytes.
 */
@Injectable()
export class Signature {
  readonly #signer: DKIM | undefined;

  constructor(@Inject(CONFIG) { dkim, mailFromDomain }: Config) {
    const key = dkim && { domainName: mailFromDomain, keySelector: dkim.selector, privateKey: dkim.key };
    this.#signer = key && new DKIM({ ...key, headerFieldNames: SIGNED });
  }

  /** The same bytes where no key is configured. @throws Error where they could not be signed: they must not leave unsigned unseen */
  async sign(bytes: Buffer): Promise<Buffer> {
    if (!this.#signer) return bytes;
    const signed = await buffer(this.#signer.sign(bytes));
    if (signed.length <= bytes.length) throw new Error('the mail could not be signed');
    return signed;
  }
}
