import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readConfig, type Config } from '../../src/config/config.ts';
import { compose } from '../../src/mail/mime.ts';
import { Signature } from '../../src/mail/signature.service.ts';
import { verifyDkim } from './dkim.ts';
import { invitation, notice } from './sample.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const config: Config = {
  ...readConfig({ MAIL_DOMAIN: 'visits.example.org' }),
  dkim: { selector: 'mihon2027', key: privateKey },
};
const signature = new Signature(config);
const others = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;

describe('A signed mail', () => {
  it('can be verified by anybody who has the public key of the sender’s domain (B8)', async () => {
    for (const mail of [
      invitation(),
      notice(),
      notice({ text: '末尾の空白  \n\n\n', subject: '長い件名'.repeat(30) }),
    ]) {
      const signed = await signature.sign(await compose(mail));
      const { valid, tags } = verifyDkim(signed, publicKey);
      expect(valid).toBe(true);
      expect(Object.fromEntries(tags)).toMatchObject({
        d: 'visits.example.org',
        s: 'mihon2027',
        a: 'rsa-sha256',
        c: 'relaxed/relaxed',
      });
      const covered = tags.get('h')!.split(':');
      for (const name of ['from', 'to', 'subject', 'date', 'message-id', 'reply-to', 'content-type', 'auto-submitted'])
        expect(covered).toContain(name);
      expect(verifyDkim(signed, others).valid).toBe(false);
    }
  });

  it('cannot be changed on the way without being found out', async () => {
    const signed = (await signature.sign(await compose(invitation()))).toString('latin1');
    const changed = (from: RegExp, to: string) => {
      expect(signed).toMatch(from);
      return verifyDkim(Buffer.from(signed.replace(from, to), 'latin1'), publicKey).valid;
    };
    expect(changed(/(\r\n\r\n)/, '$1x')).toBe(false);
    expect(changed(/^Subject: /m, 'Subject: x')).toBe(false);
    expect(changed(/^Date: /m, 'Date:  ')).toBe(true);
    expect(changed(/d=visits/, 'd=visit')).toBe(false);
  });

  it('is the same mail behind its signature, and the same bytes every time', async () => {
    const bytes = await compose(invitation());
    const [one, again] = [await signature.sign(bytes), await signature.sign(bytes)];
    expect(one.equals(again)).toBe(true);
    expect(one.subarray(one.length - bytes.length).equals(bytes)).toBe(true);
    expect(one.subarray(0, one.length - bytes.length).toString()).toMatch(/^DKIM-Signature: v=1;[^]*\r\n$/);
  });

  it('is not signed where no key is configured', async () => {
    const bytes = await compose(notice());
    expect((await new Signature(readConfig({})).sign(bytes)).equals(bytes)).toBe(true);
  });
});
