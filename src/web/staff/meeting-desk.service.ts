import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.ts';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { InvitationQueries } from '../../invitations/invitations.queries.ts';
import { text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { MeetingFile } from './meeting-file.ts';
import { standingOf, toldByMeeting } from './meeting-standing.ts';

/** Everything that is known of one meeting, read together for its pages */
@Injectable()
export class MeetingDesk {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly invitations: InvitationQueries,
    private readonly responses: ResponseQueries,
    private readonly staff: StaffQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where there is no such meeting */
  async file(id: string): Promise<MeetingFile> {
    const meeting = await this.meetings.one(id);
    const [cycle, meetings] = await Promise.all([
      this.cycles.one(meeting.cycleId),
      this.meetings.ofCycle(meeting.cycleId),
    ]);
    const parts = meetings.filter((one) => one.partOf === id);
    const ids = [id, ...parts.map((part) => part.id)];
    const [roster, seats, attendees, told, staff] = await Promise.all([
      this.roster.wholeRoster(),
      this.meetings.seatsOf(ids),
      this.meetings.attendeesOf(ids),
      this.invitations.told(cycle.id),
      this.staff.list(),
    ]);
    const answers = await this.responses.historyOf(
      attendees.filter((attendee) => attendee.meetingId === id).map((attendee) => attendee.id),
    );
    const names = new Map(roster.people.map((person) => [person.id, person.name]));
    const now = this.clock.now().toJSDate();
    const toldOf = toldByMeeting(told);
    const activity = meetingActivityOf(cycle.rules, meeting.activity);
    const standing = (one: typeof meeting) =>
      standingOf({
        meeting: one,
        activity: meetingActivityOf(cycle.rules, one.activity),
        seats: seats.filter((seat) => seat.meetingId === one.id),
        attendees: attendees.filter((attendee) => attendee.meetingId === one.id),
        told: toldOf.get(one.id) ?? new Map(),
        nameOf: (personId) => names.get(personId) ?? text(personId, personId),
        now,
      });
    return {
      meeting,
      activity,
      cycle,
      roster,
      whole: meetings.find((one) => one.id === meeting.partOf),
      parts: parts.map((part) => ({
        meeting: part,
        standing: standing(part),
        told: toldOf.get(part.id) ?? new Map(),
      })),
      others: meetings.filter((one) => one.id !== id),
      seats: seats.filter((seat) => seat.meetingId === id),
      attendees: attendees.filter((attendee) => attendee.meetingId === id),
      answers,
      told: toldOf.get(id) ?? new Map(),
      standing: standing(meeting),
      staff,
      now,
    };
  }
}
