import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programme } from '../../src/programme/programme.ts';
import { readProgramme } from '../../src/programme/read-programme.ts';

const folder = join(import.meta.dirname, '../../templates/programmes');

export const yamlOf = (id: string): string => readFileSync(join(folder, `${id}.yaml`), 'utf8');

/** A programme that ships with the product. @throws with every fault of its file */
export function shipped(id: string): Programme {
  const read = readProgramme(yamlOf(id), `${id}.yaml`);
  if ('faults' in read) throw new Error(read.faults.map((fault) => fault.text.en).join('\n'));
  return read.programme;
}
