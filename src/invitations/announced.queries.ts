import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { Office, Person, Roster } from '../roster/roster.ts';
import { InvitationEntity } from './invitation.entity.ts';
import type { MeetingFacts } from './invitation.ts';
import { OfficeNoticeEntity } from './office-notice.entity.ts';
import { answersFor } from './office-scope.ts';

/** A meeting as its reader was told of it, and where it stands now */
export interface Announced {
  readonly meeting: Meeting;
  /** As they were last told */
  readonly facts: MeetingFacts;
  /** What they were told is what is true: answers can be taken. Otherwise a change waits to be announced. */
  readonly stillTrue: boolean;
}

export interface AnnouncedToPerson extends Announced {
  readonly cycle: Cycle;
  readonly person: Person;
  readonly attendee: Attendee | undefined;
  readonly address: string | null;
}

export interface AnnouncedToOffice {
  readonly cycle: Cycle;
  readonly office: Office;
  readonly roster: Roster;
  readonly meetings: readonly (Announced & {
    readonly people: readonly { readonly attendee: Attendee; readonly person: Person }[];
  })[];
}

/** What has been announced to whom: a page that is opened by an emailed link shows this, never a draft of staff. */
@Injectable()
export class AnnouncedQueries {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly meetings: MeetingQueries,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
  ) {}

  async toPerson(
    meetingId: string,
    personId: string,
    tx: EntityManager = this.database.manager,
  ): Promise<AnnouncedToPerson | undefined> {
    const [invitation] = await tx.find(InvitationEntity, {
      where: { meetingId, personId },
      order: { sentAt: 'DESC' },
      take: 1,
    });
    if (!invitation) return undefined;
    const meeting = await this.meetings.one(meetingId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const person = roster.people.find((p) => p.id === personId);
    if (!person) return undefined;
    const { facts, state } = invitation.sent;
    const over = state === 'cancelled' || state === 'withdrawn';
    const attendees = await this.meetings.attendeesOf([meetingId], tx);
    return {
      cycle: await this.cycles.one(meeting.cycleId, tx),
      meeting,
      person,
      attendee: over ? undefined : attendees.find((attendee) => attendee.personId === personId),
      facts,
      address: facts.address,
      stillTrue: holds(facts, meeting),
    };
  }

  async toOffice(
    cycleId: string,
    officeId: string,
    tx: EntityManager = this.database.manager,
  ): Promise<AnnouncedToOffice | undefined> {
    const roster = await this.roster.wholeRoster(tx);
    const office = roster.offices.find((o) => o.id === officeId);
    const notice = await tx.findOneBy(OfficeNoticeEntity, { cycleId, officeId });
    if (!office || !notice) return undefined;
    const meetings = new Map(
      (
        await this.meetings.several(
          notice.told.map((told) => told.facts.meetingId),
          tx,
        )
      ).map((m) => [m.id, m]),
    );
    const attendees = Map.groupBy(
      await this.meetings.attendeesOf([...meetings.keys()], tx),
      (attendee) => attendee.meetingId,
    );
    return {
      cycle: await this.cycles.one(cycleId, tx),
      office,
      roster,
      meetings: notice.told.flatMap(({ facts, people }) => {
        const meeting = meetings.get(facts.meetingId);
        if (!meeting) return [];
        const told = new Set(people.map((who) => who.personId));
        const here = (attendees.get(meeting.id) ?? []).filter(
          (attendee) => told.has(attendee.personId) && answersFor(office, attendee, meeting, roster),
        );
        const named = here.flatMap((attendee) => {
          const person = roster.people.find((p) => p.id === attendee.personId);
          return person ? [{ attendee, person }] : [];
        });
        return [{ meeting, facts, stillTrue: holds(facts, meeting), people: named }];
      }),
    };
  }
}

/** Whether somebody who was told this knows when, where and how the meeting is */
function holds(facts: MeetingFacts, meeting: Meeting): boolean {
  if (meeting.state === 'cancelled') return facts.status === 'cancelled';
  if (meeting.state !== 'scheduled' || facts.status === 'cancelled') return false;
  return (
    meeting.startsAt?.toISOString() === facts.startsAt &&
    meeting.endsAt?.toISOString() === facts.endsAt &&
    (meeting.place.ja === '' || meeting.place.ja === facts.place.ja)
  );
}
