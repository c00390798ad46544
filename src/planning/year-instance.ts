import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { closedDays } from '../cycle/year-calendar.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { distanceKm, type Roster } from '../roster/roster.ts';
import { assignmentsOf, panelsOf, seatsOf, type SeatContext } from './year-seats.ts';
import type * as Planning from './instance.ts';
import type { YearFacts } from './year-facts.ts';
import { peopleOf } from './year-people.ts';
import { locksOf, makeRoomForLocks, referenceOf } from './year-standing.ts';

export interface YearInstance {
  readonly instance: Planning.Instance;
  /** What the planner cannot know of or had to leave out, for staff to read */
  readonly notes: readonly Text[];
  /** People on whose unanswered half days the plan may rest */
  readonly unanswered: readonly string[];
}

/** Working days on which some planned meeting may lie: what `YearFacts.days` has to be */
export function planningDays(
  cycle: Cycle,
  meetings: readonly Meeting[],
  isWorking: (day: CalendarDate) => boolean,
  all: Iterable<CalendarDate>,
): CalendarDate[] {
  const windows = meetings.filter((meeting) => isPlanned(cycle, meeting) && meeting.windowFrom && meeting.windowTo);
  return [...all].filter((day) => isWorking(day) && windows.some((m) => m.windowFrom! <= day && day <= m.windowTo!));
}

export const isPlanned = (cycle: Cycle, meeting: Meeting): boolean =>
  meeting.state !== 'cancelled' && (meetingActivityOf(cycle.rules, meeting.activity)?.planned ?? false);

/**
 * The year as a planning instance. Meetings whose day staff fixed are locked there; others that have a day make the reference, so that a
 * new plan changes as little as possible. Somebody who is booked by a meeting that is not planned (the committee) cannot be elsewhere.
 */
export function yearInstance(facts: YearFacts): YearInstance {
  const { cycle, roster, days } = facts;
  const dayIndex = new Map(days.map((day, index) => [day, index]));
  const notes: Text[] = [];
  const planned = facts.meetings.filter((meeting) => isPlanned(cycle, meeting));
  const offCalendar = planned.filter((m) => m.state === 'scheduled' && m.fixedByStaff && !dayIndex.has(m.firstDay!));
  for (const meeting of offCalendar)
    notes.push(
      text(
        `「${meeting.title.ja}」は休日または期間外に固定されているため、そのまま残します。`,
        `“${meeting.title.en}” is fixed on a day outside its window or a holiday; it stays there.`,
      ),
    );
  const inPlan = planned.filter((meeting) => !offCalendar.includes(meeting) && meeting.windowFrom && meeting.windowTo);
  const places = placesOf(roster);
  const context: SeatContext = { facts, notes, window: (m) => [m.windowFrom!, m.windowTo!] };
  const meetings = inPlan
    .map((meeting) => instanceMeeting(meeting, context, dayIndex, places))
    .filter((m) => m !== undefined);
  const assignments = assignmentsOf(context, inPlan);
  const panels = panelsOf(context, inPlan);
  const elsewhere = facts.meetings.filter(
    (m) => m.state === 'scheduled' && (!inPlan.includes(m) || offCalendar.includes(m)),
  );
  const { people, unanswered } = peopleOf(facts, { meetings, assignments, panels }, dayIndex, elsewhere);
  const name = `${cycle.programme}-${cycle.fiscalYear}`;
  const instance: Planning.Instance = {
    format: 'meguri-planning/1',
    name,
    zone: cycle.rules.zone,
    days: days.map((date) => ({ date })),
    places: places.map((place) => place.name),
    travel: travelOf(cycle, places),
    tripCost: places.map((place) => tripCost(cycle, place)),
    people,
    meetings,
    assignments,
    panels,
    loads: loadsOf(facts, meetings, assignments, panels, people),
    limits: cycle.rules.limits.map((limit) => ({
      id: limit.id,
      meetings: inPlan
        .filter((m) => limit.activities.includes(m.activity) && meetings.some((x) => x.id === m.key))
        .map((m) => m.key),
      per: limit.per,
      most: limit.most,
      ...(limit.cost ? { cost: limit.cost } : {}),
    })),
    conferences: [],
    unplaced: cycle.rules.unplaced,
    locks: locksOf(facts, inPlan, meetings, dayIndex),
    reference: referenceOf(facts, name, inPlan, { meetings, assignments, panels }, dayIndex),
  };
  notes.push(...makeRoomForLocks(instance, facts));
  return { instance, notes, unanswered };
}

interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** Centres of one city are one place: who is there today need not travel for the other. */
function placesOf(roster: Roster): Place[] {
  const byCity = new Map<string, Place>();
  for (const centre of roster.centres)
    if (!byCity.has(centre.city.en))
      byCity.set(centre.city.en, { name: centre.city.en, latitude: centre.latitude, longitude: centre.longitude });
  return [...byCity.values()];
}

function travelOf(cycle: Cycle, places: readonly Place[]): Record<string, number[][]> {
  return Object.fromEntries(
    Object.entries(cycle.rules.travel.kinds).map(([kind, { nightBeyondKm, freeDayBeyondKm }]) => [
      kind,
      places.map((a) =>
        places.map((b) => {
          const km = distanceKm(a, b);
          return km >= freeDayBeyondKm ? 1 : km >= nightBeyondKm ? 0 : -1;
        }),
      ),
    ]),
  );
}

function tripCost(cycle: Cycle, place: Place): number {
  const km = distanceKm(cycle.rules.travel.from, place);
  return cycle.rules.travel.tripCost.filter((step) => km >= step.beyondKm).at(-1)?.cost ?? 0;
}

function instanceMeeting(
  meeting: Meeting,
  context: SeatContext,
  dayIndex: ReadonlyMap<CalendarDate, number>,
  places: readonly Place[],
): Planning.Meeting | undefined {
  const { cycle, roster, days, seats } = context.facts;
  const activity = meetingActivityOf(cycle.rules, meeting.activity)!;
  const inWindow = days.filter((day) => day >= meeting.windowFrom! && day <= meeting.windowTo!);
  if (inWindow.length === 0) return undefined;
  const [from, to] = [dayIndex.get(inWindow[0]!)!, dayIndex.get(inWindow.at(-1)!)!];
  const closed = closedDays(cycle.rules, cycle.fiscalYear, activity.id).flatMap(({ date }) => dayIndex.get(date) ?? []);
  const centre = roster.centres.find((c) => c.id === meeting.centre);
  return {
    id: meeting.key,
    kind: meeting.activity,
    unit: meeting.centre ?? cycle.programme,
    place: Math.max(
      0,
      places.findIndex((place) => place.name === centre?.city.en),
    ),
    halfDays: meeting.halfDays,
    startsIn: activity.startsIn,
    from,
    to,
    closed: [...new Set(closed)].filter((day) => day >= from && day <= to),
    ...(activity.online ? { online: activity.online } : {}),
    seats: seatsOf(
      context,
      meeting,
      seats.filter((seat) => seat.meetingId === meeting.id),
      activity,
    ),
    change: activity.change,
  };
}

function loadsOf(
  facts: YearFacts,
  meetings: readonly Planning.Meeting[],
  assignments: readonly Planning.Assignment[],
  panels: readonly Planning.Panel[],
  people: readonly Planning.Person[],
): Planning.Load[] {
  const { cycle, roster } = facts;
  return cycle.rules.loads.map((load) => {
    const counts = (what: string) => [
      ...assignments.filter((a) => a.id.split('/')[0] === what).map((a) => a.id),
      ...panels.filter((p) => p.id.split('/')[0] === what).map((p) => p.id),
      ...meetings.flatMap((m) =>
        m.seats
          .filter((s) => 'oneOf' in s && (s.id.split('/')[0] === what || `${m.kind} ${s.id.split('/')[0]}` === what))
          .map((s) => `${m.id} ${s.id}`),
      ),
    ];
    const accepted = roster.people
      .filter((p) => people.some(({ id }) => id === p.id) && p.dutiesAccepted < load.most)
      .map((p) => [p.id, p.dutiesAccepted]);
    return {
      id: load.id,
      of: load.of.flatMap(counts),
      most: load.most,
      ...(accepted.length > 0 ? { mostOf: Object.fromEntries(accepted) as Record<string, number> } : {}),
      cost: load.cost,
    };
  });
}
