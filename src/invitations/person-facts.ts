import type { DateTime } from 'luxon';
import type { Cycle } from '../cycle/cycle.ts';
import { addDays, dateShort, type CalendarDate } from '../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../kernel/text.ts';
import { instantAt, localTime } from '../kernel/zoned-time.ts';
import { clockTimes, dailyHours } from '../meetings/meeting-time.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { dueDay, workingDayFrom, workingDayOf, workingDayUntil } from '../programme/working-days.ts';
import { bondsOf } from '../roster/bonds.ts';
import type { Roster } from '../roster/roster.ts';
import { dayEntries, factsOfDay, wholeOf } from './day-entries.ts';
import { nothing, type Extra, type InvitationFacts, type MeetingFacts, type StaffInCharge } from './invitation.ts';
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
  /** By meeting; without them nobody is known to sit on the other side of the table in a part */
  readonly attendees?: ReadonlyMap<string, readonly Attendee[]>;
  /** Days by which answers are asked for, by meeting: computed once for all who are asked */
  readonly answerBy: Map<string, string | null>;
}

/** @param meetings of the year, all that have a day */
export function factsContext(
  year: Pick<FactsContext, 'cycle' | 'roster' | 'staffInCharge' | 'now' | 'attendees'>,
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
  // days are held whole; a part of a gathering by its hour, or a committee's hearings would fill its calendar
  const onlyDays = meeting.provisional && meeting.minutes === null;
  const startsAt = meeting.startsAt.toISOString();
  const own = meeting.place.ja !== '' || meeting.place.en !== '';
  const at = own ? meeting : (context.wholes.get(meeting.partOf ?? '') ?? meeting);
  return {
    meetingId: meeting.id,
    status: meeting.state === 'cancelled' ? 'cancelled' : meeting.provisional ? 'hold' : 'fixed',
    title: meeting.title,
    startsAt,
    endsAt: meeting.endsAt.toISOString(),
    firstDay: meeting.firstDay!,
    lastDay: meeting.lastDay!,
    form: severalDays || onlyDays ? 'whole-days' : 'hours',
    ...(severalDays && !onlyDays ? { dailyHours: hoursOfDays(meeting) } : {}),
    ...(onlyDays ? { hoursToFollow: true } : {}),
    zone: meeting.zone,
    mode: at.mode,
    place: at.place,
    room: meeting.room.ja || meeting.room.en ? meeting.room : at.room,
    access: at.access,
    onlineUrl: meeting.onlineUrl || at.onlineUrl,
    answerBy: told?.facts.startsAt === startsAt ? told.facts.answerBy : answerByOf(context, meeting),
    extras: extrasOf(context, meeting, []),
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
    extras: extrasOf(context, meeting, recusalsOf(context, meeting, attendee)),
  };
}

/** By which invitations a meeting is announced: 0, one for all of it; or its days, from 1, where the programme wants one for each */
export const announcedParts = (context: FactsContext, meeting: Meeting): readonly number[] =>
  dayEntries(meetingActivityOf(context.cycle.rules, meeting.activity), meeting)?.map((_, index) => index + 1) ?? [0];

/** What is true of one person at one of the parts by which a meeting is announced. @param sent as they were last sent that part */
export function partFacts(
  context: FactsContext,
  meeting: Meeting,
  attendee: Attendee,
  sent: { readonly facts: InvitationFacts } | undefined,
  part: number,
): InvitationFacts | undefined {
  const whole = personFacts(context, meeting, attendee, sent && { facts: wholeOf(sent.facts) });
  const entries = dayEntries(meetingActivityOf(context.cycle.rules, meeting.activity), meeting);
  if (!whole || !entries) return part === 0 ? whole : undefined;
  return factsOfDay(whole, entries, part);
}

/** A part in which somebody has no seat on their own side, since they are bound to its centre */
export interface Recusal {
  readonly part: Meeting;
  /** They sit in it on the centre's side */
  readonly otherSide: boolean;
}

/**
 * Who is bound to a centre by a hard rule of the programme stays in the meeting, but does not sit in that centre's slot. An executive of a
 * host may be in it after all, on the other side of the table.
 */
export function recusalsOf(context: FactsContext, meeting: Meeting, attendee: Attendee): Recusal[] {
  if (attendee.side !== 'visiting') return [];
  return partsOf(context, meeting).flatMap((part): Recusal[] => {
    const bonds = bondsOf(context.cycle.rules, context.roster, attendee.personId, part.centre, part.firstDay!);
    if (!bonds.some((rule) => rule.binds === 'hard')) return [];
    const there = context.attendees?.get(part.id)?.filter(({ personId }) => personId === attendee.personId) ?? [];
    return [{ part, otherSide: there.some(({ side }) => side === 'centre') }];
  });
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
  return instantAt(day, rule.at, meeting.zone);
}

/** In order of time, those that take place */
const partsOf = (context: FactsContext, meeting: Meeting): readonly Meeting[] =>
  (context.parts.get(meeting.id) ?? [])
    .filter((part) => part.state === 'scheduled' && part.startsAt)
    .toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime());

/** What else the letter says: the hearings of a committee, from which of them its reader is recused, and what staff noted */
function extrasOf(context: FactsContext, meeting: Meeting, recusals: readonly Recusal[]): Extra[] {
  const lines = partsOf(context, meeting).map((part) =>
    partLine(
      part,
      recusals.find((one) => one.part === part),
    ),
  );
  const extras: Extra[] = [];
  if (lines.length > 0) extras.push({ label: text('次第', 'Programme'), value: joinTexts(lines, '\n', '\n') });
  if (meeting.note.ja || meeting.note.en) extras.push({ label: text('備考', 'Note'), value: meeting.note });
  return extras;
}

const leaves = text('（ご退席いただきます）', ' (you are asked to leave the room)');
const acrossTheTable = text('（拠点側でのご出席となります）', ' (you attend on the side of the centre)');

/** 10月26日(火) 10:30 QUP ヒアリング（ご退席いただきます） */
function partLine(part: Meeting, recusal: Recusal | undefined): Text {
  const { day, time } = localTime(part.startsAt!.toISOString(), part.zone);
  const short = dateShort(day);
  const note = recusal ? (recusal.otherSide ? acrossTheTable : leaves) : nothing;
  return text(`${short.ja} ${time} ${part.title.ja}${note.ja}`, `${short.en}, ${time} ${part.title.en}${note.en}`);
}
