import { z } from 'zod';
import { expects } from './expectations.ts';

/** The small values of which a programme file consists. */

export const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, expects('id'));
export const TextValue = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) });

/** 29 February is left out: a day of every fiscal year is meant */
const longest = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const exists = (value: string): boolean => {
  const parts = /^(\d\d)-(\d\d)$/.exec(value);
  const days = parts && longest[Number(parts[1]) - 1];
  return !!days && Number(parts[2]) >= 1 && Number(parts[2]) <= days;
};
/** Day of a fiscal year, `MM-DD` */
export const MonthDay = z.string().refine(exists, expects('month-day'));
export const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, expects('time'));
export const Cost = z.int().min(0);
export const CostByCount = z.array(Cost).min(1);

/** From a day until a day, both included; may run over New Year, not over 31 March */
export const Window = z.strictObject({ from: MonthDay, to: MonthDay });
export type Window = z.infer<typeof Window>;

/**
 * So many days, weeks or working days before or after something: an activity; `meeting` in what prepares several meetings; `due`, the
 * due day itself, in reminders. Before counts from its first day, after from its last.
 */
export const Offset = z
  .strictObject({
    before: Id.optional(),
    after: Id.optional(),
    days: z.int().min(0).optional(),
    weeks: z.int().min(0).optional(),
    workingDays: z.int().min(0).optional(),
  })
  .refine((o) => (o.before === undefined) !== (o.after === undefined), expects('before-or-after'))
  .refine((o) => [o.days, o.weeks, o.workingDays].filter((n) => n !== undefined).length === 1, expects('one-length'));
export type Offset = z.infer<typeof Offset>;

/** When something is due: an offset from an activity, or a fixed day of the fiscal year */
export const Due = z
  .strictObject({ offset: Offset.optional(), on: MonthDay.optional(), at: Time.default('17:00') })
  .refine((due) => (due.offset === undefined) !== (due.on === undefined), expects('offset-or-day'));
export type Due = z.infer<typeof Due>;

const YearNumber = z.union([z.int().min(1), z.enum(['last', 'gate'])]);

/**
 * Which years of a centre's support: `from`/`to` and `only` count from 1 (the year of adoption); `last` is the last supported year,
 * `gate` the centre's own stage-gate year. `schemes` narrows to some schemes, `option` to years in which that option is switched on;
 * `also` adds years that an option switches on.
 */
export const Years = z.strictObject({
  from: z.int().min(1).default(1),
  to: z.int().min(1).optional(),
  only: z.array(YearNumber).min(1).optional(),
  except: z.array(z.int().min(1)).default([]),
  schemes: z.array(Id).min(1).optional(),
  option: Id.optional(),
  also: z.array(z.strictObject({ year: YearNumber, option: Id })).default([]),
  /** Whether it goes on after support has ended; `only`: nothing before that */
  afterSupport: z.union([z.boolean(), z.literal('only')]).default(false),
});
export type Years = z.infer<typeof Years>;
