import { answersFor } from '../../invitations/office-scope.ts';
import { text, type Text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import type { YearStanding } from './board.ts';
import { meetingAddress } from './year-address.ts';

/** Somebody whose answer is awaited, and where they can be called */
export interface Awaited {
  readonly href: string;
  readonly name: Text;
  readonly role: Text;
  readonly required: boolean;
  readonly title: Text;
  readonly meetingHref: string;
  readonly due: Text | null;
  readonly overdue: boolean;
  readonly telephones: readonly { readonly of: Text; readonly number: string }[];
}

/** The telephone list: overdue ones first, then by the day on which answers are due */
export function awaitedOf(year: YearStanding): Awaited[] {
  const { roster } = year;
  const people = new Map(roster.people.map((person) => [person.id, person]));
  return year.meetings
    .flatMap(({ meeting, standing }) =>
      standing.unanswered.map((attendee) => ({
        meeting,
        attendee,
        overdue: standing.overdue.includes(attendee),
        due: standing.dueBy.get(attendee.id) ?? null,
      })),
    )
    .toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || (a.due ?? '9').localeCompare(b.due ?? '9'))
    .map(({ meeting, attendee, overdue, due }) => {
      const person = people.get(attendee.personId);
      const offices = roster.offices.filter((office) => answersFor(office, attendee, meeting, roster));
      return {
        href: meetingAddress(meeting.id, `/people/${attendee.id}`),
        name: person?.name ?? text(attendee.personId, attendee.personId),
        role: attendee.role,
        required: attendee.required,
        title: meeting.title,
        meetingHref: meetingAddress(meeting.id),
        due: due ? momentIn(due, meeting.zone) : null,
        overdue,
        telephones: [
          ...offices.map((office) => ({ of: office.name, number: office.telephone })),
          ...(person ? [{ of: text('本人', 'themselves'), number: person.telephone }] : []),
        ].filter(({ number }) => number !== ''),
      };
    });
}
