import { DateTime } from 'luxon';
import type { Cycle } from '../cycle/cycle.ts';
import { addDays, dateShort, type CalendarDate } from '../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../kernel/text.ts';
import { localTime } from '../kernel/zoned-time.ts';
import { clockTimes, dailyHours } from '../meetings/meeting-time.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { dueDay, workingDayFrom, workingDayOf, workingDayUntil } from '../programme/working-days.ts';
import type { Roster } from '../roster/roster.ts';
import type { Extra, InvitationFacts, MeetingFacts, StaffInCharge } from './invitation.ts';
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
  /** Days by which answers are asked for, by meeting: computed once for all who are asked */
  readonly answerBy: Map<string, string | null>;
}

/** @param meetings of the year, all that have a day */
export function factsContext(
  year: Pick<FactsContext, 'cycle' | 'roster' | 'staffInCharge' | 'now'>,
  meetings: readonly Meeting[],
): FactsContext {
  const parts = meetings.filter((meeting) => meeting.partOf !== null);
  return {
    ...year,
    answerBy: new Map(),
    parts: Map.groupBy(parts, (meeting) => meeting.partOf!),
    wholes: new Map(meetings.map((meeting) => [meeting.id, meeting])),
  };
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
    ...(severalDays ? { dailyHours: hoursOfDays(meeting) } : {}),
    zone: meeting.zone,
    mode: at.mode,
    place: at.place,
    room: meeting.room.ja || meeting.room.en ? meeting.room : at.room,
    access: at.access,
    onlineUrl: meeting.onlineUrl || at.onlineUrl,
    answerBy: told?.facts.startsAt === startsAt ? told.facts.answerBy : answerByOf(context, meeting),
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

/** Empty where the days have different hours: then the span from the first to the last is said */
function hoursOfDays(meeting: Meeting) {
  const { startsAt, endsAt, zone, halfDays } = meeting;
  const times = clockTimes({ startsAt: startsAt!, endsAt: endsAt!, zone });
  const days = dailyHours({ firstDay: meeting.firstDay!, lastDay: meeting.lastDay!, ...times }, halfDays, zone) ?? [];
  return days.map(({ from, to }) => ({ startsAt: from, endsAt: to }));
}

function answerByOf(context: FactsContext, meeting: Meeting): string | null {
  let day = context.answerBy.get(meeting.id);
  if (day === undefined) {
    day = answerBy(context, meeting);
    context.answerBy.set(meeting.id, day);
  }
  return day;
}

/** The programme's day before the meeting; where that is too soon, so many days from now: always a working day, and before the meeting */
export function answerBy(context: Pick<FactsContext, 'cycle' | 'now'>, meeting: Meeting): string | null {
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
  const parts = (context.parts.get(meeting.id) ?? [])
    .filter((part) => part.state === 'scheduled' && part.startsAt)
    .toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime());
  const extras: Extra[] = [];
  if (parts.length > 0)
    extras.push({ label: text('次第', 'Programme'), value: joinTexts(parts.map(partLine), '\n', '\n') });
  if (meeting.note.ja || meeting.note.en) extras.push({ label: text('備考', 'Note'), value: meeting.note });
  return extras;
}

/** 10月26日(火) 10:30 QUP ヒアリング */
function partLine(part: Meeting): Text {
  const { day, time } = localTime(part.startsAt!.toISOString(), part.zone);
  const short = dateShort(day);
  return text(`${short.ja} ${time} ${part.title.ja}`, `${short.en}, ${time} ${part.title.en}`);
}
