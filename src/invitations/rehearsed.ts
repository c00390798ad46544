import { isOver } from './mail-due.ts';
import type { OfficeDue, OfficeNotice, PersonDue, YearTold } from './year-due.ts';

/**
 * Ids of the attendees who were told in a rehearsal only and are told in earnest now: what they, or their office, answered in the rehearsal
 * is no answer. Nobody is among them whose own invitation, or whose other office, was written to in earnest before.
 */
export function rehearsedOnly(year: YearTold, offices: readonly OfficeDue[], people: readonly PersonDue[]): string[] {
  if (year.policy.rehearsal) return [];
  const inEarnest = toldPeople(year.notices.filter((notice) => !notice.rehearsal));
  for (const invitation of [...year.invitations.values()].flat())
    if (!invitation.rehearsal && !isOver(invitation)) inEarnest.add(named(invitation.meetingId, invitation.personId));
  const rehearsed = toldPeople(offices.flatMap(({ notice }) => (notice?.rehearsal ? [notice] : [])));
  for (const { invitation, meeting, person } of people)
    if (invitation?.rehearsal) rehearsed.add(named(meeting.id, person.id));
  return [...year.attendees.values()]
    .flat()
    .filter(({ meetingId, personId }) => {
      const name = named(meetingId, personId);
      return rehearsed.has(name) && !inEarnest.has(name);
    })
    .map((attendee) => attendee.id);
}

const named = (meetingId: string, personId: string): string => `${meetingId}/${personId}`;

const toldPeople = (notices: readonly OfficeNotice[]): Set<string> =>
  new Set(
    notices.flatMap(({ told }) =>
      told.flatMap(({ facts, people }) => people.map(({ personId }) => named(facts.meetingId, personId))),
    ),
  );
