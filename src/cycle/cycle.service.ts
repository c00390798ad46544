import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { fiscalYearLabels } from '../kernel/fiscal-year.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Programme, Window } from '../programme/programme.ts';
import { CycleEntity } from './cycle.entity.ts';
import { cycleRefusals } from './refusals.ts';
import { windowsOf, withWindows } from './year-calendar.ts';

export interface NewCycle {
  readonly rules: Programme;
  readonly fiscalYear: number;
  readonly options: Record<string, boolean>;
  readonly sample: boolean;
  readonly staffInCharge: string | null;
}

@Injectable()
export class Cycles {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** @returns the id of the new year */
  async open(tx: EntityManager, year: NewCycle, actor: Actor): Promise<string> {
    const { rules, fiscalYear } = year;
    if (await tx.existsBy(CycleEntity, { programme: rules.id, fiscalYear }))
      throw Refusal.of(cycleRefusals, 'cycle.exists', {
        programme: rules.short,
        year: fiscalYearLabels(fiscalYear).label,
      });
    const id = newId();
    await tx.insert(CycleEntity, {
      ...year,
      id,
      programme: rules.id,
      covers: rules.covers === 'previous' ? fiscalYear - 1 : fiscalYear,
      createdAt: this.clock.now().toJSDate(),
    });
    await this.trail.record(tx, {
      actor,
      verb: 'cycle.open',
      subject: `cycle/${id}`,
      after: { programme: rules.id, fiscalYear },
    });
    return id;
  }

  /** The window of an activity in this year; the next year copies it. Meetings that are there already have windows of their own. */
  async setWindow(tx: EntityManager, cycleId: string, activity: string, window: Window, actor: Actor): Promise<void> {
    const { rules } = await tx.findOneByOrFail(CycleEntity, { id: cycleId });
    const before = windowsOf(rules)[activity];
    await tx.update(CycleEntity, { id: cycleId }, { rules: withWindows(rules, { [activity]: window }) });
    await this.trail.record(tx, {
      actor,
      verb: 'cycle.window',
      subject: `cycle/${cycleId}`,
      before: { activity, window: before ?? null },
      after: { activity, window },
    });
  }

  /** Whose name and telephone stand in the mails of the year */
  async putInCharge(cycleId: string, staffId: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(CycleEntity, { id: cycleId }, { staffInCharge: staffId });
      await this.trail.record(tx, {
        actor,
        verb: 'cycle.in-charge',
        subject: `cycle/${cycleId}`,
        after: { staff: staffId },
      });
    });
  }
}
