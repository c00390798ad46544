import { createHash, verify, type KeyObject } from 'node:crypto';

/** Whether a mail's DKIM signature holds, reckoned from RFC 6376 §3.4.2, §3.4.4, §3.7 without any of the signer's code. */
export function verifyDkim(mail: Buffer, publicKey: KeyObject): { valid: boolean; tags: ReadonlyMap<string, string> } {
  const raw = mail.toString('latin1');
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => ({
      name: line.slice(0, line.indexOf(':')).toLowerCase(),
      value: line.slice(line.indexOf(':') + 1),
    }));
  const own = headers.find(({ name }) => name === 'dkim-signature')!;
  const tags = new Map(
    own.value
      .split(';')
      .map((tag) => /^\s*(\w+)\s*=(.*)$/s.exec(tag))
      .flatMap((match) => (match ? [[match[1]!, match[2]!.replace(/\s+/g, '')] as const] : [])),
  );
  const squeezed = (value: string) => value.replace(/[ \t]+/g, ' ').trim();
  // §5.4.2: of several headers of one name, the last that was not counted yet
  const left = headers.filter((header) => header !== own);
  const signed = tags
    .get('h')!
    .split(':')
    .flatMap((name) => {
      const index = left.findLastIndex((header) => header.name === name.toLowerCase());
      if (index === -1) return [];
      const [header] = left.splice(index, 1);
      return [`${header!.name}:${squeezed(header!.value)}\r\n`];
    });
  const unsigned = `dkim-signature:${squeezed(own.value.replace(/(;\s*b=)[^;]*/, '$1'))}`;
  const body = `${raw
    .slice(end + 4)
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)+$/, '')}\r\n`;
  const hash = createHash('sha256').update(Buffer.from(body, 'latin1')).digest('base64');
  const text = Buffer.from(signed.join('') + unsigned, 'latin1');
  const valid = hash === tags.get('bh') && verify('RSA-SHA256', text, publicKey, Buffer.from(tags.get('b')!, 'base64'));
  return { valid, tags };
}
