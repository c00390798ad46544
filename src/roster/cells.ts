import { z } from 'zod';
import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';

/**
 * Everything in the roster can be written as cells: one text per column. A form on a page, a line of a CSV file and
 * `roster set` at the terminal carry the same cells and are read by the same schemas.
 */
export type Cells = Readonly<Record<string, string>>;

/** A validator's message in both languages, `日本語 | English`, as pages read it */
export const says = (ja: string, en: string): string => `${ja} | ${en}`;

/** @returns the two languages of a message of `says`; anything else is said to need a look */
export function sentence(message: string): Text {
  const [ja, en, ...rest] = message.split(' | ');
  if (ja && en && !rest.length) return { ja, en };
  return { ja: '入力内容を確認してください。', en: 'Please check this entry.' };
}

export const missing = says('入力してください。', 'Please fill this in.');

/**
 * Joins a letter and the marks that follow it (files from macOS keep が as か + ゛). Not NFC as a whole: that would turn 神 and other
 * compatibility ideographs of people's names into their common form.
 */
const compose = (value: string): string =>
  value.replace(/\P{M}[\u0300-\u036f\u3099\u309a]+/gu, (m) => m.normalize('NFC'));

const cell = z
  .string({ error: missing })
  .default('')
  .transform((value) => compose(value).replace(/\r\n?/g, '\n').trim());

/** Line breaks in a name would end up in the header of a mail. */
const oneLine = cell.refine(
  (value) => !/[\p{Cc}\u2028\u2029]/u.test(value),
  says('改行や制御文字は使えません。', 'Line breaks and control characters cannot be used here.'),
);

/** May be empty */
export const Line = oneLine.refine(
  (value) => value.length <= 500,
  says('500文字以内で入力してください。', 'At most 500 characters.'),
);
export const RequiredLine = Line.refine((value) => value !== '', missing);
/** Several lines, may be empty */
export const Lines = cell
  .refine(
    (value) => !/[^\P{Cc}\n\t]/u.test(value),
    says('制御文字は使えません。', 'Control characters cannot be used here.'),
  )
  .refine((value) => value.length <= 4000, says('4000文字以内で入力してください。', 'At most 4000 characters.'));

const idText = says('英小文字・数字・ハイフンで入力してください。', 'Small letters, digits and hyphens, please.');
export const idPattern = /^[a-z0-9][a-z0-9-]{0,79}$/;
export const Id = RequiredLine.refine((value) => value === '' || idPattern.test(value), idText);
/** Null where the cell is empty */
export const OptionalId = Line.refine((value) => value === '' || idPattern.test(value), idText).transform(
  (value) => value || null,
);

export const integer = (least: number, most: number) =>
  RequiredLine.refine(
    (value) => value === '' || (/^-?\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most),
    says(`${least}から${most}までの整数で入力してください。`, `A whole number from ${least} to ${most}, please.`),
  ).transform(Number);

/** Null where the cell is empty */
export const optionalInteger = (least: number, most: number) =>
  Line.refine(
    (value) => value === '' || (/^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most),
    says(`${least}から${most}までの整数か空欄にしてください。`, `A whole number from ${least} to ${most}, or nothing.`),
  ).transform((value) => (value === '' ? null : Number(value)));

export const degrees = (most: number) =>
  RequiredLine.refine(
    (value) => value === '' || (/^-?\d{1,3}(\.\d{1,12})?$/.test(value) && Math.abs(Number(value)) <= most),
    says(
      `-${most}から${most}までの度数（例 35.6812）で入力してください。`,
      `Degrees from -${most} to ${most}, such as 35.6812.`,
    ),
  ).transform(Number);

const yes = new Set(['yes', 'true', '1', 'on', 'はい', '○', '〇', 'y']);
const no = new Set(['', 'no', 'false', '0', 'off', 'いいえ', '×', 'n']);
/** An unticked box of a form sends nothing: no */
export const YesNo = Line.refine(
  (value) => yes.has(value.toLowerCase()) || no.has(value.toLowerCase()),
  says('yes か no で入力してください。', 'yes or no, please.'),
).transform((value) => yes.has(value.toLowerCase()));
export const yesNoCell = (value: boolean): string => (value ? 'yes' : 'no');

const eras: Readonly<Record<string, number>> = { 令和: 2018, R: 2018, 平成: 1988, H: 1988 };

/** 2027-04-01, 2027/4/1 (as Excel rewrites it), 2027年4月1日, 令和9年4月1日, R9.4.1. @returns undefined where there is no such day */
export function readDay(value: string): CalendarDate | undefined {
  const plain = value
    .normalize('NFKC')
    .replace(/\(.\)|曜日/g, '')
    .replace(/\s/g, '');
  const match = /^(令和|平成|R|H)?(\d{1,4}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
  if (!match) return undefined;
  const [, era, year, month, day] = match;
  if (era === undefined && year!.length !== 4) return undefined;
  const full = (era ? eras[era]! : 0) + (year === '元' ? 1 : Number(year));
  return parseDate(`${full}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
}

const dayText = says('2027-04-01 のように実在する日付で入力してください。', 'A day that exists, such as 2027-04-01.');
export const Day = RequiredLine.refine((value) => value === '' || readDay(value) !== undefined, dayText).transform(
  (value) => readDay(value) as CalendarDate,
);
/** Null where the cell is empty */
export const OptionalDay = Line.refine((value) => value === '' || readDay(value) !== undefined, dayText).transform(
  (value) => (value === '' ? null : (readDay(value) as CalendarDate)),
);

/** Several in one cell, separated by semicolons or line breaks */
export const List = Lines.transform((value) =>
  value
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
export const listCell = (values: readonly string[]): string => values.join('; ');

export const LanguageCell = Line.transform((value) => value.toLowerCase()).pipe(
  z.enum(['ja', 'en'], { error: says('ja か en で入力してください。', 'ja or en, please.') }),
);

const zones = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));

/** @returns the zone as IANA writes it; undefined where there is none of that name */
export function readZone(value: string): string | undefined {
  const known = zones.get(value.toLowerCase());
  if (known || value === 'UTC') return known ?? value;
  if (!/^[A-Z]\w+\/[\w/+-]+$/.test(value)) return undefined;
  try {
    // newer and older names of a zone (Asia/Kolkata, Asia/Calcutta): only one of them is in the list above
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    return undefined;
  }
}
