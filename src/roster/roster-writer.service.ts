import { Injectable } from '@nestjs/common';
import { QueryFailedError, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { dateLong } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { text } from '../kernel/text.ts';
import { idPattern } from './cells.ts';
import { columnName } from './columns.ts';
import { cellsOf, differences, rules, type Noun, type Things } from './noun.ts';
import { overlapping } from './post.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterStore } from './roster-store.service.ts';
import type { Centre, Term } from './roster.ts';

/**
 * The one way into the roster's tables: checks what lies between things, writes, and leaves an entry in the trail with the cells that
 * changed. Commands and imports come through here, each inside a transaction of its own.
 */
@Injectable()
export class RosterWriter {
  constructor(
    readonly store: RosterStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal roster.unknown */
  async find<N extends Noun>(tx: EntityManager, noun: N, id: string): Promise<Things[N]> {
    const found = await this.store.find(tx, noun, id);
    if (!found) throw Refusal.of(rosterRefusals, 'roster.unknown', { noun: rules[noun].name, id });
    return found;
  }

  async add<N extends Noun>(
    tx: EntityManager,
    noun: N,
    thing: Things[N],
    actor: Actor,
    verb = 'roster.add',
  ): Promise<void> {
    if (!idPattern.test(thing.id)) throw Refusal.of(rosterRefusals, 'roster.id-not-usable', { id: thing.id });
    if (await this.store.exists(tx, noun, thing.id))
      throw Refusal.of(rosterRefusals, 'roster.id-taken', { noun: rules[noun].name, id: thing.id });
    await this.check(tx, noun, thing);
    await this.addChecked(tx, noun, thing, actor, verb);
  }

  /** For whoever has looked at the whole roster as it will be (`rosterFaults`) */
  async addChecked<N extends Noun>(
    tx: EntityManager,
    noun: N,
    thing: Things[N],
    actor: Actor,
    verb: string,
  ): Promise<void> {
    await guarded(() => this.store.insert(tx, noun, thing));
    await this.trail.record(tx, { actor, verb, subject: `${noun}/${thing.id}`, after: filled(cellsOf(noun, thing)) });
  }

  /** Nothing is written or recorded where nothing differs. @throws Refusal roster.unknown */
  async correct<N extends Noun>(
    tx: EntityManager,
    noun: N,
    thing: Things[N],
    actor: Actor,
    verb = 'roster.correct',
  ): Promise<void> {
    await this.check(tx, noun, thing);
    await this.correctChecked(tx, noun, thing, actor, verb);
  }

  async correctChecked<N extends Noun>(
    tx: EntityManager,
    noun: N,
    thing: Things[N],
    actor: Actor,
    verb: string,
  ): Promise<void> {
    const before = await this.find(tx, noun, thing.id);
    const changes = differences(cellsOf(noun, before), cellsOf(noun, thing));
    if (!changes.length) return;
    await guarded(() => this.store.update(tx, noun, thing, this.clock.now().toJSDate()));
    await this.trail.record(tx, {
      actor,
      verb,
      subject: `${noun}/${thing.id}`,
      before: Object.fromEntries(changes.map((change) => [change.column, change.before])),
      after: Object.fromEntries(changes.map((change) => [change.column, change.after])),
    });
  }

  async withdraw(tx: EntityManager, noun: 'term' | 'conflict', id: string, actor: Actor): Promise<void> {
    const before = await this.find(tx, noun, id);
    await this.store.remove(tx, noun, id);
    await this.trail.record(tx, {
      actor,
      verb: 'roster.withdraw',
      subject: `${noun}/${id}`,
      before: filled(cellsOf(noun, before)),
    });
  }

  private async check<N extends Noun>(tx: EntityManager, noun: N, thing: Things[N]): Promise<void> {
    // a door has parsed its form already; nothing else may come in by another way
    const parsed = rules[noun].form.safeParse(cellsOf(noun, thing));
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      const [ja = '', en = ja] = message.split(' | ');
      throw Refusal.of(rosterRefusals, 'roster.not-usable', { column: columnName(String(path[0])), why: text(ja, en) });
    }
    for (const reference of rules[noun].refers(thing))
      if (!(await this.store.exists(tx, reference.noun, reference.id)))
        throw Refusal.of(rosterRefusals, 'roster.reference-unknown', {
          column: columnName(reference.column),
          noun: rules[reference.noun].name,
          id: reference.id,
        });
    if (noun === 'term') await this.checkTerm(tx, thing as Term);
    if (noun === 'centre') await this.checkAcronym(tx, thing as Centre);
  }

  private async checkTerm(tx: EntityManager, term: Term): Promise<void> {
    const other = overlapping(await this.store.termsOf(tx, { post: term.post }), term);
    if (!other) return;
    const [post, person] = [await this.find(tx, 'post', other.post), await this.find(tx, 'person', other.person)];
    throw Refusal.of(rosterRefusals, 'roster.post-has-holder', {
      post: post.title,
      person: person.name,
      from: dateLong(other.from),
      to: other.to === null ? text('任期の定めなし', 'no fixed end') : dateLong(other.to),
    });
  }

  private async checkAcronym(tx: EntityManager, centre: Centre): Promise<void> {
    const others = await this.store.all(tx, 'centre');
    if (others.some((other) => other.id !== centre.id && other.acronym === centre.acronym))
      throw Refusal.of(rosterRefusals, 'roster.acronym-taken', { acronym: centre.acronym });
  }
}

const filled = (cells: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== ''));

/** The tables' own refusal, for what came in between the check and the write in some way that we did not think of */
async function guarded(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const constraint =
      error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
    if (constraint === 'one_holder_of_a_post_at_a_time') throw Refusal.of(rosterRefusals, 'roster.post-taken');
    throw error;
  }
}
