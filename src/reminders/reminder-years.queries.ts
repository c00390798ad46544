import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import type { YearDue } from '../invitations/year-due.ts';
import { YearInvitations } from '../invitations/year-invitations.service.ts';
import { dayInZone, type Instant } from '../kernel/zoned-time.ts';
import { sameAddress } from '../mail/address.ts';
import { OutboxQueries } from '../mail/outbox.queries.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { MilestoneQueries } from '../milestones/milestones.queries.ts';
import { ResponseQueries } from '../responses/responses.queries.ts';
import type { ReminderStep } from '../programme/programme.ts';
import { comingSteps, dueSteps, takenKey, type Due, type Planned } from './due-steps.ts';
import { CountryHolidays } from './country-holidays.service.ts';
import type { Matter, Recipient, YearFacts } from './matter.ts';
import { ladderKey } from './obligation.ts';
import { ReminderPauseEntity } from './reminder-pause.entity.ts';
import { ReminderEntity } from './reminder.entity.ts';
import { hoursOf, stepsOf, yearsOfReminders } from './reminder.ts';
import { placesAbroad } from './reader-days.ts';
import type { Hours } from './step-times.ts';
import { counts } from './unsubscribed.ts';
import { UnsubscribedReaderEntity } from './unsubscribed-reader.entity.ts';
import { mattersOf } from './year-matters.ts';

/** A year as its reminders see it at an instant */
export interface ReminderYear {
  readonly now: Instant;
  readonly due: YearDue;
  readonly steps: readonly ReminderStep[];
  readonly hours: Hours;
  readonly matters: readonly Matter[];
  /** By `ladderKey` */
  readonly byLadder: ReadonlyMap<string, Matter>;
  readonly recipients: ReadonlyMap<string, Recipient>;
  readonly paused: readonly { readonly subject: string; readonly by: string; readonly at: Date }[];
  /** Who wants no reminders by mail, as it counts now */
  readonly unsubscribed: readonly { readonly subject: string; readonly by: string; readonly at: Date }[];
  readonly taken: ReadonlySet<string>;
  /** Steps that staff have taken out by hand */
  readonly skippedByStaff: ReadonlySet<string>;
  /** By reader, the day on their clock of their last reminder */
  readonly written: ReadonlyMap<string, string>;
  /** What is due now */
  readonly today: Due;
  readonly coming: readonly Planned[];
}

/** Everything from which reminders are decided, read anew each time */
@Injectable()
export class ReminderYears {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly year: YearInvitations,
    private readonly meetings: MeetingQueries,
    private readonly milestones: MilestoneQueries,
    private readonly staff: StaffQueries,
    private readonly outbox: OutboxQueries,
    private readonly responses: ResponseQueries,
    private readonly holidays: CountryHolidays,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where nobody with a telephone is in charge: every mail names them */
  async of(cycleId: string, tx: EntityManager = this.database.manager): Promise<ReminderYear> {
    const now = this.clock.now().toISO()!;
    const due = await this.year.due(cycleId, tx);
    const paused = await tx.find(ReminderPauseEntity, { where: { cycleId }, order: { at: 'ASC', subject: 'ASC' } });
    const seats = await this.meetings.seatsOf(
      due.told.meetings.map((meeting) => meeting.id),
      tx,
    );
    const { policy, cycle } = due;
    const switchedOff = await tx.find(UnsubscribedReaderEntity, {
      where: { programme: cycle.programme },
      order: { at: 'ASC' },
    });
    const unsubscribed = switchedOff.filter((one) => counts(one, policy.rehearsal));
    const facts = {
      due,
      milestones: await this.milestones.ofCycle(cycleId, tx),
      seats: Map.groupBy(seats, (seat) => seat.meetingId),
      paused: new Set(paused.map((one) => one.subject)),
      unsubscribed: new Set(unsubscribed.map(({ subject }) => subject)),
      doubted: new Set((await this.responses.doubted(cycleId, tx)).map(({ attendeeId }) => attendeeId)),
      staff: await this.staff.list(tx),
      now,
    };
    const failing = await this.outbox.failing(addressesOf(facts), tx);
    const { matters, recipients } = mattersOf({ ...facts, failing });
    const steps = stepsOf(due.cycle);
    const abroad = placesAbroad([...recipients.values()].map(({ zone }) => zone));
    const hours = hoursOf(due.cycle, await this.holidays.of(abroad, yearsOfReminders(due.cycle)));
    const history = await this.history(cycleId, due.policy.rehearsal, recipients, tx);
    return {
      now,
      due,
      steps,
      hours,
      matters,
      byLadder: new Map(matters.map((matter) => [ladderKey(matter), matter])),
      recipients,
      paused,
      unsubscribed,
      ...history,
      today: dueSteps(matters, steps, now, hours, history.taken),
      coming: comingSteps(matters, steps, now, hours, history.taken),
    };
  }

  private async history(
    cycleId: string,
    rehearsal: boolean,
    recipients: ReadonlyMap<string, Recipient>,
    tx: EntityManager,
  ): Promise<Pick<ReminderYear, 'taken' | 'skippedByStaff' | 'written'>> {
    const rows = await tx.find(ReminderEntity, {
      // not what it was about, which is long
      select: {
        id: true,
        who: true,
        obligation: true,
        step: true,
        state: true,
        reason: true,
        reader: true,
        decidedAt: true,
      },
      where: { cycleId, rehearsal },
      order: { decidedAt: 'ASC' },
    });
    const key = (row: ReminderEntity) => takenKey({ who: row.who, key: row.obligation }, row.step);
    return {
      taken: new Set(rows.map(key)),
      skippedByStaff: new Set(rows.filter((row) => row.reason === 'by-staff').map(key)),
      written: new Map(
        rows.flatMap((row) => {
          const zone = recipients.get(row.reader ?? '')?.zone;
          return row.state === 'sent' && zone ? [[row.reader!, dayInZone(row.decidedAt.toISOString(), zone)]] : [];
        }),
      ),
    };
  }
}

/** Every address to which a reminder could go, as `sameAddress` has them */
const addressesOf = ({ due: { roster }, staff }: Pick<YearFacts, 'due' | 'staff'>): string[] =>
  [
    ...roster.people.flatMap((person) => person.addresses[0] ?? []),
    ...roster.posts.flatMap((post) => post.secretaryAddress ?? []),
    ...roster.offices.map((office) => office.address),
    ...staff.map((member) => member.email),
  ].map(sameAddress);
