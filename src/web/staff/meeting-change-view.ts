import { Refusal } from '../../kernel/refusal.ts';
import { eachDay, type CalendarDate } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import { fieldsOf, setsTime, type MeetingChange } from '../../meetings/meeting-change.ts';
import { clockTimes } from '../../meetings/meeting-time.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { timeAfter } from '../../meetings/time-after.ts';
import type { MeetingFile } from './meeting-file.ts';
import { whenOf } from './meeting-head.ts';
import { modeNames } from './meeting-words.ts';

/** The meeting as a change would leave it, for looking at before anything is saved; the command reckons in the same way. */
export function meetingAfter(
  { meeting, cycle, activity, now }: Pick<MeetingFile, 'meeting' | 'cycle' | 'activity' | 'now'>,
  change: MeetingChange,
): Meeting | Refusal {
  const fields = fieldsOf(change);
  if (!setsTime(change)) return { ...meeting, ...fields };
  const time = timeAfter(meeting, change, { fiscalYear: cycle.fiscalYear, activity, now });
  return time instanceof Refusal ? time : { ...meeting, ...time, ...fields, fixedByStaff: true };
}

export interface FieldChange {
  readonly label: Text;
  readonly before: Text | null;
  readonly after: Text | null;
}

const labels = {
  place: text('場所', 'Place'),
  room: text('会議室', 'Room'),
  access: text('行き方', 'Getting there'),
  note: text('備考', 'Note'),
} as const;

const orNothing = (value: Text): Text | null => (value.ja === '' && value.en === '' ? null : value);

/** Before and after, field by field; a text whose languages differ is said in both, or a corrected translation would look like no change */
export function fieldChanges(before: Meeting, after: Meeting, file: Pick<MeetingFile, 'staff'>): FieldChange[] {
  const changes: FieldChange[] = [];
  const add = (label: Text, was: Text | null, is: Text | null) => {
    if (was?.ja !== is?.ja || was?.en !== is?.en) changes.push({ label, before: was, after: is });
  };
  const time = (meeting: Meeting) => (meeting.startsAt ? whenOf(meeting) : null);
  add(text('日時', 'When'), time(before), time(after));
  add(text('日程の扱い', 'The day is'), dayIs(before), dayIs(after));
  add(text('開催方法', 'Format'), modeNames[before.mode], modeNames[after.mode]);
  for (const field of ['place', 'room', 'access', 'note'] as const)
    add(labels[field], both(orNothing(before[field])), both(orNothing(after[field])));
  const link = ({ onlineUrl }: Meeting) => (onlineUrl === '' ? null : text(onlineUrl, onlineUrl));
  add(text('オンラインの接続先', 'Link to join'), link(before), link(after));
  add(text('担当者', 'In charge'), inCharge(before, file), inCharge(after, file));
  return changes;
}

const dayIs = ({ provisional }: Meeting): Text =>
  provisional ? text('仮押さえ', 'provisional') : text('確定', 'fixed');

const both = (value: Text | null): Text | null =>
  value === null || value.ja === value.en
    ? value
    : text([value.ja, value.en].filter(Boolean).join(' / '), [value.en, value.ja].filter(Boolean).join(' / '));

function inCharge({ staffInCharge }: Meeting, { staff }: Pick<MeetingFile, 'staff'>): Text {
  const member = staff.find((one) => one.id === staffInCharge);
  return member ? text(member.nameJa, member.nameEn) : text('年度の担当者', 'whoever is in charge of the year');
}

/** The half days that a meeting takes: a morning where it begins before 12:30, an afternoon where it ends after 13:00 */
export function halfDaysOf(meeting: Meeting): { readonly day: CalendarDate; readonly half: 'am' | 'pm' }[] {
  const { firstDay, lastDay, startsAt, endsAt, zone } = meeting;
  if (!firstDay || !lastDay || !startsAt || !endsAt) return [];
  const { from, to } = clockTimes({ startsAt, endsAt, zone });
  const halves: { day: CalendarDate; half: 'am' | 'pm' }[] = [];
  for (const day of eachDay(firstDay, lastDay)) {
    if (day !== firstDay || from < '12:30') halves.push({ day, half: 'am' });
    if (day !== lastDay || to > '13:00') halves.push({ day, half: 'pm' });
  }
  return halves;
}
