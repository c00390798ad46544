import { addDays, type CalendarDate } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Attendee, Meeting, Side } from '../../meetings/meeting.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import type { Roster } from '../../roster/roster.ts';
import { boardOf, type StandingMeeting, type YearStanding } from './board.ts';
import type { Standing } from './meeting-standing.ts';
import { rosterAddress } from './roster-address.ts';
import type { BoardState } from './state-shapes.ts';
import { meetingAddress } from './year-address.ts';
import type { BoardBar, BoardRow, YearBoardInput } from './year-board.ts';

/** What one person does in a year */
export interface PersonYear {
  readonly id: string;
  readonly name: Text;
  readonly side: Side;
  readonly roles: readonly Text[];
  readonly attended: readonly { readonly standing: StandingMeeting; readonly attendee: Attendee }[];
  /** Days on which they are at a meeting */
  readonly days: number;
  /** Journeys to a centre: visits in one city on the same or following days are one */
  readonly trips: number;
}

/** Everybody who is asked to a meeting that has a day, busiest first; who only sits with the centre comes after those who travel */
export function peopleOfYear(year: YearStanding, attendees: readonly Attendee[]): PersonYear[] {
  const meetings = new Map(year.meetings.map((one) => [one.meeting.id, one]));
  const people = new Map(year.roster.people.map((person) => [person.id, person]));
  const byPerson = Map.groupBy(
    attendees.filter((one) => meetings.get(one.meetingId)?.meeting.state === 'scheduled'),
    (one) => one.personId,
  );
  return [...byPerson]
    .map(([id, own]): PersonYear => {
      const attended = own
        .map((attendee) => ({ attendee, standing: meetings.get(attendee.meetingId)! }))
        .toSorted((a, b) => (a.standing.meeting.firstDay! < b.standing.meeting.firstDay! ? -1 : 1));
      const going = attended.filter(({ attendee }) => attendee.attendance !== 'absent');
      return {
        id,
        name: people.get(id)?.name ?? text(id, id),
        side: own.some(({ side }) => side === 'visiting') ? 'visiting' : 'centre',
        roles: [...new Map(own.map(({ role }) => [role.ja, role])).values()],
        attended,
        days: new Set(going.flatMap(({ standing }) => daysIn(standing.meeting))).size,
        trips: tripsOf(going, year.roster),
      };
    })
    .toSorted((a, b) => b.attended.length - a.attended.length || a.name.en.localeCompare(b.name.en));
}

function daysIn({ firstDay, lastDay }: Meeting): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = firstDay!; day <= lastDay!; day = addDays(day, 1)) days.push(day);
  return days;
}

function tripsOf(going: PersonYear['attended'], roster: Roster): number {
  let trips = 0;
  let before: { city: string; until: CalendarDate } | undefined;
  for (const { standing, attendee } of going) {
    const { meeting } = standing;
    if (attendee.side !== 'visiting' || attendee.attendance === 'online' || meeting.mode === 'online') continue;
    const city = roster.centres.find((centre) => centre.id === meeting.centre)?.city.en;
    if (!city) continue;
    if (!(before && before.city === city && addDays(before.until, 1) >= meeting.firstDay!)) trips++;
    before = { city, until: meeting.lastDay! };
  }
  return trips;
}

/** The wall chart with a row for each person */
export function boardOfPeople(year: YearStanding, people: readonly PersonYear[]): YearBoardInput {
  const { holidays, blackouts, fiscalYear, today } = boardOf(year);
  return {
    fiscalYear,
    holidays,
    blackouts,
    ...(today ? { today } : {}),
    names: text('氏名', 'People'),
    rows: people.map((person) => rowOf(person, year)),
  };
}

const rowOf = (person: PersonYear, year: YearStanding): BoardRow => ({
  centre: {
    id: person.id,
    acronym: person.name,
    name: person.roles[0] ?? person.name,
    href: rosterAddress('person', person.id),
    badge: loadOf(person),
  },
  bars: person.attended.map(({ standing, attendee }) => barOf(standing, attendee, year)),
  bands: [],
  diamonds: [],
});

/** 14件・出張7回 · 14 dates, 7 trips */
export const loadOf = ({ attended, trips }: Pick<PersonYear, 'attended' | 'trips'>): Text => {
  const n = attended.length;
  return trips > 0
    ? text(`${n}件・出張${trips}回`, `${n} ${n === 1 ? 'date' : 'dates'}, ${trips} ${trips === 1 ? 'trip' : 'trips'}`)
    : text(`${n}件`, `${n} ${n === 1 ? 'meeting' : 'meetings'}`);
};

function barOf({ meeting, standing }: StandingMeeting, attendee: Attendee, year: YearStanding): BoardBar {
  const activity = meetingActivityOf(year.cycle.rules, meeting.activity);
  const kind = activity?.short ?? activity?.name ?? meeting.title;
  const centre = year.roster.centres.find((one) => one.id === meeting.centre)?.acronym;
  return {
    id: meeting.id,
    from: meeting.firstDay!,
    to: meeting.lastDay!,
    kind: meeting.activity,
    label: centre ? text(`${centre} ${kind.ja}`, `${centre} ${kind.en}`) : kind,
    state: stateFor(attendee, standing),
    href: meetingAddress(meeting.id),
  };
}

/** How it stands between this person and the meeting: what they said, else whether anybody was told of it */
function stateFor({ attendance }: Attendee, { told }: Standing): BoardState {
  if (attendance === 'absent') return 'cancelled';
  if (attendance !== 'unanswered' && attendance !== 'undecided') return 'answered';
  return told > 0 ? 'announced' : 'planned';
}
