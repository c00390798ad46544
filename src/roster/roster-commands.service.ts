import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { dateLong, type CalendarDate } from '../kernel/calendar-date.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Noun, Things } from './noun.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterWriter } from './roster-writer.service.ts';
import type { Term } from './roster.ts';

/** A thing that gets its id here unless one was chosen for it */
export type NewThing<T extends { readonly id: string }> = Omit<T, 'id'> & { readonly id?: string | undefined };

/** What all commands on the roster share: a transaction of their own, and one at a time. */
@Injectable()
export abstract class RosterCommands<N extends Noun> {
  protected abstract readonly noun: N;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    protected readonly writer: RosterWriter,
  ) {}

  /** @returns the id */
  async add(thing: NewThing<Things[N]>, actor: Actor): Promise<string> {
    return this.command(async (tx) => {
      const whole = { ...thing, id: thing.id ?? newId() } as Things[N];
      await this.writer.add(tx, this.noun, whole, actor);
      return whole.id;
    });
  }

  /** @param thing as it is to be: what is not given here is gone */
  async correct(id: string, thing: Omit<Things[N], 'id'>, actor: Actor): Promise<void> {
    await this.command((tx) => this.writer.correct(tx, this.noun, { ...thing, id } as unknown as Things[N], actor));
  }

  protected command<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await this.writer.store.lock(tx);
      return work(tx);
    });
  }

  /** The running terms get their last day; one that begins later must be withdrawn first, since somebody was promised that post. */
  protected async endTerms(tx: EntityManager, terms: readonly Term[], day: CalendarDate, actor: Actor): Promise<void> {
    const later = terms.find((term) => term.from > day);
    if (later) {
      const post = await this.writer.find(tx, 'post', later.post);
      const person = await this.writer.find(tx, 'person', later.person);
      throw Refusal.of(rosterRefusals, 'roster.term-after-end', {
        day: dateLong(day),
        post: post.title,
        person: person.name,
        from: dateLong(later.from),
      });
    }
    for (const term of terms)
      if (term.to === null || term.to > day)
        await this.writer.correct(tx, 'term', { ...term, to: day }, actor, 'roster.end');
  }
}
