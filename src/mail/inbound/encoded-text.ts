/**
 * Text from octets in a named character set. A wrong name is forgiven: what is valid UTF-8 is UTF-8, else what the name says, else
 * Windows-1252, in which every octet is some letter. A byte-order mark goes.
 */
export function decodeBytes(bytes: Uint8Array, charset = ''): string {
  const name = charset.trim().toLowerCase();
  // these two are octets below 128 also where the text is not ASCII
  const shifted = /^(iso-2022|utf-16|utf-7|hz-gb)/.test(name);
  if (!shifted) {
    try {
      return strict.decode(bytes);
    } catch {
      // not UTF-8
    }
  }
  try {
    return new TextDecoder(name === '' || name === 'us-ascii' ? 'windows-1252' : name).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });

const word = /=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=/g;

/**
 * A header's value as people read it (RFC 2047). Words that follow each other are joined before they are decoded: some cut a letter in
 * two. Octets outside of words are UTF-8 if they can be.
 */
export function decodeHeader(value: string): string {
  const joined = value.replace(/(=\?[^?\s]+\?[BbQq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[BbQq]\?[^?]*\?=)/g, '$1');
  let decoded = '';
  let end = 0;
  let run: { charset: string; octets: Buffer[] } | undefined;
  const flush = () => {
    if (run) decoded += decodeBytes(Buffer.concat(run.octets), run.charset);
    run = undefined;
  };
  for (const match of joined.matchAll(word)) {
    const [whole, named, encoding, content] = match as unknown as [string, string, string, string];
    const charset = named.split('*')[0]!.toLowerCase();
    if (match.index > end) {
      flush();
      decoded += plain(joined.slice(end, match.index));
    }
    if (run && run.charset !== charset) flush();
    run ??= { charset, octets: [] };
    run.octets.push(octetsOf(encoding, content));
    end = match.index + whole.length;
  }
  flush();
  return decoded + plain(joined.slice(end));
}

const plain = (octets: string): string =>
  // oxlint-disable-next-line no-control-regex -- anything beyond ASCII
  /[^\x00-\x7f]/.test(octets) ? decodeBytes(Buffer.from(octets, 'latin1')) : octets;

const octetsOf = (encoding: string, content: string): Buffer =>
  encoding.toLowerCase() === 'b'
    ? Buffer.from(content, 'base64')
    : Buffer.from(
        content
          .replaceAll('_', ' ')
          .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
