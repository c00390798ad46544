import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AvailabilityQueries } from '../availability/availability.queries.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { eachDay } from '../kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../kernel/fiscal-year.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { workingDayOf } from '../programme/working-days.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import { changedAttendees, changedLetters, changedMeetings, openedDays } from './changed-facts.ts';
import { merged, type YearChange } from './year-change.ts';
import type { YearFacts } from './year-facts.ts';
import { planningDays } from './year-instance.ts';
import { YearRulesEntity } from './year-rules.entity.ts';

/** What staff decided beside the programme's rules */
export async function keptChanges(tx: EntityManager, cycleId: string): Promise<YearChange[]> {
  return (await tx.findOneBy(YearRulesEntity, { cycleId }))?.changes ?? [];
}

/** @returns ids of the meetings of a year of which somebody was told */
export type WhoWasTold = (cycleId: string) => Promise<ReadonlySet<string>>;

/** Reads everything that a year's plan is computed from. */
@Injectable()
export class YearFactsReader {
  private whoWasTold: WhoWasTold | undefined;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly meetings: MeetingQueries,
    private readonly availability: AvailabilityQueries,
  ) {}

  /** Who was told of what is known on an upper floor, which gives this word for it. */
  hear(whoWasTold: WhoWasTold): void {
    this.whoWasTold = whoWasTold;
  }

  /** @param whatIf what is different in the copy that is asked about, beside what the year itself keeps */
  async ofCycle(
    cycleId: string,
    tx: EntityManager = this.database.manager,
    whatIf: readonly YearChange[] = [],
  ): Promise<YearFacts> {
    const cycle = await this.cycles.one(cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const changes = merged(await keptChanges(tx, cycleId), whatIf);
    const meetings = changedMeetings(await this.meetings.ofCycle(cycleId, tx), changes, cycle.rules);
    const ids = meetings.map((meeting) => meeting.id);
    const working = workingDayOf(cycle.rules);
    const opened = openedDays(changes);
    const days = planningDays(
      cycle,
      meetings,
      (day) => opened.has(day) || working(day),
      eachDay(firstDayOf(cycle.fiscalYear), lastDayOf(cycle.fiscalYear)),
    );
    const seats = await this.meetings.seatsOf(ids, tx);
    const attendees = await this.meetings.attendeesOf(ids, tx);
    const people = roster.people.map((person) => person.id);
    const letters = await this.availability.availabilityLetters(people, days, tx);
    return {
      cycle,
      roster,
      meetings,
      seats,
      attendees: changedAttendees(attendees, changes, meetings, seats),
      letters: changedLetters(letters, changes, days),
      days,
      previous: await this.previousOf(cycle, tx),
      ...(await this.untoldOf(cycleId, meetings)),
      changes,
    };
  }

  /** Only what is needed to call things by their names */
  async namesOf(
    cycleId: string,
    tx: EntityManager = this.database.manager,
  ): Promise<Pick<YearFacts, 'cycle' | 'roster' | 'meetings' | 'seats' | 'untold'>> {
    const cycle = await this.cycles.one(cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const meetings = await this.meetings.ofCycle(cycleId, tx);
    const ids = meetings.map((meeting) => meeting.id);
    const seats = await this.meetings.seatsOf(ids, tx);
    return { cycle, roster, meetings, seats, ...(await this.untoldOf(cycleId, meetings)) };
  }

  private async untoldOf(cycleId: string, meetings: readonly Meeting[]): Promise<Pick<YearFacts, 'untold'>> {
    const told = await this.whoWasTold?.(cycleId);
    if (!told) return {};
    return {
      untold: new Set(meetings.flatMap(({ id, key, state }) => (state === 'scheduled' && !told.has(id) ? [key] : []))),
    };
  }

  /** Last year's officer of each centre and those who came with its panels */
  private async previousOf(cycle: Cycle, tx: EntityManager): Promise<Map<string, string[]>> {
    const previous = new Map<string, string[]>();
    const before = await this.cycles.ofYear(cycle.programme, cycle.fiscalYear - 1, tx);
    if (!before) return previous;
    const meetings = await this.meetings.ofCycle(before.id, tx);
    const ids = meetings.map((meeting) => meeting.id);
    const seats = new Map((await this.meetings.seatsOf(ids, tx)).map((seat) => [seat.id, seat]));
    for (const attendee of await this.meetings.attendeesOf(ids, tx)) {
      const meeting = meetings.find((m) => m.id === attendee.meetingId)!;
      const rule = meetingActivityOf(before.rules, meeting.activity)?.seats.find(
        (r) => r.id === seats.get(attendee.seatId ?? '')?.rule,
      );
      const id = rule?.assigned ?? rule?.panel?.id;
      if (!id || !meeting.centre) continue;
      const key = `${id}/${meeting.centre}`;
      previous.set(key, [...new Set([...(previous.get(key) ?? []), attendee.personId])]);
    }
    return previous;
  }
}
