/**
 * Characters that change how the text around them is shown, or that some reader of the text takes as its end: controls (C0, C1, NUL,
 * DEL), bidirectional overrides, embeddings, isolates and marks (Unicode UAX #9), the byte-order mark and interlinear annotations. Joiners stay: emoji and some scripts need them.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const invisible =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const lineBreaks = /\r\n|[\r\u000B\u000C\u0085\u2028\u2029]/g;

const wellFormed = (value: string): string => value.toWellFormed().normalize('NFC');

/** Several lines of text: line breaks become `\n`, empty lines go, nothing invisible stays, NFC (RFC 5198). */
export function plainText(value: string): string {
  return wellFormed(value)
    .replace(lineBreaks, '\n')
    .replace(invisible, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** The same on one line: what goes into a subject, a header, a name, a place. Cut after `most` code points, with an ellipsis. */
export function oneLine(value: string, most = 300): string {
  const line = plainText(value.replace(/\t/g, ' ')).replace(/\n/g, ' ').replace(/ {2,}/g, ' ');
  const points = [...line];
  return points.length <= most ? line : `${points.slice(0, most - 1).join('')}…`;
}

/** The beginning of a text that fits into so many octets of UTF-8, cut between user-perceived characters (UAX #29). */
export function cutToOctets(value: string, most: number): string {
  if (Buffer.byteLength(value) <= most) return value;
  let room = most - Buffer.byteLength('…');
  let kept = '';
  for (const { segment } of graphemes.segment(value)) {
    room -= Buffer.byteLength(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
