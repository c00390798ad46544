import { z } from 'zod';
import { Cost, Due, Id, Offset, TextValue, Time, Window, Years } from './values.ts';

/** Activities of a programme's year: meetings with their seats, and milestones that are due on a day. */

/** Who may sit in a seat: holders of a kind of post, cheapest first. `cost` 0 is the one who is meant. */
const Choice = z.strictObject({
  post: Id,
  cost: Cost.default(0),
  costName: z.enum(['stand-in', 'rank']).default('stand-in'),
});

const Seat = z.strictObject({
  id: Id,
  name: TextValue,
  side: z.enum(['visiting', 'centre']),
  required: z.boolean().default(true),
  /** One seat for each host institution of the centre */
  perHost: z.boolean().default(false),
  /** Filled by the one of these holders that the plan chooses */
  oneOf: z.array(Choice).min(1).optional(),
  /** Filled by whoever holds the post; of several holders each has a seat */
  holder: Id.optional(),
  /** Filled by the person of an assignment of the centre */
  assigned: Id.optional(),
  /** Filled by those members of the centre's panel who come */
  panel: z
    .strictObject({
      id: Id,
      atLeast: z.int().min(0).default(0),
      percent: z.int().min(0).max(100).default(0),
      absent: Cost.default(0),
      tagged: z.strictObject({ tag: Id, missing: Cost }).optional(),
    })
    .optional(),
  /** Staff add people by hand: principal investigators, ministry officials */
  byHand: z.boolean().default(false),
  /** Whether somebody may stand in for the person: never, by the secretariat's approval, or freely */
  standIn: z.enum(['no', 'approval', 'free']).default('approval'),
  /** Only the half day in which the meeting opens */
  openingOnly: z.boolean().default(false),
  tentative: Cost.default(0),
  /** When one of several holders does not come (a committee member at one hearing) */
  absent: Cost.default(0),
  change: Cost.default(0),
  travel: Id.optional(),
  trip: z.boolean().default(false),
});
export type SeatRule = z.infer<typeof Seat>;

const Hours = z.strictObject({ from: Time, to: Time });
const Session = z.strictObject({
  id: Id,
  name: TextValue,
  /** Day of the meeting, from 1, or its last; a session of a day that the meeting does not have falls away */
  day: z.union([z.int().min(1), z.literal('last')]).default(1),
  from: Time,
  to: Time,
  open: z.boolean(),
  /** Seat ids of those who are in it; none: everybody */
  audience: z.array(Id).default([]),
  /** In which years of a centre it is held */
  in: z.enum(['every', 'ordinary', 'evaluation']).default('every'),
});
export type SessionRule = z.infer<typeof Session>;

const common = {
  id: Id,
  name: TextValue,
  years: Years.prefault({}),
  /** Takes the place of another activity in the years in which both would happen */
  replaces: Id.optional(),
  /** Never generated: staff add one when there is one (visits of guests, gatherings) */
  onRequest: z.boolean().default(false),
  /** Why it happens, where its name and years do not say it already */
  reason: TextValue.optional(),
  source: z.string().optional(),
};

export const MeetingActivity = z.strictObject({
  ...common,
  what: z.literal('meeting'),
  per: z.enum(['centre', 'programme']),
  /** Short name for boards and subjects */
  short: TextValue.optional(),
  window: Window.optional(),
  /** The meeting of which this is a part: a hearing of the committee, the reception on its evening */
  partOf: Id.optional(),
  /** A part's own day of the whole and time, where it has a fixed one */
  at: z.strictObject({ day: z.int().min(1).default(1), from: Time }).optional(),
  halfDays: z.int().min(1).max(10).default(2),
  /** Where it takes longer in a centre's evaluation years */
  halfDaysInEvaluation: z.int().min(1).max(10).optional(),
  startsIn: z.enum(['morning', 'either']).default('morning'),
  /** How one of several days is announced: one entry over all days, or one invitation for each day (RFC 5546 3.2.2; itip A9) */
  severalDays: z.enum(['one-entry', 'entry-per-day']).default('one-entry'),
  hours: z.strictObject({ morning: Hours, afternoon: Hours }).optional(),
  /** Length of a part that is shorter than half a day, minutes; longer in evaluation years */
  minutes: z.int().min(5).max(600).optional(),
  minutesInEvaluation: z.int().min(5).max(600).optional(),
  /** The same on each of its days; one part each */
  slots: z.array(z.strictObject({ at: Time, minutes: z.int().min(5) })).default([]),
  sessions: z.array(Session).default([]),
  venue: z.enum(['centre', 'programme']).default('centre'),
  place: TextValue.optional(),
  online: z.strictObject({ cost: Cost }).optional(),
  /** Planned by the planner; otherwise its day is set by staff */
  planned: z.boolean().default(false),
  seats: z.array(Seat).default([]),
  /** So many of those in a seat that has several; `also` names seats that count along (the chair) */
  quorum: z.strictObject({ seat: Id, percent: z.int().min(1).max(100), also: z.array(Id).default([]) }).optional(),
  notBefore: z.array(Offset).default([]),
  /** When answers are due */
  answerBy: z
    .strictObject({ offset: Offset, at: Time.default('17:00'), atLeastDays: z.int().min(1).default(10) })
    .optional(),
  change: z
    .strictObject({ moved: Cost, perDay: Cost, perDayMost: Cost, mode: Cost.default(0) })
    .default({ moved: 30, perDay: 1, perDayMost: 20, mode: 5 }),
});
export type MeetingActivity = z.infer<typeof MeetingActivity>;

export const MilestoneActivity = z.strictObject({
  ...common,
  what: z.literal('milestone'),
  /** `meeting`: once for every meeting of the activities in `for` */
  per: z.enum(['centre', 'programme', 'meeting']),
  for: z.array(Id).default([]),
  due: Due,
  /** Who owes it */
  owedBy: z.enum(['centre', 'officer', 'committee', 'secretariat']),
  /** A step of preparing the activity that `due` counts from, rather than something that is handed in */
  logistics: z.boolean().default(false),
  /** Done when all who are asked on the centre's side have answered: then they are reminded of their answers, and nobody of this */
  settledBy: z.literal('answers').optional(),
});
export type MilestoneActivity = z.infer<typeof MilestoneActivity>;
