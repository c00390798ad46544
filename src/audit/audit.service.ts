import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import type { Actor } from './actor.ts';

export interface Deed {
  readonly actor: Actor;
  /** `<room>.<what was done>`: `meetings.move` */
  readonly verb: string;
  /** What it was done to: `meeting/<id>`, `mail-policy` */
  readonly subject: string;
  /** Plain data; leave out what did not change */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Who did what when. Written in the transaction of the deed: there is no deed without its entry and no entry without its deed. */
@Injectable()
export class Trail {
  constructor(private readonly clock: Clock) {}

  async record(tx: EntityManager, deed: Deed): Promise<void> {
    await tx.query(
      `insert into trail (at, actor_kind, actor_id, actor_name, verb, subject, before, after)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        this.clock.now().toJSDate(),
        deed.actor.kind,
        deed.actor.id ?? null,
        deed.actor.name,
        deed.verb,
        deed.subject,
        json(deed.before),
        json(deed.after),
      ],
    );
  }
}

/** pg would write an array as a PostgreSQL array, not as JSON */
const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
