import { decodeBytes } from './encoded-text.ts';
import { parameterised, type Parameterised } from './header-value.ts';

export interface Header {
  /** Lower case */
  readonly name: string;
  /** Unfolded; octets above 127 as they came, one character each */
  readonly value: string;
}

/** One part of a message (RFC 2045, 2046). A message inside a message is a leaf: what is in it was said elsewhere. */
export interface MimePart {
  readonly headers: readonly Header[];
  readonly type: Parameterised;
  readonly disposition: Parameterised;
  /** Name of the file, or empty */
  readonly filename: string;
  /** Only of a multipart; in the order of the message */
  readonly parts: readonly MimePart[];
  /** Without its transfer encoding; empty for a multipart */
  readonly body: Buffer;
}

export interface MimeLimits {
  readonly parts: number;
  readonly depth: number;
  /** Octets of the headers of one part */
  readonly headers: number;
}

export const usualLimits: MimeLimits = { parts: 200, depth: 20, headers: 256 * 1024 };

/** A message that is larger, deeper or has more parts than anything that people send */
export class TooMuch extends Error {}

/**
 * Takes a message apart in time that is linear in its size for each level. It never gives up on a malformed one: what has no
 * readable structure is one part of text.
 * @throws TooMuch
 */
export function mimeTree(raw: Buffer, limits: MimeLimits = usualLimits): MimePart {
  const count = { parts: 0 };
  return readPart(raw.toString('latin1'), 0, limits, count);
}

/** All leaves, in the order of the message */
export const leavesOf = (part: MimePart): MimePart[] =>
  part.parts.length > 0 ? part.parts.flatMap((inner) => leavesOf(inner)) : [part];

/** The text of a text part, decoded */
export const textOf = (part: MimePart): string => decodeBytes(part.body, part.type.parameters['charset']);

export const headerOf = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;
export const headersOf = (headers: readonly Header[], name: string): string[] =>
  headers.filter((header) => header.name === name).map((header) => header.value);

/** Headers only, of a message that is too large to be taken apart. At most so many octets are looked at. */
export const headOf = (raw: Buffer, most = usualLimits.headers): Header[] =>
  splitHead(raw.subarray(0, most).toString('latin1')).headers;

function readPart(source: string, depth: number, limits: MimeLimits, count: { parts: number }): MimePart {
  if (++count.parts > limits.parts) throw new TooMuch(`more than ${limits.parts} parts`);
  if (depth > limits.depth) throw new TooMuch(`more than ${limits.depth} levels`);
  const { headers, body, length } = splitHead(source);
  if (length > limits.headers) throw new TooMuch(`headers of more than ${limits.headers} octets`);
  const type = parameterised(headerOf(headers, 'content-type') ?? 'text/plain');
  const disposition = parameterised(headerOf(headers, 'content-disposition') ?? '');
  const filename = disposition.parameters['filename'] ?? type.parameters['name'] ?? '';
  const boundary = type.value.startsWith('multipart/') ? type.parameters['boundary'] : undefined;
  const pieces = boundary ? split(body, boundary) : [];
  if (pieces.length > 0) {
    const parts = pieces.map((piece) => readPart(piece, depth + 1, limits, count));
    return { headers, type, disposition, filename, parts, body: Buffer.alloc(0) };
  }
  const encoding = (headerOf(headers, 'content-transfer-encoding') ?? '').trim().toLowerCase();
  return { headers, type, disposition, filename, parts: [], body: decoded(body, encoding) };
}

/** Headers end at the first empty line (RFC 5322 §2.1); some write LF only. */
function splitHead(source: string): { headers: Header[]; body: string; length: number } {
  if (/^\r?\n/.test(source)) return { headers: [], body: source.replace(/^\r?\n/, ''), length: 0 };
  const end = /\r?\n\r?\n/.exec(source);
  const length = end ? end.index : source.length;
  const headers: Header[] = [];
  for (const line of unfolded(source.slice(0, length))) {
    const colon = line.indexOf(':');
    // `From ` of an mbox and what is no header at all are passed over
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (/^[!-9;-~]+$/.test(name)) headers.push({ name, value: line.slice(colon + 1).trim() });
  }
  return { headers, body: end ? source.slice(end.index + end[0].length) : '', length };
}

const unfolded = (head: string): string[] => head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);

/** The pieces between the boundaries (RFC 2046 §5.1.1); a missing last boundary is forgiven. Preamble and epilogue are nobody's. */
function split(body: string, boundary: string): string[] {
  const pieces: string[] = [];
  const delimiter = `--${boundary}`;
  let begin = -1;
  for (let at = body.indexOf(delimiter); at !== -1; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== '\n') continue;
    const lineEnd = body.indexOf('\n', at + delimiter.length);
    const rest = body.slice(at + delimiter.length, lineEnd === -1 ? body.length : lineEnd).trimEnd();
    const last = rest.startsWith('--');
    // `--outer-inner` is no boundary of `outer`
    if (rest !== '' && !last) continue;
    if (begin !== -1) pieces.push(body.slice(begin, at).replace(/\r?\n$/, ''));
    begin = last || lineEnd === -1 ? -1 : lineEnd + 1;
    if (last) return pieces;
  }
  if (begin !== -1) pieces.push(body.slice(begin));
  return pieces;
}

function decoded(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body);
  return Buffer.from(body, 'latin1');
}

/** RFC 2045 §6.7 */
export const quotedPrintable = (body: string): Buffer =>
  Buffer.from(
    body
      .split('\n')
      .map((line) => withoutTrailingSpace(line))
      .join('\r\n')
      .replaceAll('=\r\n', '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** By hand: a pattern would look at a long run of spaces from every one of them */
function withoutTrailingSpace(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\r'.includes(line[end - 1]!)) end--;
  return line.slice(0, end);
}
