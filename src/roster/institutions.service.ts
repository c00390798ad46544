import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/actor.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterCommands } from './roster-commands.service.ts';

@Injectable()
export class Institutions extends RosterCommands<'institution'> {
  protected readonly noun = 'institution';

  /** @throws Refusal roster.still-host */
  async end(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const institution = await this.writer.find(tx, 'institution', id);
      const hosted = (await this.writer.store.all(tx, 'centre')).find(
        (centre) => centre.hosts.includes(id) && !centre.endedOn,
      );
      if (hosted)
        throw Refusal.of(rosterRefusals, 'roster.still-host', { name: institution.name, centre: hosted.acronym });
      await this.writer.correct(tx, 'institution', { ...institution, endedOn: day }, actor, 'roster.end');
    });
  }
}
