import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { halves, lettersOf, unanswered, type Answer, type Channel } from './half-days.ts';

/** What is on record of a half day, and how it came in */
export interface RecordedAnswer extends Answer {
  readonly channel: Channel;
  /** As they were called then */
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

export interface GridRow {
  readonly personId: string;
  /** Two a day, morning and afternoon; null: not answered */
  readonly cells: readonly (RecordedAnswer | null)[];
}

export interface Answered {
  readonly personId: string;
  /** Half days of those asked about of which something was said */
  readonly answered: number;
  readonly asked: number;
}

type Row = RecordedAnswer & { readonly personId: string };

@Injectable()
export class AvailabilityQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** In the order of time; days without an answer are not there */
  async ofPerson(
    personId: string,
    from: CalendarDate,
    to: CalendarDate,
    tx: EntityManager = this.database.manager,
  ): Promise<RecordedAnswer[]> {
    return tx.query(
      `select day::text, half, state, comment, channel, recorded_by as "recordedBy", recorded_at as "recordedAt"
         from availability where person_id = $1 and day between $2 and $3 order by day, half`,
      [personId, from, to],
    );
  }

  /** A row for each of these people, in their order */
  async grid(
    personIds: readonly string[],
    days: readonly CalendarDate[],
    tx: EntityManager = this.database.manager,
  ): Promise<GridRow[]> {
    const rows: Row[] = await tx.query(
      `select person_id as "personId", day::text, half, state, comment, channel,
              recorded_by as "recordedBy", recorded_at as "recordedAt"
         from availability where person_id = any($1) and day = any($2::date[])`,
      [personIds, days],
    );
    const said = new Map(rows.map(({ personId, ...answer }) => [`${personId} ${answer.day} ${answer.half}`, answer]));
    return personIds.map((personId) => ({
      personId,
      cells: days.flatMap((day) => halves.map((half) => said.get(`${personId} ${day} ${half}`) ?? null)),
    }));
  }

  /** What these people said from a day to a day, or only that to which they wrote a comment; in the order of people and of time */
  async between(
    personIds: readonly string[],
    from: CalendarDate,
    to: CalendarDate,
    { commented = false }: { readonly commented?: boolean } = {},
  ): Promise<(Answer & { readonly personId: string })[]> {
    return this.database.query(
      `select person_id as "personId", day::text, half, state, comment from availability
        where person_id = any($1) and day between $2 and $3 and (not $4 or comment <> '') order by person_id, day, half`,
      [personIds, from, to, commented],
    );
  }

  /** How much each of these people has said of these days; `answered` 0: has not answered at all */
  async answered(
    personIds: readonly string[],
    days: readonly CalendarDate[],
    tx: EntityManager = this.database.manager,
  ): Promise<Answered[]> {
    const rows: { personId: string; answered: number }[] = await tx.query(
      `select person_id as "personId", count(*)::int as answered from availability
        where person_id = any($1) and day = any($2::date[]) group by person_id`,
      [personIds, days],
    );
    const counts = new Map(rows.map((row) => [row.personId, row.answered]));
    return personIds.map((personId) => ({ personId, answered: counts.get(personId) ?? 0, asked: days.length * 2 }));
  }

  /** Who of these people has said nothing of any of these days */
  async unanswered(personIds: readonly string[], days: readonly CalendarDate[], tx?: EntityManager): Promise<string[]> {
    return (await this.answered(personIds, days, tx)).filter((row) => row.answered === 0).map((row) => row.personId);
  }

  /** Who has said something of some day of a span: one look into the key for each person */
  async peopleWhoAnswered(from: CalendarDate, to: CalendarDate): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `select p.id from person p
        where exists (select 1 from availability a where a.person_id = p.id and a.day between $1 and $2)`,
      [from, to],
    );
    return new Set(rows.map((row) => row.id));
  }

  /**
   * For the planner: two letters a day, in the order of the days given, `o`, `t` or `x`, and `-` where nothing was said; what that
   * means is for whoever asks to decide.
   * @returns an entry for each of these people
   */
  async availabilityLetters(
    personIds: readonly string[],
    days: readonly CalendarDate[],
    tx: EntityManager = this.database.manager,
  ): Promise<Map<string, string>> {
    // one row a person: the half days of all together would be tens of thousands
    const rows: { personId: string; at: number[]; states: string }[] = await tx.query(
      `select person_id as "personId", string_agg(state, '') as states,
              array_agg((day - date '1970-01-01') * 2 + (half = 'pm')::int) as at
         from availability where person_id = any($1) and day = any($2::date[]) group by person_id`,
      [personIds, days],
    );
    const said = new Map(rows.map(({ personId, at, states }) => [personId, lettersOf(at, states, days)]));
    return new Map(personIds.map((id) => [id, said.get(id) ?? unanswered.repeat(days.length * 2)]));
  }
}
