import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { InvitationQueries } from '../../invitations/invitations.queries.ts';
import { text } from '../../kernel/text.ts';
import type { Attendee } from '../../meetings/meeting.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { YearStanding } from './board.ts';
import { standingOf, toldByMeeting } from './meeting-standing.ts';

/** A year as it stands, with everybody who is asked to come */
export interface YearFile extends YearStanding {
  readonly attendees: readonly Attendee[];
}

/** How everything of a year stands now, in six queries: for today's page and for the year board */
@Injectable()
export class YearStandings {
  constructor(
    private readonly meetings: MeetingQueries,
    private readonly milestones: MilestoneQueries,
    private readonly invitations: InvitationQueries,
    private readonly roster: RosterQueries,
    private readonly clock: Clock,
  ) {}

  async of(cycle: Cycle): Promise<YearFile> {
    const meetings = await this.meetings.ofCycle(cycle.id);
    const ids = meetings.map((meeting) => meeting.id);
    const [roster, seats, attendees, told, milestones] = await Promise.all([
      this.roster.wholeRoster(),
      this.meetings.seatsOf(ids),
      this.meetings.attendeesOf(ids),
      this.invitations.told(cycle.id),
      this.milestones.ofCycle(cycle.id),
    ]);
    const names = new Map(roster.people.map((person) => [person.id, person.name]));
    const seatsOf = Map.groupBy(seats, (seat) => seat.meetingId);
    const attendeesOf = Map.groupBy(attendees, (attendee) => attendee.meetingId);
    const toldOf = toldByMeeting(told);
    const now = this.clock.now().toJSDate();
    return {
      cycle,
      roster,
      milestones,
      attendees,
      now,
      meetings: meetings.map((meeting) => ({
        meeting,
        standing: standingOf({
          meeting,
          activity: meetingActivityOf(cycle.rules, meeting.activity),
          seats: seatsOf.get(meeting.id) ?? [],
          attendees: attendeesOf.get(meeting.id) ?? [],
          told: toldOf.get(meeting.id) ?? new Map(),
          nameOf: (id) => names.get(id) ?? text(id, id),
          now,
        }),
      })),
    };
  }
}
