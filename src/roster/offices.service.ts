import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/actor.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterCommands } from './roster-commands.service.ts';

@Injectable()
export class Offices extends RosterCommands<'office'> {
  protected readonly noun = 'office';

  /** @throws Refusal roster.office-is-the-only-way */
  async end(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const office = await this.writer.find(tx, 'office', id);
      const cutOff = (await this.writer.store.all(tx, 'post')).find(
        (post) => post.office === id && post.reach === 'office' && (!post.endedOn || post.endedOn > day),
      );
      if (cutOff)
        throw Refusal.of(rosterRefusals, 'roster.office-is-the-only-way', { name: office.name, post: cutOff.title });
      await this.writer.correct(tx, 'office', { ...office, endedOn: day }, actor, 'roster.end');
    });
  }
}
