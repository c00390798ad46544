import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../config/environment.service.ts';
import { languages } from '../kernel/text.ts';
import type { MailSources } from './mail-template.ts';

/** The mails of `templates/mail`, read once. */
@Injectable()
export class MailTemplates {
  /** `invitation-new/ja` → its source */
  readonly sources: MailSources = readAll(join(projectFolder, 'templates/mail'));
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
