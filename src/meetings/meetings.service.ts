import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { GeneratedMeeting } from '../cycle/generated-year.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { dateLong } from '../kernel/calendar-date.ts';
import { fiscalYearLabels, firstDayOf, lastDayOf } from '../kernel/fiscal-year.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { Roster } from '../roster/roster.ts';
import { Attendees } from './attendees.service.ts';
import { asksAgain, differs, type MeetingChange } from './meeting-change.ts';
import { clockTimes, instantsOf, type When } from './meeting-time.ts';
import { MeetingEntity } from './meeting.entity.ts';
import type { Meeting } from './meeting.ts';
import { meetingCancelled, meetingMoved, meetingScheduled } from './meetings.facts.ts';
import { meetingRefusals } from './refusals.ts';
import { SeatEntity } from './seat.entity.ts';

const nothing = { ja: '', en: '' };

/** Commands on meetings. None of them sends a mail: what people have to be told follows from the difference to what they were last sent. */
@Injectable()
export class Meetings {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly attendees: Attendees,
    private readonly roster: RosterQueries,
    private readonly cycles: CycleQueries,
    private readonly jobs: Jobs,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Writes the meetings of a new year, undated, with their seats. Their parts follow them in the list. */
  async draft(tx: EntityManager, cycleId: string, zone: string, rows: readonly GeneratedMeeting[]): Promise<void> {
    const roster = await this.roster.wholeRoster(tx);
    const rules = (await this.cycles.one(cycleId, tx)).rules;
    const ids = new Map<string, string>();
    for (const row of [...rows].sort((a, b) => Number(a.partOf !== null) - Number(b.partOf !== null))) {
      const id = newId();
      ids.set(row.key, id);
      const activity = meetingActivityOf(rules, row.activity);
      await tx.insert(MeetingEntity, {
        ...venueOf(row, roster, activity?.venue ?? 'centre', activity?.place),
        id,
        cycleId,
        key: row.key,
        activity: row.activity,
        centre: row.centre,
        partOf: row.partOf === null ? null : (ids.get(row.partOf) ?? null),
        title: row.title,
        reason: row.reason,
        windowFrom: row.window?.from ?? null,
        windowTo: row.window?.to ?? null,
        halfDays: row.halfDays,
        minutes: row.minutes,
        evaluation: row.evaluation,
        state: 'undated',
        zone,
        mode: 'on-site',
        note: nothing,
        revision: 0,
      });
      for (const [position, seat] of row.seats.entries())
        await tx.insert(SeatEntity, { ...seat, id: newId(), meetingId: id, position });
    }
  }

  /** One meeting set by hand. `shown`: the revision that staff were looking at; another one by now is refused. */
  async set(meetingId: string, change: MeetingChange, actor: Actor, shown?: number): Promise<Meeting> {
    return this.attendees.nobodyTwice(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      if (shown !== undefined && shown !== meeting.revision)
        throw Refusal.of(meetingRefusals, 'meetings.changed-meanwhile', { title: meeting.title });
      const dated = change.firstDay !== undefined || change.from !== undefined;
      return this.apply(
        tx,
        meeting,
        { ...change, ...(dated ? { fixedByStaff: change.fixedByStaff ?? true } : {}) },
        actor,
      );
    });
  }

  /** A day that the plan chose; staff's own fields (place, link) stay. The caller has opened the transaction. */
  async schedule(
    tx: EntityManager,
    meetingId: string,
    when: When,
    mode: 'on-site' | 'online' | undefined,
    actor: Actor,
  ): Promise<Meeting> {
    const meeting = await this.lock(tx, meetingId);
    return this.apply(tx, meeting, { ...when, ...(mode && mode !== meeting.mode ? { mode } : {}) }, actor);
  }

  async cancel(meetingId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      refuse(notCancelled(meeting));
      const parts = await tx.find(MeetingEntity, { where: { partOf: meetingId } });
      for (const one of [meeting, ...parts.filter((part) => part.state !== 'cancelled')]) {
        await tx.update(MeetingEntity, { id: one.id }, { state: 'cancelled', revision: one.revision + 1 });
        await this.attendees.book(tx, one.id);
        await this.trail.record(tx, {
          actor,
          verb: 'meeting.cancel',
          subject: `meeting/${one.id}`,
          before: { state: one.state },
          after: { state: 'cancelled' },
        });
        await this.jobs.announce(tx, meetingCancelled, { meetingId: one.id });
      }
    });
  }

  /** Takes a cancellation back: the meeting is there again, at its time if it had one. Whoever was told is invited anew. */
  async reinstate(meetingId: string, actor: Actor): Promise<void> {
    await this.attendees.nobodyTwice(async (tx) => {
      const meeting = await this.lock(tx, meetingId);
      if (meeting.state !== 'cancelled')
        throw Refusal.of(meetingRefusals, 'meetings.not-cancelled', { title: meeting.title });
      const state = meeting.startsAt ? 'scheduled' : 'undated';
      await tx.update(MeetingEntity, { id: meetingId }, { state, revision: meeting.revision + 1 });
      await this.attendees.fillPosts(tx, { ...meeting, state }, actor);
      await this.attendees.book(tx, meetingId);
      await this.trail.record(tx, {
        actor,
        verb: 'meeting.reinstate',
        subject: `meeting/${meetingId}`,
        before: { state: 'cancelled' },
        after: { state },
      });
      await this.jobs.announce(tx, meetingScheduled, { meetingId });
    });
  }

  private async apply(tx: EntityManager, before: Meeting, change: MeetingChange, actor: Actor): Promise<Meeting> {
    refuse(notCancelled(before));
    const after: Meeting = { ...before, ...(await this.timeAfter(tx, before, change)), ...fieldsOf(change) };
    if (after.mode === 'online' && after.state === 'scheduled' && change.mode === 'online' && change.onlineUrl === '')
      throw Refusal.of(meetingRefusals, 'meetings.no-online-link');
    if (!differs(before, after)) return before;
    const again = asksAgain(before, after) || before.state !== after.state;
    if (again) after.revision = before.revision + 1;
    const { id, ...columns } = after;
    await tx.update(MeetingEntity, { id }, columns);
    if (before.firstDay !== after.firstDay || before.state !== after.state)
      await this.attendees.fillPosts(tx, after, actor);
    if (again) await this.attendees.askAgain(tx, id);
    await this.attendees.book(tx, id);
    await this.trail.record(tx, {
      actor,
      verb: before.state === 'undated' && after.state === 'scheduled' ? 'meeting.schedule' : 'meeting.set',
      subject: `meeting/${id}`,
      ...difference(before, after),
    });
    if (again)
      await this.jobs.announce(tx, before.state === 'scheduled' ? meetingMoved : meetingScheduled, { meetingId: id });
    return after;
  }

  /** The time fields after a change: a new day alone keeps the hours, new hours alone keep the day */
  private async timeAfter(tx: EntityManager, before: Meeting, change: MeetingChange): Promise<Partial<Meeting>> {
    if (
      change.firstDay === undefined &&
      change.lastDay === undefined &&
      change.from === undefined &&
      change.to === undefined
    )
      return {};
    const { rules, fiscalYear } = await this.cycles.one(before.cycleId, tx);
    const activity = meetingActivityOf(rules, before.activity);
    const hours = activity?.hours;
    const old =
      before.startsAt && before.endsAt
        ? clockTimes({ startsAt: before.startsAt, endsAt: before.endsAt, zone: before.zone })
        : undefined;
    const firstDay = change.firstDay ?? before.firstDay;
    if (!firstDay) throw Refusal.of(meetingRefusals, 'meetings.no-such-time');
    for (const day of [firstDay, change.lastDay ?? firstDay])
      if (day < firstDayOf(fiscalYear) || day > lastDayOf(fiscalYear))
        throw Refusal.of(meetingRefusals, 'meetings.outside-the-year', {
          day: dateLong(day),
          year: fiscalYearLabels(fiscalYear).label,
        });
    const length =
      before.firstDay && before.lastDay
        ? Date.parse(before.lastDay) - Date.parse(before.firstDay)
        : (Math.ceil(before.halfDays / 2) - 1) * 86_400_000;
    const lastDay =
      change.lastDay ??
      (new Date(Date.parse(firstDay) + (before.minutes === null ? length : 0))
        .toISOString()
        .slice(0, 10) as typeof firstDay);
    const from = change.from ?? old?.from ?? hours?.morning.from ?? '10:00';
    const to =
      change.to ??
      old?.to ??
      (before.minutes === null
        ? ((before.halfDays === 1 ? hours?.morning.to : hours?.afternoon.to) ?? '17:00')
        : later(from, before.minutes));
    const instants = instantsOf({ firstDay, lastDay, from, to }, before.zone);
    if (instants instanceof Refusal) throw instants;
    if (
      instants.startsAt <= this.clock.now().toJSDate() &&
      before.endsAt &&
      before.endsAt <= this.clock.now().toJSDate()
    )
      throw Refusal.of(meetingRefusals, 'meetings.held', { title: before.title });
    return { firstDay, lastDay, ...instants, state: 'scheduled' };
  }

  private async lock(tx: EntityManager, id: string): Promise<Meeting> {
    const meeting = await tx.findOne(MeetingEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!meeting) throw Refusal.of(meetingRefusals, 'meetings.unknown');
    return meeting;
  }
}

const notCancelled = (meeting: Meeting) =>
  meeting.state === 'cancelled'
    ? Refusal.of(meetingRefusals, 'meetings.cancelled', { title: meeting.title })
    : undefined;

function later(time: string, minutes: number): string {
  const total = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

function fieldsOf(change: MeetingChange): Partial<Meeting> {
  const { firstDay: _f, lastDay: _l, from: _b, to: _t, ...fields } = change;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function difference(before: Meeting, after: Meeting): { before: object; after: object } {
  const changed = (Object.keys(after) as (keyof Meeting)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  const only = (meeting: Meeting) => Object.fromEntries(changed.map((key) => [key, meeting[key]]));
  return { before: only(before), after: only(after) };
}

function venueOf(row: GeneratedMeeting, roster: Roster, venue: 'centre' | 'programme', place = nothing) {
  const centre = roster.centres.find((c) => c.id === row.centre);
  if (venue === 'programme' || !centre) return { place, room: nothing, access: nothing };
  const host = roster.institutions.find((i) => i.id === centre.hosts[0]);
  const building = {
    ja: [host?.name.ja, centre.name.ja, centre.building.ja].filter(Boolean).join(' '),
    en: [centre.building.en, centre.name.en, host?.name.en].filter(Boolean).join(', '),
  };
  return { place: building, room: centre.room, access: centre.access };
}
