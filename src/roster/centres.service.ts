import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Posts } from './posts.service.ts';
import { RosterCommands } from './roster-commands.service.ts';
import { RosterWriter } from './roster-writer.service.ts';

@Injectable()
export class Centres extends RosterCommands<'centre'> {
  protected readonly noun = 'centre';

  constructor(
    @InjectDataSource() database: DataSource,
    writer: RosterWriter,
    private readonly posts: Posts,
  ) {
    super(database, writer);
  }

  /**
   * The centre itself closes: its posts and its office end with it. When only its support ends, correct the year of that instead:
   * an Academy centre goes on.
   */
  async end(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const centre = await this.writer.find(tx, 'centre', id);
      for (const post of await this.writer.store.all(tx, 'post'))
        if (post.centre === id && !post.endedOn) await this.posts.endIn(tx, post.id, day, actor);
      for (const office of await this.writer.store.all(tx, 'office'))
        if (office.centre === id && !office.endedOn)
          await this.writer.correct(tx, 'office', { ...office, endedOn: day }, actor, 'roster.end');
      await this.writer.correct(tx, 'centre', { ...centre, endedOn: day }, actor, 'roster.end');
    });
  }
}
