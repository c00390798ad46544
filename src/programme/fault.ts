import type { Text } from '../kernel/text.ts';

/** A mistake in a programme file: where it is, what stands there, and what should. */
export interface Fault {
  readonly file: string;
  /** From 1 */
  readonly line: number;
  readonly column: number;
  /** `activities.site.seats.director.holder`: items of a list by their id where they have one */
  readonly path: string;
  readonly found: Text;
  readonly expected: Text;
  /** The whole sentence, with file and line */
  readonly text: Text;
}

/** A mistake before its place in the file is known */
export interface Complaint {
  readonly path: readonly (string | number)[];
  /** The mistake is the key itself, not what stands under it */
  readonly atKey?: string;
  readonly found: Text;
  readonly expected: Text;
  /** What was probably meant */
  readonly meant?: string | undefined;
}

export const quoted = (value: string): Text => ({ ja: `「${value}」`, en: `"${value}"` });

/** What stands in a file, in a few words */
export function described(value: unknown): Text {
  if (value === undefined) return { ja: '記載なし', en: 'nothing' };
  if (value === null) return { ja: '空欄', en: 'nothing after the colon' };
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return { ja: String(value), en: String(value) };
  if (Array.isArray(value)) return { ja: `${value.length}件のリスト`, en: `a list of ${value.length}` };
  return { ja: '項目のまとまり', en: 'a group of keys' };
}

/** `a, b or c`; of long lists the beginning */
export function oneOf(values: readonly string[]): Text {
  const shown = values.length > 20 ? [...values.slice(0, 20), '…'] : values;
  const [only] = shown;
  if (shown.length === 1) return quoted(only!);
  return { ja: `次のいずれか：${shown.join('、')}`, en: `one of: ${shown.join(', ')}` };
}

export function sentence(file: string, line: number, column: number, path: string, complaint: Complaint): Text {
  const { found, expected, meant } = complaint;
  const at = `${file}:${line}:${column}`;
  const where = path === '' ? '' : ` ${path}`;
  return {
    ja: `${at}${where}：${found.ja}。正しくは${expected.ja}。${meant === undefined ? '' : `「${meant}」ではありませんか。`}`,
    en: `${at}${where}: found ${found.en}, expected ${expected.en}${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`,
  };
}

/** Edits between two words: letters added, left out, exchanged, or two neighbours swapped */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = best;
    }
  return rows[a.length]![b.length]!;
}

/** The known word that is nearest, where it is near enough to have been meant: a third of its letters at most */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (w: string) => w.toLowerCase().replaceAll(/[-_ ]/g, '');
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(plain(word), plain(candidate)) }))
    .filter(({ candidate, away }) => away <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.candidate;
}
