import { DateTime } from 'luxon';
import type { Cycle } from '../cycle/cycle.ts';
import { addDays, eachDay, type CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import { clockTimes } from '../meetings/meeting-time.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { dueDay, workingDayFrom, workingDayOf, workingDayUntil } from '../programme/working-days.ts';
import type { Roster } from '../roster/roster.ts';
import type { DailyHours, Extra, InvitationFacts, MeetingFacts, StaffInCharge } from './invitation.ts';
import { reachOf } from './office-scope.ts';

export interface FactsContext {
  readonly cycle: Cycle;
  readonly roster: Roster;
  /** Parts by the meeting that they belong to */
  readonly parts: ReadonlyMap<string, readonly Meeting[]>;
  /** Meetings that have parts, by id: a hearing is where its committee is, unless staff say otherwise */
  readonly wholes: ReadonlyMap<string, Meeting>;
  readonly staffInCharge: (meeting: Meeting) => StaffInCharge;
  readonly now: DateTime;
}

type ToldBefore = { readonly facts: Pick<MeetingFacts, 'startsAt' | 'answerBy'> } | undefined;

/**
 * What is true of a meeting now. Undefined while it has no day.
 * @param told as its reader was last told: the day by which an answer is asked for stays what it was as long as the meeting does
 */
export function meetingFacts(context: FactsContext, meeting: Meeting, told: ToldBefore): MeetingFacts | undefined {
  if (!meeting.startsAt || !meeting.endsAt || meeting.state === 'undated') return undefined;
  const severalDays = meeting.firstDay !== meeting.lastDay;
  const startsAt = meeting.startsAt.toISOString();
  const own = meeting.place.ja !== '' || meeting.place.en !== '';
  const at = own ? meeting : (context.wholes.get(meeting.partOf ?? '') ?? meeting);
  return {
    meetingId: meeting.id,
    status: meeting.state === 'cancelled' ? 'cancelled' : 'fixed',
    title: meeting.title,
    startsAt,
    endsAt: meeting.endsAt.toISOString(),
    firstDay: meeting.firstDay!,
    lastDay: meeting.lastDay!,
    form: severalDays ? 'whole-days' : 'hours',
    ...(severalDays ? { dailyHours: dailyHours(meeting) } : {}),
    zone: meeting.zone,
    mode: at.mode,
    place: at.place,
    room: meeting.room.ja || meeting.room.en ? meeting.room : at.room,
    access: at.access,
    onlineUrl: meeting.onlineUrl || at.onlineUrl,
    answerBy: told?.facts.startsAt === startsAt ? told.facts.answerBy : answerBy(context, meeting),
    extras: extrasOf(context, meeting),
    staffInCharge: context.staffInCharge(meeting),
  };
}

/** What is true of one person at one meeting now. Undefined where the meeting has no day yet or the person left the roster. */
export function personFacts(
  context: FactsContext,
  meeting: Meeting,
  attendee: Attendee,
  sent: ToldBefore,
): InvitationFacts | undefined {
  const person = context.roster.people.find((p) => p.id === attendee.personId);
  const facts = meetingFacts(context, meeting, sent);
  if (!person || !facts) return undefined;
  const { reach, address, post } = reachOf(attendee, person, context.roster);
  return {
    ...facts,
    personId: person.id,
    reach,
    address,
    name: person.name,
    honorific: person.honorific,
    post: post?.title ?? text('', ''),
    language: person.language,
    readerZone: person.zone,
    mode: attendee.online && facts.mode === 'on-site' ? 'online' : facts.mode,
    seat: attendee.role,
    required: attendee.required,
  };
}

/** The same clock times on every day */
function dailyHours(meeting: Meeting): DailyHours[] {
  const { from, to } = clockTimes({ startsAt: meeting.startsAt!, endsAt: meeting.endsAt!, zone: meeting.zone });
  if (to <= from) return [];
  const at = (day: CalendarDate, time: string) =>
    DateTime.fromISO(`${day}T${time}`, { zone: meeting.zone }).toUTC().toISO()!;
  return [...eachDay(meeting.firstDay!, meeting.lastDay!)].map((day) => ({
    startsAt: at(day, from),
    endsAt: at(day, to),
  }));
}

/** The programme's day before the meeting; where that is too soon, so many days from now: always a working day, and before the meeting */
export function answerBy(context: FactsContext, meeting: Meeting): string | null {
  const activity = meetingActivityOf(context.cycle.rules, meeting.activity);
  const whole = activity?.partOf ? meetingActivityOf(context.cycle.rules, activity.partOf) : undefined;
  const rule = activity?.answerBy ?? whole?.answerBy;
  if (!rule || !meeting.firstDay || !meeting.lastDay) return null;
  const isWorking = workingDayOf(context.cycle.rules);
  const today = context.now.setZone(meeting.zone).toISODate() as CalendarDate;
  const usual = workingDayUntil(dueDay(rule.offset, meeting.firstDay, meeting.lastDay, isWorking), isWorking);
  const soonest = workingDayFrom(addDays(today, rule.atLeastDays), isWorking);
  const day = usual >= soonest ? usual : soonest;
  if (day >= meeting.firstDay) return null;
  return DateTime.fromISO(`${day}T${rule.at}`, { zone: meeting.zone }).toUTC().toISO();
}

/** What else the letter says: the hearings of a committee, and what staff noted */
function extrasOf(context: FactsContext, meeting: Meeting): Extra[] {
  const extras: Extra[] = [];
  const parts = (context.parts.get(meeting.id) ?? []).filter((part) => part.state === 'scheduled' && part.startsAt);
  if (parts.length > 0) {
    const line = (part: Meeting): Text => {
      const time = DateTime.fromJSDate(part.startsAt!, { zone: part.zone });
      const ja = `${time.month}月${time.day}日(${'月火水木金土日'[time.weekday - 1]}) ${time.toFormat('HH:mm')} ${part.title.ja}`;
      return { ja, en: `${time.setLocale('en').toFormat('ccc d LLL, HH:mm')} ${part.title.en}` };
    };
    const lines = parts.toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime()).map(line);
    extras.push({
      label: text('次第', 'Programme'),
      value: { ja: lines.map((l) => l.ja).join('\n'), en: lines.map((l) => l.en).join('\n') },
    });
  }
  if (meeting.note.ja || meeting.note.en) extras.push({ label: text('備考', 'Note'), value: meeting.note });
  return extras;
}
