import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { RenderedMail } from '../../src/mail/mail-template.ts';

const directory = join(import.meta.dirname, '../golden/mail');

/**
 * Compares a mail with the files of its name in `test/golden/mail`: `.txt` (subject and text), `.html`, and `.ics` where it carries a
 * calendar. `UPDATE_GOLDEN=1` writes them; read the difference before it is committed.
 */
export function expectGolden(name: string, mail: RenderedMail, calendar?: string): void {
  const files = {
    [`${name}.txt`]: `${mail.subject}\n\n${mail.text}`,
    [`${name}.html`]: mail.html,
    ...(calendar === undefined ? {} : { [`${name}.ics`]: calendar }),
  };
  for (const [file, content] of Object.entries(files)) {
    const path = join(directory, file);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(directory, { recursive: true });
      writeFileSync(path, content);
    }
    expect({ file, content }).toEqual({ file, content: readFileSync(path, 'utf8') });
  }
}
