import { nearest, oneOf, quoted, type Complaint } from './fault.ts';
import type { Text } from '../kernel/text.ts';

/**
 * A file whose shape is not known to be right is read with these, so that a name that leads nowhere is found in the same run as a
 * missing key elsewhere.
 */

export type Path = readonly (string | number)[];
export type Loose = Readonly<Record<string, unknown>>;

export interface Item {
  readonly path: Path;
  readonly at: Loose;
}

const isGroup = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const group = (value: unknown): Loose => (isGroup(value) ? value : {});
export const keysOf = (value: unknown): string[] => Object.keys(group(value));
export const word = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const count = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The items of a list that are groups, each with its place */
export const items = (value: unknown, path: Path): Item[] =>
  Array.isArray(value) ? value.flatMap((at, i) => (isGroup(at) ? [{ at, path: [...path, i] }] : [])) : [];

/** The words of a list, each with its place */
export const words = (value: unknown, path: Path): { path: Path; value: string }[] =>
  Array.isArray(value)
    ? value.flatMap((one, i) => (typeof one === 'string' ? [{ value: one, path: [...path, i] }] : []))
    : [];

/** A mistyped `what` must not make every name of a meeting unknown: all that is not a milestone counts as one */
export const isMeeting = ({ at }: Item): boolean => at['what'] !== 'milestone';

/** What a name refers to: "a post of this file" */
export interface Known {
  readonly names: readonly string[];
  readonly what: Text;
}

/** A name that must be one of those known; nothing where it is, or where it is no word at all (the schema says that) */
export function mustBe(value: unknown, path: Path, { names, what }: Known): Complaint[] {
  if (typeof value !== 'string' || names.includes(value)) return [];
  if (names.length === 0)
    return [
      {
        path,
        found: quoted(value),
        expected: {
          ja: `${what.ja}（このファイルには一つもありません）`,
          en: `${what.en}, of which this file has none`,
        },
      },
    ];
  const meant = nearest(value, names);
  const list = oneOf(names);
  const expected = meant === undefined ? { ja: `${what.ja}（${list.ja}）`, en: `${what.en} (${list.en})` } : what;
  return [{ path, found: quoted(value), expected, meant }];
}
