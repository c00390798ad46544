import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { closedDays } from '../cycle/year-calendar.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { distanceKm, type Roster } from '../roster/roster.ts';
import { assignmentsOf, panelsOf, seatsOf, type SeatContext } from './year-seats.ts';
import { changedInstance, changedWanted } from './changed-instance.ts';
import type * as Planning from './instance.ts';
import { conferenceLocks } from './year-conference-standing.ts';
import { conferenceOf } from './year-conferences.ts';
import type { YearFacts } from './year-facts.ts';
import { gatheringsOf, isGathering, type Gathering } from './year-gatherings.ts';
import { peopleOf, type Elsewhere, type Wanted } from './year-people.ts';
import { daysInOrder } from './year-order.ts';
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
  const windows = meetings.filter((meeting) => isPlaced(cycle, meeting) && meeting.windowFrom && meeting.windowTo);
  return [...all].filter((day) => isWorking(day) && windows.some((m) => m.windowFrom! <= day && day <= m.windowTo!));
}

/** Everything that a plan places: meetings on days of their own, committees, and hearings in their slots */
export const isPlaced = (cycle: Cycle, meeting: Meeting): boolean =>
  meeting.state !== 'cancelled' && (meetingActivityOf(cycle.rules, meeting.activity)?.planned ?? false);

/** What a plan places by itself: no committee, and no hearing */
export const isPlanned = (cycle: Cycle, meeting: Meeting): boolean =>
  isPlaced(cycle, meeting) && !isGathering({ cycle }, meeting);

/** What has days of its own, each with a price: everything that a plan places but hearings, which go with their committee */
export const hasOwnDays = (cycle: Cycle, meeting: Meeting): boolean =>
  isPlanned(cycle, meeting) ||
  (isGathering({ cycle }, meeting) && meetingActivityOf(cycle.rules, meeting.activity)!.slots.length > 0);

/**
 * The year as a planning instance. Meetings whose day staff fixed are locked there; others that have a day make the reference, so that a
 * new plan changes as little as possible. Somebody who is booked by a meeting that is not planned (a guest's visit) cannot be elsewhere.
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
  const gatherings = gatheringsOf(facts, dayIndex, notes);
  const context: SeatContext = { facts, notes, window: windowsWith(gatherings) };
  const changes = facts.changes ?? [];
  const byRules = wantedByRules(context, inPlan, gatherings, dayIndex, places);
  const { wanted, idle } = changedWanted(byRules, changes, days);
  const { meetings, assignments, panels, conferences } = wanted;
  const elsewhere = elsewhereOf(facts, inPlan, gatherings, wanted);
  const { people, unanswered } = peopleOf(facts, wanted, dayIndex, elsewhere);
  const name = `${cycle.programme}-${cycle.fiscalYear}`;
  const usual: Planning.Instance = {
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
    loads: loadsOf(facts, wanted, people),
    limits: cycle.rules.limits.map((limit) => ({
      id: limit.id,
      meetings: inPlan
        .filter((m) => limit.activities.includes(m.activity) && meetings.some((x) => x.id === m.key))
        .map((m) => m.key),
      per: limit.per,
      most: limit.most,
      ...(limit.cost ? { cost: limit.cost } : {}),
    })),
    conferences,
    unplaced: cycle.rules.unplaced,
    locks: [...locksOf(facts, inPlan, meetings, dayIndex), ...conferenceLocks(gatherings, conferences, dayIndex)],
    reference: referenceOf(facts, name, inPlan, wanted, dayIndex),
  };
  const { instance, idle: late } = changedInstance(usual, changes);
  for (const { why } of [...idle, ...late])
    notes.push(text(`変更の一つは計画に反映できません：${why.ja}`, `One change has no effect on the plan: ${why.en}`));
  notes.push(...makeRoomForLocks(instance, facts));
  return { instance, notes, unanswered };
}

/** A hearing may be on any day on which its committee may be. */
function windowsWith(gatherings: readonly Gathering[]): SeatContext['window'] {
  const wholes = new Map(gatherings.map(({ whole }) => [whole.id, whole]));
  return (meeting) => {
    const { windowFrom, windowTo } = meeting.windowFrom ? meeting : (wholes.get(meeting.partOf ?? '') ?? meeting);
    return [windowFrom!, windowTo!];
  };
}

function wantedByRules(
  context: SeatContext,
  inPlan: readonly Meeting[],
  gatherings: readonly Gathering[],
  dayIndex: ReadonlyMap<CalendarDate, number>,
  places: readonly Place[],
): Wanted {
  const heard = gatherings.flatMap(({ whole, hearings }) => [whole, ...hearings]);
  const placed = new Set([...inPlan, ...heard]);
  const isInPlan = (meeting: Meeting) => placed.has(meeting);
  const meetings = inPlan
    .map((meeting) => instanceMeeting(meeting, context, dayIndex, places, isInPlan))
    .filter((m) => m !== undefined);
  const ids = new Set(meetings.map(({ id }) => id));
  return {
    meetings,
    assignments: assignmentsOf(context, [...placed]),
    panels: panelsOf(context, [...placed]),
    conferences: gatherings
      .map((gathering) => conferenceOf(context, gathering, dayIndex, isInPlan, ids))
      .filter((conference) => conference !== undefined),
  };
}

/**
 * What has a day and is not planned. A committee's parts take place within it; of a committee whose day staff fixed, only those are held
 * there for the whole day who are neither members nor heard.
 */
function elsewhereOf(
  facts: YearFacts,
  inPlan: readonly Meeting[],
  gatherings: readonly Gathering[],
  { conferences, assignments }: Wanted,
): Elsewhere[] {
  const planned = new Set(inPlan);
  const placed = gatherings.filter(({ whole }) => conferences.some(({ id }) => id === whole.key));
  const wholes = new Map(placed.map((gathering) => [gathering.whole.id, gathering]));
  const slotted = new Set(placed.flatMap(({ hearings }) => hearings));
  const within = new Set(conferences.flatMap((conference) => peopleWithin(conference, assignments)));
  return facts.meetings.flatMap((meeting): Elsewhere[] => {
    if (meeting.state !== 'scheduled' || planned.has(meeting) || slotted.has(meeting)) return [];
    if (wholes.get(meeting.partOf ?? '')?.whole.state === 'scheduled') return [];
    const own = wholes.get(meeting.id);
    if (!own) return [{ meeting, isBusy: () => true }];
    return own.fixedDay === undefined ? [] : [{ meeting, isBusy: (person) => !within.has(person) }];
  });
}

function peopleWithin(
  { members, hearings }: Planning.Conference,
  assignments: readonly Planning.Assignment[],
): string[] {
  const seated = hearings.flatMap(({ seats }) =>
    seats.flatMap((seat) => {
      if ('person' in seat) return [seat.person];
      const choices = 'oneOf' in seat ? seat.oneOf : assignments.find(({ id }) => id === seat.assigned)?.candidates;
      return choices?.map(({ person }) => person) ?? [];
    }),
  );
  return [...members.map(({ person }) => person), ...seated];
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
  isInPlan: (other: Meeting) => boolean,
): Planning.Meeting | undefined {
  const { cycle, roster, days, seats } = context.facts;
  const activity = meetingActivityOf(cycle.rules, meeting.activity)!;
  const inWindow = days.filter((day) => day >= meeting.windowFrom! && day <= meeting.windowTo!);
  if (inWindow.length === 0) return undefined;
  const ordered = daysInOrder(context.facts, meeting, inWindow, isInPlan);
  if (!ordered)
    context.notes.push(
      text(
        `「${meeting.title.ja}」は、日程が決まった前後の会議との間隔を守れる日が期間内にありません。間隔は考慮せずに計画します。`,
        `“${meeting.title.en}”: no day of its window keeps the distance from meetings that have their day; it is planned without regard to it.`,
      ),
    );
  const [from, to] = (ordered ?? [inWindow[0]!, inWindow.at(-1)!]).map((day) => dayIndex.get(day)!) as [number, number];
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
  { cycle, roster }: YearFacts,
  { meetings, assignments, panels, conferences }: Wanted,
  people: readonly Planning.Person[],
): Planning.Load[] {
  const heard = conferences.flatMap(({ hearings }) => hearings.map((one) => ({ ...one, kind: one.id.split('/')[0]! })));
  return cycle.rules.loads.map((load) => {
    const counts = (what: string) => [
      ...assignments.filter((a) => a.id.split('/')[0] === what).map((a) => a.id),
      ...panels.filter((p) => p.id.split('/')[0] === what).map((p) => p.id),
      ...[...meetings, ...heard].flatMap((m) =>
        (m.seats as readonly (Planning.Seat | Planning.HearingSeat)[])
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
