import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../config/environment.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { joinTexts } from '../kernel/text.ts';
import type { Programme } from './programme.ts';
import { readProgramme } from './read-programme.ts';
import { programmeRefusals } from './refusals.ts';

/**
 * The programmes of `templates/programmes`. Files are read anew each time, since staff edit them; one that is still the same is not
 * understood anew, which takes some 30 ms.
 */
@Injectable()
export class Programmes {
  private readonly folder = join(projectFolder, 'templates/programmes');
  private readonly understood = new Map<string, { source: string; read: ReturnType<typeof readProgramme> }>();

  async ids(): Promise<string[]> {
    return (await readdir(this.folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length))
      .sort();
  }

  /** @throws Refusal where there is no such file, or where it has mistakes: all of them, each with its line */
  async one(id: string): Promise<Programme> {
    if (!(await this.ids()).includes(id)) throw Refusal.of(programmeRefusals, 'programme.unknown', { programme: id });
    const read = this.understand(id, await readFile(join(this.folder, `${id}.yaml`), 'utf8'));
    if ('programme' in read) return read.programme;
    throw Refusal.of(programmeRefusals, 'programme.mistakes', {
      faults: joinTexts(
        read.faults.map((fault) => fault.text),
        '\n',
        '\n',
      ),
    });
  }

  private understand(id: string, source: string): ReturnType<typeof readProgramme> {
    const known = this.understood.get(id);
    if (known?.source === source) return known.read;
    const read = readProgramme(source, `${id}.yaml`);
    this.understood.set(id, { source, read });
    return read;
  }

  /** Those that can be read */
  async all(): Promise<Programme[]> {
    const list: Programme[] = [];
    for (const id of await this.ids()) list.push(await this.one(id));
    return list;
  }
}
