import { addDays, parseDate, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import { changeFaults, MeetingChange, timeFields } from '../../meetings/meeting-change.ts';
import { clockTimes, minutesLater } from '../../meetings/meeting-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { faultsOf, hasFaults, type Faults } from '../faults.ts';
import type { MeetingFile } from './meeting-file.ts';

/** The fields of the form, as texts: what was typed comes back as it was typed. Those of a Text have one for each language. */
export const meetingFields = [
  'firstDay',
  'lastDay',
  'from',
  'to',
  'provisional',
  'mode',
  'onlineUrl',
  'place.ja',
  'place.en',
  'room.ja',
  'room.en',
  'access.ja',
  'access.en',
  'note.ja',
  'note.en',
  'staffInCharge',
] as const;
export type MeetingField = (typeof meetingFields)[number];
export type TypedMeeting = Readonly<Record<MeetingField, string>>;

/** The last day of a meeting that is as long as its kind is: what an empty field means */
export const usualLastDay = (meeting: Pick<Meeting, 'halfDays' | 'minutes'>, firstDay: CalendarDate): CalendarDate =>
  addDays(firstDay, meeting.minutes === null ? Math.ceil(meeting.halfDays / 2) - 1 : 0);

/** What the form shows of a meeting. One without a day yet shows the hours that its kind has. */
export function typedOf({ meeting, activity }: Pick<MeetingFile, 'meeting' | 'activity'>): TypedMeeting {
  const { startsAt, endsAt, zone } = meeting;
  const morning = meeting.halfDays % 2 === 1;
  const usual = {
    from: activity?.at?.from ?? activity?.hours?.morning.from ?? '10:00',
    to: (morning ? activity?.hours?.morning.to : activity?.hours?.afternoon.to) ?? '17:00',
  };
  const hours =
    startsAt && endsAt
      ? clockTimes({ startsAt, endsAt, zone })
      : { ...usual, ...(meeting.minutes === null ? {} : { to: minutesLater(usual.from, meeting.minutes) }) };
  return {
    firstDay: meeting.firstDay ?? '',
    lastDay:
      meeting.firstDay && meeting.lastDay !== usualLastDay(meeting, meeting.firstDay) ? (meeting.lastDay ?? '') : '',
    ...hours,
    provisional: meeting.provisional ? 'yes' : '',
    mode: meeting.mode,
    onlineUrl: meeting.onlineUrl,
    'place.ja': meeting.place.ja,
    'place.en': meeting.place.en,
    'room.ja': meeting.room.ja,
    'room.en': meeting.room.en,
    'access.ja': meeting.access.ja,
    'access.en': meeting.access.en,
    'note.ja': meeting.note.ja,
    'note.en': meeting.note.en,
    staffInCharge: meeting.staffInCharge ?? '',
  };
}

/** Everything that the form was made from, in one word: where it is another by now, somebody else has changed the meeting. */
export const seenOf = (meeting: Meeting): string =>
  JSON.stringify([
    meeting.revision,
    meeting.state,
    meeting.startsAt,
    meeting.endsAt,
    meeting.provisional,
    meeting.mode,
    meeting.onlineUrl,
    meeting.staffInCharge,
    ...[meeting.place, meeting.room, meeting.access, meeting.note].flatMap(({ ja, en }) => [ja, en]),
  ]);

export type Body = Readonly<Record<string, unknown>>;
export const wordIn = (body: Body, name: string, most = 2000): string => {
  const value = body[name];
  return typeof value === 'string' ? value.slice(0, most) : '';
};

export interface ReadMeeting {
  readonly typed: TypedMeeting;
  /** Only what differs from the meeting as it is; nothing where the form has faults */
  readonly change: MeetingChange | undefined;
  /** What it says of the time, where that can be read, whatever else is wrong: all that is wrong is said at once */
  readonly time: MeetingChange;
  readonly faults: Faults;
}

const Time = MeetingChange.pick({ firstDay: true, lastDay: true, from: true, to: true });

/** Reads the form against the meeting as it is now. */
export function readMeeting(body: Body, file: Pick<MeetingFile, 'meeting' | 'activity' | 'staff'>): ReadMeeting {
  const { meeting } = file;
  const before = typedOf(file);
  const typed = Object.fromEntries(meetingFields.map((field) => [field, wordIn(body, field)])) as TypedMeeting;
  const differs = (field: MeetingField) => typed[field].trim() !== before[field];
  const wanted: Record<string, unknown> = timesIn(typed, differs, meeting);
  if (differs('provisional')) wanted['provisional'] = typed.provisional === 'yes';
  for (const field of ['mode', 'onlineUrl'] as const) if (differs(field)) wanted[field] = typed[field].trim();
  for (const field of ['place', 'room', 'access', 'note'] as const)
    if (differs(`${field}.ja`) || differs(`${field}.en`))
      wanted[field] = { ja: typed[`${field}.ja`], en: typed[`${field}.en`] };
  if (differs('staffInCharge')) wanted['staffInCharge'] = typed.staffInCharge === '' ? null : typed.staffInCharge;
  const parsed = MeetingChange.safeParse(wanted);
  const faults = {
    ...faultsOf(parsed.error?.issues ?? [], sentences),
    ...unknownStaff(wanted['staffInCharge'], file),
  };
  const time = Time.safeParse(
    Object.fromEntries(timeFields.flatMap((field) => (field in wanted ? [[field, wanted[field]]] : []))),
  );
  return { typed, change: hasFaults(faults) ? undefined : parsed.data, time: time.data ?? {}, faults };
}

/** What was said of the time. A meeting gets its first day together with the hours that the form showed. */
function timesIn(
  typed: TypedMeeting,
  differs: (field: MeetingField) => boolean,
  meeting: Meeting,
): Record<string, string> {
  const fields = (['firstDay', 'lastDay', 'from', 'to'] as const).filter(differs);
  const firstDay = typed.firstDay.trim();
  if (fields.length === 0) return {};
  const all = meeting.startsAt === null;
  const first = parseDate(firstDay);
  const lastDay = typed.lastDay.trim() || (first ? usualLastDay(meeting, first) : '');
  const days = all || fields.includes('firstDay') || fields.includes('lastDay');
  return {
    ...(days ? { firstDay, ...(lastDay === '' ? {} : { lastDay }) } : {}),
    ...(all || fields.includes('from') ? { from: typed.from.trim() } : {}),
    ...(all || fields.includes('to') ? { to: typed.to.trim() } : {}),
  };
}

const sentences: Readonly<Record<string, Text>> = {
  ...changeFaults,
  ...Object.fromEntries(
    ['place', 'room', 'access', 'note'].flatMap((field) =>
      ['ja', 'en'].map((language) => [`${field}.${language}`, changeFaults[field]!]),
    ),
  ),
};

const unknownStaff = (id: unknown, { staff }: Pick<MeetingFile, 'staff'>): Faults =>
  typeof id !== 'string' || staff.some((member) => member.id === id && member.active)
    ? {}
    : { staffInCharge: changeFaults['staffInCharge']! };
