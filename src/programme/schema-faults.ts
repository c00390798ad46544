import type { z } from 'zod';
import { joinTexts, type Text } from '../kernel/text.ts';
import { expectations } from './expectations.ts';
import { described, nearest, oneOf, quoted, type Complaint } from './fault.ts';
import { Programme } from './programme.ts';

/** What the schema says of a file, as sentences that a person can act on. */

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

const kinds: Record<string, Text> = {
  string: { ja: '文字列', en: 'a text' },
  number: { ja: '数値', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true か false', en: 'true or false' },
  array: { ja: 'リスト（- で始まる行）', en: 'a list' },
  object: { ja: '項目のまとまり', en: 'a group of keys' },
  record: { ja: '項目のまとまり', en: 'a group of keys' },
};

const isExpectation = (message: string): message is keyof typeof expectations => Object.hasOwn(expectations, message);

function limit(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Text {
  const least = issue.code === 'too_small';
  const n = String(least ? issue.minimum : issue.maximum);
  if (issue.origin === 'array') {
    if (least && n === '1') return { ja: '1件以上のリスト', en: 'a list with at least one item' };
    return least
      ? { ja: `${n}件以上のリスト`, en: `at least ${n} items` }
      : { ja: `${n}件以下のリスト`, en: `at most ${n} items` };
  }
  if (issue.origin === 'string' && least) return { ja: '空でない文字列', en: 'a text that is not empty' };
  return least
    ? { ja: `${n}以上の数`, en: `a number of ${n} or more` }
    : { ja: `${n}以下の数`, en: `a number of ${n} or less` };
}

function expectedOf(issue: Issue): Text {
  if (isExpectation(issue.message)) return expectations[issue.message];
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? { ja: issue.expected, en: issue.expected };
    case 'too_small':
    case 'too_big':
      return limit(issue);
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'invalid_union':
      return joinTexts(
        issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectedOf)),
        'または',
        ' or ',
      );
    case 'invalid_key':
      return expectations.id;
    default:
      return { ja: issue.message, en: issue.message };
  }
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
    data,
  );

interface Definition {
  readonly type: string;
  readonly shape?: Record<string, Schema>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
}
interface Schema {
  readonly _zod: { readonly def: Definition; readonly values?: Set<unknown> };
}

/** The keys that may stand at a place, read out of the schema itself */
function keysAt(schema: Schema, data: unknown, path: Path): string[] {
  const { def } = schema._zod;
  if (def.innerType) return keysAt(def.innerType, data, path);
  if (def.options) {
    const { discriminator } = def;
    if (discriminator === undefined) return def.options.flatMap((option) => keysAt(option, data, path));
    const chosen = valueAt(data, [discriminator]);
    const option = def.options.find((one) => one._zod.def.shape?.[discriminator]?._zod.values?.has(chosen));
    return option ? keysAt(option, data, path) : [];
  }
  const [step, ...rest] = path;
  if (step === undefined) return def.shape ? Object.keys(def.shape) : [];
  const next = def.shape?.[step] ?? def.element ?? def.valueType;
  return next ? keysAt(next, valueAt(data, [step]), rest) : [];
}

function unknownKeys(issue: Extract<Issue, { code: 'unrecognized_keys' }>, data: unknown): Complaint[] {
  const path = issue.path as Path;
  const known = keysAt(Programme, data, path);
  const present = valueAt(data, path);
  const free = known.filter((key) => typeof present !== 'object' || present === null || !Object.hasOwn(present, key));
  const expected = free.length === 0 ? { ja: '項目なし', en: 'no further key' } : oneOf(free);
  return issue.keys.map((key) => {
    const meant = nearest(key, free);
    const found = { ja: `未知の項目${quoted(key).ja}`, en: `the unknown key ${quoted(key).en}` };
    return { path, atKey: key, found, expected: meant === undefined ? expected : quoted(meant), meant };
  });
}

function complaintOf(issue: Issue, data: unknown): Complaint[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, data);
  const key = path.at(-1);
  if (issue.code === 'invalid_key' && key !== undefined)
    return [{ path: path.slice(0, -1), atKey: String(key), found: quoted(String(key)), expected: expectedOf(issue) }];
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    const found = valueAt(data, path);
    const known = ['meeting', 'milestone'];
    return [{ path, found: described(found), expected: oneOf(known), meant: nearest(String(found), known) }];
  }
  const found = valueAt(data, path);
  const known = issue.code === 'invalid_value' && typeof found === 'string' ? issue.values.map(String) : [];
  return [{ path, found: described(found), expected: expectedOf(issue), meant: nearest(String(found), known) }];
}

/** @returns the programme with its defaults filled in, or everything that the schema does not accept */
export function checkSchema(data: unknown): { programme: Programme } | { complaints: Complaint[] } {
  const checked = Programme.safeParse(data);
  if (checked.success) return { programme: checked.data };
  return { complaints: checked.error.issues.flatMap((issue) => complaintOf(issue, data)) };
}
