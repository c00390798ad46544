import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Actor } from './actor.ts';

export interface TrailEntry {
  /** Decimal digits; grows with every entry */
  readonly number: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly verb: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface TrailFilter {
  readonly subject?: string;
  /** What the subject is, the part before its slash: `meeting`, `mail-policy` */
  readonly kind?: string;
  /** Id of the member of staff or of the link */
  readonly actorId?: string;
  /** From this instant on */
  readonly from?: Date;
  /** Before this instant */
  readonly until?: Date;
  /** The `older` of the page before */
  readonly before?: string;
  /** Entries of a page, 50 unless told, at most 500 */
  readonly size?: number;
}

export interface TrailPage {
  /** Newest first */
  readonly entries: readonly TrailEntry[];
  /** Where the next page begins; absent on the last one */
  readonly older?: string;
}

/** Pages by number, not by count: what is written meanwhile neither repeats nor hides a line. */
@Injectable()
export class TrailQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async page(filter: TrailFilter = {}): Promise<TrailPage> {
    const size = Math.min(filter.size ?? 50, 500);
    const rows: Row[] = await this.database.query(
      `select number, at, actor_kind, actor_id, actor_name, verb, subject, before, after from trail
        where ($1::text is null or subject = $1) and ($2::timestamptz is null or at >= $2)
          and ($3::timestamptz is null or at < $3) and ($4::bigint is null or number < $4)
          and ($5::text is null or split_part(subject, '/', 1) = $5) and ($6::text is null or actor_id = $6)
        order by number desc limit $7`,
      [
        filter.subject ?? null,
        filter.from ?? null,
        filter.until ?? null,
        filter.before ?? null,
        filter.kind ?? null,
        filter.actorId ?? null,
        size + 1,
      ],
    );
    const entries = rows.slice(0, size).map(entryOf);
    return { entries, ...(rows.length > size ? { older: entries.at(-1)!.number } : {}) };
  }
}

interface Row extends Omit<TrailEntry, 'actor'> {
  readonly actor_kind: Actor['kind'];
  readonly actor_id: string | null;
  readonly actor_name: string;
}

const entryOf = ({ actor_kind: kind, actor_id: id, actor_name: name, ...rest }: Row): TrailEntry => ({
  ...rest,
  actor: { kind, name, ...(id === null ? {} : { id }) },
});
