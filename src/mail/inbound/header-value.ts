import { decodeBytes } from './encoded-text.ts';

/** `text/calendar; method=REPLY` taken apart (RFC 2045 §5.1, RFC 2231) */
export interface Parameterised {
  /** Lower case */
  readonly value: string;
  /** By lower-case name, without quotes */
  readonly parameters: Readonly<Record<string, string>>;
}

const parameter = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g;

export function parameterised(header: string): Parameterised {
  const semicolon = header.indexOf(';');
  const value = (semicolon === -1 ? header : header.slice(0, semicolon)).trim().toLowerCase();
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  const pieces = new Map<string, { at: number; text: string; encoded: boolean }[]>();
  for (const [, rawName, quoted, bare] of (semicolon === -1 ? '' : header.slice(semicolon)).matchAll(parameter)) {
    const [, name, at, encoded] = /^([^*]+)(?:\*(\d+))?(\*)?$/.exec(rawName!.toLowerCase()) ?? [];
    const text = quoted === undefined ? bare!.trim() : quoted.replace(/\\(.)/g, '$1');
    if (name === undefined) continue;
    if (at === undefined && encoded === undefined) plain[name] ??= text;
    else pieces.set(name, [...(pieces.get(name) ?? []), { at: Number(at ?? 0), text, encoded: encoded !== undefined }]);
  }
  for (const [name, parts] of pieces) plain[name] ??= joined(parts);
  return { value, parameters: plain };
}

/** RFC 2231 §3, §4: numbered pieces, the first may name a character set: `utf-8'ja'%E3%81%82` */
function joined(parts: { at: number; text: string; encoded: boolean }[]): string {
  let charset = 'utf-8';
  const octets = parts
    .sort((a, b) => a.at - b.at)
    .map(({ at, text, encoded }) => {
      if (!encoded) return text;
      const [, named, rest] = /^([^']*)'[^']*'(.*)$/s.exec(at === 0 ? text : '') ?? [];
      if (named) charset = named;
      return (rest ?? text).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    })
    .join('');
  return decodeBytes(Buffer.from(octets, 'latin1'), charset);
}

export interface HeaderAddress {
  readonly name: string;
  /** As it was written */
  readonly address: string;
}

/** Mailboxes of a From, To, Cc …; groups are taken for their members, what has no @ is left out. */
export function addressesIn(header: string): HeaderAddress[] {
  const found: HeaderAddress[] = [];
  for (const piece of pieces(header.slice(0, LONGEST_LIST))) {
    const angle = piece.lastIndexOf('<');
    const inside = angle === -1 ? withoutComments(piece) : piece.slice(angle + 1).split('>')[0]!;
    const address = inside.trim().split(/[\s:]/).at(-1)!;
    const name = angle === -1 ? '' : piece.slice(0, angle).trim().replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
    if (address.includes('@')) found.push({ name, address });
  }
  return found;
}

const LONGEST_LIST = 20_000;

/** Cut at commas and semicolons that stand in no quotes */
function pieces(list: string): string[] {
  const cut: string[] = [];
  let quoted = false;
  let begin = 0;
  for (let at = 0; at < list.length; at++) {
    const character = list[at];
    if (character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === ';')) {
      cut.push(list.slice(begin, at));
      begin = at + 1;
    }
  }
  return [...cut, list.slice(begin)];
}

const withoutComments = (value: string): string => value.replace(/\([^()]*\)/g, ' ');
