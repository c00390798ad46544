import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/actor.ts';
import { dateLong, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterCommands } from './roster-commands.service.ts';

/** Conflicts of interest: what binds a person to a centre or to a host institution */
@Injectable()
export class Conflicts extends RosterCommands<'conflict'> {
  protected readonly noun = 'conflict';

  /** The relation is over; how many years it still counts is the programme's rule. */
  async end(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const conflict = await this.writer.find(tx, 'conflict', id);
      if (conflict.from !== null && day < conflict.from)
        throw Refusal.of(rosterRefusals, 'roster.ends-before-it-begins', {
          day: dateLong(day),
          from: dateLong(conflict.from),
        });
      await this.writer.correct(tx, 'conflict', { ...conflict, to: day }, actor, 'roster.end');
    });
  }

  /** Entered by mistake: it never was. */
  async withdraw(id: string, actor: Actor): Promise<void> {
    await this.command((tx) => this.writer.withdraw(tx, 'conflict', id, actor));
  }
}
