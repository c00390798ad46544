import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../config/environment.service.ts';
import { Refusal } from '../kernel/refusal.ts';
import { joinTexts } from '../kernel/text.ts';
import type { Programme } from './programme.ts';
import { readProgramme } from './read-programme.ts';
import { programmeRefusals } from './refusals.ts';

/** The programmes of `templates/programmes`, read anew each time: staff edit the files. */
@Injectable()
export class Programmes {
  private readonly folder = join(projectFolder, 'templates/programmes');

  async ids(): Promise<string[]> {
    return (await readdir(this.folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length))
      .sort();
  }

  /** @throws Refusal where there is no such file, or where it has mistakes: all of them, each with its line */
  async one(id: string): Promise<Programme> {
    if (!(await this.ids()).includes(id)) throw Refusal.of(programmeRefusals, 'programme.unknown', { programme: id });
    const read = readProgramme(await readFile(join(this.folder, `${id}.yaml`), 'utf8'), `${id}.yaml`);
    if ('programme' in read) return read.programme;
    throw Refusal.of(programmeRefusals, 'programme.mistakes', {
      faults: joinTexts(
        read.faults.map((fault) => fault.text),
        '\n',
        '\n',
      ),
    });
  }

  /** Those that can be read */
  async all(): Promise<Programme[]> {
    const list: Programme[] = [];
    for (const id of await this.ids()) list.push(await this.one(id));
    return list;
  }
}
