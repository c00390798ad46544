import type { Text } from '../kernel/text.ts';

/**
 * What a value of a programme file must be, where the kind of value alone does not say it. The schema names these by code, so that a
 * rule without its two sentences does not compile.
 */
export const expectations = {
  id: {
    ja: '英小文字で始まり、英小文字・数字・ハイフンだけの名前',
    en: 'a name of small letters, digits and hyphens that begins with a letter',
  },
  'month-day': { ja: '実在する日（"MM-DD"、例："06-01"）', en: 'a day that exists, as "MM-DD": "06-01"' },
  time: { ja: '時刻（"HH:MM"、例："10:00"）', en: 'a time as "HH:MM": "10:00"' },
  zone: { ja: 'IANAのタイムゾーン名（例：Asia/Tokyo）', en: 'an IANA zone such as Asia/Tokyo' },
  'before-or-after': { ja: 'before か after のどちらか一方', en: 'either "before" or "after", and only one of them' },
  'one-length': {
    ja: 'days、weeks、workingDays のうち一つだけ',
    en: 'one of "days", "weeks", "workingDays", and only one of them',
  },
  'offset-or-day': { ja: 'offset か on のどちらか一方', en: 'either "offset" or "on", and only one of them' },
} as const satisfies Record<string, Text>;
export type Expectation = keyof typeof expectations;

/** Written where zod takes a message */
export const expects = (code: Expectation): Expectation => code;
