import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { closedDays, tentativeDays } from '../cycle/year-calendar.ts';
import type { Attendee, Meeting, Seat } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { distanceKm, type Roster } from '../roster/roster.ts';
import { assignmentsOf, panelsOf, seatsOf, type SeatContext } from './year-seats.ts';
import type * as Planning from './instance.ts';

/** Everything that a year's plan is computed from */
export interface YearFacts {
  readonly cycle: Cycle;
  readonly roster: Roster;
  readonly meetings: readonly Meeting[];
  readonly seats: readonly Seat[];
  readonly attendees: readonly Attendee[];
  /** Letters o, t, x by person, two a day of `days`; `-` where nothing is known */
  readonly letters: ReadonlyMap<string, string>;
  readonly days: readonly CalendarDate[];
  /** Last year's officer and panel by `<assignment or panel>/<centre>` */
  readonly previous: ReadonlyMap<string, readonly string[]>;
}

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
  const used = usedPeople(meetings, assignments, panels);
  const elsewhere = facts.meetings.filter(
    (m) => m.state === 'scheduled' && (!inPlan.includes(m) || offCalendar.includes(m)),
  );
  const { people, unanswered } = peopleOf(facts, used, dayIndex, elsewhere, panels, meetings, assignments);
  const instance: Planning.Instance = {
    format: 'meguri-planning/1',
    name: `${cycle.programme}-${cycle.fiscalYear}`,
    zone: cycle.rules.zone,
    days: days.map((date) => ({ date })),
    places: places.map((place) => place.name),
    travel: travelOf(cycle, places),
    tripCost: places.map((place) => tripCost(cycle, place)),
    people,
    meetings,
    assignments,
    panels,
    loads: loadsOf(facts, meetings, assignments, panels, used),
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
    locks: locksOf(inPlan, meetings, dayIndex, facts),
    reference: referenceOf(cycle, inPlan, meetings, dayIndex, facts),
  };
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

function usedPeople(
  meetings: readonly Planning.Meeting[],
  assignments: readonly Planning.Assignment[],
  panels: readonly Planning.Panel[],
): Set<string> {
  const used = new Set<string>();
  for (const meeting of meetings)
    for (const seat of meeting.seats) {
      if ('person' in seat) used.add(seat.person);
      if ('oneOf' in seat) seat.oneOf.forEach((choice) => used.add(choice.person));
    }
  for (const thing of [...assignments, ...panels]) thing.candidates.forEach((choice) => used.add(choice.person));
  return used;
}

/**
 * Letters of each person: what they said; × on days on which they hold none of their posts; × where another meeting has them; △ on the
 * programme's tentative days; unanswered half days are × for those who sit in a seat and △ for those who only sit on panels.
 */
function peopleOf(
  facts: YearFacts,
  used: ReadonlySet<string>,
  dayIndex: ReadonlyMap<CalendarDate, number>,
  elsewhere: readonly Meeting[],
  panels: readonly Planning.Panel[],
  meetings: readonly Planning.Meeting[],
  assignments: readonly Planning.Assignment[],
): { people: Planning.Person[]; unanswered: string[] } {
  const { roster, days, cycle } = facts;
  const seated = usedPeople(meetings, assignments, []);
  const onPanels = new Set(panels.flatMap((panel) => panel.candidates.map((c) => c.person)));
  const soft = new Set(tentativeDays(cycle.rules, cycle.fiscalYear).flatMap(({ date }) => dayIndex.get(date) ?? []));
  const busy = new Map<string, Set<number>>();
  for (const attendee of facts.attendees) {
    const meeting = elsewhere.find((m) => m.id === attendee.meetingId);
    if (!meeting || attendee.attendance === 'absent') continue;
    for (const [day, index] of dayIndex)
      if (day >= meeting.firstDay! && day <= meeting.lastDay!) {
        if (!busy.has(attendee.personId)) busy.set(attendee.personId, new Set());
        busy.get(attendee.personId)!.add(index);
      }
  }
  const unanswered: string[] = [];
  const people = [...used].sort().map((id) => {
    const said = facts.letters.get(id) ?? '-'.repeat(2 * days.length);
    if (said.includes('-')) unanswered.push(id);
    const blank = seated.has(id) || !onPanels.has(id) ? 'x' : 't';
    const terms = roster.terms.filter((term) => term.person === id);
    const availability = [...said]
      .map((letter, half) => {
        const day = days[half >> 1]!;
        if (busy.get(id)?.has(half >> 1)) return 'x';
        if (terms.length > 0 && !terms.some((term) => term.from <= day && (term.to === null || day <= term.to)))
          return 'x';
        const known = letter === '-' ? blank : letter;
        return known === 'o' && soft.has(half >> 1) ? 't' : known;
      })
      .join('');
    const person = roster.people.find((p) => p.id === id);
    return {
      id,
      name: person?.name.en ?? id,
      availability,
      ...(person && person.zone !== cycle.rules.zone ? { zone: person.zone } : {}),
    };
  });
  return { people, unanswered };
}

function loadsOf(
  facts: YearFacts,
  meetings: readonly Planning.Meeting[],
  assignments: readonly Planning.Assignment[],
  panels: readonly Planning.Panel[],
  used: ReadonlySet<string>,
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
      .filter((p) => used.has(p.id) && p.dutiesAccepted < load.most)
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

const startOf = (
  meeting: Meeting,
  zoneHour: (instant: Date, zone: string) => number,
  dayIndex: ReadonlyMap<CalendarDate, number>,
): number | undefined => {
  const day = meeting.firstDay === null ? undefined : dayIndex.get(meeting.firstDay);
  if (day === undefined || !meeting.startsAt) return undefined;
  return 2 * day + (zoneHour(meeting.startsAt, meeting.zone) < 12.5 ? 0 : 1);
};

const hourIn = (instant: Date, zone: string): number => {
  const [hours, minutes] = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(instant)
    .split(':')
    .map(Number);
  return hours! + minutes! / 60;
};

function locksOf(
  inPlan: readonly Meeting[],
  meetings: readonly Planning.Meeting[],
  dayIndex: ReadonlyMap<CalendarDate, number>,
  facts: YearFacts,
): Planning.Lock[] {
  const locks: Planning.Lock[] = [];
  for (const meeting of inPlan) {
    const target = meetings.find((m) => m.id === meeting.key);
    if (!target || meeting.state !== 'scheduled') continue;
    const seats = seatLocks(meeting, target, facts);
    const start = meeting.fixedByStaff ? startOf(meeting, hourIn, dayIndex) : undefined;
    if (start !== undefined || Object.keys(seats).length > 0)
      locks.push({
        meeting: meeting.key,
        ...(start === undefined ? {} : { start }),
        ...(Object.keys(seats).length > 0 ? { seats } : {}),
      });
  }
  return locks;
}

/** Whom staff put into a seat of choice by hand stays there, if the planner may choose them at all */
function seatLocks(meeting: Meeting, target: Planning.Meeting, facts: YearFacts): Record<string, string> {
  const byHand = facts.attendees.filter((a) => a.meetingId === meeting.id && a.byHand && a.seatId);
  const locks: Record<string, string> = {};
  for (const attendee of byHand) {
    const seat = facts.seats.find((s) => s.id === attendee.seatId);
    const choice = target.seats.find((s) => s.id === seat?.key);
    if (choice && 'oneOf' in choice && choice.oneOf.some((c) => c.person === attendee.personId))
      locks[choice.id] = attendee.personId;
  }
  return locks;
}

/** The plan as it stands: meetings that have a day, with whoever sits in them */
function referenceOf(
  cycle: Cycle,
  inPlan: readonly Meeting[],
  meetings: readonly Planning.Meeting[],
  dayIndex: ReadonlyMap<CalendarDate, number>,
  facts: YearFacts,
): Planning.Plan | null {
  const dated = inPlan.filter((meeting) => meeting.state === 'scheduled');
  if (dated.length === 0) return null;
  const reference: Planning.Plan = {
    format: 'meguri-plan/1',
    instance: `${cycle.programme}-${cycle.fiscalYear}`,
    meetings: {},
    assignments: {},
    panels: {},
    conferences: {},
    hearings: {},
  };
  for (const meeting of dated) {
    const target = meetings.find((m) => m.id === meeting.key);
    const start = startOf(meeting, hourIn, dayIndex);
    if (!target || start === undefined) continue;
    const people = facts.attendees.filter((a) => a.meetingId === meeting.id);
    const seats: Record<string, string> = {};
    const attending: Record<string, string[]> = {};
    for (const seat of target.seats) {
      const sitting = people
        .filter((a) => facts.seats.find((s) => s.id === a.seatId)?.key === seat.id)
        .map((a) => a.personId);
      if ('oneOf' in seat && sitting[0]) seats[seat.id] = sitting[0];
      if ('assigned' in seat && sitting[0]) reference.assignments[seat.assigned] = sitting[0];
      if ('panel' in seat) {
        attending[seat.id] = sitting;
        reference.panels[seat.panel] = [...new Set([...(reference.panels[seat.panel] ?? []), ...sitting])];
      }
    }
    reference.meetings[meeting.key] = {
      start,
      seats,
      attending,
      ...(meeting.mode === 'online' && target.online ? { online: true } : {}),
    };
  }
  return reference;
}
