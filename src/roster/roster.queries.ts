import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { TrailQueries, type TrailEntry } from '../audit/trail.queries.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import { PersonAddressEntity } from './person-address.entity.ts';
import { rules, thingsOf, type Difference, type Noun, type Things } from './noun.ts';
import type { Cells } from './cells.ts';
import { rosterRefusals } from './refusals.ts';
import { RosterStore } from './roster-store.service.ts';
import { RosterViews } from './roster-views.ts';
import type { Roster } from './roster.ts';

/** One change of a thing, for its history */
export interface HistoryEntry {
  readonly at: Date;
  /** Name of who did it, as they were called then */
  readonly by: string;
  readonly verb: string;
  /** `person/kaku-taro`; of a person and a post also their terms: `term/…` */
  readonly subject: string;
  readonly changes: readonly Difference[];
}

/**
 * The roster as plain data. It is small (a thousand people are read in some 30 ms), so lists and pages are computed from the whole
 * (`roster-views.ts`) rather than each by a query of its own.
 */
@Injectable()
export class RosterQueries {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: RosterStore,
    private readonly trail: TrailQueries,
  ) {}

  async wholeRoster(tx: EntityManager = this.database.manager): Promise<Roster> {
    return this.store.whole(tx);
  }

  /** Lists and pages as they are on a day */
  async views(day: CalendarDate, tx: EntityManager = this.database.manager): Promise<RosterViews> {
    return new RosterViews(await this.store.whole(tx), day);
  }

  /** @throws Refusal roster.unknown */
  async one<N extends Noun>(noun: N, id: string, tx: EntityManager = this.database.manager): Promise<Things[N]> {
    const found = await this.store.find(tx, noun, id);
    if (!found) throw Refusal.of(rosterRefusals, 'roster.unknown', { noun: rules[noun].name, id });
    return found;
  }

  /**
   * Everybody who uses or used an address: several may share one, and mail still comes from retired ones.
   * @param address lower case
   * @returns ids; those who use it now come first
   */
  async peopleOfAddress(address: string, tx: EntityManager = this.database.manager): Promise<string[]> {
    const rows = await tx.find(PersonAddressEntity, {
      where: { address },
      order: { retiredAt: { direction: 'DESC', nulls: 'FIRST' } },
    });
    return [...new Set(rows.map((row) => row.personId))];
  }

  /** What was done to a thing, newest first; of a person and a post also what was done to their terms, of a person to their conflicts */
  async history(noun: Noun, id: string): Promise<HistoryEntry[]> {
    const roster = await this.wholeRoster();
    const parts = (['term', 'conflict'] as const).flatMap((part) =>
      thingsOf(roster, part)
        .filter(
          (thing) =>
            (noun === 'person' && thing.person === id) || (noun === 'post' && 'post' in thing && thing.post === id),
        )
        .map((thing) => `${part}/${thing.id}`),
    );
    const entries = [];
    for (const subject of [`${noun}/${id}`, ...parts])
      entries.push(...(await this.trail.page({ subject, size: 200 })).entries);
    return entries
      .sort((a, b) => Number(BigInt(b.number) - BigInt(a.number)))
      .map((entry) => ({
        at: entry.at,
        by: entry.actor.name,
        verb: entry.verb,
        subject: entry.subject,
        changes: changesOf(entry),
      }));
  }
}

/** In the order of the columns, since the trail's own is that of the database. What was withdrawn has no after, what was added no before. */
function changesOf({ subject, before, after }: TrailEntry): Difference[] {
  const columns = rules[subject.split('/')[0] as Noun].columns;
  const [was, is] = [before ?? {}, after ?? {}] as [Cells, Cells];
  return columns
    .filter((column) => (was[column] ?? '') !== (is[column] ?? ''))
    .map((column) => ({ column, before: was[column] ?? '', after: is[column] ?? '' }));
}
