import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AvailabilityQueries } from '../availability/availability.queries.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { eachDay } from '../kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../kernel/fiscal-year.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import { workingDayOf } from '../programme/working-days.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import type { YearFacts } from './year-facts.ts';
import { planningDays } from './year-instance.ts';

/** Reads everything that a year's plan is computed from. */
@Injectable()
export class YearFactsReader {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly meetings: MeetingQueries,
    private readonly availability: AvailabilityQueries,
  ) {}

  async ofCycle(cycleId: string, tx: EntityManager = this.database.manager): Promise<YearFacts> {
    const cycle = await this.cycles.one(cycleId, tx);
    const roster = await this.roster.wholeRoster(tx);
    const meetings = await this.meetings.ofCycle(cycleId, tx);
    const ids = meetings.map((meeting) => meeting.id);
    const working = workingDayOf(cycle.rules);
    const days = planningDays(
      cycle,
      meetings,
      working,
      eachDay(firstDayOf(cycle.fiscalYear), lastDayOf(cycle.fiscalYear)),
    );
    return {
      cycle,
      roster,
      meetings,
      seats: await this.meetings.seatsOf(ids, tx),
      attendees: await this.meetings.attendeesOf(ids, tx),
      letters: await this.availability.availabilityLetters(
        roster.people.map((person) => person.id),
        days,
        tx,
      ),
      days,
      previous: await this.previousOf(cycle, tx),
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
