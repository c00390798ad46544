/** One content line of a calendar, unfolded (RFC 5545 §3.1). */
export interface ContentLine {
  readonly name: string;
  /** Parameter values with their quotes, as they stand */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

export const LINE_OCTETS = 75;

/** Into lines of at most 75 octets, the leading space counted, never inside a character (RFC 5545 §3.1; itip A1). CRLF at the end. */
export function fold(line: string): string {
  let folded = '';
  let room = LINE_OCTETS;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (octets > room) {
      folded += '\r\n ';
      room = LINE_OCTETS - 1;
    }
    folded += character;
    room -= octets;
  }
  return `${folded}\r\n`;
}

/** The content lines of a calendar with CRLF line ends */
export const unfold = (calendar: string): readonly string[] =>
  calendar
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');

const contentLine = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/u;
const parameter = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)/gu;

/** @returns undefined where the line is not of the form `NAME;PARAMETER=value:value`, or says a parameter twice */
export function parseLine(line: string): ContentLine | undefined {
  const match = contentLine.exec(line);
  if (!match) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name, value] of match[2]!.matchAll(parameter)) {
    if (parameters.has(name!.toUpperCase())) return undefined;
    parameters.set(name!.toUpperCase(), value!);
  }
  return { name: match[1]!.toUpperCase(), parameters, value: match[3]! };
}

/** A TEXT value as it was before escaping (RFC 5545 §3.3.11); undefined where something in it should have been escaped */
export function unescapeText(value: string): string | undefined {
  if (!/^(?:[^\\;,]|\\[\\;,nN])*$/u.test(value)) return undefined;
  return value.replace(/\\([\\;,nN])/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped));
}
