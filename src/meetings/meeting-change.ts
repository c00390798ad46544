import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import { oneLine } from '../kernel/plain-text.ts';
import type { Text } from '../kernel/text.ts';
import { modes, type Meeting } from './meeting.ts';

const Day = z.string().transform((value, context): CalendarDate => {
  const day = parseDate(value.trim());
  if (!day) context.addIssue({ code: 'custom', message: 'day' });
  return day!;
});
const Time = z
  .string()
  .trim()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/)
  .transform((time) => time.padStart(5, '0'));
const Line = z
  .string()
  .transform((value) => oneLine(value, Infinity))
  .pipe(z.string().max(300));
const Both = z.strictObject({ ja: Line, en: Line });

/** What staff set of one meeting; what is left out stays as it is. The same from a form and from the command line. */
export const MeetingChange = z.strictObject({
  firstDay: Day.optional(),
  lastDay: Day.optional(),
  from: Time.optional(),
  to: Time.optional(),
  mode: z.enum(modes).optional(),
  place: Both.optional(),
  room: Both.optional(),
  access: Both.optional(),
  note: Both.optional(),
  // browsers take line breaks and spaces out of an address: what is shown and what is opened would differ
  onlineUrl: z
    .union([
      z.literal(''),
      z
        .url({ protocol: /^https$/ })
        .regex(/^[^\s"'<>]+$/)
        .max(500),
    ])
    .optional(),
  staffInCharge: z.uuid().nullable().optional(),
  /** Lets the planner move it again */
  fixedByStaff: z.boolean().optional(),
  /** Its days are only held until staff fix them */
  provisional: z.boolean().optional(),
});
export type MeetingChange = z.infer<typeof MeetingChange>;

export const changeFaults: Readonly<Record<string, Text>> = {
  firstDay: { ja: '日付を「2027-07-09」のように入力してください。', en: 'Please give the day as 2027-07-09.' },
  lastDay: { ja: '最終日を「2027-07-10」のように入力してください。', en: 'Please give the last day as 2027-07-10.' },
  from: { ja: '開始時刻を「10:00」のように入力してください。', en: 'Please give the beginning as 10:00.' },
  to: { ja: '終了時刻を「17:00」のように入力してください。', en: 'Please give the end as 17:00.' },
  mode: { ja: '開催方法を選んでください。', en: 'Please choose how it is held.' },
  place: {
    ja: '場所は300字以内で、日本語と英語の両方を入力してください。',
    en: 'Please give the place in both languages, in at most 300 characters.',
  },
  room: { ja: '部屋は300字以内で入力してください。', en: 'Please give the room in at most 300 characters.' },
  access: { ja: '行き方は300字以内で入力してください。', en: 'Please describe the way in at most 300 characters.' },
  note: { ja: '備考は300字以内で入力してください。', en: 'Please keep the note to 300 characters.' },
  onlineUrl: {
    ja: 'オンライン会議のURLは https:// で始まるものを入力してください。',
    en: 'Please give an online address that begins with https://.',
  },
  staffInCharge: { ja: '担当者を選んでください。', en: 'Please choose the person in charge.' },
  fixedByStaff: { ja: '日程の固定を選んでください。', en: 'Please say whether the day is fixed.' },
  provisional: { ja: '仮押さえかどうかを選んでください。', en: 'Please say whether the day is provisional.' },
};

/** Days and hours */
export const timeFields = ['firstDay', 'lastDay', 'from', 'to'] as const;
export const setsTime = (change: MeetingChange): boolean => timeFields.some((field) => change[field] !== undefined);

/**
 * Whether people would have to answer again: another time, mode or place, or days that were held and are fixed (itip C1); another room in
 * the same place is only told. What has no day yet asks nobody.
 */
export const asksAgain = (before: Meeting, after: Meeting): boolean =>
  (['startsAt', 'endsAt', 'mode', 'place'] as const).some((field) => !isDeepStrictEqual(before[field], after[field])) ||
  (after.startsAt !== null && before.provisional !== after.provisional);

/** From which revision a meeting has been held, and with which it was fixed, after a change. @param after with its revision */
export function heldAfter(before: Meeting, after: Meeting): Pick<Meeting, 'heldFrom' | 'heldUntil'> {
  const { heldFrom, heldUntil } = before;
  if (before.provisional === after.provisional) return { heldFrom, heldUntil };
  return after.provisional ? { heldFrom: after.revision, heldUntil: null } : { heldFrom, heldUntil: after.revision };
}

/** Whether an answer was given to the days as they were held, before they were fixed */
export const answeredTheHold = ({ heldFrom, heldUntil }: Meeting, revision: number): boolean =>
  heldFrom !== null && revision >= heldFrom && (heldUntil === null || revision < heldUntil);

/** Fields that follow from the others */
const reckoned: ReadonlySet<keyof Meeting> = new Set(['revision', 'heldFrom', 'heldUntil']);

/**
 * What differs, for the trail; empty objects where nothing does. Texts come back from the database with their languages in another
 * order than forms give them, which is no difference.
 */
export function difference(before: Meeting, after: Meeting): { before: Partial<Meeting>; after: Partial<Meeting> } {
  const changed = (Object.keys(after) as (keyof Meeting)[]).filter(
    (key) => !reckoned.has(key) && !isDeepStrictEqual(before[key], after[key]),
  );
  const only = (meeting: Meeting) => Object.fromEntries(changed.map((key) => [key, meeting[key]]));
  return { before: only(before), after: only(after) };
}

/** The fields of a change that are the meeting's own: all but day and clock times, from which its instants follow */
export function fieldsOf(change: MeetingChange): Partial<Meeting> {
  const own = Object.entries(change).filter(
    ([field, value]) => value !== undefined && !(timeFields as readonly string[]).includes(field),
  );
  return Object.fromEntries(own);
}
