import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/actor.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { RosterCommands } from './roster-commands.service.ts';

@Injectable()
export class People extends RosterCommands<'person'> {
  protected readonly noun = 'person';

  /** Somebody leaves: their terms end with the same day. They stay in the roster for what they took part in. */
  async end(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const person = await this.writer.find(tx, 'person', id);
      await this.endTerms(tx, await this.writer.store.termsOf(tx, { person: id }), day, actor);
      await this.writer.correct(tx, 'person', { ...person, endedOn: day }, actor, 'roster.end');
    });
  }
}
