import { readFileSync } from 'node:fs';
import type { MailSources } from '../../src/mail/mail-template.ts';
import { goldenCases, goldenMail } from './golden-cases.ts';

/** Writes all golden mails to standard output, from sources given as JSON; run under several zones of the machine */
process.stdout.write(`zone ${new Date('2027-07-09T01:00:00Z').toString()}\n`);
const sources = JSON.parse(readFileSync(0, 'utf8')) as MailSources;
for (const golden of Object.values(goldenCases)) {
  const { mail, calendar } = goldenMail(sources, golden);
  process.stdout.write(`${mail.subject}\n${mail.text}\n${mail.html}\n${calendar}\n`);
}
