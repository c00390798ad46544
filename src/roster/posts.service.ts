import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { addDays, dateLong, type CalendarDate } from '../kernel/calendar-date.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { rules } from './noun.ts';
import { runningBefore } from './post.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterCommands, type NewThing } from './roster-commands.service.ts';
import type { Term } from './roster.ts';

/** Posts, and who holds them from when to when */
@Injectable()
export class Posts extends RosterCommands<'post'> {
  protected readonly noun = 'post';

  /** The post is no longer filled; its holder's term ends with it. */
  async end(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command((tx) => this.endIn(tx, id, day, actor));
  }

  /** For whatever ends a post along with itself */
  async endIn(tx: EntityManager, id: string, day: CalendarDate, actor: Actor): Promise<void> {
    const post = await this.writer.find(tx, 'post', id);
    await this.endTerms(tx, await this.writer.store.termsOf(tx, { post: id }), day, actor);
    await this.writer.correct(tx, 'post', { ...post, endedOn: day }, actor, 'roster.end');
  }

  /** @returns the id of the term @throws Refusal roster.post-has-holder */
  async appoint(term: NewThing<Term>, actor: Actor): Promise<string> {
    return this.command((tx) => this.begin(tx, term, actor));
  }

  /**
   * Who follows in a post, entered before the day: the present term ends the day before, the new one begins.
   * @returns the id of the new term
   */
  async succeed(term: NewThing<Term>, actor: Actor): Promise<string> {
    return this.command(async (tx) => {
      const present = runningBefore(await this.writer.store.termsOf(tx, { post: term.post }), term.post, term.from);
      if (present)
        await this.writer.correct(tx, 'term', { ...present, to: addDays(term.from, -1) }, actor, 'roster.succeed');
      return this.begin(tx, term, actor, 'roster.succeed');
    });
  }

  async correctTerm(id: string, term: Omit<Term, 'id'>, actor: Actor): Promise<void> {
    await this.command((tx) => this.writer.correct(tx, 'term', { ...term, id }, actor));
  }

  /** @param day last day in office */
  async endTerm(id: string, day: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const term = await this.writer.find(tx, 'term', id);
      if (day < term.from)
        throw Refusal.of(rosterRefusals, 'roster.ends-before-it-begins', {
          day: dateLong(day),
          from: dateLong(term.from),
        });
      await this.writer.correct(tx, 'term', { ...term, to: day }, actor, 'roster.end');
    });
  }

  /**
   * A term that does not come about. One that has begun is ended or corrected, not withdrawn: invitations went to its holder.
   * @param today in the programme's zone
   */
  async withdrawTerm(id: string, today: CalendarDate, actor: Actor): Promise<void> {
    await this.command(async (tx) => {
      const term = await this.writer.find(tx, 'term', id);
      if (term.from <= today) throw Refusal.of(rosterRefusals, 'roster.term-began', { from: dateLong(term.from) });
      await this.writer.withdraw(tx, 'term', id, actor);
    });
  }

  private async begin(tx: EntityManager, term: NewThing<Term>, actor: Actor, verb = 'roster.add'): Promise<string> {
    const whole = { ...term, id: term.id ?? newId() };
    for (const noun of ['post', 'person'] as const) {
      const thing = await this.writer.find(tx, noun, term[noun]);
      if (thing.endedOn && (whole.to === null || whole.to > thing.endedOn))
        throw Refusal.of(rosterRefusals, 'roster.ended', {
          noun: rules[noun].name,
          name: 'title' in thing ? thing.title : thing.name,
          day: dateLong(thing.endedOn),
        });
    }
    await this.writer.add(tx, 'term', whole, actor, verb);
    return whole.id;
  }
}
