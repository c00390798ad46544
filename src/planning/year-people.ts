import { tentativeDays } from '../cycle/year-calendar.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { inBothLanguages } from './rules/rule.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type * as Planning from './instance.ts';
import type { YearFacts } from './year-facts.ts';

/** What people may be wanted for: what binds them, and on which days it may lie */
export interface Wanted {
  readonly meetings: readonly Planning.Meeting[];
  readonly assignments: readonly Planning.Assignment[];
  readonly panels: readonly Planning.Panel[];
  readonly conferences: readonly Planning.Conference[];
}

/** A meeting that has a day and that the planner leaves alone, with those of its people who cannot be elsewhere on that day */
export interface Elsewhere {
  readonly meeting: Meeting;
  readonly isBusy: (person: string) => boolean;
}

/**
 * Letters of each person: what they said; × on days on which they hold none of their posts; × where another meeting has them; △ on the
 * programme's tentative days; unanswered half days are × for those who sit in a seat and △ for those who only sit on panels or among the
 * members of a committee.
 */
export function peopleOf(
  facts: YearFacts,
  wanted: Wanted,
  dayIndex: ReadonlyMap<CalendarDate, number>,
  elsewhere: readonly Elsewhere[],
): { people: Planning.Person[]; unanswered: string[] } {
  const { roster, days, cycle } = facts;
  const seated = seatedIn(wanted);
  const mayBeAsked = daysByPerson(wanted);
  const soft = new Set(tentativeDays(cycle.rules, cycle.fiscalYear).flatMap(({ date }) => dayIndex.get(date) ?? []));
  const busy = busyElsewhere(facts, dayIndex, elsewhere);
  const unanswered: string[] = [];
  const people = [...mayBeAsked.keys()].sort().map((id): Planning.Person => {
    const said = facts.letters.get(id) ?? '-'.repeat(2 * days.length);
    if ([...mayBeAsked.get(id)!].some((day) => said[2 * day] === '-' || said[2 * day + 1] === '-')) unanswered.push(id);
    const terms = roster.terms.filter((term) => term.person === id);
    const inOffice = (day: CalendarDate) =>
      terms.length === 0 || terms.some((term) => term.from <= day && (term.to === null || day <= term.to));
    const blank = seated.has(id) ? 'x' : 't';
    const availability = [...said]
      .map((letter, half) => {
        const day = half >> 1;
        if (busy.get(id)?.has(day) || !inOffice(days[day]!)) return 'x';
        const known = letter === '-' ? blank : letter;
        return known === 'o' && soft.has(day) ? 't' : known;
      })
      .join('');
    const person = roster.people.find((p) => p.id === id);
    const abroad = person && person.zone !== cycle.rules.zone ? { zone: person.zone } : {};
    return { id, name: person ? inBothLanguages(person.name) : id, availability, ...abroad };
  });
  return { people, unanswered };
}

function seatedIn({ meetings, assignments, conferences }: Wanted): Set<string> {
  const seated = new Set<string>(assignments.flatMap((assignment) => assignment.candidates.map((c) => c.person)));
  for (const { members } of conferences) for (const { person, required } of members) if (required) seated.add(person);
  for (const { seats } of [...meetings, ...conferences.flatMap(({ hearings }) => hearings)])
    for (const seat of seats) {
      if ('person' in seat) seated.add(seat.person);
      if ('oneOf' in seat) seat.oneOf.forEach((choice) => seated.add(choice.person));
    }
  return seated;
}

/** Everybody whom a plan may use, with the days (indexes) on which it may want them */
function daysByPerson({ meetings, assignments, panels, conferences }: Wanted): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  const want = (person: string, { from, to, closed }: Span) => {
    const days = found.get(person) ?? new Set<number>();
    for (let day = from; day <= to; day++) if (!closed.includes(day)) days.add(day);
    found.set(person, days);
  };
  const wantSeat = (seat: Planning.Seat | Planning.HearingSeat, when: Span) => {
    if ('person' in seat) want(seat.person, when);
    else if ('oneOf' in seat) seat.oneOf.forEach((choice) => want(choice.person, when));
    else {
      const id = 'panel' in seat ? seat.panel : seat.assigned;
      const pool = [...assignments, ...panels].find((one) => one.id === id);
      pool?.candidates.forEach((choice) => want(choice.person, when));
    }
  };
  for (const meeting of meetings) for (const seat of meeting.seats) wantSeat(seat, meeting);
  for (const conference of conferences) {
    for (const { person } of conference.members) want(person, conference);
    for (const { seats } of conference.hearings) for (const seat of seats) wantSeat(seat, conference);
  }
  return found;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly closed: readonly number[];
}

function busyElsewhere(
  facts: YearFacts,
  dayIndex: ReadonlyMap<CalendarDate, number>,
  elsewhere: readonly Elsewhere[],
): Map<string, Set<number>> {
  const busy = new Map<string, Set<number>>();
  const byId = new Map(elsewhere.map((one) => [one.meeting.id, one]));
  for (const attendee of facts.attendees) {
    const { meeting, isBusy } = byId.get(attendee.meetingId) ?? {};
    if (!meeting || !isBusy?.(attendee.personId)) continue;
    if (attendee.attendance === 'absent' || attendee.attendance === 'proxy') continue;
    for (const [day, index] of dayIndex)
      if (day >= meeting.firstDay! && day <= meeting.lastDay!)
        busy.set(attendee.personId, (busy.get(attendee.personId) ?? new Set()).add(index));
  }
  return busy;
}
