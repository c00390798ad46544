import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The directory with `templates/` and `src/`, whether this file runs from `src/web` (tests) or from `dist/src/web` (built).
 *
 * @throws Error where no directory above has templates: an incomplete installation
 */
export function projectRoot(): string {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'templates/pages')) && existsSync(join(directory, 'src/web/public')))
      return directory;
    if (directory === dirname(directory)) throw new Error('templates/pages not found above src/web');
  }
}
