import { z } from 'zod';
import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { planningRefusals } from './refusals.ts';

/*
 * What may be different in a year: the one language in which a what-if copy says how it differs, in which an answer to a question of
 * the planner ("ask the director for the morning of 8 July") is written down, and in which the year keeps what staff decided beside the
 * programme's rules. Days are dates and people ids, so that a change means the same whatever the calendar of an instance is.
 */

const Day = z.string().transform((value, context): CalendarDate => {
  const day = parseDate(value.trim());
  if (!day) context.addIssue({ code: 'custom', message: 'day' });
  return day!;
});
const id = z.string().min(1).max(200);
const count = z.int().min(0).max(10_000);
const points = z.int().min(0).max(1_000_000);
export const Order = z.array(z.array(z.string().min(1).max(60)).min(1).max(40)).max(8);
export const Percent = z.int().min(0).max(1_000);

const kinds = [
  /** A part of the cost, in per cent of what the programme says */
  z.strictObject({ change: z.literal('weight'), part: z.string().min(1).max(60), percent: Percent }),
  /** Which parts come before which, however small the difference; none: all are added up */
  z.strictObject({ change: z.literal('order'), order: Order }),
  /** `of`: a meeting's key or an activity, all of whose meetings are meant */
  z.strictObject({ change: z.literal('window'), of: id, from: Day.optional(), to: Day.optional() }),
  /** Days on which it cannot be; `*`: nothing can */
  z.strictObject({ change: z.literal('close'), of: id, from: Day, to: Day }),
  /** Days on which it can be although they are closed, or no working days */
  z.strictObject({ change: z.literal('open'), of: id, from: Day, to: Day }),
  z.strictObject({
    change: z.literal('half-days'),
    person: id,
    from: Day,
    to: Day,
    half: z.enum(['am', 'pm', 'all']),
    state: z.enum(['o', 't', 'x']),
  }),
  /** `of`: an assignment, a panel, a meeting, or one seat of it (`site/c3 lead`) */
  z.strictObject({ change: z.literal('forbid'), person: id, of: id }),
  z.strictObject({
    change: z.literal('allow'),
    person: id,
    of: id,
    costs: z.record(z.string().min(1).max(60), points).optional(),
  }),
  z.strictObject({ change: z.literal('limit'), limit: id, most: count }),
  /** Without a person: of everybody */
  z.strictObject({ change: z.literal('load'), load: id, person: id.optional(), most: count }),
  /** `of`: the panel's seat of a meeting, `site/c3 working-group` */
  z.strictObject({ change: z.literal('quorum'), of: id, atLeast: count }),
  z.strictObject({ change: z.literal('online'), of: id, allowed: z.boolean(), cost: points.optional() }),
  /** The planner may move it again, and choose who sits in these seats; without seats: the day */
  z.strictObject({ change: z.literal('unlock'), meeting: id, seats: z.array(id).max(50).optional() }),
  z.strictObject({ change: z.literal('fix'), meeting: id, day: Day, half: z.enum(['am', 'pm']) }),
] as const;

export const YearChange = z
  .discriminatedUnion('change', kinds)
  .refine((change) => !('from' in change && change.from && change.to && change.to < change.from), 'span');
export type YearChange = z.infer<typeof YearChange>;
export const YearChanges = z.array(YearChange).max(200);
export type ChangeOf<K extends YearChange['change']> = Extract<YearChange, { change: K }>;

/** @throws Refusal naming the first place that is wrong */
export function readChanges(typed: unknown): YearChange[] {
  const read = YearChanges.safeParse(typed);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw Refusal.of(planningRefusals, 'planning.bad-change', { what: `${path.join('.')} ${message}`.slice(0, 200) });
}

export const changesOf = <K extends YearChange['change']>(
  changes: readonly YearChange[] | undefined,
  ...wanted: readonly K[]
): ChangeOf<K>[] =>
  (changes ?? []).filter((one): one is ChangeOf<K> => (wanted as readonly string[]).includes(one.change));

/** Whether a change that is said of a meeting or an activity is about this meeting */
export const isAbout = (of: string, meeting: { readonly key: string; readonly activity: string }): boolean =>
  of === '*' || of === meeting.key || of === meeting.activity;

/** What a change is about: a later one about the same takes the place of an earlier one. */
export function subjectOf(change: YearChange): string {
  switch (change.change) {
    case 'weight':
      return `weight ${change.part}`;
    case 'order':
      return 'order';
    case 'limit':
      return `limit ${change.limit}`;
    case 'load':
      return `load ${change.load} ${change.person ?? ''}`;
    case 'window':
    case 'quorum':
    case 'online':
      return `${change.change} ${change.of}`;
    case 'forbid':
    case 'allow':
      return `candidate ${change.person} ${change.of}`;
    case 'unlock':
    case 'fix':
      return `lock ${change.meeting}`;
    default:
      return JSON.stringify(change);
  }
}

/** Both lists as one, in which nothing is said twice */
export function merged(earlier: readonly YearChange[], later: readonly YearChange[]): YearChange[] {
  const bySubject = new Map<string, YearChange>();
  for (const change of [...earlier, ...later]) {
    bySubject.delete(subjectOf(change));
    bySubject.set(subjectOf(change), change);
  }
  return [...bySubject.values()];
}
