import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import { CycleEntity } from './cycle.entity.ts';
import type { Cycle } from './cycle.ts';
import { cycleRefusals } from './refusals.ts';

@Injectable()
export class CycleQueries {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** @throws Refusal where there is no such cycle */
  async one(id: string, tx: EntityManager = this.database.manager): Promise<Cycle> {
    const cycle = await tx.findOneBy(CycleEntity, { id });
    if (!cycle) throw Refusal.of(cycleRefusals, 'cycle.unknown');
    return cycle;
  }

  /** The same, held until the transaction ends: commands on one year take turns */
  async locked(id: string, tx: EntityManager): Promise<Cycle> {
    const cycle = await tx.findOne(CycleEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!cycle) throw Refusal.of(cycleRefusals, 'cycle.unknown');
    return cycle;
  }

  async ofYear(
    programme: string,
    fiscalYear: number,
    tx: EntityManager = this.database.manager,
  ): Promise<Cycle | undefined> {
    return (await tx.findOneBy(CycleEntity, { programme, fiscalYear })) ?? undefined;
  }

  /** Newest first */
  async all(tx: EntityManager = this.database.manager): Promise<Cycle[]> {
    return tx.find(CycleEntity, { order: { fiscalYear: 'DESC', programme: 'ASC' } });
  }

  /** The year that pages and commands mean when none is named: the newest */
  async current(tx: EntityManager = this.database.manager): Promise<Cycle | undefined> {
    return (await this.all(tx))[0];
  }

  /** @throws Refusal where there is none yet */
  async chosen(programme: string | undefined, fiscalYear: number | undefined, tx?: EntityManager): Promise<Cycle> {
    const all = await this.all(tx);
    const found = all.find(
      (c) => (!programme || c.programme === programme) && (!fiscalYear || c.fiscalYear === fiscalYear),
    );
    if (!found) throw Refusal.of(cycleRefusals, all.length === 0 ? 'cycle.none' : 'cycle.unknown');
    return found;
  }
}
