import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Rule } from './rules.ts';

export interface Cruise {
  /** Paths from the folder, `src/…` */
  readonly files: readonly string[];
  /** `<rule>: <from> → <to>` */
  readonly violations: readonly string[];
}

interface Output {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

export const projectFolder = resolve(import.meta.dirname, '../..');

/** Reads what imports what and holds it against the rules. In a process of its own: the tool keeps state. */
export async function cruise(folder: string, paths: readonly string[], forbidden: readonly Rule[]): Promise<Cruise> {
  const scratch = await mkdtemp(join(tmpdir(), 'meguri-cruise-'));
  try {
    const config = join(scratch, 'rules.json');
    const options = {
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    };
    await writeFile(config, JSON.stringify({ forbidden, options }));
    const program = join(projectFolder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const args = [program, '--config', config, '--output-type', 'json', ...paths];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 256_000_000 });
    const { modules, summary } = JSON.parse(stdout) as Output;
    return {
      files: modules.map((module) => module.source),
      violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
