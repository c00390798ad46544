import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import { localTime } from '../kernel/zoned-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type * as Planning from './instance.ts';
import type { YearFacts } from './year-facts.ts';
import { makeRoomForConferences } from './year-conference-room.ts';
import { conferencesStanding } from './year-conference-standing.ts';
import type { Wanted } from './year-people.ts';
import { sittingIn } from './year-sitting.ts';

type DayIndex = ReadonlyMap<CalendarDate, number>;

/** The half day in which a meeting that has a day begins; undefined where its day is not one of the instance */
export function startOf(meeting: Meeting, dayIndex: DayIndex): number | undefined {
  const day = meeting.firstDay === null ? undefined : dayIndex.get(meeting.firstDay);
  if (day === undefined || !meeting.startsAt) return undefined;
  return 2 * day + (localTime(meeting.startsAt.toISOString(), meeting.zone).time < '12:30' ? 0 : 1);
}

/** What staff fixed: a day, and whom they put into a seat of choice, if the planner may choose them at all */
export function locksOf(
  facts: YearFacts,
  inPlan: readonly Meeting[],
  meetings: readonly Planning.Meeting[],
  dayIndex: DayIndex,
): Planning.Lock[] {
  return inPlan.flatMap((meeting): Planning.Lock[] => {
    const target = meetings.find((m) => m.id === meeting.key);
    if (!target || meeting.state !== 'scheduled') return [];
    const sitting = sittingIn(facts, meeting);
    const seats: Record<string, string> = {};
    for (const seat of target.seats) {
      if (!('oneOf' in seat)) continue;
      const chosen = sitting
        .get(seat.id)
        ?.find(({ person, byHand }) => byHand && seat.oneOf.some((c) => c.person === person));
      if (chosen) seats[seat.id] = chosen.person;
    }
    const start = meeting.fixedByStaff ? startOf(meeting, dayIndex) : undefined;
    if (start === undefined && Object.keys(seats).length === 0) return [];
    return [
      {
        meeting: meeting.key,
        ...(start === undefined ? {} : { start }),
        ...(Object.keys(seats).length === 0 ? {} : { seats }),
      },
    ];
  });
}

/** The plan as it stands: meetings that have a day, with whoever sits in them */
export function referenceOf(
  facts: YearFacts,
  name: string,
  inPlan: readonly Meeting[],
  { meetings, assignments, panels, conferences }: Wanted,
  dayIndex: DayIndex,
): Planning.Plan | null {
  const mayServe = (
    pool: readonly { id: string; candidates: readonly { person: string }[] }[],
    id: string,
    person: string,
  ) => pool.find((one) => one.id === id)?.candidates.some((candidate) => candidate.person === person) ?? false;
  const plan: Planning.Plan = {
    format: 'meguri-plan/1',
    instance: name,
    meetings: {},
    assignments: {},
    panels: {},
    conferences: {},
    hearings: {},
  };
  for (const meeting of inPlan) {
    const target = meetings.find((m) => m.id === meeting.key);
    const start = meeting.state === 'scheduled' ? startOf(meeting, dayIndex) : undefined;
    if (!target || start === undefined) continue;
    const sitting = sittingIn(facts, meeting);
    const placed: Planning.PlacedMeeting = { start, seats: {}, attending: {} };
    if (meeting.mode === 'online' && target.online) placed.online = true;
    for (const seat of target.seats) {
      const people = (sitting.get(seat.id) ?? []).map(({ person }) => person);
      // whoever staff put there although the planner would not choose them is no part of the plan
      const chosen =
        'oneOf' in seat ? people.find((id) => seat.oneOf.some((choice) => choice.person === id)) : undefined;
      if (chosen) placed.seats[seat.id] = chosen;
      if ('assigned' in seat) {
        const officer = people.find((id) => mayServe(assignments, seat.assigned, id));
        if (officer) plan.assignments[seat.assigned] = officer;
      }
      if (!('panel' in seat)) continue;
      const members = people.filter((id) => mayServe(panels, seat.panel, id));
      placed.attending[seat.id] = members;
      plan.panels[seat.panel] = [...new Set([...(plan.panels[seat.panel] ?? []), ...members])];
    }
    plan.meetings[meeting.key] = placed;
  }
  conferencesStanding(facts, conferences, assignments, dayIndex, plan);
  return Object.keys(plan.meetings).length + Object.keys(plan.conferences).length === 0 ? null : plan;
}

/**
 * What staff fixed holds even against what people said and what the programme allows: otherwise there would be no plan at all. Somebody
 * who said × on that day becomes a △ there, the window reaches that far, the limit allows it; staff are told of each.
 */
export function makeRoomForLocks(instance: Planning.Instance, facts: YearFacts): Text[] {
  const notes: Text[] = [];
  for (const lock of instance.locks) {
    if (!('meeting' in lock) || lock.start === undefined) continue;
    const target = instance.meetings.find((m) => m.id === lock.meeting)!;
    const standing = facts.meetings.find((m) => m.key === lock.meeting)!;
    const [first, last] = [lock.start >> 1, (lock.start + target.halfDays - 1) >> 1];
    target.from = Math.min(target.from, first);
    target.to = Math.max(target.to, Math.min(last, instance.days.length - 1));
    target.closed = target.closed.filter((day) => day < first || day > last);
    if (lock.start % 2 === 1) target.startsIn = 'either';
    // publishing leaves its mode as it is, so the planner may not count on another
    if (standing.mode !== 'online') delete target.online;
    const sitting = sittingIn(facts, standing);
    for (const seat of target.seats) {
      const bound = 'person' in seat ? [seat.person] : (sitting.get(seat.id) ?? []).map(({ person }) => person);
      const until = seat.openingOnly ? lock.start : lock.start + target.halfDays - 1;
      for (const id of bound) {
        const person = instance.people.find((p) => p.id === id);
        if (!person || !person.availability.slice(lock.start, until + 1).includes('x')) continue;
        const letters = [...person.availability];
        for (let half = lock.start; half <= until; half++) if (letters[half] === 'x') letters[half] = 't';
        person.availability = letters.join('');
        const name = facts.roster.people.find((p) => p.id === id)?.name ?? text(id, id);
        notes.push(
          text(
            `「${standing.title.ja}」は、${name.ja}さんが×または未回答の日に固定されています。`,
            `“${standing.title.en}” is fixed on a day for which ${name.en} said no or has not answered.`,
          ),
        );
      }
    }
  }
  for (const limit of instance.limits) limit.most = Math.max(limit.most, mostFixed(instance, limit));
  return [...notes, ...makeRoomForConferences(instance, facts)];
}

/** The most of a limit's meetings that staff themselves fixed in one week or on one day */
function mostFixed(instance: Planning.Instance, limit: Planning.Limit): number {
  const fixed = instance.locks.flatMap((lock) =>
    'meeting' in lock && lock.start !== undefined && limit.meetings.includes(lock.meeting) ? [lock.start >> 1] : [],
  );
  const weekOf = (day: number) => Math.floor((Date.parse(instance.days[day]!.date) / 86_400_000 + 3) / 7);
  const groups = Map.groupBy(fixed, (day) => (limit.per === 'week' ? weekOf(day) : day));
  return Math.max(0, ...[...groups.values()].map((list) => list.length));
}
