import { z } from 'zod';
import { longestSpan, mostOfComment } from '../../availability/half-days.ts';
import { daysBetween, parseDate } from '../../kernel/calendar-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { Day, Line, OptionalDay } from '../../roster/cells.ts';
import type { Faults } from '../faults.ts';

const Comment = Line.refine(
  (value) => value.length <= mostOfComment,
  `${mostOfComment}文字以内で入力してください。 | At most ${mostOfComment} characters.`,
);
const Channel = z.enum(['staff', 'telephone']).catch('staff');

/** What stands under the marks of a month */
export const MonthForm = z.object({ comment: Comment, channel: Channel, was: z.string().max(200).catch('') });

const weekdays = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.coerce.number().int().min(1).max(7)),
);

/** So that a wrong stretch is said together with what else is wrong */
const daysAreThere = ({ value }: { value: unknown }): boolean => {
  const { from, to } = value as { from?: unknown; to?: unknown };
  return (
    typeof from === 'string' && typeof to === 'string' && parseDate(from) !== undefined && parseDate(to) !== undefined
  );
};

/** A stretch of days with one answer; without a last day it is the one day */
export const SpanBody = z
  .object({
    from: Day,
    to: OptionalDay,
    half: z.enum(['all', 'am', 'pm'], { error: '時間帯を選んでください。 | Choose a part of the day.' }),
    weekdays,
    state: z.enum(['o', 't', 'x', 'none'], { error: '回答を選んでください。 | Choose an answer.' }),
    comment: Comment,
    channel: Channel,
  })
  .refine(({ from, to }) => to === null || to >= from, {
    path: ['to'],
    when: daysAreThere,
    error: '終わりは始まり以降の日にしてください。 | It cannot end before it begins.',
  })
  .refine(({ from, to }) => to === null || daysBetween(from, to) < longestSpan, {
    path: ['to'],
    when: daysAreThere,
    error: '期間は2年以内にしてください。 | At most two years, please.',
  })
  .transform(({ to, weekdays: days, ...rest }) => ({
    ...rest,
    to: to ?? rest.from,
    ...(days.length ? { weekdays: days } : {}),
  }));

const fields: Readonly<Record<string, string>> = {
  'availability.span-not-usable': 'to',
  'availability.comment-not-usable': 'comment',
};
export const availabilityFaults = (refusal: Refusal): Faults => ({ [fields[refusal.code] ?? 'form']: refusal.text });
