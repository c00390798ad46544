import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import { Refusal } from '../kernel/refusal.ts';
import { MailPolicy } from '../mail/mail-policy.service.ts';
import { OutboxQueries } from '../mail/outbox.queries.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import { InvitationEntity } from './invitation.entity.ts';
import type { StaffInCharge } from './invitation.ts';
import { invitationKey, officeKey } from './mail-due.ts';
import { OfficeNoticeEntity } from './office-notice.entity.ts';
import { factsContext } from './person-facts.ts';
import { invitationRefusals } from './refusals.ts';
import {
  lastMailOf,
  officeDue,
  peopleDue,
  unreachableAmong,
  type Invitation,
  type OfficeNotice,
  type YearDue,
  type YearTold,
} from './year-due.ts';

/** The difference between what everybody knows about a year and what is true now: all mail about meetings follows from it. */
@Injectable()
export class YearInvitations {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly meetings: MeetingQueries,
    private readonly staff: StaffQueries,
    private readonly policy: MailPolicy,
    private readonly outbox: OutboxQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where nobody with a telephone is in charge: every mail names them */
  async due(cycleId: string, tx: EntityManager = this.database.manager): Promise<YearDue> {
    const cycle = await this.cycles.one(cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const meetings = (await this.meetings.ofCycle(cycleId, tx)).filter((meeting) => meeting.state !== 'undated');
    const ids = meetings.map((meeting) => meeting.id);
    const inCharge = await this.inCharge(cycle, meetings, tx);
    const staffInCharge = (meeting: Meeting) => inCharge(meeting.staffInCharge);
    const attendees = await this.meetings.attendeesOf(ids, tx);
    const invitations = await this.invitationsTo(ids, tx);
    const byMeeting = Map.groupBy(attendees, (attendee) => attendee.meetingId);
    const year: YearTold = {
      context: factsContext({ cycle, roster, staffInCharge, attendees: byMeeting, now: this.clock.now() }, meetings),
      policy: await this.policy.get(tx),
      meetings,
      attendees: byMeeting,
      invitations: Map.groupBy(invitations, (invitation) => invitation.meetingId),
      notices: await this.notices(cycleId, tx),
    };
    return {
      told: year,
      cycle,
      roster,
      policy: year.policy,
      people: meetings.flatMap((meeting) => peopleDue(year, meeting)),
      offices: roster.offices.flatMap((office) => officeDue(year, office)),
      unreachable: unreachableAmong(year),
      staffInCharge: inCharge(null),
    };
  }

  /** Everything that anybody was sent about these meetings, with what has become of the last mail */
  async invitationsTo(
    meetingIds: readonly string[],
    tx: EntityManager = this.database.manager,
    personId?: string,
  ): Promise<Invitation[]> {
    if (meetingIds.length === 0) return [];
    const where = { meetingId: In([...meetingIds]), ...(personId === undefined ? {} : { personId }) };
    const rows = await tx.findBy(InvitationEntity, where);
    const states = await this.outbox.statesOf(
      rows.map((row) => invitationKey(row.id)),
      tx,
    );
    return rows.map(({ id, personId: who, meetingId, part, sent, rehearsal, sentAt }) => {
      const last = lastMailOf(states.get(`${invitationKey(id)}#${sent.revision}`));
      return { id, meetingId, personId: who, part, sent, rehearsal, sentAt, last };
    });
  }

  /** What offices were told about a year */
  async notices(
    cycleId: string,
    tx: EntityManager = this.database.manager,
    officeId?: string,
  ): Promise<OfficeNotice[]> {
    const rows = await tx.findBy(OfficeNoticeEntity, { cycleId, ...(officeId === undefined ? {} : { officeId }) });
    const states = await this.outbox.statesOf(
      rows.map((row) => officeKey(cycleId, row.officeId)),
      tx,
    );
    return rows.map((row) => ({
      ...row,
      last: lastMailOf(states.get(`${officeKey(cycleId, row.officeId)}#${row.revision}`)),
    }));
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
      if (!member.active) throw Refusal.of(invitationRefusals, 'invitations.staff-left', { name });
      if (member.telephone === '') throw Refusal.of(invitationRefusals, 'invitations.no-telephone', { name });
      known.set(id, { name, telephone: member.telephone, address: member.email });
    }
    return (staffId) => known.get(staffId ?? cycle.staffInCharge!)!;
  }
}
