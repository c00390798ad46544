import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
import { CONFIG, type Config } from '../../config/config.ts';
import { wayNow, ways, type Way, type WayNow } from './contact.ts';
import { InboundContactEntity } from './inbound-contact.entity.ts';

/** How the ways stand by which replies come. The process that minds one says so in the database: pages may be served by another. */
@Injectable()
export class Contacts {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'imapUrl' | 'inboundListen'>,
  ) {}

  async reached(way: Way): Promise<void> {
    await this.database.query(
      `insert into inbound_contact (way, reached_at) values ($1, $2)
       on conflict (way) do update set reached_at = excluded.reached_at, failing_since = null, fault = ''`,
      [way, this.clock.now().toJSDate()],
    );
  }

  /** @param fault what the other side said; staff read it */
  async failed(way: Way, fault: string): Promise<void> {
    await this.database.query(
      `insert into inbound_contact as c (way, failing_since, fault) values ($1, $2, $3)
       on conflict (way) do update set failing_since = coalesce(c.failing_since, excluded.failing_since), fault = excluded.fault`,
      [way, this.clock.now().toJSDate(), fault.slice(0, 300)],
    );
  }

  /** Nobody waits any more for a way that was taken out of the configuration. */
  async forget(way: Way): Promise<void> {
    await this.database.manager.delete(InboundContactEntity, { way });
  }

  async now(): Promise<Record<Way, WayNow>> {
    const rows = await this.database.manager.find(InboundContactEntity);
    const now = this.clock.now().toJSDate();
    const configured: Record<Way, boolean> = {
      imap: this.config.imapUrl !== undefined,
      listener: this.config.inboundListen !== undefined,
    };
    const entries = ways.map((way) => [
      way,
      wayNow(
        configured[way],
        rows.find((row) => row.way === way),
        now,
      ),
    ]);
    return Object.fromEntries(entries) as Record<Way, WayNow>;
  }
}
