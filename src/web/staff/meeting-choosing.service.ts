import { Injectable } from '@nestjs/common';
import { AvailabilityQueries } from '../../availability/availability.queries.ts';
import { eachDay } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Attendee } from '../../meetings/meeting.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { candidatesOf, peopleForSeat, peopleFound, type KnownOfPeople } from './meeting-candidates.ts';
import { nameIn, type MeetingFile } from './meeting-file.ts';
import type { TypedPerson } from './meeting-person-form.ts';
import { meetingAddress } from './year-address.ts';

export interface Choice {
  readonly way: 'add' | 'replace';
  /** Who is replaced */
  readonly attendee?: Attendee;
  readonly typed: TypedPerson;
  readonly search: string;
}

/** Whom to choose for a seat: those who may fill it, or those found by name, with what is known of their days */
@Injectable()
export class MeetingChoosing {
  constructor(
    private readonly availability: AvailabilityQueries,
    private readonly meetings: MeetingQueries,
  ) {}

  async page(file: MeetingFile, { way, attendee, typed, search }: Choice) {
    const seat = file.seats.find(({ id }) => id === (attendee ? attendee.seatId : typed.seat));
    const people = search.trim() !== '' ? peopleFound(file, search) : seat ? peopleForSeat(file, seat) : [];
    const known = await this.known(
      file,
      people.map(({ id }) => id),
    );
    const address = meetingAddress(file.meeting.id, attendee ? `/people/${attendee.id}/replace` : '/people');
    return {
      way,
      typed,
      search,
      // a search is a GET, which says nothing of pressing the button
      searchAddress: attendee ? address : `${address}/add`,
      address,
      back: attendee ? meetingAddress(file.meeting.id, `/people/${attendee.id}`) : meetingAddress(file.meeting.id),
      leaving: attendee ? { name: nameIn(file, attendee.personId), role: attendee.role } : null,
      seatName: seat?.name ?? null,
      candidates: candidatesOf(file, people, known),
      bySeat: search.trim() === '' && seat !== undefined,
      dated: file.meeting.startsAt !== null,
      seats: file.seats.map(({ id, name, institution, required }) => ({
        value: id,
        label: seatLabel(file, name, institution, required),
      })),
      sides: [
        { value: 'visiting', label: text('訪問側・委員会', 'Visiting side and committee') },
        { value: 'centre', label: text('拠点側', 'Centre’s side') },
      ],
    };
  }

  private async known({ meeting }: MeetingFile, people: readonly string[]): Promise<KnownOfPeople> {
    const { firstDay, lastDay } = meeting;
    if (!firstDay || !lastDay) return { availability: [], days: [], elsewhere: [] };
    const days = [...eachDay(firstDay, lastDay)];
    const [availability, elsewhere] = await Promise.all([
      this.availability.grid(people, days),
      this.meetings.elsewhere(people, meeting),
    ]);
    return { availability, days, elsewhere };
  }
}

function seatLabel({ roster }: MeetingFile, name: Text, institution: string | null, required: boolean): Text {
  const host = roster.institutions.find(({ id }) => id === institution)?.name;
  const need = required ? text('', '') : text('（任意）', ' (optional)');
  return text(`${name.ja}${host ? `・${host.ja}` : ''}${need.ja}`, `${name.en}${host ? `, ${host.en}` : ''}${need.en}`);
}
