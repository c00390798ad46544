import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Cells } from './cells.ts';
import { writeSheet, type NamedFile } from './csv-text.ts';
import { cellsOf, type Noun } from './noun.ts';
import { rosterRefusals } from './refusals.ts';
import { faultText, fileOf, rosterFiles } from './roster-csv.ts';
import type { Words } from './roster-faults.ts';
import { previewOf, type RosterPreview } from './roster-preview.ts';
import { RosterStore } from './roster-store.service.ts';
import { RosterWriter } from './roster-writer.service.ts';

export interface ImportOptions {
  /** Write the rows that are right and leave the others; otherwise one fault stops everything */
  readonly skipFaulty?: boolean;
  /** Fingerprint of the preview that was looked at: refuses to write anything else */
  readonly seen?: string;
}

/** The roster as a folder of CSV files: out, edited elsewhere, and in again. */
@Injectable()
export class RosterImport {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: RosterStore,
    private readonly writer: RosterWriter,
  ) {}

  /** Writes nothing. `fingerprint` names exactly these changes. @param words of the programme, to warn of others */
  async preview(files: readonly NamedFile[], words?: Words): Promise<RosterPreview & { readonly fingerprint: string }> {
    const { preview } = previewOf(await this.store.whole(this.database.manager), files, newId, words);
    return { ...preview, fingerprint: fingerprintOf(preview) };
  }

  /** @throws Refusal roster.import-faulty, roster.import-changed */
  async apply(files: readonly NamedFile[], actor: Actor, options: ImportOptions = {}): Promise<RosterPreview> {
    return this.database.transaction(async (tx) => {
      await this.store.lock(tx);
      const { preview, changes } = previewOf(await this.store.whole(tx), files, newId);
      if (options.seen !== undefined && options.seen !== fingerprintOf(preview))
        throw Refusal.of(rosterRefusals, 'roster.import-changed');
      const [first] = preview.faults;
      if (first && !options.skipFaulty)
        throw Refusal.of(rosterRefusals, 'roster.import-faulty', { n: preview.faults.length, first: faultText(first) });
      // a term may begin on a day on which another one, further down in the file, no longer runs
      await tx.query('set constraints one_holder_of_a_post_at_a_time deferred');
      for (const { noun, thing, isNew } of changes)
        if (isNew) await this.writer.addChecked(tx, noun, thing, actor, 'roster.import');
        else await this.writer.correctChecked(tx, noun, thing, actor, 'roster.import');
      return preview;
    });
  }

  /** All files, UTF-8 with BOM. Read back, they change nothing. */
  async export(): Promise<NamedFile[]> {
    return rosterFiles(await this.store.whole(this.database.manager));
  }

  /**
   * Some cells of one thing, as at the terminal: `person kaku-taro telephone=03-0000-0001`. Adds it where there is none of that id.
   * @throws Refusal with the first fault
   */
  async set(noun: Noun, id: string, cells: Cells, actor: Actor): Promise<void> {
    await this.apply([writeSheet(fileOf(noun), ['id', ...Object.keys(cells)], [{ ...cells, id }])], actor);
  }

  /** The cells of one thing as they are now */
  async cells(noun: Noun, id: string, tx: EntityManager = this.database.manager): Promise<Cells> {
    return cellsOf(noun, (await this.writer.find(tx, noun, id)) as never);
  }
}

/** Ids of terms and conflicts that are made on the way differ each time and are left out. */
function fingerprintOf(preview: RosterPreview): string {
  const rows = preview.rows.map(({ file, line, noun, label, state, changes, faults }) => [
    [file, line, noun, label.ja, state],
    changes,
    faults.map((fault) => [fault.column, fault.found]),
  ]);
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64url').slice(0, 22);
}
