import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../clock/clock.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { lastDayOf } from '../../kernel/fiscal-year.ts';
import { dayInZone } from '../../kernel/zoned-time.ts';
import { Programmes } from '../../programme/programmes.service.ts';
import type { Words } from '../../roster/roster-faults.ts';
import { RosterViews } from '../../roster/roster-views.ts';
import { rosterCautions, type RosterWarning } from '../../roster/roster-warnings.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { Roster } from '../../roster/roster.ts';
import { likelyWords, wordsInOrder } from './roster-vocabulary.ts';
import { RosterWords } from './roster-words.ts';
import { Years } from './years.service.ts';

/** What every page of the roster is made from, read once per request */
export interface RosterFile {
  readonly roster: Roster;
  readonly views: RosterViews;
  readonly words: RosterWords;
  readonly warnings: readonly RosterWarning[];
  /** The year last looked at; undefined while there is none */
  readonly cycle: Cycle | undefined;
  /** Today where the programme is */
  readonly day: CalendarDate;
}

const ZONE = 'Asia/Tokyo';

@Injectable()
export class RosterDesk {
  constructor(
    private readonly queries: RosterQueries,
    private readonly years: Years,
    private readonly programmes: Programmes,
    private readonly clock: Clock,
  ) {}

  async open(request: FastifyRequest): Promise<RosterFile> {
    const [cycle, roster] = [await this.years.current(request), await this.queries.wholeRoster()];
    const words = cycle ? wordsInOrder(cycle.rules) : await this.wordsFor(roster);
    const day = this.today(cycle);
    return {
      roster,
      views: new RosterViews(roster, day),
      words: new RosterWords(roster, words),
      warnings: rosterCautions(roster, day, words, cycle ? lastDayOf(cycle.fiscalYear) : day),
      cycle,
      day,
    };
  }

  today(cycle: Cycle | undefined): CalendarDate {
    return dayInZone(this.clock.now().toJSDate().toISOString(), cycle?.rules.zone ?? ZONE);
  }

  /** Before the first year is set up nothing says which programme is meant. */
  private async wordsFor(roster: Roster): Promise<Words> {
    return likelyWords(await this.programmes.all(), roster);
  }
}
