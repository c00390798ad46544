import { daysBetween, type CalendarDate } from '../kernel/calendar-date.ts';
import { text } from '../kernel/text.ts';
import { closedDays } from '../cycle/year-calendar.ts';
import { isCounted, joinsOnline } from '../meetings/joins-online.ts';
import type { Meeting, Seat } from '../meetings/meeting.ts';
import {
  activityOf,
  meetingActivityOf,
  type MeetingActivity,
  type Offset,
  type Programme,
} from '../programme/programme.ts';
import { bondsOf } from '../roster/bonds.ts';
import { holdersBetween } from '../roster/roster.ts';
import type * as Planning from './instance.ts';
import type { YearFacts } from './year-facts.ts';
import type { Gathering } from './year-gatherings.ts';
import { daysInOrder } from './year-order.ts';
import { seatsOf, type SeatContext } from './year-seats.ts';

type DayIndex = ReadonlyMap<CalendarDate, number>;

/**
 * A committee with its hearings as a conference of the instance; undefined where no day of its window is left.
 * @param isInPlan meetings whose days the plan decides
 * @param planned ids of the instance's meetings, for which hearings may have to wait
 */
export function conferenceOf(
  context: SeatContext,
  gathering: Gathering,
  dayIndex: DayIndex,
  isInPlan: (meeting: Meeting) => boolean,
  planned: ReadonlySet<string>,
): Planning.Conference | undefined {
  const { facts } = context;
  const { whole, activity, hearings, slots, dayCount } = gathering;
  const span = spanOf(context, gathering, isInPlan);
  if (!span) return undefined;
  const [from, to] = span.map((day) => dayIndex.get(day)!) as [number, number];
  const { members, quorum, rule } = membersOf(context, gathering);
  const closed = closedDays(facts.cycle.rules, facts.cycle.fiscalYear, activity.id).flatMap(
    ({ date }) => dayIndex.get(date) ?? [],
  );
  return {
    id: whole.key,
    from,
    to,
    closed: [...new Set(closed)].filter((day) => day >= from && day <= to),
    dayCount,
    slots: slots.map(({ at, minutes }) => ({ at, minutes })),
    members,
    quorum,
    absent: rule?.absent ?? 0,
    tentative: rule?.tentative ?? 0,
    hearings: hearings.map((hearing) => hearingOf(context, gathering, hearing, members, planned)),
    change: activity.change.moved,
  };
}

/** First and last day of the window; what has its day already is kept at its distance, from the committee and from each hearing */
function spanOf(
  context: SeatContext,
  { whole, hearings }: Gathering,
  isInPlan: (meeting: Meeting) => boolean,
): readonly [CalendarDate, CalendarDate] | undefined {
  const { facts } = context;
  const [windowFrom, windowTo] = context.window(whole);
  const inWindow = facts.days.filter((day) => day >= windowFrom && day <= windowTo);
  if (inWindow.length === 0) return undefined;
  let [from, to] = [inWindow[0]!, inWindow.at(-1)!];
  for (const one of [whole, ...hearings]) {
    const left = inWindow.filter((day) => day >= from && day <= to);
    const ordered = daysInOrder(facts, one, left, isInPlan);
    if (ordered) [from, to] = ordered;
    else
      context.notes.push(
        text(
          `「${one.title.ja}」は、日程が決まった前後の会議との間隔を守れる日が期間内にありません。間隔は考慮せずに計画します。`,
          `“${one.title.en}”: no day of its window keeps the distance from meetings that have their day; it is planned without regard to it.`,
        ),
      );
  }
  return [from, to];
}

interface Membership {
  readonly members: Planning.Conference['members'];
  readonly quorum: number;
  /** The rule of the seats that the quorum counts: what absence and a △ cost */
  readonly rule: MeetingActivity['seats'][number] | undefined;
}

/**
 * Those whom the quorum counts. Nothing is heard without those whose seat the programme requires beside the members at large (the chair),
 * unless they are recused; where the holder changes within the window nobody is required by name. Who lives in another zone joins online
 * where the programme lets the committee be online; whom staff put there, as staff have it.
 */
function membersOf(context: SeatContext, { whole, activity }: Gathering): Membership {
  const { facts } = context;
  const seats = facts.seats.filter((seat) => seat.meetingId === whole.id && isCounted(activity, seat));
  const members = new Map<string, Planning.Conference['members'][number]>();
  for (const seat of seats) {
    const people = sittersOf(context, whole, seat);
    const required = seat.required && seat.rule !== activity.quorum?.seat && people.length === 1;
    for (const person of people) {
      members.set(person, {
        person,
        ...(isOnline(facts, activity, whole, seat, person) ? { online: true } : {}),
        ...(required || members.get(person)?.required ? { required: true } : {}),
      });
    }
  }
  const quorum = activity.quorum ? Math.ceil((seats.length * activity.quorum.percent) / 100) : 0;
  const rule = activity.seats.find(({ id }) => id === (activity.quorum?.seat ?? seats[0]?.rule));
  return { members: [...members.values()], quorum, rule };
}

/** As staff have it of those whom they put there, or of whom they said so */
function isOnline(
  { attendees, cycle, roster }: YearFacts,
  activity: MeetingActivity,
  whole: Meeting,
  seat: Seat,
  person: string,
): boolean {
  const there = attendees.find(
    (one) => one.meetingId === whole.id && one.personId === person && one.removedAt === null,
  );
  return there && (there.byHand || there.askedAnewAt)
    ? there.online
    : (joinsOnline(cycle.rules, activity, seat, roster, person) ?? false);
}

/** Whom staff put into a seat, or who holds its post at some time in the window */
function sittersOf({ facts, window }: SeatContext, whole: Meeting, seat: Seat): string[] {
  const byHand = facts.attendees.filter(
    ({ seatId, byHand, removedAt }) => seatId === seat.id && byHand && removedAt === null,
  );
  if (byHand.length > 0) return [...new Set(byHand.map(({ personId }) => personId))];
  if (!seat.post) return [];
  const [from, to] = window(whole);
  return [...new Set(holdersBetween(facts.roster, seat.post, from, to).map(({ person }) => person))];
}

function hearingOf(
  context: SeatContext,
  { whole }: Gathering,
  hearing: Meeting,
  members: Planning.Conference['members'],
  planned: ReadonlySet<string>,
): Planning.Hearing {
  const { facts } = context;
  const { cycle, roster } = facts;
  const activity = meetingActivityOf(cycle.rules, hearing.activity)!;
  const [from] = context.window(whole);
  const isBound = (person: string) =>
    bondsOf(cycle.rules, roster, person, hearing.centre, from).some(({ binds }) => binds === 'hard');
  return {
    id: hearing.key,
    unit: hearing.centre ?? cycle.programme,
    recused: members.map(({ person }) => person).filter(isBound),
    seats: heardSeats(context, hearing, activity),
    after: afterOf(facts, hearing, activity, planned),
    change: activity.change.moved,
  };
}

/** Whom staff put into a seat of choice stays there. */
function heardSeats(context: SeatContext, hearing: Meeting, activity: MeetingActivity): Planning.HearingSeat[] {
  const seats = context.facts.seats.filter((seat) => seat.meetingId === hearing.id);
  return seatsOf(context, hearing, seats, activity).flatMap((seat): Planning.HearingSeat[] => {
    if ('panel' in seat) return [];
    const { openingOnly: _, travel: __, trip: ___, ...heard } = seat;
    if (!('oneOf' in heard)) return [heard];
    const byHand = context.facts.attendees.filter(
      (one) => one.meetingId === hearing.id && one.byHand && one.removedAt === null,
    );
    const kept = heard.oneOf.filter((choice) =>
      byHand.some((one) => one.personId === choice.person && one.seatId === seats.find((s) => s.key === seat.id)?.id),
    );
    return [{ ...heard, oneOf: kept.length > 0 ? kept : heard.oneOf }];
  });
}

/** The meetings of its centre after which a hearing comes, with the calendar days that lie between */
function afterOf(
  { cycle, meetings }: YearFacts,
  hearing: Meeting,
  activity: MeetingActivity,
  planned: ReadonlySet<string>,
): Planning.Hearing['after'] {
  const waits = activity.notBefore.flatMap((offset) => {
    const wait = waitOf(cycle.rules, offset, 8);
    return wait
      ? meetings
          .filter((one) => one.activity === wait.activity && (one.centre === hearing.centre || one.centre === null))
          .map((one) => ({ meeting: one.key, days: wait.days }))
      : [];
  });
  return waits.filter(({ meeting }) => planned.has(meeting));
}

/** Along milestones to the meeting from which they count: three weeks after the report that is due three weeks after the visit */
function waitOf(rules: Programme, offset: Offset, steps: number): { activity: string; days: number } | undefined {
  const anchor = offset.after === undefined ? undefined : activityOf(rules, offset.after);
  if (!anchor || steps === 0) return undefined;
  const days = calendarDays(offset);
  if (anchor.what === 'meeting') return { activity: anchor.id, days };
  const before = anchor.due.offset && waitOf(rules, anchor.due.offset, steps - 1);
  return before && { activity: before.activity, days: before.days + days };
}

/** The format counts calendar days: five working days are a week, and what is left over may have a weekend in it. */
function calendarDays({ days, weeks, workingDays }: Offset): number {
  if (days !== undefined) return days;
  if (weeks !== undefined) return 7 * weeks;
  const rest = workingDays! % 5;
  return 7 * Math.floor(workingDays! / 5) + (rest > 0 ? rest + 2 : 0);
}

/** Days between the end of one day and another */
export const daysFrom = (days: readonly { date: string }[], first: number, second: number): number =>
  daysBetween(days[first]!.date as CalendarDate, days[second]!.date as CalendarDate);
