import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../clock/clock.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { dayInZone } from '../../kernel/zoned-time.ts';
import { Programmes } from '../../programme/programmes.service.ts';
import type { Words } from '../../roster/roster-faults.ts';
import { RosterViews } from '../../roster/roster-views.ts';
import { rosterCautions, type RosterWarning } from '../../roster/roster-warnings.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import type { Roster } from '../../roster/roster.ts';
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
    const words = cycle?.rules ?? (await this.wordsFor(roster));
    const day = this.today(cycle);
    return {
      roster,
      views: new RosterViews(roster, day),
      words: new RosterWords(roster, words),
      warnings: rosterCautions(roster, day, words),
      cycle,
      day,
    };
  }

  today(cycle: Cycle | undefined): CalendarDate {
    return dayInZone(this.clock.now().toJSDate().toISOString(), cycle?.rules.zone ?? ZONE);
  }

  /** Before the first year is set up: the shipped programme that knows most of the posts, so that its words can be chosen from. */
  private async wordsFor(roster: Roster): Promise<Words> {
    const all = await this.programmes.all();
    const known = (words: Words) => roster.posts.filter((post) => Object.hasOwn(words.posts, post.kind)).length;
    const most = Math.max(...all.map(known));
    const speaking = all.filter((words) => known(words) === most);
    return {
      posts: Object.assign({}, ...speaking.map((one) => one.posts)) as Words['posts'],
      fields: Object.assign({}, ...speaking.map((one) => one.fields)) as Words['fields'],
      schemes: Object.assign({}, ...speaking.map((one) => one.schemes)) as Words['schemes'],
      conflicts: { rules: speaking.flatMap((one) => one.conflicts.rules) },
    };
  }
}
