import type { Text } from '../kernel/text.ts';
import { activityOf, type Offset, type Programme } from './programme.ts';

/** Pieces of sentences about a programme, in both languages. */

/** A name in the middle of an English sentence: "Site visit" becomes "site visit"; "PD/PO visit" and "Program Committee" stay. */
export function inSentence(name: Text): Text {
  const [first = '', second = ''] = name.en.split(/\s+/);
  const isProper = /[A-Z]/.test(first.slice(1)) || /^[A-Z]/.test(second);
  return isProper ? name : { ja: name.ja, en: name.en.charAt(0).toLowerCase() + name.en.slice(1) };
}

/** 1st, 2nd, 3rd, 11th */
export function nth(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}

export const nthYear = (n: number): Text => ({ ja: `${n}年目`, en: `${nth(n)} year` });

const units: Record<'days' | 'weeks' | 'workingDays', { ja: string; one: string; many: string }> = {
  days: { ja: '日', one: 'day', many: 'days' },
  weeks: { ja: '週間', one: 'week', many: 'weeks' },
  workingDays: { ja: '営業日', one: 'working day', many: 'working days' },
};

/** 「サイトビジットの42日前」 · "42 days before the site visit"; without an activity of that name 「42日前」 · "42 days before" */
export function offsetText(programme: Programme, offset: Offset): Text {
  const unit = offset.days !== undefined ? 'days' : offset.weeks !== undefined ? 'weeks' : 'workingDays';
  const count = offset[unit] ?? 0;
  const named = activityOf(programme, offset.before ?? offset.after ?? '');
  const of = named && inSentence(named.name);
  if (count === 0)
    return of ? { ja: `${of.ja}の当日`, en: `on the day of the ${of.en}` } : { ja: '当日', en: 'on the day' };
  const [ja, en] = offset.before === undefined ? ['後', 'after'] : ['前', 'before'];
  const { ja: counted, one, many } = units[unit];
  return {
    ja: `${of ? `${of.ja}の` : ''}${count}${counted}${ja}`,
    en: `${count} ${count === 1 ? one : many} ${en}${of ? ` the ${of.en}` : ''}`,
  };
}
