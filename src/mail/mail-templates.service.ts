import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { languages } from '../kernel/text.ts';
import type { MailSources } from './mail-template.ts';

/** The mails of `templates/mail`, read once. */
@Injectable()
export class MailTemplates {
  /** `invitation-new/ja` → its source */
  readonly sources: MailSources = readAll(templatesDirectory());
}

/**
 * Beside `src` where this file runs from there (tests), two levels above `dist/src` where it was built.
 *
 * @throws Error where no directory above has it: an incomplete installation
 */
function templatesDirectory(): string {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    const found = join(directory, 'templates', 'mail');
    if (existsSync(found)) return found;
    if (directory === dirname(directory)) throw new Error('templates/mail was not found above src/mail');
  }
}

function readAll(directory: string): MailSources {
  const sources: Record<string, string> = {};
  for (const kind of readdirSync(directory, { withFileTypes: true })) {
    if (!kind.isDirectory()) continue;
    for (const language of languages) {
      // Both languages or none: a mail in one language only is found at start, not when somebody should get it
      sources[`${kind.name}/${language}`] = readFileSync(join(directory, kind.name, `${language}.liquid`), 'utf8');
    }
  }
  return sources;
}
