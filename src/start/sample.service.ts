import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { parse } from 'csv-parse/sync';
import { DataSource } from 'typeorm';
import { systemActor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { AvailabilityImport } from '../availability/availability-import.service.ts';
import { projectFolder } from '../config/environment.service.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import { Staff } from '../identity/staff.service.ts';
import type { StaffFields } from '../identity/staff.ts';
import { MailPolicy } from '../mail/mail-policy.service.ts';
import { RosterImport } from '../roster/roster-import.service.ts';
import { FirstRun } from './first-run.service.ts';

const LOADED = 'sample.load';
const folder = join(projectFolder, 'templates/sample');

/**
 * The sample programme of an embedded database: real centres and institutions, made-up people, their availability, staff, and rehearsal
 * switched on. Each step may be repeated; the entry in the trail comes last and says that all of it is there.
 */
@Injectable()
export class Sample extends FirstRun {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly roster: RosterImport,
    private readonly availability: AvailabilityImport,
    private readonly staff: Staff,
    private readonly staffQueries: StaffQueries,
    private readonly policy: MailPolicy,
    private readonly trail: Trail,
  ) {
    super();
  }

  override async loadIfEmpty(): Promise<boolean> {
    const [loaded]: unknown[] = await this.database.query(`select 1 from trail where verb = $1 limit 1`, [LOADED]);
    if (loaded) return false;
    await this.load();
    return true;
  }

  private async staffRows(): Promise<Record<string, string>[]> {
    return parse(await readFile(join(folder, 'staff.csv')), { columns: true, bom: true, trim: true });
  }

  /** For tests and trial; on a database of one's own nothing calls it */
  async load(): Promise<void> {
    const actor = systemActor('sample');
    const names = (await readdir(join(folder, 'roster'))).filter((name) => name.endsWith('.csv'));
    const files = await Promise.all(
      names.map(async (name) => ({ name, bytes: await readFile(join(folder, 'roster', name)) })),
    );
    await this.roster.apply(files, actor);
    await this.availability.apply(
      { name: 'availability.csv', bytes: await readFile(join(folder, 'availability.csv')) },
      actor,
    );
    const rows = (await this.staffRows()).map(staffFields);
    for (const fields of rows)
      if (!(await this.staffQueries.byEmail(fields.email))) await this.staff.add(fields, actor);
    await this.policy.set({ rehearsal: true, rehearsalAddresses: ['@example.org', '@*.example.org'] }, actor);
    await this.database.transaction((tx) => this.trail.record(tx, { actor, verb: LOADED, subject: 'sample' }));
  }
}

const staffFields = (row: Record<string, string>): StaffFields => ({
  nameJa: row['name_ja']!,
  nameEn: row['name_en']!,
  email: row['email']!,
  telephone: row['telephone']!,
  role: row['role'] as StaffFields['role'],
  language: row['language'] as StaffFields['language'],
});
