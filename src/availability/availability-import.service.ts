import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Refusal } from '../kernel/refusal.ts';
import { faultText } from '../roster/roster-csv.ts';
import type { NamedFile } from '../roster/csv-text.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import { readAvailability, type AvailabilitySheet } from './availability-csv.ts';
import { Availability, type Written } from './availability.service.ts';
import type { Span } from './half-days.ts';
import { availabilityRefusals } from './refusals.ts';

export interface ImportedAvailability extends Written {
  readonly sheet: AvailabilitySheet;
  /** How many people it says something of */
  readonly people: number;
}

/** Answers from a CSV file */
@Injectable()
export class AvailabilityImport {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly roster: RosterQueries,
    private readonly availability: Availability,
  ) {}

  /** What the file says, line by line, with its faults. Writes nothing. */
  async preview(file: NamedFile): Promise<AvailabilitySheet> {
    return readAvailability((await this.roster.wholeRoster()).people, file);
  }

  /** @throws Refusal availability.import-faulty, unless faulty lines are to be skipped */
  async apply(
    file: NamedFile,
    actor: Actor,
    options: { readonly skipFaulty?: boolean } = {},
  ): Promise<ImportedAvailability> {
    return this.database.transaction(async (tx) => {
      const sheet = readAvailability((await this.roster.wholeRoster(tx)).people, file);
      const [first] = sheet.faults;
      if (first && !options.skipFaulty)
        throw Refusal.of(availabilityRefusals, 'availability.import-faulty', {
          n: sheet.faults.length,
          first: faultText(first),
        });
      const spans = spansByPerson(sheet);
      const sum = { added: 0, changed: 0, unchanged: 0 };
      // people in the order of their ids: two imports at once cannot wait for each other
      for (const [personId, said] of [...spans].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const written = await this.availability.write(tx, personId, said, 'import', actor);
        sum.added += written.added;
        sum.changed += written.changed;
        sum.unchanged += written.unchanged;
      }
      return { ...sum, sheet, people: spans.size };
    });
  }
}

function spansByPerson(sheet: AvailabilitySheet): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { person, span } of sheet.rows) {
    if (!person || !span) continue;
    const known = spans.get(person.id);
    if (known) known.push(span);
    else spans.set(person.id, [span]);
  }
  return spans;
}
