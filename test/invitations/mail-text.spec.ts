import { describe, it } from '@jest/globals';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { goldenCases, goldenMail } from './golden-cases.ts';
import { expectGolden } from './golden.ts';

const { sources } = new MailTemplates();

describe('The mail of an invitation', () => {
  it.each(Object.keys(goldenCases))('is the golden one: %s', (name) => {
    const { mail, calendar } = goldenMail(sources, goldenCases[name]!);
    expectGolden(name, mail, calendar);
  });
});
