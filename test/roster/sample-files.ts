import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedFile } from '../../src/roster/csv-text.ts';
import { previewOf } from '../../src/roster/roster-preview.ts';
import type { Roster } from '../../src/roster/roster.ts';
import { rules } from '../../src/roster/noun.ts';

const folder = join(import.meta.dirname, '../../templates/sample');

export const sampleFile = (name: string): NamedFile => ({ name, bytes: readFileSync(join(folder, name)) });

/** The roster of the sample year, file by file */
export const sampleRoster = (): NamedFile[] =>
  readdirSync(join(folder, 'roster')).map((name) => ({ name, bytes: readFileSync(join(folder, 'roster', name)) }));

export const emptyRoster: Roster = {
  institutions: [],
  centres: [],
  people: [],
  posts: [],
  terms: [],
  offices: [],
  conflicts: [],
};

let count = 0;
export const countedId = (): string => `made-${++count}`;

/** What files say as a roster, without a database */
export function rosterOf(files: readonly NamedFile[], onto: Roster = emptyRoster): Roster {
  const { changes, preview } = previewOf(onto, files, countedId);
  if (preview.faults.length) throw new Error(JSON.stringify(preview.faults[0]));
  const roster = structuredClone(onto) as unknown as Record<string, { id: string }[]>;
  for (const { noun, thing } of changes) {
    const part = rules[noun].part;
    roster[part] = [...roster[part]!.filter((known) => known.id !== thing.id), thing];
  }
  return roster as unknown as Roster;
}

export const csv = (name: string, text: string): NamedFile => ({ name, bytes: new TextEncoder().encode(text) });
