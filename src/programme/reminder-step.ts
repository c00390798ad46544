import { z } from 'zod';
import { Id, Offset, Time } from './values.ts';

/** Rungs of the ladder, lowest first */
export const reminderRungs = ['person', 'office', 'staff', 'telephone-list'] as const;
export type ReminderRung = (typeof reminderRungs)[number];

/** What is asked after: answers to invitations; what is handed in; steps of preparing a meeting */
const obligations = ['answer', 'milestone', 'logistics'] as const;
export type ReminderOf = (typeof obligations)[number];

/** One step of the ladder by which somebody is reminded of something that is due */
export const ReminderStep = z.strictObject({
  id: Id,
  /** Counted from `due`, the day by which the answer or the thing is wanted, or from `meeting`, the day of the meeting that it is about */
  offset: Offset,
  /** Of what; of everything unless told */
  for: z
    .array(z.enum(obligations))
    .min(1)
    .default([...obligations]),
  /** Where the day is none on which its reader works: the last such day before it, the first after it, or the day all the same */
  onDayOff: z.enum(['earlier', 'later', 'same']).default('later'),
  at: Time.default('10:00'),
  /** On whose clock */
  zone: z.enum(['reader', 'programme']).default('reader'),
  /** Those who have not answered, or also those whose answer is still 調整中 */
  audience: z.enum(['unanswered', 'unsettled']).default('unanswered'),
  to: z.enum(reminderRungs),
});
export type ReminderStep = z.infer<typeof ReminderStep>;
