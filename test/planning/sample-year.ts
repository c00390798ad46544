import { readAvailability } from '../../src/availability/availability-csv.ts';
import { answersOf } from '../../src/availability/half-days.ts';
import { generateYear } from '../../src/cycle/generate.ts';
import { addDays, date, eachDay, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../../src/kernel/fiscal-year.ts';
import { instantsOf } from '../../src/meetings/meeting-time.ts';
import type { Attendee, Meeting, Seat } from '../../src/meetings/meeting.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import type { YearFacts } from '../../src/planning/year-facts.ts';
import { planningDays } from '../../src/planning/year-instance.ts';
import type { Programme } from '../../src/programme/programme.ts';
import { workingDayOf } from '../../src/programme/working-days.ts';
import type { Roster } from '../../src/roster/roster.ts';
import { sampleFile } from '../roster/sample-files.ts';

const nothing = { ja: '', en: '' };

/** The facts of a year as they are right after it was set up: nothing dated, nobody seated, everybody free on every day */
export function yearFacts(rules: Programme, roster: Roster, fiscalYear: number): YearFacts {
  const year = generateYear(rules, roster, fiscalYear);
  const cycle = {
    id: 'cycle',
    programme: rules.id,
    fiscalYear,
    covers: fiscalYear - 1,
    rules,
    options: {},
    sample: true,
    staffInCharge: null,
    createdAt: new Date(0),
  };
  const meetings: Meeting[] = year.meetings.map((row) => ({
    id: row.key,
    cycleId: 'cycle',
    key: row.key,
    activity: row.activity,
    centre: row.centre,
    partOf: row.partOf,
    title: row.title,
    reason: row.reason,
    windowFrom: row.window?.from ?? null,
    windowTo: row.window?.to ?? null,
    halfDays: row.halfDays,
    minutes: row.minutes,
    evaluation: row.evaluation,
    state: 'undated',
    firstDay: null,
    lastDay: null,
    startsAt: null,
    endsAt: null,
    zone: rules.zone,
    mode: 'on-site',
    place: nothing,
    room: nothing,
    access: nothing,
    onlineUrl: '',
    fixedByStaff: false,
    provisional: false,
    heldFrom: null,
    heldUntil: null,
    note: nothing,
    staffInCharge: null,
    revision: 0,
  }));
  const seats: Seat[] = year.meetings.flatMap((row) =>
    row.seats.map((seat, position) => ({ ...seat, id: `${row.key} ${seat.key}`, meetingId: row.key, position })),
  );
  const days = planningDays(
    cycle,
    meetings,
    workingDayOf(rules),
    eachDay(firstDayOf(fiscalYear), lastDayOf(fiscalYear)),
  );
  const letters = new Map(roster.people.map((person) => [person.id, 'o'.repeat(2 * days.length)]));
  return { cycle, roster, meetings, seats, attendees: [], letters, days, previous: new Map() };
}

/** The same year with one meeting on a day, from 10:00 to 17:00 */
export function dated(facts: YearFacts, key: string, day: string, fixedByStaff: boolean): YearFacts {
  const meetings = facts.meetings.map((meeting) => {
    if (meeting.key !== key) return meeting;
    const firstDay = date(day);
    const lastDay = addDays(firstDay, Math.ceil(meeting.halfDays / 2) - 1);
    const times = instantsOf({ firstDay, lastDay, from: '10:00', to: '17:00' }, meeting.zone);
    if (times instanceof Refusal) throw times;
    return { ...meeting, state: 'scheduled' as const, firstDay, lastDay, ...times, fixedByStaff };
  });
  return { ...facts, meetings };
}

export const attendee = (meetingId: string, seatKey: string, personId: string, byHand = false): Attendee => ({
  id: `${meetingId} ${seatKey} ${personId}`,
  meetingId,
  seatId: `${meetingId} ${seatKey}`,
  personId,
  post: null,
  role: nothing,
  side: 'visiting',
  required: true,
  byHand,
  online: false,
  attendance: 'unanswered',
  removedAt: null,
});

/** The same year with other letters of one person on one day: two letters, morning and afternoon */
export function saying(facts: YearFacts, person: string, day: CalendarDate, said: string): YearFacts {
  const index = facts.days.indexOf(day);
  const letters = facts.letters.get(person)!;
  const changed = letters.slice(0, 2 * index) + said + letters.slice(2 * index + 2);
  return { ...facts, letters: new Map([...facts.letters, [person, changed]]) };
}

/** The same year with what the people of the sample said; `-` where they said nothing */
export function asSampleSays(facts: YearFacts): YearFacts {
  const { rows } = readAvailability(facts.roster.people, sampleFile('availability.csv'));
  const spans = Map.groupBy(
    rows.flatMap(({ person, span }) => (person && span ? [{ person, span }] : [])),
    ({ person }) => person.id,
  );
  const letters = new Map<string, string>();
  for (const { id } of facts.roster.people) {
    const said = new Map(
      answersOf((spans.get(id) ?? []).map(({ span }) => span)).map((one) => [`${one.day} ${one.half}`, one.state]),
    );
    letters.set(id, facts.days.map((day) => `${said.get(`${day} am`) ?? '-'}${said.get(`${day} pm`) ?? '-'}`).join(''));
  }
  return { ...facts, letters };
}
