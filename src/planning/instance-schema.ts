import { z } from 'zod';
import { askKinds } from './instance.ts';

/*
 * The form of an instance: kinds of values, nothing that needs a look at another place (instance-faults.ts does that). What the planner
 * does not know is let through and ignored, so that others can keep notes in their files.
 */

const whole = z.number().int().nonnegative().max(1e9);
const positive = z.number().int().positive().max(1e9);
/** −1: two places that somebody may be at on one day */
const freeDays = z.number().int().min(-1).max(1e9);
const id = z.string().min(1).max(200);
const costs = z.record(z.string(), whole);
const choice = z.object({ person: id, costs });

const kindsOfSeat = {
  person: z.object({ person: id }),
  oneOf: z.object({ oneOf: z.array(choice) }),
  assigned: z.object({ assigned: id }),
  panel: z.object({
    panel: id,
    atLeast: whole,
    percent: z.number().min(0).max(100),
    absent: whole,
    tagged: z.object({ tag: z.string(), missing: whole }).optional(),
  }),
};

// loose: the keys that tell the forms apart must still be there when they are looked for
const anySeat = z.looseObject({
  id,
  tentative: whole,
  change: whole.optional(),
  openingOnly: z.boolean().optional(),
  travel: z.string().optional(),
  trip: z.boolean().optional(),
});

/** Exactly one of several forms, told apart by the key that only it has; faults are reported inside that form. */
function oneFormOf(forms: Record<string, z.ZodType>) {
  const keys = Object.keys(forms);
  return (value: unknown, context: z.RefinementCtx): void => {
    if (typeof value !== 'object' || value === null) return;
    const present = keys.filter((key) => Object.hasOwn(value, key));
    if (present.length !== 1) {
      context.addIssue({ code: 'custom', message: `one of ${keys.join(', ')}`, params: { oneOf: keys } });
      return;
    }
    const result = forms[present[0]!]!.safeParse(value);
    for (const issue of result.error?.issues ?? []) context.addIssue({ ...issue });
  };
}

const seat = anySeat.superRefine(oneFormOf(kindsOfSeat)) as z.ZodType;
const { panel: _, ...withoutPanel } = kindsOfSeat;
const hearingSeat = anySeat
  .pick({ id: true, tentative: true, change: true })
  .superRefine(oneFormOf(withoutPanel)) as z.ZodType;

const seats = z.record(z.string(), id);
const kindsOfLock = {
  meeting: z.object({ meeting: id, start: whole.optional(), seats: seats.optional() }),
  assignment: z.object({ assignment: id, person: id }),
  panel: z.object({ panel: id, people: z.array(id) }),
  conference: z.object({ conference: id, day: whole }),
  hearing: z.object({ hearing: id, day: whole, slot: whole, seats: seats.optional() }),
};

const placedMeeting = z.object({
  start: whole,
  seats: seats.optional(),
  attending: z.record(z.string(), z.array(id)).optional(),
  online: z.boolean().optional(),
});

const reference = z.object({
  meetings: z.record(z.string(), placedMeeting.nullable()).optional(),
  assignments: z.record(z.string(), id.nullable()).optional(),
  panels: z.record(z.string(), z.array(id).nullable()).optional(),
  conferences: z.record(z.string(), z.object({ day: whole }).nullable()).optional(),
  hearings: z.record(z.string(), z.object({ day: whole, slot: whole, seats: seats.optional() }).nullable()).optional(),
});

const window = { from: whole, to: whole, closed: z.array(whole) };

export const instanceSchema = z.object({
  format: z.literal('meguri-planning/1'),
  name: z.string().max(500),
  zone: z.string(),
  days: z.array(z.object({ date: z.string() })),
  places: z.array(z.string()),
  travel: z.record(z.string(), z.array(z.array(freeDays))),
  tripCost: z.array(whole),
  people: z.array(z.object({ id, name: z.string().optional(), availability: z.string(), zone: z.string().optional() })),
  meetings: z.array(
    z.object({
      id,
      kind: z.string(),
      unit: z.string(),
      place: whole,
      halfDays: positive,
      startsIn: z.enum(['morning', 'either']),
      ...window,
      online: z.object({ cost: whole }).optional(),
      seats: z.array(seat),
      change: z.object({ moved: whole, perDay: whole, perDayMost: whole, mode: whole.optional() }),
    }),
  ),
  assignments: z.array(z.object({ id, unit: z.string(), candidates: z.array(choice), change: whole })),
  panels: z.array(
    z.object({
      id,
      unit: z.string(),
      candidates: z.array(choice.extend({ covers: z.array(z.string()), tags: z.array(z.string()) })),
      min: whole,
      max: whole,
      target: whole,
      short: whole,
      needs: z.array(z.string()).max(30),
      previous: z.array(id),
      dropped: whole,
      change: whole,
    }),
  ),
  loads: z.array(
    z.object({
      id,
      of: z.array(z.string()),
      most: whole,
      mostOf: z.record(z.string(), whole).optional(),
      cost: z.array(whole),
    }),
  ),
  limits: z.array(
    z.object({ id, meetings: z.array(id), per: z.enum(['week', 'day']), most: whole, cost: z.array(whole).optional() }),
  ),
  conferences: z.array(
    z.object({
      id,
      ...window,
      dayCount: positive,
      slots: z.array(z.object({ at: z.string(), minutes: positive })),
      members: z.array(z.object({ person: id, online: z.boolean().optional(), required: z.boolean().optional() })),
      quorum: whole,
      absent: whole,
      tentative: whole,
      hearings: z.array(
        z.object({
          id,
          unit: z.string(),
          recused: z.array(id),
          seats: z.array(hearingSeat),
          after: z.array(z.object({ meeting: id, days: whole })),
          change: whole,
        }),
      ),
      change: whole,
    }),
  ),
  unplaced: whole,
  locks: z.array(z.unknown().superRefine(oneFormOf(kindsOfLock))),
  reference: reference.nullable(),
  askCosts: z.partialRecord(z.enum(askKinds), whole).optional(),
});

/** More than this in one list is refused before anything else is looked at: an instance of 1,000 centres has 2,000 meetings. */
export const mostOf: Readonly<Record<string, number>> = {
  days: 2_000,
  places: 1_000,
  people: 50_000,
  meetings: 10_000,
  assignments: 10_000,
  panels: 10_000,
  loads: 10_000,
  limits: 10_000,
  conferences: 1_000,
  locks: 100_000,
};
