import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import { Refusal } from '../kernel/refusal.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import type { Attendee, Meeting } from '../meetings/meeting.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { Office, Person, Roster } from '../roster/roster.ts';
import { InvitationEntity } from './invitation.entity.ts';
import type { InvitationFacts, StaffInCharge } from './invitation.ts';
import { nextMessage, type NextMessage } from './itip.ts';
import type { OfficeMeeting } from './mail-text.ts';
import { OfficeNoticeEntity } from './office-notice.entity.ts';
import { officeNews, type OfficeTold } from './office-news.ts';
import { answersFor } from './office-scope.ts';
import { meetingFacts, personFacts, type FactsContext } from './person-facts.ts';
import { invitationRefusals } from './refusals.ts';

/** One person at one meeting: what they were last sent, what is true now, and what follows */
export interface PersonDue {
  readonly key: string;
  readonly meeting: Meeting;
  readonly person: Person;
  readonly invitation: InvitationEntity | undefined;
  readonly facts: InvitationFacts | undefined;
  readonly answered: boolean;
  readonly next: Exclude<NextMessage, { action: 'nothing' }>;
}

export interface OfficeDue {
  readonly key: string;
  readonly office: Office;
  readonly notice: OfficeNoticeEntity | undefined;
  readonly news: readonly OfficeMeeting[];
  /** What the office will have been told */
  readonly now: readonly OfficeTold[];
}

export interface Unreachable {
  readonly meeting: Meeting;
  readonly facts: InvitationFacts;
}

export interface YearDue {
  readonly cycle: Cycle;
  readonly roster: Roster;
  readonly people: readonly PersonDue[];
  readonly offices: readonly OfficeDue[];
  readonly unreachable: readonly Unreachable[];
  readonly staffInCharge: StaffInCharge;
}

/** The difference between what everybody was last sent about a year and what is true now: all mail about meetings follows from it. */
@Injectable()
export class YearInvitations {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly meetings: MeetingQueries,
    private readonly staff: StaffQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where nobody with a telephone is in charge: every mail names them */
  async due(cycleId: string, tx: EntityManager = this.database.manager): Promise<YearDue> {
    const cycle = await this.cycles.one(cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const meetings = (await this.meetings.ofCycle(cycleId, tx)).filter((meeting) => meeting.state !== 'undated');
    const ids = meetings.map((meeting) => meeting.id);
    const attendees = await this.meetings.attendeesOf(ids, tx);
    const invitations =
      ids.length === 0 ? [] : await tx.find(InvitationEntity, { where: { meetingId: In(ids), state: 'live' } });
    const notices = await tx.findBy(OfficeNoticeEntity, { cycleId });
    const inCharge = await this.inCharge(cycle, meetings, tx);
    const context: FactsContext = {
      cycle,
      roster,
      parts: Map.groupBy(
        meetings.filter((meeting) => meeting.partOf !== null),
        (meeting) => meeting.partOf!,
      ),
      wholes: new Map(meetings.map((meeting) => [meeting.id, meeting])),
      staffInCharge: (meeting) => inCharge(meeting.staffInCharge),
      now: this.clock.now(),
    };
    const at = context.now.toISO()!;
    const people = meetings.flatMap((meeting) => this.peopleDue(context, meeting, attendees, invitations, at));
    const offices = roster.offices.flatMap((office) => officeDue(context, office, meetings, attendees, notices, at));
    return {
      cycle,
      roster,
      people,
      offices,
      unreachable: unreachableAmong(context, meetings, attendees, at),
      staffInCharge: inCharge(null),
    };
  }

  private peopleDue(
    context: FactsContext,
    meeting: Meeting,
    attendees: readonly Attendee[],
    invitations: readonly InvitationEntity[],
    at: string,
  ): PersonDue[] {
    const here = attendees.filter((attendee) => attendee.meetingId === meeting.id);
    const sent = invitations.filter((invitation) => invitation.meetingId === meeting.id);
    const ids = new Set([...here.map((a) => a.personId), ...sent.map((i) => i.personId)]);
    return [...ids].flatMap((personId): PersonDue[] => {
      const person = context.roster.people.find((p) => p.id === personId);
      if (!person) return [];
      const attendee = here.find((a) => a.personId === personId);
      const invitation = sent.find((i) => i.personId === personId);
      const facts = attendee && personFacts(context, meeting, attendee, invitation?.sent);
      const answered = attendee !== undefined && attendee.attendance !== 'unanswered';
      const next = nextMessage(invitation?.sent, facts, { answered, at });
      if (next.action === 'nothing') return [];
      return [{ key: `person/${meeting.key}/${personId}`, meeting, person, invitation, facts, answered, next }];
    });
  }

  /** Everybody in charge of some meeting of the year, by id; null: whoever is in charge of the year */
  private async inCharge(
    cycle: Cycle,
    meetings: readonly Meeting[],
    tx: EntityManager,
  ): Promise<(staffId: string | null) => StaffInCharge> {
    if (!cycle.staffInCharge) throw Refusal.of(invitationRefusals, 'invitations.no-staff-in-charge');
    const known = new Map<string, StaffInCharge>();
    for (const id of new Set([cycle.staffInCharge, ...meetings.flatMap((meeting) => meeting.staffInCharge ?? [])])) {
      const member = await this.staff.one(id, tx);
      if (!member) throw Refusal.of(invitationRefusals, 'invitations.no-staff-in-charge');
      const name = { ja: member.nameJa, en: member.nameEn };
      if (member.telephone === '') throw Refusal.of(invitationRefusals, 'invitations.no-telephone', { name });
      known.set(id, { name, telephone: member.telephone, address: member.email });
    }
    return (staffId) => known.get(staffId ?? cycle.staffInCharge!)!;
  }
}

function unreachableAmong(
  context: FactsContext,
  meetings: readonly Meeting[],
  attendees: readonly Attendee[],
  at: string,
): Unreachable[] {
  return meetings
    .filter((meeting) => meeting.state === 'scheduled')
    .flatMap((meeting) =>
      attendees
        .filter((attendee) => attendee.meetingId === meeting.id)
        .filter(
          (attendee) => !context.roster.offices.some((office) => answersFor(office, attendee, meeting, context.roster)),
        )
        .flatMap((attendee) => {
          const facts = personFacts(context, meeting, attendee, undefined);
          return facts && facts.address === null && facts.endsAt > at ? [{ meeting, facts }] : [];
        }),
    );
}

function officeDue(
  context: FactsContext,
  office: Office,
  meetings: readonly Meeting[],
  attendees: readonly Attendee[],
  notices: readonly OfficeNoticeEntity[],
  at: string,
): OfficeDue[] {
  const notice = notices.find((n) => n.officeId === office.id);
  const now = meetings.flatMap((meeting): OfficeTold[] => {
    const before = notice?.told.find((told) => told.facts.meetingId === meeting.id);
    const facts = meetingFacts(context, meeting, before);
    if (!facts || facts.endsAt <= at) return before && before.facts.endsAt <= at ? [before] : [];
    const people = attendees
      .filter((attendee) => attendee.meetingId === meeting.id && answersFor(office, attendee, meeting, context.roster))
      .flatMap((attendee) => {
        const person = personFacts(context, meeting, attendee, before);
        if (!person) return [];
        const { personId, name, honorific, post, seat, required, address } = person;
        return [{ personId, name, honorific, post, seat, required, ownMail: address !== null }];
      });
    return people.length > 0 ? [{ facts, people }] : [];
  });
  const news = officeNews(office, notice?.told ?? [], now);
  return news.length === 0 ? [] : [{ key: `office/${office.id}`, office, notice, news, now }];
}
