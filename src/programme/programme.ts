import { z } from 'zod';
import { MeetingActivity, MilestoneActivity } from './activity.ts';
import { expects } from './expectations.ts';
import { ReminderStep } from './reminder-step.ts';
import { Cost, CostByCount, Id, MonthDay, TextValue as Text, Time, Years } from './values.ts';

export { MeetingActivity, MilestoneActivity, type SeatRule, type SessionRule } from './activity.ts';
export { reminderRungs, ReminderStep, type ReminderOf, type ReminderRung } from './reminder-step.ts';
export { Due, Offset, Years, type Window } from './values.ts';

/**
 * A programme as data: what happens in a year, for whom, who must be there, and by which offsets. `templates/programmes/*.yaml` are
 * of this shape. Nothing here is of one programme only: WPI's year is one such file.
 */

const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

export const Programme = z.strictObject({
  format: z.literal('meguri-programme/1'),
  id: Id,
  name: Text,
  short: Text,
  /** What it calls its centres and its members of staff who look after one */
  words: z.strictObject({ centre: Text, officer: Text }).optional(),
  zone: z.string().refine((zone) => zones.has(zone), expects('zone')),
  secretariat: Text,
  /** The year that a cycle covers, relative to the one in which it runs */
  covers: z.enum(['previous', 'same']),
  fields: z.record(Id, Text),
  schemes: z.record(
    Id,
    z.strictObject({
      name: Text,
      years: z.int().min(1),
      extension: z.int().min(0).default(0),
      hosts: z.strictObject({ least: z.int().min(1), most: z.int().min(1) }),
      /** By which year the stage gate takes place, for a centre of which its own gate year is not known yet */
      gateBy: z.int().min(1).optional(),
    }),
  ),
  /** Switches of a year, off or on by default, chosen when the year is set up */
  options: z.record(Id, z.strictObject({ name: Text, default: z.boolean() })).default({}),
  posts: z.record(Id, z.strictObject({ name: Text, of: z.enum(['programme', 'centre', 'institution']) })),
  /** What a year is for a centre; the first that fits counts */
  kindsOfYear: z
    .array(z.strictObject({ id: Id, name: Text, years: Years, evaluation: z.boolean().default(false) }))
    .min(1),
  /** What a centre is called whose support has ended: an Academy centre */
  afterSupport: z.strictObject({ name: Text }).optional(),
  activities: z.array(z.discriminatedUnion('what', [MeetingActivity, MilestoneActivity])).min(1),
  assignments: z
    .array(
      z.strictObject({
        id: Id,
        name: Text,
        post: Id,
        costs: z.strictObject({ mismatch: Cost, continuity: Cost }),
        change: Cost,
      }),
    )
    .default([]),
  panels: z
    .array(
      z.strictObject({
        id: Id,
        name: Text,
        post: Id,
        min: z.int().min(0),
        max: z.int().min(1),
        target: z.int().min(0),
        short: Cost,
        dropped: Cost,
        mismatch: Cost,
        change: Cost,
        /** Whether each field of the centre must be covered by a member who knows it */
        coverFields: z.boolean().default(true),
      }),
    )
    .default([]),
  loads: z
    .array(
      z.strictObject({ id: Id, name: Text, of: z.array(z.string()).min(1), most: z.int().min(1), cost: CostByCount }),
    )
    .default([]),
  limits: z
    .array(
      z.strictObject({
        id: Id,
        name: Text,
        activities: z.array(Id).min(1),
        per: z.enum(['week', 'day']),
        most: z.int().min(1),
        cost: CostByCount.optional(),
      }),
    )
    .default([]),
  travel: z.strictObject({
    /** Kinds of traveller: from how many kilometres on a night, and from how many a free day, lies between two places */
    kinds: z.record(Id, z.strictObject({ nightBeyondKm: z.int().min(0), freeDayBeyondKm: z.int().min(0) })),
    tripCost: z.array(z.strictObject({ beyondKm: z.int().min(0), cost: Cost })).min(1),
    /** Where trips begin */
    from: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  }),
  unplaced: Cost.default(10_000),
  conflicts: z
    .strictObject({
      /** Kinds of relation that bind, and for how many years they look back; hard: no candidate; soft: at a price */
      rules: z.array(
        z.strictObject({
          kind: Id,
          name: Text,
          binds: z.enum(['hard', 'soft']),
          cost: Cost.default(0),
          lookBackYears: z.int().min(0).optional(),
        }),
      ),
    })
    .default({ rules: [] }),
  calendar: z
    .strictObject({
      /** Whose national holidays count; `none`: weekends and spans only */
      holidays: z.enum(['japan', 'none']).default('japan'),
      /** Spans in which nothing takes place (closed) or people come only if need be (tentative), beside weekends and holidays */
      spans: z
        .array(
          z.strictObject({
            name: Text,
            from: MonthDay,
            to: MonthDay,
            /** Of the span only its first Saturday and Sunday, with so many days before and after (Common Test) */
            firstWeekend: z
              .strictObject({ daysBefore: z.int().min(0).default(0), daysAfter: z.int().min(0).default(0) })
              .optional(),
            effect: z.enum(['closed', 'tentative', 'note']),
            activities: z.array(Id).min(1).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  /** The ladder by which answers and due things are asked after; none: nobody is reminded */
  reminders: z.array(ReminderStep).default([]),
  mail: z
    .strictObject({
      answerByAt: Time.default('17:00'),
      /** On the reader's clock, no reminder leaves from then to then; the same time twice: it may leave at any hour */
      quietFrom: Time.default('20:00'),
      quietTo: Time.default('08:00'),
    })
    .default({
      answerByAt: '17:00',
      quietFrom: '20:00',
      quietTo: '08:00',
    }),
});
export type Programme = z.infer<typeof Programme>;
export type Activity = Programme['activities'][number];
export type KindOfYear = Programme['kindsOfYear'][number];

export const activityOf = (programme: Programme, id: string): Activity | undefined =>
  programme.activities.find((activity) => activity.id === id);
export const meetingActivityOf = (programme: Programme, id: string): MeetingActivity | undefined => {
  const activity = activityOf(programme, id);
  return activity?.what === 'meeting' ? activity : undefined;
};
