import { Injectable } from '@nestjs/common';
import type { Actor } from '../../audit/actor.ts';
import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { Centres } from '../../roster/centres.service.ts';
import { Conflicts } from '../../roster/conflicts.service.ts';
import { Institutions } from '../../roster/institutions.service.ts';
import type { Noun, Things } from '../../roster/noun.ts';
import { Offices } from '../../roster/offices.service.ts';
import { People } from '../../roster/people.service.ts';
import { Posts } from '../../roster/posts.service.ts';
import type { Term } from '../../roster/roster.ts';

/** A thing as its form gives it; the id where one was chosen */
export type FormThing = Omit<Things[Noun], 'id'> & { readonly id?: string };

/** The roster's commands by the kind of thing: each kind is added and ends in its own way. */
@Injectable()
export class RosterDoings {
  constructor(
    private readonly institutions: Institutions,
    private readonly centres: Centres,
    private readonly people: People,
    private readonly offices: Offices,
    private readonly posts: Posts,
    private readonly conflicts: Conflicts,
  ) {}

  /** @returns the id; of a term: whoever is in office then ends the day before */
  async add(noun: Noun, thing: FormThing, actor: Actor): Promise<string> {
    if (noun === 'term') return this.posts.succeed(thing as Omit<Term, 'id'>, actor);
    return this.commands(noun).add(thing as never, actor);
  }

  async correct(noun: Noun, id: string, thing: FormThing, actor: Actor): Promise<void> {
    if (noun === 'term') return this.posts.correctTerm(id, thing as Omit<Term, 'id'>, actor);
    await this.commands(noun).correct(id, thing as never, actor);
  }

  async end(noun: Noun, id: string, day: CalendarDate, actor: Actor): Promise<void> {
    if (noun === 'term') return this.posts.endTerm(id, day, actor);
    await this.commands(noun).end(id, day, actor);
  }

  async withdraw(noun: 'term' | 'conflict', id: string, today: CalendarDate, actor: Actor): Promise<void> {
    if (noun === 'term') await this.posts.withdrawTerm(id, today, actor);
    else await this.conflicts.withdraw(id, actor);
  }

  private commands(noun: Exclude<Noun, 'term'>) {
    const { institutions, centres, people, offices, posts, conflicts } = this;
    const doors = {
      institution: institutions,
      centre: centres,
      person: people,
      office: offices,
      post: posts,
      conflict: conflicts,
    };
    return doors[noun];
  }
}
