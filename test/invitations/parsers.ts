import { expect } from '@jest/globals';
import ICAL from 'ical.js';
import { convertIcsCalendar, type IcsAttendee } from 'ts-ics';

/** What two parsers that know nothing of each other read */
export function readByBoth(calendar: string) {
  const component = new ICAL.Component(ICAL.parse(calendar));
  const event = new ICAL.Event(component.getFirstSubcomponent('vevent')!);
  const other = convertIcsCalendar(undefined, calendar);
  const [only] = other.events!;
  expect(other.events).toHaveLength(1);
  return [
    {
      method: component.getFirstPropertyValue('method'),
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      description: event.description,
      location: event.location,
      start: event.startDate.toString(),
      attendees: event.attendees.map((attendee) => attendee.getFirstValue()),
    },
    {
      method: other.method,
      uid: only!.uid,
      // ts-ics leaves out a zero
      sequence: only!.sequence ?? 0,
      summary: only!.summary,
      description: only!.description,
      location: only!.location,
      start:
        only!.start.type === 'DATE'
          ? only!.start.date.toISOString().slice(0, 10)
          : only!.start.date.toISOString().replace('.000', ''),
      attendees: only!.attendees!.map((attendee: IcsAttendee) => `mailto:${attendee.email}`),
    },
  ] as const;
}
