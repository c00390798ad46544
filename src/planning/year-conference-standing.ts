import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type * as Planning from './instance.ts';
import type { YearFacts } from './year-facts.ts';
import { slotAt, type Gathering } from './year-gatherings.ts';
import { sittingIn } from './year-sitting.ts';

type DayIndex = ReadonlyMap<CalendarDate, number>;

/** What staff fixed of committees: their days, and hearings in their slots. Whom staff put into a seat is its only candidate already. */
export function conferenceLocks(
  gatherings: readonly Gathering[],
  conferences: readonly Planning.Conference[],
  dayIndex: DayIndex,
): Planning.Lock[] {
  return gatherings.flatMap(({ whole, hearings, fixedDay }): Planning.Lock[] => {
    const conference = conferences.find(({ id }) => id === whole.key);
    if (!conference) return [];
    const heard = hearings.flatMap((hearing): Planning.Lock[] => {
      const at = hearing.fixedByStaff ? slotAt(hearing, conference.slots, dayIndex) : undefined;
      return at ? [{ hearing: hearing.key, day: at.day, slot: at.slot }] : [];
    });
    return [...(fixedDay === undefined ? [] : [{ conference: whole.key, day: fixedDay }]), ...heard];
  });
}

/** Writes committees and hearings that have their day into a plan of the year as it stands. */
export function conferencesStanding(
  facts: YearFacts,
  conferences: readonly Planning.Conference[],
  assignments: readonly Planning.Assignment[],
  dayIndex: DayIndex,
  plan: Planning.Plan,
): void {
  const byKey = new Map(facts.meetings.map((meeting) => [meeting.key, meeting]));
  for (const conference of conferences) {
    const whole = byKey.get(conference.id)!;
    const day = whole.state === 'scheduled' ? dayIndex.get(whole.firstDay!) : undefined;
    if (day === undefined) continue;
    plan.conferences[conference.id] = { day };
    for (const heard of conference.hearings) {
      const hearing = byKey.get(heard.id)!;
      const at = slotAt(hearing, conference.slots, dayIndex);
      if (!at || at.day < day || at.day >= day + conference.dayCount) continue;
      plan.hearings[heard.id] = { ...at, seats: seatsStanding(facts, hearing, heard, assignments, plan) };
    }
  }
}

function seatsStanding(
  facts: YearFacts,
  hearing: Meeting,
  { seats }: Planning.Hearing,
  assignments: readonly Planning.Assignment[],
  plan: Planning.Plan,
): Record<string, string> {
  const sitting = sittingIn(facts, hearing);
  const chosen: Record<string, string> = {};
  for (const seat of seats) {
    const people = (sitting.get(seat.id) ?? []).map(({ person }) => person);
    if ('oneOf' in seat) {
      const person = people.find((id) => seat.oneOf.some((choice) => choice.person === id));
      if (person) chosen[seat.id] = person;
    } else if ('assigned' in seat) {
      const candidates = assignments.find(({ id }) => id === seat.assigned)?.candidates ?? [];
      const officer = people.find((id) => candidates.some(({ person }) => person === id));
      if (officer) plan.assignments[seat.assigned] ??= officer;
    }
  }
  return chosen;
}
